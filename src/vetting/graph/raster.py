"""The picture of a graph as PNG, for print and for programs that show no SVG (extra ``png``)."""

from __future__ import annotations

from functools import cache

from vetting.errors import VettingError
from vetting.graph.draft import AssociationGraph
from vetting.graph.picture import graph_svg

__all__ = ["graph_png"]

_MOST_PIXELS = 100_000_000
# What stands for "sans-serif": the first of these that the machine has. The renderer itself looks for Arial
# alone and leaves letters out in silence where that is not there.
_FACES = (
    "Arial",
    "Helvetica",
    "Segoe UI",
    "Liberation Sans",
    "DejaVu Sans",
    "Noto Sans",
    "Open Sans",
    "FreeSans",
    "Ubuntu",
    "Cantarell",
    "Roboto",
)
_SAMPLE = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20">'
    '<text y="15" font-size="14" font-family="sans-serif">{}</text></svg>'
)


def graph_png(graph: AssociationGraph, *, scale: float = 2.0) -> bytes:
    """Draw a graph as PNG.

    The letters are those of this machine's fonts, so that the same graph gives the same bytes on the same
    machine.

    Args:
        graph: As :func:`~vetting.graph.association.association_graph` returns it.
        scale: Pixels for each unit of the picture, above 0; 2 is sharp in print at some 190 dots an inch.

    Returns:
        The file's content.

    Raises:
        ValueError: ``scale`` is not above 0, or the picture would have more than 100 million pixels.
        VettingError: The extra ``png`` is not installed, or the machine has no font to draw letters with.

    Cost:
        About a second for a picture of 2,000 by 2,700 pixels; nothing in a dossier waits for it.
    """
    if not scale > 0:
        raise ValueError("scale must be above 0")
    svg = graph_svg(graph, focusable=False)
    width, height = (int(part) for part in svg.split('viewBox="0 0 ', 1)[1].split('"', 1)[0].split(" "))
    if width * height * scale * scale > _MOST_PIXELS:
        raise ValueError("the picture is too large at this scale")
    face = _face()
    if not face:
        raise VettingError(
            f"The picture would have no letters: this machine has none of {', '.join(_FACES)}. Install one of them."
        )
    return _drawn(svg, scale, face)


@cache
def _face() -> str:
    """The first face with which a letter leaves a trace; empty when none does."""
    for face in _FACES:
        if _drawn(_SAMPLE.format("A"), 1.0, face) != _drawn(_SAMPLE.format(""), 1.0, face):
            return face
    return ""


def _drawn(svg: str, scale: float, face: str) -> bytes:
    try:
        import resvg_py
    except ImportError as error:
        raise VettingError(
            "PNG pictures need the extra png. Install it: pip install 'vetting[png]', or write an .svg."
        ) from error
    return bytes(resvg_py.svg_to_bytes(svg_string=svg, zoom=scale, sans_serif_family=face))
