"""A STIX 2.1 bundle, for threat-intelligence platforms.

An account becomes a ``user-account``, an applicant an ``identity``, an internet or e-mail address an address
object where it is one, every other node an object of the new type that the bundle's extension definition
allows; an edge becomes a ``relationship``, what the graph leaves out a ``note``. Every attribute is in the
property extension of that definition. Ids are UUIDs of version 5: of the namespace and the properties that
the specification names for observables, else of a namespace of our own. Objects need a time of creation, and a
graph has none, so that the same graph gives the same bytes: theirs is the first moment of 1970. The bundle is
marked TLP:RED, for its recipients only.

Source: OASIS, STIX Version 2.1 (2021), sections 2.9, 3.2, 3.4, 5.1, 6.4, 7.2, 7.3.
"""

from __future__ import annotations

import ipaddress
import json
import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

from vetting.graph.attributes import ASSOCIATION
from vetting.graph.draft import AssociationGraph
from vetting.graph.exports.content import moment_of, notes_in_words, notes_of, rebuilt
from vetting.graph.exports.networkx_forms import json_text, read_json

__all__ = ["read_stix", "stix_text"]

_OBSERVABLES = UUID("00abedb4-aa42-466c-9c01-fed23315a9b7")  # section 2.9
_OWN = UUID("5a3c2b6e-7d39-5f0a-8c7d-2f1e0a9b4c63")
_MOMENT = "1970-01-01T00:00:00.000Z"
_RED = "marking-definition--5e57c739-391a-4eb3-b6be-7d15ca92d5ed"
_PRODUCER = f"identity--{uuid5(_OWN, 'producer')}"
_EXTENSION = f"extension-definition--{uuid5(_OWN, 'extension')}"
_NODE_TYPE = "vetting-node"
_EMAIL = re.compile(r"[\w.+-]+@(?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,}", re.ASCII)
_OBJECT_TIMES = {"created": _MOMENT, "modified": _MOMENT, "created_by_ref": _PRODUCER}
_DATABLE = {"spec_version": "2.1", "object_marking_refs": [_RED]}


def stix_text(graph: AssociationGraph) -> str:
    """Return the bundle as JSON."""
    ids: dict[str, str] = {}
    objects = [*_frame(), *_nodes(graph, ids), *_edges(graph, ids), _note(graph, ids)]
    named = uuid5(_OWN, json.dumps(objects, sort_keys=True))
    return json_text({"type": "bundle", "id": f"bundle--{named}", "objects": objects}) + "\n"


def read_stix(path: Path) -> AssociationGraph:
    """Read back the bundle from its objects' property extensions."""
    nodes, edges = [], []
    notes: dict[str, Any] = {}
    for one in read_json(path.read_text(encoding="utf-8"))["objects"]:
        own = one.get("extensions", {}).get(_EXTENSION)
        if own is None:
            continue
        if one["type"] == "relationship":
            edges.append((own["source_key"], own["target_key"], own["key"], own))
        elif one["type"] == "note":
            notes = json.loads(own["notes"])
        else:
            nodes.append((own["key"], own))
    return rebuilt(nodes, edges, notes)


def _frame() -> list[dict[str, Any]]:
    """What the other objects refer to: the marking, who made the bundle, the extension."""
    about = "Attributes of nodes and edges of an association graph, and nodes that STIX has no object for."
    return [
        {
            "type": "marking-definition",
            "spec_version": "2.1",
            "id": _RED,
            "created": "2017-01-20T00:00:00.000Z",
            "definition_type": "tlp",
            "name": "TLP:RED",
            "definition": {"tlp": "red"},
        },
        {
            "type": "identity",
            **_DATABLE,
            "id": _PRODUCER,
            **_OBJECT_TIMES,
            "name": "vetting",
            "identity_class": "system",
        },
        {
            "type": "extension-definition",
            **_DATABLE,
            "id": _EXTENSION,
            **_OBJECT_TIMES,
            "name": "Association graph of vetting",
            "description": about,
            "schema": about,
            "version": "1.0.0",
            "extension_types": ["property-extension", "new-sco"],
        },
    ]


def _nodes(graph: AssociationGraph, ids: dict[str, str]) -> Iterator[dict[str, Any]]:
    taken: set[str] = set()
    for key, data in graph.nodes(data=True):
        kind, fields = _observable(key, data)
        extension = "new-sco" if kind == _NODE_TYPE else "property-extension"
        naming = {} if kind in {_NODE_TYPE, "identity"} else fields
        named = uuid5(_OBSERVABLES, _canonical(naming)) if naming else uuid5(_OWN, f"node {_ascii(key)}")
        ids[key] = f"{kind}--{named}"
        if ids[key] in taken:  # two nodes that are one to STIX stay two
            ids[key] = f"{kind}--{uuid5(_OWN, f'node {_ascii(key)}')}"
        taken.add(ids[key])
        if kind == "user-account" and data["label"]:
            fields = {**fields, "display_name": data["label"]}
        own = {"extension_type": extension, "key": key, **data}
        yield {
            "type": kind,
            **_DATABLE,
            "id": ids[key],
            **(_OBJECT_TIMES if kind == "identity" else {}),
            **fields,
            "extensions": {_EXTENSION: own},
        }


def _observable(key: str, data: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """The type of object that a node becomes, and the properties that name it."""
    label = data["label"] or key
    if data["kind"] == "applicant":
        return "identity", {"name": label, "identity_class": "individual"}
    given = key.split(":", 2)[-1]
    if data["kind"] == "account" and given:
        # The list takes the place of the kind of service: ids are unique on their own list only.
        return "user-account", {"account_type": data["list_id"] or "unknown", "user_id": given}
    if data["kind"] == "ip":
        try:
            address = ipaddress.ip_address(given)
        except ValueError:
            return _NODE_TYPE, {}
        return f"ipv{address.version}-addr", {"value": str(address)}
    if key.startswith("identifier:email:") and _EMAIL.fullmatch(label):
        return "email-addr", {"value": label}
    return _NODE_TYPE, {}


def _edges(graph: AssociationGraph, ids: dict[str, str]) -> Iterator[dict[str, Any]]:
    for source, target, key, data in graph.edges(keys=True, data=True):
        first, last = moment_of(data["first"]), moment_of(data["last"])
        times = {}
        if first is not None:
            times["start_time"] = _timestamp(first)
        if last is not None and (first is None or last > first):
            times["stop_time"] = _timestamp(last)
        if times.get("start_time") == times.get("stop_time"):
            times.pop("stop_time", None)
        words = re.sub(r"[^a-z0-9]+", "-", data["kind"].lower()).strip("-") or "related-to"
        about = "; ".join(
            part for part in (data["edge_class"], data["strength"], data["record"], data["note"]) if part
        )
        if data["edge_class"] == ASSOCIATION:
            about += "; an association is no evidence of identity"
        own = {"extension_type": "property-extension", "key": key, "source_key": source, "target_key": target}
        yield {
            "type": "relationship",
            **_DATABLE,
            "id": f"relationship--{uuid5(_OWN, f'edge {_ascii(key)}')}",
            **_OBJECT_TIMES,
            "relationship_type": words,
            "description": about,
            "source_ref": ids[source],
            "target_ref": ids[target],
            **times,
            "extensions": {_EXTENSION: {**own, **data}},
        }


def _note(graph: AssociationGraph, ids: dict[str, str]) -> dict[str, Any]:
    own = {"extension_type": "property-extension", "notes": json.dumps(notes_of(graph), ensure_ascii=False)}
    return {
        "type": "note",
        **_DATABLE,
        "id": f"note--{uuid5(_OWN, 'note ' + json.dumps(notes_of(graph)) + ' '.join(sorted(ids.values())))}",
        **_OBJECT_TIMES,
        "abstract": "What this graph shows and leaves out",
        "content": " ".join(notes_in_words(graph)),
        "object_refs": list(ids.values()) or [_PRODUCER],
        "extensions": {_EXTENSION: own},
    }


def _timestamp(moment: datetime) -> str:
    return moment.replace(tzinfo=None).isoformat(timespec="milliseconds") + "Z"


def _canonical(fields: dict[str, Any]) -> str:
    """The naming properties as section 2.9 has them hashed: canonical JSON, here of ASCII-safe texts."""
    return json.dumps(
        {name: _ascii(str(value)) for name, value in sorted(fields.items())},
        separators=(",", ":"),
        ensure_ascii=False,
    )


def _ascii(text: str) -> str:
    """Half a surrogate pair has no UTF-8 to be hashed."""
    return text.encode("utf-8", "backslashreplace").decode()
