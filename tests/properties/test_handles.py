"""Laws of handles: whatever stands in their place is compared, weighed and bounded, alike from both sides."""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from tests import strategies
from tests.comparing import forms_paired

from vetting.blocking.keys import handle_key_texts
from vetting.blocking.postings import gram_rows
from vetting.compare.handles import compare_handles
from vetting.compare.levels import LevelCode
from vetting.compare.names_in_handles import compare_names_with_handles
from vetting.evidence.bits import weigh
from vetting.evidence.frequencies import count_frequencies
from vetting.evidence.rarity import Rarity
from vetting.normalise.cohort import Cohort
from vetting.normalise.forms import form_of
from vetting.normalise.handles import compact_handle, evened_handle, handle_core, handle_form, handle_tokens
from vetting.records.identifiers import IdentifierKind as Kind
from vetting.records.people import Applicant

BAD = (
    "x",
    "7",
    "\U0001f525\U0001f525\U0001f525",
    "\U0001f468\u200d\U0001f469\u200d\U0001f467",
    "\u05e9\u05dc\u05d5\u05dd77",
    "\u202evornskald\u202c",
    "\u200b\u200d\ufeff",
    "vorn\u0000skald\u0007",
    "@",
    "#1234",
    "@.@.@",
    "u/u/u/",
    "\u0301\u0301",
    "___",
    "1234567890",
    "a" * 512,
)
PEOPLE = [Applicant(id=str(n), handles=[f"oakmarrow{n}", "admin"], names="Oswin Vale") for n in range(20)]
COUNTED = count_frequencies(Cohort(PEOPLE, region="GB").values)
WRITTEN = st.sampled_from(BAD) | strategies.hostile_texts() | strategies.handle_texts()


def _form(text: str) -> str:
    form = form_of(Kind.HANDLE, text)
    assume(form)  # what leaves nothing is missing, and never compared
    return form


@given(WRITTEN, WRITTEN)
@example("\u00b7", "\u00b7\u00b7")
def test_any_two_texts_have_a_level_and_finite_bits_the_same_from_both_sides(one: str, other: str) -> None:
    pairs = forms_paired([(_form(one), _form(other))])
    rarity = Rarity(COUNTED, COUNTED)
    sides = []
    for way in (pairs, pairs.swapped()):
        found = compare_handles(way)
        bits, sharers = weigh("handle", found, way, rarity)
        assert found.level[0] in {LevelCode.CONFLICT, LevelCode.PLAUSIBLE, LevelCode.CLOSE, LevelCode.EXACT}
        assert np.isfinite(bits[0])
        assert abs(bits[0]) <= 40
        assert sharers[0] >= 0
        sides.append((int(found.rule[0]), round(float(bits[0]), 9)))
    assert sides[0] == sides[1]


@given(WRITTEN)
def test_any_text_agrees_exactly_with_itself_and_has_keys_and_grams(text: str) -> None:
    form = _form(text)
    assert compare_handles(forms_paired([(form, form)])).level.tolist() == [LevelCode.EXACT]
    assert handle_key_texts(form)
    assert gram_rows([compact_handle(form)]).size


@given(strategies.person_names() | strategies.hostile_texts(), WRITTEN)
def test_any_name_and_any_text_agree_in_part_or_say_nothing(name: str, text: str) -> None:
    named = form_of(Kind.NAME, name)
    assume(named)
    found = compare_names_with_handles(forms_paired([(named, _form(text))]))
    assert found.level[0] in {LevelCode.MISSING, LevelCode.PLAUSIBLE, LevelCode.CLOSE}


@given(strategies.handle_texts(), strategies.handle_texts())
def test_a_disguise_is_never_worth_more_than_what_it_hides(one: str, other: str) -> None:
    form = _form(one)
    doubled = "".join(letter * 2 if letter.isalpha() else letter for letter in form)
    forms = forms_paired([(form, form), (form, doubled), (doubled, _form(other))])
    bits, _ = weigh("handle", compare_handles(forms), forms, Rarity(COUNTED, COUNTED))
    assert bits[1] <= bits[0]


@pytest.mark.parametrize("text", ["", " ", "\u200b", "\u202e\u202c", "\u0301", "a" * 10_240, "@." * 5_120])
def test_what_is_empty_invisible_or_far_too_long_has_no_form(text: str) -> None:
    assert form_of(Kind.HANDLE, text) == ""


@pytest.mark.parametrize(
    "reduce", [handle_form, compact_handle, handle_core, evened_handle, handle_tokens, handle_key_texts]
)
@pytest.mark.parametrize("piece", ["a", "@a.", "u/", "#1234", "7", "1a", "aA", "\u05d0", "\U0001f525", " "])
def test_ten_kilobytes_of_anything_are_reduced_at_once(reduce: Callable[[str], object], piece: str) -> None:
    text = (piece * 10_240)[:10_240]
    began = time.process_time()
    reduce(text)
    assert time.process_time() - began < 1.0
