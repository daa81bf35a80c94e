from __future__ import annotations

import pytest
from tests.comparing import forms_paired, rules_of

from vetting.compare.places import compare_places


@pytest.mark.parametrize(
    ("left", "right", "rule", "level"),
    [
        ("zz11aa|4 mill lane harrowby", "zz11aa|mill lane", "address", "exact"),
        ("zz11aa|", "zz11aa|4 mill lane", "postcode", "close"),
        ("|harrowby", "zz11aa|4 mill lane harrowby", "word", "plausible"),
        ("|harrowby", "|ambleford", "different", "conflict"),
        ("zz11aa|", "zz22bb|", "different", "conflict"),
    ],
)
def test_places_agree_by_postcode_and_words_in_either_order(
    left: str, right: str, rule: str, level: str
) -> None:
    assert rules_of(compare_places, (left, right), (right, left)) == [(rule, level)] * 2


def test_the_longest_common_word_is_what_is_shared() -> None:
    found = compare_places(
        forms_paired([("|tarn harrowby", "|harrowby tarn"), ("zz11aa|tarn", "zz11aa|tarn")])
    )
    assert [found.shared_forms[code] for code in found.shared.tolist()] == ["harrowby", "zz11aa"]


@pytest.mark.parametrize(("left", "right"), [("|uk", "|harrowby"), ("|uk", "|uk"), ("zz11aa|", "|harrowby")])
def test_places_without_anything_to_compare_do_not_contradict(left: str, right: str) -> None:
    ((_, level),) = rules_of(compare_places, (left, right))
    assert level != "conflict"
