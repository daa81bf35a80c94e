"""Reads the rows of one INSERT statement; a gap between rows is trouble, never a silent skip."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

import numpy as np

from vetting.readers.sqldump.chunk import DumpTable, Piece, RowChunk
from vetting.readers.sqldump.grammar import ANY_ROW, BALANCED_ROW, USUAL_MASK, row_patterns, usual_mask
from vetting.readers.sqldump.structure import Ints, run_of_rows
from vetting.readers.sqldump.window import Window

__all__ = ["RowReader"]

# A chunk ends at either: rows bound the arrays, bytes bound the text that is held for them.
_ROWS = 32_768
_BYTES = 2 << 20
_SINGLE = 48  # rows that are matched one by one before a block is tried again
_BLOCK = 1 << 20
_NEAR = 1 << 14  # bytes to a statement's end within which a block is not worth its fixed cost


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
        self._pieces: list[Piece] = []
        self._offsets: list[Ints] = []
        self._count = self._bytes = 0
        self._table: DumpTable | None = None
        self._columns: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())
        self._captured: tuple[str, ...] = ()
        self._positions = np.zeros(0, dtype=np.int64)
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
            self._positions = np.array(positions, dtype=np.int64)
            self._patterns = row_patterns(len(columns), positions)
        fast, full = self._patterns
        pattern = fast
        window = self._window
        by_row = False
        while True:
            try:
                code = window.code
            except ValueError:
                self.trouble = "its escapes cannot be told apart"
                return
            start = window.position
            end = 0
            if not by_row and window.mask_bytes == USUAL_MASK and (stop := _block_end(code, start)):
                end, goes_on = self._take_block(table, code, start, stop)
                by_row = not goes_on
            if not end:
                end = self._take(table, pattern, code, start)
                by_row = False
            if self.trouble:
                return
            if end:
                window.position = end
                self._bytes += end - start
                if self._count >= _ROWS or self._bytes >= _BYTES:
                    yield from self.flush()
            elif pattern is fast and full.match(code, start):
                pattern = full
                continue
            elif (odd := ANY_ROW.match(code, start)) and not self._too_long(odd.end() - start):
                table.quarantined += 1
                window.position = odd.end()
            else:
                if self._more(code, start):
                    continue
                if not self.trouble:
                    # A dump's very last row may lack its semicolon.
                    last = code[start:].rstrip() + b";"
                    if self._too_long(len(last)):
                        return
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
        self._seal()
        if self._pieces and self._table:
            offsets = np.concatenate(self._offsets)
            chunk = RowChunk(self._table, self._captured, tuple(self._pieces), offsets)
            self._pieces, self._offsets = [], []
            yield chunk
        self._count = self._bytes = 0

    def _seal(self) -> None:
        """Make a piece of the values that were captured one by one."""
        if not self._starts:
            return
        lengths = np.fromiter(map(len, self._flat), dtype=np.int64, count=len(self._flat))
        ends = np.cumsum(lengths).reshape(len(self._starts), -1)
        self._pieces.append(Piece(b"".join(self._flat), ends - lengths.reshape(ends.shape), ends))
        self._offsets.append(np.array(self._starts, dtype=np.int64))
        self._flat, self._starts = [], []

    def _take_block(self, table: DumpTable, code: bytes, start: int, stop: int) -> tuple[int, bool]:
        """Take the rows of a block; returns where they end, 0 for none, and whether the next may follow."""
        run = run_of_rows(code, start, stop, len(self._columns[0]))
        marks, goes_on = run.marks, run.goes_on
        starts, ends = marks[:, self._positions] + 1, marks[:, self._positions + 1]
        full = self._patterns[1]
        for row in run.odd.tolist():
            match = full.match(code, int(marks[row, 0]))
            if match is None or match.end() != marks[row, -1] + 1:
                marks, starts, ends, goes_on = marks[:row], starts[:row], ends[:row], False
                break
            spans = match.regs[1:]
            starts[row], ends[row] = [begin for begin, _ in spans], [end for _, end in spans]
        if not len(marks):
            return 0, goes_on
        table.rows += len(marks)
        if self._captured:
            self._seal()
            self._pieces.append(Piece(code, starts, ends))
            self._offsets.append(marks[:, 0] + self._window.base)
            self._count += len(marks)
        return int(marks[-1, -1]) + 1, goes_on

    def _take(self, table: DumpTable, pattern: re.Pattern[bytes], code: bytes, start: int) -> int:
        """Take some rows that follow each other, one by one; returns where they end, 0 for none.

        Captures go into one flat list, since a tuple a row would keep the garbage collector busy.
        """
        flat: list[bytes] = []
        starts: list[int] = []
        match = None
        rows = _SINGLE
        if self._window.left > self._longest:  # only then may a row be too long: each is looked at by itself
            match, rows = pattern.match(code, start), 1
            if match and self._too_long(match.end() - start):
                return 0
        for match in islice(iter(pattern.scanner(code, start).match, None), rows):  # type: ignore[attr-defined]
            flat += match.groups()
            starts.append(match.start())
        if match is None:
            return 0
        table.rows += len(starts)
        if self._captured:
            if (used := self._window.mask_bytes) != USUAL_MASK:
                flat = [usual_mask(value, used) for value in flat]
            self._flat += flat
            base = self._window.base  # some writers put white space before the bracket
            self._starts += [base + (at if code[at] == ord("(") else code.index(b"(", at)) for at in starts]
            self._count += len(starts)
        return int(match.end())

    def _more(self, code: bytes, start: int) -> bool:
        """Whether the row at `start` is only cut by the window's end and the window could grow."""
        if self.trouble:
            return False
        balanced = BALANCED_ROW.match(code, start)
        end = balanced.end() if balanced else start
        cut = end == len(code) or code.startswith(b"'", end)
        if not cut and not (code.startswith(b")", end) and not code[end + 1 : end + 4096].strip()):
            self.trouble = "no row follows where one must"
        elif not self._too_long(self._window.left) and self._window.more():
            return True
        return False

    def _too_long(self, size: int) -> bool:
        """Note a row that is above the limit; one may lie whole in the window, which doubles as it grows."""
        if size > self._longest:
            self.trouble = "a row is longer than the limit"
        return size > self._longest


def _block_end(code: bytes, start: int) -> int:
    """Where a block should stop: behind the last row, as far as that can be guessed; 0 when it is too near."""
    limit = min(start + _BLOCK, len(code))
    last = code.find(b");\n", start, limit)
    if last < 0:
        return limit
    return last + 1 if last - start >= _NEAR else 0
