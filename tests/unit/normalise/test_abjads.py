from __future__ import annotations

import pytest

from vetting.normalise.abjads import abjad_words, is_abjad


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("أحمد", "احمد"),  # carriers of alef
        ("علي", "على"),  # ya without its dots
        ("علی", "علي"),  # ya and kaf of Persian
        ("کریم", "كريم"),
        ("فاطمة", "فاطمه"),  # ta marbuta
        ("مُحَمَّد", "محمد"),  # vowel signs
        ("محـــمد", "محمد"),  # a stroke that only lengthens
        ("المصري", "مصري"),  # the article
        ("כהן", "כהנ"),  # final letters
    ],
)
def test_spellings_of_one_word_become_one(left: str, right: str) -> None:
    assert abjad_words(left) == abjad_words(right)
    assert abjad_words(left)


def test_a_compound_of_servant_is_divided_and_particles_are_latin() -> None:
    assert abjad_words("عبدالرحمن") == ["abd", "رحمن"]
    assert abjad_words("بن") == ["bin"]
    assert abjad_words("شيخ") == []


@pytest.mark.parametrize("word", ["hassan", "Дмитрий", "山田", "", "1", "حسنx"])
def test_words_in_other_letters_are_left_to_others(word: str) -> None:
    assert abjad_words(word) is None
    assert not is_abjad(word)
