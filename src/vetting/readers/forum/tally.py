"""Counts how often a source meets a target, first and last, without keeping the occurrences."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc
from attrs import define, field

__all__ = ["Tally", "drop_guests", "merged"]

_PENDING = 1 << 17
_COUNTS = [("first", "min"), ("last", "max"), ("weight", "sum"), ("offset", "min")]
_BEST = [("first", "min"), ("last", "max"), ("weight", "max"), ("offset", "first"), ("table", "first")]


@define
class Tally:
    """Occurrences of one kind in one table, by source, target and place.

    Memory grows with distinct keys: 48 bytes and the target's each.

    Attributes:
        table: The table, for citations.
        generation: Of its profile; the preferred one is 0.
        kind: Of the relation.
        target_kind: Of the target.
        place_kind: Of the place; empty for none.
    """

    table: str
    generation: int = 0
    kind: str = field(default="", kw_only=True)
    target_kind: str = field(default="account", kw_only=True)
    place_kind: str = field(default="", kw_only=True)
    _pending: list[pa.Table] = field(factory=list, init=False)
    _rows: int = field(default=0, init=False)
    _counted: pa.Table | None = field(default=None, init=False)

    def add(
        self,
        source: pa.Array,
        target: pa.Array,
        at: pa.Array,
        offset: pa.Array,
        place: pa.Array | None = None,
    ) -> None:
        """Count occurrences.

        Args:
            source: Account ids, ``int64``.
            target: Ids (``int64``) or raw texts (``binary``).
            at: Moments, ``int64`` seconds or null.
            offset: Where each was read.
            place: Ids, or ``None``.
        """
        count = len(source)
        self._pending.append(
            pa.table(
                {
                    "source": source,
                    "target": target,
                    "place": pa.nulls(count, pa.int64()) if place is None else place,
                    "first": at,
                    "last": at,
                    "weight": pa.repeat(pa.scalar(1, pa.int64()), count),
                    "offset": offset,
                }
            )
        )
        self._rows += count
        # Waiting until as much is pending as is counted keeps the cost linear.
        if self._rows >= max(_PENDING, 0 if self._counted is None else self._counted.num_rows):
            self._count()

    def result(self) -> pa.Table | None:
        """The counts: ``source, target, place, first, last, weight, offset``; ``None`` for none."""
        if self._pending:
            self._count()
        return self._counted

    def _count(self) -> None:
        tables = [*([self._counted] if self._counted is not None else []), *self._pending]
        self._pending, self._rows = [], 0
        counted = (
            pa.concat_tables(tables)
            .group_by(["source", "target", "place"], use_threads=False)
            .aggregate(_COUNTS)
        )
        names = ["source", "target", "place", "first", "last", "weight", "offset"]
        order = ["source", "target", "place", "first_min", "last_max", "weight_sum", "offset_min"]
        self._counted = counted.select(order).rename_columns(names)


def merged(counts: list[tuple[pa.Table, str]]) -> tuple[pa.Table, list[str]]:
    """Merge counts of one kind from several tables of one list.

    Tables of two generations hold largely the same occurrences, and the first post of a topic is in two
    tables, so the larger count stands: the relation was seen at least so often.

    Args:
        counts: Tables as of :meth:`Tally.result`, the preferred first, each with its table's name.

    Returns:
        ``source, target, place, first, last, weight, offset, table``, and the names that `table` counts.
    """
    names = [name for _, name in counts]
    cited = [
        table.append_column("table", pa.repeat(pa.scalar(number, pa.int16()), table.num_rows))
        for number, (table, _) in enumerate(counts)
    ]
    if len(cited) == 1:
        return cited[0], names
    best = pa.concat_tables(cited).group_by(["source", "target", "place"], use_threads=False).aggregate(_BEST)
    order = [f"{name}_{how}" for name, how in _BEST]
    return best.select(["source", "target", "place", *order]).rename_columns(
        ["source", "target", "place", *(name for name, _ in _BEST)]
    ), names


def drop_guests(counts: pa.Table) -> tuple[pa.Table, int]:
    """Leave out relations of guests and with guests, whose id is 0 or less or unknown.

    Returns:
        The counts kept, and how many occurrences were dropped.
    """
    known = pc.fill_null(pc.greater(counts["source"], 0), False)
    if pa.types.is_integer(counts["target"].type):
        known = pc.and_(known, pc.fill_null(pc.greater(counts["target"], 0), False))
    if pc.all(known).as_py() is not False:
        return counts, 0
    kept = counts.filter(known)
    return kept, (pc.sum(counts["weight"]).as_py() or 0) - (pc.sum(kept["weight"]).as_py() or 0)
