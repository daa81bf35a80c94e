"""The parts of a shard, read from disk: whatever is missing or damaged is one kind of error."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from vetting.errors import StoreFormatError
from vetting.store.layout import COLUMNS

__all__ = ["damaged", "part_path", "read_array", "read_table"]


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


def read_array(folder: Path, name: str) -> npt.NDArray[Any]:
    """Map an array of a shard into memory.

    Raises:
        StoreFormatError: It is missing or damaged.
    """
    path = part_path(folder, name)
    try:
        array: npt.NDArray[Any] = np.load(path, mmap_mode="r", allow_pickle=False)
    except (ValueError, OSError, EOFError) as error:
        raise damaged(folder, name) from error
    return array


def damaged(folder: Path, name: str) -> StoreFormatError:
    """The error for a part that cannot be read."""
    return StoreFormatError(f"{folder}: {name} is damaged. {_REMEDY}")


_REMEDY = "Withdraw the list and ingest its file again."
