from __future__ import annotations

import copy
import pickle
import re
import subprocess
import sys
from base64 import b64decode
from html import unescape
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import networkx as nx
import pytest
from attrs import evolve
from tests.small_lists import LIST_ID, FakeStore, evidence, screening, seed_candidate, seed_shard

from vetting.graph import read_graph, write_graph
from vetting.graph.association import association_graph
from vetting.graph.pictured import AssociationGraph

ACCOUNT = f"account:{LIST_ID}:41"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Any:
    return FakeStore(seed_shard(tmp_path_factory.mktemp("lists") / "seed"))


@pytest.fixture(scope="module")
def graph(store: Any) -> AssociationGraph:
    return association_graph(screening(), store, candidates=[seed_candidate()])


def pictures(html: str) -> list[ET.Element]:
    return [ET.fromstring(b64decode(data)) for data in re.findall(r"base64,([^\"]*)\"", html)]


def test_it_is_a_graph_of_networkx_with_a_picture_and_a_card(graph: AssociationGraph) -> None:
    assert isinstance(graph, nx.MultiDiGraph)
    assert type(graph) is AssociationGraph
    html = graph._repr_html_()
    assert html
    assert re.sub(r"<img [^>]*>", "", html) == "<br>"
    picture, card = pictures(html)
    assert "vornskald77" in "".join(picture.itertext())
    assert "Left out: 1 account is named by relations" in " ".join("".join(card.itertext()).split())


def test_a_copy_may_be_changed_and_the_graph_may_not(graph: AssociationGraph) -> None:
    mine = graph.copy()
    assert type(mine) is AssociationGraph
    assert not nx.is_frozen(mine)
    mine.remove_node(f"topic:{LIST_ID}:30")
    assert mine._repr_html_()
    assert f"topic:{LIST_ID}:30" in graph
    with pytest.raises(nx.NetworkXError):
        graph.remove_node(ACCOUNT)


@pytest.mark.parametrize(
    "made_again", [copy.copy, copy.deepcopy, lambda one: pickle.loads(pickle.dumps(one))]
)
def test_what_is_kept_or_sent_elsewhere_is_the_same_and_still_frozen(
    graph: AssociationGraph, made_again: Any
) -> None:
    again = made_again(graph)
    assert type(again) is AssociationGraph
    assert nx.is_frozen(again)
    assert list(again.edges(keys=True, data=True)) == list(graph.edges(keys=True, data=True))
    assert again.graph == graph.graph
    assert again._repr_html_() == graph._repr_html_()


def test_a_pickle_is_read_where_nothing_was_imported(graph: AssociationGraph, tmp_path: Path) -> None:
    (tmp_path / "graph.pickle").write_bytes(pickle.dumps(graph))
    program = "import pickle, sys; print(pickle.load(open(sys.argv[1], 'rb')).number_of_edges())"
    done = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path / "graph.pickle")],
        capture_output=True,
        text=True,
        check=True,
    )
    assert int(done.stdout) == graph.number_of_edges()


def test_networkx_is_not_loaded_before_a_graph_is_made() -> None:
    program = "import sys, vetting.graph, vetting.reports.graph_terminal; print('networkx' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_a_part_of_it_has_a_picture_of_the_part(graph: AssociationGraph) -> None:
    part = graph.subgraph(["applicant:A-17", "identifier:email:1", ACCOUNT])
    assert part._repr_html_()
    words = "".join(pictures(part._repr_html_() or "")[0].itertext())
    assert "quillmere@example.org" in words
    assert "Topic" not in words
    near = nx.ego_graph(graph, ACCOUNT, undirected=True)
    assert type(near) is AssociationGraph
    assert near._repr_html_()
    assert AssociationGraph()._repr_html_()


def test_other_classes_of_networkx_are_made_from_it_as_from_any_graph(graph: AssociationGraph) -> None:
    assert type(graph.to_undirected()) is nx.MultiGraph
    assert type(nx.MultiDiGraph(graph)) is nx.MultiDiGraph
    assert nx.MultiDiGraph(graph).number_of_edges() == graph.number_of_edges()
    assert nx.has_path(graph, "applicant:A-17", ACCOUNT)
    assert nx.is_isomorphic(graph, graph.copy())
    assert nx.number_weakly_connected_components(graph) == 1


def test_what_cannot_be_drawn_as_it_is_meant_has_no_picture(graph: AssociationGraph) -> None:
    strange = graph.copy()
    strange.add_node("my own")
    assert strange._repr_html_() is None
    joined = graph.copy()
    joined.add_edge("applicant:A-17", ACCOUNT)
    assert joined._repr_html_() is None
    assert graph.reverse()._repr_html_() is None
    assert graph.reverse(copy=False)._repr_html_() is None


def test_one_that_was_read_back_has_the_same_picture(graph: AssociationGraph, tmp_path: Path) -> None:
    write_graph(graph, tmp_path / "graph.json")
    assert read_graph(tmp_path / "graph.json")._repr_html_() == graph._repr_html_()


def test_what_the_picture_shortens_is_whole_under_it(store: Any) -> None:
    long = "vornskald_" * 12 + "<b>\u202e"
    item = evidence("handle", "exact", 9.0, applicant_value=long, listed_value=long)
    candidate = evolve(seed_candidate(), evidence=(item,))
    html = association_graph(screening(candidate), store)._repr_html_() or ""
    card = "".join(pictures(html)[1].itertext())
    assert "vornskald_" * 12 + "<b><U+202E>" in re.sub(r"\s", "", card)
    assert "<b>" not in re.sub(r'alt="[^"]*"', "", html)
    assert "<U+202E>" in unescape(html)
