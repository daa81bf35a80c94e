"""The association graph on a page: picture, what is left out, what its edges mean, and its records."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from vetting.graph.attributes import ASSOCIATION, IDENTITY
from vetting.graph.draft import AssociationGraph
from vetting.graph.kinds import EdgeKind, association_kind, identity_kind
from vetting.graph.layout import TIMES
from vetting.graph.picture import graph_svg
from vetting.reports.markup import safe, table, value

__all__ = ["graph_section"]

_MOST_ROWS = 60


def graph_section(
    graph: AssociationGraph,
    *,
    most_drawn: int = 14,
    most_rows: int = _MOST_ROWS,
    focusable: bool = True,
    evidence: Mapping[str, Collection[int]] | None = None,
) -> str:
    """Return a graph as HTML.

    Args:
        graph: The graph.
        most_drawn: Association nodes in the picture; the others are counted there.
        most_rows: Edges in the table under it; the others are counted.
        focusable: Whether the keyboard reaches each node of the picture.
        evidence: Edge key -> places of the evidence that draws it, for a page on which it can be left out.
    """
    associated = any(edge["edge_class"] == ASSOCIATION for *_, edge in graph.edges(data=True))
    # The frame scrolls on a narrow screen, so the keyboard must reach it.
    picture = graph_svg(graph, most=most_drawn, focusable=focusable, evidence=evidence)
    return (
        '<div class="block graph"><h3>Associations</h3>'
        "<p>What the list records around the account. It is no evidence of identity, it is in no sum, and "
        "it says nothing of anybody's views. Other people's accounts have pseudonyms.</p>"
        f'<div class="picture" role="group" aria-label="Picture of the graph" tabindex="0">{picture}</div>'
        f"{_left_out(graph, associated=associated)}{_meanings(graph)}{_edge_table(graph, most_rows)}</div>"
    )


def _left_out(graph: AssociationGraph, *, associated: bool) -> str:
    sentences = [safe(sentence) for sentence in graph.graph["left_out"]]
    if not associated:
        sentences.insert(0, "No relation of a listed account is shown.")
    if not sentences:
        return ""
    return f'<p class="small"><b>Left out:</b> {" ".join(sentences)}</p>'


def _meanings(graph: AssociationGraph) -> str:
    kinds: dict[tuple[int, str], EdgeKind] = {}
    for *_, edge in graph.edges(data=True):
        if edge["edge_class"] == ASSOCIATION:
            kind = association_kind(edge["kind"])
            kinds[kind.priority, kind.name] = kind
    if not kinds:
        return ""
    rows = (
        [f"<b>{safe(kind.group)}</b>", safe(kind.means), safe(kind.does_not_mean)]
        for _, kind in sorted(kinds.items())
    )
    return table(["Relation", "It shows", "It does not show"], rows, name="meanings")


def _edge_table(graph: AssociationGraph, most: int) -> str:
    total = graph.number_of_edges()
    if not total:
        return ""
    shown = f"the first {most:,} of {total:,} edges" if total > most else f"{total:,} edges"
    rows = [row for _, row in zip(range(most), _rows(graph), strict=False)]
    headings = ["From", "Relation", "To", "Strength", "Seen", "Record"]
    return (
        f"<details><summary>The same as a table ({shown})</summary>"
        f"{table(headings, rows, name='edges')}</details>"
    )


def _rows(graph: AssociationGraph) -> Iterator[list[str]]:
    edges = sorted(
        graph.edges(keys=True, data=True),
        key=lambda edge: (edge[3]["edge_class"] != IDENTITY, graph.nodes[edge[1]]["step"]),
    )
    for source, target, _, edge in edges:
        identity = edge["edge_class"] == IDENTITY
        words = (identity_kind if identity else association_kind)(edge["kind"]).outward
        times = f" {TIMES}{edge['weight']:,}" if edge["weight"] > 1 else ""
        seen = " to ".join(dict.fromkeys(moment[:10] for moment in (edge["first"], edge["last"]) if moment))
        yield [
            value(graph.nodes[source]["label"]),
            safe(words + times),
            value(graph.nodes[target]["label"]),
            safe(f"{edge['strength']} ({edge['edge_class']})"),
            safe(seen or "no date"),
            f"<code>{safe(edge['record'] or 'none')}</code>",
        ]
