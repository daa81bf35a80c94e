"""The association graph of candidates: the neighbourhood that a reviewer needs, never the whole list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol, Unpack

import numpy as np

from vetting.errors import StoreError, UnknownListError
from vetting.evidence.results import Candidate, Evidence, Level
from vetting.evidence.screening_result import Screening
from vetting.graph.attributes import (
    ASSOCIATION,
    IDENTITY,
    association_strength,
    cited,
    email_confirmed,
    identity_strength,
    node_name,
)
from vetting.graph.chain_drawing import LAST_STEP, draw_chains, last_step
from vetting.graph.chain_records import IdentityChain
from vetting.graph.cuts import cut_sentences
from vetting.graph.draft import AssociationGraph, GraphDraft
from vetting.graph.limits import GraphLimits, GraphLimitsGiven
from vetting.graph.neighbourhood import Link, neighbourhood
from vetting.normalise.text import fold_text, visible_text
from vetting.records.accounts import ListedAccount
from vetting.records.identifiers import Identifier
from vetting.store.shard import Shard

__all__ = ["ShardSource", "association_graph"]


class ShardSource(Protocol):
    """Whatever can open a list by its id; a list store does."""

    def shard(self, list_id: str) -> Shard:
        """Return the shard of a list, or raise :class:`~vetting.errors.UnknownListError`."""


def association_graph(
    screening: Screening,
    store: ShardSource,
    *,
    candidates: Sequence[Candidate] | None = None,
    show_third_parties: bool = False,
    chains: Sequence[IdentityChain] = (),
    **limits: Unpack[GraphLimitsGiven],
) -> AssociationGraph:
    """Build the graph of candidates, their shared identifiers, and what is recorded around their accounts.

    Two classes of edges, never mixed: *identity* edges join an applicant, an identifier and a listed
    account, one star for each counted piece of supporting evidence; *association* edges join accounts,
    topics, conversations and addresses as the list records it. Nothing here is a score: an association
    is no evidence of identity, and nearness to somebody says nothing of a person.

    Args:
        screening: The run.
        store: Where its lists are held.
        candidates: Which of the run's candidates; ``None`` for those surfaced.
        show_third_parties: Show the handles of other accounts instead of "Account 3 of 17".
        chains: Identity chains to draw, as :func:`~vetting.graph.chains.identity_chains` returns them; they
            stand between the applicant and what is associated.
        limits: How far the graph reaches and what it shows: ``hops`` (1 unless told otherwise), ``hub_cap`` (200),
            ``kinds``, ``since`` and ``until``, as :class:`~vetting.graph.limits.GraphLimits` explains them.

    Returns:
        A frozen graph. Node keys are ``applicant:<id>``, ``identifier:<kind>:<n>`` and
        ``account|topic|conversation|ip:<list>:<id>``; the attributes of nodes and edges are those of
        :mod:`vetting.graph.attributes`; edge keys are unique in the graph. ``graph.graph["left_out"]``
        is a list of sentences on what is not shown: cut relations, withdrawn lists, missing accounts.

    Raises:
        ValueError: A limit cannot be: ``hops`` is negative, ``hub_cap`` less than 1, a date none.

    Cost:
        A few milliseconds a candidate for one hop, some tens for two.
    """
    limited = GraphLimits(**limits)
    chosen = screening.surfaced if candidates is None else tuple(candidates)
    building = _Building(store, limits=limited, show_third_parties=show_third_parties)
    building.last = max(LAST_STEP, last_step(chains))
    for candidate in chosen:
        building.add(candidate)
    draw_chains(building.draft, chains, identifier=building.chain_identifier, account=building.chain_account)
    return building.draft.finished(hops=limited.hops, hub_cap=limited.hub_cap)


class _Building:
    """Fills a draft, candidate by candidate."""

    def __init__(self, store: ShardSource, *, limits: GraphLimits, show_third_parties: bool) -> None:
        self.store = store
        self.limits = limits
        self.show_third_parties = show_third_parties
        self.draft = GraphDraft()
        self.identifiers: dict[tuple[str, str], str] = {}
        self.last = LAST_STEP

    def chain_identifier(self, identifier: Identifier, step: int) -> str:
        """Return the node of an identifier of a chain."""
        return self._identifier(str(identifier.kind), identifier.value, step)

    def chain_account(self, list_id: str, account_id: str) -> dict[str, Any]:
        """Return the attributes of an account that a chain leads to."""
        shard, row = self._opened(list_id, account_id)
        about: dict[str, Any] = {"kind": "account", "list_id": list_id, "third_party": False}
        if shard is None or row is None:
            return about | {"label": f"Account {account_id}"}
        listed = shard.account(row)
        total = shard.degree(row)
        return about | {
            "label": _title(listed),
            "record": cited(list_id, listed.record),
            "relations_total": total,
            "hub": total > self.limits.hub_cap,
        }

    def add(self, candidate: Candidate) -> None:
        """Add one candidate: its identity star, and what is around its account."""
        applicant = node_name("applicant", candidate.applicant_id)
        self.draft.node(applicant, kind="applicant", label=f"Applicant {candidate.applicant_id}", step=0)
        account = node_name("account", candidate.list_id, candidate.account_id)
        self.draft.node(
            account,
            kind="account",
            label=f"Account {candidate.account_id}",
            list_id=candidate.list_id,
            step=2,
            candidate=True,
            third_party=False,
            record=cited(candidate.list_id, candidate.record),
        )
        shard, row = self._opened(candidate.list_id, candidate.account_id)
        listed = shard.account(row) if shard is not None and row is not None else None
        if listed is not None:
            self.draft.nodes[account]["label"] = _title(listed)
            if not self.draft.nodes[account]["record"]:
                self.draft.nodes[account]["record"] = cited(candidate.list_id, listed.record)
        for item in candidate.supporting:
            if item.counted:
                self._identity(candidate, item, shard, listed)
        if shard is not None and row is not None:
            self._associations(candidate, shard, row)

    def _opened(self, list_id: str, account_id: str) -> tuple[Shard | None, int | None]:
        try:
            shard = self.store.shard(list_id)
            row = shard.row_of(account_id)
        except UnknownListError:
            self.draft.leave_out(
                f"List {list_id} is not held any more: what is recorded around account "
                f"{account_id} is not shown, and the evidence should be checked again."
            )
            return None, None
        except StoreError:
            self.draft.leave_out(
                f"List {list_id} cannot be read in this store: what is recorded around account "
                f"{account_id} is not shown."
            )
            return None, None
        if row is None:
            self.draft.leave_out(
                f"Account {account_id} is not on the version of list {list_id} that is "
                "held now: what was recorded around it is not shown."
            )
        return shard, row

    def _identity(
        self, candidate: Candidate, item: Evidence, shard: Shard | None, listed: ListedAccount | None
    ) -> None:
        value = item.applicant_value or ""
        name = self._identifier(item.kind, value)
        applicant = node_name("applicant", candidate.applicant_id)
        account = node_name("account", candidate.list_id, candidate.account_id)
        self.draft.edge(
            f"declared:{applicant}>{name}",
            (applicant, name),
            kind="declared",
            edge_class=IDENTITY,
            strength="confirmed",
            record=f"roster:{visible_text(candidate.applicant_id)}",
        )
        passport = None if shard is None else shard.passport
        proved = item.kind == "email" and email_confirmed(_confirmed(item, listed), passport)
        relation = "same" if item.level is Level.EXACT else "similar"
        self.draft.edge(
            f"{relation}_{item.kind}:{name}>{account}",
            (name, account),
            kind=f"{relation}_{item.kind}",
            edge_class=IDENTITY,
            strength=identity_strength(item, passport, proved=proved),
            level=str(item.level),
            grade="" if passport is None else passport.grade,
            note=item.note,
            list_id=candidate.list_id,
            record=cited(candidate.list_id, item.record or candidate.record),
        )

    def _identifier(self, kind: str, value: str, step: int = 1) -> str:
        """One node for each distinct value, so that what several people share is a star."""
        shared = (kind, fold_text(value) or value)
        if shared not in self.identifiers:
            number = 1 + sum(known == kind for known, _ in self.identifiers)
            self.identifiers[shared] = node_name("identifier", kind, str(number))
            self.draft.node(self.identifiers[shared], kind="identifier", label=value, step=step)
        return self.identifiers[shared]

    def _associations(self, candidate: Candidate, shard: Shard, row: int) -> None:
        near = neighbourhood(shard, row, self.limits)
        for sentence in cut_sentences(near, shard, candidate.account_id, self.limits):
            self.draft.leave_out(sentence)
        names = {node: node_name(kind, shard.list_id, given) for node, (kind, given) in near.keys.items()}
        totals = shard.neighbours.degrees(np.fromiter(near.distance, np.int64)).tolist()
        for (node, distance), total in zip(near.distance.items(), totals, strict=True):
            self._listed_node(
                shard, node, names[node], key=near.keys[node], step=self.last + distance, total=total
            )
        about = {
            "edge_class": ASSOCIATION,
            "strength": association_strength(shard.passport),
            "grade": shard.passport.grade,
            "list_id": shard.list_id,
        }
        for link in near.links:
            self._association(link, (names[link.source], names[link.target]), about)

    def _listed_node(
        self, shard: Shard, node: int, name: str, *, key: tuple[str, str], step: int, total: int
    ) -> None:
        kind, given = key
        known = self.draft.nodes.get(name)
        if known is not None:
            step = min(step, known["step"])
        held = kind != "account" or node < shard.size
        attributes: dict[str, Any] = {
            "hub": total > self.limits.hub_cap,
            "relations_total": total,
            "held": held,
        }
        if known is None:
            attributes |= {"third_party": kind == "account", "label": self._label(shard, node, kind, given)}
        self.draft.node(name, kind=kind, list_id=shard.list_id, step=step, **attributes)

    def _label(self, shard: Shard, node: int, kind: str, given: str) -> str:
        """A third party's is empty here, and becomes a pseudonym when it is known how many there are."""
        if kind != "account":
            return f"{_PLACE_TITLES.get(kind, kind.capitalize())} {given}"
        if not self.show_third_parties:
            return ""
        return _title(shard.account(node)) if node < shard.size else f"Account {given}"

    def _association(self, link: Link, ends: tuple[str, str], about: Mapping[str, str]) -> None:
        relation = link.relation
        self.draft.edge(
            f"relation:{relation.list_id}:{link.row}",
            ends,
            kind=relation.kind,
            first=relation.first,
            last=relation.last,
            weight=relation.weight,
            place=relation.place,
            record=cited(relation.list_id, relation.record),
            **about,
        )


_PLACE_TITLES = {
    "topic": "Topic",
    "conversation": "Conversation",
    "ip": "Internet address",
}


def _title(account: ListedAccount) -> str:
    """The account's shown name, or its id when it has none."""
    for identifier in (*account.handles, *account.names):
        if identifier.role in {"current", "display", "registered"}:
            return visible_text(identifier.value)
    return visible_text(f"Account {account.account_id}")


def _confirmed(item: Evidence, account: ListedAccount | None) -> bool | None:
    """What the account's own record says on whether the address was confirmed."""
    if "not confirmed" in item.note.casefold():
        return False
    for identifier in account.emails if account is not None else ():
        if identifier.value == item.listed_value and identifier.confirmed is not None:
            return identifier.confirmed
    return None
