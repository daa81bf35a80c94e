"""How likely is it that a pair is chance: probabilities, and coincidences to expect.

Two questions, two answers:

* *Was this account the applicant's?* A probability, from the bits, the expected prevalence, and the other
  candidates of the same applicant on the same list, with "on none of them" as one of the outcomes.
* *How many pairs this strong would this run show by accident?* ``expected_coincidences``, the analogue of
  the E-value of sequence search: pairs compared, times the chance that two different people agree so far.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from vetting.evidence.policy import SurfacingPolicy
from vetting.evidence.scores import PairScores

__all__ = ["expected_coincidences", "probabilities", "probability_alone"]

Floats = npt.NDArray[np.float64]

_SURE = 1e-9  # nothing is certain; keeps probabilities off 0 and 1


def expected_coincidences(bits: Floats, pairs: int) -> Floats:
    """Bound how many pairs of different people have at least this much evidence.

    If bits are log2 likelihood ratios, the ratio's mean over pairs of different people is 1, so by
    Markov's inequality at most ``2 ** -bits`` of them reach ``bits``. The bound is as good as the u
    probabilities are: dependence that was not recognised makes it too small.

    Args:
        bits: Shape (n,).
        pairs: Applicants times accounts of the whole run, compared or not.

    Returns:
        Shape (n,), at most ``pairs``.

    Source:
        Karlin & Altschul 1990 for the form E = mn 2^-S; Markov's inequality for the bound.
    """
    return np.minimum(np.exp2(-bits), 1.0) * pairs


def probabilities(scores: PairScores, accounts: int, policy: SurfacingPolicy) -> Floats:
    """P(the account was the applicant's) for every candidate pair on one list.

    Before evidence, an applicant is on the list with the policy's expected prevalence, and then any of
    its accounts is equally likely theirs. An account has one holder: applicants who fit the same account
    exclude one another. Most people have one account on a list: then an applicant's candidates exclude
    one another too. Some have several (``second_account_rate``): then each stands alone. The two models
    are mixed by how well they explain this applicant's candidates together.

    Args:
        scores: All pairs of the run on this list that have evidence for.
        accounts: Accounts on the list.
        policy: Prevalence and rate of second accounts.

    Returns:
        Shape (n,), strictly between 0 and 1.
    """
    if not len(scores.bits):
        return np.empty(0)
    prior = policy.expected_prevalence / (1.0 - policy.expected_prevalence) / max(accounts, 1)
    weight = prior * np.exp2(np.minimum(scores.bits, 200.0))
    people, back = np.unique(scores.left_rows, return_inverse=True)
    _, account = np.unique(scores.right_rows, return_inverse=True)
    rivals = np.bincount(account, weights=weight)[account] - weight
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


def probability_alone(bits: float, accounts: int, policy: SurfacingPolicy) -> float:
    """P(the account was the applicant's) for one candidate pair without rivals, as :func:`probabilities`."""
    prior = policy.expected_prevalence / (1.0 - policy.expected_prevalence) / max(accounts, 1)
    weight: float = prior * 2.0 ** min(bits, 200.0)
    return min(max(weight / (1.0 + weight), _SURE), 1.0 - _SURE)
