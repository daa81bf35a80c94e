"""The picture of an association graph: inline SVG made of strings, the same bytes for the same graph."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from html import escape
from typing import Any

from vetting.evidence.words import list_words
from vetting.graph.attributes import ASSOCIATION, IDENTITY, natural_order
from vetting.graph.chain_drawing import last_identity_step
from vetting.graph.draft import AssociationGraph
from vetting.graph.layout import (
    DETAIL_SIZE,
    DETOUR,
    MARGIN,
    PADDING,
    TITLE_SIZE,
    Box,
    Layout,
    lay_out,
    shortened,
)
from vetting.graph.picture_lines import direct_path, lowest_between, way_round
from vetting.normalise.text import visible_text

__all__ = ["evidence_class", "graph_svg", "graph_words"]

_INK, _GREY, _PALE, _BLUE = "#1b2530", "#6b7480", "#e9ebee", "#1f4f82"
_STRENGTHS = ("confirmed", "unconfirmed", "tentative")  # solid, dashed, dotted: the usual meaning of links
_DASHES = {"confirmed": "", "unconfirmed": "7 4", "tentative": "1.5 4"}
_LEGEND_HEIGHT = 58
# Fill, outline, outline width, text. They differ in lightness, so that a black and white print tells them.
_LOOKS = {
    "applicant": (_INK, _INK, "1", "#ffffff"),
    "identifier": ("#ffffff", _BLUE, "2.2", _INK),
    "candidate": ("#dfe9f4", _INK, "1.6", _INK),
}
_PLAIN = ("#ffffff", "#9aa3ad", "1", _INK)


_KIND_WORDS = {
    "identifier": "Shared identifier",
    "candidate": "Listed account",
    "account": "Account",
}
_MOST_NEIGHBOURS = 6  # named in a node's text alternative; a listener cannot hold more, and the table has all
# The ring is drawn by the picture itself, so that it is there when the file is opened alone.
_STYLE = (
    ".node{outline:none}.node:focus-visible>rect{stroke:#c2410c;stroke-width:4;stroke-dasharray:none}"
    "@media print{.node:focus-visible>rect{stroke-width:2}}"
)


def graph_svg(
    graph: AssociationGraph,
    *,
    most: int = 24,
    focusable: bool = True,
    evidence: Mapping[str, Collection[int]] | None = None,
) -> str:
    """Draw a graph: the applicant at the left, what it shares with the listed account, what is around that.

    Columns are steps from the applicant. Identity edges are thick, association edges thin; solid is
    confirmed, dashed unconfirmed, dotted tentative. Hubs are grey. Long texts are shortened and whole in
    the node's title. The keyboard reaches every node, the applicant first and then column by column, and
    each has its text alternative. There is no script, no link and no font from elsewhere.

    Args:
        graph: As :func:`~vetting.graph.association.association_graph` returns it.
        most: Association nodes to draw; the others are counted.
        focusable: Whether the keyboard reaches the nodes; not on a page of very many pictures.
        evidence: Edge key -> places of the evidence that draws it. What hangs on some evidence alone has
            the class ``ev-0-2`` (for places 0 and 2), so that a page can fade it.

    Returns:
        One ``<svg>`` element, readable by itself as a file and inside a page.
    """
    layout = lay_out(graph, most=most)
    words = graph_words(graph)
    hanging = _hanging(graph, evidence or {})
    height = layout.height + _LEGEND_HEIGHT
    role = "group" if focusable else "img"  # what stands inside an image is hidden from a screen reader
    lines = [
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {layout.width} {height}" '
            f'width="{layout.width}" height="{height}" role="{role}" '
            'aria-label="Association graph" '
            'font-family="system-ui, Segoe UI, Helvetica, Arial, sans-serif">'
        ),
        "<title>Association graph</title>",
        f"<desc>{_safe(words)}</desc>",
        *([f"<style>{_STYLE}</style>"] if focusable else []),
        f'<rect width="{layout.width}" height="{height}" fill="#ffffff"/>',
        *_edges(graph, layout, evidence or {}),
        *_headings(layout),
        *(
            line
            for box in layout.boxes
            for line in _box(
                box,
                alternative=_alternative(graph, box) if focusable else "",
                hanging=hanging.get(box.name, ""),
            )
        ),
        *_legend(layout),
        "</svg>",
    ]
    return "\n".join(lines) + "\n"


def graph_words(graph: AssociationGraph) -> str:
    """Describe a graph in a few sentences: the text alternative of its picture."""
    nodes = [node for _, node in graph.nodes(data=True)]
    shared = [node["label"] for node in nodes if node["kind"] == "identifier"]
    sentences = []
    applicants = [node["label"] for node in nodes if node["kind"] == "applicant"]
    accounts = [node["label"] for node in nodes if node["candidate"]]
    if applicants and accounts:
        through = (
            f" through {len(shared)} shared identifiers"
            if len(shared) != 1
            else " through 1 shared identifier"
        )
        sentences.append(f"{list_words(applicants)} and the listed {list_words(accounts)}, joined{through}.")
    counts: dict[str, int] = {}
    last = last_identity_step(graph)
    for node in nodes:
        if node["step"] > last:
            counts[node["kind"]] = counts.get(node["kind"], 0) + 1
    if counts:
        around = list_words([f"{number:,} of the kind {kind}" for kind, number in sorted(counts.items())])
        sentences.append(f"Recorded around the listed accounts: {around}.")
    sentences.append("Associations are no evidence of identity, and nearness says nothing of a person.")
    return " ".join(sentences)


def _headings(layout: Layout) -> Iterator[str]:
    for heading in layout.headings:
        yield (
            f'<text x="{heading.x}" y="{heading.y}" font-size="12" font-weight="600" fill="{_GREY}">'
            f"{_safe(heading.text)}</text>"
        )


def evidence_class(places: Collection[int]) -> str:
    """Return the class of what hangs on evidence at some places: ``ev-0-2``; empty for none."""
    return "-".join(["ev", *map(str, sorted(set(places)))]) if places else ""


def _hanging(graph: AssociationGraph, evidence: Mapping[str, Collection[int]]) -> dict[str, str]:
    """Identifier node -> class of the evidence that all of its edges hang on."""
    found = {}
    for name, node in graph.nodes(data=True):
        if node["kind"] == "identifier":
            edges = [*graph.in_edges(name, keys=True), *graph.out_edges(name, keys=True)]
            found[name] = _class_of([key for *_, key in edges], evidence)
    return found


def _class_of(keys: Collection[str], evidence: Mapping[str, Collection[int]]) -> str:
    if not keys or not all(evidence.get(key) for key in keys):
        return ""
    return evidence_class({place for key in keys for place in evidence[key]})


def _alternative(graph: AssociationGraph, box: Box) -> str:
    """Say a node in words: what it is, what is known of it, and what it is joined to."""
    if not box.name:  # it only counts what is not drawn
        return ""
    lines = [part for part in (box.title, *box.details, box.aside) if part]
    if box.kind in _KIND_WORDS and not box.title.startswith(_KIND_WORDS[box.kind]):
        lines.insert(0, _KIND_WORDS[box.kind])
    joined: dict[str, dict[str, None]] = {IDENTITY: {}, ASSOCIATION: {}}
    for source, target, edge in (
        *graph.in_edges(box.name, data=True),
        *graph.out_edges(box.name, data=True),
    ):
        joined[edge["edge_class"]][source if target == box.name else target] = None
    for edge_class, others in joined.items():
        if others:
            # In an order of their own: a graph that was read back has its edges in another one.
            order = sorted(others, key=lambda name: (graph.nodes[name]["step"], natural_order(name)))
            names = [graph.nodes[other]["label"] or other for other in order][:_MOST_NEIGHBOURS]
            if len(others) > len(names):
                names.append(f"{len(others) - len(names):,} more")
            lines.append(f"Joined by {edge_class} to {list_words(names)}")
    return ". ".join(lines) + "."


def _box(box: Box, *, alternative: str, hanging: str) -> Iterator[str]:
    whole = "\n".join((box.title, *box.details))
    classes = " ".join(part for part in ("node" if alternative else "", hanging) if part)
    opened = f' class="{classes}"' if classes else ""
    if alternative:
        opened += f' tabindex="0" role="img" aria-label="{_safe(alternative)}"'
    yield f"<g{opened}><title>{_safe(whole)}</title>"
    room = box.width - 2 * PADDING
    if box.kind == "rest":
        yield _text((box.x + 2, box.y + 17), box.title, DETAIL_SIZE, _GREY, room)
        yield "</g>"
        return
    fill, outline, width, ink = _LOOKS.get(box.kind, _PLAIN)
    dash = ""
    if box.hub:
        fill, outline, ink, dash = _PALE, "#9aa3ad", "#565e68", ' stroke-dasharray="3 3"'
    yield (
        f'<rect x="{box.x}" y="{box.y}" width="{box.width}" height="{box.height}" rx="6" fill="{fill}" '
        f'stroke="{outline}" stroke-width="{width}"{dash}/>'
    )
    y = box.y + 7 + TITLE_SIZE - 2
    yield _text((box.x + PADDING, y), box.title, TITLE_SIZE, ink, room, bold=box.kind in _LOOKS)
    if box.aside:
        yield (
            f'<text x="{box.x + box.width - PADDING}" y="{y}" font-size="{DETAIL_SIZE}" fill="{ink}" '
            f'text-anchor="end">{_safe(box.aside)}</text>'
        )
    for detail in box.details:
        y += DETAIL_SIZE + 4
        yield _text((box.x + PADDING, y), detail, DETAIL_SIZE, ink, room)
    yield "</g>"


def _text(at: tuple[int, int], text: str, size: int, ink: str, room: int, *, bold: bool = False) -> str:
    drawn = shortened(visible_text(text), room, size, bold=bold)
    weight = ' font-weight="600"' if bold else ""
    return f'<text x="{at[0]}" y="{at[1]}" font-size="{size}" fill="{ink}"{weight}>{_safe(drawn)}</text>'


def _edges(graph: AssociationGraph, layout: Layout, evidence: Mapping[str, Collection[int]]) -> Iterator[str]:
    """One line for each pair of drawn nodes and class of edge, in the strongest of its edges' styles."""
    boxes = {box.name: box for box in layout.boxes if box.name}
    lines: dict[tuple[str, str, str], list[dict[str, Any]]] = {}
    keys: dict[tuple[str, str, str], list[str]] = {}
    for source, target, key, edge in graph.edges(keys=True, data=True):
        if source in boxes and target in boxes and source != target:
            pair = tuple(sorted((source, target), key=lambda name: (boxes[name].x, boxes[name].y, name)))
            lines.setdefault((*pair, edge["edge_class"]), []).append(edge)
            keys.setdefault((*pair, edge["edge_class"]), []).append(key)
    fans = sorted({left for left, _, edge_class in lines if edge_class == ASSOCIATION})
    lanes = {name: number % 4 for number, name in enumerate(sorted(fans, key=lambda n: boxes[n].y))}
    for (left, right, edge_class), edges in sorted(lines.items()):
        strongest = min((edge["strength"] for edge in edges), key=_STRENGTHS.index)
        hub = boxes[left].hub or boxes[right].hub
        below = lowest_between(boxes[left], boxes[right], layout.boxes)
        trunk = edge_class == ASSOCIATION
        if below:
            path = way_round(boxes[left], boxes[right], below + DETOUR // 2 + (4 if trunk else 0))
        else:
            path = direct_path(boxes[left], boxes[right], trunk=trunk, lane=lanes.get(left, 0))
        records = sorted({f"{edge['kind']}: {edge['record'] or 'no record'}" for edge in edges})
        titled = "\n".join([f"{edge_class}, {strongest}", *records[:12]])
        hanging = _class_of(keys[left, right, edge_class], evidence)
        marked = f' class="{hanging}"' if hanging else ""
        yield (
            f'<path{marked} d="{path}" fill="none" {_stroke(edge_class, strongest, pale=hub)}>'
            f"<title>{_safe(titled)}</title></path>"
        )


def _stroke(edge_class: str, strength: str, *, pale: bool = False) -> str:
    colour = "#b4bac1" if pale else _BLUE if edge_class == IDENTITY else "#737c87"
    dash = f' stroke-dasharray="{_DASHES[strength]}"' if _DASHES[strength] else ""
    width = "2.6" if edge_class == IDENTITY else "1.2"
    return f'stroke="{colour}" stroke-width="{width}" stroke-linecap="round"{dash}'


def _legend(layout: Layout) -> Iterator[str]:
    top = layout.height + 8
    yield f'<path d="M{MARGIN} {top}H{layout.width - MARGIN}" stroke="#d5d9de"/>'
    x, y = MARGIN, top + 20
    samples = (
        (_stroke(IDENTITY, "confirmed"), "identity", 62),
        (_stroke(ASSOCIATION, "confirmed"), "association", 78),
        (f'stroke="{_INK}" stroke-width="1.6"', "confirmed", 72),
        (
            f'stroke="{_INK}" stroke-width="1.6" stroke-dasharray="{_DASHES["unconfirmed"]}"',
            "unconfirmed",
            84,
        ),
        (f'stroke="{_INK}" stroke-width="1.8" stroke-dasharray="{_DASHES["tentative"]}"', "tentative", 66),
    )
    for stroke, word, width in samples:
        yield f'<path d="M{x} {y - 4}h28" fill="none" {stroke}/>'
        yield f'<text x="{x + 34}" y="{y}" font-size="12" fill="{_INK}">{word}</text>'
        x += 34 + width + 8
    sentence = "Being associated is no evidence of identity, and says nothing of anybody's views."
    yield f'<text x="{MARGIN}" y="{y + 20}" font-size="12" fill="{_GREY}">{_safe(sentence)}</text>'


def _safe(text: str) -> str:
    """Escape a text for SVG; line breaks, which titles use, stay."""
    return escape("\n".join(visible_text(line) for line in text.split("\n")), quote=True)
