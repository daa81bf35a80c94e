import re
import tempfile
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from attrs import evolve
from hypothesis import given, settings
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
from tests.strategies import hostile_values

from vetting.errors import InputError
from vetting.graph.association import association_graph
from vetting.graph.export import graph_text, read_graph, write_graph

READABLE = [".graphml", ".gexf", ".json"]


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


@pytest.mark.parametrize("suffix", [*READABLE, ".svg"])
def test_the_same_graph_gives_the_same_bytes_and_no_date(graph: Any, tmp_path: Path, suffix: Any) -> None:
    write_graph(graph, tmp_path / f"a{suffix}")
    write_graph(read_graph_or(graph, tmp_path / f"a{suffix}"), tmp_path / f"b{suffix}")
    first = (tmp_path / f"a{suffix}").read_bytes()
    assert first == (tmp_path / f"b{suffix}").read_bytes()
    assert b"lastmodified" not in first
    assert sorted(p.name for p in tmp_path.iterdir()) == [f"a{suffix}", f"b{suffix}"]


def read_graph_or(graph: Any, path: Any) -> Any:
    return graph if path.suffix == ".svg" else read_graph(path)


@settings(max_examples=60, deadline=None)
@given(
    text=hostile_values(),
    ids=st.lists(hostile_values().filter(str.strip), min_size=2, max_size=2, unique=True),
)
@pytest.mark.parametrize("suffix", READABLE)
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


def test_an_unknown_suffix_names_the_known_ones(graph: Any, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=re.escape(".graphml")):
        write_graph(graph, tmp_path / "g.xlsx")
    with pytest.raises(InputError, match=re.escape(".gexf")):
        read_graph(tmp_path / "g.svg")


def test_the_default_store_of_a_graph_file_is_readable_by_networkx_alone(graph: Any, tmp_path: Path) -> None:
    import networkx as nx

    write_graph(graph, tmp_path / "g.graphml")
    plain = nx.read_graphml(tmp_path / "g.graphml", force_multigraph=True)
    assert set(plain) == set(graph)
    assert plain.nodes[f"account:{LIST_ID}:41"]["candidate"] is True
