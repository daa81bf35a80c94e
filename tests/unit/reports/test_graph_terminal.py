from __future__ import annotations

import io
from typing import Any

import pytest
from attrs import evolve
from rich.console import Console
from tests.small_lists import FakeStore, evidence, screening, seed_candidate, seed_shard

from vetting.graph.association import association_graph
from vetting.reports.graph_terminal import print_graph


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Any:
    return FakeStore(seed_shard(tmp_path_factory.mktemp("lists") / "seed"))


def printed(graph: Any, width: int, **options: Any) -> str:
    out = io.StringIO()
    print_graph(graph, console=Console(file=out, width=width, color_system=None), **options)
    return out.getvalue()


@pytest.mark.parametrize("width", [40, 80, 200])
def test_every_edge_is_a_row_under_its_class(store: Any, width: int) -> None:
    graph = association_graph(screening(), store, candidates=[seed_candidate()])
    text = printed(graph, width)
    assert all(len(line) <= width for line in text.splitlines())
    identity, _, association = text.partition("Associations:")
    flat = "".join(association.split())
    for _, _, edge in graph.edges(data=True):
        record = edge["record"]
        if width == 200:
            assert record in (identity if edge["edge_class"] == "identity" else association)
    assert "wroteprivatelyto×12" in flat
    assert "Leftout:1accountisnamedbyrelations" in flat


def test_what_is_not_printed_is_counted(store: Any) -> None:
    graph = association_graph(screening(), store, candidates=[seed_candidate()])
    text = printed(graph, 200, most=4)
    assert "35 further edges of this class not printed." in text
    assert text.count("core_relations@") == 4


def test_a_graph_without_associations_says_so(store: Any) -> None:
    text = printed(association_graph(screening(), store, hops=0), 120)
    assert "no evidence of identity: none." in " ".join(text.split())


def test_hostile_labels_are_text(store: Any) -> None:
    odd = "[red]x[/red]\x1b[2J\u202e" + "花" * 70
    item = evidence("handle", "exact", 9.0, applicant_value=odd, listed_value=odd)
    text = printed(association_graph(screening(evolve(seed_candidate(), evidence=(item,))), store), 40)
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert "[red]x[/red]<U+001B>[2J<U+202E>" in "".join(text.split())
    assert text.count("花") >= 70 * 2
