"""A shard's parts, opened one by one for a check: what cannot be opened, or has the wrong form, is a flaw."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq
from attrs import frozen

from vetting.errors import StoreFormatError
from vetting.store import layout
from vetting.store.parts import mapped_columns, part_path, read_array

__all__ = ["WHOLE", "Flaw", "OpenedShard"]

Array = npt.NDArray[Any]

WHOLE = (np.int8, np.int16, np.int32, np.uint32, np.int64)
"""Types of whole numbers that are stored as narrow as they fit."""


@frozen
class Flaw(Exception):  # noqa: N818 - found and told, seldom raised
    """Something that is not as it must be.

    Attributes:
        file: In the shard.
        place: Where in the file; empty for all of it.
        reason: What is wrong, without a value.
    """

    file: str
    place: str
    reason: str


class OpenedShard:
    """A shard's parts, opened when asked for.

    Args:
        folder: The shard's.
        accounts: How many the manifest says there are.

    Raises:
        Flaw: A part is missing, cannot be read or has the wrong form; from what asks for it.
    """

    def __init__(self, folder: Path, accounts: int) -> None:
        self.folder = folder
        self.accounts = accounts

    def array(
        self, name: str, dtype: type | tuple[type, ...], *, rows: int | None = None, width: int = 0
    ) -> Array:
        """Map an array that must have this type, or one of several, this width and number of rows."""
        kinds = dtype if isinstance(dtype, tuple) else (dtype,)
        try:
            array = read_array(self.folder, name)
        except StoreFormatError as error:
            raise Flaw(name, "", "is missing or cannot be read") from error
        if array.dtype.type not in kinds or array.shape[1:] != ((width,) if width else ()):
            raise Flaw(name, "", "does not hold the kind of numbers that it must")
        if rows is not None and len(array) != rows:
            raise Flaw(name, "", f"has {len(array):,} rows instead of {rows:,}")
        return array

    def table(self, name: str, columns: list[str]) -> Iterator[pa.Table]:
        """Read some columns, a row group at a time; every page's own checksum is verified."""
        try:
            part_path(self.folder, name)
            with pq.ParquetFile(self.folder / name, memory_map=True, page_checksum_verification=True) as file:
                if not set(layout.COLUMNS[name]) <= set(file.schema_arrow.names):
                    raise Flaw(name, "", "lacks a column")
                for group in range(file.metadata.num_row_groups):
                    yield file.read_row_group(group, use_threads=False).select(columns)
        except (StoreFormatError, pa.ArrowException, OSError, ValueError) as error:
            raise Flaw(name, "", "is missing or cannot be read") from error

    def mapped(self, name: str) -> pa.RecordBatch:
        """Map a file of columns, and look at every value's place."""
        try:
            batch = mapped_columns(self.folder, name)
            batch.validate(full=True)
        except (StoreFormatError, pa.ArrowException, ValueError) as error:
            raise Flaw(name, "", "is missing or cannot be read") from error
        return batch

    def rows(self, name: str) -> int:
        """How many rows a table has."""
        try:
            return int(pq.read_metadata(part_path(self.folder, name)).num_rows)
        except (StoreFormatError, pa.ArrowException, OSError, ValueError) as error:
            raise Flaw(name, "", "is missing or cannot be read") from error

    @cached_property
    def starts(self) -> Array:
        """Where each account's identifiers begin."""
        return self.array(layout.IDENTIFIER_STARTS_FILE, np.int32, rows=self.accounts + 1)

    @cached_property
    def counts(self) -> dict[str, Any]:
        """What ``counts.json`` says."""
        try:
            found = json.loads(part_path(self.folder, layout.COUNTS_FILE).read_text(encoding="utf-8"))
            return {"accounts": int(found["accounts"]), "identifiers": dict(found["identifiers"])}
        except (StoreFormatError, OSError, ValueError, KeyError, TypeError) as error:
            raise Flaw(layout.COUNTS_FILE, "", "is missing or cannot be read") from error
