"""Questions to large arrays, answered a piece at a time: where do they first break a rule?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt

__all__ = ["first_falling", "first_outside", "pieces", "rising_from_zero"]

_AT_ONCE = 4_000_000

Array = npt.NDArray[Any]


def pieces(length: int, *, overlap: int = 0, at_once: int = _AT_ONCE) -> Iterator[slice]:
    """Cut rows into pieces that are small in memory; each begins ``overlap`` rows before the last one's end."""
    for start in range(0, max(length - overlap, 0), at_once):
        yield slice(start, min(start + at_once + overlap, length))


def first_falling(array: Array, *, strictly: bool = False) -> int | None:
    """Return the first row that is smaller than the one before it; ``None`` where the rows ascend.

    Args:
        array: Shape (n,).
        strictly: Whether an equal row breaks the rule, too.
    """
    for part in pieces(len(array), overlap=1):
        some = array[part]
        wrong = some[1:] <= some[:-1] if strictly else some[1:] < some[:-1]
        if wrong.any():
            return int(part.start) + 1 + int(np.argmax(wrong))
    return None


def first_outside(array: Array, low: int, high: int) -> int | None:
    """Return the first row that is not in ``low .. high - 1``; ``None`` where all are."""
    for part in pieces(len(array)):
        some = array[part]
        wrong = (some < low) | (some >= high)
        if wrong.any():
            return int(part.start) + int(np.argmax(wrong))
    return None


def rising_from_zero(array: Array, end: int) -> int | None:
    """Return the first row at which offsets do not rise from 0 to ``end``; ``None`` where they do."""
    if not len(array) or array[0] != 0:
        return 0
    falling = first_falling(array)
    if falling is not None:
        return falling
    return None if array[-1] == end else len(array) - 1
