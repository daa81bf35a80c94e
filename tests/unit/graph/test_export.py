import json
import re
import tempfile
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from attrs import evolve
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.small_lists import (
    LIST_ID,
    FakeStore,
    evidence,
    relation,
    screening,
    seed_candidate,
    seed_shard,
    write_shard,
)
from tests.strategies import graph_texts as graph_texts_strategy
from tests.strategies import hostile_graphs, hostile_values

from vetting.errors import InputError
from vetting.graph.association import association_graph
from vetting.graph.export import GRAPH_SUFFIXES, graph_text, graph_texts, read_graph, write_graph
from vetting.graph.exports.content import escaped, unescaped

READABLE = [suffix for suffix in GRAPH_SUFFIXES if suffix != ".svg"]
FORMATS = [suffix for suffix in READABLE if suffix != ".ftm.ndjson"]  # another name of .ftm.json


def content(graph: Any) -> Any:
    return (
        dict(graph.nodes(data=True)),
        {key: (source, target, data) for source, target, key, data in graph.edges(keys=True, data=True)},
        graph.graph,
    )


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Any:
    store = FakeStore(seed_shard(tmp_path_factory.mktemp("lists") / "seed"))
    return association_graph(screening(), store, hops=2, hub_cap=30)


@pytest.mark.parametrize("suffix", READABLE)
def test_every_export_reads_back_to_the_same_graph(graph: Any, tmp_path: Path, suffix: Any) -> None:
    write_graph(graph, tmp_path / f"g{suffix}")
    assert content(read_graph(tmp_path / f"g{suffix}")) == content(graph)


@pytest.mark.parametrize("suffix", GRAPH_SUFFIXES)
def test_the_same_graph_gives_the_same_bytes_and_no_date(graph: Any, tmp_path: Path, suffix: Any) -> None:
    first = write_graph(graph, tmp_path / f"a{suffix}")
    again = graph if suffix == ".svg" else read_graph(tmp_path / f"a{suffix}")
    second = write_graph(again, tmp_path / f"b{suffix}")
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]
    assert b"lastmodified" not in first[0].read_bytes()
    assert sorted(tmp_path.iterdir()) == sorted([*first, *second])


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(graph=hostile_graphs())
@pytest.mark.parametrize("suffix", FORMATS)
def test_whatever_texts_a_graph_holds_it_reads_back_and_its_bytes_are_its_own(
    suffix: Any, graph: Any
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        write_graph(graph, Path(folder) / f"g{suffix}")
        found = read_graph(Path(folder) / f"g{suffix}")
        assert content(found) == content(graph)
        assert list(found) == list(graph)
        assert graph_texts(found, suffix) == graph_texts(graph, suffix)


@settings(max_examples=60, deadline=None)
@given(
    text=hostile_values(),
    ids=st.lists(hostile_values().filter(str.strip), min_size=2, max_size=2, unique=True),
)
@pytest.mark.parametrize("suffix", FORMATS)
def test_hostile_labels_and_ids_read_back(suffix: Any, text: Any, ids: Any) -> None:
    try:
        "".join([text, *ids]).encode()
    except UnicodeEncodeError:
        ids = ["41", "42"]  # a column cannot hold half a surrogate pair; a label in evidence can
    item = evidence("handle", "exact", 9.0, applicant_value=text, listed_value=text, note=text, record=text)
    candidate = evolve(seed_candidate(), account_id=ids[0], applicant_id=text, evidence=(item,), record=text)
    with tempfile.TemporaryDirectory() as folder:
        shard = write_shard(
            Path(folder) / "s",
            {ids[0]: [("handle", "h")], ids[1]: []},
            [relation("follows", ids[0], f"account:{ids[1]}"), relation("used_ip", ids[0], f"ip:{ids[1]}")],
        )
        graph = association_graph(screening(candidate), FakeStore(shard))
        assert len(graph) == 5  # no two of the ids met in one node
        write_graph(graph, Path(folder) / f"g{suffix}")
        assert content(read_graph(Path(folder) / f"g{suffix}")) == content(graph)
        assert ET.fromstring(graph_text(graph, ".svg")).tag == "{http://www.w3.org/2000/svg}svg"


def test_an_unknown_suffix_names_all_the_known_ones(graph: Any, tmp_path: Path) -> None:
    with pytest.raises(InputError) as refused:
        write_graph(graph, tmp_path / "g.xlsx")
    assert all(suffix in str(refused.value) for suffix in GRAPH_SUFFIXES)
    with pytest.raises(InputError, match=re.escape(".gexf")):
        read_graph(tmp_path / "g.svg")
    with pytest.raises(InputError, match="no graph format"):
        write_graph(graph, tmp_path / ".json")


def test_a_double_suffix_goes_before_a_single_one(graph: Any, tmp_path: Path) -> None:
    assert '"type": "bundle"' in graph_text(graph, ".stix.json")
    (path,) = write_graph(graph, tmp_path / "candidate.1.STIX.json")
    assert path.read_text(encoding="utf-8") == graph_text(graph, ".stix.json")
    assert content(read_graph(path)) == content(graph)


@pytest.mark.parametrize("suffix", READABLE)
@pytest.mark.parametrize(
    "spoilt", ["", "[" * 100_000, "{}", "<Chart>", "[1]\n", '"key"\n"', "<gexf/>", "\ufffe\x00"]
)
def test_a_file_that_is_no_export_is_refused_without_its_content(
    tmp_path: Path, suffix: Any, spoilt: Any
) -> None:
    for name in {f"g{suffix}", *([f"g{own}" for own in (".links.csv", ".entities.csv")])}:
        (tmp_path / name).write_text(spoilt, encoding="utf-8")
    with pytest.raises(InputError) as refused:
        read_graph(tmp_path / f"g{suffix}")
    assert "write_graph" in str(refused.value)
    assert refused.value.__cause__ is None
    with pytest.raises(InputError, match="cannot be read"):
        read_graph(tmp_path / f"absent{suffix}")


@pytest.mark.parametrize("suffix", READABLE)
def test_half_a_file_is_refused(graph: Any, tmp_path: Path, suffix: Any) -> None:
    written = write_graph(graph, tmp_path / f"g{suffix}")
    for path in written:
        text = path.read_text(encoding="utf-8")
        path.write_text(text[: len(text) * 2 // 3], encoding="utf-8")
    with pytest.raises(InputError, match="whole graph"):
        read_graph(tmp_path / f"g{suffix}")


def test_notes_that_others_add_to_a_graph_are_kept(tmp_path: Path) -> None:
    import networkx as nx

    graph: Any = nx.MultiDiGraph(
        left_out=["a"], hops=2, hub_cap=5, since="2019", kinds=["follows"], limit=None
    )
    for suffix in READABLE:
        write_graph(nx.freeze(graph), tmp_path / f"g{suffix}")
        assert read_graph(tmp_path / f"g{suffix}").graph == graph.graph


@given(graph_texts_strategy())
def test_an_escaped_text_is_one_line_of_plain_characters_and_comes_back(text: str) -> None:
    written = escaped(text)
    assert unescaped(written) == text
    assert len(written.splitlines()) <= 1
    written.encode()


def test_networkx_alone_reads_what_it_has_a_reader_for(graph: Any, tmp_path: Path) -> None:
    import networkx as nx

    texts = {suffix: json.loads(graph_text(graph, suffix)) for suffix in (".json", ".cyjs")}
    plain: Any
    for plain in (
        nx.node_link_graph(texts[".json"], edges="edges"),
        nx.cytoscape_graph(texts[".cyjs"], name="name", ident="id"),
    ):
        assert {key for *_, key in plain.edges(keys=True)} == {key for *_, key in graph.edges(keys=True)}
        assert plain.nodes[f"account:{LIST_ID}:41"]["candidate"] is True
        assert plain.graph == graph.graph

    write_graph(graph, tmp_path / "g.graphml")
    plain = nx.read_graphml(tmp_path / "g.graphml", force_multigraph=True)
    assert set(plain) == set(graph)
    assert plain.nodes[f"account:{LIST_ID}:41"]["candidate"] is True
