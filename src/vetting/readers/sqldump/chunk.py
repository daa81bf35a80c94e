"""Some rows of one table as spans of the text they lie in; values are cut out only when asked for."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
from attrs import define, frozen

from vetting.readers.sqldump.literals import integers
from vetting.readers.sqldump.structure import Ints
from vetting.readers.sqldump.words import packed_addresses, plain_integers

__all__ = ["DumpLimits", "DumpTable", "Piece", "RowChunk"]


@frozen(kw_only=True)
class DumpLimits:
    """Bounds of what one dump may make us hold.

    Attributes:
        row: Bytes of one row, comment or definition.
        columns: Columns of a table.
        tables: Tables of a dump.
    """

    row: int = 64 << 20
    columns: int = 4096
    tables: int = 10_000


@define
class DumpTable:
    """One table of the dump as far as it was read.

    Attributes:
        name: As written, without quotes and schema.
        columns: In the order of its rows; empty while unknown.
        wanted: Columns captured; ``None`` when its rows are skipped.
        rows: Rows read.
        quarantined: Rows left out, since their number of columns is another.
        skipped: Statements of rows passed over.
        note: What a reader of the report should know.
    """

    name: str
    columns: tuple[str, ...] = ()
    wanted: tuple[str, ...] | None = None
    rows: int = 0
    quarantined: int = 0
    skipped: int = 0
    note: str = ""


@frozen(eq=False)
class Piece:
    """Rows whose literals lie in one text.

    Attributes:
        text: With the mask of :func:`vetting.readers.sqldump.grammar.mask`.
        starts: Of each row and captured column, in the text.
        ends: Behind the literal, likewise.
    """

    text: bytes
    starts: Ints
    ends: Ints

    def __len__(self) -> int:
        return len(self.starts)

    def literals(self, column: int) -> list[bytes]:
        """Cut out a column."""
        spans = map(slice, self.starts[:, column].tolist(), self.ends[:, column].tolist())
        return list(map(self.text.__getitem__, spans))

    def integers(self, column: int) -> pa.Array:
        """Read a column as :func:`vetting.readers.sqldump.literals.integers` does, without cutting it out."""
        if not len(self):
            return pa.array([], pa.int64())
        read = plain_integers(self.text, self.starts[:, column], self.ends[:, column])
        if read is None:
            return integers(self.literals(column))
        numbers, nulls = read
        return pa.array(numbers, mask=nulls if nulls.any() else None)

    def addresses(self, column: int) -> Ints:
        """Pack a column as :func:`vetting.readers.sqldump.words.packed_addresses` does."""
        if not len(self):
            return np.zeros(0, np.int64)
        return packed_addresses(self.text, self.starts[:, column], self.ends[:, column])


@frozen(eq=False)
class RowChunk:
    """Literals of some rows of one table.

    Attributes:
        table: The table.
        columns: The captured columns.
        pieces: The rows, in file order.
        offsets: Of each row, in bytes from the start of the decompressed dump.
    """

    table: DumpTable
    columns: tuple[str, ...]
    pieces: tuple[Piece, ...]
    offsets: Ints

    @property
    def values(self) -> tuple[tuple[bytes, ...], ...]:
        """Per captured column, the literals as written; :mod:`~vetting.readers.sqldump.literals` reads them."""
        return tuple(tuple(self.literals(column)) for column in self.columns)

    def literals(self, column: str) -> list[bytes]:
        """Cut out a column."""
        index = self.columns.index(column)
        return [literal for piece in self.pieces for literal in piece.literals(index)]

    def first(self, column: str) -> bytes:
        """Cut out the first value of a column that is not null, as it lies there; empty for none."""
        index = self.columns.index(column)
        for piece in self.pieces:
            for start, end in zip(piece.starts[:, index], piece.ends[:, index], strict=True):
                if (value := piece.text[start:end]) not in {b"NULL", rb"\N"}:
                    return value
        return b""

    def integers(self, column: str) -> pa.Array:
        """Read a column of whole numbers, ``int64``; null for whatever is none."""
        index = self.columns.index(column)
        return pa.concat_arrays([piece.integers(index) for piece in self.pieces])

    def addresses(self, column: str) -> tuple[Ints, list[bytes]]:
        """Pack a column of addresses: a number each, -1 for the literals of another form, which come too."""
        index = self.columns.index(column)
        packed = np.concatenate([piece.addresses(index) for piece in self.pieces])
        others = self.take(np.flatnonzero(packed < 0))
        return packed, others.literals(column)

    def take(self, chosen: Sequence[int] | Ints) -> RowChunk:
        """Some of the rows, by ascending position."""
        rows = np.asarray(chosen, dtype=np.int64)
        pieces, begin = [], 0
        for piece in self.pieces:
            low, high = np.searchsorted(rows, (begin, begin + len(piece)))
            here = rows[low:high] - begin
            pieces.append(type(piece)(piece.text, piece.starts[here], piece.ends[here]))
            begin += len(piece)
        return RowChunk(self.table, self.columns, tuple(pieces), self.offsets[rows])
