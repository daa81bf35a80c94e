from __future__ import annotations

import pytest

from vetting.normalise.skeletons import skeletons


@pytest.mark.parametrize(
    "spellings",
    [
        "mohammed muhammad mohamed محمد",
        "hussein husain hossein حسين",
        "fatima fatimah fatma فاطمه",
        "omar umar عمر",
        "najjar najar نجار",
        "cohen kohen כהנ",
        "muller mueller",
        "sergey sergei serguei",
        "tchaikovsky chaikovsky",
        "yulia julia iulia",
        "kowalski kovalski",
        "xenia ksenia",
        "ivanov ivanoff",
    ],
)
def test_spellings_of_a_name_share_a_skeleton(spellings: str) -> None:
    found = [set(skeletons(word)) for word in spellings.split()]
    assert set.intersection(*found)


@pytest.mark.parametrize(("left", "right"), [("maren", "oswin"), ("smith", "jones"), ("محمد", "حسين")])
def test_different_names_do_not(left: str, right: str) -> None:
    assert not set(skeletons(left)) & set(skeletons(right))


@pytest.mark.parametrize("word", ["a", "yi", "oh", "山", "ا", "eau"])
def test_a_word_without_consonants_still_has_one(word: str) -> None:
    assert all(skeletons(word))


def test_few_ways_to_read_make_few_skeletons() -> None:
    assert len(skeletons("בבבבבבבב")) <= 4
