"""A list's relations to walk on: mapped columns of which only the rows asked for are touched.

The Parquet table of the relations is for engines and for citations; a walk reads a few hundred rows from
anywhere, and a row group of that table holds thousands. So the same columns lie beside it as they are in
memory. A shard that was written before there were such columns is read from its Parquet tables: the same
result, after some seconds for ten million relations, which are held in memory then.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from vetting.records.accounts import Relation
from vetting.store.arrays import narrowed
from vetting.store.layout import (
    NEIGHBOUR_COLUMNS_FILE,
    NEIGHBOUR_NODES_FILE,
    NEIGHBOUR_OFFSETS_FILE,
    NEIGHBOUR_RELATIONS_FILE,
    PLACES_FILE,
)
from vetting.store.parts import damaged, mapped_columns, read_array, read_table

if TYPE_CHECKING:
    from vetting.store.shard import Shard

__all__ = ["Neighbours", "Rows", "write_neighbour_columns"]

Rows = npt.NDArray[np.int64]
"""Row numbers of relations, or numbers of nodes."""

_TEXT_LIMIT = 2**31 - 1  # bytes that Arrow's plain text column holds


class Neighbours:
    """The relations of a list, found from either end.

    Args:
        shard: The list.

    Raises:
        StoreFormatError: A part is missing or damaged; from the property that needs it.
    """

    def __init__(self, shard: Shard) -> None:
        self._shard = shard
        self._folder: Path = shard.path

    @cached_property
    def offsets(self) -> npt.NDArray[np.signedinteger[Any]]:
        """For each node, where its relations begin in :attr:`incident`; one more entry than nodes."""
        return read_array(self._folder, NEIGHBOUR_OFFSETS_FILE)

    @cached_property
    def incident(self) -> npt.NDArray[np.int32]:
        """Rows of relations, by node, ascending within a node."""
        return read_array(self._folder, NEIGHBOUR_RELATIONS_FILE)

    @property
    def nodes(self) -> int:
        """How many nodes there are: accounts first, then places."""
        return len(self.offsets) - 1

    @cached_property
    def kind_names(self) -> tuple[str, ...]:
        """The kinds of relation that the list records."""
        return tuple(str(name or "") for name in self._columns["kind"].dictionary.to_pylist())

    @cached_property
    def kinds(self) -> npt.NDArray[np.signedinteger[Any]]:
        """For each relation, its kind's place in :attr:`kind_names`."""
        codes: npt.NDArray[np.signedinteger[Any]] = self._columns["kind"].indices.to_numpy(
            zero_copy_only=False
        )
        return codes

    @cached_property
    def sources(self) -> npt.NDArray[np.int32]:
        """For each relation, the node where it starts."""
        return self._numbers("source_node")

    @cached_property
    def targets(self) -> npt.NDArray[np.int32]:
        """For each relation, the node where it ends."""
        return self._numbers("target_node")

    @cached_property
    def weights(self) -> npt.NDArray[np.int32]:
        """For each relation, how often it happened."""
        return self._numbers("weight")

    def degrees(self, nodes: Rows) -> Rows:
        """How many relations start or end at each of some nodes."""
        return self.offsets[nodes + 1].astype(np.int64) - self.offsets[nodes]

    def rows_at(self, nodes: Rows) -> Rows:
        """Return the relations of some nodes, node after node; one between two of them is there twice."""
        counts = self.degrees(nodes)
        total = int(counts.sum())
        starts = self.offsets[nodes].astype(np.int64)
        places = np.repeat(starts - np.cumsum(counts) + counts, counts) + np.arange(total)
        return self.incident[places].astype(np.int64)

    def times(self, rows: Rows) -> tuple[Rows, Rows]:
        """Return first and last second of some relations; the other one's where one is unknown.

        Both are :data:`UNKNOWN` where neither is known.
        """
        first, last = (self._seconds(name, rows) for name in ("first", "last"))
        known = np.where(first == UNKNOWN, last, first), np.where(last == UNKNOWN, first, last)
        return np.minimum(*known), np.maximum(*known)

    def relations(self, rows: Rows, keys: Mapping[int, tuple[str, str]] | None = None) -> list[Relation]:
        """Return some relations as records, in the order asked for.

        Args:
            rows: Which.
            keys: :meth:`keys` of their ends, from whoever has them already.
        """
        sources, targets = self.sources[rows].tolist(), self.targets[rows].tolist()
        known = self.keys(np.unique(np.array([sources, targets], np.int64))) if keys is None else keys
        names, list_id = self.kind_names, self._shard.list_id
        columns = zip(
            self.kinds[rows].tolist(),
            sources,
            map(known.__getitem__, targets),
            _iso(self._seconds("first", rows)),
            _iso(self._seconds("last", rows)),
            self.weights[rows].tolist(),
            _plain(self._columns["place"].take(pa.array(rows))),
            _plain(self._columns["record"].take(pa.array(rows))),
            strict=True,
        )
        return [
            Relation(
                list_id=list_id,
                kind=names[kind],
                source=known[source][1],
                target_kind=target_kind,
                target=target,
                first=first,
                last=last,
                weight=max(weight, 1),
                place=place or "",
                record=record or "",
            )
            for kind, source, (target_kind, target), first, last, weight, place, record in columns
        ]

    def keys(self, nodes: Rows) -> dict[int, tuple[str, str]]:
        """Return kind and id of some nodes, by their numbers: ``("account", "41")``, ``("topic", "7")``."""
        if self._nodes is not None:
            picked = self._nodes.take(pa.array(nodes))
            kinds = picked.column("kind")
            names = kinds.dictionary.to_pylist()
            found = zip(
                (names[code] for code in kinds.indices.to_numpy().tolist()),
                _plain(picked.column("id")),
                strict=True,
            )
            return dict(zip(nodes.tolist(), found, strict=True))
        size = self._shard.size
        distinct = np.unique(nodes)  # ascending, so that a row group is read once
        accounts = {
            row: ("account", self._shard.account_id(row)) for row in distinct[distinct < size].tolist()
        }
        places = self._places.take(pa.array(distinct[distinct >= size] - size)).to_pylist()
        return accounts | {
            node: (str(place["kind"]), str(place["id"]))
            for node, place in zip(distinct[distinct >= size].tolist(), places, strict=True)
        }

    @cached_property
    def _columns(self) -> dict[str, Any]:
        table = _mapped(self._folder, NEIGHBOUR_COLUMNS_FILE)
        if table is None:
            return _as_columns(self._shard.relations)
        missing = {"kind", "source_node", "target_node", "first", "last", "weight", "place", "record"}
        if not missing <= set(table.schema.names) or not pa.types.is_dictionary(
            table.schema.field("kind").type
        ):
            raise damaged(self._folder, NEIGHBOUR_COLUMNS_FILE)
        return {name: table.column(name) for name in table.schema.names}

    @cached_property
    def _nodes(self) -> pa.RecordBatch | None:
        nodes = _mapped(self._folder, NEIGHBOUR_NODES_FILE)
        if nodes is not None and (set(nodes.schema.names) != {"kind", "id"} or nodes.num_rows != self.nodes):
            raise damaged(self._folder, NEIGHBOUR_NODES_FILE)
        return nodes

    @cached_property
    def _places(self) -> pa.Table:
        return read_table(self._folder, PLACES_FILE).combine_chunks()

    def _numbers(self, name: str) -> npt.NDArray[np.int32]:
        numbers: npt.NDArray[np.int32] = self._columns[name].to_numpy(zero_copy_only=False)
        return numbers

    def _seconds(self, name: str, rows: Rows) -> Rows:
        picked = self._columns[name].take(pa.array(rows)).cast(pa.timestamp("s", tz="UTC")).cast(pa.int64())
        seconds: Rows = picked.fill_null(UNKNOWN).to_numpy(zero_copy_only=False)
        return seconds


UNKNOWN = int(np.iinfo(np.int64).min)
"""A time that is not known."""


def write_neighbour_columns(folder: Path, relations: pa.Table, places: pa.Table, ids: pa.Array) -> None:
    """Write the columns that a walk reads, of a list that has relations.

    Args:
        folder: The shard's.
        relations: The columns of the relations' Parquet table.
        places: Those of the places' table.
        ids: The accounts' ids, in row order.

    Cost: one copy of the relations in memory; on disk some 60 bytes a relation and its citation, and an id a node.
    """
    columns = _as_columns(relations)
    _write(folder / NEIGHBOUR_COLUMNS_FILE, columns)
    kinds = pa.chunked_array([pa.array(["account"] * len(ids), pa.string()), *places["kind"].chunks])
    names = pa.chunked_array([ids, *places["id"].chunks], pa.string())
    _write(folder / NEIGHBOUR_NODES_FILE, {"kind": _coded(kinds), "id": _text(names)})


def _write(path: Path, columns: dict[str, Any]) -> None:
    batch = pa.RecordBatch.from_arrays(list(columns.values()), names=list(columns))
    with pa.OSFile(str(path), "wb") as file, pa.ipc.new_file(file, batch.schema) as writer:
        writer.write_batch(batch)  # one batch, so that a row's number is its place


def _mapped(folder: Path, name: str) -> pa.RecordBatch | None:
    """Map columns; ``None`` where a shard has none."""
    return mapped_columns(folder, name) if (folder / name).exists() else None


def _as_columns(relations: pa.Table) -> dict[str, Any]:
    """The relations in whole arrays: kinds as codes, everything else as it is."""
    columns = {name: relations[name] for name in relations.column_names}
    texts = {name: _text(columns[name]) for name in ("place", "record")}
    numbers = {
        name: _whole(columns[name]) for name in ("source_node", "target_node", "first", "last", "weight")
    }
    return {"kind": _coded(columns["kind"]), **numbers, **texts}


def _whole(column: pa.ChunkedArray) -> pa.Array:
    whole = column.combine_chunks()
    return pa.concat_arrays(whole.chunks) if isinstance(whole, pa.ChunkedArray) else whole


def _text(column: pa.ChunkedArray) -> pa.Array:
    """Texts in one array, whatever their size."""
    wide = sum(chunk.nbytes for chunk in column.chunks) > _TEXT_LIMIT
    return _whole(column.cast(pa.large_string() if wide else pa.string()))


def _coded(column: pa.ChunkedArray) -> pa.DictionaryArray:
    coded = _whole(column.fill_null("").dictionary_encode())
    codes = coded.indices.to_numpy(zero_copy_only=False)
    return pa.DictionaryArray.from_arrays(pa.array(narrowed(codes, len(coded.dictionary))), coded.dictionary)


def _plain(texts: pa.Array) -> list[str | None]:
    """Texts as Python has them; by way of numpy, which takes a fifth of the time."""
    plain: list[str | None] = texts.to_numpy(zero_copy_only=False).tolist()
    return plain


def _iso(seconds: Rows) -> list[str]:
    """Moments as ISO 8601 in UTC, empty where unknown."""
    texts = np.datetime_as_string(seconds.view("datetime64[s]")).tolist()
    return ["" if text == "NaT" else f"{text}Z" for text in texts]
