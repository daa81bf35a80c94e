"""The links that an identity chain is made of, each with its strength and its citation."""

from __future__ import annotations

from vetting.evidence.results import Level
from vetting.graph.attributes import Strength, association_strength, cited, email_confirmed, node_name
from vetting.graph.chain_records import ChainLink
from vetting.graph.kinds import identity_kind
from vetting.records.accounts import ListedAccount
from vetting.records.identifiers import Identifier
from vetting.store.shard import Shard

__all__ = ["agreement", "declared", "self_linked", "settled_pair"]


def settled_pair(applicant_id: str, list_id: str, account_id: str, record: str) -> ChainLink:
    """A pair that people have settled as the same person."""
    return ChainLink(
        source=node_name("applicant", applicant_id),
        target=node_name("account", list_id, account_id),
        how="settled",
        strength="confirmed",
        record=cited(list_id, record),
        words=identity_kind("settled").outward,
    )


def declared(applicant_id: str, node: str) -> ChainLink:
    """What the applicant gave, or the employer holds."""
    return ChainLink(
        source=node_name("applicant", applicant_id),
        target=node,
        how="declared",
        strength="confirmed",
        record=f"roster:{applicant_id}",
        words=identity_kind("declared").outward,
    )


def self_linked(source: str, shard: Shard, account: ListedAccount, item: Identifier, node: str) -> ChainLink:
    """What an account names as its own: anybody can, so that it is unconfirmed unless control was proved."""
    tentative = association_strength(shard.passport) == "tentative"
    strength: Strength = "tentative" if tentative else "confirmed" if item.confirmed else "unconfirmed"
    return ChainLink(
        source=source,
        target=node,
        how="self_linked",
        strength=strength,
        record=cited(account.list_id, item.record or account.record),
        words=identity_kind("self_linked").outward,
    )


def agreement(
    node: str,
    shard: Shard,
    account: ListedAccount,
    level: Level,
    about: tuple[str, str],
    *,
    confirmed: bool | None = None,
) -> ChainLink:
    """An identifier that agrees with an account's; ``about`` is the attribute and the listed value's record."""
    kind, record = about
    exact = level is Level.EXACT
    how = f"{'same' if exact else 'similar'}_{kind}"
    proved = exact and kind == "email" and email_confirmed(confirmed, shard.passport)
    tentative = level is Level.PLAUSIBLE or association_strength(shard.passport) == "tentative"
    return ChainLink(
        source=node,
        target=node_name("account", account.list_id, account.account_id),
        how=how,
        strength="tentative" if tentative else "confirmed" if proved else "unconfirmed",
        record=cited(account.list_id, record or account.record),
        words=identity_kind(how).outward,
        level=str(level),
    )
