"""An association graph for a terminal: its edges by class, and what is left out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from vetting.evidence.words import counted
from vetting.graph.attributes import ASSOCIATION, IDENTITY
from vetting.graph.draft import AssociationGraph
from vetting.graph.kinds import association_kind, identity_kind
from vetting.graph.layout import TIMES
from vetting.graph.picture import graph_words
from vetting.reports.terminal import folding_table, shown

if TYPE_CHECKING:
    from rich.console import Console

__all__ = ["print_graph"]

_HEADINGS = ("From", "Relation", "To", "Strength", "Seen", "Record")
_TITLES = {
    IDENTITY: "Identity: what ties the applicant to the listed account",
    ASSOCIATION: "Associations: what the list records around it, no evidence of identity",
}


def print_graph(graph: AssociationGraph, *, console: Console, most: int = 200) -> None:
    """Print a graph: what it shows in words, a row for each edge, identity apart from association, what is left out.

    Args:
        graph: As :func:`~vetting.graph.association.association_graph` returns it.
        console: Where to print.
        most: Edges of each class to print; the others are counted.
    """
    console.print(shown(graph_words(graph)))
    for edge_class, title in _TITLES.items():
        edges = [edge for edge in graph.edges(data=True) if edge[2]["edge_class"] == edge_class]
        edges.sort(key=lambda edge: graph.nodes[edge[1]]["step"])
        console.print()
        if not edges:
            console.print(shown(f"{title}: none."))
            continue
        rows = (_row(graph, *edge) for edge in edges[:most])
        console.print(folding_table(_HEADINGS, rows, width=console.width, title=title, values=True))
        if len(edges) > most:
            console.print(shown(f"{counted(len(edges) - most, 'further edge')} of this class not printed."))
    for sentence in graph.graph["left_out"]:
        console.print(shown(f"Left out: {sentence}"))


def _row(graph: AssociationGraph, source: str, target: str, edge: dict[str, Any]) -> tuple[str, ...]:
    kind = (identity_kind if edge["edge_class"] == IDENTITY else association_kind)(edge["kind"])
    times = f" {TIMES}{edge['weight']:,}" if edge["weight"] > 1 else ""
    seen = " to ".join(dict.fromkeys(moment[:10] for moment in (edge["first"], edge["last"]) if moment))
    return (
        graph.nodes[source]["label"],
        kind.outward + times,
        graph.nodes[target]["label"],
        edge["strength"],
        seen or "no date",
        edge["record"] or "none",
    )
