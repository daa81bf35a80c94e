"""What this machine can do at most, in the operations that a screening is made of; one processor each.

Usage:
    python benchmarks/limits.py
"""

from __future__ import annotations

import time
from collections.abc import Callable

import duckdb
import numpy as np
import pyarrow as pa
from rapidfuzz.distance import Indel
from rapidfuzz.process import cdist, cpdist

__all__ = ["main"]

_ROUNDS = 5


def main() -> None:
    """Print medians of five rounds, with the smallest and the largest."""
    rng = np.random.default_rng(1)
    numbers = rng.integers(0, 1 << 63, 20_000_000)
    rows = rng.integers(0, 5_000_000, 2_000_000)
    table = rng.integers(0, 1 << 32, (5_000_000, 6), dtype=np.uint32)
    keys = np.sort(numbers)
    probes = np.sort(rng.choice(numbers, 2_000_000))
    _measure("copy memory, GB/s", numbers.copy, 2 * numbers.nbytes / 1e9)
    _measure("sort 64-bit numbers, M/s", lambda: np.sort(numbers), len(numbers) / 1e6)
    _measure("gather rows of 24 bytes from 120 MB, M/s", lambda: table[rows], len(rows) / 1e6)
    _measure("look sorted keys up in 20 M, M/s", lambda: np.searchsorted(keys, probes), len(probes) / 1e6)
    engine = duckdb.connect(config={"threads": 1})
    left = pa.table({"key": probes, "row": np.arange(len(probes), dtype=np.int32)})
    right = pa.table({"key": keys, "row": np.arange(len(keys), dtype=np.int32)})
    engine.register("probe", left)
    engine.register("listed", right)
    join = "SELECT count(*) FROM probe JOIN listed ON probe.key = listed.key"
    _measure(
        "join 2 M keys with 20 M in DuckDB, M listed keys/s",
        lambda: engine.sql(join).fetchall(),
        len(keys) / 1e6,
    )
    letters = np.array(list("abcdefghijklmnopqrstuvwxyz0123456789"))
    texts = ["".join(rng.choice(letters, rng.integers(6, 14))) for _ in range(4_000)]
    _measure("RapidFuzz cdist, Indel, M pairs/s",
             lambda: cdist(texts, texts, scorer=Indel.normalized_similarity, score_cutoff=0.6, workers=1),
             len(texts) ** 2 / 1e6)  # fmt: skip
    pairs = texts * 100, texts[::-1] * 100
    _measure("RapidFuzz cpdist, Indel, M pairs/s",
             lambda: cpdist(*pairs, scorer=Indel.normalized_similarity, workers=1), len(pairs[0]) / 1e6)  # fmt: skip


def _measure(name: str, run: Callable[[], object], amount: float) -> None:
    rates = []
    for _ in range(_ROUNDS):
        began = time.perf_counter()
        run()
        rates.append(amount / (time.perf_counter() - began))
    print(f"{name}: {np.median(rates):.3g} ({min(rates):.3g}-{max(rates):.3g})", flush=True)


if __name__ == "__main__":
    main()
