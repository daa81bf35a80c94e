"""One applicant and one listed account, assessed without a store."""

from __future__ import annotations

from vetting.compare.variants import read_name_variants
from vetting.evidence.assembly import explained
from vetting.evidence.chance import probability_alone
from vetting.evidence.pair_scoring import score_pair
from vetting.evidence.policy import SurfacingPolicy
from vetting.evidence.profile_links import limited_links
from vetting.evidence.results import Assessment
from vetting.normalise.holding import holding_of
from vetting.records.accounts import ListedAccount
from vetting.records.people import Applicant

__all__ = ["assess"]

_DEFAULT = SurfacingPolicy()


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
    policy = policy or _DEFAULT
    left, right = holding_of(applicant, policy.region), holding_of(account, policy.region)
    variants = read_name_variants(policy.name_variants) if policy.name_variants else None
    items = score_pair(left, right, variants=variants)
    evidence, _ = limited_links(
        explained(
            items,
            left.identifiers.__getitem__,
            right.identifiers.__getitem__,
            (left.identifiers, right.identifiers),
        ),
        accounts,
    )
    bits = sum(item.bits for item in evidence if item.counted)
    return Assessment(
        applicant_id=applicant.id,
        list_id=account.list_id,
        account_id=account.account_id,
        evidence=evidence,
        probability=probability_alone(bits, accounts, policy),
    )
