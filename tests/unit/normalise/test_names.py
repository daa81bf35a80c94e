from __future__ import annotations

import pytest

from vetting.normalise.names import name_form, name_variants


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("Maren Quillmere", "maren quillmere"),
        ("QUILLMERE, Maren", "maren quillmere"),
        ("Dr. Maren Quillmere PhD", "maren quillmere"),
        ("Quillmere, Jr", "quillmere"),
        ("O'Hara-Vale, Siân", "sian ohara vale"),
        ("Oswin O’Hara", "oswin ohara"),
        ("Соколов, Олег", "oleg sokolov"),
        ("Maren 🎉 Vale", "maren vale"),
        ("Maren Vale 2", "maren vale"),
        ("Abdulrahman Khan", "abd rahman khan"),
        ("Khan, Abd-el-Rahman", "abd el rahman khan"),
        ("Abdur Rahman", "abd rahman"),
        ("Abd Allah Khan", "abdullah khan"),
        ("Abdallah Khan", "abdullah khan"),
        ("عبد الله خان", "abdullah خان"),
        ("عبد الرحمن المصري", "abd رحمن مصري"),
        ("الشيخ محمد بن سلمان", "محمد bin سلمان"),
        ("Jürgen Weiß", "jurgen weiss"),
        ("Nguyễn Văn Đặng", "nguyen van dang"),
        ("\u202eMaren\u200b Vale\x00", "maren vale"),
        ("김진우", "kim jinu"),
        ("진우김", "jinu kim"),  # turned round, and unspaced
        ("王小明", "wang xiaoming"),
        ("شيخ", ""),
        ("🎉", ""),
        ("Mr. Dr.", ""),
        ("J", ""),
        ("J K", ""),
        ("123", ""),
        ("", ""),
    ],
)
def test_a_name_is_reduced_to_its_words(text: str, form: str) -> None:
    assert name_form(text) == form


def test_a_cyrillic_name_has_the_form_of_its_usual_latin_spelling() -> None:
    assert name_form("Дмитрий Соколов") == name_form("Dmitriy Sokolov")


def test_usual_ways_to_write_a_name_as_a_handle_are_known_and_short_ones_left_out() -> None:
    variants = name_variants("maren ida von vale")
    assert variants["marenvale"] == "given+family"
    assert variants["valemaren"] == "family+given"
    assert variants["marenidavale"] == "all names"
    assert variants["mvale"] == "initial+family"
    assert variants["mivale"] == "initials+family"
    assert all(len(text) >= 5 for text in name_variants("al bo"))


@pytest.mark.parametrize("form", ["quillmere", "", "von harrow"])
def test_a_single_name_has_no_variants(form: str) -> None:
    assert name_variants(form) == {}


@pytest.mark.parametrize("given", ["ben", "al", "del"])
def test_a_given_name_that_is_also_a_particle_elsewhere_is_a_given_name(given: str) -> None:
    assert f"{given}quillmere" in name_variants(f"{given} quillmere")
