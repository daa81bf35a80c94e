"""Pairs that share a key, by looking each key up in a sorted array: the way for one applicant."""

from __future__ import annotations

from math import isqrt

import numpy as np
import numpy.typing as npt

from vetting.blocking.hashing import Hashes
from vetting.blocking.keys import OwnedKeys
from vetting.blocking.packing import packed, unpacked
from vetting.normalise.columns import Ints, expand

__all__ = ["key_counts", "look_up", "most_accounts_per_key"]

# On lists of up to four million accounts.
MOST_ACCOUNTS_PER_KEY = 1_000


def most_accounts_per_key(accounts: int) -> int:
    """Return how many accounts may have a key that is looked up; the loss of those that more have is counted.

    A key of c of N accounts is worth about log2(N / c) bits. Two kinds of evidence whose keys both have more than
    half the root of N are worth less than log2(N) + 2 bits together, which surfaces nobody.

    Args:
        accounts: Accounts on the list.

    Example:
        >>> most_accounts_per_key(200_000), most_accounts_per_key(16_000_000)
        (1000, 2000)
    """
    return max(MOST_ACCOUNTS_PER_KEY, isqrt(accounts) // 2)


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


def look_up(
    probe: OwnedKeys, keys: Hashes, key_rows: Ints, *, most: int = MOST_ACCOUNTS_PER_KEY
) -> tuple[Ints, Ints]:
    """Return the distinct pairs of an owner and an account that share a key which is not too common.

    Args:
        probe: The applicants' keys.
        keys: The list's keys, ascending.
        key_rows: The account of each.
        most: Accounts that may have a key.

    Returns:
        Applicant rows and account rows, ascending by applicant, then account.
    """
    first, count = key_counts(probe.keys, keys)
    count = np.where(count > most, 0, count)
    entries, within = expand(np.arange(len(count)), count)
    place = first[entries] + within - (np.cumsum(count) - count)[entries]
    return unpacked(np.unique(packed(probe.owners[entries], key_rows[place])))
