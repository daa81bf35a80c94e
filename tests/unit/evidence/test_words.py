from __future__ import annotations

import pytest

from vetting.evidence.results import Level
from vetting.evidence.scoring import EVIDENCE_KINDS
from vetting.evidence.words import KIND_TITLES, LEVEL_TITLES, bits_text, kind_title


def test_every_kind_and_level_has_its_words() -> None:
    assert set(KIND_TITLES) == set(EVIDENCE_KINDS)
    assert set(LEVEL_TITLES) == set(Level)


def test_an_unknown_kind_is_shown_by_its_own_name() -> None:
    assert kind_title("ham_radio") == "ham radio"


@pytest.mark.parametrize(
    ("bits", "text"), [(14.23, "+14.2 bits"), (-3, "-3.0 bits"), (0, "0.0 bits"), (-0.04, "0.0 bits")]
)
def test_bits_have_a_sign_unless_they_say_nothing(bits: float, text: str) -> None:
    assert bits_text(bits) == text
