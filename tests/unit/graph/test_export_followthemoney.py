"""The schema of followthemoney 4.11.2 as far as these entities use it.

It is copied, since the package needs ``phonenumbers``, which overwrites the files of ``phonenumberslite``, a
dependency of the core.
"""

import json
import re
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from tests.small_lists import LIST_ID, FakeStore, screening, seed_shard
from tests.strategies import hostile_graphs

from vetting.graph.association import association_graph
from vetting.graph.export import graph_text

THING = {"name": "name", "summary": "text", "notes": "text", "description": "text", "publisher": "string"}
INTERVAL = {
    "startDate": "date",
    "endDate": "date",
    "summary": "text",
    "recordId": "string",
    "publisher": "string",
}
SCHEMA: dict[str, dict[str, str]] = {
    "Person": THING,
    "Note": THING,
    "UserAccount": {**THING, "username": "string", "service": "string"},
    "UnknownLink": {
        **INTERVAL,
        "subject": "entity",
        "object": "entity",
        "role": "string",
        "status": "string",
    },
    "Similar": {"candidate": "entity", "match": "entity", "criteria": "string", "matcher": "string"},
}
REQUIRED = {
    "Person": ["name"],
    "Note": ["name"],
    "UserAccount": ["name", "username"],
    "UnknownLink": ["subject", "object"],
    "Similar": ["candidate", "match"],
}
ENTITY_ID = re.compile(r"[0-9a-zA-Z]([0-9a-zA-Z.\-]*[0-9a-zA-Z])?")
DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d")
THINGS = {"Person", "Note", "UserAccount"}


def faults(text: str) -> list[str]:
    entities = [json.loads(line) for line in text.splitlines()]
    schemata = {entity["id"]: entity["schema"] for entity in entities}
    found = [] if len(schemata) == len(entities) else ["two entities have one id"]
    for entity in entities:
        schema, properties = entity["schema"], entity["properties"]
        found += [f"{schema} lacks {name}" for name in REQUIRED[schema] if not properties.get(name)]
        for name, values in properties.items():
            kind = SCHEMA[schema].get(name, "no such property")
            for value in values:
                good = {
                    "entity": ENTITY_ID.fullmatch(value) and schemata.get(value) in THINGS,
                    "date": DATE.fullmatch(value),
                    "no such property": False,
                }
                if not value.strip() or not good.get(kind, True):
                    found.append(f"{schema}.{name}: {value!r} as {kind}")
    return found


@pytest.fixture(scope="module")
def text(tmp_path_factory: pytest.TempPathFactory) -> str:
    store = FakeStore(seed_shard(tmp_path_factory.mktemp("lists") / "seed"))
    return graph_text(association_graph(screening(), store, hops=2, hub_cap=30), ".ftm.json")


def test_every_entity_keeps_to_the_schema(text: str) -> None:
    assert faults(text) == []
    assert {json.loads(line)["schema"] for line in text.splitlines()} == set(SCHEMA)
    assert faults(text.replace('"subject"', '"subjekt"'))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(graph=hostile_graphs())
def test_entities_of_hostile_texts_keep_to_the_schema_too(graph: Any) -> None:
    assert faults(graph_text(graph, ".ftm.json")) == []


def test_who_is_joined_is_said_without_a_score(text: str) -> None:
    entities = {entity["id"]: entity for entity in map(json.loads, text.splitlines())}
    pairs = {
        (
            entities[one["properties"]["candidate"][0]]["vetting"]["key"],
            entities[one["properties"]["match"][0]]["vetting"]["key"],
            one["properties"]["criteria"][0],
        )
        for one in entities.values()
        if one["schema"] == "Similar"
    }
    assert ("applicant:A-17", f"account:{LIST_ID}:41") in {pair[:2] for pair in pairs}
    criteria = next(pair[2] for pair in pairs if pair[0] == "applicant:A-17")
    assert "same email" in criteria
    assert "confidenceScore" not in text
