"""Groups rows by columns of whole numbers: one sort of one packed key instead of a hash table."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from attrs import frozen

__all__ = ["ABSENT", "Groups", "Ints", "group", "nullable", "numbers"]

Ints = npt.NDArray[np.int64]

ABSENT = np.iinfo(np.int64).min
"""Stands for null in a key; no id is that small."""


@frozen
class Groups:
    """Rows in the order of their groups.

    Attributes:
        order: Positions of rows, group by group; inside a group as they were.
        starts: Where each group begins in `order`.
    """

    order: Ints
    starts: Ints

    def first(self, column: Ints) -> Ints:
        """Of each group, the value of its first row."""
        return column[self.order[self.starts]]

    def reduced(self, how: np.ufunc, column: Ints) -> Ints:
        """Of each group, all its values put together, as by ``np.minimum``."""
        if not len(self.starts):
            return column[:0]
        found: Ints = how.reduceat(column[self.order], self.starts)
        return found


def group(keys: Sequence[Ints]) -> Groups:
    """Group rows that agree in every key.

    Args:
        keys: Columns of one length; :data:`ABSENT` equals itself.

    Example:
        >>> groups = group([np.array([7, 3, 7]), np.array([1, 1, 1])])
        >>> groups.order.tolist(), groups.starts.tolist()
        ([1, 0, 2], [0, 1])

    Cost: about 100 ns and 24 bytes a row when the keys' ranges multiply to less than 2^63, as ids do.
    """
    if not len(keys[0]):
        return Groups(np.zeros(0, np.int64), np.zeros(0, np.int64))
    packed = _packed(keys)
    if packed is not None:
        order = np.argsort(packed, kind="stable")
        ordered = packed[order]
        changes = ordered[1:] != ordered[:-1]
    else:
        order = np.lexsort(tuple(reversed(keys)))
        changes = np.zeros(len(order) - 1, dtype=np.bool_)
        for key in keys:
            ordered = key[order]
            changes |= ordered[1:] != ordered[:-1]
    return Groups(order, np.concatenate([np.zeros(1, np.int64), np.flatnonzero(changes) + 1]))


def _packed(keys: Sequence[Ints]) -> Ints | None:
    """Put the keys into one number each; ``None`` when they do not fit into 63 bits."""
    size = 1
    packed: Ints | None = None
    for key in keys:
        absent = key == ABSENT
        some = bool(absent.any())
        present = key[~absent] if some else key
        if not len(present):  # one value throughout tells nothing apart
            continue
        low = int(present.min())
        span = int(present.max()) - low + 1
        size *= span + 1
        if size >= 1 << 63:
            return None
        number = np.where(absent, 0, key - (low - 1)) if some else key - (low - 1)
        packed = number if packed is None else packed * (span + 1) + number
    return np.zeros(len(keys[0]), np.int64) if packed is None else packed


def numbers(column: pa.Array, absent: int = ABSENT) -> Ints:
    """Take an Arrow column of whole numbers, with `absent` for null."""
    if column.null_count:
        column = column.fill_null(absent)
    found: Ints = column.to_numpy(zero_copy_only=False)
    return found


def nullable(column: Ints, absent: int = ABSENT) -> pa.Array:
    """Make an Arrow column, with null for `absent`."""
    column = np.ascontiguousarray(column, dtype=np.int64)
    missing = column == absent
    return pa.array(column, mask=missing if missing.any() else None)
