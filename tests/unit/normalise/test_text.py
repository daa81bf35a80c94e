from __future__ import annotations

import pytest

from vetting.normalise.text import ascii_letters, fold_text, visible_text


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("  Two   WORDS ", "two words"),
        ("Jose\u0301 \u00c1LVAREZ", "jose alvarez"),
        ("ｖｏｒｎ＿７７", "vorn_77"),
        ("vo\u200brn\ufeff", "vorn"),
        ("a\tb\x00c", "a b c"),
        ("Straße", "strasse"),
        ("ΣΊΣΥΦΟΣ", "σισυφοσ"),
        ("Соколов", "соколов"),
    ],
)
def test_case_marks_forms_and_invisible_characters_are_folded_and_the_script_stays(
    text: str, folded: str
) -> None:
    assert fold_text(text) == folded


def test_other_scripts_are_written_in_ascii_letters() -> None:
    assert ascii_letters("Соколов") == "sokolov"
    assert ascii_letters("Łukasz Ødegård") == "lukasz odegard"
    assert ascii_letters("VORN") == "vorn"


def test_what_turns_the_direction_of_text_is_made_visible() -> None:
    assert visible_text("ab\u202ecd\n") == "ab<U+202E>cd<U+000A>"
    assert visible_text("Żarnów") == "Żarnów"
