"""A list's rows to a shard: accounts merged, values normalised, keys and neighbours sorted."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from attrs import asdict, frozen

from vetting.normalise.forms import form_column
from vetting.records.completeness import Completeness
from vetting.records.identifiers import IdentifierKind
from vetting.records.passports import ListPassport
from vetting.records.schemas import Batch
from vetting.store import layout
from vetting.store.columns import ACCOUNTS_AT_ONCE, ColumnFiles
from vetting.store.spool import AccountRows, Spool

__all__ = ["ShardCounts", "write_papers", "write_shard"]


@frozen(kw_only=True)
class ShardCounts:
    """How much a shard holds.

    Attributes:
        accounts: Accounts.
        identifiers: Identifier values.
        relations: Relations.
        unusable: Identifier values that could not be normalised; they are kept, and not compared.
        orphaned: Identifier rows of accounts that the list does not have; they were left out.
    """

    accounts: int
    identifiers: int
    relations: int
    unusable: int
    orphaned: int


def write_shard(
    folder: Path, batches: Iterable[Batch], *, region: str, span: int = ACCOUNTS_AT_ONCE
) -> ShardCounts:
    """Write every part of a shard but its passport and its report.

    Args:
        folder: An empty folder.
        batches: A reading's batches; read to the end.
        region: Country code in which national telephone numbers are read.
        span: Accounts worked on at a time; what a shard holds does not depend on it.

    Cost: the ids of all accounts and the values of ``span`` of them in memory; relations in memory, twice.
    """
    work = folder / "work"
    work.mkdir()
    (work / "spool").mkdir()
    spool = Spool(work / "spool", batches, span=span)
    relations, places = _relations(spool.relations(), spool.rows)
    (folder / "neighbours").mkdir()
    pq.write_table(relations, folder / layout.RELATIONS_FILE, **layout.PARQUET)
    pq.write_table(places, folder / layout.PLACES_FILE, **layout.PARQUET)
    offsets, incident = _neighbours(relations, len(spool.rows) + places.num_rows)
    np.save(folder / layout.NEIGHBOUR_OFFSETS_FILE, offsets)
    np.save(folder / layout.NEIGHBOUR_RELATIONS_FILE, incident)
    with ColumnFiles(folder, work) as files:
        for first, accounts, identifiers in spool.ranges():
            merged = _merged_accounts(accounts.drop_columns("account_row"))
            files.add(first, merged, _identifiers(identifiers, region))
    files.merge()
    shutil.rmtree(work)
    counts = {"accounts": len(spool.rows), "identifiers": dict(sorted(files.by_kind.items()))}
    (folder / layout.COUNTS_FILE).write_text(json.dumps(counts) + "\n", encoding="utf-8")
    return ShardCounts(
        accounts=len(spool.rows),
        identifiers=files.identifiers,
        relations=relations.num_rows,
        unusable=files.unusable,
        orphaned=spool.orphaned,
    )


def write_papers(folder: Path, passport: ListPassport, completeness: Completeness) -> None:
    """Write a shard's passport and completeness report."""
    (folder / layout.PASSPORT_FILE).write_text(passport.to_toml(), encoding="utf-8")
    report = json.dumps(asdict(completeness), ensure_ascii=False, indent=2)
    (folder / layout.COMPLETENESS_FILE).write_text(report + "\n", encoding="utf-8")


def _merged_accounts(table: pa.Table) -> pa.Table:
    """One row per account id, each column's first known value; ordered by id, numbers by size."""
    encoded = table["account_id"].combine_chunks().dictionary_encode()
    codes = encoded.indices.to_numpy()
    ids = encoded.dictionary.to_pylist()
    order = sorted(range(len(ids)), key=lambda code: (len(ids[code]), ids[code]))
    columns: dict[str, Any] = {"account_id": pa.array([ids[code] for code in order], pa.string())}
    for name in table.column_names[1:]:
        known = np.flatnonzero(table[name].combine_chunks().is_valid().to_numpy(zero_copy_only=False))
        first = np.full(len(ids), -1, np.int64)
        found, place = np.unique(codes[known], return_index=True)
        first[found] = known[place]
        wanted = first[np.array(order, np.int64)]
        columns[name] = table[name].take(pa.array(wanted, mask=wanted < 0))
    return pa.table(columns, schema=pa.schema([field.with_nullable(True) for field in table.schema]))


def _identifiers(table: pa.Table, region: str) -> pa.Table:
    """Values with their forms, sorted by account; a repeated value stays once, first as seen."""
    table = table.combine_chunks()
    repeated = ["account_row", "kind", "value", "platform"]
    first = (
        table.append_column("arrival", pa.array(np.arange(table.num_rows)))
        .group_by(repeated)
        .aggregate([("arrival", "min")])["arrival_min"]
        .to_numpy()
    )
    table = table.take(pa.array(np.sort(first)))
    table = table.take(pc.sort_indices(table, [("account_row", "ascending")]))
    kinds = table["kind"].combine_chunks().dictionary_encode()
    codes = kinds.indices.to_numpy()
    values = table["value"].combine_chunks()
    order, parts = [], [pa.array([], pa.large_string())]
    for code, kind in enumerate(kinds.dictionary.to_pylist()):
        places = np.flatnonzero(codes == code)
        parts.append(form_column(IdentifierKind(kind), values.take(pa.array(places)), region=region))
        order.append(places)
    back = np.argsort(np.concatenate([np.empty(0, np.int64), *order]))
    forms = pa.concat_arrays(parts).take(pa.array(back)).cast(pa.string())
    names = ["account_row", "kind", "value", "platform", "role", "confirmed", "record"]
    return table.select(names).append_column("form", forms)


def _relations(table: pa.Table, rows_by_id: AccountRows) -> tuple[pa.Table, pa.Table]:
    """Relations between numbered nodes, and the nodes that are no accounts of the list."""
    places: dict[tuple[str, str], int] = {}
    size = len(rows_by_id)

    def nodes(kind: str, names: pa.Array) -> npt.NDArray[np.int32]:
        rows = rows_by_id.of(names) if kind == "account" else np.full(len(names), -1, np.int32)
        for at in np.flatnonzero(rows < 0).tolist():
            rows[at] = size + places.setdefault((kind, names[at].as_py()), len(places))
        return rows

    sources = _coded(table["source"], partial(nodes, "account"))
    targets = np.full(table.num_rows, -1, np.int32)
    for kind in sorted(pc.unique(table["target_kind"]).to_pylist()):
        rows = np.flatnonzero(
            pc.equal(table["target_kind"], kind).combine_chunks().to_numpy(zero_copy_only=False)
        )
        targets[rows] = _coded(table["target"].take(pa.array(rows)), partial(nodes, kind))
    relations = pa.table(
        {
            "kind": table["kind"],
            "source_node": pa.array(sources, pa.int32()),
            "target_node": pa.array(targets, pa.int32()),
            **{name: table[name] for name in ("first", "last", "weight", "place", "record")},
        }
    )
    kinds, names = zip(*places, strict=True) if places else ((), ())
    return relations, pa.table({"kind": pa.array(kinds, pa.string()), "id": pa.array(names, pa.string())})


def _coded(
    column: pa.ChunkedArray, codes_of: Callable[[pa.Array], npt.NDArray[np.int32]]
) -> npt.NDArray[np.int32]:
    """Map texts to numbers; each distinct text is looked up once."""
    encoded = column.combine_chunks().dictionary_encode()
    codes = codes_of(encoded.dictionary)
    return codes[encoded.indices.to_numpy()] if len(codes) else np.empty(0, np.int32)


def _neighbours(relations: pa.Table, nodes: int) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int32]]:
    """For each node, the rows of relations that start or end at it; a self-loop once."""
    source = relations["source_node"].to_numpy()
    target = relations["target_node"].to_numpy()
    rows = np.arange(len(source), dtype=np.int32)
    other = target != source
    ends = np.concatenate([source, target[other]])
    incident = np.concatenate([rows, rows[other]])
    order = np.lexsort((incident, ends))
    offsets = np.searchsorted(ends[order], np.arange(nodes + 1)).astype(np.int64)
    return offsets, incident[order]
