import json
from typing import Any

import pytest
from tests.small_lists import FakeStore, screening, seed_candidate, seed_shard

from vetting.graph.association import association_graph
from vetting.graph.elements import graph_elements
from vetting.graph.evidence_edges import evidence_edges
from vetting.graph.layout import lay_out


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Any:
    store = FakeStore(seed_shard(tmp_path_factory.mktemp("lists") / "seed"))
    return association_graph(screening(), store, candidates=[seed_candidate()])


def test_nodes_have_the_places_of_the_picture(graph: Any) -> None:
    elements = graph_elements(graph)
    placed = [one for one in elements if "position" in one]
    boxes = [box for box in lay_out(graph, most=200).boxes if box.name]
    assert [one["position"] for one in placed] == [
        {"x": box.x + box.width / 2, "y": box.y + box.height / 2} for box in boxes
    ]
    assert placed[0]["data"]["whole"] == "Applicant A-17"


def test_every_edge_joins_nodes_that_are_there_and_cites_its_record(graph: Any) -> None:
    elements = graph_elements(graph, evidence=evidence_edges(graph, seed_candidate()))
    ids = {one["data"]["id"] for one in elements if "position" in one}
    edges = [one["data"] for one in elements if "position" not in one]
    assert len(edges) == sum(source != target for source, target in graph.edges())
    assert {end for edge in edges for end in (edge["source"], edge["target"])} <= ids
    assert sum(bool(edge["evidence"]) for edge in edges) == 4
    assert any(edge["record"].startswith("thornwood-2019:core_relations@") for edge in edges)


def test_it_is_plain_data_without_any_value_as_an_id(graph: Any) -> None:
    elements = graph_elements(graph)
    assert json.loads(json.dumps(elements)) == elements
    ids = [one["data"]["id"] for one in elements]
    assert len(ids) == len(set(ids))
    assert all(name[0] in "ne" and name[1:].isdecimal() for name in ids)
