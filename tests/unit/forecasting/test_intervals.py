"""Garwood's interval, against published values and its own definition."""

from __future__ import annotations

from math import exp, factorial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vetting.forecasting.intervals import poisson_interval


@pytest.mark.parametrize(
    ("counted", "low", "high"),
    # Ulm 1990, and tables of the chi-square distribution.
    [(0, 0.0, 3.689), (1, 0.0253, 5.572), (5, 1.623, 11.668), (10, 4.795, 18.390), (100, 81.364, 121.627)],
)
def test_it_has_the_tabled_ends(counted: int, low: float, high: float) -> None:
    assert list(poisson_interval(counted)) == pytest.approx([low, high], abs=1e-3)


@given(st.integers(1, 120))
def test_at_either_end_the_count_is_as_unlikely_as_stated(counted: int) -> None:
    low, high = poisson_interval(counted, confidence=0.9)
    at_most = [exp(-high) * high**place / factorial(place) for place in range(counted + 1)]
    below = [exp(-low) * low**place / factorial(place) for place in range(counted)]
    assert sum(at_most) == pytest.approx(0.05, rel=1e-6)
    assert 1 - sum(below) == pytest.approx(0.05, rel=1e-6)


@given(st.integers(0, 3_000_000))
def test_it_holds_the_count_and_narrows_with_its_root(counted: int) -> None:
    low, high = poisson_interval(counted)
    assert low <= counted < high
    assert high - low <= 4.0 * (counted + 1) ** 0.5 + 4.0
