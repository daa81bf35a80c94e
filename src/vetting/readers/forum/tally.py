"""Counts how often a source meets a target, first and last, without keeping the occurrences."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import cast

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from attrs import define, field, frozen

from vetting.readers.forum.grouping import ABSENT, Ints, group, nullable, numbers
from vetting.readers.sqldump.words import unpacked_addresses

__all__ = ["Tally", "drop_guests", "merged"]

_PENDING = 1 << 17
_LATEST = np.iinfo(np.int64).max  # stands for null where the earliest is wanted


class _Numbering(dict[bytes, int]):
    """Gives each text a number, in the order in which they come."""

    def __missing__(self, text: bytes) -> int:
        number = self[text] = len(self)
        return number


@frozen(eq=False)
class _Counts:
    """Counts, column by column; `first` is `_LATEST` and the others are `ABSENT` where unknown."""

    source: Ints
    target: Ints
    place: Ints
    first: Ints
    last: Ints
    weight: Ints
    offset: Ints


@define
class Tally:
    """Occurrences of one kind in one table, by source, target and place.

    Memory grows with distinct keys, about 28 bytes each, and with distinct raw targets.

    Attributes:
        table: The table, for citations.
        generation: Of its profile; the preferred one is 0.
        kind: Of the relation.
        target_kind: Of the target.
        place_kind: Of the place; empty for none.
        source_of: What kind of post the source is, whose owner is meant; empty for an account.
        target_of: Likewise.
        public: The space of conversations whose private ones are no topics and to be left out.
    """

    table: str
    generation: int = 0
    kind: str = field(default="", kw_only=True)
    target_kind: str = field(default="account", kw_only=True)
    place_kind: str = field(default="", kw_only=True)
    source_of: str = field(default="", kw_only=True)
    target_of: str = field(default="", kw_only=True)
    public: str = field(default="", kw_only=True)
    _texts: _Numbering = field(factory=_Numbering, init=False)
    _parts: list[_Counts] = field(factory=list, init=False)
    _rows: int = field(default=0, init=False)
    _counted: bool = field(default=False, init=False)  # whether the first part is
    _raw: bool = field(default=False, init=False)

    def add(
        self,
        source: pa.Array,
        target: pa.Array | Sequence[bytes] | tuple[Ints, list[bytes]],
        at: pa.Array,
        offset: pa.Array,
        place: pa.Array | None = None,
    ) -> None:
        """Count occurrences.

        Args:
            source: Account ids, ``int64``.
            target: Ids (``int64``), raw texts, or packed addresses as of
                :meth:`vetting.readers.sqldump.chunk.RowChunk.addresses`.
            at: Moments, ``int64`` seconds or null.
            offset: Where each was read.
            place: Ids, or ``None``.
        """
        count = len(source)
        self._parts.append(
            _Counts(
                numbers(source),
                numbers(target) if isinstance(target, pa.Array) else self._coded(target),
                np.broadcast_to(np.int64(ABSENT), count) if place is None else numbers(place),
                numbers(at, _LATEST),
                numbers(at),
                np.broadcast_to(np.int64(1), count),
                numbers(offset),
            )
        )
        self._rows += count
        # Waiting until as much is pending as is counted keeps the cost linear.
        if self._rows >= max(_PENDING, 2 * len(self._parts[0].source)):
            self._count()

    def _coded(self, target: Sequence[bytes] | tuple[Ints, list[bytes]]) -> Ints:
        """Stand for raw targets by numbers: packed addresses by theirs, texts by negative ones."""
        self._raw = True
        texts: Sequence[bytes] = target[1] if isinstance(target, tuple) else target
        numbered = np.fromiter(map(self._texts.__getitem__, texts), np.int64, len(texts))
        coded: Ints = np.full(len(texts), -1) if not isinstance(target, tuple) else target[0]
        coded[coded < 0] = -1 - numbered
        return coded

    def _decoded(self, codes: Ints) -> pa.Array:
        distinct, indices = np.unique(codes, return_inverse=True)
        texts = list(self._texts)
        named = [texts[-1 - code] for code in distinct[distinct < 0].tolist()]
        values = [pa.array(named, pa.binary()), unpacked_addresses(distinct[distinct >= 0])]
        return pa.DictionaryArray.from_arrays(indices, pa.concat_arrays(values))

    def result(self) -> pa.Table | None:
        """The counts: ``source, target, place, first, last, weight, offset``; ``None`` for none.

        Raw targets are a dictionary array of ``binary``.
        """
        if not self._parts:
            return None
        if len(self._parts) > 1 or not self._counted:
            self._count()
        counts = self._parts[0]
        target = self._decoded(counts.target.astype(np.int64)) if self._raw else nullable(counts.target)
        return pa.table(
            {
                "source": nullable(counts.source),
                "target": target,
                "place": nullable(counts.place),
                "first": nullable(counts.first, _LATEST),
                "last": nullable(counts.last),
                "weight": nullable(counts.weight),
                "offset": nullable(counts.offset),
            }
        )

    def _count(self) -> None:
        parts = self._parts

        def column(name: str) -> Ints:
            return np.concatenate([getattr(part, name) for part in parts], dtype=np.int64)

        keys = source, target, place = column("source"), column("target"), column("place")
        groups = group(keys)
        counted = _Counts(
            _narrowed(groups.first(source)),
            _narrowed(groups.first(target)),
            _narrowed(groups.first(place)),
            _narrowed(groups.reduced(np.minimum, column("first"))),
            _narrowed(groups.reduced(np.maximum, column("last"))),
            _narrowed(groups.reduced(np.add, column("weight"))),
            _narrowed(groups.reduced(np.minimum, column("offset"))),
        )
        self._parts, self._counted = [counted], True
        self._rows = len(counted.source)


def _narrowed(column: Ints) -> Ints:
    """Keep a column in no more bytes than it needs: one value for all, or half the width."""
    if not len(column):
        return column
    low, high = int(column.min()), int(column.max())
    if low == high:
        return np.broadcast_to(np.int64(low), len(column))
    if low >= -(1 << 31) and high < 1 << 31:
        return cast("Ints", column.astype(np.int32))  # widened again when counted on or handed over
    return column


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
    rows = pa.concat_tables(cited).unify_dictionaries().combine_chunks()
    target = rows["target"].combine_chunks()
    texts = target.dictionary if pa.types.is_dictionary(target.type) else None
    codes = target if texts is None else target.indices.cast(pa.int64())
    keys = [_column(rows, "source"), numbers(codes), _column(rows, "place")]
    groups = group(keys)
    source, goal, place = (nullable(groups.first(key)) for key in keys)
    best = {
        "source": source,
        "target": goal if texts is None else pa.DictionaryArray.from_arrays(goal, texts),
        "place": place,
        "first": nullable(groups.reduced(np.minimum, _column(rows, "first", _LATEST)), _LATEST),
        "last": nullable(groups.reduced(np.maximum, _column(rows, "last"))),
        "weight": groups.reduced(np.maximum, _column(rows, "weight")),
        "offset": groups.first(_column(rows, "offset")),
        "table": pa.array(groups.first(_column(rows, "table")), pa.int16()),
    }
    return pa.table(best), names


def _column(rows: pa.Table, name: str, absent: int = ABSENT) -> Ints:
    return numbers(rows[name].combine_chunks(), absent)


def drop_guests(
    counts: pa.Table, nobody: Collection[int] = (), *, target_kind: str = "account"
) -> tuple[pa.Table, int]:
    """Leave out relations of guests and with guests.

    Args:
        counts: The relations.
        nobody: Ids of guests besides 0, what is less, and null.
        target_kind: What the targets are; a topic with the id of a guest is a topic.

    Returns:
        The counts kept, and how many occurrences were dropped.
    """
    known = _somebody(counts["source"], nobody)
    if pa.types.is_integer(counts["target"].type):
        known = pc.and_(known, _somebody(counts["target"], nobody if target_kind == "account" else ()))
    if pc.all(known).as_py() is not False:
        return counts, 0
    kept = counts.filter(known)
    return kept, (pc.sum(counts["weight"]).as_py() or 0) - (pc.sum(kept["weight"]).as_py() or 0)


def _somebody(ids: pa.ChunkedArray, nobody: Collection[int]) -> pa.ChunkedArray:
    known = pc.fill_null(pc.greater(ids, 0), False)
    if nobody:
        known = pc.and_(known, pc.invert(pc.is_in(ids, pa.array(sorted(nobody), pa.int64()))))
    return known
