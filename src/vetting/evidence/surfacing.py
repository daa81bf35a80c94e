"""Which scored pairs the policy puts before a person, and its reason in words."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from attrs import frozen

from vetting.compare.levels import LevelCode
from vetting.evidence.chance import pair_odds
from vetting.evidence.policy import SurfacingPolicy
from vetting.evidence.scores import PairScores, first_of_each
from vetting.evidence.scoring import EVIDENCE_KINDS, EVIDENCE_RULES
from vetting.evidence.weights import WEIGHTS, Weights

__all__ = [
    "CONTACTS",
    "SURFACING_REASONS",
    "Surfacing",
    "accidental_bits",
    "agree_on_contact",
    "independent_kinds",
    "may_surface",
    "surfacing",
]

CONTACTS = (EVIDENCE_KINDS.index("email"), EVIDENCE_KINDS.index("phone"))
"""Kinds of evidence of which one agreement may be enough."""

SURFACING_REASONS: tuple[str, ...] = (
    "no strong identifier, and no two independent kinds of evidence",
    "a strong identifier: the e-mail address",
    "a strong identifier: the telephone number",
    "a strong identifier: a handle too rare to agree by accident in this run",
    "two independent kinds of evidence",
    "a name alone surfaces nobody",
    "two kinds of evidence agree, but too weakly together",
)


Floats = npt.NDArray[np.float64]

_LIKELIER_THAN_NOT = 0.5
_SLIGHT = 1e-6
_LAST_CONTACT, _HANDLE = EVIDENCE_KINDS.index("phone"), EVIDENCE_KINDS.index("handle")
assert EVIDENCE_KINDS[: _LAST_CONTACT + 1] == ("email", "phone")


@frozen(eq=False)
class Surfacing:
    """The policy applied.

    Attributes:
        surfaced: Shape (n,).
        reason: Shape (n,): index into :data:`SURFACING_REASONS`.
    """

    surfaced: npt.NDArray[np.bool_]
    reason: npt.NDArray[np.int8]

    def reasons(self) -> Sequence[str]:
        """Return the reason of each pair in words."""
        return [SURFACING_REASONS[reason] for reason in self.reason.tolist()]


def surfacing(
    scores: PairScores,
    probability: tuple[Floats, Floats],
    policy: SurfacingPolicy,
    *,
    pairs: int,
    weights: Weights = WEIGHTS,
) -> Surfacing:
    """Apply the policy to scored pairs.

    Args:
        scores: The pairs.
        probability: P(same person) of each, shape (n,): at the prevalence that the policy states, and at the
            one that the run itself shows. The policy's limit is for the first: that others are found on a list
            puts nobody else before a person, unless it makes the pair likelier than not.
        policy: The policy.
        pairs: Applicants times accounts of the whole run.
        weights: The table that the pairs were weighed with.
    """
    stated, shown = probability
    independent = independent_kinds(scores, policy.minimum_kind_bits)
    two = independent >= 2
    rows = scores.rows
    handles = _of_kind(scores, "handle")
    rare = _handle_coincidences(scores, handles, weights) * pairs < policy.strong_handle_coincidences
    rare_handle = scores.any_row(handles & (rows.level >= LevelCode.CLOSE) & rare)
    named = scores.any_row(_of_kind(scores, "name") & (rows.bits > 0))
    reason = np.select(
        [
            _strong(scores, "email", policy),
            _strong(scores, "phone", policy),
            rare_handle,
            two & ((stated >= policy.minimum_probability) | (shown >= _LIKELIER_THAN_NOT)),
            named & ~two,
            two,
        ],
        [1, 2, 3, 4, 5, 6],
        default=0,
    ).astype(np.int8)
    return Surfacing((reason >= 1) & (reason <= 4), reason)


def may_surface(
    scores: PairScores, accounts: int, policy: SurfacingPolicy, *, pairs: int, weights: Weights = WEIGHTS
) -> bool:
    """Whether any pair of a single applicant could be surfaced, before probabilities are worked out.

    A pair is at most as likely as it would be without other candidates.

    Args:
        scores: All pairs of the applicant on a list that have evidence for.
        accounts: Accounts on the list.
        policy: The policy.
        pairs: Accounts of the whole run.
        weights: The table that the pairs were weighed with.

    Returns:
        ``False`` where :func:`surfacing` surfaces nobody; ``True`` where it might.
    """
    rows = scores.rows
    if ((rows.kind <= _LAST_CONTACT) & (rows.level == LevelCode.EXACT)).any():
        return True
    handles = (rows.kind == _HANDLE) & (rows.level >= LevelCode.CLOSE)
    if (
        _handle_coincidences(scores, handles, weights)[handles] * pairs < policy.strong_handle_coincidences
    ).any():
        return True
    two = independent_kinds(scores, policy.minimum_kind_bits) >= 2
    odds = pair_odds(scores.bits[two], accounts, policy.expected_prevalence)
    least = min(policy.minimum_probability, _LIKELIER_THAN_NOT)
    # Probabilities are kept off 0, and rounding must not decide.
    return least < _SLIGHT or bool((odds >= least * (1.0 - _SLIGHT) * (1.0 + odds)).any())


def _of_kind(scores: PairScores, kind: str) -> npt.NDArray[np.bool_]:
    of_kind: npt.NDArray[np.bool_] = scores.rows.kind == EVIDENCE_KINDS.index(kind)
    return of_kind


def _handle_coincidences(
    scores: PairScores, handles: npt.NDArray[np.bool_], weights: Weights
) -> npt.NDArray[np.float64]:
    """Chance that two different people agree on a handle so far, for each row of evidence on handles.

    For equal handles it is u times the comparisons tried, which is m times 2 ** -bits; for handles that are
    only alike 2 ** -bits is the bound.
    """
    m = np.array(
        [
            weights["handle"][rule.key].m if rule.level == LevelCode.EXACT else 1.0
            for rule in EVIDENCE_RULES["handle"]
        ]
    )
    chance = np.exp2(-scores.rows.bits)
    chance[handles] *= m[scores.rows.rule[handles]]
    return chance


def _strong(scores: PairScores, kind: str, policy: SurfacingPolicy) -> npt.NDArray[np.bool_]:
    rows = scores.rows
    # A value that many have is no identifier, whatever it looks like.
    return scores.any_row(
        _of_kind(scores, kind)
        & (rows.level == LevelCode.EXACT)
        & (rows.bits > policy.minimum_kind_bits)
        & (rows.sharers <= policy.strong_identifier_sharers)
    )


def agree_on_contact(scores: PairScores) -> npt.NDArray[np.bool_]:
    """Which pairs agree on an address or a number, put to a person whatever speaks against it; shape (n,)."""
    return scores.any_row(np.isin(scores.rows.kind, CONTACTS) & (scores.rows.bits > 0))


def accidental_bits(scores: PairScores, policy: SurfacingPolicy, *, alone: float) -> Floats:
    """Return the bits of those pairs of decoys that tell what accident shows.

    Accident shows nobody what rests on one kind of evidence, unless there is very much of it. A made-up mailbox or
    number that has a holder is none that a decoy could have.

    Args:
        scores: Decoys and accounts.
        policy: With ``include_unsurfaced`` everything is shown, and counts.
        alone: Bits from which on one kind of evidence counts.
    """
    rows = scores.rows
    counted = ~scores.any_row(np.isin(rows.kind, CONTACTS) & (rows.level == LevelCode.EXACT))
    if not policy.include_unsurfaced:
        several = independent_kinds(scores, policy.minimum_kind_bits) > 1
        counted &= several | (scores.bits >= alone)
    found: Floats = scores.bits[counted]
    return found


def independent_kinds(scores: PairScores, minimum_bits: float) -> npt.NDArray[np.int64]:
    """Return how many kinds support on facts of their own, each with enough bits; shape (n,) of pairs."""
    rows = scores.rows
    enough = rows.counted & (rows.bits >= minimum_bits)
    pair, kind = rows.pair[enough], rows.kind[enough]
    fresh = first_of_each(pair, kind)
    return np.bincount(pair[fresh], minlength=len(scores.bits))
