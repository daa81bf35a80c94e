from __future__ import annotations

import pytest

from vetting.compare.tokens import (
    EXACT,
    INITIAL,
    LOOSE,
    SPELLING,
    UNLIKE,
    VARIANT,
    token_likeness,
)


@pytest.mark.parametrize(
    ("left", "right", "likeness"),
    [
        ("maren", "maren", EXACT),
        ("robert", "bob", VARIANT),
        ("quillmere", "quilmere", SPELLING),
        ("thornwick", "thornvale", UNLIKE),
        ("m", "maren", INITIAL),
        ("m", "m", EXACT),
        ("m", "tilda", UNLIKE),
        ("ida", "ada", UNLIKE),
        ("maren", "oswin", UNLIKE),
        ("thornwick", "thornmack", LOOSE),  # two slips
        ("arleen", "darlene", UNLIKE),  # two slips, one in the first letter
        ("mueller", "muller", SPELLING),
        ("sergey", "serguei", VARIANT),
        ("yulia", "iuliya", SPELLING),
        ("clark", "clarke", SPELLING),
        ("محمد", "mohammed", VARIANT),
        ("محمد", "محمود", SPELLING),
        ("محمد", "mahmoud", UNLIKE),
        ("כהנ", "cohen", VARIANT),
        ("lee", "yi", VARIANT),
    ],
)
def test_two_words_are_alike_in_one_class_in_either_order(left: str, right: str, likeness: int) -> None:
    classes, similar = token_likeness([left, right], [right, left])
    assert classes.tolist() == [likeness, likeness]
    assert similar[0] == similar[1]


def test_a_syllable_of_another_script_is_no_initial() -> None:
    classes, _ = token_likeness(["山", "s"], ["山田", "с"])
    assert classes.tolist() == [UNLIKE, UNLIKE]


def test_no_words_have_no_likeness() -> None:
    classes, similar = token_likeness([], [])
    assert classes.shape == similar.shape == (0,)
