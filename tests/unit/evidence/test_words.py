import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.small_lists import evidence

from vetting.evidence.words import coincidence_words, odds_words, round_count, standing


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        (0.0025, "About 1 in 400 runs"),
        (1e-9, "About 1 in 1 thousand million runs"),
        (0.0, "Fewer than 1 in a million million runs"),
        (0.499, "About 1 in 2 runs"),
        (0.6, "about 0.6 pairs"),
        (1.0, "about 1 pair this"),
        (37.2, "about 37 pairs"),
        (math.inf, "No run could tell"),
    ],
)
def test_expected_coincidences_become_a_sentence(expected: Any, text: Any) -> None:
    assert text in coincidence_words(expected)


@pytest.mark.parametrize("wrong", [-0.1, math.nan])
def test_what_is_no_expectation_is_refused(wrong: Any) -> None:
    with pytest.raises(ValueError, match="0 or more"):
        coincidence_words(wrong)


@given(st.floats(0, allow_nan=False))
def test_every_expectation_has_one_whole_sentence(expected: Any) -> None:
    words = coincidence_words(expected)
    assert words.endswith(".")
    assert words.count(".") - sum(part.isdigit() for part in words.split(".")[1:]) <= 3


@given(st.floats(-400, 400))
def test_odds_name_the_likelier_explanation_second_to_none(bits: Any) -> None:
    words = odds_words(bits)
    if bits > 1:
        assert words.endswith("for one person as for two different people")
    if bits < -1:
        assert words.endswith("for two different people as for one person")


@given(st.floats(1, 1e14))
def test_rounded_counts_stay_within_a_twentieth(number: Any) -> None:
    text = round_count(number).replace(",", "")
    for name, size in (("thousand million", 1e9), ("million million", 1e12), ("million", 1e6)):
        if text.endswith(name):
            text, scale = text.removesuffix(name), size
            break
    else:
        scale = 1.0
    assert float(text) * scale == pytest.approx(number, rel=0.051)


def test_missing_evidence_and_evidence_that_counts_already_say_so() -> None:
    assert standing(evidence("phone", "missing")) == "not compared: 0 bits"
    assert standing(evidence("phone", "plausible", 0.0)) == "says nothing: 0 bits"
    assert "already counted" in standing(evidence("phone", "exact", 3.0, counted=False))
