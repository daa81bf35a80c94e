"""The parts of a shard, read from disk: whatever is missing or damaged is one kind of error."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from vetting.errors import StoreFormatError
from vetting.store.layout import COLUMNS

__all__ = ["GroupedRows", "damaged", "mapped_columns", "part_path", "read_array", "read_table"]


def part_path(folder: Path, name: str) -> Path:
    """Return the path of a part of a shard.

    Raises:
        StoreFormatError: There is no such file.
    """
    path = folder / name
    if not path.exists():
        raise StoreFormatError(f"{folder}: {name} is missing. {_REMEDY}")
    return path


def read_table(folder: Path, name: str) -> pa.Table:
    """Read a table of a shard, memory-mapped.

    Raises:
        StoreFormatError: It is missing, damaged, or lacks a column.
    """
    path = part_path(folder, name)
    try:
        table = pq.read_table(path, memory_map=True, page_checksum_verification=True)
    except (pa.ArrowException, OSError, ValueError) as error:
        raise damaged(folder, name) from error
    if not set(COLUMNS[name]) <= set(table.column_names):
        raise damaged(folder, name)
    return table


class GroupedRows:
    """A table of a shard from which single rows are read: a row group at a time, the last ones kept.

    Args:
        folder: The shard's folder.
        name: Of the table's file.
        columns: Those to read.
    """

    def __init__(self, folder: Path, name: str, columns: Sequence[str]) -> None:
        self._folder = folder
        self._name = name
        self._columns = list(columns)
        self._kept: OrderedDict[int, pa.Table] = OrderedDict()

    @cached_property
    def _file(self) -> pq.ParquetFile:
        path = part_path(self._folder, self._name)
        try:
            file = pq.ParquetFile(path, memory_map=True, page_checksum_verification=True)
        except (pa.ArrowException, OSError, ValueError) as error:
            raise damaged(self._folder, self._name) from error
        if not set(COLUMNS[self._name]) <= set(file.schema_arrow.names):
            raise damaged(self._folder, self._name)
        return file

    @cached_property
    def _starts(self) -> npt.NDArray[np.int64]:
        about = self._file.metadata
        sizes = [about.row_group(group).num_rows for group in range(about.num_row_groups)]
        return np.cumsum([0, *sizes]).astype(np.int64)

    @property
    def size(self) -> int:
        """How many rows there are."""
        return int(self._file.metadata.num_rows)

    def rows(self, start: int, end: int) -> list[dict[str, Any]]:
        """Return some rows that lie together, as plain values.

        Raises:
            StoreFormatError: The table is missing or damaged.
        """
        found: list[dict[str, Any]] = []
        while start < end:
            group = int(np.searchsorted(self._starts, start, side="right")) - 1
            within = start - int(self._starts[group])
            part = self._group(group).slice(within, end - start)
            found += part.to_pylist()
            start += part.num_rows
        return found

    def _group(self, group: int) -> pa.Table:
        if group in self._kept:
            self._kept.move_to_end(group)
            return self._kept[group]
        try:
            table = self._file.read_row_group(group, columns=self._columns, use_threads=False)
        except (pa.ArrowException, OSError, ValueError, IndexError) as error:
            raise damaged(self._folder, self._name) from error
        self._kept[group] = table
        if len(self._kept) > _GROUPS_KEPT:
            self._kept.popitem(last=False)
        return table


def read_array(folder: Path, name: str) -> npt.NDArray[Any]:
    """Map an array of a shard into memory.

    Raises:
        StoreFormatError: It is missing or damaged.
    """
    path = part_path(folder, name)
    try:
        # A plain view of the mapped file: numpy's own class for it is slow to take small parts of.
        array: npt.NDArray[Any] = np.load(path, mmap_mode="r", allow_pickle=False).view(np.ndarray)
    except (ValueError, OSError, EOFError) as error:
        raise damaged(folder, name) from error
    return array


def mapped_columns(folder: Path, name: str) -> pa.RecordBatch:
    """Map a file of Arrow columns into memory, all of them one batch.

    Raises:
        StoreFormatError: It is missing or damaged.
    """
    path = part_path(folder, name)
    try:
        reader = pa.ipc.open_file(pa.memory_map(str(path)))
        if reader.num_record_batches != 1:
            raise damaged(folder, name)
        return reader.get_batch(0)
    except (pa.ArrowException, OSError, ValueError) as error:
        raise damaged(folder, name) from error


def damaged(folder: Path, name: str) -> StoreFormatError:
    """The error for a part that cannot be read."""
    return StoreFormatError(f"{folder}: {name} is damaged. {_REMEDY}")


_GROUPS_KEPT = 64
_REMEDY = "Withdraw the list and ingest its file again."
