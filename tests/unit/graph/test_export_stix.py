import json
import socket
from pathlib import Path
from typing import Any, NoReturn

import pytest
from hypothesis import HealthCheck, given, settings
from stix2validator import ValidationOptions, validate_string
from tests.small_lists import LIST_ID, FakeStore, screening, seed_shard
from tests.strategies import hostile_graphs

from vetting.graph.association import association_graph
from vetting.graph.attributes import EDGE_DEFAULTS
from vetting.graph.export import graph_text, read_graph, write_graph


@pytest.fixture(autouse=True, scope="module")
def _no_network() -> Any:
    def refuse(*_args: Any, **_named: Any) -> NoReturn:
        raise AssertionError("a connection was tried")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", refuse)
        patch.setattr(socket, "getaddrinfo", refuse)
        yield


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Any:
    store = FakeStore(seed_shard(tmp_path_factory.mktemp("lists") / "seed"))
    return json.loads(graph_text(association_graph(screening(), store, hops=2, hub_cap=30), ".stix.json"))


def faults(text: str) -> list[str]:
    return [str(error) for error in validate_string(text, ValidationOptions(version="2.1")).errors or []]


def test_the_bundle_is_valid_by_the_schemas_of_oasis(bundle: Any) -> None:
    assert faults(json.dumps(bundle)) == []
    spoilt = json.loads(json.dumps(bundle))
    next(one for one in spoilt["objects"] if one["type"] == "relationship").pop("source_ref")
    assert faults(json.dumps(spoilt))  # the validator sees what it should


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
@given(graph=hostile_graphs())
def test_a_bundle_of_hostile_texts_is_valid_too(graph: Any) -> None:
    text = graph_text(graph, ".stix.json")
    assert faults(text) == []
    ids = [one["id"] for one in json.loads(text)["objects"]]
    assert len(ids) == len(set(ids))


def test_what_the_objects_say_is_what_the_graph_says(bundle: Any) -> None:
    by_type: dict[str, list[Any]] = {}
    for one in bundle["objects"]:
        by_type.setdefault(one["type"], []).append(one)
    account = next(one for one in by_type["user-account"] if one["user_id"] == "41")
    assert account["account_type"] == LIST_ID
    assert account["display_name"] == "vornskald77"
    assert [one["value"] for one in by_type["email-addr"]] == ["quillmere@example.org"]
    assert "confidence" not in json.dumps(bundle)
    (note,) = by_type["note"]
    assert "Left out" in note["content"]
    assert all(one["object_marking_refs"] for one in bundle["objects"] if one["type"] != "marking-definition")
    credentials = {"credential", "credential_last_changed", "is_privileged"}
    assert not credentials & set(account)


def test_ids_of_observables_are_those_that_the_reference_implementation_makes(bundle: Any) -> None:
    import networkx as nx

    ids = {one["id"] for one in bundle["objects"]}
    # Made by oasis-open's stix2 3.0: UserAccount(account_type="thornwood-2019", user_id="41"), EmailAddress.
    assert "user-account--3a52da40-72c3-555c-a3da-5f3cbe8194f9" in ids
    assert "email-addr--12243e86-c85c-5908-826e-63c99152c689" in ids
    graph: Any = nx.MultiDiGraph()
    graph.add_node("ip:f:198.51.100.3", kind="ip", label="Internet address 198.51.100.3", list_id="f")
    objects = json.loads(graph_text(graph, ".stix.json"))["objects"]
    assert "ipv4-addr--28bb3599-77cd-5a82-a950-b5bc3caf07c4" in {one["id"] for one in objects}


def test_two_nodes_that_are_one_to_stix_stay_two(tmp_path: Path) -> None:
    import networkx as nx

    graph: Any = nx.MultiDiGraph()
    for list_id in ("f", "g"):
        label = "Internet address 198.51.100.3"
        graph.add_node(f"ip:{list_id}:198.51.100.3", kind="ip", label=label, list_id=list_id)
    graph.add_edge("ip:f:198.51.100.3", "ip:g:198.51.100.3", key="same", **EDGE_DEFAULTS)
    (path,) = write_graph(graph, tmp_path / "g.stix.json")
    assert faults(path.read_text(encoding="utf-8")) == []
    objects = json.loads(path.read_text(encoding="utf-8"))["objects"]
    assert len({one["id"] for one in objects if one["type"] == "ipv4-addr"}) == 2
    assert [*read_graph(path).edges(keys=True)] == [*graph.edges(keys=True)]
