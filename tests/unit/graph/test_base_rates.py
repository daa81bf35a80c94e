from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.small_lists import relation, seed_shard, write_shard
from tests.strategies import relation_lists

from vetting.errors import StoreError
from vetting.graph import base_rates
from vetting.graph.base_rates import BaseRate, base_rate
from vetting.store.shard import Shard


def reference(shard: Shard, *, hops: int, hub_cap: int, kinds: Any) -> int:
    """Other accounts of the list from which a path without a hub on the way leads to account 0."""
    graph: Any = nx.MultiGraph()
    everything: Any = nx.MultiGraph()
    for chosen in (graph, everything):
        chosen.add_nodes_from(range(shard.neighbours.nodes))
    for one in shard.relations.to_pylist():
        ends = one["source_node"], one["target_node"]
        everything.add_edge(*ends)
        if kinds is None or one["kind"] in kinds:
            graph.add_edge(*ends)
    loops = dict.fromkeys(nx.nodes_with_selfloops(everything), 0)
    degree = {
        node: everything.degree(node) - (everything.number_of_edges(node, node) if node in loops else 0)
        for node in everything
    }
    reached = 0
    for account in range(1, shard.size):
        hubs = {node for node in graph if degree[node] > hub_cap and node not in {0, account}}
        lengths = nx.single_source_shortest_path_length(
            nx.restricted_view(graph, hubs, []), account, cutoff=hops
        )
        reached += 0 in lengths
    return reached


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    relations=relation_lists(),
    hops=st.integers(0, 4),
    hub_cap=st.integers(1, 12),
    kinds=st.none() | st.sets(st.sampled_from(["messaged", "posted_in"])),
    broad=st.sampled_from([0, 1, 8]),
)
def test_it_counts_what_networkx_counts(
    tmp_path_factory: pytest.TempPathFactory, relations: Any, hops: Any, hub_cap: Any, kinds: Any, broad: Any
) -> None:
    shard = write_shard(
        tmp_path_factory.mktemp("rates") / "s", dict.fromkeys(["41", "42", "43", "44"], ()), relations
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(base_rates, "_BROAD", broad)  # small lists, and both ways of finding what is new
        found = base_rate(shard, "41", hops=hops, hub_cap=hub_cap, kinds=kinds)
    assert found.complete
    assert found.reached == reference(shard, hops=hops, hub_cap=hub_cap, kinds=kinds)
    assert found.accounts == 4


def test_a_hub_carries_no_path_but_is_an_end_of_one(tmp_path: Path) -> None:
    shard = seed_shard(tmp_path / "s")
    assert base_rate(shard, "41", hops=2).reached == 41 - 1  # all but 139 posted in topic 1
    without = base_rate(shard, "41", hops=2, hub_cap=40)
    assert without.reached == 5  # wrote, follows, quoted: 100 to 104
    busy = base_rate(shard, "97", hops=1, hub_cap=1)
    assert busy.reached == 0


def test_counting_in_pieces_counts_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shard = seed_shard(tmp_path / "s")
    whole = base_rate(shard, "97", hops=4)
    monkeypatch.setattr(base_rates, "_AT_ONCE", 3)
    assert base_rate(shard, "97", hops=4) == whole


def test_counting_that_stops_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shard = seed_shard(tmp_path / "s")
    monkeypatch.setattr(base_rates, "_MOST_READ", 20)
    found = base_rate(shard, "97", hops=4)
    assert not found.complete
    assert found.sentence().startswith("At least 0 of 42 accounts (0 %) have a path of at most 4 steps")
    assert "stopped" in found.sentence()


def test_an_account_that_the_list_does_not_hold_is_refused_without_its_id(tmp_path: Path) -> None:
    shard = write_shard(tmp_path / "s", {"41": []}, [relation("follows", "41", "secret-id")])
    with pytest.raises(StoreError) as refused:
        base_rate(shard, "secret-id", hops=1)
    assert "secret-id" not in str(refused.value)
    assert base_rate(shard, "41", hops=3).reached == 0  # the one followed is not on the list


@pytest.mark.parametrize("wrong", [{"hops": -1}, {"hops": 1, "hub_cap": 0}])
def test_limits_that_cannot_be_are_refused(tmp_path: Path, wrong: Any) -> None:
    with pytest.raises(ValueError, match="must be"):
        base_rate(write_shard(tmp_path / "s", {"41": []}, []), "41", **wrong)


@pytest.mark.parametrize(
    ("reached", "accounts", "share"),
    [
        (0, 10, "0 of 10 accounts (0 %) have"),
        (1, 3, "1 of 3 accounts (33 %) has"),
        (1, 1_000_000, "1 of 1,000,000 accounts (under 0.01 %) has"),
        (999_999, 1_000_000, "999,999 of 1,000,000 accounts (99 %) have"),
        (4_312, 1_000_000, "4,312 of 1,000,000 accounts (0.43 %) have"),
    ],
)
def test_the_sentence_never_rounds_to_none_or_all(reached: int, accounts: int, share: str) -> None:
    rate = BaseRate(hops=1, reached=reached, accounts=accounts, complete=True, account_id="41")
    assert rate.sentence() == f"{share} a path of at most 1 step to account 41."


def test_hidden_characters_of_an_id_are_made_visible() -> None:
    rate = BaseRate(hops=1, reached=0, accounts=1, complete=True, account_id="4\u202e1")
    assert "4<U+202E>1" in rate.sentence()
