"""Hands many damaged files to every reader: each must end well or with one of our own errors, which tells no value.

Run: ``nice -n 10 python scripts/fuzz_readers.py [--inputs 100000] [--processes 2] [--seconds 900] [--seed 1]``.
Seeds are `tests/reader_seeds.py`, ways of damage `tests/mutations.py`. A file that fails is written beside what it
raised when ``--keep FOLDER`` is given. Exit status: 0 when nothing failed, 1 otherwise.
"""

from __future__ import annotations

import argparse
import gzip
import io
import multiprocessing
import random
import signal
import sys
import tempfile
import time
import traceback
import zipfile
from collections import Counter
from pathlib import Path
from types import FrameType
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from tests.mutations import MUTATIONS, Step, mutated  # noqa: E402  (the tests lie beside this script)
from tests.reader_seeds import PERSONAL, SEEDS  # noqa: E402

from vetting.errors import VettingError  # noqa: E402

MOST_SECONDS = 20
BATCH = 250


class Outcome(NamedTuple):
    """How one damaged file went."""

    seed: str
    number: int
    seconds: float
    size: int
    ended: str  # "read", "refused", or what is wrong


class TooSlowError(Exception):
    """A reader was still at it when its time was over."""


def too_slow(_signal: int, _frame: FrameType | None) -> None:
    """End what takes too long."""
    raise TooSlowError


def damaged(name: str, number: int, seed: int) -> bytes:
    """The same number gives the same file."""
    pick = random.Random(f"{seed}/{name}/{number}")
    steps = [
        (pick.randrange(len(MUTATIONS)), pick.random(), pick.random())
        for _ in range(pick.choice((1, 1, 2, 3, 6)))
    ]
    content = SEEDS[name][0]
    if content[:2] == b"\x1f\x8b" and pick.random() < 0.5:  # damage what was packed, not the packing
        return gzip.compress(mutated(gzip.decompress(content), steps), 1)
    if content[:2] == b"PK" and pick.random() < 0.7:
        return repacked(content, pick, steps)
    return mutated(content, steps)


def repacked(content: bytes, pick: random.Random, steps: list[Step]) -> bytes:
    """Damage a member of a zip, a workbook's sheet for one, so that its checksum does not give it away."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as given,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        names = given.namelist()
        hurt = pick.choice([*names, names[-1], names[-1]])
        for name in names:
            inside = given.read(name)
            archive.writestr(name, mutated(inside, steps) if name == hurt else inside)
    return out.getvalue()


def judged(name: str, path: Path) -> str:
    """Read a file and say how that ended."""
    try:
        SEEDS[name][1](path)
    except VettingError as error:
        text = " ".join(map(str, (error, *error.args))).replace(str(path), "").lower()
        shown = [word for word in PERSONAL if word in text]
        return f"a message tells a value: {type(error).__name__}" if shown else "refused"
    except TooSlowError:
        return f"longer than {MOST_SECONDS} s"
    except BaseException as error:  # noqa: BLE001  (that is what is looked for; Rust panics are no Exception)
        last = traceback.extract_tb(error.__traceback__)
        where = next(
            (f"{Path(f.filename).name}:{f.lineno}" for f in reversed(last) if "vetting" in f.filename), "?"
        )
        return f"{type(error).__name__} at {where}"
    return "read"


def work(task: tuple[str, int, int, int, str]) -> list[Outcome]:
    """Try a batch of damaged files of one seed."""
    name, first, count, seed, keep = task
    signal.signal(signal.SIGALRM, too_slow)
    outcomes = []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "input"
        for number in range(first, first + count):
            content = damaged(name, number, seed)
            path.write_bytes(content)
            signal.alarm(MOST_SECONDS)
            began = time.process_time()
            ended = judged(name, path)
            took = time.process_time() - began
            signal.alarm(0)
            if keep and ended not in {"read", "refused"}:
                (Path(keep) / f"{name.replace(' ', '_').replace(',', '')}-{number}").write_bytes(content)
            outcomes.append(Outcome(name, number, took, len(content), ended))
    return outcomes


def main() -> int:
    """Try them all, and tell."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--inputs", type=int, default=100_000)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--seconds", type=float, default=900, help="begin no more after so long")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="a folder for the files that fail")
    options = parser.parse_args()
    if options.keep:
        options.keep.mkdir(parents=True, exist_ok=True)
    each = -(-options.inputs // len(SEEDS) // BATCH) * BATCH
    tasks = [
        (name, first, BATCH, options.seed, str(options.keep or ""))
        for first in range(0, each, BATCH)
        for name in SEEDS
    ]
    began, ends, slowest, seconds = (
        time.monotonic(),
        Counter[tuple[str, str]](),
        Outcome("", 0, 0, 0, ""),
        dict[str, float](),
    )
    failed: dict[str, Outcome] = {}
    with multiprocessing.get_context("spawn").Pool(options.processes) as pool:
        for outcomes in pool.imap_unordered(work, tasks):
            for one in outcomes:
                wrong = one.ended not in {"read", "refused"}
                ends[one.seed, "failed" if wrong else one.ended] += 1
                seconds[one.seed] = seconds.get(one.seed, 0.0) + one.seconds
                slowest = max(slowest, one, key=lambda each: each.seconds)
                if wrong:
                    failed.setdefault(f"{one.seed}: {one.ended}", one)
            if time.monotonic() - began > options.seconds:
                print("The time is over: not all inputs were tried.")
                pool.terminate()
                break
    print(f"{'seed':<20}{'inputs':>9}{'read':>9}{'refused':>9}{'failed':>8}{'ms each':>9}")
    for name in SEEDS:
        read, refused, bad = (ends[name, how] for how in ("read", "refused", "failed"))
        count = read + refused + bad
        print(
            f"{name:<20}{count:>9,}{read:>9,}{refused:>9,}{bad:>8,}{1000 * seconds.get(name, 0.0) / max(1, count):>9.2f}"
        )
    print(f"{sum(ends.values()):,} inputs in {sum(seconds.values()):.0f} CPU seconds.")
    print(
        f"Slowest: {slowest.seed}, number {slowest.number}, {slowest.size:,} bytes, {slowest.seconds:.2f} s."
    )
    for what, one in failed.items():
        print(f"FAILED {what} (number {one.number})")
    return bool(failed)


if __name__ == "__main__":
    sys.exit(main())
