"""Reads the rows of one INSERT statement; a gap between rows is trouble, never a silent skip."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

import numpy as np
import numpy.typing as npt
from attrs import define, frozen

from vetting.readers.sqldump.grammar import ANY_ROW, BALANCED_ROW, USUAL_MASK, row_patterns, usual_mask
from vetting.readers.sqldump.window import Window

__all__ = ["DumpTable", "RowChunk", "RowReader"]

# A chunk ends at either: rows bound the lists, bytes bound captured texts.
_ROWS = 16_384
_BYTES = 4 << 20


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


@frozen
class RowChunk:
    """Literals of some rows of one table, column by column.

    Attributes:
        table: The table.
        columns: The captured columns.
        values: Per captured column, the literals as written, with the mask of
            :func:`vetting.readers.sqldump.grammar.mask`; :mod:`~vetting.readers.sqldump.literals` reads them.
        offsets: Of each row, in bytes from the start of the decompressed dump.
    """

    table: DumpTable
    columns: tuple[str, ...]
    values: tuple[tuple[bytes, ...], ...]
    offsets: npt.NDArray[np.int64]


class RowReader:
    """Reads rows out of a window and hands them over in chunks that span statements.

    Args:
        window: Positioned behind ``VALUES`` when `read` is called.
        longest: Bytes of a row at most.

    Attributes:
        trouble: Why the last statement could not be read to its end; empty when it could.
    """

    def __init__(self, window: Window, longest: int) -> None:
        self._window = window
        self._longest = longest
        self._flat: list[bytes] = []
        self._starts: list[int] = []
        self._bytes = 0
        self._table: DumpTable | None = None
        self._columns: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())
        self._captured: tuple[str, ...] = ()
        self._patterns = row_patterns(1, ())
        self.trouble = ""

    def read(self, table: DumpTable, columns: tuple[str, ...], wanted: tuple[str, ...]) -> Iterator[RowChunk]:
        """Read from the window's position to behind the ``;``.

        Args:
            table: Its counters are kept up to date.
            columns: Of this statement's rows, in order.
            wanted: Those captured; none to only count the rows.

        Yields:
            Chunks, when enough was gathered or another table begins.
        """
        self.trouble = ""
        if self._table is not table or self._columns != (columns, wanted):
            yield from self.flush()
            positions = tuple(index for index, column in enumerate(columns) if column in wanted)
            self._table, self._columns = table, (columns, wanted)
            self._captured = tuple(columns[index] for index in positions)
            self._patterns = row_patterns(len(columns), positions)
        fast, full = self._patterns
        pattern = fast
        window = self._window
        while True:
            try:
                code = window.code
            except ValueError:
                self.trouble = "its escapes cannot be told apart"
                return
            start = window.position
            if end := self._take(table, pattern, code, start):
                window.position = end
                self._bytes += end - start
                if len(self._starts) >= _ROWS or self._bytes >= _BYTES:
                    yield from self.flush()
            elif pattern is fast and full.match(code, start):
                pattern = full
                continue
            elif odd := ANY_ROW.match(code, start):
                table.quarantined += 1
                window.position = odd.end()
            else:
                if self._more(code, start):
                    continue
                if not self.trouble:
                    # A dump's very last row may lack its semicolon.
                    last = code[start:].rstrip() + b";"
                    if full.fullmatch(last):
                        self._take(table, full, code[:start] + last, start)
                        window.position = len(window.raw)
                    else:
                        self.trouble = "the file ends inside a row"
                return
            if code.endswith(b";", start, window.position):
                return

    def flush(self) -> Iterator[RowChunk]:
        """Hand over what is held."""
        if self._starts and self._table:
            step = len(self._captured)
            values = tuple(tuple(self._flat[column::step]) for column in range(step))
            chunk = RowChunk(self._table, self._captured, values, np.array(self._starts, dtype=np.int64))
            self._flat, self._starts = [], []
            yield chunk
        self._bytes = 0

    def _take(self, table: DumpTable, pattern: re.Pattern[bytes], code: bytes, start: int) -> int:
        """Take rows as long as they follow each other; returns where they end, 0 for none.

        Captures go into one flat list, since a tuple a row would keep the garbage collector busy.
        """
        rows = islice(iter(pattern.scanner(code, start).match, None), _ROWS)  # type: ignore[attr-defined]
        match = None
        if not self._captured:
            count = 0
            for match in rows:  # noqa: B007 (the last one tells where they end)
                count += 1
            table.rows += count
            return match.end() if match else 0
        flat: list[bytes] = []
        starts: list[int] = []
        extend, append = flat.extend, starts.append
        for match in rows:
            extend(match.groups())
            append(match.start())
        if match is None:
            return 0
        table.rows += len(starts)
        if (used := self._window.mask_bytes) != USUAL_MASK:
            flat = [usual_mask(value, used) for value in flat]
        self._flat += flat
        self._starts += _brackets(code, starts, self._window.base)
        return int(match.end())

    def _more(self, code: bytes, start: int) -> bool:
        """Whether the row at `start` is only cut by the window's end and the window could grow."""
        balanced = BALANCED_ROW.match(code, start)
        end = balanced.end() if balanced else start
        cut = end == len(code) or code.startswith(b"'", end)
        if not cut and not (code.startswith(b")", end) and not code[end + 1 : end + 4096].strip()):
            self.trouble = "no row follows where one must"
        elif self._window.left > self._longest:
            self.trouble = "a row is longer than the limit"
        elif self._window.more():
            return True
        return False


def _brackets(code: bytes, starts: list[int], base: int) -> list[int]:
    """Offsets of the brackets where matches start: some writers put white space before them."""
    if len(starts) < 100:
        return [base + (at if code[at] == ord("(") else code.index(b"(", at)) for at in starts]
    found = np.array(starts, dtype=np.int64)
    text = np.frombuffer(code, dtype=np.uint8)
    found += text[found] != ord("(")
    for index in np.flatnonzero(text[found] != ord("(")):
        found[index] = code.index(b"(", found[index])
    offsets: list[int] = (found + base).tolist()
    return offsets
