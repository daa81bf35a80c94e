"""Some rows of a known table, each column converted once and only when it is asked for."""

from __future__ import annotations

import html
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import cached_property

import pyarrow as pa

from vetting.readers.sqldump.chunk import RowChunk
from vetting.readers.sqldump.literals import TextDecoder
from vetting.readers.sqldump.structure import Ints

__all__ = ["Rows", "literal_forms", "moments", "written_moments"]

_ZONE = re.compile(rb":\d\d(?:\.\d+)?[-+]")
# 9999-12-31: beyond are milliseconds or nonsense.
_LAST_MOMENT = 253_402_300_799


class Rows:
    """A view of a chunk of rows.

    Args:
        chunk: Literals as captured.
        decoder: Of its texts.
    """

    def __init__(self, chunk: RowChunk, decoder: TextDecoder) -> None:
        self._chunk = chunk
        self._decoder = decoder
        self._literals: dict[str, list[bytes]] = {}
        self._integers: dict[str, pa.Array] = {}
        self.table = chunk.table.name

    def __len__(self) -> int:
        return len(self._chunk.offsets)

    def __contains__(self, column: str) -> bool:
        return column in self._chunk.columns

    @property
    def escapes(self) -> bool:
        """Whether the dump's strings know backslash escapes."""
        return self._decoder.escapes

    @cached_property
    def offsets(self) -> pa.Array:
        """Of each row in the decompressed dump, ``int64``."""
        return pa.array(self._chunk.offsets, pa.int64())

    def raw(self, column: str) -> list[bytes]:
        """Literals of a column."""
        if column not in self._literals:
            self._literals[column] = self._chunk.literals(column)
        return self._literals[column]

    def addresses(self, column: str) -> tuple[Ints, list[bytes]]:
        """A column of addresses, packed, and the literals of those that are not."""
        return self._chunk.addresses(column)

    def spans(self, column: str) -> Iterator[tuple[bytes, list[int], list[int]]]:
        """Where the literals of a column lie: texts, and in each where they start and end, ascending."""
        index = self._chunk.columns.index(column)
        for piece in self._chunk.pieces:
            yield piece.text, piece.starts[:, index].tolist(), piece.ends[:, index].tolist()

    def integers(self, column: str) -> pa.Array:
        """A column of whole numbers, ``int64``."""
        if column not in self._integers:
            self._integers[column] = self._chunk.integers(column)
        return self._integers[column]

    def moments(self, column: str) -> pa.Array:
        """A column of moments as seconds since 1970, ``int64``; null when unknown, and for one that is not there."""
        if column not in self:
            return pa.nulls(len(self), pa.int64())
        if self._chunk.first(column)[:6].lstrip(b"'")[4:5] == b"-":
            return moments(written_moments(self.raw(column)))
        return moments(self.integers(column))

    def texts(self, column: str, *, escaped: bool = False) -> list[str | None]:
        """A column of texts; `escaped` ones were escaped for HTML and are read once."""
        found = self._decoder.texts(self.raw(column), f"{self.table}.{column}")
        if escaped:
            return [html.unescape(text) if text and "&" in text else text for text in found]
        return found

    def where(self, conditions: Mapping[str, Sequence[str]]) -> Rows:
        """Rows in which every named column holds one of its texts."""
        if not conditions:
            return self
        chosen: Sequence[int] = range(len(self))
        for column, texts in conditions.items():
            held = self._holding(column, texts)
            chosen = [index for index in chosen if held[index]]
        return self.take(chosen)

    def unless(self, conditions: Mapping[str, Sequence[str]]) -> Rows:
        """Rows in which no named column that is there holds one of its texts."""
        chosen: Sequence[int] = range(len(self))
        for column, texts in conditions.items():
            if column in self:
                held = self._holding(column, texts)
                chosen = [index for index in chosen if not held[index]]
        return self if len(chosen) == len(self) else self.take(chosen)

    def either(self, conditions: Mapping[str, Sequence[str]]) -> Rows:
        """Rows in which any of the named columns that are there holds one of its texts."""
        if not conditions:
            return self
        held = [self._holding(column, texts) for column, texts in conditions.items() if column in self]
        return self.take([index for index in range(len(self)) if any(each[index] for each in held)])

    def _holding(self, column: str, texts: Sequence[str]) -> list[bool]:
        literals = frozenset(form for text in texts for form in literal_forms(text))
        return [literal in literals for literal in self.raw(column)]

    def take(self, chosen: Sequence[int]) -> Rows:
        """Some of the rows."""
        return Rows(self._chunk.take(chosen), self._decoder)


def moments(seconds: pa.Array) -> pa.Array:
    """Put null where seconds since 1970 mean nothing: 0 is unknown, not 1970."""
    values = seconds.fill_null(0).to_numpy(zero_copy_only=False)
    return pa.array(values, pa.int64(), mask=(values <= 0) | (values > _LAST_MOMENT))


def written_moments(literals: Sequence[bytes]) -> pa.Array:
    """Read moments that are written out, as databases do; a moment without a zone is one in UTC.

    Example:
        >>> written_moments([b"'2014-05-13 16:53:20.5'", b"'2014-05-13 18:53:20+02'", b"NULL", b"'?'"]).to_pylist()
        [1400000000, 1400000000, None, None]
    """
    if not _ZONE.search(b"\n".join(literals)):
        texts = [one[1:-1][:19].decode("ascii", "replace") if one != b"NULL" else None for one in literals]
        try:
            return pa.array(texts, pa.string()).cast(pa.timestamp("s")).cast(pa.int64())
        except pa.ArrowInvalid:
            pass  # one of them is no moment
    return pa.array([_seconds(one) for one in literals], pa.int64())


def _seconds(literal: bytes) -> int | None:
    try:
        moment = datetime.fromisoformat(literal.strip(b"'").decode("ascii"))
    except ValueError:
        return None
    return math.floor((moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp())


def literal_forms(text: str) -> tuple[bytes, ...]:
    """The literals that stand for a text or number, whatever options a dump was taken with."""
    value = text.encode()
    hexadecimal = value.hex().encode()
    return (
        b"'" + value + b"'",
        value,
        b"0x" + hexadecimal,
        b"0x" + hexadecimal.upper(),
        b"_binary '" + value + b"'",
    )
