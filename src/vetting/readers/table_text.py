"""The rows of a delimited member table, streamed: fast where quoting is plain, strictly where it is not.

A block of whole lines goes to Arrow's parser when no quotation mark in it stands in an odd place: then
both parsers agree, and Arrow's is several times faster. Any other block is read by the csv module in strict
mode. A record that breaks the rules costs its first line only; reading resumes on the next, so that an
unclosed quotation mark does not swallow the rest of the file.
"""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterator

import numpy as np
import pyarrow as pa
import pyarrow.csv as pa_csv
from attrs import define, field, frozen

from vetting.errors import TableError
from vetting.readers.delimited import LARGEST_FIELD, excel_note, field_limit, sniff_delimiter
from vetting.readers.headers import TABLE_HEADERS, match_headers
from vetting.readers.table_lines import TextLines

__all__ = ["DelimitedTable", "RowBlock"]

_MOST_LINES = 256  # of one record; more is an unclosed quotation mark
_ROWS = 50_000


@frozen
class RowBlock:
    """Some rows of a table, only the captured columns of it.

    Attributes:
        ordinals: Each row's number among the table's data rows, from 1, quarantined ones counted.
        columns: Column index to an Arrow array of text, as long as ``ordinals``.
    """

    ordinals: np.ndarray[tuple[int], np.dtype[np.int64]]
    columns: dict[int, pa.Array]


@define
class DelimitedTable:
    """A delimited file, read once: :meth:`open` for the headers, then :meth:`blocks`.

    Attributes:
        text: The file's text.
        delimiter: ``None`` to find it.
        rows: Data rows seen so far, quarantined ones counted.
        quarantined: Rows left out: another width than the header's, or broken quoting.
    """

    text: TextLines
    delimiter: str | None = None
    rows: int = field(init=False, default=0)
    quarantined: int = field(init=False, default=0)
    _blocks: Iterator[bytes] = field(init=False, factory=lambda: iter(()))
    _lines: deque[str] = field(init=False, factory=deque)
    _taken: list[str] = field(init=False, factory=list)
    _width: int = field(init=False, default=0)

    def open(self) -> list[str]:
        """Read the header.

        Returns:
            The headers as written.

        Raises:
            TableError: No text, or no header.
        """
        self._blocks = self.text.blocks()
        first = next(self._blocks, b"").decode()
        noted, first = excel_note(first)
        self.delimiter = self.delimiter or noted or sniff_delimiter(first, _known)
        self._lines.extend(_split(first))
        rows = self._strict_rows(1)
        if not rows or self.quarantined:
            raise TableError(
                self.text.file.path,
                place="header",
                reason="the first row cannot be read",
                remedy="Give the table a header with sound quotation marks.",
            )
        header = rows[0][1]
        self._width = len(header)
        self.rows = self.quarantined = 0
        return header

    def blocks(self, captured: list[int]) -> Iterator[RowBlock]:
        """Read all rows below the header.

        Args:
            captured: Indices of the columns to capture; no other column's text is kept.

        Raises:
            TableError: A line is longer than 64 MiB.
            ArchiveError: The file is compressed, and damaged or too large unpacked.
        """
        rest = "".join(self._lines).encode()
        self._lines.clear()
        if rest:
            yield from self._block(rest, captured)
        for block in self._blocks:
            yield from self._block(block, captured)

    def _block(self, block: bytes, captured: list[int]) -> Iterator[RowBlock]:
        parsed = self._fast(block, captured) if self._is_plain(block) else None
        if parsed is not None:
            yield parsed
            return
        self._lines.extend(_split(block.decode()))
        while self._lines:
            if rows := self._strict_rows(_ROWS):
                ordinals = np.array([ordinal for ordinal, _ in rows], dtype=np.int64)
                columns = {
                    index: pa.array([row[index] for _, row in rows], pa.string()) for index in captured
                }
                yield RowBlock(ordinals, columns)

    def _is_plain(self, block: bytes) -> bool:
        """Whether Arrow's parser and the strict one are bound to agree on a block of whole lines."""
        if b"\n\n" in block or b"\n\r\n" in block or block[:1] in {b"\n", b"\r"}:
            return False  # empty lines are no rows
        if block.count(b"\r") != block.count(b"\r\n"):
            return False
        text = np.frombuffer(block, dtype=np.uint8)
        ends = np.flatnonzero(text == 10)
        if np.diff(ends, prepend=-1).max() > LARGEST_FIELD:
            return False
        quotes = np.flatnonzero(text == 34)
        if not len(quotes):
            return True
        if len(quotes) % 2:
            return False  # the block ends within a quoted field
        # Every opening mark follows a delimiter, a line's end or the mark that it doubles; every closing
        # one precedes such.
        openers, closers = quotes[::2], quotes[1::2]
        edges = np.array([ord(self.delimiter or ","), 10, 34], dtype=np.uint8)
        before = text[openers[openers > 0] - 1]
        after = text[closers + 1]
        return bool(np.isin(before, edges).all() and (np.isin(after, edges) | (after == 13)).all())

    def _fast(self, block: bytes, captured: list[int]) -> RowBlock | None:
        bad: list[int] = []

        def skip(row: pa_csv.InvalidRow) -> str:
            bad.append(row.number)
            return "skip"

        names = [str(index) for index in range(self._width)]
        wanted = [names[index] for index in captured]
        try:
            table = pa_csv.read_csv(
                pa.py_buffer(block),
                read_options=pa_csv.ReadOptions(
                    use_threads=False, column_names=names, block_size=len(block) + 1
                ),
                parse_options=pa_csv.ParseOptions(
                    delimiter=self.delimiter,
                    newlines_in_values=True,
                    ignore_empty_lines=False,
                    invalid_row_handler=skip,
                ),
                convert_options=pa_csv.ConvertOptions(
                    column_types=dict.fromkeys(wanted, pa.string()),
                    include_columns=wanted,
                    check_utf8=False,  # the block was decoded before
                ),
            )
        except pa.ArrowInvalid:
            return None
        count = table.num_rows + len(bad)
        ordinals = np.arange(self.rows + 1, self.rows + count + 1, dtype=np.int64)
        if bad:
            ordinals = np.delete(ordinals, np.array(bad) - 1)
        self.rows += count
        self.quarantined += len(bad)
        columns = {index: table.column(str(index)).combine_chunks() for index in captured}
        return RowBlock(ordinals, columns)

    def _strict_rows(self, most: int) -> list[tuple[int, list[str]]]:
        """Rows of the right width from the waiting lines, and from further blocks to end an open record."""
        rows: list[tuple[int, list[str]]] = []
        reader = self._reader()
        with field_limit():
            while self._lines and len(rows) < most:
                self._taken.clear()
                try:
                    row = next(reader)
                except (csv.Error, StopIteration):
                    self._lines.extendleft(reversed(self._taken[1:]))
                    self.rows += 1
                    self.quarantined += 1
                    reader = self._reader()
                    continue
                if not row:
                    continue
                self.rows += 1
                if self._width and len(row) != self._width:
                    self.quarantined += 1
                    continue
                rows.append((self.rows, row))
        return rows

    def _reader(self) -> Iterator[list[str]]:
        return csv.reader(self._feed(), delimiter=self.delimiter or ",", strict=True)

    def _feed(self) -> Iterator[str]:
        while len(self._taken) < _MOST_LINES:
            if not self._lines:
                self._lines.extend(_split(next(self._blocks, b"").decode()))
            if not self._lines:
                return
            line = self._lines.popleft()
            self._taken.append(line)
            yield line


def _known(headers: list[str]) -> int:
    return sum(map(bool, match_headers(headers, TABLE_HEADERS)))


def _split(text: str) -> list[str]:
    """Lines by LF alone: str.splitlines would also break at form feeds and Unicode separators."""
    return [line + "\n" for line in text.split("\n")[:-1]]
