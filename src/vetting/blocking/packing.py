"""A pair of rows as one number, by which pairs are sorted, made distinct and found."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from vetting.normalise.columns import Ints

__all__ = ["NO_PAIRS", "Packed", "packed", "unpacked"]

Packed = npt.NDArray[np.int64]
NO_PAIRS: Packed = np.empty(0, np.int64)


def packed(left: Ints, right: Ints) -> Packed:
    """Put two rows, none negative, into one number; in ascending order by left, then right."""
    both: Packed = left.astype(np.int64) << 32 | right
    return both


def unpacked(pairs: Packed) -> tuple[Ints, Ints]:
    """Return the left rows and the right rows of packed pairs."""
    return (pairs >> 32).astype(np.int32), (pairs & 0xFFFFFFFF).astype(np.int32)
