"""What a pair must be able to reach on a list to be compared at all."""

from __future__ import annotations

import numpy as np
from attrs import frozen

from vetting.evidence.policy import SurfacingPolicy
from vetting.evidence.weights import WEIGHTS, Weights

__all__ = ["LARGE_LIST", "LARGE_RUN", "Floor"]

LARGE_LIST = 20_000
"""Accounts from which on pairs are set aside; on shorter lists all that blocking finds are compared."""

LARGE_RUN = 100_000_000
"""Applicants times accounts from which on they are set aside on shorter lists, too."""

# Odds, at the stated prevalence, below which a pair matters neither to who surfaces nor to the probabilities
# of others: a prevalence of one in five, seen in the run, would not make it likelier than not.
_LEAST_ODDS = 1.0 / 250.0
_SURE_ODDS = 19.0


@frozen(kw_only=True)
class Floor:
    """What a pair must be able to reach.

    Attributes:
        bits: Of two kinds of evidence together.
        alone: Of one kind.
        kind: Of each of two kinds.
    """

    bits: float
    alone: float
    kind: float

    @classmethod
    def of(
        cls,
        policy: SurfacingPolicy,
        *,
        accounts: int,
        pairs: int,
        prevalence: float = 0.0,
        weights: Weights = WEIGHTS,
    ) -> Floor:
        """Find the floor below which the policy surfaces nobody.

        Args:
            policy: The policy.
            accounts: Accounts on the list.
            pairs: Applicants times accounts of the whole run.
            prevalence: That the run shows, where it is known already.
            weights: The table in use.
        """
        shown = max(policy.expected_prevalence, prevalence)
        limit = policy.minimum_probability
        odds = min(_LEAST_ODDS, limit / (1.0 - limit) / 25.0)
        unlikely = float(np.log2(max(accounts, 1) * (1.0 - shown) / shown))
        # A handle that is rare enough surfaces alone; whatever is nearly sure tells of the run's prevalence.
        equal = min(weights["handle"][rule].m for rule in ("same", "separators"))
        rare = float(np.log2(max(pairs, 1) * equal / policy.strong_handle_coincidences))
        return cls(
            bits=unlikely + float(np.log2(odds)),
            alone=min(rare, unlikely + float(np.log2(_SURE_ODDS))),
            kind=policy.minimum_kind_bits,
        )

    @classmethod
    def of_run(
        cls,
        policy: SurfacingPolicy,
        *,
        accounts: int,
        pairs: int,
        prevalence: float = 0.0,
        weights: Weights = WEIGHTS,
    ) -> Floor | None:
        """Return the floor of a run on one list, or ``None`` where all pairs are compared; arguments of :meth:`of`."""
        if policy.include_unsurfaced or (accounts < LARGE_LIST and pairs < LARGE_RUN):
            return None
        return cls.of(policy, accounts=accounts, pairs=pairs, prevalence=prevalence, weights=weights)

    def holds(self, policy: SurfacingPolicy, *, accounts: int, prevalence: float) -> bool:
        """Whether pairs below the floor stay unlikely at the prevalence that a run has shown.

        Args:
            policy: The policy.
            accounts: Accounts on the list.
            prevalence: The highest that the run uses.
        """
        likely = float(np.exp2(self.bits)) * prevalence / (1.0 - prevalence) / max(accounts, 1)
        return prevalence <= policy.expected_prevalence or likely < 1.0
