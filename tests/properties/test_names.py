"""Laws of names: symmetric, idempotent in every script, quick on hostile input, more agreement never weaker."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests import strategies
from tests.comparing import forms_paired, rules_of

from vetting.compare.abjads import spells
from vetting.compare.names import compare_names
from vetting.evidence.assessing import assess
from vetting.normalise.forms import form_of
from vetting.normalise.names import name_form
from vetting.normalise.skeletons import skeletons
from vetting.records.accounts import ListedAccount
from vetting.records.identifiers import IdentifierKind
from vetting.records.people import Applicant

# Letters of many scripts, particles and titles among whole words.
SCRIPTS = (
    st.sampled_from("abcdeéñßøłşđ'- "),
    st.characters(min_codepoint=0x0621, max_codepoint=0x064A),
    st.characters(min_codepoint=0x05D0, max_codepoint=0x05EA),
    st.characters(min_codepoint=0x0430, max_codepoint=0x045F),
    st.sampled_from("山田太郎小明王김이박\u200f\u202e\u0301\u064b"),
)
WORDS = st.one_of(*(st.text(letters, min_size=1, max_size=9) for letters in SCRIPTS)) | st.sampled_from(
    "عبد عبدالله الله بن ابو ال شيخ abd abdul abdulrahman allah bin von Mr Jr בן".split()
)
WRITTEN = st.lists(WORDS, min_size=1, max_size=5).map(" ".join) | strategies.person_names()


@given(WRITTEN)
def test_the_form_of_a_form_is_itself_in_every_script(text: str) -> None:
    form = form_of(IdentifierKind.NAME, text)
    assert form_of(IdentifierKind.NAME, form) == form


@given(WRITTEN, WRITTEN)
def test_two_names_compare_the_same_in_either_order(one: str, other: str) -> None:
    left, right = name_form(one), name_form(other)
    if left and right:
        assert rules_of(compare_names, (left, right)) == rules_of(compare_names, (right, left))


@given(WRITTEN)
def test_a_name_is_the_same_as_itself_and_has_skeletons(text: str) -> None:
    form = name_form(text)
    if form:
        assert rules_of(compare_names, (form, form)) == [("same", "exact")]
        assert all(skeletons(word) and all(skeletons(word)) for word in form.split())


@pytest.mark.parametrize(
    "text",
    [
        "و" * 10_000,
        "عبد" * 3_000,
        "abd" * 3_000,
        "וי" * 5_000,
        "a " * 5_000,
        "\u202e\u200b" * 5_000,
        "🎉" * 2_500,
    ],
)
def test_hostile_names_of_ten_thousand_letters_take_no_time(text: str) -> None:
    began = time.process_time()
    form = name_form(text)
    compare_names(forms_paired([(form, "owuouowuouowuouo wvwvwv"), ("ouououououou", form)]))
    assert time.process_time() - began < 2.0


@given(st.text("aeiouwvyj", max_size=24), st.text("اويوهع", min_size=2, max_size=14))
def test_a_spelling_is_refused_in_no_time(latin: str, word: str) -> None:
    began = time.process_time()
    spells(latin, word)
    assert time.process_time() - began < 0.5


@pytest.mark.parametrize(
    "ladder",
    [
        # From least to most agreement with Mohammed Quillmere, born on 3 April 1962.
        [("Omar Thornwick", ""), ("Mohammed Thornwick", ""), ("Muhammad Quillmere", ""), ("Mohammed Quillmere", "")],
        [("Mohammed Thornwick", ""), ("Mohammed Qiullmerre", ""), ("Mohammed Quilmere", ""), ("Mohammed Quillmere", "")],
        [("", "1975-11-20"), ("", "1962-12-28"), ("", "1962-04-17"), ("", "1962-04"), ("", "1962-04-03")],
        [("", "1968"), ("", "1966"), ("", "1964"), ("", "1963"), ("", "1962"), ("", "1962-04"), ("", "1962-04-03")],
        [("", "1990-11-03"), ("", "1955-04-03"), ("", "1963-04-03"), ("", "1962-04-03")],
        [("", "1962-11-28"), ("", "1962-03-04"), ("", "1962-04-03")],
    ],
)  # fmt: skip
def test_more_agreement_never_lowers_the_weight(ladder: list[tuple[str, str]]) -> None:
    applicant = Applicant(id="A", names="Mohammed Quillmere", date_of_birth="1962-04-03")
    bits = [
        assess(
            applicant,
            ListedAccount(
                list_id="l", account_id="1", names=[name] if name else [], date_of_birth=born or None
            ),
        ).bits
        for name, born in ladder
    ]
    assert bits == sorted(bits)
    assert bits[0] < 0 < bits[-1]
