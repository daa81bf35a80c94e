"""Checks forecasts: what decoys foretell against what innocent people make, and expected coincidences against both.

Run: ``python benchmarks/chance_forecast.py [APPLICANTS] [DECOYS] [COHORTS]`` (1,000, 20,000 and 20 by default).
A list of 20,000 invented accounts; cohorts of other invented people, of whom nobody is listed. The world that
makes them knows nothing of the package, and no two of its people have one mailbox.
"""

from __future__ import annotations

import csv
import hashlib
import sys
import tempfile
import time
from pathlib import Path

from attrs import evolve
from quality_people import Person, World

import vetting
from vetting.evidence.decoys import DecoyMaker
from vetting.forecasting import Estimate, error_rates, forecast
from vetting.forecasting.burden import THRESHOLDS
from vetting.screening import screen

ACCOUNTS = 20_000
_LISTED = {"name": 0.3, "date_of_birth": 0.4, "email": 0.9, "phone": 0.1, "postcode": 0.2}
_APPLIED = {"name": 1.0, "date_of_birth": 1.0, "email": 1.0, "phone": 0.95, "postcode": 0.9, "handle": 0.6}


def open_list(folder: Path, world: World) -> vetting.ListStore:
    """Ingest a list of the world's people."""
    path = folder / "members.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["account_id", "username", *_LISTED])
        for person in world.people(ACCOUNTS):
            values = [_value(person, kind) if world.pick.random() < _LISTED[kind] else "" for kind in _LISTED]
            rows.writerow([person.key, person.handle, *values])
    passport = vetting.ListPassport(
        id="forum",
        title="An invented forum",
        kind="leak",
        organisation="An invented forum",
        organisation_kind="extremist-forum",
        legal_status="invented",
        origin="made by a benchmark",
        obtained="made by a benchmark",
        events=["2011-09-13", "2017-11-21"],
        leaked="2019-11-06",
        sha256=hashlib.sha256(path.read_bytes()).hexdigest(),
        lawful_basis="none needed: nobody in it exists",
        purpose="measuring",
        grade="2D",
        grade_scheme="3x5x2",
        presence_means="nothing",
        emails_confirmed="unknown",
        expires="2099-01-01",
    )
    store = vetting.ListStore.open(folder / "store")
    store.ingest(path, passport)
    return store


def applicants(world: World, count: int) -> list[vetting.Applicant]:
    """People of the world who are on no list."""
    made = []
    for person in world.people(count):
        given = {kind: _value(person, kind) for kind in _APPLIED if world.pick.random() < _APPLIED[kind]}
        made.append(
            vetting.Applicant(
                id=f"A-{person.key}",
                names=given.get("name"),
                date_of_birth=given.get("date_of_birth"),
                emails=given.get("email"),
                phones=given.get("phone"),
                handles=given.get("handle"),
                places=given.get("postcode"),
            )
        )
    return made


def _value(person: Person, kind: str) -> str:
    return str(getattr(person, "born" if kind == "date_of_birth" else kind))


def main(count: int, decoys: int, cohorts: int) -> None:
    """Print forecast and observation side by side."""
    world = World(20_26)
    everything = vetting.SurfacingPolicy(include_unsurfaced=True)
    with tempfile.TemporaryDirectory() as folder, open_list(Path(folder), world) as store:
        roster = applicants(world, count)
        start = time.perf_counter()
        told = forecast(roster, store, decoys=decoys, seed=7)
        print(told.as_text())
        print(f"{time.perf_counter() - start:.0f} s\n")
        shuffled, innocent = [], []
        maker = DecoyMaker(roster, kind="shuffled")
        for number in range(cohorts):
            innocent.append(screen(applicants(world, count), store, policy=everything))
            if number < told.cohorts:
                shuffled.append(screen(maker.cohort(count, seed=number), store, policy=everything))
        print(f"per run of {count:,}             generated decoys        shuffled        innocent people")
        print(
            f"{'candidates':<26} {_range(told.candidates)}"
            f" {_range(_surfaced(shuffled))} {_range(_surfaced(innocent))}"
        )
        for row, threshold in zip(told.calibration, THRESHOLDS, strict=True):
            print(
                f"{'at most ' + format(threshold, 'g'):<26} {_range(row.observed)}"
                f" {_range(_below(shuffled, threshold))} {_range(_below(innocent, threshold))}"
            )
        by_script = DecoyMaker(roster).cohort(max(decoys, count), seed=99)
        print("\n" + error_rates(by_script, store, policy=evolve(everything)).as_text())


def _surfaced(runs: list[vetting.Screening]) -> Estimate:
    return Estimate(counted=sum(len(run.surfaced) for run in runs), cohorts=len(runs))


def _below(runs: list[vetting.Screening], threshold: float) -> Estimate:
    counted = sum(one.expected_coincidences <= threshold for run in runs for one in run.candidates)
    return Estimate(counted=counted, cohorts=len(runs))


def _range(one: Estimate) -> str:
    return f"{one.expected:9.3g} ({one.low:.2g} to {one.high:.2g})".ljust(26)


if __name__ == "__main__":
    given = [int(word.replace(",", "")) for word in sys.argv[1:]]
    main(*(given + [1_000, 20_000, 20][len(given) :]))
