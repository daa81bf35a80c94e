"""Explore mode: the graph to move and to ask, by cytoscape.js from within the page; only on request.

The library is the unmodified file of its maintainers, and the page's policy lets it and our own few lines
run by their hashes, and nothing else. What comes from lists is data in a block that is not executed, and
is shown as text.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping

from vetting.graph.draft import AssociationGraph
from vetting.graph.elements import graph_elements
from vetting.reports.markup import sheet

__all__ = ["explore_scripts", "explore_section", "json_block"]

# A script element ends at its end tag wherever it stands, and a comment may hide that; JSON allows escapes.
_ESCAPES = str.maketrans(
    {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}
)


def explore_section(graph: AssociationGraph, *, evidence: Mapping[str, Collection[int]] | None = None) -> str:
    """Return the section with the graph's data as HTML; it needs :func:`explore_scripts` on the page.

    Args:
        graph: The graph.
        evidence: Edge key -> places of the evidence that draws it, for a page with boxes to clear.
    """
    return (
        '<section id="explore"><h2>Explore the graph</h2>'
        "<p>Drag to move; select a node or a line to read it, and then scroll to come nearer. The picture above and its "
        "table say the same, and the keyboard reaches them.</p>"
        '<div id="explore-graph" aria-hidden="true"></div>'
        '<p id="explore-said" role="status">Nothing is selected.</p>'
        f"{json_block('explore-data', graph_elements(graph, evidence=evidence))}</section>"
    )


def json_block(name: str, data: object) -> str:
    r"""Return data as a block that a page's script can read and that is never executed.

    Example:
        >>> json_block("d", ["</script>"])
        '<script type="application/json" id="d">["\\u003c/script\\u003e"]</script>'
    """
    text = json.dumps(data, ensure_ascii=False, allow_nan=False).translate(_ESCAPES)
    return f'<script type="application/json" id="{name}">{text}</script>'


def explore_scripts() -> tuple[str, ...]:
    """Return the scripts of a page with an explore section: the library, and what starts it."""
    return sheet("cytoscape/cytoscape.min.js"), sheet("explore.js")
