from __future__ import annotations

import pytest

from vetting.compare.abjads import spells
from vetting.normalise.abjads import abjad_words


def native(word: str) -> str:
    (form,) = abjad_words(word) or ("",)
    return form


@pytest.mark.parametrize(
    ("word", "spellings"),
    [
        ("محمد", "mohammed muhammad mohamed mouhammad muhamed"),
        ("حسين", "hussein husain hossein houssein"),
        ("يوسف", "yusuf youssef yousuf yusef"),
        ("خالد", "khalid khaled"),
        ("ليلى", "layla leila laila"),
        ("سعيد", "saeed said sayid"),
        ("إبراهيم", "ibrahim ebrahim"),
        ("داود", "dawood daoud dawud"),
        ("المصري", "masri elmasry almasri"),
        ("قاسم", "qasim kassem gasem"),
        ("پرویز", "parviz parwiz pervez"),
        ("چنگیز", "changiz chengiz"),
        ("ژاله", "zhaleh jaleh"),
        ("خدیجہ", "khadija khadijah"),
        ("כהן", "cohen kohen"),
        ("יעקב", "yaakov jacob"),
        ("פרץ", "peretz perez"),
        ("שפירא", "shapira schapira"),
    ],
)
def test_usual_latin_spellings_are_known(word: str, spellings: str) -> None:
    assert [spelling for spelling in spellings.split() if not spells(spelling, native(word))] == []


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("محمد", "mahmoud"),  # a long vowel that is not written
        ("محمود", "mohammed"),
        ("حسن", "hussein"),
        ("خالد", "khalil"),
        ("علي", "omar"),
        ("سليم", "selma"),
        ("כהן", "levi"),
        ("م", "m"),
    ],
)
def test_other_names_are_not_taken_for_it(word: str, other: str) -> None:
    assert not spells(other, native(word))
