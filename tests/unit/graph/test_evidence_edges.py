from typing import Any

import pytest
from attrs import evolve
from tests.small_lists import FakeStore, evidence, screening, seed_candidate, seed_shard

from vetting.graph.association import association_graph
from vetting.graph.evidence_edges import evidence_edges


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Any:
    return FakeStore(seed_shard(tmp_path_factory.mktemp("lists") / "seed"))


def test_each_counted_piece_draws_what_was_given_and_what_agrees(store: Any) -> None:
    candidate = seed_candidate()
    edges = evidence_edges(association_graph(screening(), store, candidates=[candidate]), candidate)
    assert sorted((key.split(":")[0], sorted(places)) for key, places in edges.items()) == [
        ("declared", [0]),
        ("declared", [1]),
        ("same_email", [0]),
        ("similar_handle", [1]),
    ]


def test_two_pieces_with_one_value_share_what_was_given(store: Any) -> None:
    one = evidence("handle", "exact", 9.0, applicant_value="Quill", listed_value="quill", group="a")
    two = evidence("handle", "close", 4.0, applicant_value="quill", listed_value="quill_", group="b")
    candidate = evolve(seed_candidate(), evidence=(one, two))
    edges = evidence_edges(association_graph(screening(candidate), store), candidate)
    assert {key.split(":")[0]: sorted(places) for key, places in edges.items()} == {
        "declared": [0, 1],
        "same_handle": [0],
        "similar_handle": [1],
    }


def test_invisible_letters_do_not_hide_an_edge(store: Any) -> None:
    odd = evidence("handle", "exact", 9.0, applicant_value="ab\u202ecd", listed_value="abcd")
    candidate = evolve(seed_candidate(), evidence=(odd,))
    assert len(evidence_edges(association_graph(screening(candidate), store), candidate)) == 2


def test_another_candidates_edges_are_not_there(store: Any) -> None:
    other = evolve(seed_candidate(), applicant_id="A-18")
    graph = association_graph(screening(seed_candidate(), other), store)
    assert all("A-17" in key or "A-18" not in key for key in evidence_edges(graph, seed_candidate()))
