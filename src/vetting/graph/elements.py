"""A graph as elements for cytoscape.js: plain data, with the places of our own layout."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from vetting.graph.attributes import ASSOCIATION, IDENTITY
from vetting.graph.draft import AssociationGraph
from vetting.graph.kinds import association_kind, identity_kind
from vetting.graph.layout import DETAIL_SIZE, PADDING, TIMES, TITLE_SIZE, lay_out, shortened

__all__ = ["graph_elements"]


def graph_elements(
    graph: AssociationGraph, *, most: int = 200, evidence: Mapping[str, Collection[int]] | None = None
) -> list[dict[str, Any]]:
    """Return the nodes and edges that the layout draws.

    Args:
        graph: The graph.
        most: Association nodes to keep; a canvas of more is not read.
        evidence: Edge key -> places of the evidence that draws it.

    Returns:
        First nodes, then edges, each in the order of the graph; texts are those of the graph. Node ids are
        ``n0``, ``n1`` and so on, so that no value from a list is ever a selector.
    """
    layout = lay_out(graph, most=most)
    boxes = {box.name: box for box in layout.boxes if box.name}
    ids = {name: f"n{number}" for number, name in enumerate(boxes)}
    elements: list[dict[str, Any]] = []
    for name, box in boxes.items():
        room = box.width - 2 * PADDING
        first = f"{box.title}: {box.aside}" if box.aside else box.title
        lines = [shortened(first, room, TITLE_SIZE)]
        lines += [shortened(detail, room, DETAIL_SIZE) for detail in box.details]
        elements.append(
            {
                "data": {
                    "id": ids[name],
                    "label": "\n".join(lines),
                    "whole": "\n".join([box.title, *box.details, *([box.aside] if box.aside else [])]),
                    "sort": box.kind,
                    "hub": int(box.hub),
                    "width": box.width,
                    "height": box.height,
                },
                "position": {"x": box.x + box.width / 2, "y": box.y + box.height / 2},
            }
        )
    for number, (source, target, key, edge) in enumerate(graph.edges(keys=True, data=True)):
        if source in ids and target in ids and source != target:  # as in the picture; the table has it
            kind = (identity_kind if edge["edge_class"] == IDENTITY else association_kind)(edge["kind"])
            times = f" {TIMES}{edge['weight']:,}" if edge["weight"] > 1 else ""
            elements.append(
                {
                    "data": {
                        "id": f"e{number}",
                        "source": ids[source],
                        "target": ids[target],
                        "words": kind.outward + times,
                        "association": int(edge["edge_class"] == ASSOCIATION),
                        "strength": edge["strength"],
                        "record": edge["record"],
                        "evidence": sorted((evidence or {}).get(key, ())),
                    }
                }
            )
    return elements
