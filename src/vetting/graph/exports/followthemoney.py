"""FollowTheMoney JSON lines, for Aleph and other tools that read its entities.

A node becomes a ``UserAccount``, a ``Person`` (an applicant) or a ``Note`` (an identifier, a topic, a
conversation, an address: the schema has nothing nearer that is a ``Thing``), an edge an ``UnknownLink``.
Whom an identity star joins is said once more as ``Similar``, without a confidence score, since there is none.
What the schema has no property for is in the field ``vetting`` of each line, which FollowTheMoney keeps as
context.

Source: the schema of followthemoney 4.11 (UserAccount, UnknownLink, Similar, Person, Note).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

from vetting.graph.attributes import IDENTITY
from vetting.graph.draft import AssociationGraph
from vetting.graph.exports.content import moment_of, notes_in_words, notes_of, rebuilt
from vetting.graph.exports.networkx_forms import json_text, read_json
from vetting.graph.kinds import association_kind

__all__ = ["followthemoney_text", "read_followthemoney"]

_NAMESPACE = UUID(
    "0b4d5b0c-3f0e-5d0c-9b56-6f2c1c8f7a51"
)  # ours alone; ids differ from those of other exports
_SCHEMATA = {"account": "UserAccount", "applicant": "Person"}


def followthemoney_text(graph: AssociationGraph) -> str:
    """Return one entity a line: the notes, the nodes, the edges, and the pairs that identity stars join."""
    return "".join(json_text(entity, indent=None) + "\n" for entity in _entities(graph))


def read_followthemoney(path: Path) -> AssociationGraph:
    """Read back the lines; what is derived from others is passed over."""
    nodes, edges = [], []
    notes: dict[str, Any] = {}
    for line in path.read_text(encoding="utf-8").split("\n"):
        own = read_json(line)["vetting"] if line else {"element": "derived"}
        match own.pop("element"):
            case "node":
                nodes.append((own["key"], own))
            case "edge":
                edges.append((own["source"], own["target"], own["key"], own))
            case "graph":
                notes = own
            case "derived":
                pass
            case unknown:
                raise ValueError(f"an element {json.dumps(unknown)} is not known")
    if notes.pop("nodes") != len(nodes) or notes.pop("edges") != len(edges):
        raise ValueError("lines are missing")
    return rebuilt(nodes, edges, notes)


def _entities(graph: AssociationGraph) -> Iterator[dict[str, Any]]:
    yield _entity(
        ("graph", ""),
        "Note",
        {"name": "What this graph shows and leaves out", "description": " ".join(notes_in_words(graph))},
        notes_of(graph) | {"nodes": graph.number_of_nodes(), "edges": graph.number_of_edges()},
    )
    for key, data in graph.nodes(data=True):
        yield _entity(
            ("node", key), _SCHEMATA.get(data["kind"], "Note"), _of_node(key, data), {"key": key, **data}
        )
    for source, target, key, data in graph.edges(keys=True, data=True):
        given = {"source": source, "target": target, "key": key, **data}
        yield _entity(("edge", key), "UnknownLink", _of_edge(source, target, data), given)
    for applicant, account, kinds in _joined(graph):
        said = {
            "candidate": _id("node", applicant),
            "match": _id("node", account),
            "criteria": ", ".join(kinds),
            "matcher": "vetting; a candidate for review, no finding",
        }
        yield _entity(("derived", f"{applicant}>{account}"), "Similar", said, {})


def _entity(
    named: tuple[str, str], schema: str, properties: dict[str, str], own: dict[str, Any]
) -> dict[str, Any]:
    return {
        "id": _id(*named),
        "schema": schema,
        "properties": {name: [value] for name, value in properties.items() if value.strip()},
        "vetting": {"element": named[0], **own},
    }


def _id(element: str, key: str) -> str:
    """The schema's ids hold letters, digits, dots and hyphens only; a node's key has colons."""
    return f"vetting-{uuid5(_NAMESPACE, json.dumps([element, key]))}"


def _of_node(key: str, data: dict[str, Any]) -> dict[str, str]:
    label = data["label"] if data["label"].strip() else key  # a blank name is none to the schema
    said = {"name": label, "publisher": data["list_id"]}
    if data["kind"] == "account":
        third = "Somebody else's account; its name here may be a pseudonym." if data["third_party"] else ""
        return {**said, "username": label, "service": data["list_id"], "notes": third}
    return said if data["kind"] == "applicant" else {**said, "summary": data["kind"]}


def _of_edge(source: str, target: str, data: dict[str, Any]) -> dict[str, str]:
    identity = data["edge_class"] == IDENTITY
    words = data["kind"].replace("_", " ") if identity else association_kind(data["kind"]).outward
    return {
        "subject": _id("node", source),
        "object": _id("node", target),
        "role": f"{words} ({data['edge_class']})",
        "status": data["strength"],
        "startDate": _date(data["first"]),
        "endDate": _date(data["last"]),
        "recordId": data["record"],
        "publisher": data["list_id"],
        "summary": data["note"],
    }


def _date(text: str) -> str:
    moment = moment_of(text)
    return "" if moment is None else moment.replace(tzinfo=None).isoformat(timespec="seconds")


def _joined(graph: AssociationGraph) -> Iterator[tuple[str, str, list[str]]]:
    """Pairs of an applicant and an account that one identifier joins, with the kinds of the joining edges."""
    pairs: dict[tuple[str, str], dict[str, None]] = {}
    for applicant, data in graph.nodes(data=True):
        for _, middle, first in graph.out_edges(applicant, data=True) if data["kind"] == "applicant" else ():
            if first["edge_class"] != IDENTITY or graph.nodes[middle]["kind"] != "identifier":
                continue
            for _, account, last in graph.out_edges(middle, data=True):
                if last["edge_class"] == IDENTITY and graph.nodes[account]["kind"] == "account":
                    words = f"{last['kind'].replace('_', ' ')} ({last['strength']})"
                    pairs.setdefault((applicant, account), {})[words] = None
    for (applicant, account), kinds in sorted(pairs.items()):
        yield applicant, account, sorted(kinds)
