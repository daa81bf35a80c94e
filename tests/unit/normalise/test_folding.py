from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vetting.normalise.folding import few_marks, folded, text_width

WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=120)


@given(text=WORDS, width=st.integers(1, 400), size=st.integers(8, 20), bold=st.booleans())
def test_no_character_is_lost_and_no_line_is_too_wide(
    text: str, width: int, size: int, *, bold: bool
) -> None:
    lines = folded(text, width, size, bold=bold)
    assert "".join(lines) == text
    for line in lines:
        alone = len([letter for letter in line.rstrip(" ") if text_width(letter, size)]) <= 1
        assert alone or text_width(line.rstrip(" "), size, bold=bold) <= width + 1e-6


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", [""]),
        ("one two", ["one two"]),
        ("one two three", ["one two ", "three"]),
        ("花子花子花", ["花子花子", "花"]),
    ],
)
def test_it_breaks_after_a_space_where_there_is_one(text: str, lines: list[str]) -> None:
    assert folded(text, 62, 14) == lines


def test_a_mark_stays_with_its_letter() -> None:
    assert folded("a\u0301" * 3, 10, 14) == ["a\u0301"] * 3


def test_a_pile_of_marks_becomes_code_points_and_a_few_stay() -> None:
    assert few_marks("Ę\u0301\u0323") == "Ę\u0301\u0323"
    piled = few_marks("a" + "\u0301" * 40 + "b")
    assert piled.count("\u0301") == 3
    assert piled.count("<U+0301>") == 37
    assert piled.endswith("b")
