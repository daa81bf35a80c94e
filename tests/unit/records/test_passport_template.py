from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from vetting.errors import PassportError
from vetting.records.passport_rules import OPTIONAL_KEYS, PASSPORT_KEYS, PLACEHOLDER
from vetting.records.passport_template import passport_template
from vetting.records.passports import ListPassport


def test_the_template_has_every_key_in_order_each_explained() -> None:
    template = passport_template()
    assert tuple(tomllib.loads(template)) == PASSPORT_KEYS
    for key in PASSPORT_KEYS:
        assert re.search(rf"^# .+\n{key} = ", template, re.MULTILINE)
    assert max(map(len, template.splitlines())) <= 110


def test_the_unedited_template_is_no_passport_and_says_what_is_left_to_fill_in(tmp_path: Path) -> None:
    path = tmp_path / "p.toml"
    path.write_text(passport_template(), encoding="utf-8")
    with pytest.raises(PassportError) as caught:
        ListPassport.read(path)
    left = str(caught.value).partition("template's text in ")[2].partition(". ")[0].split(", ")
    assert left == [key for key in PASSPORT_KEYS if key not in OPTIONAL_KEYS - {"leaked"}]
    assert PLACEHOLDER not in str(caught.value)


def test_the_filled_in_template_is_a_passport(tmp_path: Path) -> None:
    answers = {
        "id": "forum-2019", "kind": "leak", "leaked": "2019-11-06", "sha256": "ab" * 32, "grade": "2D",
        "grade_scheme": "3x5x2", "emails_confirmed": "no", "expires": "2027-11-22",
    }  # fmt: skip
    text = passport_template().replace(f'["{PLACEHOLDER}: YYYY-MM-DD", "{PLACEHOLDER}: YYYY-MM-DD"]',
                                       '["2011-09-13", "2017-11-21"]')  # fmt: skip
    for key in PASSPORT_KEYS:
        text = re.sub(
            rf'^{key} = "{PLACEHOLDER}.*"$',
            f'{key} = "{answers.get(key, "some text")}"',
            text,
            flags=re.MULTILINE,
        )
    path = tmp_path / "p.toml"
    path.write_text(text, encoding="utf-8")
    assert ListPassport.read(path).id == "forum-2019"
