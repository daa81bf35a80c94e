"""Shared structure: what several candidates have in common, as far as a graph of them shows it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from attrs import frozen

from vetting.graph.attributes import ASSOCIATION, IDENTITY, given_id, natural_order
from vetting.graph.draft import AssociationGraph
from vetting.graph.walks import identity_walk

__all__ = ["GROUPS", "Shared", "shared_structure"]

_Candidate = tuple[str, str, str]
_LedTo = dict[str, dict[str, list[str]]]

GROUPS: tuple[str, ...] = ("identifiers", "conversations", "addresses", "topics", "accounts")
"""What is shared, the most telling first."""

_GROUP_OF = {
    "identifier": "identifiers",
    "conversation": "conversations",
    "ip": "addresses",
    "topic": "topics",
    "account": "accounts",
}
_SHARED_BY = {
    "identifiers": "have the same identifier",
    "conversations": "took part in the same conversation",
    "addresses": "used the same internet address",
    "topics": "wrote in the same topic",
    "accounts": "have relations with the same account",
}


@frozen(kw_only=True)
class Shared:
    """One thing that several candidates have in common. It joins records; it says nothing of people.

    Attributes:
        node: Its node key.
        kind: The node's kind: identifier, conversation, ip, topic, account.
        label: As the graph shows it; a third party's is a pseudonym.
        group: One of :data:`GROUPS`.
        candidates: Applicant id, list id and account id of each, in order.
        total: How many relations it has on the whole list, shown or not; 0 where the graph does not know, as
            of identifiers.
        hub: Whether it has so many that it connects almost everybody with everybody.
    """

    node: str
    kind: str
    label: str
    group: str
    candidates: tuple[tuple[str, str, str], ...]
    total: int
    hub: bool

    def sentence(self) -> str:
        """Say who shares what, and where it is a hub, how little that says."""
        same_account = len({candidate[1:] for candidate in self.candidates}) == 1
        number = len(self.candidates)
        if self.group == "accounts" and same_account:
            words = f"{number:,} applicants are candidates for the same account: “{self.label}”."
        else:
            words = f"{number:,} candidates {_SHARED_BY[self.group]}: “{self.label}”."
        if self.hub:
            return (
                f"{words} It is a hub with {self.total:,} relations on the whole list: sharing it says "
                "next to nothing."
            )
        if self.total:
            relations = "relation" if self.total == 1 else "relations"
            return f"{words} It has {self.total:,} {relations} on the whole list."
        return words


def shared_structure(graph: AssociationGraph) -> tuple[Shared, ...]:
    """Find what candidates of a graph share: identifiers, conversations, addresses, topics, accounts.

    A candidate is an applicant and an account that identity edges join. An identifier is shared when it is on
    the way of several candidates; a topic, an address, a conversation or an account when several candidates'
    accounts have a relation with it; an account also when it is a candidate for several applicants.

    Only what the graph shows is seen: what was cut from it, as ``graph.graph["left_out"]`` says, may be shared
    as well.

    Args:
        graph: Of :func:`~vetting.graph.association.association_graph`, made for several candidates.

    Returns:
        By group, hubs last in each, then what most candidates share.

    Cost:
        Proportional to applicants times identity edges, and to association edges.
    """
    led_to = _led_to(graph)
    found = [*_on_the_way(graph, led_to), *_around(graph, led_to)]
    return tuple(sorted(found, key=_order))


def _order(shared: Shared) -> tuple[object, ...]:
    return (GROUPS.index(shared.group), shared.hub, -len(shared.candidates), natural_order(shared.node))


def _on_the_way(graph: AssociationGraph, led_to: _LedTo) -> Iterator[Shared]:
    """Identifiers on the way of several candidates, and accounts that several applicants lead to."""
    sharers: dict[str, set[_Candidate]] = {}
    for applicant, accounts in led_to.items():
        for account, way in accounts.items():
            candidate = _candidate(graph, applicant, account)
            for node in {*way, account}:
                sharers.setdefault(node, set()).add(candidate)
    for node, candidates in sharers.items():
        kind = graph.nodes[node]["kind"]
        if len(candidates) > 1 and kind == "identifier":
            yield _shared(graph, node, candidates, known=False)
        own = {one for one in candidates if kind == "account" and _account_key(graph, node) == one[1:]}
        if len(own) > 1:
            yield _shared(graph, node, own)


def _around(graph: AssociationGraph, led_to: _LedTo) -> Iterator[Shared]:
    """What several candidates' accounts have relations with."""
    candidates: dict[str, set[_Candidate]] = {}
    for applicant, accounts in led_to.items():
        for account in accounts:
            candidates.setdefault(account, set()).add(_candidate(graph, applicant, account))
    beside: dict[str, set[str]] = {}
    for source, target, edge in graph.edges(data=True):
        if edge["edge_class"] == ASSOCIATION and source != target:
            for one, other in ((source, target), (target, source)):
                if one in candidates:
                    beside.setdefault(other, set()).add(one)
    for node, around in beside.items():
        if len(around) > 1:
            yield _shared(graph, node, (one for account in around for one in candidates[account]))


def _led_to(graph: AssociationGraph) -> _LedTo:
    """For each applicant the candidates' accounts that identity leads to, with the identifiers on the way."""
    import networkx as nx

    from vetting.graph.pictured import AssociationGraph

    # Identity edges are few among the relations around many candidates.
    identity = AssociationGraph()
    identity.add_nodes_from(graph.nodes(data=True))
    for source, target, key, edge in graph.edges(keys=True, data=True):
        if edge["edge_class"] == IDENTITY:
            identity.add_edge(source, target, key=key, **edge)
    led: _LedTo = {}
    for applicant, about in graph.nodes(data=True):
        if about["kind"] != "applicant":
            continue
        walk = identity_walk(identity, applicant)
        steps: nx.DiGraph[Any] = nx.DiGraph(walk.edges.keys())
        reached = walk.reached(applicant)
        identifiers = {node for node in reached if graph.nodes[node]["kind"] == "identifier"}
        led[applicant] = {
            node: sorted(identifiers & nx.ancestors(steps, node))
            for node in reached
            if graph.nodes[node]["candidate"]
        }
    return led


def _shared(
    graph: AssociationGraph, node: str, candidates: Iterable[_Candidate], *, known: bool = True
) -> Shared:
    about = graph.nodes[node]
    return Shared(
        node=node,
        kind=about["kind"],
        label=about["label"],
        group=_GROUP_OF[about["kind"]],
        candidates=tuple(sorted(candidates, key=lambda one: [natural_order(part) for part in one])),
        total=about["relations_total"] if known else 0,
        hub=about["hub"],
    )


def _candidate(graph: AssociationGraph, applicant: str, account: str) -> _Candidate:
    return (given_id(applicant), *_account_key(graph, account))


def _account_key(graph: AssociationGraph, account: str) -> tuple[str, str]:
    list_id = graph.nodes[account]["list_id"]
    return list_id, given_id(account, list_id)
