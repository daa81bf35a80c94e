"""The exact interval of a count of rare, independent events."""

from __future__ import annotations

from collections.abc import Callable
from math import exp, inf, lgamma, log, sqrt

__all__ = ["poisson_interval"]

_ROUNDS = 80
_NEGLIGIBLE = 1e-17


def poisson_interval(counted: int, *, confidence: float = 0.95) -> tuple[float, float]:
    """Return the means that are compatible with a count.

    Args:
        counted: Events seen, at least 0.
        confidence: Share of such intervals that hold the true mean, at least.

    Returns:
        The lowest and the highest mean, in events.

    Example:
        >>> [round(end, 2) for end in poisson_interval(0)], [round(end, 2) for end in poisson_interval(10)]
        ([0.0, 3.69], [4.8, 18.39])

    Source:
        Garwood 1936. Cost: some 80 sums of about the square root of the count.
    """
    outside = (1.0 - confidence) / 2.0
    reach = 12.0 * sqrt(counted + 1.0) + 40.0
    low = 0.0
    if counted:
        low = _root(lambda mean: _tail(counted, mean, 1) < outside, 0.0, float(counted))
    high = _root(lambda mean: _tail(counted, mean, -1) > outside, float(counted), counted + reach)
    return low, high


def _tail(counted: int, mean: float, step: int) -> float:
    """P(at least the count) for step 1 and a mean below it, P(at most the count) for -1 and one above."""
    if mean <= 0.0:
        return 0.0 if step > 0 else 1.0
    term = exp(counted * log(mean) - mean - lgamma(counted + 1.0))
    total, last, place = 0.0, inf, counted
    # Away from the mean the terms only shrink.
    while term > total * _NEGLIGIBLE and term <= last:
        total, last = total + term, term
        if step < 0 and place == 0:
            break
        term *= mean / (place + 1) if step > 0 else place / mean
        place += step
    return total


def _root(is_below: Callable[[float], bool], low: float, high: float) -> float:
    """Halve until the place is found where a test turns from true to false."""
    for _ in range(_ROUNDS):
        middle = (low + high) / 2.0
        low, high = (middle, high) if is_below(middle) else (low, middle)
    return (low + high) / 2.0
