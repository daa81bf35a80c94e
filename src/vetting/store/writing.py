"""A list's rows to a shard: accounts merged, values normalised, keys and neighbours sorted."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from attrs import asdict, fields, frozen

from vetting.blocking.keys import blocking_keys
from vetting.blocking.postings import Postings, build_postings, compact_forms
from vetting.blocking.sketches import Sketch
from vetting.evidence.frequencies import count_frequencies
from vetting.normalise.forms import forms_of
from vetting.records.completeness import Completeness
from vetting.records.identifiers import IdentifierKind
from vetting.records.passports import ListPassport
from vetting.records.schemas import SCHEMAS, Batch
from vetting.store import layout
from vetting.store.values import column_arrays, value_table

__all__ = ["ShardCounts", "gather", "write_papers", "write_shard"]

# A flipped byte on a disk must not become another person's identifier.
_PARQUET = {"compression": "zstd", "write_page_checksum": True, "row_group_size": layout.ROWS_PER_GROUP}


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


def gather(batches: Iterable[Batch]) -> dict[str, pa.Table]:
    """Collect a reading's batches into its three tables."""
    found: dict[str, list[pa.RecordBatch]] = {name: [] for name in SCHEMAS}
    for batch in batches:
        found[batch.table].append(batch.rows)
    return {name: pa.Table.from_batches(found[name], schema) for name, schema in SCHEMAS.items()}


def write_shard(folder: Path, tables: dict[str, pa.Table], *, region: str) -> ShardCounts:
    """Write every part of a shard but its passport and its report.

    Args:
        folder: An empty folder.
        tables: From :func:`gather`.
        region: Country code in which national telephone numbers are read.

    Cost: the tables in memory, twice.
    """
    accounts = _merged_accounts(tables["accounts"])
    rows_by_id = {account_id: row for row, account_id in enumerate(accounts["account_id"].to_pylist())}
    identifiers, orphaned = _identifiers(tables["identifiers"], rows_by_id, region)
    relations, places = _relations(tables["relations"], rows_by_id)
    (folder / "neighbours").mkdir()
    pq.write_table(accounts, folder / layout.ACCOUNTS_FILE, **_PARQUET)
    pq.write_table(identifiers, folder / layout.IDENTIFIERS_FILE, **_PARQUET)
    pq.write_table(relations, folder / layout.RELATIONS_FILE, **_PARQUET)
    pq.write_table(places, folder / layout.PLACES_FILE, **_PARQUET)
    offsets, incident = _neighbours(relations, accounts.num_rows + places.num_rows)
    np.save(folder / layout.NEIGHBOUR_OFFSETS_FILE, offsets)
    np.save(folder / layout.NEIGHBOUR_RELATIONS_FILE, incident)
    owners = identifiers["account_row"].to_numpy()
    starts = np.searchsorted(owners, np.arange(accounts.num_rows + 1)).astype(np.int32)
    np.save(folder / layout.IDENTIFIER_STARTS_FILE, starts)
    by_kind = {item["values"]: item["counts"] for item in pc.value_counts(identifiers["kind"]).to_pylist()}
    counts = {"accounts": accounts.num_rows, "identifiers": dict(sorted(by_kind.items()))}
    (folder / layout.COUNTS_FILE).write_text(json.dumps(counts) + "\n", encoding="utf-8")
    values = value_table(identifiers, accounts.num_rows)
    (folder / layout.VALUES_FOLDER).mkdir()
    for kind in IdentifierKind:
        for name, array in column_arrays(values.column(kind)).items():
            np.save(folder / layout.VALUES_FOLDER / f"{kind}.{name}.npy", array)
    keys = blocking_keys(values)
    np.save(folder / layout.KEYS_FILE, keys.keys)
    np.save(folder / layout.KEY_ROWS_FILE, keys.owners)
    postings = build_postings(compact_forms(values))
    (folder / layout.POSTINGS_FOLDER).mkdir()
    for part in fields(Postings):
        np.save(folder / layout.POSTINGS_FOLDER / f"{part.name}.npy", getattr(postings, part.name))
    sketch = Sketch.of(values)
    (folder / layout.SKETCH_FOLDER).mkdir()
    for part in fields(Sketch):
        np.save(folder / layout.SKETCH_FOLDER / f"{part.name}.npy", getattr(sketch, part.name))
    (folder / layout.FREQUENCIES_FOLDER).mkdir()
    for name, array in count_frequencies(values).to_arrays().items():
        np.save(folder / layout.FREQUENCIES_FOLDER / f"{name}.npy", array)
    return ShardCounts(
        accounts=accounts.num_rows,
        identifiers=identifiers.num_rows,
        relations=relations.num_rows,
        unusable=int(pc.sum(pc.equal(identifiers["form"], "")).as_py() or 0),
        orphaned=orphaned,
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


def _identifiers(table: pa.Table, rows_by_id: dict[str, int], region: str) -> tuple[pa.Table, int]:
    """Values with account rows and forms, sorted by account; a repeated value stays once, first as seen."""
    owner = _coded(table["account_id"], lambda account_id: rows_by_id.get(account_id, -1))
    orphaned = int((owner < 0).sum())
    table = table.append_column("account_row", pa.array(owner)).filter(pa.array(owner >= 0)).combine_chunks()
    repeated = ["account_row", "kind", "value", "platform"]
    first = (
        table.append_column("arrival", pa.array(np.arange(table.num_rows)))
        .group_by(repeated)
        .aggregate([("arrival", "min")])["arrival_min"]
        .to_numpy()
    )
    table = table.take(pa.array(np.sort(first)))
    table = table.take(pc.sort_indices(table, [("account_row", "ascending")]))
    kinds = table["kind"].to_pylist()
    values = table["value"].to_pylist()
    forms = [""] * len(values)
    for kind in IdentifierKind:
        places = [place for place, found in enumerate(kinds) if found == kind]
        for place, form in zip(
            places, forms_of(kind, [values[i] for i in places], region=region), strict=True
        ):
            forms[place] = form
    names = ["account_row", "kind", "value", "platform", "role", "confirmed", "record"]
    return table.select(names).append_column("form", pa.array(forms, pa.string())), orphaned


def _relations(table: pa.Table, rows_by_id: dict[str, int]) -> tuple[pa.Table, pa.Table]:
    """Relations between numbered nodes, and the nodes that are no accounts of the list."""
    places: dict[tuple[str, str], int] = {}
    size = len(rows_by_id)

    def node(kind: str, name: str) -> int:
        row = rows_by_id.get(name) if kind == "account" else None
        return size + places.setdefault((kind, name), len(places)) if row is None else row

    sources = _coded(table["source"], lambda name: node("account", name))
    targets = np.full(table.num_rows, -1, np.int32)
    for kind in sorted(pc.unique(table["target_kind"]).to_pylist()):
        rows = np.flatnonzero(
            pc.equal(table["target_kind"], kind).combine_chunks().to_numpy(zero_copy_only=False)
        )
        targets[rows] = _coded(table["target"].take(pa.array(rows)), lambda name, kind=kind: node(kind, name))  # type: ignore[misc]  # bound now
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


def _coded(column: pa.ChunkedArray, code: Callable[[str], int]) -> npt.NDArray[np.int32]:
    """Map texts to numbers; each distinct text is looked up once."""
    encoded = column.combine_chunks().dictionary_encode()
    codes = np.fromiter(map(code, encoded.dictionary.to_pylist()), np.int32, len(encoded.dictionary))
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
