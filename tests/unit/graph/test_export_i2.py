import csv
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import HealthCheck, given, settings
from tests.small_lists import FakeStore, screening, seed_shard
from tests.strategies import hostile_graphs

from vetting.errors import InputError
from vetting.graph.association import association_graph
from vetting.graph.export import graph_text, graph_texts, read_graph, write_graph

COMPUTED = tuple("=+-@\t\r\uff1d\uff0b\uff0d\uff20")


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Any:
    store = FakeStore(seed_shard(tmp_path_factory.mktemp("lists") / "seed"))
    return association_graph(screening(), store, hops=2, hub_cap=30)


# -- the pair of tables --------------------------------------------------------------------------------


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(graph=hostile_graphs())
def test_no_cell_is_computed_and_a_record_is_a_line(graph: Any) -> None:
    for text in graph_texts(graph, ".csv").values():
        assert text.startswith("\ufeff")
        lines = text.removeprefix("\ufeff").split("\r\n")
        assert lines.pop() == ""
        rows = [next(csv.reader([line], strict=True)) for line in lines]
        assert len({len(row) for row in rows}) == 1
        assert not [cell for row in rows for cell in row if cell.lstrip().startswith(COMPUTED)]
        assert all(len(line.splitlines()) == 1 for line in lines)


def test_either_file_names_the_pair(graph: Any, tmp_path: Path) -> None:
    written = write_graph(graph, tmp_path / "one.v2.csv")
    assert {path.name for path in written} == {"one.v2.entities.csv", "one.v2.links.csv"}
    for name in ("one.v2.csv", "one.v2.entities.csv", "one.v2.links.csv"):
        assert set(read_graph(tmp_path / name)) == set(graph)
    again = write_graph(graph, tmp_path / "one.v2.links.csv")  # no third and fourth file
    assert set(again) == set(written)


def test_two_files_that_do_not_belong_together_are_refused(graph: Any, tmp_path: Path) -> None:
    import networkx as nx

    write_graph(graph, tmp_path / "g.csv")
    smaller: Any = nx.MultiDiGraph(graph)
    smaller.remove_edge(*next(iter(smaller.edges(keys=True))))
    write_graph(smaller, tmp_path / "h.csv")
    (tmp_path / "h.links.csv").replace(tmp_path / "g.links.csv")
    with pytest.raises(InputError, match="whole graph"):
        read_graph(tmp_path / "g.csv")


def test_a_pair_is_no_single_text(graph: Any) -> None:
    with pytest.raises(InputError, match="two files"):
        graph_text(graph, ".csv")


# -- the chart -----------------------------------------------------------------------------------------


def test_links_are_solid_dashed_or_dotted_as_they_are_strong(graph: Any) -> None:
    root = ET.fromstring(graph_text(graph, ".anx").encode())
    dots = {one.attrib["Id"]: one.attrib["DotStyle"] for one in root.iter("Strength")}
    said = {"confirmed": "DotStyleSolid", "unconfirmed": "DotStyleDashed", "tentative": "DotStyleDotted"}
    strengths = {key: data["strength"] for *_, key, data in graph.edges(keys=True, data=True)}
    drawn = {}
    for item in root.iter("ChartItem"):
        style = item.find("Link/LinkStyle")
        if style is not None:
            own = {one.attrib["AttributeClass"]: one.attrib["Value"] for one in item.iter("Attribute")}
            drawn[own["key"]] = dots[style.attrib["StrengthReference"]]
    assert drawn == {key: said[strength] for key, strength in strengths.items()}
    assert len(set(drawn.values())) >= 2


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(graph=hostile_graphs())
def test_a_chart_of_hostile_texts_is_well_formed_and_refers_only_to_what_it_has(graph: Any) -> None:
    root = ET.fromstring(graph_text(graph, ".anx").encode())
    entities = {one.attrib["EntityId"] for one in root.iter("Entity")}
    assert len(entities) == len(graph) + 1
    kinds = {one.attrib["Name"] for one in root.iter("LinkType")}
    types = {one.attrib["Name"] for one in root.iter("EntityType")}
    for link in root.iter("Link"):
        assert {link.attrib["End1Id"], link.attrib["End2Id"]} <= entities
    assert {one.attrib["Type"] for one in root.iter("LinkStyle")} == kinds
    assert {one.attrib["Type"] for one in root.iter("IconStyle")} <= types
    assert len([one.attrib["Id"] for one in root.iter() if "Id" in one.attrib]) == len(
        {one.attrib["Id"] for one in root.iter() if "Id" in one.attrib}
    )
