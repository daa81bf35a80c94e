"""What a run itself shows of the rates that the policy assumes before any evidence."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from attrs import evolve, frozen

from vetting.blocking.packing import NO_PAIRS, packed, unpacked
from vetting.evidence.chance import Alike, pair_odds, probabilities
from vetting.evidence.policy import SurfacingPolicy
from vetting.evidence.scores import PairScores

__all__ = ["Rates", "alike", "rates_seen", "rivals"]

_SURE = 0.95
_ROUNDS = 12
_STATED = 100.0  # as many applicants does the stated prevalence count for
_FEW_STATED = 10.0  # and so many listed people the rate of second accounts
_MOST_RIVALS = 20  # of one account; more share a value that is nobody's
_LEAST_ODDS = 1e-3  # of an account's likeliest applicant; below it nobody takes it from anybody

Ints = npt.NDArray[np.int32]


@frozen(eq=False)
class Rates:
    """The rates that a run uses on one list.

    Attributes:
        policy: With the rates as the whole run shows them.
        prevalence: Shape (n,): for each pair, the prevalence among the *other* applicants.
    """

    policy: SurfacingPolicy
    prevalence: npt.NDArray[np.float64]


def rates_seen(
    scores: PairScores, accounts: int, policy: SurfacingPolicy, *, applicants: int, alike: Alike | None = None
) -> Rates:
    """Raise the prevalence and the rate of second accounts to what the run shows.

    A policy that expects 1 in 1,000 on a list is refuted by a cohort of which half are found on it beyond
    doubt; the other half is then no cohort of 1 in 1,000 either. What the policy states counts as much as a
    hundred applicants; of the run those count as listed who have a candidate at .95 or more. Nobody's own
    evidence raises their own prevalence, and no rate is ever lowered.

    Args:
        scores: All pairs of the run on this list that have evidence for.
        accounts: Accounts on the list.
        policy: The rates that are stated.
        applicants: How many applicants the run has.
        alike: Applicants who may be one person.

    Source:
        The mean of a Beta prior and a binomial count; Fellegi & Sunter 1969 for the prior odds.

    Cost: up to twelve times that of the probabilities.
    """
    stated = policy.expected_prevalence
    used = Rates(policy, np.full(len(scores.bits), stated))
    for _ in range(_ROUNDS):
        chance = probabilities(scores, accounts, used.policy, alike=alike, prevalence=used.prevalence)
        sure = np.bincount(scores.left_rows[chance >= _SURE], minlength=applicants)
        listed, several = int((sure > 0).sum()), int((sure > 1).sum())
        others = listed - (sure > 0)
        among = np.maximum(stated, (_STATED * stated + others) / (_STATED + max(applicants - 1, 1)))
        second = max(
            policy.second_account_rate,
            (_FEW_STATED * policy.second_account_rate + several) / (_FEW_STATED + listed),
        )
        found = evolve(
            policy, expected_prevalence=float(among.max(initial=stated)), second_account_rate=second
        )
        settled = found == used.policy
        used = Rates(found, among[scores.left_rows])
        if settled:
            break
    return used


def rivals(scores: PairScores, accounts: int, policy: SurfacingPolicy) -> tuple[Ints, Ints]:
    """Return the pairs of applicants who fit the same account: are they one person?

    Args:
        scores: All pairs of the run on this list that have evidence for.
        accounts: Accounts on the list.
        policy: Its prevalence.

    Returns:
        Rows of applicants, the smaller first; each pair once.
    """
    if not len(scores.bits):
        return np.empty(0, np.int32), np.empty(0, np.int32)
    held = np.zeros(int(scores.right_rows.max()) + 1, np.bool_)
    held[scores.right_rows[pair_odds(scores.bits, accounts, policy.expected_prevalence) >= _LEAST_ODDS]] = (
        True
    )
    likely = np.flatnonzero(held[scores.right_rows] & (scores.bits >= policy.minimum_kind_bits))
    order = likely[np.lexsort((-scores.bits[likely], scores.right_rows[likely]))]
    account = scores.right_rows[order]
    start = np.searchsorted(account, account, side="left")
    rank = np.arange(len(order)) - start
    order, account, rank = order[rank < _MOST_RIVALS], account[rank < _MOST_RIVALS], rank[rank < _MOST_RIVALS]
    found = []
    for apart in range(1, int(rank.max(initial=0)) + 1):
        together = np.flatnonzero(account[apart:] == account[:-apart])
        one, other = scores.left_rows[order[together]], scores.left_rows[order[together + apart]]
        found.append(packed(np.minimum(one, other), np.maximum(one, other)))
    return unpacked(np.unique(np.concatenate([NO_PAIRS, *found])))


def alike(
    pairs: tuple[Ints, Ints], bits: npt.NDArray[np.float64], policy: SurfacingPolicy, applicants: int
) -> Alike:
    """Judge which rivals are one person, by the evidence between their applications.

    Args:
        pairs: From :func:`rivals`.
        bits: Shape (n,): of each pair.
        policy: Its ``second_application_rate``.
        applicants: How many applicants the run has.
    """
    stated = rate = policy.second_application_rate
    for _ in range(_ROUNDS):
        odds = rate / (1.0 - rate) / max(applicants, 1) * np.exp2(np.minimum(bits, 200.0))
        same = odds / (1.0 + odds)
        twice = len(np.unique(np.concatenate([side[same >= _SURE] for side in pairs])))
        raised = max(stated, (_STATED * stated + twice) / (_STATED + applicants))
        if raised == rate:
            break
        rate = raised
    return Alike(*pairs, same)
