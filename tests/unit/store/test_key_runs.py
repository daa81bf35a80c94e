from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from vetting.blocking.keys import OwnedKeys
from vetting.store.key_runs import KeyRuns, cuts
from vetting.store.ranges import save_all


@pytest.mark.parametrize("at_once", [1, 3, 50, 10_000])
def test_runs_merge_to_what_sorting_all_at_once_gives(tmp_path: Path, at_once: int) -> None:
    rng = np.random.default_rng(1)
    some = rng.integers(0, 2**64, 40, np.uint64)
    runs = KeyRuns(at_once=at_once)
    every: list[OwnedKeys] = []
    for first in (0, 100, 200):
        part = OwnedKeys(rng.integers(0, 100, 60).astype(np.int32), rng.choice(some, 60)).sorted_by_key()
        save_all(tmp_path / str(first), {"keys": part.keys, "owners": part.owners})
        runs.add(tmp_path / str(first), first)
        every.append(OwnedKeys(part.owners + np.int32(first), part.keys))
    runs.merge(tmp_path / "k.npy", tmp_path / "o.npy")
    whole = OwnedKeys(
        np.concatenate([part.owners for part in every]), np.concatenate([part.keys for part in every])
    ).sorted_by_key()
    assert np.array_equal(np.load(tmp_path / "k.npy"), whole.keys)
    assert np.array_equal(np.load(tmp_path / "o.npy"), whole.owners)


def test_hashes_are_cut_evenly() -> None:
    assert cuts(10, 10, bits=64).tolist() == []
    assert cuts(40, 10, bits=64).tolist() == [2**62, 2**63, 2**62 * 3]
