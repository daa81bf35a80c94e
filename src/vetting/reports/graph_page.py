"""One association graph as a page, or as a file in whatever format its suffix names."""

from __future__ import annotations

from os import PathLike
from pathlib import Path

from vetting.errors import InputError
from vetting.graph.draft import AssociationGraph
from vetting.graph.export import GRAPH_SUFFIXES, graph_suffix, replace_file, write_graph
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


def write_graph_file(
    graph: AssociationGraph, path: str | PathLike[str], *, title: str = ""
) -> tuple[Path, ...]:
    """Write a graph in the format that the file's suffix names: a page, a PNG or an export.

    Args:
        graph: The graph.
        path: The file; replaced whole.
        title: Heading of the page; unused for the other formats.

    Returns:
        The files written: one, or for ``.csv`` two.

    Raises:
        InputError: The suffix is not known, or the file cannot be written.
    """
    path = Path(path)
    suffix = path.suffix.lower()
    if suffix not in {".html", ".png"}:
        _check_suffix(path)
    try:
        if suffix == ".html":
            replace_file(path, graph_html(graph, title=title or "Association graph"))
        elif suffix == ".png":
            replace_file(path, graph_png(graph))
        else:
            return write_graph(graph, path)
    except OSError as error:
        raise InputError(
            path, reason="the file cannot be written", remedy="Give a file in a folder that can."
        ) from error
    return (path,)


def _check_suffix(path: Path) -> None:
    try:
        graph_suffix(path)
    except InputError:
        raise InputError(
            path,
            reason=f"no graph format has the suffix {path.suffix!r}",
            remedy=f"Use one of {', '.join(('.html', '.png', *GRAPH_SUFFIXES))}.",
        ) from None
