"""The formats that networkx writes itself: GraphML, GEXF, node-link JSON and Cytoscape JSON."""

from __future__ import annotations

import io
import json
import re
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

from vetting.graph.draft import AssociationGraph
from vetting.graph.exports.content import (
    UNSAID_IN_JSON,
    escaped,
    notes_of,
    rebuilt,
    texts_mapped,
    unescaped,
)

if TYPE_CHECKING:
    import networkx as nx

__all__ = [
    "cytoscape_text",
    "gexf_text",
    "graphml_text",
    "json_text",
    "node_link_text",
    "read_cytoscape",
    "read_gexf",
    "read_graphml",
    "read_json",
    "read_node_link",
]

_GEXF = "http://www.gexf.net/1.2draft"
_PLAIN_NOTES = ("hops", "hub_cap")


def json_text(data: Any, *, indent: int | None = 1) -> str:
    """Return data as JSON that is valid UTF-8 whatever its texts hold, and has line ends between fields only."""
    text = json.dumps(
        texts_mapped(data, lambda text: escaped(text, UNSAID_IN_JSON)), ensure_ascii=False, indent=indent
    )
    return re.sub("[\x7f-\x9f\u2028\u2029]", lambda found: f"\\u{ord(found[0]):04x}", text)


def read_json(text: str) -> Any:
    """Undo :func:`json_text`."""
    return texts_mapped(json.loads(text), unescaped)


# -- JSON ----------------------------------------------------------------------------------------------


def node_link_text(graph: AssociationGraph) -> str:
    """Return networkx's node-link form, its edges under ``edges``."""
    import networkx as nx

    return json_text(nx.node_link_data(graph, edges="edges")) + "\n"


def read_node_link(path: Path) -> AssociationGraph:
    """Read back node-link JSON."""
    data = read_json(path.read_text(encoding="utf-8"))
    edges = ((edge["source"], edge["target"], edge["key"], edge) for edge in data["edges"])
    return rebuilt(((node["id"], node) for node in data["nodes"]), edges, data["graph"])


def cytoscape_text(graph: AssociationGraph) -> str:
    """Return the form of cytoscape.js and Cytoscape: ``elements`` with ``data``, ids the graph's own keys."""
    nodes = [
        {"data": {"id": key, "value": key, "name": data["label"] or key, **data}}
        for key, data in graph.nodes(data=True)
    ]
    edges = [
        {"data": {"id": key, "key": key, "source": source, "target": target, **data}}
        for source, target, key, data in graph.edges(keys=True, data=True)
    ]
    whole = {
        "data": notes_of(graph),
        "directed": True,
        "multigraph": True,
        "elements": {"nodes": nodes, "edges": edges},
    }
    return json_text(whole) + "\n"


def read_cytoscape(path: Path) -> AssociationGraph:
    """Read back Cytoscape JSON."""
    data = read_json(path.read_text(encoding="utf-8"))
    nodes = [node["data"] for node in data["elements"]["nodes"]]
    edges = [edge["data"] for edge in data["elements"]["edges"]]
    return rebuilt(
        ((node["id"], node) for node in nodes),
        ((edge["source"], edge["target"], edge["id"], edge) for edge in edges),
        data["data"],
    )


# -- XML -----------------------------------------------------------------------------------------------


def graphml_text(graph: AssociationGraph) -> str:
    """Return GraphML; the graph's notes are attributes of the graph, lists in them as JSON."""
    import networkx as nx

    copy: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    notes = notes_of(graph)
    copy.graph["left_out"] = escaped(json.dumps(notes.pop("left_out"), ensure_ascii=False))
    copy.graph.update({name: notes.pop(name) for name in _PLAIN_NOTES})
    if notes:
        copy.graph["notes"] = escaped(json.dumps(notes, ensure_ascii=False))
    copy.add_nodes_from((escaped(key), texts_mapped(data, escaped)) for key, data in graph.nodes(data=True))
    for source, target, key, data in graph.edges(keys=True, data=True):
        copy.add_edge(escaped(source), escaped(target), escaped(key), **texts_mapped(data, escaped))
    out = io.BytesIO()
    nx.write_graphml_xml(copy, out, prettyprint=True)
    return out.getvalue().decode("utf-8") + "\n"


def read_graphml(path: Path) -> AssociationGraph:
    """Read back GraphML."""
    import networkx as nx

    found: Any = nx.read_graphml(path, force_multigraph=True)
    notes = dict(found.graph)
    notes.pop("node_default", None)
    notes.pop("edge_default", None)
    notes["left_out"] = json.loads(unescaped(notes.get("left_out", "[]")))
    notes |= json.loads(unescaped(notes.pop("notes", "{}")))
    edges = (
        (unescaped(source), unescaped(target), unescaped(key), texts_mapped(data, unescaped))
        for source, target, key, data in found.edges(keys=True, data=True)
    )
    return rebuilt(_nodes(found), edges, notes)


def gexf_text(graph: AssociationGraph) -> str:
    """Return GEXF 1.2; the graph's notes are in the description, as JSON."""
    import networkx as nx

    copy: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    copy.add_nodes_from((escaped(key), texts_mapped(data, escaped)) for key, data in graph.nodes(data=True))
    for source, target, key, data in graph.edges(keys=True, data=True):
        named = escaped(key)  # GEXF has its own ids unless told
        copy.add_edge(escaped(source), escaped(target), named, **texts_mapped(data, escaped), id=named)
    text = "\n".join(nx.generate_gexf(copy))
    # The writer stamps today's date; the graph's own notes go where GEXF keeps a description.
    text = re.sub(r' lastmodifieddate="[^"]*"', "", text, count=1)
    about = escape(escaped(json.dumps(notes_of(graph), ensure_ascii=False)), quote=False)
    return text.replace("</creator>", f"</creator>\n    <description>{about}</description>", 1) + "\n"


def read_gexf(path: Path) -> AssociationGraph:
    """Read back GEXF."""
    import networkx as nx

    found = nx.read_gexf(path)
    about = ET.parse(path).findtext(f".//{{{_GEXF}}}description") or "{}"  # noqa: S314 - networkx has parsed it
    edges = (
        (unescaped(source), unescaped(target), unescaped(data["id"]), texts_mapped(data, unescaped))
        for source, target, data in found.edges(data=True)
    )
    return rebuilt(_nodes(found), edges, json.loads(unescaped(about)))


def _nodes(found: nx.Graph[str]) -> list[tuple[str, dict[str, Any]]]:
    return [(unescaped(key), texts_mapped(data, unescaped)) for key, data in found.nodes(data=True)]
