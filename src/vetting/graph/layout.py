"""Where everything goes in the picture: columns by steps from the applicant, groups by kind of relation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from attrs import evolve, frozen

from vetting.evidence.results import Level
from vetting.evidence.words import LEVEL_TITLES, kind_title
from vetting.graph.attributes import ASSOCIATION, natural_order
from vetting.graph.chain_drawing import LAST_STEP, last_identity_step
from vetting.graph.draft import AssociationGraph
from vetting.graph.kinds import association_kind
from vetting.graph.lettering import shortened, text_width

__all__ = ["Box", "Heading", "Layout", "lay_out", "shortened", "text_width"]

MARGIN, GAP, PADDING = 14, 44, 10  # pixels, as everything here
DETOUR = 24  # room at the bottom of a picture with chains for lines that pass columns
TITLE_SIZE, DETAIL_SIZE = 14, 12
TIMES = "\u00d7"
_WIDTHS = {0: 150, 1: 214, 2: 190}  # of the columns
_ASSOCIATION_WIDTH = 290  # of every later one
_HEAD = 26  # height of a column's or a group's heading
_COLUMN_TITLES = {0: "Applicant", 1: "Shared identifiers", 2: "Listed account"}
_CHAIN_TITLES = ("Accounts linked to", "Identifiers named by it")  # even and odd columns of identity chains
_NOUNS = {
    "topic": ("topic", "topics"),
    "conversation": ("conversation", "conversations"),
    "account": ("account", "accounts"),
    "ip": ("address", "addresses"),
}
_OTHERS = ("other", "others")


@frozen(kw_only=True)
class Box:
    """A node in the picture, or one that stands for several.

    Attributes:
        name: The node's key; empty for one that stands for several.
        x: Left edge.
        y: Top edge.
        width: In pixels.
        height: In pixels.
        kind: The node's kind, ``"candidate"`` for a candidate's account, ``"rest"`` for several nodes.
        hub: Whether it is a hub.
        title: First line, whole; shortened when drawn.
        details: Further lines, whole.
        aside: What stands at the right of the title in a box of one line; may be empty.
    """

    name: str
    x: int
    y: int
    width: int
    height: int
    kind: str
    hub: bool
    title: str
    details: tuple[str, ...]
    aside: str = ""


@frozen(kw_only=True)
class Heading:
    """The heading of a column or of a group in it."""

    x: int
    y: int
    text: str


@frozen(kw_only=True)
class Layout:
    """All boxes and headings.

    Attributes:
        boxes: In drawing order.
        headings: The same.
        width: Of the picture.
        height: Of the picture, without its legend.
        not_drawn: How many association nodes are only counted.
    """

    boxes: tuple[Box, ...]
    headings: tuple[Heading, ...]
    width: int
    height: int
    not_drawn: int


def lay_out(graph: AssociationGraph, *, most: int) -> Layout:
    """Place the nodes of a graph.

    Args:
        graph: The graph.
        most: Association nodes to draw; the others are counted in one box for each group.

    Returns:
        The same layout for the same graph, always.
    """
    groups = _groups(graph)
    shown = _shown(groups, most)
    boxes: list[Box] = []
    headings: list[Heading] = []
    x, bottom, not_drawn = MARGIN, 0, 0
    last = last_identity_step(graph)
    for step in range(last + 1):
        width = _WIDTHS[step] if step <= 2 else _WIDTHS[2 - step % 2]
        names = [name for name, node in graph.nodes(data=True) if node["step"] == step]
        if not names and step % 2:
            continue
        headings.append(Heading(x=x, y=MARGIN + 12, text=_column_title(step, len(names))))
        bottom = max(bottom, _stack(boxes, [_box(graph, name, x, width) for name in names], MARGIN + _HEAD))
        x += width + GAP
    for step in sorted({step for step, _, _ in groups}):
        y = MARGIN
        for key, names in groups.items():
            if key[0] != step:
                continue
            headings.append(Heading(x=x, y=y + 12, text=key[2]))
            # Hubs, which say least, stand at the edge.
            drawn = sorted((name for name in names if name in shown), key=lambda one: graph.nodes[one]["hub"])
            stack = [_box(graph, name, x, _ASSOCIATION_WIDTH) for name in drawn]
            if len(drawn) < len(names):
                not_drawn += len(names) - len(drawn)
                stack.append(_rest(graph, [name for name in names if name not in shown], x, some=bool(drawn)))
            y = _stack(boxes, stack, y + _HEAD - 6, gap=5) + 10
        bottom = max(bottom, y)
        x += _ASSOCIATION_WIDTH + GAP
    return Layout(
        boxes=tuple(boxes),
        headings=tuple(headings),
        width=x - GAP + MARGIN + (30 if _has_bow(graph) else 0),
        height=bottom + MARGIN + (DETOUR if last > 2 else 0),
        not_drawn=not_drawn,
    )


def _column_title(step: int, number: int) -> str:
    if step > LAST_STEP:
        return _CHAIN_TITLES[step % 2]
    return _COLUMN_TITLES[step] + ("s" if step != 1 and number > 1 else "")


def _has_bow(graph: AssociationGraph) -> bool:
    """Whether two nodes of one column may be joined, by a line that needs room at its right."""
    nodes = graph.nodes
    return any(nodes[a]["step"] == nodes[b]["step"] for a, b in graph.edges() if a != b)


def _groups(graph: AssociationGraph) -> dict[tuple[int, int, str], list[str]]:
    """Nodes beyond the listed accounts, by step and by their most telling kind of relation."""
    found: dict[tuple[int, int, str], list[tuple[int, int, Any, str]]] = {}
    last = last_identity_step(graph)
    for name, node in graph.nodes(data=True):
        if node["step"] <= last:
            continue
        nearer: dict[str, list[dict[str, Any]]] = {}
        for other, edge in _nearer(graph, name):
            nearer.setdefault(other, []).append(edge)
        edges = [edge for found_edges in nearer.values() for edge in found_edges]
        first = min((association_kind(edge["kind"]) for edge in edges), key=lambda kind: kind.priority)
        weight = sum(edge["weight"] for edge in edges if edge["kind"] == first.name)
        group = found.setdefault((node["step"], first.priority, first.group), [])
        # What several candidates' accounts have in common comes first, then what happened most often.
        group.append((-len(nearer), -weight, natural_order(name), name))
    return {key: [name for *_, name in sorted(found[key])] for key in sorted(found)}


def _shown(groups: dict[tuple[int, int, str], list[str]], most: int) -> set[str]:
    """Take one of each group in turn, so that a busy kind does not push the others out."""
    shown: set[str] = set()
    for turn in range(max(map(len, groups.values()), default=0)):
        for names in groups.values():
            if turn < len(names) and len(shown) < most:
                shown.add(names[turn])
    return shown


def _nearer(graph: AssociationGraph, name: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Association edges to nodes that are nearer to the applicant; every node further out has one."""
    step = graph.nodes[name]["step"]
    for source, target, edge in (*graph.out_edges(name, data=True), *graph.in_edges(name, data=True)):
        other = source if target == name else target
        if edge["edge_class"] == ASSOCIATION and graph.nodes[other]["step"] < step:
            yield other, edge


def _stack(boxes: list[Box], stack: Iterable[Box], y: int, *, gap: int = 9) -> int:
    for box in stack:
        boxes.append(evolve(box, y=y))
        y += box.height + gap
    return y


def _box(graph: AssociationGraph, name: str, x: int, width: int) -> Box:
    node = graph.nodes[name]
    title, aside, details = node["label"] or name, "", tuple(_details(graph, name))
    room = width - 3 * PADDING - text_width(title, TITLE_SIZE)
    if _associated(node) and len(details) == 1 and text_width(details[0], DETAIL_SIZE) <= room:
        aside, details = details[0], ()
    return Box(
        name=name,
        x=x,
        y=0,
        width=width,
        height=_height(len(details)),
        kind="candidate" if node["candidate"] else node["kind"],
        hub=node["hub"] and not node["candidate"],
        title=title,
        details=details,
        aside=aside,
    )


def _associated(node: dict[str, Any]) -> bool:
    return bool(node["third_party"]) or node["kind"] not in {"applicant", "identifier", "account"}


def _rest(graph: AssociationGraph, names: list[str], x: int, *, some: bool) -> Box:
    kinds = {graph.nodes[name]["kind"] for name in names}
    one, many = _NOUNS.get(kinds.pop(), _OTHERS) if len(kinds) == 1 else _OTHERS
    noun = one if len(names) == 1 else many
    title = f"and {len(names):,} more {noun}" if some else f"{len(names):,} {noun}, not drawn"
    return Box(
        name="",
        x=x,
        y=0,
        width=_ASSOCIATION_WIDTH,
        height=26,
        kind="rest",
        hub=False,
        title=title,
        details=(),
    )


def _height(details: int) -> int:
    return 2 * 7 + TITLE_SIZE + details * (DETAIL_SIZE + 4)


def _details(graph: AssociationGraph, name: str) -> Iterator[str]:
    node = graph.nodes[name]
    if node["kind"] == "identifier":
        yield kind_title(name.split(":")[1])
        agreements = {
            f"{LEVEL_TITLES[Level(edge['level'])]}, {edge['strength']}"
            for _, _, edge in graph.out_edges(name, data=True)
        }
        yield from sorted(agreements)
    elif not _associated(node) and node["kind"] == "account":
        yield f"account {name.split(':', 2)[2]}"
        yield f"on {node['list_id']}"
        total = node["relations_total"]
        if total:
            yield f"{total:,} relation{'s' if total > 1 else ''} on the list"
    elif _associated(node):
        if node["hub"]:
            yield f"hub: {node['relations_total']:,} relations, not followed"
        yield from _relation_lines(graph, name)
        if not node["held"]:
            yield "not on the list as it was read"


def _relation_lines(graph: AssociationGraph, name: str) -> Iterator[str]:
    """What joins this node to what is nearer, seen from there: how often, and in which years."""
    found: dict[tuple[int, str], list[dict[str, Any]]] = {}
    outward = {id(edge) for *_, edge in graph.in_edges(name, data=True)}
    for _, edge in _nearer(graph, name):
        kind = association_kind(edge["kind"])
        words = kind.outward if id(edge) in outward else kind.inward
        found.setdefault((kind.priority, words), []).append(edge)
    for (_, words), edges in sorted(found.items(), key=lambda item: item[0]):
        weight = sum(edge["weight"] for edge in edges)
        years = sorted(moment[:4] for edge in edges for moment in (edge["first"], edge["last"]) if moment)
        when = (
            ""
            if not years
            else f", {years[0]}"
            if years[0] == years[-1]
            else f", {years[0]}\u2013{years[-1]}"
        )
        yield f"{words}{f' {TIMES}{weight:,}' if weight > 1 else ''}{when}"
