"""Screens a roster on a Spark session of one's own; a session on this machine stands in for a cluster's."""

from pyspark.sql import SparkSession

import vetting
from vetting.engines.spark import SparkEngine

session = SparkSession.builder.master("local[2]").appName("vetting").getOrCreate()
engine = SparkEngine(session, partitions=8)  # on a cluster: two or three for each core

applicants = vetting.read_roster("roster.csv")
with vetting.ListStore.open("lists") as store:
    screening = vetting.screen(applicants, store, engine=engine)
engine.close()  # drops what it made; your session stays open

for candidate in screening.surfaced:
    print(candidate.applicant_id, candidate.account_id, round(candidate.bits, 1))
session.stop()
