from typing import Any
from xml.etree import ElementTree as ET

import pytest
from attrs import evolve
from tests.small_lists import FakeStore, evidence, screening, seed_candidate, seed_shard

from vetting.graph.association import association_graph
from vetting.graph.evidence_edges import evidence_edges
from vetting.graph.layout import lay_out, shortened, text_width
from vetting.graph.picture import graph_svg, graph_words

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Any:
    return FakeStore(seed_shard(tmp_path_factory.mktemp("lists") / "seed"))


@pytest.fixture(scope="module")
def graph(store: Any) -> Any:
    return association_graph(screening(), store, candidates=[seed_candidate()])


def texts(svg: Any) -> Any:
    return [element.text for element in ET.fromstring(svg).iter(f"{SVG}text")]


def test_columns_run_from_the_applicant_to_the_associations(graph: Any) -> None:
    layout = lay_out(graph, most=24)
    column = {box.name: box.x for box in layout.boxes}
    assert column["applicant:A-17"] < column["identifier:email:1"] < column["account:thornwood-2019:41"]
    assert column["account:thornwood-2019:41"] < column["conversation:thornwood-2019:3"]


@pytest.mark.parametrize("hops", [1, 2])
def test_no_two_boxes_overlap_and_all_lie_inside(store: Any, hops: Any) -> None:
    layout = lay_out(association_graph(screening(), store, hops=hops), most=24)
    for number, one in enumerate(layout.boxes):
        assert one.x >= 0
        assert one.x + one.width <= layout.width
        assert one.y + one.height <= layout.height
        for other in layout.boxes[number + 1 :]:
            apart = one.x + one.width <= other.x or other.x + other.width <= one.x
            assert apart or one.y + one.height <= other.y or other.y + other.height <= one.y


@pytest.mark.parametrize("most", [0, 3, 10, 24])
def test_what_is_not_drawn_is_counted(graph: Any, most: Any) -> None:
    layout = lay_out(graph, most=most)
    drawn = [
        box for box in layout.boxes if box.name and box.kind in {"account", "topic", "conversation", "ip"}
    ]
    assert len(drawn) == most
    assert len(drawn) + layout.not_drawn == sum(node["step"] >= 3 for _, node in graph.nodes(data=True))


def test_topics_beyond_the_limit_are_one_line(graph: Any) -> None:
    assert "and 24 more topics" in texts(graph_svg(graph, most=14))


def test_every_group_is_in_the_picture_before_one_fills_it(graph: Any) -> None:
    shown = texts(graph_svg(graph, most=5))
    assert {"Private messages", "Follows", "Quotations", "Topics posted in", "Internet addresses"} <= set(
        shown
    )
    assert any(text.startswith("Internet address 203.") for text in shown)


def test_strength_is_the_line_style(graph: Any) -> None:
    paths = [p.attrib for p in ET.fromstring(graph_svg(graph)).iter(f"{SVG}path") if len(p)]
    identity = [p for p in paths if p["stroke-width"] == "2.6"]
    assert [p.get("stroke-dasharray") for p in identity].count(
        None
    ) == 2  # what the applicant gave is confirmed
    assert [p.get("stroke-dasharray") for p in identity].count("7 4") == 2
    assert {p.get("stroke-dasharray") for p in paths if p["stroke-width"] == "1.2"} == {"7 4"}


def test_hubs_are_grey_at_the_edge_of_their_group(store: Any) -> None:
    graph = association_graph(screening(), store, hub_cap=40)
    svg = graph_svg(graph)
    assert "hub: 41 relations, not followed" in svg
    assert 'fill="#e9ebee"' in svg
    boxes = lay_out(graph, most=24).boxes
    (hub,) = [place for place, box in enumerate(boxes) if box.hub]
    assert boxes[hub - 1].name.startswith("topic:")
    assert not boxes[hub + 1].name.startswith("topic:")


def test_it_has_a_text_alternative_and_no_script_or_link(graph: Any) -> None:
    root = ET.fromstring(graph_svg(graph))
    assert root.attrib["role"] == "group"  # the contents of an image are hidden from a screen reader
    assert ET.fromstring(graph_svg(graph, focusable=False)).attrib["role"] == "img"
    assert root.findtext(f"{SVG}desc") == graph_words(graph)
    tags = {element.tag.removeprefix(SVG) for element in root.iter()}
    assert tags <= {"svg", "title", "desc", "rect", "path", "g", "text", "style"}
    assert not any("href" in name for element in root.iter() for name in element.attrib)


def test_a_long_label_is_shortened_and_whole_in_its_title(store: Any) -> None:
    long = "quillmere." * 9 + "@example.org"
    item = evidence("email", "exact", 20.0, applicant_value=long, listed_value=long)
    svg = graph_svg(association_graph(screening(evolve(seed_candidate(), evidence=(item,))), store))
    assert long not in texts(svg)
    assert any((element.text or "").startswith(long) for element in ET.fromstring(svg).iter(f"{SVG}title"))
    (drawn,) = (text for text in texts(svg) if text.startswith("quillmere.") and text.endswith("…"))
    assert text_width(drawn, 14, bold=True) <= 214


@pytest.mark.parametrize("text", ["", "a", "ｗｉｄｅ" * 20, "e\u0301" * 50, "WWWW" * 30])
def test_shortened_fits_and_keeps_the_start(text: Any) -> None:
    short = shortened(text, 100, 14)
    assert text_width(short, 14) <= 100 + 14
    assert text.startswith(short.removesuffix("…").rstrip())


def test_an_empty_graph_is_a_picture_too(store: Any) -> None:
    assert ET.fromstring(graph_svg(association_graph(screening(), store, candidates=[]))).tag == f"{SVG}svg"


def nodes(svg: Any) -> Any:
    return [element.attrib for element in ET.fromstring(svg).iter(f"{SVG}g") if "tabindex" in element.attrib]


def test_the_keyboard_reaches_the_applicant_first_and_then_column_by_column(graph: Any) -> None:
    labels = [node["aria-label"] for node in nodes(graph_svg(graph))]
    kinds = [label.partition(".")[0] for label in labels]
    assert kinds[:4] == ["Applicant A-17", "Shared identifier", "Shared identifier", "Listed account"]
    assert len(labels) == sum(bool(box.name) for box in lay_out(graph, most=24).boxes)
    assert not nodes(graph_svg(graph, focusable=False))


def test_a_node_says_what_it_is_and_what_it_is_joined_to(graph: Any) -> None:
    labels = [node["aria-label"] for node in nodes(graph_svg(graph))]
    (account,) = (label for label in labels if label.startswith("Listed account"))
    assert "vornskald77. account 41. on thornwood-2019" in account
    assert "Joined by identity to quillmere@example.org and vornskald_77" in account
    assert "Joined by association to " in account
    assert " more." in account


def test_what_hangs_on_evidence_has_its_class(graph: Any) -> None:
    edges = evidence_edges(graph, seed_candidate())
    root = ET.fromstring(graph_svg(graph, evidence=edges))
    hanging = [
        (e.tag.removeprefix(SVG), c)
        for e in root.iter()
        for c in e.get("class", "").split()
        if c[:3] == "ev-"
    ]
    # For each of two identifiers: from the applicant, to the account, and the identifier itself.
    assert sorted(hanging) == [
        ("g", "ev-0"),
        ("g", "ev-1"),
        ("path", "ev-0"),
        ("path", "ev-0"),
        ("path", "ev-1"),
        ("path", "ev-1"),
    ]


def test_it_is_the_same_bytes_for_the_same_graph(store: Any) -> None:
    first, second = (association_graph(screening(), store, hops=2) for _ in range(2))
    assert graph_svg(first) == graph_svg(second)
