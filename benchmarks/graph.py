"""Extraction, graph, paths, picture and dossier on a list with heavy-tailed relations, and other ways beside them.

Usage:
    python benchmarks/graph.py [--accounts 1000000] [--relations 10000000] [--ask 200] [--keep FOLDER] [--no-peers]

The list is made up and written by the store's own writer. Accounts that are asked for are drawn by their
relations, so that busy ones are asked for more often than there are of them. Everything is measured warm, on
every account once, after twenty others; the process's own memory is told with and without mapped files. The
peers collect the numbers of the same relations, without records, citations or what was cut.
"""

from __future__ import annotations

import argparse
import hashlib
import resource
import sqlite3
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb
import networkx as nx
import numpy as np
import numpy.typing as npt
import pyarrow as pa
from scale_people import made_up_passport

import vetting
from vetting.graph.association import association_graph
from vetting.graph.base_rates import base_rate
from vetting.graph.limits import GraphLimits
from vetting.graph.neighbourhood import neighbourhood
from vetting.graph.picture import graph_svg
from vetting.records.completeness import Completeness
from vetting.records.schemas import ACCOUNTS, IDENTIFIERS, RELATIONS, Batch
from vetting.store.folder import HeldList
from vetting.store.shard import Shard
from vetting.store.writing import write_papers, write_shard

__all__ = ["main"]

_CHUNK = 250_000
_WARMING = 20
_HUB_CAP = 200
_SMALL = (
    1_000_000  # relations of the graph that networkx is given: ten million take more memory than there is
)
_PEERS_ASKED = 20
# Kind, target kind, share of all relations, and how heavy the tail of the targets is.
_KINDS = (
    ("posted_in", "topic", 0.50, 3.0),
    ("messaged", "conversation", 0.15, 1.5),
    ("follows", "account", 0.12, 3.0),
    ("quoted", "account", 0.10, 2.0),
    ("reacted", "account", 0.08, 2.0),
    ("used_ip", "ip", 0.05, 2.5),
)
Numbers = npt.NDArray[np.int64]


def main() -> None:
    """Make the list, or use the one kept, and measure."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--accounts", type=int, default=1_000_000)
    reader.add_argument("--relations", type=int, default=10_000_000)
    reader.add_argument("--ask", type=int, default=200)
    reader.add_argument("--keep", type=Path)
    reader.add_argument("--no-peers", action="store_true")
    given = reader.parse_args()
    with TemporaryDirectory(prefix="vetting-graph-") as temporary:
        folder = (given.keep or Path(temporary)) / f"{given.accounts}x{given.relations}"
        if not (folder / "manifest.json").exists():
            began = time.perf_counter()
            _write(folder, given.accounts, given.relations)
            print(f"written in {time.perf_counter() - began:.0f} s; {_memory()}", flush=True)
        with vetting.ListStore.open(folder) as store:
            _measure(store, given.ask)
            if not given.no_peers:
                _peers(store.shard("scale"), given.ask)


def _write(folder: Path, accounts: int, relations: int) -> None:
    with vetting.ListStore.open(folder) as store, store.new_shard() as incoming:
        name = folder / "made-up.txt"
        name.write_text(f"{accounts} accounts, {relations} relations\n")
        passport = made_up_passport(name)
        write_shard(incoming, _batches(accounts, relations), region="GB")
        report = Completeness(file=name.name, sha256=passport.sha256, size=1, reader="generator")
        write_papers(incoming, passport, report)
        tag = hashlib.sha256(str(folder).encode()).hexdigest()[:8]
        store.admit(
            incoming,
            HeldList(
                id="scale", title="Made up", sha256=passport.sha256, accounts=accounts, folder=f"scale-{tag}"
            ),
        )


def _batches(accounts: int, relations: int) -> Iterator[Batch]:
    for begin in range(0, accounts, _CHUNK):
        numbers = np.arange(begin, min(begin + _CHUNK, accounts)).astype(str).tolist()
        rows = len(numbers)
        records = pa.array([f"members@{number}" for number in numbers])
        none, groups = (
            pa.nulls(rows, ACCOUNTS.field("created_at").type),
            pa.nulls(rows, ACCOUNTS.field("groups").type),
        )
        about = [pa.array(numbers), none, none, pa.nulls(rows, pa.string()), groups, records]
        yield Batch("accounts", pa.RecordBatch.from_arrays(about, schema=ACCOUNTS))
        for kind, form in (("handle", "vorn{}skald"), ("email", "vorn{}@example.org")):
            values = [form.format(number) for number in numbers]
            columns = [
                pa.array(numbers), pa.array([kind] * rows), pa.array(values), pa.nulls(rows, pa.string()),
                pa.array(["current"] * rows), pa.nulls(rows, pa.bool_()), records,
            ]  # fmt: skip
            yield Batch("identifiers", pa.RecordBatch.from_arrays(columns, schema=IDENTIFIERS))
    rng = np.random.default_rng(5)
    who = rng.permutation(accounts)
    places = max(1, accounts // 3)
    for kind, target_kind, share, tail in _KINDS:
        ends = who if target_kind == "account" else rng.permutation(places)
        for begin in range(0, int(relations * share), _CHUNK):
            rows = min(_CHUNK, int(relations * share) - begin)
            sources = who[(accounts * rng.random(rows) ** 2).astype(np.int64)]
            targets = ends[(len(ends) * rng.random(rows) ** tail).astype(np.int64)]
            first = rng.integers(1_300_000_000, 1_500_000_000, rows)
            columns = [
                pa.array([kind] * rows),
                pa.array(sources.astype(str)),
                pa.array([target_kind] * rows),
                pa.array(targets.astype(str)),
                pa.array(first).cast(RELATIONS.field("first").type),
                pa.array(first + rng.integers(0, 10_000_000, rows)).cast(RELATIONS.field("last").type),
                pa.array(np.minimum(rng.zipf(2.0, rows), 10_000).astype(np.int32)),
                pa.nulls(rows, pa.string()),
                pa.array([f"{kind}@{offset}" for offset in range(begin * 90, (begin + rows) * 90, 90)]),
            ]
            yield Batch("relations", pa.RecordBatch.from_arrays(columns, schema=RELATIONS))


def _asked(shard: Shard, number: int) -> Numbers:
    """Accounts, drawn by their relations."""
    rows = np.random.default_rng(6).integers(0, len(shard.neighbours.sources), 4 * number)
    _, places = np.unique(shard.neighbours.sources[rows], return_index=True)
    return shard.neighbours.sources[rows][np.sort(places)][:number].astype(np.int64)


def _measure(store: vetting.ListStore, ask: int) -> None:
    shard = store.shard("scale")
    began = time.perf_counter()
    shard.neighbours.relations(np.arange(1))
    print(f"opened in {1e3 * (time.perf_counter() - began):.0f} ms; {_memory()}")
    _sizes(shard)
    rows = _asked(shard, ask + _WARMING)
    degrees = shard.neighbours.degrees(rows)
    print(f"{len(rows):,} accounts asked for; relations of one: {_numbers(degrees)}")
    for hops in (1, 2):
        sizes = []

        def extract(row: int, hops: int = hops, sizes: list[int] = sizes) -> None:
            sizes.append(len(neighbourhood(shard, row, GraphLimits(hops=hops)).links))

        _timed(f"extraction, {hops} hops", extract, rows.tolist())
        print(f"    relations kept: {_numbers(np.array(sizes))}")
    ids = [shard.account_id(row) for row in rows.tolist()]
    for hops in (1, 2, 3):
        rates = []

        def rate(account: str, hops: int = hops, rates: list[Any] = rates) -> None:
            rates.append(base_rate(shard, account, hops=hops))

        _timed(f"base rate, {hops} steps", rate, ids)
        print(f"    accounts reached: {_numbers(np.array([one.reached for one in rates]))}, "
              f"{sum(not one.complete for one in rates)} of {len(rates)} stopped early")  # fmt: skip
    applicants = [
        vetting.Applicant(id=f"A-{account}", emails=f"vorn{account}@example.org") for account in ids
    ]
    screening = vetting.screen(applicants, store)
    found = {one.applicant_id: one for one in screening.surfaced}
    candidates = [found[one.id] for one in applicants if one.id in found]
    print(f"{len(candidates)} of {len(applicants)} surfaced")
    for hops in (1, 2):
        graphs: list[Any] = []
        _timed(
            f"graph, {hops} hops",
            lambda one, hops=hops, graphs=graphs: graphs.append(
                association_graph(screening, store, candidates=[one], hops=hops)
            ),
            candidates,
        )
        print(f"    nodes: {_numbers(np.array([len(one) for one in graphs]))}")
        _paths(graphs, hops)
        _timed(f"picture, {hops} hops", graph_svg, graphs)
        _dossier(screening, store, candidates, hops)
    print(f"after all: {_memory()}")


def _paths(graphs: list[Any], hops: int) -> None:
    try:
        from vetting.graph.paths import explained_paths
    except ImportError as error:
        print(f"  five best paths: {error.name} is not there, and nothing was measured")
        return

    def asked(graph: Any) -> None:
        source = next(name for name in graph if name.startswith("applicant:"))
        accounts = [name for name in graph if name.startswith("account:")]
        explained_paths(graph, source, accounts[-1], most=5)

    _timed(f"five best paths to the last account, {hops} hops", asked, graphs)


def _dossier(
    screening: vetting.Screening, store: vetting.ListStore, candidates: list[Any], hops: int
) -> None:
    try:
        from vetting.reports.dossier import dossier_html
    except ImportError as error:
        print(f"  whole dossier: {error.name} is not there, and nothing was measured")
        return
    numbers = {id(one): number for number, one in enumerate(screening.candidates, start=1)}
    sizes = []

    def made(candidate: Any) -> None:
        sizes.append(len(dossier_html(screening, store, numbers[id(candidate)], hops=hops).encode()))

    _timed(f"whole dossier, {hops} hops", made, candidates)
    print(f"    kilobytes: {_numbers(np.array(sizes) // 1000)}")


def _peers(shard: Shard, ask: int) -> None:
    walk = shard.neighbours
    rows = _asked(shard, ask + _WARMING).tolist()
    nodes = np.repeat(np.arange(walk.nodes), np.diff(walk.offsets)).astype(np.int32)
    incident = walk.incident
    others = walk.sources[incident] + walk.targets[incident] - nodes
    ends = pa.table({"node": nodes, "rel": incident, "other": others})
    hubs = np.flatnonzero(np.diff(walk.offsets) > _HUB_CAP)
    engine = duckdb.connect()
    engine.register("given", ends)
    engine.execute("CREATE TABLE ends AS SELECT * FROM given ORDER BY node")
    light = sqlite3.connect(":memory:")
    light.execute(
        "CREATE TABLE ends (node INTEGER, rel INTEGER, other INTEGER, PRIMARY KEY (node, rel)) WITHOUT ROWID"
    )
    for part in ends.to_batches(max_chunksize=_CHUNK):
        light.executemany(
            "INSERT INTO ends VALUES (?, ?, ?)", zip(*(c.to_pylist() for c in part), strict=True)
        )
    light.execute("CREATE TABLE hubs (node INTEGER PRIMARY KEY)")
    light.executemany("INSERT INTO hubs VALUES (?)", ((hub,) for hub in hubs.tolist()))
    engine.register("hubs", pa.table({"node": hubs}))
    for hops in (1, 2):
        _timed(
            f"peer, SQLite by frontier, {hops} hops", lambda row, h=hops: _by_frontier(light, row, h), rows
        )
        _timed(
            f"peer, DuckDB by frontier, {hops} hops", lambda row, h=hops: _by_frontier(engine, row, h),
            rows[: _WARMING + _PEERS_ASKED],
        )  # fmt: skip
    small: Any = nx.MultiDiGraph()
    step = max(1, len(walk.sources) // _SMALL)
    chosen = np.arange(0, len(walk.sources), step)
    small.add_edges_from(zip(walk.sources[chosen].tolist(), walk.targets[chosen].tolist(), strict=True))
    print(f"networkx holds {len(chosen):,} of the relations; {_memory()}")
    there = [row for row in rows if row in small][:2]  # each takes tens of seconds
    for hops in (1, 2):
        _timed(f"peer, nx.ego_graph(undirected=True), {hops} hops, hubs followed",
               lambda row, h=hops: nx.ego_graph(small, row, radius=h, undirected=True), there, warming=0)  # fmt: skip


def _by_frontier(engine: Any, start: int, hops: int) -> int:
    """The numbers of relations within some hops, no hub followed; SQL on both sides of a loop."""
    seen, found, frontier = {start}, set(), [start]
    for _ in range(hops):
        listed = ",".join(map(str, frontier))
        answer = engine.execute(
            f"SELECT rel, other FROM ends WHERE node IN ({listed}) "
            f"AND (node = {start} OR node NOT IN (SELECT node FROM hubs))"
        ).fetchall()
        found.update(rel for rel, _ in answer)
        frontier = sorted({other for _, other in answer} - seen)
        seen.update(frontier)
        if not frontier:
            break
    return len(found)


def _timed(what: str, run: Callable[[Any], object], given: list[Any], *, warming: int = _WARMING) -> None:
    wall, cpu = [], []
    for one in given:
        began, used = time.perf_counter(), time.process_time()
        run(one)
        wall.append(1e3 * (time.perf_counter() - began))
        cpu.append(1e3 * (time.process_time() - used))
    wall, cpu = wall[warming:], cpu[warming:]
    if wall:
        print(f"  {what}: wall {_quantiles(wall)}; CPU {_quantiles(cpu)}; {len(wall)} times", flush=True)


def _sizes(shard: Shard) -> None:
    for path in sorted([*(shard.path / "neighbours").iterdir(), shard.path / "relations.parquet"]):
        print(f"  {path.name}: {path.stat().st_size / 1e6:,.0f} MB")


def _quantiles(times: list[float]) -> str:
    return "p50 {:.2f} ms, p95 {:.2f} ms, most {:.2f} ms".format(*np.quantile(times, [0.5, 0.95, 1.0]))


def _numbers(numbers: npt.NDArray[Any]) -> str:
    return "p50 {:,.0f}, p95 {:,.0f}, most {:,.0f}".format(*np.quantile(numbers, [0.5, 0.95, 1.0]))


def _memory() -> str:
    """Own memory, with mapped files, and at the peak."""
    about = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
    own, whole = (int(about[name].split()[0]) / 2**20 for name in ("RssAnon", "VmRSS"))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    return f"memory {own:.2f} GiB, {whole:.2f} with mapped files, {peak:.2f} at the peak"


if __name__ == "__main__":
    main()
