"""Ingest and screen at sizes given on the command line: time, memory, bytes, and who was found.

Usage:
    python benchmarks/scale.py 20000x200000 200000x2000000
"""

from __future__ import annotations

import hashlib
import resource
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

import numpy as np
import pyarrow.compute as pc
import pyarrow.parquet as pq
from scale_people import Planted, write_world

import vetting
from vetting.blocking.lookup import MOST_ACCOUNTS_PER_KEY

__all__ = ["main"]

_ONE_BY_ONE = 100
T = TypeVar("T")


def main(sizes: list[str]) -> None:
    """Measure each size, ``peoplexaccounts``, in a folder of its own."""
    for size in sizes:
        people, accounts = map(int, size.split("x"))
        with TemporaryDirectory(prefix="vetting-scale-") as folder:
            _measure(Path(folder), people, accounts)


def _measure(folder: Path, people: int, accounts: int) -> None:
    print(f"\n{people:,} people x {accounts:,} accounts")
    planted = _timed("write the files", lambda: write_world(folder, people, accounts))
    source = folder / "list.parquet"
    print(f"  values: {_own_bytes(source) / accounts:.0f} bytes an account")
    passport = vetting.ListPassport(
        id="scale", title="Made up", kind="leak", organisation="Nobody", organisation_kind="extremist-forum",
        legal_status="does not exist", origin="a generator", obtained="today", events=["2019-01-01", "2019-12-31"],
        leaked="2020-01-01", sha256=hashlib.sha256(source.read_bytes()).hexdigest(), lawful_basis="none needed",
        purpose="measuring", grade="2D", grade_scheme="3x5x2", presence_means="nothing",
        emails_confirmed="unknown", expires="2099-01-01",
    )  # fmt: skip
    with vetting.ListStore.open(folder / "store") as store:
        _timed("ingest", lambda: store.ingest(source, passport))
    stored = sum(path.stat().st_size for path in (folder / "store").rglob("*") if path.is_file())
    print(f"  stored: {stored / accounts:.0f} bytes an account")
    for path in sorted((folder / "store").glob("scale-*/*")):
        size = sum(one.stat().st_size for one in ([path] if path.is_file() else path.rglob("*")))
        print(f"    {path.name}: {size / accounts:.1f}")
    applicants = [
        vetting.Applicant(
            id=row["id"], names=row["name"] or [], date_of_birth=row["date_of_birth"], emails=row["email"] or [],
            phones=row["phone"] or [], handles=row["handle"] or [],
        )
        for row in pq.read_table(folder / "roster.parquet").to_pylist()
    ]  # fmt: skip
    with vetting.ListStore.open(folder / "store") as store:
        _one_by_one(applicants[:_ONE_BY_ONE], store)
        screening = _timed("screen", lambda: vetting.screen(applicants, store))
    coverage = screening.coverage.lists[0]
    print(f"  pairs compared: {coverage.pairs_compared:,} ({coverage.pairs_compared / people:.1f} a person)")
    print(f"  keys of more than {MOST_ACCOUNTS_PER_KEY:,} accounts: {coverage.keys_skipped:,}, "
          f"pairs not compared for them: {coverage.pairs_skipped:,}")  # fmt: skip
    _recall(planted, screening)


def _one_by_one(applicants: list[vetting.Applicant], store: vetting.ListStore) -> None:
    times = []
    for applicant in applicants:
        began = time.perf_counter()
        vetting.screen(applicant, store)
        times.append((time.perf_counter() - began) * 1e3)
    print(f"  one applicant: first {times[0]:.0f} ms, then p50 {np.median(times[1:]):.1f} ms, "
          f"p95 {np.quantile(times[1:], 0.95):.1f} ms")  # fmt: skip


def _recall(planted: Planted, screening: vetting.Screening) -> None:
    found = {(one.applicant_id, one.account_id) for one in screening.candidates if one.surfaced}
    tried = Counter(way for _, _, way in planted.pairs)
    met = Counter(way for person, account, way in planted.pairs if (person, account) in found)
    for way, count in sorted(tried.items()):
        print(f"  surfaced of those planted by {way}: {met[way]} of {count}")
    print(f"  surfaced in all: {len(found):,}")


def _own_bytes(source: Path) -> int:
    """Bytes of the values as text, without the ids."""
    total = 0
    for batch in pq.ParquetFile(source).iter_batches():
        for name in batch.schema.names:
            total += pc.sum(pc.binary_length(batch[name])).as_py() or 0
    return total


def _timed(what: str, run: Callable[[], T]) -> T:
    began, cpu = time.perf_counter(), time.process_time()
    result = run()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    print(f"  {what}: {time.perf_counter() - began:.1f} s, CPU {time.process_time() - cpu:.1f} s, "
          f"peak so far {peak:.2f} GiB", flush=True)  # fmt: skip
    return result


if __name__ == "__main__":
    main(sys.argv[1:] or ["20000x200000"])
