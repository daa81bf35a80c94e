from __future__ import annotations

from typing import Any

import pytest

from vetting.records.grades import GRADE_SCHEMES


@pytest.mark.parametrize(
    ("scheme", "pattern", "right", "wrong"),
    [
        ("3x5x2", "[1-3][A-E]", ["1A", "2D", "3E"], ["4A", "1F", "A1", "1", "1AA", "", "2d"]),
        ("5x5x5", "[A-E][1-5]", ["A1", "E5"], ["F1", "A6", "1A"]),
        ("admiralty", "[A-F][1-6]", ["A1", "F6"], ["G1", "A7", "A0"]),
    ],
)
def test_each_scheme_knows_its_own_grades_alone(scheme: Any, pattern: Any, right: Any, wrong: Any) -> None:
    found = GRADE_SCHEMES[scheme]
    assert found.pattern == pattern
    assert all(found.knows(grade) for grade in right)
    assert not any(found.knows(grade) for grade in wrong)


def test_the_same_letters_mean_other_things_in_other_schemes() -> None:
    e5, admiralty = GRADE_SCHEMES["5x5x5"].meaning("E5"), GRADE_SCHEMES["admiralty"].meaning("E5")
    assert (
        e5 == "E5 (UK 5x5x5): the source is untested; the information is suspected to be false or malicious."
    )
    assert admiralty == "E5 (Admiralty): the source is unreliable; the information is improbable."


def test_every_grade_of_every_scheme_has_a_sentence() -> None:
    for scheme in GRADE_SCHEMES.values():
        for first in scheme.source:
            for second in scheme.information:
                sentence = scheme.meaning(first + second)
                assert sentence.startswith(f"{first}{second} (")
                assert sentence.endswith(".")
