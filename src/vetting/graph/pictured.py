"""The class of association graphs: a networkx graph that a notebook shows as a picture.

Imported only where a graph is made: networkx takes longer to import than one applicant to screen.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import networkx as nx

from vetting.evidence.drawing import Card, Piece, image
from vetting.graph.attributes import EDGE_DEFAULTS, NODE_DEFAULTS

__all__ = ["AssociationGraph"]

if TYPE_CHECKING:
    _MultiDiGraph = nx.MultiDiGraph[str]
else:  # generic only for type checkers
    _MultiDiGraph = nx.MultiDiGraph

_MOST_DRAWN = 14  # association nodes, as on a page; the others are counted
# Letters that have room in the picture's columns: applicant, identifier, listed account, associations.
_ROOM = (14, 18, 16, 30)


class AssociationGraph(_MultiDiGraph):
    """A directed multigraph of people, identifiers and accounts, with a picture for a notebook.

    In everything else it is a :class:`networkx.MultiDiGraph`: views and subgraphs of it are such graphs
    too, and have a picture; ``copy()`` gives one that may be changed. What cannot be drawn as it is meant,
    such as a graph with nodes of other sorts or with its edges reversed, is shown as networkx shows it.
    """

    def _repr_html_(self) -> str | None:
        if not _drawable(self):
            return None
        from vetting.graph.picture import graph_svg, graph_words

        words = graph_words(self)
        picture = image(graph_svg(self, most=_MOST_DRAWN), words)
        return f"{picture}<br>{image(_notes(self, words), ' '.join(_sentences(self)))}"


def _drawable(graph: AssociationGraph) -> bool:
    """Whether all nodes and edges are those of an association graph, and run as they do there."""
    nodes = graph.nodes
    if not all(data.keys() >= NODE_DEFAULTS.keys() for _, data in nodes(data=True)):
        return False
    return all(
        data.keys() >= EDGE_DEFAULTS.keys()
        and (data["kind"] != "declared" or nodes[source]["kind"] == "applicant")
        for source, _, data in graph.edges(data=True)
    )


def _notes(graph: AssociationGraph, words: str) -> str:
    """A card with what the picture shortens or leaves out."""
    card = Card()
    card.write(Piece(words), above=0)
    card.write(*(Piece(sentence, size=13) for sentence in _sentences(graph)), above=8)
    return card.svg("What the picture leaves out")


def _sentences(graph: AssociationGraph) -> Iterator[str]:
    yield f"{graph.number_of_nodes():,} nodes, {graph.number_of_edges():,} edges."
    nodes = [data for _, data in graph.nodes(data=True)]
    long = dict.fromkeys(
        str(node["label"]) for node in nodes if len(node["label"]) > _ROOM[min(node["step"], 3)]
    )
    if long:
        yield f"In full: {'; '.join(long)}."
    for sentence in graph.graph.get("left_out", ()):
        yield f"Left out: {sentence}"
