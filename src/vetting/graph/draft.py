"""Nodes and edges while a graph is being made, and the frozen graph in a fixed order."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from vetting.evidence.words import list_words
from vetting.graph.attributes import (
    ASSOCIATION,
    EDGE_DEFAULTS,
    NODE_DEFAULTS,
    complete,
    natural_order,
)
from vetting.normalise.text import visible_text

__all__ = ["AssociationGraph", "GraphDraft"]

_HUBS_NAMED = 3

if TYPE_CHECKING:
    from vetting.graph.pictured import AssociationGraph
else:  # networkx takes longer to import than one applicant to screen, and most have no graph
    AssociationGraph = Any


class GraphDraft:
    """A graph in the making.

    Texts are made visible (no control or direction-changing character reaches a graph), attributes are
    completed, and a third party gets its pseudonym at the end, when it is known how many there are.

    Attributes:
        nodes: Node key -> attributes; whoever fills the draft may look here for what is known already.
    """

    def __init__(self) -> None:
        self.nodes: dict[str, dict[str, Any]] = {}
        self._edges: dict[str, tuple[str, str, dict[str, Any]]] = {}
        self._left_out: dict[str, None] = {}

    def node(self, name: str, **given: Any) -> None:
        """Add a node, or some attributes to one that is there."""
        self.nodes[name] = complete(NODE_DEFAULTS, self.nodes.get(name, {}) | _shown(given))

    def edge(self, key: str, ends: tuple[str, str], **given: Any) -> None:
        """Add an edge; one whose key is there already is the same edge."""
        self._edges.setdefault(key, (*ends, complete(EDGE_DEFAULTS, _shown(given))))

    def leave_out(self, sentence: str) -> None:
        """Say what is not shown; the same sentence once."""
        self._left_out[visible_text(sentence)] = None

    def finished(self, *, hops: int, hub_cap: int) -> AssociationGraph:
        """Return the frozen graph.

        Args:
            hops: As the graph was asked for; kept with it.
            hub_cap: The same.
        """
        import networkx as nx

        from vetting.graph.pictured import AssociationGraph

        order = sorted(self.nodes, key=lambda name: (self.nodes[name]["step"], natural_order(name)))
        self._name_third_parties(order)
        self._say_what_is_odd(hub_cap)
        graph = AssociationGraph(left_out=list(self._left_out), hops=hops, hub_cap=hub_cap)
        graph.add_nodes_from((name, self.nodes[name]) for name in order)
        for key in sorted(self._edges, key=natural_order):
            source, target, attributes = self._edges[key]
            graph.add_edge(source, target, key=key, **attributes)
        nx.freeze(graph)
        return graph

    def _name_third_parties(self, order: list[str]) -> None:
        others: dict[str, list[str]] = {}
        for name in order:
            if self.nodes[name]["third_party"]:
                others.setdefault(self.nodes[name]["list_id"], []).append(name)
        for names in others.values():
            for number, name in enumerate(names, start=1):
                if not self.nodes[name]["label"]:
                    self.nodes[name]["label"] = f"Account {number:,} of {len(names):,}"

    def _say_what_is_odd(self, hub_cap: int) -> None:
        hubs = [node for node in self.nodes.values() if node["hub"] and not node["candidate"]]
        if hubs:
            have = "1 node has" if len(hubs) == 1 else f"{len(hubs):,} nodes have"
            self.leave_out(
                f"{have} more than {hub_cap:,} relations, shown in grey as hubs and not followed: "
                f"such a node connects almost everybody with everybody. {_named(hubs)}"
            )
        absent = sum(not node["held"] for node in self.nodes.values())
        if absent:
            are = "1 account is" if absent == 1 else f"{absent:,} accounts are"
            self.leave_out(f"{are} named by relations, but not on the list as it was read.")
        uncited = Counter(
            edge["list_id"]
            for _, _, edge in self._edges.values()
            if edge["edge_class"] == ASSOCIATION and not edge["record"]
        )
        for list_id, number in sorted(uncited.items()):
            have = "1 relation has" if number == 1 else f"{number:,} relations have"
            self.leave_out(f"{have} no record on list {list_id} to open.")


def _named(hubs: list[dict[str, Any]]) -> str:
    """The largest hubs, each with its relations on the whole list."""
    largest = sorted(hubs, key=lambda node: (-node["relations_total"], natural_order(node["label"])))
    names = [f"{node['label']} ({node['relations_total']:,} relations)" for node in largest[:_HUBS_NAMED]]
    if len(hubs) > _HUBS_NAMED:
        return f"The largest are {list_words(names)}."
    return f"{'They are' if len(names) > 1 else 'It is'} {list_words(names)}."


def _shown(given: dict[str, Any]) -> dict[str, Any]:
    for name, value in given.items():
        if isinstance(value, str) and not value.isprintable():
            given[name] = visible_text(value)
    return given
