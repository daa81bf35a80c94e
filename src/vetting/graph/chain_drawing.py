"""Identity chains in a graph that is being made: nodes by steps from the applicant, links as identity edges."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from vetting.graph.attributes import IDENTITY
from vetting.graph.chain_records import ChainLink, IdentityChain, IdentityChains
from vetting.graph.draft import AssociationGraph, GraphDraft
from vetting.records.identifiers import Identifier

__all__ = ["LAST_STEP", "draw_chains", "last_identity_step", "last_step"]

LAST_STEP = 2
"""Of a listed account that shares an identifier with an applicant; chains lead further."""


def last_identity_step(graph: AssociationGraph) -> int:
    """Return the last column of applicants, identifiers and accounts; what is associated stands further out."""
    nodes = graph.nodes
    ends = (
        nodes[end]["step"]
        for source, target, edge in graph.edges(data=True)
        if edge["edge_class"] == IDENTITY
        for end in (source, target)
    )
    return max(ends, default=LAST_STEP) if graph.size() else LAST_STEP


def last_step(chains: Sequence[IdentityChain]) -> int:
    """Return the last column that chains reach."""
    return max((_steps(chain)[-1] for chain in chains), default=LAST_STEP)


def _steps(chain: IdentityChain) -> list[int]:
    """The column of each link's target: accounts stand in even ones, identifiers in odd ones."""
    steps, step = [], 0
    for link in chain.links:
        step += 2 if link.target not in chain.identifiers and step % 2 == 0 else 1
        steps.append(step)
    return steps


def draw_chains(
    draft: GraphDraft,
    chains: Sequence[IdentityChain],
    *,
    identifier: Callable[[Identifier, int], str],
    account: Callable[[str, str], dict[str, Any]],
) -> None:
    """Add chains to a draft, after its candidates.

    Args:
        draft: The graph in the making.
        chains: What to draw.
        identifier: Returns the node of an identifier, which is made in this column if it is not there.
        account: Returns the attributes of an account, by list and account id.
    """
    for chain in chains:
        applicant = chain.links[0].source
        draft.node(applicant, kind="applicant", label=f"Applicant {chain.applicant_id}", step=0)
        for link, step in zip(chain.links, _steps(chain), strict=True):
            into_account = link.target not in chain.identifiers
            if not into_account:
                identifier(chain.identifiers[link.target], step)
            else:
                node = draft.nodes.get(link.target, {})
                known = 0 if node.get("third_party", True) else node["step"]
                _, list_id, account_id = link.target.split(":", 2)
                draft.node(link.target, **account(list_id, account_id) | {"step": max(step, known)})
        for link in (*chain.links, *chain.agreeing):
            for end in (link.source, link.target):
                if end in chain.identifiers:
                    identifier(chain.identifiers[end], 1)
            _edge(draft, chain, link, identifier)
    if isinstance(chains, IdentityChains):
        for sentence in chains.left_out:
            draft.leave_out(sentence)


def _edge(
    draft: GraphDraft, chain: IdentityChain, link: ChainLink, identifier: Callable[[Identifier, int], str]
) -> None:
    ends = [
        identifier(chain.identifiers[end], 1) if end in chain.identifiers else end
        for end in (link.source, link.target)
    ]
    account = next((end for end in reversed(ends) if end.startswith("account:")), "")
    draft.edge(
        f"{link.how}:{ends[0]}>{ends[1]}",
        (ends[0], ends[1]),
        kind=link.how,
        edge_class=IDENTITY,
        strength=link.strength,
        level=link.level,
        list_id=account.split(":", 2)[1] if account else "",
        record=link.record,
    )
