"""One identifier looked up on one list: the accounts of which the scorer says that it agrees exactly or closely."""

from __future__ import annotations

import numpy as np
from attrs import frozen

from vetting.blocking.lookup import key_counts, most_accounts_per_key
from vetting.blocking.sought import Sought
from vetting.compare.levels import LevelCode
from vetting.engines import Engine
from vetting.engines.nearness import near_tiers
from vetting.engines.pairs import Keys, candidate_pairs
from vetting.evidence.pair_scoring import score_pair
from vetting.evidence.scoring import EVIDENCE_KINDS, EVIDENCE_RULES
from vetting.normalise.cohort import Cohort
from vetting.normalise.holding import holdings_of
from vetting.records.identifiers import Identifier
from vetting.records.people import Applicant
from vetting.store.shard import Shard

__all__ = ["MOST_SHARING", "Found", "look_up_identifier"]

MOST_SHARING = 20
"""Accounts of one list that may have a derived identifier; what more have is a hub, and tells nobody apart."""

_FIELDS = {"handle": "handles", "email": "emails", "url": "urls"}


@frozen(kw_only=True)
class Found:
    """An account that agrees.

    Attributes:
        row: Of the account.
        exact: Whether the agreement is exact; close otherwise.
        listed: The account's value.
    """

    row: int
    exact: bool
    listed: Identifier


def look_up_identifier(
    identifier: Identifier, shard: Shard, *, engine: Engine, region: str
) -> tuple[Found, ...] | None:
    """Screen somebody who has this identifier and nothing else against a list, without asking the policy.

    Args:
        identifier: A handle, an e-mail address or a page.
        shard: The list.
        engine: Where a large comparison would run; one identifier needs none.
        region: As in the policy.

    Returns:
        Accounts by row; ``None`` for a hub.

    Cost:
        A range look-up for each of some ten keys, and comparing what shares one; not more on a longer list.
    """
    kind = str(identifier.kind)
    person = Applicant(id="derived", **{_FIELDS[kind]: [identifier]})  # type: ignore[arg-type]
    sought = Sought.of(Cohort((person,), region=region))
    if not sought.cohort.tried[kind] or not shard.size:
        return ()
    # The pairs that a run finds, and the levels of the scorer of a pair of which nothing else is known: on a short
    # list even an exact agreement may be worth no bits, and a level does not hang on them.
    keys = Keys(shard.keys, shard.key_rows, most_accounts_per_key(shard.size))
    near = near_tiers(sought, shard, engine)
    rows = candidate_pairs(sought.keys, keys, engine, near=near).table["right_row"].to_pylist()
    (ours,) = holdings_of(sought.cohort.values, [0])
    best: dict[int, tuple[int, int]] = {}
    accounts = shard.values_of(np.array(rows, np.int32))
    for row, theirs in zip(rows, holdings_of(accounts, rows), strict=True):
        for item in score_pair(ours, theirs):
            level = int(EVIDENCE_RULES[EVIDENCE_KINDS[item.kind]][item.rule].level)
            if EVIDENCE_KINDS[item.kind] == kind and level >= LevelCode.CLOSE:
                best[row] = max(best.get(row, (0, 0)), (level, -item.right))
    if len(best) > MOST_SHARING:
        return None
    _, counts = key_counts(sought.keys.keys, shard.keys)
    if not best and len(counts) and int(counts.max()) > most_accounts_per_key(shard.size):
        return None  # its own key is too common to be looked up
    return tuple(
        Found(row=row, exact=level == int(LevelCode.EXACT), listed=shard.identifier(-source))
        for row, (level, source) in sorted(best.items())
    )
