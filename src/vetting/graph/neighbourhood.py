"""What is near an account: relations read from a shard's neighbour arrays, without its whole graph."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from attrs import frozen

from vetting.graph.kinds import association_kind
from vetting.records.accounts import Relation
from vetting.store.shard import Shard

__all__ = ["Link", "Neighbourhood", "neighbourhood"]

MOST_RELATIONS = 2_000  # shown around one candidate; beyond it nobody reads, and pages grow without use


@frozen
class Link:
    """One relation with the numbers of its two nodes.

    Attributes:
        row: Its row in the shard's relations.
        source: Node number of its start.
        target: Node number of its end.
        relation: The record.
    """

    row: int
    source: int
    target: int
    relation: Relation


@frozen(kw_only=True)
class Neighbourhood:
    """The relations around one account.

    Attributes:
        links: By row.
        distance: Node number -> hops from the account, 0 for itself.
        left_out: Kind of relation -> relations of the account itself beyond the hub cap.
        beyond: Relations further out that were left out since there were too many in all.
    """

    links: tuple[Link, ...]
    distance: dict[int, int]
    left_out: dict[str, int]
    beyond: int


def neighbourhood(shard: Shard, start: int, *, hops: int, hub_cap: int) -> Neighbourhood:
    """Collect the relations within some hops of an account.

    A node with more relations than the cap is reached but not followed, since a welcome topic or a shared
    address connects everybody with everybody. The account itself is always followed: of more relations
    than the cap, those of the most telling kinds and then of the largest weight are kept.

    Args:
        shard: The list.
        start: Number of the account's node.
        hops: How far, 0 or more.
        hub_cap: Most relations of a node that is followed.

    Returns:
        The relations, in row order.

    Cost:
        Proportional to the relations of the nodes followed; one with 900,000 takes some 50 ms.
    """
    rows: dict[int, None] = {}
    distance = {start: 0}
    left_out: dict[str, int] = {}
    beyond = 0
    frontier = [start]
    for hop in range(1, hops + 1):
        reached: list[int] = []
        for node in frontier:
            here = _once(shard.relation_rows(node))
            if len(here) > hub_cap:
                if node != start:
                    continue
                here, left_out = _most_telling(shard, here, hub_cap)
            fresh = [row for row in here.tolist() if row not in rows]
            room = MOST_RELATIONS - len(rows) if hop > 1 else len(fresh)
            beyond += max(0, len(fresh) - room)
            rows.update(dict.fromkeys(fresh[:room]))
            for _, source, target in _ends(shard, fresh[:room]):
                for other in (source, target):
                    if other not in distance:
                        distance[other] = hop
                        reached.append(other)
        frontier = sorted(reached)
    return Neighbourhood(
        links=tuple(_links(shard, sorted(rows))), distance=distance, left_out=left_out, beyond=beyond
    )


def _once(rows: npt.NDArray[np.int32]) -> npt.NDArray[np.int32]:
    """Drop the repeats in ascending rows: a relation of a node with itself may be there twice."""
    return rows if len(rows) < 2 else rows[np.concatenate(([True], rows[1:] != rows[:-1]))]


def _most_telling(
    shard: Shard, rows: npt.NDArray[np.int32], most: int
) -> tuple[npt.NDArray[np.int32], dict[str, int]]:
    """Keep the rows of the first kinds and largest weights; count the others by kind."""
    columns = shard.relations.select(["kind", "weight"]).take(pa.array(rows)).combine_chunks()
    coded = columns["kind"].combine_chunks().dictionary_encode()
    if isinstance(coded, pa.ChunkedArray):
        coded = coded.combine_chunks()
    names = [str(name) for name in coded.dictionary.to_pylist()]
    codes = coded.indices.to_numpy(zero_copy_only=False)
    priority = np.array([association_kind(name).priority for name in names], np.int64)[codes]
    weight = columns["weight"].to_numpy().astype(np.int64)
    kept = np.lexsort((rows, -weight, priority))[:most]
    counts = Counter(codes.tolist()) - Counter(codes[kept].tolist())
    return rows[kept], {
        names[code]: number for code, number in sorted(counts.items(), key=lambda c: names[c[0]])
    }


def _ends(shard: Shard, rows: list[int]) -> Iterator[tuple[int, int, int]]:
    if not rows:
        return
    ends = shard.relations.select(["source_node", "target_node"]).take(pa.array(rows, pa.int32()))
    yield from zip(rows, ends["source_node"].to_pylist(), ends["target_node"].to_pylist(), strict=True)


def _links(shard: Shard, rows: list[int]) -> Iterator[Link]:
    relations = shard.relations_at(np.array(rows, np.int32)) if rows else []
    for (row, source, target), relation in zip(_ends(shard, rows), relations, strict=True):
        yield Link(row, source, target, relation)
