"""A list's rows to a shard: accounts merged, values normalised, keys and neighbours sorted."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from attrs import asdict, frozen

from vetting.processes import processors, run_in_workers
from vetting.records.completeness import Completeness
from vetting.records.passports import ListPassport
from vetting.records.schemas import Batch
from vetting.store import layout
from vetting.store.arrays import narrowed
from vetting.store.columns import ACCOUNTS_AT_ONCE, ColumnFiles
from vetting.store.neighbours import write_neighbour_columns
from vetting.store.ranges import work_out
from vetting.store.spool import AccountRows, Spool

__all__ = ["ShardCounts", "write_papers", "write_shard"]

_FEW_RANGES = 2  # so many are worked on in less time than processes take to start


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
    folder: Path,
    batches: Iterable[Batch],
    *,
    region: str,
    span: int = ACCOUNTS_AT_ONCE,
    workers: int | None = None,
) -> ShardCounts:
    """Write every part of a shard but its passport and its report.

    Args:
        folder: An empty folder.
        batches: A reading's batches; read to the end.
        region: Country code in which national telephone numbers are read.
        span: Accounts worked on at a time; what a shard holds does not depend on it.
        workers: Processes that work on ranges; ``None`` for one a processor, if there are more than two ranges. The
            bytes of a shard do not depend on it.

    Raises:
        WorkerError: A process died.

    Cost: the ids of all accounts in memory, the values of ``span`` of them in each process; relations in memory,
        twice.
    """
    work = folder / "work"
    (work / "spool").mkdir(parents=True)
    spool = Spool(work / "spool", batches, span=span)
    size = len(spool.rows)
    relations, places = _relations(spool.relations(), spool.rows)
    (folder / "neighbours").mkdir()
    if relations.num_rows:
        write_neighbour_columns(folder, relations, places, spool.rows.ids)
    spool.forget_rows()
    pq.write_table(relations, folder / layout.RELATIONS_FILE, **layout.PARQUET)
    pq.write_table(places, folder / layout.PLACES_FILE, **layout.PARQUET)
    offsets, incident = _neighbours(relations, size + places.num_rows)
    np.save(folder / layout.NEIGHBOUR_OFFSETS_FILE, offsets)
    np.save(folder / layout.NEIGHBOUR_RELATIONS_FILE, incident)
    if workers is None:
        workers = processors() if len(spool.ranges) > _FEW_RANGES else 1
    with ColumnFiles(folder) as files:
        for worked_out in run_in_workers(work_out, spool.ranges, workers=workers, shared=(region,)):
            files.add(worked_out)
    files.merge(workers=workers)
    shutil.rmtree(work)
    counts = {"accounts": size, "identifiers": dict(sorted(files.by_kind.items()))}
    (folder / layout.COUNTS_FILE).write_text(json.dumps(counts) + "\n", encoding="utf-8")
    return ShardCounts(
        accounts=size,
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


def _neighbours(
    relations: pa.Table, nodes: int
) -> tuple[npt.NDArray[np.signedinteger], npt.NDArray[np.int32]]:
    """For each node, the rows of relations that start or end at it; a self-loop once."""
    source = relations["source_node"].to_numpy()
    target = relations["target_node"].to_numpy()
    rows = np.arange(len(source), dtype=np.int32)
    other = target != source
    ends = np.concatenate([source, target[other]])
    incident = np.concatenate([rows, rows[other]])
    order = np.lexsort((incident, ends))
    offsets = np.searchsorted(ends[order], np.arange(nodes + 1))
    return narrowed(offsets, int(offsets[-1])), incident[order]
