"""Which scored pairs the policy puts before a person, and its reason in words."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from attrs import frozen

from vetting.compare.levels import LevelCode
from vetting.evidence.policy import SurfacingPolicy
from vetting.evidence.scoring import PairScores

__all__ = ["SURFACING_REASONS", "Surfacing", "surfacing"]

SURFACING_REASONS: tuple[str, ...] = (
    "not surfaced: no strong identifier and no two independent kinds of evidence",
    "a strong identifier: the e-mail address",
    "a strong identifier: the telephone number",
    "a strong identifier: a handle too rare to agree by accident in this run",
    "two independent kinds of evidence",
    "not surfaced: a name alone never is",
    "not surfaced: two kinds of evidence agree, but too weakly together",
)


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
    probability: npt.NDArray[np.float64],
    policy: SurfacingPolicy,
    *,
    pairs: int,
) -> Surfacing:
    """Apply the policy to scored pairs.

    Args:
        scores: The pairs.
        probability: Shape (n,): P(same person) of each.
        policy: The policy.
        pairs: Applicants times accounts of the whole run.
    """
    handle = scores.kinds["handle"]
    coincidences = np.exp2(-handle.bits) * pairs
    rare_handle = (handle.level >= LevelCode.CLOSE) & (coincidences < policy.strong_handle_coincidences)
    independent = _independent_kinds(scores, policy.minimum_kind_bits)
    likely = probability >= policy.minimum_probability
    two = independent >= 2
    only_name = (independent == 1) & (scores.kinds["name"].bits > 0)
    reason = np.select(
        [
            _strong(scores, "email", policy),
            _strong(scores, "phone", policy),
            rare_handle,
            two & likely,
            only_name,
            two,
        ],
        [1, 2, 3, 4, 5, 6],
        default=0,
    ).astype(np.int8)
    return Surfacing((reason >= 1) & (reason <= 4), reason)


def _strong(scores: PairScores, kind: str, policy: SurfacingPolicy) -> npt.NDArray[np.bool_]:
    found = scores.kinds[kind]
    # A value that many have is no identifier, whatever it looks like.
    strong: npt.NDArray[np.bool_] = (
        (found.level == LevelCode.EXACT)
        & (found.bits > policy.minimum_kind_bits)
        & (found.sharers <= policy.strong_identifier_sharers)
    )
    return strong


def _independent_kinds(scores: PairScores, minimum_bits: float) -> npt.NDArray[np.int64]:
    """How many kinds support on facts of their own, each with enough bits."""
    count = np.zeros(len(scores.bits), np.int64)
    for found in scores.kinds.values():
        count += found.counted & (found.bits >= minimum_bits)
    return count
