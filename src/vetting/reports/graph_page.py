"""One association graph as a page, or as a file in whatever format its suffix names."""

from __future__ import annotations

from os import PathLike
from pathlib import Path

from vetting.errors import InputError
from vetting.graph.draft import AssociationGraph
from vetting.graph.export import GRAPH_SUFFIXES, graph_text, replace_file
from vetting.graph.raster import graph_png
from vetting.reports.graph_section import graph_section
from vetting.reports.markup import page, safe

__all__ = ["graph_html", "write_graph_file"]


def graph_html(graph: AssociationGraph, *, title: str = "Association graph") -> str:
    """Return a page with one graph, self-contained and without script.

    Args:
        graph: The graph.
        title: The page's heading, as text.
    """
    body = (
        f'<header class="top"><p class="kicker">For review, no finding</p><h1>{safe(title)}</h1></header>\n'
        f'<main><section class="candidate">{graph_section(graph, most_drawn=24, most_rows=400)}</section></main>'
    )
    return page(title, body)


def write_graph_file(graph: AssociationGraph, path: str | PathLike[str], *, title: str = "") -> None:
    """Write a graph in the format that the file's suffix names: a page, a picture or an export.

    Args:
        graph: The graph.
        path: The file; replaced whole.
        title: Heading of the page; unused for the other formats.

    Raises:
        InputError: The suffix is not known, or the file cannot be written.
    """
    path = Path(path)
    suffix = path.suffix.lower()
    if suffix not in {".html", ".png", *GRAPH_SUFFIXES}:
        raise InputError(
            path,
            reason=f"no graph format has the suffix {suffix!r}",
            remedy=f"Use one of {', '.join(dict.fromkeys(('.html', '.png', *GRAPH_SUFFIXES)))}.",
        )
    content: str | bytes
    if suffix == ".html":
        content = graph_html(graph, title=title or "Association graph")
    elif suffix == ".png":
        content = graph_png(graph)
    else:
        content = graph_text(graph, suffix)
    try:
        replace_file(path, content)
    except OSError as error:
        raise InputError(
            path, reason="the file cannot be written", remedy="Give a file in a folder that can."
        ) from error
