"""Blocking keys of ranges of accounts, merged into one sorted array in bounded memory."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt

from vetting.blocking.keys import OwnedKeys
from vetting.store.arrays import ArrayWriter

__all__ = ["KeyRuns", "cuts"]

_AT_ONCE = 16_000_000


class KeyRuns:
    """Sorted runs of keys on disk; each run's owners come after those of the runs before.

    Args:
        folder: For the runs; whoever made it removes it.
        at_once: Keys merged in memory at a time.
    """

    def __init__(self, folder: Path, *, at_once: int = _AT_ONCE) -> None:
        self._folder = folder
        self._at_once = at_once
        self._count = 0
        self._total = 0

    def add(self, keys: OwnedKeys) -> None:
        """Put down the keys of a range, sorted by key, then owner."""
        np.save(self._folder / f"keys-{self._count}.npy", keys.keys)
        np.save(self._folder / f"owners-{self._count}.npy", keys.owners)
        self._count += 1
        self._total += len(keys.keys)

    def merge(self, keys: Path, owners: Path) -> None:
        """Write all keys in order, and the owner of each."""
        runs = [
            tuple(np.load(self._folder / f"{name}-{run}.npy", mmap_mode="r") for name in ("keys", "owners"))
            for run in range(self._count)
        ]
        edges = cuts(self._total, self._at_once, bits=64)
        places = [np.searchsorted(run[0], edges).tolist() for run in runs]
        with ArrayWriter(keys, np.uint64) as key_writer, ArrayWriter(owners, np.int32) as owner_writer:
            for part in range(len(edges) + 1):
                found = []
                for run, place in zip(runs, places, strict=True):
                    bounds = [0, *place, len(run[0])]
                    found.append([column[bounds[part] : bounds[part + 1]] for column in run])
                if found:
                    some = np.concatenate([run[0] for run in found])
                    order = np.argsort(some, kind="stable")  # keeps the runs, and so the owners, in order
                    key_writer.append(some[order])
                    owner_writer.append(np.concatenate([run[1] for run in found])[order])


def cuts(total: int, at_once: int, *, bits: int) -> npt.NDArray[np.uint64]:
    """Return the numbers at which evenly spread hashes are cut, so that a part holds about so many."""
    parts = max(1, -(-total // at_once))
    return np.array([part * 2**bits // parts for part in range(1, parts)], np.uint64)
