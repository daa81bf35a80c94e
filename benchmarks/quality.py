"""Measures the quality of the evidence: every row of the table with bootstrap intervals, peers in the same run.

Run: ``python benchmarks/quality.py [--only ROW]... [--quick | --full] [--json FILE]``. Public labelled data
are read from ``VETTING_BENCH_DATA`` (default ``../shared/data``); rows whose data are absent say so. Peers
run where their environments are found (see ``quality_peers.py``). Each row runs in a process of its own.
"""

from __future__ import annotations

import argparse
import importlib
import json
import sys
import time
import traceback
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from attrs import asdict
from quality_measure import Figure
from rich.console import Console
from rich.table import Table

# Row -> module, function, and arguments when quick, by default, and full.
ROWS: dict[str, tuple[str, str, dict[str, Any], dict[str, Any], dict[str, Any]]] = {
    "name-pairs": ("quality_names", "name_pairs", {}, {}, {}),
    "non-variants": ("quality_names", "non_variants", {}, {}, {}),
    "given-variants": ("quality_variants", "given_variants", {}, {}, {}),
    "altered-names": ("quality_names", "altered_names", {}, {}, {}),
    "contacts": ("quality_contacts", "contact_pairs", {"count": 3_000}, {}, {}),
    "same-contacts": ("quality_contacts", "same_contacts", {"count": 200}, {}, {}),
    "fake-1000": ("quality_linkage", "fake_1000", {}, {}, {}),
    "febrl4": ("quality_linkage", "febrl4", {}, {}, {}),
    "screening": (
        "quality_screening",
        "big_screening",
        {"applicants": 5_000, "accounts": 50_000},
        {},
        {"applicants": 200_000, "accounts": 2_000_000},
    ),
    "innocents": ("quality_innocents", "innocents", {"count": 2_000}, {}, {"count": 20_000}),
    "fairness": ("quality_innocents", "fairness", {"per_side": 5_000}, {}, {}),
    "speed": ("quality_speed", "speed", {"pairs": 100_000, "single": 300}, {}, {}),
    "forecast": (
        "quality_chance",
        "forecast",
        {"accounts": 20_000, "cohorts": ((1_000, 5), (10_000, 1))},
        {},
        {"cohorts": ((1_000, 50), (10_000, 10), (100_000, 2), (300_000, 1))},
    ),
    "reliability": ("quality_chance", "reliability", {"applicants": 3_000, "accounts": 20_000}, {}, {}),
}


def measured(row: str, size: int) -> list[Figure]:
    """Measure one row; an error becomes a line, so that the others are still printed."""
    module, function, *sizes = ROWS[row]
    began = time.perf_counter()
    try:
        found: list[Figure] = getattr(importlib.import_module(module), function)(**sizes[size])
    except Exception as error:  # noqa: BLE001  # the line says what failed
        traceback.print_exc()
        found = [
            Figure(row=row, what="failed", method="-", value=type(error).__name__, note=str(error)[:200])
        ]
    print(f"{row}: {time.perf_counter() - began:.0f} s", file=sys.stderr)
    return found


def main() -> None:
    """Measure and print."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument(
        "--only", action="append", choices=sorted(ROWS), help="measure this row; may be repeated"
    )
    size = asked.add_mutually_exclusive_group()
    size.add_argument("--quick", action="store_true", help="small samples: a minute or two")
    size.add_argument("--full", action="store_true", help="200,000 applicants against 2,000,000 accounts")
    asked.add_argument("--json", type=Path, help="also write the figures here")
    given = asked.parse_args()
    chosen = 0 if given.quick else 2 if given.full else 1
    figures: list[Figure] = []
    for row in given.only or ROWS:
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
            figures += pool.submit(measured, row, chosen).result()
        if given.json:  # after every row, so that a run that is stopped loses nothing
            text = json.dumps([asdict(one) for one in figures], ensure_ascii=False, indent=1)
            given.json.write_text(text, encoding="utf-8")
    table = Table(title="Quality of the evidence")
    for column in ("row", "what", "method", "value", "95 %", "n", "target", "note"):
        table.add_column(column, justify="right" if column in {"value", "n"} else "left", overflow="fold")
    last = ""
    for one in figures:
        if last and one.row != last:
            table.add_section()
        table.add_row(
            one.row,
            one.what,
            one.method,
            one.value,
            one.interval,
            f"{one.n:,}" if one.n else "",
            one.target,
            one.note,
        )
        last = one.row
    Console(width=200).print(table)


if __name__ == "__main__":
    main()
