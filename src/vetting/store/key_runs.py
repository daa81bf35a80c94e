"""Blocking keys of ranges of accounts, merged into one sorted array in bounded memory."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt

from vetting.store.arrays import ArrayWriter

__all__ = ["KeyRuns", "cuts"]

_AT_ONCE = 16_000_000


class KeyRuns:
    """Sorted runs of keys on disk; each run's owners come after those of the runs before.

    Args:
        at_once: Keys merged in memory at a time.
    """

    def __init__(self, *, at_once: int = _AT_ONCE) -> None:
        self._at_once = at_once
        self._runs: list[tuple[Path, int]] = []

    def add(self, folder: Path, first: int) -> None:
        """Take the keys of a range, sorted by key, then owner.

        Args:
            folder: Where ``keys.npy`` and ``owners.npy`` are.
            first: What is added to its owners.
        """
        self._runs.append((folder, first))

    def merge(self, keys: Path, owners: Path) -> None:
        """Write all keys in order, and the owner of each."""
        runs = [
            tuple(np.load(folder / f"{name}.npy", mmap_mode="r") for name in ("keys", "owners"))
            for folder, _ in self._runs
        ]
        edges = cuts(sum(len(run[0]) for run in runs), self._at_once, bits=64)
        places = [np.searchsorted(run[0], edges).tolist() for run in runs]
        with ArrayWriter(keys, np.uint64) as key_writer, ArrayWriter(owners, np.int32) as owner_writer:
            for part in range(len(edges) + 1):
                found = []
                for run, place, (_, first) in zip(runs, places, self._runs, strict=True):
                    bounds = [0, *place, len(run[0])]
                    some, owners_there = (column[bounds[part] : bounds[part + 1]] for column in run)
                    found.append((some, owners_there + np.int32(first)))
                if found:
                    every = np.concatenate([run[0] for run in found])
                    order = np.argsort(every, kind="stable")  # keeps the runs, and so the owners, in order
                    key_writer.append(every[order])
                    owner_writer.append(np.concatenate([run[1] for run in found])[order])


def cuts(total: int, at_once: int, *, bits: int) -> npt.NDArray[np.uint64]:
    """Return the numbers at which evenly spread hashes are cut, so that a part holds about so many."""
    parts = max(1, -(-total // at_once))
    return np.array([part * 2**bits // parts for part in range(1, parts)], np.uint64)
