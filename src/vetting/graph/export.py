"""Graphs to files that networkx and other programs read, and back."""

from __future__ import annotations

import io
import json
import os
import re
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

from vetting.errors import InputError
from vetting.graph.attributes import EDGE_DEFAULTS, NODE_DEFAULTS
from vetting.graph.draft import AssociationGraph
from vetting.graph.picture import graph_svg

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["GRAPH_SUFFIXES", "graph_text", "read_graph", "replace_file", "write_graph"]

_GEXF = "http://www.gexf.net/1.2draft"


def write_graph(graph: AssociationGraph, path: str | os.PathLike[str]) -> None:
    """Write a graph in the format that the file's suffix names.

    ``.graphml`` and ``.gexf`` for other programs, ``.json`` for networkx's node-link form
    (``edges="edges"``), ``.svg`` for the picture. The same graph always gives the same bytes. The file is
    replaced whole or not at all. A page (``.html``) is written by :mod:`vetting.reports`.

    Args:
        graph: As :func:`~vetting.graph.association.association_graph` returns it.
        path: The file.

    Raises:
        InputError: The suffix is none of these.
    """
    path = Path(path)
    text = graph_text(graph, path.suffix, file=path)
    replace_file(path, text)


def replace_file(path: Path, content: str | bytes) -> None:
    """Write a file's whole content in one step; only the owner may read it.

    Half of a surrogate pair has no UTF-8 and is written as its escape, which JSON reads back.
    """
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(content.encode("utf-8", "backslashreplace") if isinstance(content, str) else content)
            out.flush()
            os.fsync(out.fileno())
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def graph_text(graph: AssociationGraph, suffix: str, *, file: str | os.PathLike[str] = "graph") -> str:
    """Return a graph as text in the format of a suffix.

    Raises:
        InputError: The suffix is not known; the message names ``file``.
    """
    if suffix.lower() not in _WRITERS:
        raise InputError(
            file,
            reason=f"no graph format has the suffix {suffix!r}",
            remedy=f"Use one of {', '.join(GRAPH_SUFFIXES)}.",
        )
    return _WRITERS[suffix.lower()](graph)


def read_graph(path: str | os.PathLike[str]) -> AssociationGraph:
    """Read back what :func:`write_graph` wrote as GraphML, GEXF or node-link JSON.

    Returns:
        A frozen graph with the same nodes, edges, keys and attributes as the one that was written.

    Raises:
        InputError: The suffix is none of the three.
    """
    import networkx as nx

    path = Path(path)
    readers: dict[str, Callable[[Path], Any]] = {
        ".graphml": lambda file: nx.read_graphml(file, force_multigraph=True),
        ".gexf": nx.read_gexf,
        ".json": lambda file: nx.node_link_graph(json.loads(file.read_text(encoding="utf-8")), edges="edges"),
    }
    if path.suffix.lower() not in readers:
        raise InputError(
            path,
            reason=f"a file with the suffix {path.suffix!r} cannot be read back",
            remedy=f"Use one of {', '.join(readers)}.",
        )
    found = readers[path.suffix.lower()](path)
    about = found.graph
    if path.suffix.lower() == ".gexf":
        about = json.loads(ET.parse(path).findtext(f".//{{{_GEXF}}}description") or "{}")  # noqa: S314 - networkx has parsed it
    left_out = about.get("left_out", [])
    graph: AssociationGraph = nx.MultiDiGraph(
        left_out=json.loads(left_out) if isinstance(left_out, str) else left_out,
        hops=int(about.get("hops", 1)),
        hub_cap=int(about.get("hub_cap", 0)),
    )
    for name, data in found.nodes(data=True):
        graph.add_node(name, **_restored(NODE_DEFAULTS, data))
    for source, target, data in found.edges(data=True) if not found.is_multigraph() else ():
        graph.add_edge(source, target, key=data["id"], **_restored(EDGE_DEFAULTS, data))
    for source, target, key, data in found.edges(keys=True, data=True) if found.is_multigraph() else ():
        graph.add_edge(source, target, key=key, **_restored(EDGE_DEFAULTS, data))
    nx.freeze(graph)
    return graph


def _restored(defaults: Any, data: dict[str, Any]) -> dict[str, Any]:
    """What a format cannot say (an empty text, a whole number as such) has its default's type again."""
    return {
        name: type(default)(data[name]) if name in data else ("" if isinstance(default, str) else default)
        for name, default in defaults.items()
    }


def _node_link(graph: AssociationGraph) -> str:
    import networkx as nx

    data = nx.node_link_data(graph, edges="edges")
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _graphml(graph: AssociationGraph) -> str:
    import networkx as nx

    copy: nx.MultiDiGraph[str] = nx.MultiDiGraph(graph)
    copy.graph["left_out"] = json.dumps(graph.graph["left_out"], ensure_ascii=False)
    out = io.BytesIO()
    nx.write_graphml_xml(copy, out, prettyprint=True)
    return out.getvalue().decode("utf-8") + "\n"


def _gexf(graph: AssociationGraph) -> str:
    import networkx as nx

    copy: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    copy.add_nodes_from(graph.nodes(data=True))
    for source, target, key, data in graph.edges(keys=True, data=True):
        copy.add_edge(source, target, key=key, **data, id=key)  # GEXF has its own ids unless told
    text = "\n".join(nx.generate_gexf(copy))
    # The writer stamps today's date; the graph's own notes go where GEXF keeps a description.
    about = json.dumps(
        {name: graph.graph[name] for name in ("left_out", "hops", "hub_cap")}, ensure_ascii=False
    )
    text = re.sub(r' lastmodifieddate="[^"]*"', "", text, count=1)
    return (
        text.replace("</creator>", f"</creator>\n    <description>{_escaped(about)}</description>", 1) + "\n"
    )


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


_WRITERS: dict[str, Callable[[AssociationGraph], str]] = {
    ".graphml": _graphml,
    ".gexf": _gexf,
    ".json": _node_link,
    ".svg": graph_svg,
}

GRAPH_SUFFIXES: tuple[str, ...] = tuple(_WRITERS)
