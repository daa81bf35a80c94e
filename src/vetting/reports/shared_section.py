"""What a candidate has in common with other candidates of its run, grouped and folded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from attrs import evolve

from vetting.errors import StoreError
from vetting.evidence.results import Candidate
from vetting.evidence.screening_result import Screening
from vetting.graph.association import ShardSource, association_graph
from vetting.graph.limits import GraphLimits
from vetting.graph.sharing import GROUPS, Shared, shared_structure
from vetting.normalise.text import fold_text
from vetting.reports.markup import capitalised, safe

__all__ = ["shared_by_candidates", "shared_section"]

_MOST_THINGS = 40  # of one group; beyond it nobody reads
_MOST_CANDIDATES = 12  # named for one thing
_MOST_SHARERS = 40  # other candidates that are looked at, from the head of the queue
_HUB_CAP = GraphLimits().hub_cap


def shared_by_candidates(
    screening: Screening, candidate: Candidate, store: ShardSource
) -> tuple[Shared, ...]:
    """Find what a candidate shares with others of its run, on one graph of those that share anything.

    Who shares nothing but hubs, which connect almost everybody, is not in it.

    Args:
        screening: The run; of very many candidates those with the strongest evidence are looked at.
        candidate: The candidate.
        store: Where the lists are held.
    """
    others = [one for one in screening.candidates if one is not candidate][:_MOST_SHARERS]
    told, around = _told(candidate), _around(candidate, store)
    sharing = [one for one in others if told & _told(one) or around & _around(one, store)]
    if not sharing:
        return ()
    return shared_structure(association_graph(screening, store, candidates=[candidate, *sharing]))


def _told(candidate: Candidate) -> set[tuple[str, str]]:
    """The applicant, and the values on which the evidence rests: the identifiers of the graph."""
    values = ((item.kind, item.applicant_value or "") for item in candidate.supporting if item.counted)
    return {("", candidate.applicant_id), *((kind, fold_text(value) or value) for kind, value in values)}


def _around(candidate: Candidate, store: ShardSource) -> set[tuple[str, int]]:
    """The account, and what it has relations with, as numbers of the list's nodes; hubs left out."""
    try:
        shard = store.shard(candidate.list_id)
        row = shard.row_of(candidate.account_id)
    except StoreError:  # withdrawn since the run, or damaged: the graph's section says so
        return set()
    if row is None:
        return set()
    near = shard.neighbours
    rows = near.rows_at(np.array([row], np.int64))
    nodes = np.unique(np.concatenate([near.sources[rows], near.targets[rows]])).astype(np.int64)
    nodes = nodes[near.degrees(nodes) <= _HUB_CAP]
    return {(candidate.list_id, node) for node in (row, *nodes.tolist())}


def shared_section(
    candidate: Candidate,
    shared: Sequence[Shared],
    *,
    numbers: Mapping[tuple[str, str, str], int],
    labels: Mapping[str, str],
) -> str:
    """Return what is shared with other candidates as HTML.

    Args:
        candidate: The candidate of this page.
        shared: What several candidates of the run have in common; what this one has no part in is left out.
        numbers: Applicant, list and account of each candidate -> its number in the queue.
        labels: Node key -> what this page calls it: a third party's pseudonym is one graph's.
    """
    own = (candidate.applicant_id, candidate.list_id, candidate.account_id)
    groups: dict[str, list[Shared]] = {}
    for one in shared:
        if own in one.candidates and len(one.candidates) > 1:
            label = labels.get(one.node) or ("Another account" if one.kind == "account" else one.label)
            groups.setdefault(one.group, []).append(evolve(one, label=label))
    heading = '<section id="shared"><h2>In common with other candidates of this run</h2>'
    unseen = len(numbers) - 1 - _MOST_SHARERS
    if unseen > 0:
        heading += (
            f'<p class="small">Looked at were the {_MOST_SHARERS} other candidates at the head of the queue; '
            f"{unseen:,} further down were not.</p>"
        )
    if not groups:
        return f"{heading}<p>Nothing that the graph shows is shared with another candidate looked at.</p></section>"
    told = "".join(_group(name, groups[name], own, numbers) for name in GROUPS if name in groups)
    return (
        f"{heading}<p>Sharing something is no evidence of identity. What very many accounts have, such as a welcome "
        f"topic, connects nobody.</p>{told}</section>"
    )


def _group(
    name: str,
    things: Sequence[Shared],
    own: tuple[str, str, str],
    numbers: Mapping[tuple[str, str, str], int],
) -> str:
    items = "".join(_thing(one, own, numbers) for one in things[:_MOST_THINGS])
    more = len(things) - _MOST_THINGS
    rest = f"<p>And {more:,} more, hubs last.</p>" if more > 0 else ""
    return (
        f"<details open><summary>{safe(capitalised(name))}: {len(things):,}</summary>"
        f"<ul>{items}</ul>{rest}</details>"
    )


def _thing(one: Shared, own: tuple[str, str, str], numbers: Mapping[tuple[str, str, str], int]) -> str:
    others = sorted((numbers.get(key, 0), key) for key in set(one.candidates) - {own})
    names = [
        f"candidate {number} (applicant {applicant}, account {account})"
        if number
        else f"applicant {applicant} and account {account}"
        for number, (applicant, _, account) in others[:_MOST_CANDIDATES]
    ]
    if len(others) > _MOST_CANDIDATES:
        names.append(f"{len(others) - _MOST_CANDIDATES:,} more")
    return f"<li>{safe(one.sentence())} <b>Beside this one:</b> {safe('; '.join(names))}.</li>"
