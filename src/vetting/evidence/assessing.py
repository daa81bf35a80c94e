"""One applicant and one listed account, assessed without a store."""

from __future__ import annotations

import numpy as np

from vetting.compare.variants import read_name_variants
from vetting.evidence.assembly import evidence_of
from vetting.evidence.chance import probabilities
from vetting.evidence.frequencies import count_frequencies
from vetting.evidence.policy import SurfacingPolicy
from vetting.evidence.rarity import Rarity
from vetting.evidence.results import Assessment
from vetting.evidence.scoring import Scorer
from vetting.normalise.cohort import Cohort
from vetting.records.accounts import ListedAccount
from vetting.records.people import Applicant

__all__ = ["assess"]


def assess(
    applicant: Applicant,
    account: ListedAccount,
    *,
    policy: SurfacingPolicy | None = None,
    accounts: int = 10_000,
) -> Assessment:
    """Compare one applicant with one listed account and explain the outcome.

    Without a list there are no counts to learn rarity from: words of names count as moderately rare, and
    handles by the general character model. A screening of a whole list is better informed.

    Args:
        applicant: The person.
        account: The account.
        policy: Expected prevalence, region and variants of names; ``None`` for the defaults.
        accounts: How many accounts the list has, for the probability.

    Returns:
        Levels, evidence in bits, probability and words; never a decision.

    Example:
        >>> seen = assess(
        ...     Applicant(id="A-17", names="Sam Example", handles="vornskald_77"),
        ...     ListedAccount(list_id="forum-2019", account_id="41", handles="Vornskald77"),
        ... )
        >>> seen.levels["handle"], seen.levels["name"]
        ('exact', 'missing')
    """
    policy = policy or SurfacingPolicy()
    left = Cohort([applicant], region=policy.region)
    right = Cohort([account], region=policy.region)
    rarity = Rarity(count_frequencies(right.values), count_frequencies(left.values))
    row = np.zeros(1, np.int32)
    variants = read_name_variants(policy.name_variants) if policy.name_variants else None
    scores = Scorer(left.values, right.values, rarity, variants=variants).score(row, row)
    return Assessment(
        applicant_id=applicant.id,
        list_id=account.list_id,
        account_id=account.account_id,
        evidence=evidence_of(
            scores,
            0,
            left.identifiers.__getitem__,
            right.identifiers.__getitem__,
            (left.identifiers, right.identifiers),
        ),
        probability=float(probabilities(scores, accounts, policy)[0]),
    )
