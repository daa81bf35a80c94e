r"""The rows of ``COPY ... FROM stdin`` in dumps of PostgreSQL: a line each, tabs between values, ``\.`` at the end.

A tab or a line's end within a value is always escaped, so both are found with array operations, and values
are cut out only when asked for. What is cut out is handed over as an SQL literal, so that nothing behind
this module need know how it was written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from attrs import define, field, frozen

from vetting.readers.sqldump.chunk import DumpTable, Piece, RowChunk
from vetting.readers.sqldump.grammar import COLUMN_LIST, IDENTIFIER, unquoted
from vetting.readers.sqldump.literals import integers
from vetting.readers.sqldump.structure import Ints
from vetting.readers.sqldump.window import Window
from vetting.readers.sqldump.words import packed_addresses, plain_integers

__all__ = ["COPY", "CopyPiece", "CopyReader", "qualified"]

COPY = re.compile(
    rb"COPY\s++(?P<table>"
    + IDENTIFIER
    + rb"(?:\."
    + IDENTIFIER
    + rb")?+)\s*+(?P<columns>"
    + COLUMN_LIST
    + rb")?+"
    rb"\s++FROM\s++stdin(?P<options>[^;\n]*+);[ \t]*+\r?(?=\n)",
    re.IGNORECASE,
)
# What can only be a statement, where the data's end mark is missing: no row of several columns looks so.
_STATEMENT = re.compile(
    rb"(?:--|-- (?:Name|Data for Name): .*|-- (?:PostgreSQL database dump complete|TOC entry|Completed on).*"
    rb"|COPY \S+ \(.*\) FROM stdin;|SELECT pg_catalog\.setval\(.*|(?:CREATE|ALTER) (?:TABLE|SEQUENCE|INDEX) .*"
    rb"|INSERT INTO \S+ (?:\(.*\) )?VALUES.*)\r?",
    re.DOTALL,
)
_ESCAPE = re.compile(rb"\\(?:([0-7]{1,3})|x([0-9A-Fa-f]{1,2})|(.))", re.DOTALL)
_ESCAPED = {b"b": b"\b", b"f": b"\f", b"n": b"\n", b"r": b"\r", b"t": b"\t", b"v": b"\v"}
_TAB, _LINE, _CR, _BACKSLASH = b"\t\n\r\\"


def qualified(name: bytes, database: str = "") -> str:
    """Name a table with its schema, unless that is ``public``, and with its database, if one is given.

    Example:
        >>> qualified(b"public.users"), qualified(b'backup."users"'), qualified(b"users")
        ('users', 'backup.users', 'users')
    """
    parts = [unquoted(part) for part in re.findall(IDENTIFIER, name)]
    named = parts[1:] if parts[0] == "public" and len(parts) > 1 else parts
    return ".".join([database, *named] if database else named)


def _literal(cell: bytes) -> bytes:
    if cell == rb"\N":
        return b"NULL"
    if b"\\" in cell:
        cell = _ESCAPE.sub(_unescaped, cell)
    return b"'" + cell.replace(b"'", b"''") + b"'"


def _unescaped(match: re.Match[bytes]) -> bytes:
    octal, hexadecimal, other = match.groups()
    if other is not None:
        return _ESCAPED.get(other, other)
    return bytes([int(octal, 8) & 0xFF if octal else int(hexadecimal, 16)])


@frozen(eq=False)
class CopyPiece(Piece):
    r"""Rows whose values lie in one text as ``COPY`` writes them.

    Example:
        >>> piece = CopyPiece(b"7\tit's\\n\n\\N\t\n", np.array([[0, 2], [9, 12]]), np.array([[1, 8], [11, 12]]))
        >>> piece.literals(1), piece.integers(0).to_pylist()
        ([b"'it''s\n'", b"''"], [7, None])
    """

    def literals(self, column: int) -> list[bytes]:
        """Cut out a column, as literals of a dump without backslash escapes."""
        return list(map(_literal, super().literals(column)))

    def integers(self, column: int) -> pa.Array:
        """Read a column of whole numbers."""
        if not len(self):
            return pa.array([], pa.int64())
        starts, ends = self.starts[:, column], self.ends[:, column]
        codes: npt.NDArray[np.uint8] = np.frombuffer(self.text, dtype=np.uint8)
        present = np.flatnonzero((ends - starts != 2) | (codes[starts] != _BACKSLASH))
        numbers = np.zeros(len(self), dtype=np.int64)
        if len(present):
            read = plain_integers(self.text, starts[present], ends[present])
            if read is None or read[1].any():
                return integers([one.strip(b"'") for one in self.literals(column)])
            numbers[present] = read[0]
        missing = np.ones(len(self), dtype=np.bool_)
        missing[present] = False
        return pa.array(numbers, mask=missing if missing.any() else None)

    def addresses(self, column: int) -> Ints:
        """Pack a column of addresses."""
        if not len(self):
            return np.zeros(0, np.int64)
        found = self.literals(column)
        ends = np.cumsum(np.fromiter(map(len, found), dtype=np.int64, count=len(found)))
        return packed_addresses(b"".join(found), np.concatenate([[0], ends[:-1]]), ends)


@define
class CopyReader:
    """Reads the data of one ``COPY`` after another.

    Attributes:
        window: Positioned at the line's end behind the statement when `read` or `pass_over` is called.
        longest: Bytes of a row at most.
        trouble: Why the last data could not be read to their end; empty when they could.
        cut_short: Whether the last data had no end mark and statements follow.
    """

    window: Window
    longest: int
    trouble: str = field(default="", init=False)
    cut_short: bool = field(default=False, init=False)

    def pass_over(self) -> bool:
        """Pass over data; False when their end mark is missing."""
        while (found := self.window.raw.find(b"\n\\.", self.window.position)) < 0:
            self.window.position = max(self.window.position, len(self.window.raw) - 2)
            if not self.window.more():
                self.window.position = len(self.window.raw)
                return False
        self.window.position = found + 3
        return True

    def read(self, table: DumpTable, columns: tuple[str, ...], wanted: tuple[str, ...]) -> Iterator[RowChunk]:
        """Read data; the last row's line must be whole.

        Args:
            table: Its counters are kept up to date.
            columns: Of a row, in order.
            wanted: Those captured; none to only count the rows.

        Yields:
            A chunk for every megabyte or so.
        """
        self.trouble, self.cut_short = "", False
        window = self.window
        positions = np.array([place for place, name in enumerate(columns) if name in wanted], dtype=np.int64)
        captured = tuple(columns[place] for place in positions)
        while True:
            raw, before = window.raw, window.position  # at the line's end before the next row
            stop = raw.find(b"\n\\.", before)
            ended = stop >= 0
            stop = stop if ended else raw.rfind(b"\n", before)
            if stop - before > self.longest and (short := self._before_too_long(raw, before, stop)) < stop:
                stop, ended = short, False
                if stop == before:
                    self.trouble = "a row is longer than the limit"
                    return
            if stop > before:
                rows = _Lines(raw, before + 1, stop, len(columns))
                table.rows += len(rows.ends)
                table.quarantined += rows.uneven
                window.position = rows.stop
                if len(rows.ends) and captured:
                    piece = CopyPiece(raw, rows.starts[:, positions], rows.ends[:, positions])
                    yield RowChunk(table, captured, (piece,), rows.starts[:, 0] + window.base)
                if rows.lost_end:
                    self.cut_short = True
                    return
            if ended:
                window.position = stop + 3
                return
            if stop > before and window.left > self.longest:
                continue
            if window.left > self.longest:
                self.trouble = "a row is longer than the limit"
                return
            if not window.more():
                self.trouble = "the file ends inside its data"
                return

    def _before_too_long(self, raw: bytes, start: int, stop: int) -> int:
        """The line's end before the first row that is above the limit; one may lie whole in the window."""
        while start < stop:
            end = raw.find(b"\n", start + 1, stop + 1)
            end = end if end >= 0 else stop
            if end - start > self.longest:
                return start
            start = end
        return stop


class _Lines:
    """Rows that lie on the lines from `start` to the line's end at `stop`.

    Attributes:
        starts: Of each row and column.
        ends: Likewise.
        uneven: Rows of another number of columns.
        lost_end: Whether statements begin among them: the data's end mark is missing.
        stop: The line's end behind the last row.
    """

    def __init__(self, raw: bytes, start: int, stop: int, columns: int) -> None:
        text: npt.NDArray[np.uint8] = np.frombuffer(raw, dtype=np.uint8)
        block = text[start : stop + 1]
        found = np.flatnonzero(block - np.uint8(_TAB) < 2)  # a tab is 9, a line's end 10
        lines = np.flatnonzero(block[found] == _LINE)
        counts = np.diff(lines, prepend=-1)
        self.stop, self.lost_end = stop, False
        even = counts == columns
        if not even.all():
            begins = np.concatenate([[0], found[lines[:-1]] + 1]) + start
            finishes = found[lines] + start
            for line in np.flatnonzero(~even).tolist():
                if columns > 1 and _STATEMENT.fullmatch(raw[begins[line] : finishes[line]]):
                    lines, even, self.lost_end = lines[:line], even[:line], True
                    self.stop = int(begins[line]) - 1
                    break
        self.uneven = int((~even).sum())
        rows = lines[even]
        places = rows[:, None] + np.arange(1 - columns, 1)
        self.ends: Ints = found[places] + start
        first = rows - columns
        self.starts: Ints = np.empty_like(self.ends)
        self.starts[:, 1:] = self.ends[:, :-1] + 1
        self.starts[:, 0] = np.where(first >= 0, found[np.maximum(first, 0)] + start + 1, start)
        if len(rows):  # a file that was sent as text has CR LF; a CR of a value is escaped
            self.ends[:, -1] -= (text[self.ends[:, -1] - 1] == _CR) & (self.ends[:, -1] > self.starts[:, -1])
