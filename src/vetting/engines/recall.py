"""What blocking loses, measured in the run itself: a few applicants against many accounts, without keys."""

from __future__ import annotations

import numpy as np
from attrs import frozen

from vetting.blocking.exhaustive import exhaustive_pairs
from vetting.blocking.keys import OwnedKeys
from vetting.blocking.packing import packed
from vetting.blocking.sought import Sought
from vetting.engines.columns import ListColumns
from vetting.engines.matching import Matched, Matcher
from vetting.engines.pairs import candidate_pairs
from vetting.evidence.surfacing import agree_on_contact, independent_kinds
from vetting.normalise.columns import Ints

__all__ = ["LEAST_BITS", "BlockingRecall", "blocking_recall"]

LEAST_BITS = 14.0
"""Pairs of less evidence are not worth finding: on lists of any size nobody would see them."""

# Comparisons of every value with every value; some tenths of a second.
_BUDGET = 4_000_000
_MOST = 200
_FEWEST_IN_COHORT = 100  # a run of a moment must not become one of seconds


@frozen(kw_only=True)
class BlockingRecall:
    """How many of the pairs worth finding were found.

    Attributes:
        applicants: Applicants who were compared; 0 where it was not measured.
        accounts: Accounts that each of them was compared with.
        pairs: Pairs with evidence of 14 bits or more, on a contact or of two kinds.
        found: Those among them that blocking found.
    """

    applicants: int = 0
    accounts: int = 0
    pairs: int = 0
    found: int = 0


def blocking_recall(
    matcher: Matcher, sought: Sought, listed: ListColumns, matched: Matched, *, minimum_kind_bits: float
) -> BlockingRecall:
    """Compare a sample of the applicants with the list, or a sample of it, and count what blocking had not found.

    Args:
        matcher: Of the run.
        sought: The applicants.
        listed: The list.
        matched: What the run found.
        minimum_kind_bits: Bits that a kind of evidence needs to count as one of two.

    Returns:
        The counts; of 0 applicants where the cohort is small.

    Cost: 4 million comparisons of everything, whatever the sizes: 200 applicants, and 20,000 accounts, spread evenly
        over either side.
    """
    people, size = sought.cohort.values, listed.size
    if people.owner_count < _FEWEST_IN_COHORT or not size:
        return BlockingRecall()
    rows = _spread(people.owner_count, _MOST)
    accounts = _spread(size, _BUDGET // len(rows))
    sample = listed.values_of(accounts)
    some = people.at(rows)
    left, right = exhaustive_pairs(some, sample)
    scores = matcher.scored(some, sample, (left, right), listed)
    several = independent_kinds(scores, minimum_kind_bits) > 1
    worth = (scores.bits >= LEAST_BITS) & (several | agree_on_contact(scores))
    chosen, marked = np.zeros(people.owner_count, np.bool_), np.zeros(size, np.bool_)
    chosen[rows], marked[accounts] = True, True
    kept = chosen[sought.keys.owners]
    probe = OwnedKeys(sought.keys.owners[kept], sought.keys.keys[kept])
    known = candidate_pairs(
        probe, matched.keys.at(marked), matcher.engine, near=matched.near.at(marked)
    ).packed
    found = np.isin(packed(left[worth], right[worth]), known)
    return BlockingRecall(
        applicants=len(rows), accounts=len(accounts), pairs=len(found), found=int(found.sum())
    )


def _spread(count: int, most: int) -> Ints:
    """Rows from first to last, evenly, so many at most."""
    return np.unique(np.linspace(0, count - 1, min(count, most)).astype(np.int32))
