"""A list's batches on their way into a shard: put down on disk, and handed out again a range of accounts at a time.

An account's rows may come in any order and from anywhere in a file. Its row in the shard follows from
all ids together; ranges of rows are then gathered into files small enough to work on in memory.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from attrs import frozen

from vetting.blocking.hashing import hash_texts
from vetting.records.schemas import SCHEMAS, Batch, TableName

__all__ = ["AccountRows", "Spool", "SpooledRange"]

_LZ4 = pa.ipc.IpcWriteOptions(compression="lz4")
_BATCH = 250_000


class AccountRows:
    """From an account's id to its row: ids in order of length, then text.

    Args:
        ids: Distinct ids, in any order.

    Cost: the ids, and 12 bytes each; a look-up is a search in sorted hashes, checked against the id.
    """

    def __init__(self, ids: pa.Array) -> None:
        order = pc.sort_indices(
            pa.table({"size": pc.utf8_length(ids), "id": ids}), [("size", "ascending"), ("id", "ascending")]
        )
        self._ids = ids.take(order)
        hashes = hash_texts(self._ids)
        self._order = np.argsort(hashes, kind="stable").astype(np.int32)
        self._hashes = hashes[self._order]
        twins = self._order[1:][self._hashes[1:] == self._hashes[:-1]]
        self._twins = {self._ids[row].as_py(): int(row) for row in twins.tolist()}

    def __len__(self) -> int:
        return len(self._ids)

    @property
    def ids(self) -> pa.Array:
        """The ids, in row order."""
        return self._ids

    def of(self, ids: pa.Array) -> npt.NDArray[np.int32]:
        """Return the row of each of some ids, -1 for an id that the list does not have."""
        if not len(self._ids) or not len(ids):
            return np.full(len(ids), -1, np.int32)
        place = np.searchsorted(self._hashes, hash_texts(ids)).clip(max=len(self._ids) - 1)
        rows = self._order[place]
        same = pc.equal(self._ids.take(pa.array(rows)), ids).to_numpy(zero_copy_only=False)
        rows = np.where(same, rows, -1).astype(np.int32)
        if self._twins:
            for at in np.flatnonzero(~same).tolist():
                rows[at] = self._twins.get(ids[at].as_py(), -1)
        return rows


@frozen(kw_only=True)
class SpooledRange:
    """The rows of a range of accounts, in files.

    Attributes:
        folder: Of the range, for these files and what is worked out from them.
        first: Row of its first account.
    """

    folder: Path
    first: int

    def take(self, name: TableName) -> pa.Table:
        """Read the rows of a table, with ``account_row``, in the order of arrival; the file is removed."""
        path = self.folder / f"{name}.rows"
        with pa.OSFile(str(path)) as file:
            table = pa.ipc.open_stream(file).read_all()
        path.unlink()
        return table


class Spool:
    """Batches on disk.

    Args:
        folder: An empty folder for the files; whoever made it removes it.
        batches: A reading's batches; read to the end here.
        span: Accounts of a range.

    Attributes:
        rows: From ids to rows.
        ranges: The ranges, in order.
        orphaned: Identifier rows of accounts that the list does not have.
    """

    def __init__(self, folder: Path, batches: Iterable[Batch], *, span: int) -> None:
        self._folder = folder
        self._span = span
        distinct: list[pa.Array] = []
        writers: dict[str, Any] = {
            name: self._writer(folder / name, schema) for name, schema in SCHEMAS.items()
        }
        try:
            for batch in batches:
                writers[batch.table].write_batch(batch.rows)
                if batch.table == "accounts":
                    distinct.append(batch.rows["account_id"])
        finally:
            for writer in writers.values():
                writer.close()
        self.rows = AccountRows(pc.unique(pa.chunked_array(distinct, pa.string())))
        self.orphaned = 0
        self.ranges = [
            SpooledRange(folder=folder / f"range-{number}", first=number * span)
            for number in range(max(1, -(-len(self.rows) // span)))
        ]
        for one in self.ranges:
            one.folder.mkdir()
        self._split("accounts")
        self.orphaned = self._split("identifiers")

    def relations(self) -> pa.Table:
        """Return the relations, in memory."""
        with pa.OSFile(str(self._folder / "relations")) as file:
            return pa.ipc.open_stream(file).read_all()

    def forget_rows(self) -> None:
        """Let go of the ids; the ranges need them no more."""
        self.rows = AccountRows(pa.array([], pa.string()))

    def _writer(self, path: Path, schema: pa.Schema) -> Any:
        return pa.ipc.new_stream(str(path), schema, options=_LZ4)

    def _split(self, name: TableName) -> int:
        """Put each row into the file of its range, in the order of arrival; count those of no account."""
        schema = SCHEMAS[name].append(pa.field("account_row", pa.int32()))
        writers = [self._writer(one.folder / f"{name}.rows", schema) for one in self.ranges]
        orphaned = 0
        try:
            with pa.OSFile(str(self._folder / name)) as file:
                for piece in _in_pieces(pa.ipc.open_stream(file)):
                    rows = self.rows.of(piece["account_id"].combine_chunks())
                    orphaned += int((rows < 0).sum())
                    table = piece.append_column("account_row", pa.array(rows))
                    number = np.where(rows < 0, -1, rows // self._span)
                    for one in np.unique(number[rows >= 0]).tolist():
                        here = pa.array(np.flatnonzero(number == one))
                        writers[one].write_table(table.take(here).cast(schema))
        finally:
            for writer in writers:
                writer.close()
        (self._folder / name).unlink()
        return orphaned


def _in_pieces(reader: Iterable[pa.RecordBatch]) -> Iterator[pa.Table]:
    """Join small batches, so that work is done on many rows at once."""
    held: list[pa.RecordBatch] = []
    rows = 0
    for batch in reader:
        held.append(batch)
        rows += batch.num_rows
        if rows >= _BATCH:
            yield pa.Table.from_batches(held)
            held, rows = [], 0
    if held:
        yield pa.Table.from_batches(held)
