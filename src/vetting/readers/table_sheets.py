"""The rows of a member table in a workbook or a Parquet file, as blocks of text columns."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from attrs import define, field

from vetting.errors import TableError
from vetting.readers.reading import Progress
from vetting.readers.sheets import cell_text, filled_sheets, xlsx_rows
from vetting.readers.table_text import RowBlock

__all__ = ["ParquetTable", "SheetTable"]

_ROWS = 50_000
_MOST_COLUMNS = 4096
_MOST_TEXT = 512 << 20  # of one column in one block: 10 KiB a row


@define
class SheetTable:
    """The first sheet of a workbook that holds anything.

    Attributes:
        path: The workbook.
        progress: Called at the end: a workbook is read whole.
        rows: Data rows seen so far.
        other_sheets: Further sheets that hold anything; they are not read.
    """

    path: Path
    progress: Progress | None = None
    rows: int = field(init=False, default=0)
    other_sheets: int = field(init=False, default=0)
    _source: Iterator[list[str]] = field(init=False, factory=lambda: iter(()))

    def open(self) -> list[str]:
        """Read the headers: the first row with any text.

        Raises:
            TableError: The workbook cannot be read, or is empty.
        """
        rows = xlsx_rows(self.path, TableError)
        self._source = (row for row in rows if any(map(str.strip, row)))
        header = next(self._source, None)
        if header is None:
            raise TableError(self.path, reason="the workbook is empty", remedy="Export the table again.")
        self.other_sheets = filled_sheets(self.path) - 1
        return header

    def blocks(self, captured: list[int]) -> Iterator[RowBlock]:
        """Read the rows below the headers, only the captured columns of them."""
        while rows := list(itertools.islice(self._source, _ROWS)):
            ordinals = np.arange(self.rows + 1, self.rows + len(rows) + 1, dtype=np.int64)
            self.rows += len(rows)
            columns = {index: pa.array([row[index] for row in rows], pa.string()) for index in captured}
            yield RowBlock(ordinals, columns)
        if self.progress is not None:
            size = self.path.stat().st_size
            self.progress(size, size)


@define
class ParquetTable:
    """A Parquet file; columns that are not captured are never read.

    Attributes:
        path: The file.
        progress: Called now and then, in proportion to the rows read.
        rows: Data rows seen so far.
        rows_expected: Rows that the file's footer announces.
    """

    path: Path
    progress: Progress | None = None
    rows: int = field(init=False, default=0)
    rows_expected: int | None = field(init=False, default=None)
    _names: list[str] = field(init=False, factory=list)

    def open(self) -> list[str]:
        """Read the column names.

        Raises:
            TableError: The file is damaged, has too many columns, or two of one name.
        """
        try:
            with pq.ParquetFile(self.path) as file:
                self._names = list(file.schema_arrow.names)
                self.rows_expected = file.metadata.num_rows
        except (pa.ArrowException, OSError, ValueError) as problem:
            raise self._damaged(problem) from None
        if len(self._names) > _MOST_COLUMNS or len(set(self._names)) < len(self._names):
            raise TableError(
                self.path,
                reason=f"more than {_MOST_COLUMNS} columns, or two of one name",
                remedy="Write the file again with the columns that matter.",
            )
        return self._names

    def blocks(self, captured: list[int]) -> Iterator[RowBlock]:
        """Read the rows, only the captured columns of them.

        Raises:
            TableError: The file is damaged further on.
        """
        names = [self._names[index] for index in captured]
        size = self.path.stat().st_size
        try:
            with pq.ParquetFile(self.path, read_dictionary=names) as file:
                for batch in file.iter_batches(batch_size=_ROWS, columns=names):
                    batch.validate(full=True)  # the format says UTF-8, and nothing has looked yet
                    ordinals = np.arange(self.rows + 1, self.rows + batch.num_rows + 1, dtype=np.int64)
                    self.rows += batch.num_rows
                    columns = {
                        index: _as_text(self._written_out(batch.column(name)))
                        for index, name in zip(captured, names, strict=True)
                    }
                    yield RowBlock(ordinals, columns)
                    if self.progress is not None:
                        self.progress(size * self.rows // max(1, self.rows_expected or 1), size)
        except (pa.ArrowException, OSError, ValueError) as problem:
            raise self._damaged(problem) from None

    def _written_out(self, column: pa.Array) -> pa.Array:
        """Write a dictionary's texts out, unless it repeats long ones so often that memory would not hold them."""
        if not pa.types.is_dictionary(column.type):
            return column
        if pa.types.is_primitive(column.type.value_type):
            return column.dictionary_decode()
        lengths = pc.binary_length(column.dictionary).cast(pa.int64())
        if (pc.sum(lengths.take(column.indices)).as_py() or 0) > _MOST_TEXT:
            raise TableError(
                self.path,
                place=f"row {self.rows + 1}",
                reason=f"{_ROWS} rows hold texts that are too long",
                remedy="Write the file again with the columns that matter.",
            )
        return column.dictionary_decode()

    def _damaged(self, problem: Exception) -> TableError:
        return TableError(
            self.path,
            place=f"row {self.rows + 1}",
            reason=f"the Parquet file cannot be read ({type(problem).__name__})",
            remedy="Write it again, or save it as CSV.",
        )


def _as_text(column: pa.Array) -> pa.Array:
    if pa.types.is_string(column.type) or pa.types.is_large_string(column.type):
        return column.cast(pa.string()).fill_null("")
    if pa.types.is_integer(column.type):
        return column.cast(pa.string()).fill_null("")
    return pa.array(map(cell_text, column.to_pylist()), pa.string(), size=len(column))
