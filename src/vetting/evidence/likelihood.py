"""Words for probabilities: the PHIA probability yardstick.

The words are always about a stated proposition, never about a person. Analytical confidence is
another axis and is not derived from the probability.

Source: *Explaining Uncertainty in UK Intelligence Assessment*, Cabinet Office, 24 March 2025. The
yardstick leaves gaps between its ranges on purpose; a value in a gap takes the nearest term, and one
exactly on a cut takes the lower, towards innocence.
"""

from __future__ import annotations

from bisect import bisect_left

__all__ = ["LIKELIHOOD_TERMS", "likelihood_range", "likelihood_term"]

LIKELIHOOD_TERMS: tuple[str, ...] = (
    "remote chance",
    "highly unlikely",
    "unlikely",
    "realistic possibility",
    "likely or probable",
    "highly likely",
    "almost certain",
)

_CUTS = (0.075, 0.225, 0.375, 0.525, 0.775, 0.925)
_RANGES = (
    "more than 0 % to about 5 %",
    "about 10 % to about 20 %",
    "about 25 % to about 35 %",
    "about 40 % to less than 50 %",
    "about 55 % to about 75 %",
    "about 80 % to about 90 %",
    "about 95 % to less than 100 %",
)


def likelihood_term(probability: float) -> str:
    """Return the yardstick's term for a probability.

    Args:
        probability: Between 0 and 1.

    Raises:
        ValueError: It is not a probability.

    Example:
        >>> likelihood_term(0.8), likelihood_term(0.775)
        ('highly likely', 'likely or probable')
    """
    if not 0.0 <= probability <= 1.0:
        raise ValueError("a probability lies between 0 and 1")
    return LIKELIHOOD_TERMS[bisect_left(_CUTS, probability)]


def likelihood_range(term: str) -> str:
    """Return the range of probabilities that a term stands for, in words."""
    return _RANGES[LIKELIHOOD_TERMS.index(term)]
