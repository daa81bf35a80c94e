"""Ingest and screen at sizes given on the command line: time, memory, bytes, and who was found.

Usage:
    python benchmarks/scale.py 20000x200000 200000x2000000 [--peer] [--keep FOLDER]

With ``--peer`` Splink 5 links the same two tables in the same run (see quality_peers.py for its environment). With
``--keep`` worlds and stores stay in a folder, and are used again.
"""

from __future__ import annotations

import argparse
import json
import resource
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv
import pyarrow.parquet as pq
from quality_peers import run_splink
from scale_people import made_up_passport, read_people, write_world

import vetting
from vetting.blocking.lookup import most_accounts_per_key
from vetting.processes import processors

__all__ = ["main"]

_ONE_BY_ONE = 300
_LIKELY = 0.5
T = TypeVar("T")
Pairs = dict[tuple[str, str], float]


def main() -> None:
    """Measure each size, ``peoplexaccounts``, in a folder of its own."""
    reader = argparse.ArgumentParser()
    reader.add_argument("sizes", nargs="*", default=["20000x200000"])
    reader.add_argument("--peer", action="store_true")
    reader.add_argument("--keep", type=Path)
    given = reader.parse_args()
    for size in given.sizes:
        people, accounts = map(int, size.split("x"))
        with TemporaryDirectory(prefix="vetting-scale-") as temporary:
            folder = (given.keep or Path(temporary)) / size
            folder.mkdir(parents=True, exist_ok=True)
            _measure(folder, people, accounts, peer=given.peer)


def _measure(folder: Path, people: int, accounts: int, *, peer: bool) -> None:
    print(f"\n{people:,} people x {accounts:,} accounts, {processors()} processors")
    source = folder / "list.parquet"
    if not (folder / "planted.json").exists():
        planted = _timed("write the files", lambda: write_world(folder, people, accounts)).pairs
        (folder / "planted.json").write_text(json.dumps(planted))
    planted = [tuple(one) for one in json.loads((folder / "planted.json").read_text())]
    print(f"  values: {_own_bytes(source) / accounts:.0f} bytes an account")
    store_folder = folder / "store"
    if not (store_folder / "manifest.json").exists():
        passport = made_up_passport(source)
        with vetting.ListStore.open(store_folder) as store:
            _timed("ingest", lambda: store.ingest(source, passport))
    stored = sum(path.stat().st_size for path in store_folder.rglob("*") if path.is_file())
    print(f"  stored: {stored / accounts:.0f} bytes an account")
    for path in sorted(store_folder.glob("scale-*/*")):
        size = sum(one.stat().st_size for one in ([path] if path.is_file() else path.rglob("*")))
        print(f"    {path.name}: {size / accounts:.1f}")
    applicants = _timed("read the roster", lambda: read_people(folder / "roster.parquet"))
    with vetting.ListStore.open(store_folder) as store:
        _one_by_one(applicants[:: max(1, people // _ONE_BY_ONE)], store)
        screening = _timed("screen", lambda: vetting.screen(applicants, store))
    coverage = screening.coverage.lists[0]
    print(f"  pairs compared: {coverage.pairs_compared:,} ({coverage.pairs_compared / people:.1f} a person), "
          f"set aside: {coverage.pairs_set_aside:,}")  # fmt: skip
    print(f"  keys of more than {most_accounts_per_key(accounts):,} accounts: {coverage.keys_skipped:,}, "
          f"pairs not looked for because of them: {coverage.pairs_skipped:,}")  # fmt: skip
    print(f"  blocking: {coverage.blocking_applicants} people x {coverage.blocking_accounts:,} accounts without "
          f"keys, {coverage.blocking_found} of {coverage.blocking_pairs} pairs found")  # fmt: skip
    true = {(person, account) for person, account, _ in planted}
    found = {
        (one.applicant_id, one.account_id): one.probability for one in screening.candidates if one.surfaced
    }
    tried = Counter(way for _, _, way in planted)
    met = Counter(way for person, account, way in planted if (person, account) in found)
    for way, count in sorted(tried.items()):
        print(f"  surfaced of those planted by {way}: {met[way]} of {count}")
    _agreement("surfaced", found, true)
    if peer:
        _peer(folder, true)


def _one_by_one(applicants: list[vetting.Applicant], store: vetting.ListStore) -> None:
    times = []
    for applicant in applicants:
        began = time.perf_counter()
        vetting.screen(applicant, store)
        times.append((time.perf_counter() - began) * 1e3)
    print(f"  one applicant: first {times[0]:.0f} ms, then p50 {np.median(times[1:]):.1f} ms, "
          f"p95 {np.quantile(times[1:], 0.95):.1f} ms")  # fmt: skip


def _agreement(name: str, found: Pairs, true: set[tuple[str, str]]) -> None:
    """Precision, recall and F1 of all that was found, of what is likelier than not, and at the best threshold."""
    ranked = sorted(found.items(), key=lambda one: -one[1])
    hits = np.cumsum([pair in true for pair, _ in ranked]) if ranked else np.zeros(0)
    f1 = 2 * hits / (np.arange(1, len(hits) + 1) + len(true))
    likely = {pair for pair, chance in ranked if chance >= _LIKELY}
    best = int(f1.argmax()) if len(f1) else -1
    print(f"  {name}: {len(ranked):,}, of them planted {int(hits[-1]) if len(hits) else 0} of {len(true)}; "
          f"F1 of p >= .5 {2 * len(likely & true) / max(len(likely) + len(true), 1):.3f}, "
          f"best threshold on these labels {f1.max(initial=0):.3f} (p >= {ranked[best][1] if ranked else 0:.3f})")  # fmt: skip


def _peer(folder: Path, true: set[tuple[str, str]]) -> None:
    """Splink 5 on the same tables: given and family name, birth date, e-mail, telephone, handle."""
    for name in ("roster", "list"):
        table = pq.read_table(folder / f"{name}.parquet")
        parts = pc.split_pattern(table["name"], " ")
        split = [pc.list_element(parts, place) for place in (0, 1)]
        columns = [table[column] for column in ("id", "date_of_birth", "email", "phone", "handle")]
        names = ["given_name", "surname", "unique_id", "date_of_birth", "email", "phone", "handle"]
        pacsv.write_csv(pa.table([*split, *columns], names=names), folder / f"{name}.csv")
    out = folder / "splink.csv"
    done = run_splink(
        "link", *(str((folder / f"{name}.csv").resolve()) for name in ("roster", "list")), str(out.resolve()),
        "given_name,surname,date_of_birth,email,phone,handle",
    )  # fmt: skip
    print(f"  Splink 5: {done}")
    if out.exists():
        rows = pacsv.read_csv(out).to_pylist()
        _agreement("Splink 5", {(one["id_l"], one["id_r"]): one["p"] for one in rows}, true)


def _own_bytes(source: Path) -> int:
    """Bytes of the values as text, without the ids."""
    total = 0
    for batch in pq.ParquetFile(source).iter_batches():
        for name in batch.schema.names[1:]:
            total += pc.sum(pc.binary_length(batch[name])).as_py() or 0
    return total


def _timed(what: str, run: Callable[[], T]) -> T:
    began, cpu = time.perf_counter(), _cpu_seconds()
    result = run()
    peaks = [
        resource.getrusage(who).ru_maxrss / 2**20 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    ]
    print(f"  {what}: {time.perf_counter() - began:.1f} s, CPU {_cpu_seconds() - cpu:.1f} s, peak so far "
          f"{peaks[0]:.2f} GiB, {peaks[1]:.2f} in the largest worker", flush=True)  # fmt: skip
    return result


def _cpu_seconds() -> float:
    """Of this process and of workers that have ended."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


if __name__ == "__main__":
    main()
