"""One ingest or one screening in a process of its own, so that its seconds and memory are its own.

``ingest FOLDER`` takes ``FOLDER/list.csv`` into ``FOLDER/lists``; ``screen FOLDER`` screens
``FOLDER/roster.csv`` and writes ``FOLDER/found.csv``. The last line printed is JSON.
"""

from __future__ import annotations

import csv
import json
import resource
import sys
import time
from pathlib import Path

import vetting


def main() -> None:
    what, folder = sys.argv[1], Path(sys.argv[2])
    began = time.perf_counter()
    if what == "ingest":
        from quality_ours import passport

        with vetting.ListStore.open(folder / "lists") as store:
            store.ingest(folder / "list.csv", passport(folder / "list.csv"))
    else:
        roster = vetting.read_roster(folder / "roster.csv")
        with vetting.ListStore.open(folder / "lists") as store:
            run = vetting.screen(roster, store)
        with (folder / "found.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(["applicant", "account", "probability", "bits", "because"])
            for one in run.surfaced:
                writer.writerow(
                    [one.applicant_id, one.account_id, one.probability, one.bits, one.surfaced_because]
                )
    print(json.dumps({
        "seconds": time.perf_counter() - began,
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }))  # fmt: skip


if __name__ == "__main__":
    main()
