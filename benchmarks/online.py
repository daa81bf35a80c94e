"""One applicant against lists of given sizes: warm calls with their parts, a cold run, and RapidFuzz beside them.

Usage:
    python benchmarks/online.py 200000 1000000
    python benchmarks/online.py --store FOLDER --roster FILE.parquet

Every applicant is screened once, so that no result is remembered from before. CPU time is told beside wall
time, which counts whoever else uses the machine. The peer looks one name up among the list's names by
brute force, as a script would; it compares nothing else, and explains nothing.
"""

from __future__ import annotations

import argparse
import gc
import os
import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pyarrow.compute as pc
from rapidfuzz import fuzz, process
from scale_people import made_up_passport, read_people, write_world

import vetting
from vetting import runs, screening
from vetting.blocking.sought import Sought
from vetting.engines import matching
from vetting.evidence import few_pairs
from vetting.reports import explained
from vetting.store.shard import Shard

__all__ = ["main"]

_ASKED, _WARMING, _PEER = 300, 20, 20
_PEOPLE = 20_000
_PARTS: tuple[tuple[Any, str, str], ...] = (
    (runs, "Cohort", "normalise"),
    (Sought, "of", "keys"),
    (runs, "frequencies_of_one", "own counts"),
    (matching, "near_tiers", "near handles"),
    (matching, "candidate_pairs", "look keys up"),
    (Shard, "values_of", "read values"),
    (matching, "_rarity", "rarity"),
    (few_pairs, "_may_agree", "rules"),
    (few_pairs, "_weigh_handles", "handles alike in part"),
    (few_pairs, "weighed_pair", "weigh pairs"),
    (matching, "may_surface", "policy"),
    (explained, "evidence_of", "explain"),
    (screening, "_coverage", "coverage"),
)


def main(arguments: list[str]) -> None:
    """Measure each size in a folder of its own, or a store that is there."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int)
    parser.add_argument("--store", type=Path)
    parser.add_argument("--roster", type=Path)
    options = parser.parse_args(arguments)
    if options.store:
        _measure(options.store, options.roster)
        return
    for size in options.sizes or [200_000]:
        with TemporaryDirectory(prefix="vetting-online-") as folder:
            _measure(_ingested(Path(folder), size), Path(folder) / "roster.parquet")


def _ingested(folder: Path, accounts: int) -> Path:
    write_world(folder, _PEOPLE, accounts)
    source = folder / "list.parquet"
    with vetting.ListStore.open(folder / "store") as store:
        store.ingest(source, made_up_passport(source))
    return folder / "store"


def _measure(folder: Path, roster: Path) -> None:
    people = random.Random(1).sample(read_people(roster), _WARMING + 2 * _ASKED)
    with vetting.ListStore.open(folder) as store:
        accounts = sum(held.accounts for held in store.lists())
        print(f"\none applicant against {accounts:,} accounts, load {os.getloadavg()[0]:.1f}")
        for person in people[:_WARMING]:
            vetting.screen(person, store)
        gc.collect()
        gc.freeze()  # as a service does once it is warm
        _warm(people[_WARMING : _WARMING + _ASKED], store)
        _parts(people[_WARMING + _ASKED :], store)
        _peer([name.value for person in people for name in person.names], store)
    _cold(people[0], folder)


def _warm(people: list[vetting.Applicant], store: vetting.ListStore) -> None:
    wall, cpu, pairs, found = [], [], [], 0
    for person in people:
        began, used = time.perf_counter(), time.process_time()
        screened = vetting.screen(person, store)
        wall.append(time.perf_counter() - began)
        cpu.append(time.process_time() - used)
        pairs.append(sum(one.pairs_compared for one in screened.coverage.lists))
        found += bool(screened.candidates)
    print(f"  warm: wall {_quantiles(wall)}; CPU {_quantiles(cpu)}; {found} of {len(people)} with candidates")
    print("  pairs compared: p50 {:,.0f}, p95 {:,.0f}".format(*np.quantile(pairs, [0.5, 0.95])))


def _parts(people: list[vetting.Applicant], store: vetting.ListStore) -> None:
    """The same with a clock around each part, which makes the whole slower."""
    spent: dict[str, list[float]] = {label: [] for _, _, label in _PARTS}
    with _clocked(spent) as running:
        for person in people:
            running.clear()
            vetting.screen(person, store)
            for label in running:
                spent[label].append(running[label])
    for label, times in spent.items():
        if times:
            print(f"    {label}: CPU {_quantiles(times)}, in {len(times)} of {len(people)}")


@contextmanager
def _clocked(labels: dict[str, list[float]]) -> Iterator[dict[str, float]]:
    running: dict[str, float] = {}

    def clocked(function: Callable[..., Any], label: str) -> Callable[..., Any]:
        def call(*given: Any, **named: Any) -> Any:
            began = time.thread_time()
            try:
                return function(*given, **named)
            finally:
                running[label] = running.get(label, 0.0) + time.thread_time() - began

        return call

    assert len(labels) == len(_PARTS)
    kept = [(home, name, vars(home)[name]) for home, name, _ in _PARTS]
    for home, name, label in _PARTS:
        whole = clocked(getattr(home, name), label)
        setattr(home, name, staticmethod(whole) if isinstance(vars(home)[name], classmethod) else whole)
    try:
        yield running
    finally:
        for home, name, function in kept:
            setattr(home, name, function)


def _peer(names: list[Any], store: vetting.ListStore) -> None:
    listed = []
    for held in store.lists():
        table = store.shard(held.id).identifiers
        listed += table.filter(pc.equal(table["kind"], "name"))["value"].to_pylist()
    asked = [name if isinstance(name, str) else name[0] for name in names[:_PEER]]
    cpu = []
    for name in asked:
        used = time.process_time()
        process.extract(name, listed, scorer=fuzz.WRatio, limit=10)
        cpu.append(time.process_time() - used)
    print(f"  peer, RapidFuzz WRatio over {len(listed):,} names alone: CPU {_quantiles(cpu)}")


def _cold(person: vetting.Applicant, store: Path) -> None:
    with TemporaryDirectory(prefix="vetting-cold-") as folder:
        roster = Path(folder) / "one.csv"
        fields = ("id", "name", "date_of_birth", "email", "phone", "handle")
        held = (person.names, person.emails, person.phones, person.handles)
        name, *contacts = (one[0].value if one else "" for one in held)
        cells = [person.id, name, str(person.date_of_birth or ""), *contacts]
        roster.write_text(",".join(fields) + "\n" + ",".join(cells) + "\n", encoding="utf-8")
        command = [
            sys.executable,
            "-m",
            "vetting",
            "screen",
            str(roster),
            "--store",
            str(store),
            "--out",
            folder,
        ]
        wall, cpu = [], []
        for _ in range(5):
            began, used = time.perf_counter(), sum(os.times()[2:4])
            subprocess.run(command, check=True, capture_output=True)
            wall.append(time.perf_counter() - began)
            cpu.append(sum(os.times()[2:4]) - used)
    print(f"  cold, `vetting screen` with the start of Python: wall {min(wall):.2f} to {max(wall):.2f} s, "
          f"CPU {min(cpu):.2f} to {max(cpu):.2f} s")  # fmt: skip


def _quantiles(times: list[float]) -> str:
    middle, high = np.quantile(times, [0.5, 0.95]) * 1e3
    return f"p50 {middle:.2f} ms, p95 {high:.2f} ms"


if __name__ == "__main__":
    main(sys.argv[1:])
