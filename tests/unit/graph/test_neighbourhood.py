import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import networkx as nx
import numpy as np
import pyarrow as pa
import pytest
from attrs import evolve
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.holdings import write_list
from tests.small_lists import FakeStore, passport, relation, screening, seed_candidate, write_shard
from tests.strategies import relation_lists

from vetting.graph.association import association_graph
from vetting.graph.cuts import cut_sentences
from vetting.graph.kinds import ASSOCIATION_KINDS, IDENTITY_KINDS, association_kind
from vetting.graph.limits import GraphLimits
from vetting.graph.neighbourhood import MOST_RELATIONS, neighbourhood
from vetting.records.schemas import ACCOUNTS, RELATIONS, Batch
from vetting.store.shard import Shard

BUSY = 900_000


def busy_list() -> Iterator[Batch]:
    """One account with very many relations to few topics, among them one message and a loop."""
    rows = [{"account_id": account, "record": "row@1"} for account in ("0", "1")]
    yield Batch("accounts", pa.RecordBatch.from_pylist(rows, ACCOUNTS))
    numbers = np.arange(BUSY)
    kinds, target_kinds = ["posted_in"] * BUSY, ["topic"] * BUSY
    targets = (numbers % 5_000).astype(str).astype(object)
    kinds[-1], target_kinds[-1], targets[-1] = "messaged", "account", "1"
    kinds[0], target_kinds[0], targets[0] = "quoted", "account", "0"
    columns = [
        kinds,
        ["0"] * BUSY,
        target_kinds,
        targets,
        *(pa.nulls(BUSY, RELATIONS.field(name).type) for name in ("first", "last")),
        pa.array(numbers % 1000 + 1, pa.int32()),
        pa.nulls(BUSY, pa.string()),
        ["row@1"] * BUSY,
    ]
    yield Batch("relations", pa.RecordBatch.from_arrays([pa.array(c) for c in columns], schema=RELATIONS))


@pytest.fixture(scope="module")
def busy(tmp_path_factory: pytest.TempPathFactory) -> Shard:
    folder = tmp_path_factory.mktemp("busy")
    write_list(folder, busy_list(), passport())
    return Shard(folder)


def test_an_account_with_very_many_relations_gives_few_quickly(busy: Shard) -> None:
    shard = busy
    assert shard.degree(0) == BUSY
    start = time.process_time()
    near = neighbourhood(shard, 0, GraphLimits(hops=2))
    assert time.process_time() - start < 3.0
    assert len(near.links) == 200
    assert [link.relation.kind for link in near.links if link.row in {0, BUSY - 1}] == ["quoted", "messaged"]
    assert near.cut.beyond_cap == {"posted_in": BUSY - 200}
    assert near.hubs == ()  # each topic has 180 relations; all of them were met at the account
    assert set(near.distance.values()) == {0, 1}


def test_its_graph_is_small_and_says_what_is_left_out(busy: Shard) -> None:
    run = screening(evolve(seed_candidate(), account_id="0"))
    graph = association_graph(run, FakeStore(busy), hops=2)
    assert len(graph) < 220
    assert (
        "Account 0 on list thornwood-2019 has 900,000 relations; 200 are shown. "
        "Left out: 899,800 of the kind “posted in”."
    ) in graph.graph["left_out"]


@pytest.mark.parametrize("catalogue", [ASSOCIATION_KINDS, IDENTITY_KINDS])
def test_every_kind_says_what_it_does_not_mean(catalogue: Any) -> None:
    for name, kind in catalogue.items():
        assert name == kind.name
        assert kind.means.endswith(".")
        assert kind.does_not_mean.endswith(".")


def chain(folder: Path) -> Shard:
    """41 - topic 1 - 42 - 43, with dates; a relation of 43 with 41 has none."""
    return write_shard(
        folder,
        {"41": [], "42": [], "43": []},
        [
            relation("posted_in", "41", "topic:1", first="2012-01-01T00:00:00", last="2013-12-31T00:00:00"),
            relation("posted_in", "42", "topic:1", first="2014-06-01T00:00:00"),
            relation("messaged", "42", "43", last="2016-01-01T00:00:00"),
            relation("follows", "43", "41"),
        ],
    )


def sentences(shard: Shard, limits: GraphLimits) -> list[str]:
    return list(cut_sentences(neighbourhood(shard, 0, limits), shard, "41", limits))


def test_only_the_kinds_asked_for_are_followed_and_the_others_are_named(tmp_path: Path) -> None:
    shard = chain(tmp_path / "s")
    limits = GraphLimits(hops=3, kinds=["posted_in"])
    near = neighbourhood(shard, 0, limits)
    assert [link.row for link in near.links] == [0, 1]
    assert near.cut.other_kinds == {"follows": 1, "messaged": 1}
    assert sentences(shard, limits) == [
        (
            "2 relations are left out around account 41 on list thornwood-2019, for only some kinds were asked for: "
            "1 of the kind “follows” and 1 of the kind “wrote privately to”."
        )
    ]


def test_a_kind_that_the_list_does_not_have_is_named(tmp_path: Path) -> None:
    told = sentences(chain(tmp_path / "s"), GraphLimits(kinds=["freind"]))
    assert "records no relation of the kind “freind”" in told[-1]


@pytest.mark.parametrize(
    ("since", "until", "shown"),
    [
        ("2012", "2012-06", [0]),  # within its first and last
        ("2014", "", []),  # ended the day before
        ("2013-12-31", "", [0, 1, 2]),
        ("", "2014-05-31", [0]),  # its one date is the day after
        ("", "2014-06-01", [0, 1]),
        ("2012", "2016", [0, 1, 2]),
    ],
)
def test_a_relation_counts_when_it_overlaps_the_time(
    tmp_path: Path, since: str, until: str, shown: Any
) -> None:
    near = neighbourhood(chain(tmp_path / "s"), 0, GraphLimits(hops=3, since=since, until=until))
    assert [link.row for link in near.links] == shown
    assert near.cut.undated == {"follows": 1}


def test_relations_without_a_date_are_counted_where_a_time_is_asked_for(tmp_path: Path) -> None:
    told = sentences(chain(tmp_path / "s"), GraphLimits(since="2015", until="2016"))
    assert told == [
        (
            "1 relation is left out around account 41 on list thornwood-2019, for only the time from 2015 to 2016 was "
            "asked for: 1 of the kind “posted in”."
        ),
        (
            "1 relation is left out around account 41 on list thornwood-2019, for the list has no date of theirs, and "
            "nobody can say whether they were in the time from 2015 to 2016: 1 of the kind “follows”."
        ),
    ]


def test_too_many_relations_further_out_are_counted_by_kind_and_the_telling_ones_kept(tmp_path: Path) -> None:
    others = [str(number) for number in range(100, 120)]
    relations = [relation("follows", "41", other) for other in others]
    relations += [
        relation("posted_in", other, f"topic:{other}-{number}") for other in others for number in range(150)
    ]
    relations += [relation("messaged", other, "conversation:9") for other in others]
    shard = write_shard(tmp_path / "s", dict.fromkeys(["41", *others], ()), relations)
    limits = GraphLimits(hops=2)
    near = neighbourhood(shard, 0, limits)
    assert len(near.links) == MOST_RELATIONS
    assert Counter(link.relation.kind for link in near.links)["messaged"] == 20
    assert near.cut.beyond_total == {"posted_in": 20 + 3_000 + 20 - MOST_RELATIONS}
    assert "2,040 of the kind “posted in”" in sentences(shard, limits)[0]


def reference(shard: Shard, limits: GraphLimits) -> tuple[set[int], dict[int, int]]:
    """Relations within some hops as networkx has them: breadth first, no hub followed, the kinds asked for."""
    graph: Any = nx.MultiGraph()
    graph.add_nodes_from(range(shard.neighbours.nodes))
    everything = zip(shard.relations.to_pylist(), range(shard.relations.num_rows), strict=True)
    degree: Counter[int] = Counter()
    for one, row in everything:
        degree.update({one["source_node"], one["target_node"]})
        if limits.kinds is None or one["kind"] in limits.kinds:
            graph.add_edge(one["source_node"], one["target_node"], key=row)
    walked: Any = nx.DiGraph()
    for one, other in {(a, b) for a, b, _ in graph.edges(keys=True)}:
        for start, end in ((one, other), (other, one)):
            if start == 0 or degree[start] <= limits.hub_cap:
                walked.add_edge(start, end)
    walked.add_node(0)
    distance = nx.single_source_shortest_path_length(walked, 0, cutoff=limits.hops)
    followed = {
        node
        for node, far in distance.items()
        if far < limits.hops and (node == 0 or degree[node] <= limits.hub_cap)
    }
    return {row for one, other, row in graph.edges(keys=True) if {one, other} & followed}, dict(distance)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    relations=relation_lists(),
    hops=st.integers(0, 4),
    hub_cap=st.integers(1, 12),
    kinds=st.none() | st.sets(st.sampled_from(["messaged", "posted_in", "gave_badge"])),
    window=st.sampled_from(["", "2013", "2016"]),
)
def test_it_agrees_with_networkx_and_every_relation_met_is_shown_or_counted(
    tmp_path_factory: pytest.TempPathFactory, relations: Any, hops: Any, hub_cap: Any, kinds: Any, window: Any
) -> None:
    shard = write_shard(
        tmp_path_factory.mktemp("near") / "s", dict.fromkeys(["41", "42", "43", "44"], ()), relations
    )
    limits = GraphLimits(hops=hops, hub_cap=hub_cap, kinds=kinds)
    near = neighbourhood(shard, 0, limits)
    rows, distance = reference(shard, limits)
    if not near.cut.beyond_cap:
        assert {link.row for link in near.links} == rows
        assert near.distance == distance
    if hops == 1:
        assert len(near.links) + sum(near.cut.beyond_cap.values()) == len(rows)
        assert len(near.links) + sum(near.cut.beyond_cap.values()) + sum(near.cut.other_kinds.values()) == (
            shard.degree(0)
        )
    if window:
        dated = neighbourhood(
            shard, 0, GraphLimits(hops=min(hops, 1), hub_cap=99, since=window, until=window)
        )
        for link in dated.links:
            known = [one for one in (link.relation.first, link.relation.last) if one]
            assert min(known)[:4] <= window <= max(known)[:4]
        lost = [dated.cut.other_times, dated.cut.undated]
        assert len(dated.links) + sum(sum(one.values()) for one in lost) == (shard.degree(0) if hops else 0)


def test_what_is_kept_first_is_what_tells_most() -> None:
    assert association_kind("messaged").priority < association_kind("posted_in").priority
    assert association_kind("posted_in").priority < association_kind("gave_badge").priority
