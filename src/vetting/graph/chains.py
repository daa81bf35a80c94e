"""Identity chains: applicant, declared or derived identifier, social account, self-declared link, forum account.

An identifier that an applicant did not give is derived in two ways only: an account names it as its own, and
that account is the applicant's by what they gave (its handle with its platform, or its page, on an open-source
list) or by a pair that people have settled. A candidate derives nothing.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterator, Mapping
from datetime import UTC, datetime
from typing import Protocol

from attrs import frozen

from vetting.engines import open_engine
from vetting.errors import PassportError, StoreError, UnknownListError
from vetting.evidence.assessing import assess
from vetting.evidence.results import Level
from vetting.evidence.screening_result import Screening
from vetting.graph.attributes import node_name
from vetting.graph.chain_links import agreement, declared, self_linked, settled_pair
from vetting.graph.chain_lookup import MOST_SHARING, Found, look_up_identifier
from vetting.graph.chain_records import ChainLink, DerivedIdentifier, IdentityChain, IdentityChains
from vetting.graph.self_links import addresses, self_links
from vetting.normalise.forms import forms_of
from vetting.records.accounts import ListedAccount
from vetting.records.identifiers import Identifier, IdentifierKind
from vetting.records.people import Applicant
from vetting.store.folder import HeldList
from vetting.store.shard import Shard

__all__ = [
    "MOST_LINKS",
    "MOST_STEPS",
    "ChainLink",
    "DerivedIdentifier",
    "IdentityChain",
    "IdentityChains",
    "derived_identifiers",
    "identity_chains",
]

MOST_LINKS = 50
"""Self-declared links of one account that are followed."""
MOST_STEPS = 3
"""Self-declared links one after the other that are followed."""

_SHARED = frozenset({"name", "handle", "email", "phone", "place", "date_of_birth", "url"})

Settled = Collection[tuple[str, str, str]]


class Lists(Protocol):
    """Whatever holds lists; a list store does."""

    def lists(self) -> tuple[HeldList, ...]:
        """Return the lists held."""

    def shard(self, list_id: str) -> Shard:
        """Return the shard of a list, or raise :class:`~vetting.errors.UnknownListError`."""


def derived_identifiers(
    screening: Screening, store: Lists, *, settled: Settled = ()
) -> tuple[DerivedIdentifier, ...]:
    """Return the identifiers that applicants did not give, each with its chain.

    Args:
        screening: The run; the applicants that it holds, which are those with candidates.
        store: Where the lists are held.
        settled: Pairs that people have settled as the same person: ``(applicant_id, list_id, account_id)``, or
            what :func:`~vetting.evidence.refitting.read_settled` returns, of which the others are left out.

    Returns:
        By applicant, the shortest chain to each identifier.

    Cost:
        As :func:`identity_chains`, of which it is a part.
    """
    return identity_chains(screening, store, settled=settled).derived


def identity_chains(screening: Screening, store: Lists, *, settled: Settled = ()) -> IdentityChains:
    """Look every derived identifier up on every list held.

    A chain is as strong as its weakest link. It is no candidate and changes no bits.

    Args:
        screening: As in :func:`derived_identifiers`.
        store: Where the lists are held.
        settled: As in :func:`derived_identifiers`.

    Returns:
        Chains by applicant, list and account, those to accounts that surfaced anyway included. Its ``derived``
        and ``left_out`` tell what was derived and what was not followed, and why.

    Cost:
        One look-up for each identifier and list, some milliseconds, whatever the list's length.
    """
    if isinstance(settled, Mapping):
        settled = [pair for pair, same in settled.items() if same]
    search = _Search(store, region=screening.policy.region)
    given: dict[str, list[tuple[str, str]]] = {
        name: [] for name in (*screening.applicants, *(pair[0] for pair in settled))
    }
    for applicant_id, list_id, account_id in sorted(set(settled)):
        given[applicant_id].append((list_id, account_id))
    for applicant_id in sorted(given):
        search.of(applicant_id, screening.applicants.get(applicant_id), given[applicant_id])
    others = screening.coverage.applicants - len(screening.applicants)
    if others > 0:
        search.left_out.append(
            f"Chains begin at the {len(screening.applicants):,} applicants that the run holds, which are those with "
            f"candidates, and at settled pairs; what the other {others:,} gave is not followed."
        )
    chains = sorted(
        search.chains, key=lambda one: (one.applicant_id, one.list_id, one.account_id, len(one.links))
    )
    return IdentityChains.of(chains, search.derived, search.left_out)


@frozen(eq=False)
class _Way:
    """How an account was come to: the chain, and the identifiers on it."""

    shard: Shard
    row: int
    links: tuple[ChainLink, ...]
    identifiers: Mapping[str, Identifier]
    steps: int


class _Search:
    """Follows chains, applicant by applicant, breadth first, so that the shortest chain comes first."""

    def __init__(self, store: Lists, *, region: str) -> None:
        self.region = region
        self.store = store
        self.engine = open_engine("duckdb")  # starts only if it is needed
        self.chains: list[IdentityChain] = []
        self.derived: list[DerivedIdentifier] = []
        self.left_out: list[str] = []
        self.shards = list(self._usable())
        self._known: dict[tuple[str, Identifier], tuple[Found, ...] | None] = {}

    def _usable(self) -> Iterator[Shard]:
        for held in self.store.lists():
            try:
                shard = self.store.shard(held.id)
                shard.passport.check_usable(datetime.now(UTC).date())
            except PassportError:
                self.left_out.append(f"List {held.id} is not looked at for chains: its passport has expired.")
            except StoreError:
                self.left_out.append(f"List {held.id} is not looked at for chains: it cannot be read.")
            else:
                yield shard

    def of(self, applicant_id: str, person: Applicant | None, settled: Collection[tuple[str, str]]) -> None:
        """Follow all chains of one applicant."""
        given = {self._form(item) for item in person.identifiers()} if person else set()
        derived: set[tuple[str, str]] = set()
        waiting = deque([*self._settled(applicant_id, settled), *self._declared(applicant_id, person)])
        seen: set[tuple[str, int]] = set()
        while waiting:
            way = waiting.popleft()
            if (way.shard.list_id, way.row) in seen:
                continue
            seen.add((way.shard.list_id, way.row))
            account = way.shard.account(way.row)
            for item in self._links(account, way.steps):
                form = self._form(item)
                if not form[1] or form in given or form in derived:
                    continue
                derived.add(form)
                node = node_name("identifier", form[0], form[1])
                link = self_linked(way.links[-1].target, way.shard, account, item, node)
                chain = DerivedIdentifier(
                    applicant_id=applicant_id, identifier=item, chain=(*way.links, link)
                )
                self.derived.append(chain)
                for found in self._looked_up(chain, {**way.identifiers, node: item}, way.steps + 1):
                    if any(step.source == found.links[-1].target for step in found.links):
                        continue  # back to an account of this chain
                    end = found.shard.account(found.row)
                    self.chains.append(self._ended(applicant_id, person, found, end))
                    if found.shard.passport.kind == "open-source" and addresses(item, end):
                        waiting.append(found)

    def _ended(
        self, applicant_id: str, person: Applicant | None, way: _Way, account: ListedAccount
    ) -> IdentityChain:
        identifiers = dict(way.identifiers)
        agreeing = []
        for item in assess(person, account).supporting if person else ():
            if not item.counted or item.kind not in _SHARED:
                continue
            value = Identifier(kind=IdentifierKind(item.kind), value=item.applicant_value or "-")
            node = node_name("identifier", *self._form(value))
            identifiers.setdefault(node, value)
            agreeing += [
                declared(applicant_id, node),
                agreement(node, way.shard, account, item.level, (item.kind, item.record)),
            ]
        return IdentityChain(
            applicant_id=applicant_id,
            list_id=account.list_id,
            account_id=account.account_id,
            links=way.links,
            identifiers=identifiers,
            agreeing=tuple(agreeing),
        )

    def _settled(self, applicant_id: str, pairs: Collection[tuple[str, str]]) -> Iterator[_Way]:
        for list_id, account_id in pairs:
            try:
                shard = self.store.shard(list_id)
                row = shard.row_of(account_id)
            except UnknownListError:
                row = None
            except StoreError:
                continue  # it is said of the whole list
            if row is None:
                self.left_out.append(
                    f"The settled pair of applicant {applicant_id} and account {account_id} on list {list_id} is "
                    "not followed: the list held now does not have the account, or is not held any more."
                )
            elif shard in self.shards:
                link = settled_pair(applicant_id, list_id, account_id, shard.account_record(row))
                yield _Way(shard, row, (link,), {}, 0)

    def _declared(self, applicant_id: str, person: Applicant | None) -> Iterator[_Way]:
        """Accounts that the applicant gave themselves: handle and platform, or the account's page."""
        for item in (*person.handles, *person.urls) if person else ():
            wanted = item
            if item.kind is IdentifierKind.URL:
                pages = [page for page in self_links(_page_only(item)) if page.kind is IdentifierKind.HANDLE]
                if not pages:
                    continue
                wanted = pages[0]
            if wanted.platform is None:
                continue
            node = node_name("identifier", *self._form(item))
            start = DerivedIdentifier(
                applicant_id=applicant_id, identifier=wanted, chain=(declared(applicant_id, node),)
            )
            for way in self._looked_up(start, {node: item}, 0):
                if way.shard.passport.kind == "open-source" and addresses(wanted, way.shard.account(way.row)):
                    yield way

    def _looked_up(
        self, derived: DerivedIdentifier, identifiers: Mapping[str, Identifier], steps: int
    ) -> Iterator[_Way]:
        item = derived.identifier
        node = derived.chain[-1].target
        for shard in self.shards:
            key = (shard.list_id, item)
            if key not in self._known:
                self._known[key] = look_up_identifier(item, shard, engine=self.engine, region=self.region)
            found = self._known[key]
            if found is None:
                self.left_out.append(
                    f"An identifier of the kind {item.kind} that applicant {derived.applicant_id} came to is a hub on "
                    f"list {shard.list_id}, and not followed: more than {MOST_SHARING} accounts have it."
                )
                continue
            for one in found:
                link = agreement(
                    node,
                    shard,
                    shard.account(one.row),
                    Level.EXACT if one.exact else Level.CLOSE,
                    (str(item.kind), one.listed.record),
                    confirmed=one.listed.confirmed,
                )
                yield _Way(shard, one.row, (*derived.chain, link), identifiers, steps)

    def _links(self, account: ListedAccount, steps: int) -> tuple[Identifier, ...]:
        links = self_links(account)
        about = f"account {account.account_id} on list {account.list_id}"
        if links and steps >= MOST_STEPS:
            self.left_out.append(f"Links of {about} are not followed: {MOST_STEPS} links lead there already.")
            return ()
        if len(links) > MOST_LINKS:
            self.left_out.append(
                f"The profile of {about} names {len(links):,} pages and identifiers as its own; the first "
                f"{MOST_LINKS} are followed, {len(links) - MOST_LINKS:,} are not."
            )
        return links[:MOST_LINKS]

    def _form(self, item: Identifier) -> tuple[str, str]:
        (form,) = forms_of(item.kind, [item.value], region=self.region)
        return str(item.kind), form


def _page_only(page: Identifier) -> ListedAccount:
    return ListedAccount(list_id="declared", account_id="declared", urls=[page])
