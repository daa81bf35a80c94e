from __future__ import annotations

import math

import pytest

from vetting.evidence.likelihood import LIKELIHOOD_TERMS, likelihood_range, likelihood_term

CUTS = (0.075, 0.225, 0.375, 0.525, 0.775, 0.925)


@pytest.mark.parametrize(("place", "cut"), list(enumerate(CUTS)))
def test_exactly_on_a_cut_the_lower_word_is_taken_and_above_it_the_higher(place: int, cut: float) -> None:
    assert likelihood_term(cut) == LIKELIHOOD_TERMS[place]
    assert likelihood_term(math.nextafter(cut, 1)) == LIKELIHOOD_TERMS[place + 1]
    assert likelihood_term(math.nextafter(cut, 0)) == LIKELIHOOD_TERMS[place]


@pytest.mark.parametrize(
    ("probability", "term"),
    [
        (0.0, "remote chance"),
        (0.15, "highly unlikely"),
        (0.3, "unlikely"),
        (0.45, "realistic possibility"),
        (0.65, "likely or probable"),
        (0.85, "highly likely"),
        (1.0, "almost certain"),
    ],
)
def test_the_yardsticks_own_ranges_have_the_yardsticks_words(probability: float, term: str) -> None:
    assert likelihood_term(probability) == term


@pytest.mark.parametrize("number", [-0.1, 1.1, math.nan, math.inf])
def test_what_is_no_probability_has_no_word(number: float) -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        likelihood_term(number)


def test_every_term_has_its_range_in_words() -> None:
    assert len({likelihood_range(term) for term in LIKELIHOOD_TERMS}) == 7
    assert likelihood_range("likely or probable") == "about 55 % to about 75 %"
