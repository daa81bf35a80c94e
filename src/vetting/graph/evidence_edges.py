"""Which evidence draws which edge, so that a reader who leaves evidence out sees what goes with it."""

from __future__ import annotations

from vetting.evidence.results import Candidate, Level
from vetting.graph.attributes import IDENTITY, node_name
from vetting.graph.draft import AssociationGraph
from vetting.normalise.text import fold_text, visible_text

__all__ = ["evidence_edges"]


def evidence_edges(graph: AssociationGraph, candidate: Candidate) -> dict[str, frozenset[int]]:
    """Return the identity edges that hang on evidence of one candidate.

    Args:
        graph: A graph with the candidate in it.
        candidate: Whose evidence.

    Returns:
        Edge key -> places in ``candidate.evidence``. An edge that several items draw has them all. Edges
        that no evidence of this candidate draws are not there.
    """
    applicant = node_name("applicant", candidate.applicant_id)
    account = node_name("account", candidate.list_id, candidate.account_id)
    found: dict[str, set[int]] = {}
    identifiers = {
        (name.split(":")[1], _folded(node["label"])): name
        for name, node in graph.nodes(data=True)
        if node["kind"] == "identifier"
    }
    for place, item in enumerate(candidate.evidence):
        name = identifiers.get((item.kind, _folded(visible_text(item.applicant_value or ""))))
        if name is None or not item.counted or item.bits <= 0:
            continue
        relation = "same" if item.level is Level.EXACT else "similar"
        for source, target, kind in (
            (applicant, name, "declared"),
            (name, account, f"{relation}_{item.kind}"),
        ):
            for key, edge in (graph.get_edge_data(source, target) or {}).items():
                if edge["edge_class"] == IDENTITY and edge["kind"] == kind:
                    found.setdefault(str(key), set()).add(place)
    return {key: frozenset(places) for key, places in found.items()}


def _folded(value: str) -> str:
    return fold_text(value) or value
