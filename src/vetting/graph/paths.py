"""Explained paths: how an applicant or an account comes to another account, link by link, by the weakest link.

A path is a way to find records to read. Identity edges and association edges are never in one path, and
nothing here adds, multiplies or passes on a weight from one account to another.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from attrs import frozen

from vetting.graph.attributes import ASSOCIATION, IDENTITY, Strength, natural_order
from vetting.graph.draft import AssociationGraph
from vetting.graph.kinds import EdgeKind, association_kind, identity_kind
from vetting.graph.walks import (
    STRENGTHS,
    EdgeSeen,
    Walk,
    association_walk,
    identity_walk,
    leading_to,
    simple_ways,
)

__all__ = ["ExplainedPath", "PathStep", "Route", "explained_paths"]

_Key = tuple[Any, ...]

_MOST_ALIKE = (
    3  # times as many as are asked for: of more that are alike in strength and steps, some are not seen
)


@frozen(kw_only=True)
class PathStep:
    """One edge as it is walked.

    Attributes:
        edge: Its key in the graph.
        source: Node key from which it is walked.
        target: Node key to which it is walked.
        words: The catalogue's words for it, in the direction in which it is walked.
        kind: Edge attribute, as all below.
        edge_class: ``identity`` or ``association``.
        strength: ``confirmed``, ``unconfirmed`` or ``tentative``.
        record: The citation.
        first: First seen, empty when not known.
        last: Last seen.
        weight: How often.
    """

    edge: str
    source: str
    target: str
    words: str
    kind: str
    edge_class: str
    strength: Strength
    record: str
    first: str
    last: str
    weight: int

    @property
    def catalogue(self) -> EdgeKind:
        """What this kind of edge means and what it does not."""
        return (identity_kind if self.edge_class == IDENTITY else association_kind)(self.kind)


@frozen(kw_only=True)
class ExplainedPath:
    """Edges of one class, end to end.

    Attributes:
        edge_class: ``identity`` or ``association``, never both.
        steps: In the order walked; none where an account is where the way begins already.
    """

    edge_class: str
    steps: tuple[PathStep, ...]

    def __attrs_post_init__(self) -> None:
        if any(step.edge_class != self.edge_class for step in self.steps):
            raise ValueError("identity and association edges are never in one path")

    @property
    def weakest(self) -> PathStep:
        """The first of the weakest steps: what the whole path stands or falls with.

        Raises:
            ValueError: The path has no step.
        """
        if not self.steps:
            raise ValueError("a path without steps has no weakest one")
        return max(self.steps, key=lambda step: STRENGTHS.index(step.strength))

    @property
    def strength(self) -> Strength:
        """That of the weakest step; ``confirmed`` where there is none, as nothing is claimed."""
        return self.weakest.strength if self.steps else STRENGTHS[0]

    @property
    def meanings(self) -> tuple[tuple[str, str, str], ...]:
        """For each kind of its edges once: its heading, what it shows, what it does not show."""
        kinds = [step.catalogue for step in self.steps]
        return tuple(dict.fromkeys((kind.group, kind.means, kind.does_not_mean) for kind in kinds))

    @property
    def innocent(self) -> tuple[str, ...]:
        """What else would explain these kinds of edges, each sentence once."""
        return tuple(dict.fromkeys(words for step in self.steps for words in step.catalogue.innocent))

    def sentence(self, graph: AssociationGraph) -> str:
        """Return the path in words, with the labels of the graph that it was found in."""
        if not self.steps:
            return ""
        parts = [f"{_label(graph, self.steps[0].source)} {_told(graph, self.steps[0])}"]
        parts += [f"which {_told(graph, step)}" for step in self.steps[1:]]
        return f"{', '.join(parts)}. Weakest link: {self.strength}."


@frozen(kw_only=True)
class Route:
    """From an applicant over identity to an account, and from there over associations to another.

    The two parts are looked at one after the other and have no strength together: an association is no
    evidence of identity.

    Attributes:
        identity: The way to the account; without steps when the way begins at an account.
        association: From there on; ``None`` where identity leads to the end.
    """

    identity: ExplainedPath
    association: ExplainedPath | None


def explained_paths(graph: AssociationGraph, source: str, target: str, *, most: int = 5) -> tuple[Route, ...]:
    """Find the few best ways from an applicant, or an account, to another node of a graph.

    Best is what has the strongest weakest link, then what has fewest steps, then the more telling kinds of
    edges, and then the order of the nodes. Ways of identity alone come first; the others by their identity part
    and, where that is alike, by their association part. No node comes twice in a part, and no hub is walked
    through: a welcome topic connects everybody with everybody. No identity part leads through another
    applicant. Where two nodes have several edges of one class, the strongest and most telling is walked, and
    :meth:`ExplainedPath.sentence` says how many more there are.

    To each account the one best identity part is taken; ask for the account itself to see them all.

    Args:
        graph: Of :func:`~vetting.graph.association.association_graph`.
        source: Node key of an applicant or an account.
        target: Node key of anything but an applicant.
        most: How many at most, 1 or more.

    Returns:
        The best first; none where nothing leads there, or only ways of more than six steps in a part, which
        connect almost everybody with everybody.

    Raises:
        ValueError: ``most`` is less than 1, or an end is not in the graph or of another kind.

    Cost:
        Some tens of milliseconds in a graph of 2,000 edges, for each account that identity leads to. Of more
        than three times ``most`` paths that are alike in strength and steps, not all are compared with each
        other.
    """
    if most < 1:
        raise ValueError("most must be 1 or more")
    if source not in graph or target not in graph:
        raise ValueError("source and target must be nodes of the graph")
    if graph.nodes[source]["kind"] not in {"applicant", "account"}:
        raise ValueError("source must be an applicant or an account")
    if graph.nodes[target]["kind"] == "applicant":
        raise ValueError("target must not be an applicant; see shared_structure for what applicants share")
    if source == target:
        return ()
    walk = identity_walk(graph, source)
    routes = [Route(identity=path, association=None) for path in _best(walk, source, target, most=most)]
    if len(routes) < most:
        routes += _associated(graph, walk, (source, target), most=most - len(routes))
    return tuple(routes)


def _associated(graph: AssociationGraph, walk: Walk, ends: tuple[str, str], *, most: int) -> Iterator[Route]:
    """Ways over associations, from every account that identity leads to."""
    source, target = ends
    near = leading_to(graph, target)
    identities: dict[str, ExplainedPath] = {}
    if graph.nodes[source]["kind"] == "account":
        identities[source] = ExplainedPath(edge_class=IDENTITY, steps=())
    else:
        for account in walk.reached(source):
            if graph.nodes[account]["kind"] == "account" and account in near and account != target:
                for path in _best(walk, source, account, most=1):
                    identities[account] = path
    found: list[tuple[_Key, Route]] = []
    # By how good their best can be, so that the search ends when no other account can have a better one.
    best = {account: (_key(identity)[:2], near.get(account, ())) for account, identity in identities.items()}
    for account in sorted(identities, key=lambda account: (best[account], _key(identities[account]))):
        worst = found[most - 1][0][:2] if len(found) >= most else None
        if worst and (worst < best[account] or (worst == best[account] and len(found) >= _MOST_ALIKE * most)):
            break
        around = association_walk(graph, account, target)
        for path in _best(around, account, target, most=most):
            key = _key(path)
            order = (best[account][0], key[:2], key, _key(identities[account]))
            found.append((order, Route(identity=identities[account], association=path)))
        found.sort(key=lambda one: one[0])
    yield from (route for _, route in found[:most])


def _best(walk: Walk, source: str, target: str, *, most: int) -> list[ExplainedPath]:
    """The best paths of one class: for each strength in turn, those that no stronger edges make."""
    paths: list[ExplainedPath] = []
    for strength in STRENGTHS:
        alike: list[ExplainedPath] = []
        for nodes in simple_ways(walk, source, target, strength):
            if len(alike) >= most - len(paths) and (
                len(nodes) - 1 > len(alike[-1].steps) or len(alike) >= _MOST_ALIKE * most
            ):
                break
            path = _explained(walk, nodes)
            if path.strength == strength:
                alike.append(path)
        paths += sorted(alike, key=_key)[: most - len(paths)]
        if len(paths) == most:
            break
    return paths


def _key(path: ExplainedPath) -> _Key:
    """Under which the best path sorts first."""
    return (
        STRENGTHS.index(path.strength),
        len(path.steps),
        tuple(step.catalogue.priority for step in path.steps),
        tuple(natural_order(step.target) for step in path.steps),
    )


def _explained(walk: Walk, nodes: list[str]) -> ExplainedPath:
    steps = tuple(_step(walk.edges[one, other], one, other) for one, other in pairwise(nodes))
    return ExplainedPath(edge_class=walk.edge_class, steps=steps)


def _step(seen: EdgeSeen, source: str, target: str) -> PathStep:
    edge = seen.attributes
    kind = (identity_kind if edge["edge_class"] == IDENTITY else association_kind)(edge["kind"])
    return PathStep(
        edge=seen.key,
        source=source,
        target=target,
        words=kind.outward if seen.source == source else kind.inward,
        **{
            name: edge[name]
            for name in ("kind", "edge_class", "strength", "record", "first", "last", "weight")
        },
    )


def _told(graph: AssociationGraph, step: PathStep) -> str:
    """A step without its start: words, target, times and moments."""
    details = []
    if step.weight > 1:
        details.append(f"{step.weight:,} times")
    seen = list(dict.fromkeys(moment[:10] for moment in (step.first, step.last) if moment))
    if seen:
        details.append(" to ".join(seen))
    more = _between(graph, step) - 1
    if more > 0:
        details.append(f"{more:,} more {_NOUNS[step.edge_class]}{'s' if more > 1 else ''} between the two")
    noted = f" ({'; '.join(details)})" if details else ""
    return f"{step.words} {_label(graph, step.target)}{noted}"


_NOUNS = {IDENTITY: "agreement", ASSOCIATION: "relation"}


def _between(graph: AssociationGraph, step: PathStep) -> int:
    ends = ((step.source, step.target), (step.target, step.source))
    return sum(
        edge["edge_class"] == step.edge_class
        for one, other in ends
        if graph.has_edge(one, other)
        for edge in graph[one][other].values()
    )


def _label(graph: AssociationGraph, node: str) -> str:
    known = graph.nodes[node] if node in graph else {}
    label = known.get("label") or node
    return label if known.get("kind") == "applicant" else f"“{label}”"
