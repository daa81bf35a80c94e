from __future__ import annotations

import pytest

from vetting.normalise.places import place_form, place_parts


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("4 Mill Lane, Harrowby, ZZ1 1AA", "zz11aa|4 mill lane harrowby"),
        ("zz11aa", "zz11aa|"),
        ("Żarnów", "|zarnow"),
        ("O'Hara Court", "|ohara court"),
        ("...", ""),
    ],
)
def test_a_place_is_a_postcode_and_words(text: str, form: str) -> None:
    assert place_form(text) == form


@pytest.mark.parametrize("text", ["ZZ1 1AA", "ZZ11AA", "zz1  1aa", "ZZ1-1AA", "ZZ1,1AA"])
def test_a_postcode_is_the_same_however_its_halves_are_parted(text: str) -> None:
    assert place_form(text) == "zz11aa|"


def test_words_that_tell_no_place_are_left_out() -> None:
    assert place_parts("zz11aa|4 mill lane upper harrowby uk") == ("zz11aa", ("mill", "harrowby"))
    assert place_parts("|unknown") == ("", ())
