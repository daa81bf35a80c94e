"""Was this account the applicant's? A probability, with "on none of them" as one of the outcomes.

It comes from the bits, the expected prevalence, and the other candidates of the same applicant and of the
same account. How many pairs as strong a run shows by accident is another question
(:mod:`vetting.evidence.accidents`).
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from attrs import frozen

from vetting.blocking.packing import packed
from vetting.evidence.policy import SurfacingPolicy
from vetting.evidence.scores import PairScores
from vetting.normalise.columns import expand

__all__ = ["NOBODY", "Alike", "less_probable", "pair_odds", "probabilities", "probability_alone"]

Floats = npt.NDArray[np.float64]

_SURE = 1e-9  # nothing is certain; keeps probabilities off 0 and 1


def probabilities(
    scores: PairScores,
    accounts: int,
    policy: SurfacingPolicy,
    *,
    alike: Alike | None = None,
    prevalence: Floats | None = None,
) -> Floats:
    """P(the account was the applicant's) for every candidate pair on one list.

    Before evidence, an applicant is on the list with the policy's expected prevalence, and then any of
    its accounts is equally likely theirs. An account has one holder: applicants who fit the same account
    exclude one another, as far as they are different people. Most people have one account on a list: then
    an applicant's candidates exclude one another too. Some have several (``second_account_rate``): then
    each stands alone. The two models are mixed by how well they explain this applicant's candidates
    together.

    Args:
        scores: All pairs of the run on this list that have evidence for.
        accounts: Accounts on the list.
        policy: Prevalence and rate of second accounts.
        alike: Applicants who may be one person; ``None`` for nobody.
        prevalence: Shape (n,): for each pair; ``None`` for the policy's.

    Returns:
        Shape (n,), strictly between 0 and 1.
    """
    if not len(scores.bits):
        return np.empty(0)
    own = pair_odds(scores.bits, accounts, policy.expected_prevalence if prevalence is None else prevalence)
    people, back = np.unique(scores.left_rows, return_inverse=True)
    _, account = np.unique(scores.right_rows, return_inverse=True)
    weight = own if alike is None else own + alike.shared(scores, own)
    rivals = np.maximum(np.bincount(account, weights=own)[account] - weight, 0.0)
    total = np.bincount(back, weights=weight, minlength=len(people))
    log_several = np.bincount(back, weights=np.log1p(weight), minlength=len(people))
    # Odds of "several accounts" after seeing all candidates of the person.
    before = policy.second_account_rate / (1.0 - policy.second_account_rate)
    odds = before * np.exp(np.minimum(log_several - np.log1p(total), 500.0))
    several = (odds / (1.0 + odds))[back]
    one_account = weight / (1.0 + total[back] + rivals)
    each_alone = weight / (1.0 + weight + rivals)
    mixed: Floats = np.clip((1.0 - several) * one_account + several * each_alone, _SURE, 1.0 - _SURE)
    return mixed


def pair_odds(bits: Floats, accounts: int, prevalence: float | Floats) -> Floats:
    """Odds of each pair on its own: the prevalence spread over the accounts, times the evidence.

    Args:
        bits: Shape (n,).
        accounts: Accounts on the list.
        prevalence: P(an applicant is on the list), of each pair or of all.
    """
    prior = prevalence / (1.0 - prevalence) / max(accounts, 1)
    odds: Floats = prior * np.exp2(np.minimum(bits, 200.0))
    return odds


@frozen(eq=False)
class Alike:
    """Pairs of applicants who may be one person: somebody who applied twice, or stands on two rosters.

    Attributes:
        one: Shape (n,): rows of applicants.
        other: Shape (n,): rows of applicants; each pair stands once.
        same: Shape (n,): P(they are one person).
    """

    one: npt.NDArray[np.int32]
    other: npt.NDArray[np.int32]
    same: Floats

    def shared(self, scores: PairScores, odds: Floats) -> Floats:
        """Odds that each pair's applicant has from others who may be the same person, on the same account.

        Args:
            scores: The pairs.
            odds: Shape (n,): of each pair on its own.

        Returns:
            Shape (n,): the others' odds, each times the probability that they are the applicant.
        """
        pairs = packed(scores.left_rows, scores.right_rows)
        order = np.argsort(pairs)
        start, count = _spans(scores.left_rows[order], self.one)
        entry, place = expand(np.arange(len(count)), count)
        first = order[start[entry] + place - (np.cumsum(count) - count)[entry]]
        asked = packed(self.other[entry], scores.right_rows[first])
        at = np.searchsorted(pairs, asked, sorter=order).clip(max=len(order) - 1)
        second = order[at]
        both = pairs[second] == asked
        first, second, same = first[both], second[both], self.same[entry[both]]
        gained = np.bincount(first, weights=same * odds[second], minlength=len(odds))
        gained += np.bincount(second, weights=same * odds[first], minlength=len(odds))
        return gained.astype(np.float64)


NOBODY = Alike(np.empty(0, np.int32), np.empty(0, np.int32), np.empty(0))
"""No two applicants may be one person."""


def _spans(
    rows: npt.NDArray[np.int32], asked: npt.NDArray[np.int32]
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    start = np.searchsorted(rows, asked, side="left")
    return start, np.searchsorted(rows, asked, side="right") - start


def probability_alone(bits: float, accounts: int, policy: SurfacingPolicy) -> float:
    """P(the account was the applicant's) for one candidate pair without rivals, as :func:`probabilities`."""
    prior = policy.expected_prevalence / (1.0 - policy.expected_prevalence) / max(accounts, 1)
    weight: float = prior * 2.0 ** min(bits, 200.0)
    return min(max(weight / (1.0 + weight), _SURE), 1.0 - _SURE)


def less_probable(probability: float, bits: float) -> float:
    """Return a probability after some bits of its evidence have been taken away.

    Example:
        >>> less_probable(0.5, 1.0), less_probable(0.5, 0.0)
        (0.3333333333333333, 0.5)
    """
    if not bits:
        return probability
    odds: float = probability / (1.0 - probability) * 2.0**-bits
    return min(max(odds / (1.0 + odds), _SURE), 1.0 - _SURE)
