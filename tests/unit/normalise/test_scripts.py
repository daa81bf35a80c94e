"""The script of a name, by which people are grouped."""

from __future__ import annotations

import pytest

from vetting.normalise.scripts import SCRIPT_GROUPS, script_group


@pytest.mark.parametrize(
    ("text", "group"),
    [
        ("Oswin Vale", "Latin"),
        ("Łukasz Ødegård-Žák", "Latin"),
        ("ＳＡＭ", "Latin"),
        ("Дмитрий Соколов", "Cyrillic"),
        ("مريم الهاشمي", "Arabic"),
        ("שרה לוי", "Hebrew"),
        ("山田 太郎", "Han, Hangul or Kana"),
        ("ヤマダ タロウ", "Han, Hangul or Kana"),
        ("ﾔﾏﾀﾞ", "Han, Hangul or Kana"),
        ("김민준", "Han, Hangul or Kana"),
        ("Ελένη", "other scripts"),
        ("Lee 山田", "several scripts"),
        ("", "no letters"),
        ("123 🎉", "no letters"),
    ],
)
def test_a_text_has_the_script_of_its_letters(text: str, group: str) -> None:
    assert script_group(text) == group
    assert group in SCRIPT_GROUPS
