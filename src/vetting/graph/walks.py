"""Where a path may go: views of a graph with the edges of one class, without hubs, for networkx to search."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, get_args

from attrs import frozen

from vetting.graph.attributes import ASSOCIATION, IDENTITY, Strength
from vetting.graph.draft import AssociationGraph
from vetting.graph.kinds import association_kind, identity_kind

if TYPE_CHECKING:
    import networkx as nx

__all__ = [
    "LONGEST",
    "STRENGTHS",
    "EdgeSeen",
    "Walk",
    "association_walk",
    "identity_walk",
    "leading_to",
    "simple_ways",
]

STRENGTHS: tuple[Strength, ...] = get_args(Strength)
"""The strongest first."""

LONGEST = 6
"""Steps of a path at most: three topics from one account to the other."""


@frozen(kw_only=True)
class EdgeSeen:
    """An edge of the graph that a step may walk.

    Attributes:
        key: Its key.
        source: Where it starts in the graph, whichever way it is walked.
        attributes: Its attributes.
    """

    key: str
    source: str
    attributes: dict[str, Any]


@frozen(eq=False)
class Walk:
    """What may be walked.

    Attributes:
        edge_class: ``identity`` or ``association``.
        edges: From both nodes of a step, as it is walked, to the edge.
    """

    edge_class: str
    edges: dict[tuple[str, str], EdgeSeen]

    def view(self, strength: Strength) -> nx.DiGraph[str]:
        """Return the steps that are at least so strong."""
        import networkx as nx

        enough = STRENGTHS[: STRENGTHS.index(strength) + 1]
        return nx.DiGraph(ends for ends, seen in self.edges.items() if seen.attributes["strength"] in enough)

    def reached(self, source: str) -> list[str]:
        """Return the nodes that can be reached from one, in a fixed order, itself left out."""
        import networkx as nx

        steps = nx.DiGraph(self.edges.keys())
        return sorted(nx.descendants(steps, source)) if source in steps else []


def identity_walk(graph: AssociationGraph, source: str) -> Walk:
    """Return the identity edges that a path from a node may walk.

    An identifier is walked towards the account that has it, never back to somebody else who has it, too; the
    account where a path starts is the exception. Links between accounts are walked both ways, since they say
    the same of both. No path leads through an applicant.

    Args:
        graph: The graph.
        source: Where the path starts.
    """
    kinds = {name: node["kind"] for name, node in graph.nodes(data=True)}
    steps = []
    for one, other, seen in _edges(graph, IDENTITY):
        if "applicant" in {kinds[end] for end in (one, other) if end != source}:
            continue
        given = "identifier" in {kinds[one], kinds[other]}
        if other != source:
            steps.append((one, other, seen))
        if other == source or not (given or one == source):
            steps.append((other, one, seen))
    return Walk(IDENTITY, _strongest(steps))


def association_walk(graph: AssociationGraph, source: str, target: str) -> Walk:
    """Return the association edges that a path between two nodes may walk, either way.

    Only what lies on some simple path between the two is kept: most of a neighbourhood leads nowhere else.

    Args:
        graph: The graph.
        source: Where the path starts; it may be a hub itself.
        target: Where it ends; the same.
    """
    import networkx as nx

    open_to = {name for name, node in graph.nodes(data=True) if not node["hub"]} | {source, target}
    steps = [
        (one, other, seen)
        for one, other, seen in _edges(graph, ASSOCIATION)
        if one in open_to and other in open_to and one != other
    ]
    around = nx.Graph((one, other) for one, other, _ in steps)
    around.add_edge(source, target)  # whatever is on a circle with this edge is on a path between its ends
    parts: Iterator[Any] = iter(nx.biconnected_components(around))  # sets of nodes, whatever the stubs say
    kept: set[str] = next(part for part in parts if source in part and target in part)
    steps = [step for step in steps if step[0] in kept and step[1] in kept]
    return Walk(ASSOCIATION, _strongest(steps + [(other, one, seen) for one, other, seen in steps]))


def leading_to(graph: AssociationGraph, target: str) -> dict[str, tuple[int, int]]:
    """Return from where associations lead to a node, hubs not walked through, and how well at best.

    Args:
        graph: The graph.
        target: Where they lead.

    Returns:
        Node -> place of the best path's weakest link in :data:`STRENGTHS`, and its steps.
    """
    import networkx as nx

    found: dict[str, tuple[int, int]] = {}
    steps: nx.DiGraph[Any] = nx.DiGraph()
    steps.add_node(target)
    for place, strength in enumerate(STRENGTHS):
        for one, other, edge in graph.edges(data=True):
            if edge["edge_class"] == ASSOCIATION and edge["strength"] == strength:
                for here, there in ((one, other), (other, one)):
                    if here == target or not graph.nodes[here]["hub"]:
                        steps.add_edge(here, there)
        far = nx.single_source_shortest_path_length(steps, target, cutoff=LONGEST)
        found |= {node: (place, number) for node, number in far.items() if node not in found}
    return found


def simple_ways(walk: Walk, source: str, target: str, strength: Strength) -> Iterator[list[str]]:
    """Find the nodes of simple paths whose steps are at least so strong, the shortest first.

    Args:
        walk: What may be walked.
        source: Where the paths start.
        target: Where they end.
        strength: Of the weakest step.

    Source:
        J. Y. Yen, "Finding the K Shortest Loopless Paths in a Network" (1971), as networkx has it.
    """
    import networkx as nx

    steps = walk.view(strength)
    if source not in steps or target not in steps:
        return
    # Nodes too far from both ends are on no path that is short enough; the search need not see them.
    ahead = nx.single_source_shortest_path_length(steps, source, cutoff=LONGEST)
    if target not in ahead:
        return
    behind = nx.single_source_shortest_path_length(steps.reverse(copy=False), target, cutoff=LONGEST)
    near = {node for node, far in ahead.items() if far + behind.get(node, LONGEST) <= LONGEST}
    if len(near) < len(steps):
        steps = nx.DiGraph((one, other) for one, other in steps.edges if one in near and other in near)
    for nodes in nx.shortest_simple_paths(steps, source, target):
        if len(nodes) - 1 > LONGEST:
            return
        yield nodes


def _edges(graph: AssociationGraph, edge_class: str) -> Iterator[tuple[str, str, EdgeSeen]]:
    for one, other, key, edge in graph.edges(keys=True, data=True):
        if edge["edge_class"] == edge_class:
            yield one, other, EdgeSeen(key=str(key), source=one, attributes=edge)


def _strongest(steps: list[tuple[str, str, EdgeSeen]]) -> dict[tuple[str, str], EdgeSeen]:
    """For each step the strongest and most telling of its edges; in an order that the graph's does not change."""
    best: dict[tuple[str, str], EdgeSeen] = {}
    for one, other, seen in sorted(steps, key=lambda step: (step[0], step[1], _telling(step[2]))):
        best.setdefault((one, other), seen)
    return best


def _telling(seen: EdgeSeen) -> tuple[int, int, int, str]:
    edge = seen.attributes
    kind = (identity_kind if edge["edge_class"] == IDENTITY else association_kind)(edge["kind"])
    return STRENGTHS.index(edge["strength"]), kind.priority, -edge["weight"], seen.key
