"""How many pairs as strong a run shows by accident: counted on decoys, and carried on beyond them.

Without decoys, Markov's inequality bounds the number; the bound is some ten times too large where
evidence comes in few steps.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from attrs import frozen

__all__ = ["Accidents", "decoys_wanted", "expected_coincidences"]

Floats = npt.NDArray[np.float64]

# Fewer applicants are too few to resemble, and a run of a moment must not become one of seconds.
_FEWEST_APPLICANTS = 100
_FEWEST, _USUAL, _PART = 1_000, 5_000, 20
# The count is trusted down to so many decoy pairs; beyond, the tail goes on as the strongest pairs have it.
_ANCHOR = 10
_TAIL = 50
_SLOWEST, _FASTEST = 0.5, 1.0  # halvings a bit


def decoys_wanted(applicants: int) -> int:
    """Return how many decoys calibrate a run of so many applicants; 0 for none.

    Example:
        >>> decoys_wanted(1), decoys_wanted(300), decoys_wanted(6_300), decoys_wanted(307_000)
        (0, 1000, 5000, 15350)
    """
    if applicants < _FEWEST_APPLICANTS:
        return 0
    return max(_FEWEST, min(applicants, _USUAL), applicants // _PART)


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


@frozen(eq=False)
class Accidents:
    """What accident makes of one run, over all its lists.

    Attributes:
        pairs: Applicants times accounts, compared or not.
        seen: Bits of the decoys' pairs, the most first; shape (m,).
        scale: Applicants for each decoy.
        decoys: How many decoys were screened; 0 where the bound is all there is.
        whole_from: Bits from which on every decoy pair was counted; below, those are missing that could not surface.
    """

    pairs: int
    seen: Floats
    scale: float = 1.0
    decoys: int = 0
    whole_from: float = 0.0

    @classmethod
    def bounded(cls, pairs: int) -> Accidents:
        """Only the bound: there are no decoys."""
        return cls(pairs, np.empty(0))

    @classmethod
    def counted(
        cls, pairs: int, bits: Floats, *, applicants: int, decoys: int, whole_from: float = 0.0
    ) -> Accidents:
        """Count on decoys.

        Args:
            pairs: Applicants times accounts of the run.
            bits: Of all pairs of a decoy and an account that have evidence for, in any order.
            applicants: Of the run.
            decoys: How many.
            whole_from: Bits from which on these are all.
        """
        return cls(pairs, -np.sort(-bits), applicants / decoys, decoys, whole_from)

    @property
    def _rate(self) -> float:
        """Halvings a bit in the tail."""
        strongest = self.seen[:_TAIL]
        excess = float((strongest - strongest[-1]).mean())
        return min(max(1.0 / (excess * np.log(2.0)), _SLOWEST), _FASTEST) if excess > 0 else _FASTEST

    def expected(self, bits: Floats) -> Floats:
        """Return how many pairs of two different people this run shows with at least so many bits.

        Decoy pairs are counted where there are ten or more of them. Beyond, the number falls off as it does
        among the fifty strongest: with every bit it halves at the most, since among pairs of different people a
        likelihood ratio of twice the size is at most half as frequent; every two bits at the least. Nor is it
        more than the bound beyond them.

        Args:
            bits: Shape (n,).

        Returns:
            Shape (n,), never more for more bits, at most ``pairs``.

        Source:
            Karlin & Altschul 1990: the tail is exponential, and its constants are found by simulation; Hill
            1975 for the rate of a tail.
        """
        anchor = min(_ANCHOR, len(self.seen))
        if not anchor:
            return expected_coincidences(bits, self.pairs)
        reached = np.searchsorted(-self.seen, -bits, side="right").astype(np.float64)
        start = self.seen[anchor - 1]
        beyond = anchor * np.exp2(self._rate * np.minimum(start - bits, 0.0))
        counted = np.where(bits > start, beyond, reached)
        # Pairs without evidence for were not counted; a pair with as little as that is as common as can be.
        counted = np.where(bits <= 0.0, np.inf, counted) * self.scale
        # Markov's bound holds beyond what was counted, as far above itself as the decoys were at the last count.
        bound = expected_coincidences(bits, self.pairs)
        last = anchor * self.scale / float(expected_coincidences(np.array([start]), self.pairs)[0])
        counted = np.where(bits > start, np.minimum(counted, bound * max(last, 1.0)), counted)
        # Where not every pair was counted the bound is.
        counted = np.where(bits < self.whole_from, np.maximum(counted, bound), counted)
        found: Floats = np.minimum(counted, self.pairs)
        return found
