"""Pairs that share a key, by looking each key up in a sorted array: the way for one applicant."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from vetting.blocking.hashing import Hashes
from vetting.blocking.keys import OwnedKeys
from vetting.blocking.packing import packed, unpacked
from vetting.normalise.columns import Ints, expand

__all__ = ["MOST_ACCOUNTS_PER_KEY", "key_counts", "look_up"]

# A key that more accounts have tells next to nothing, and costs most of the work; its loss is counted.
MOST_ACCOUNTS_PER_KEY = 5_000


def key_counts(probe: Hashes, keys: Hashes) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Find where each key stands in a sorted array, and how often.

    Args:
        probe: Shape (n,).
        keys: Shape (m,), ascending; may be memory-mapped.

    Returns:
        First position and count of each, shape (n,).
    """
    first = np.searchsorted(keys, probe, side="left")
    return first, np.searchsorted(keys, probe, side="right") - first


def look_up(probe: OwnedKeys, keys: Hashes, key_rows: Ints) -> tuple[Ints, Ints]:
    """Return the distinct pairs of an owner and an account that share a key which is not too common.

    Args:
        probe: The applicants' keys.
        keys: The list's keys, ascending.
        key_rows: The account of each.

    Returns:
        Applicant rows and account rows, ascending by applicant, then account.
    """
    first, count = key_counts(probe.keys, keys)
    count = np.where(count > MOST_ACCOUNTS_PER_KEY, 0, count)
    entries, within = expand(np.arange(len(count)), count)
    place = first[entries] + within - (np.cumsum(count) - count)[entries]
    return unpacked(np.unique(packed(probe.owners[entries], key_rows[place])))
