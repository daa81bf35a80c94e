"""Laws of what is worked out one by one: it is what arrays give of many."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests import strategies
from tests.comparing import forms_paired

from vetting.blocking import postings
from vetting.blocking.hashing import combine, combine_one, hash_text
from vetting.compare.handle_pair import handle_rule, handle_writing
from vetting.compare.handles import compare_handles
from vetting.compare.name_pair import name_rule
from vetting.compare.names import compare_names
from vetting.evidence.characters import CharacterModel, count_trigrams
from vetting.normalise.handles import compact_handle, handle_form
from vetting.normalise.names import name_form

WORDS = st.sampled_from([
    "maren", "marin", "maryn", "m", "mo", "quillmere", "quilmere", "kwillmer", "anne", "marie", "annemarie", "bob",
    "robert", "van", "der", "bin", "ben", "al", "abd", "rahman", "محمد", "mohammed", "muhammad", "соколов", "sokolov",
    "כהן", "cohen", "小明", "xiao", "ming", "xiaoming", "son", "sson", "ann", "anan", "alexander", "aleksandr",
])  # fmt: skip
NAMES = st.lists(WORDS, min_size=1, max_size=7).map(" ".join).map(name_form).filter(bool)
PIECES = st.sampled_from([
    "vorn", "skald", "v0rn", "skaaald", "oak", "wick", "a", "b", "77", "1", "_", ".", "Vorn", "тень", "wórd", "ll", "ii",
])  # fmt: skip
HANDLES = st.lists(PIECES, min_size=1, max_size=5).map("".join).map(handle_form).filter(bool)


@given(st.one_of(NAMES, strategies.person_names().map(name_form).filter(bool)), NAMES)
def test_two_names_alone_have_the_rule_and_the_words_of_a_batch(left: str, right: str) -> None:
    for one, other in ((left, right), (right, left)):
        rule, aligned = name_rule(one, other)
        batch = compare_names(forms_paired([(one, other)]))
        assert rule == batch.rule[0]
        if rule > 1:  # what contradicts has no words to weigh
            tokens, likeness = batch.tokens[0].tolist(), batch.likeness[0].tolist()
            assert list(aligned) == [
                (batch.shared_forms[token], kind)
                for token, kind in zip(tokens, likeness, strict=True)
                if kind
            ]


@given(HANDLES, HANDLES)
def test_two_handles_alone_have_the_rule_and_the_text_of_a_batch(left: str, right: str) -> None:
    found = compare_handles(forms_paired([(left, right)]))
    rule, parts = handle_rule(handle_writing(left), handle_writing(right))
    assert rule == found.rule[0]
    assert (parts is not None) == bool(len(found.rows))
    if parts is not None:
        shared = found.shared[0]
        assert parts.text == (found.shared_forms[shared] if shared >= 0 else "")


@given(st.lists(HANDLES, min_size=1, max_size=8))
def test_few_texts_are_cut_as_many_are(forms: list[str]) -> None:
    texts = [compact_handle(form) for form in forms]
    few = postings.gram_rows(texts)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(postings, "_FEW", -1)
        np.testing.assert_array_equal(few, postings.gram_rows(texts), strict=True)


@given(st.lists(HANDLES, max_size=6), st.lists(HANDLES, max_size=4))
def test_a_model_with_further_counts_is_the_model_of_all(listed: list[str], further: list[str]) -> None:
    counts, more = count_trigrams(listed), count_trigrams(further)
    grown, whole = CharacterModel(counts).with_counts(more), CharacterModel(counts + more)
    for one, other in zip(grown.orders, whole.orders, strict=True):
        np.testing.assert_array_equal(one.grams, other.grams)
        np.testing.assert_array_equal(one.contexts, other.contexts)
        np.testing.assert_array_equal(one.successors, other.successors)


@given(st.lists(HANDLES, min_size=1, max_size=6))
def test_bits_by_letter_are_those_asked_for_singly(forms: list[str]) -> None:
    texts = [compact_handle(form) for form in forms]
    model = CharacterModel(count_trigrams(texts))
    letters, whole = model.bits_by_letter(texts, width=32)
    np.testing.assert_array_equal(letters, model.letter_bits(texts, width=32))
    np.testing.assert_allclose(whole, model.bits(texts), rtol=1e-14)


@given(st.text(max_size=20), st.text(max_size=20))
def test_one_pair_of_hashes_is_combined_as_many_are(left: str, right: str) -> None:
    if any(0xD800 <= ord(letter) <= 0xDFFF for letter in left + right):
        return
    one, other = hash_text(left), hash_text(right)
    assert combine_one(one, other) == int(
        combine(np.array([one], np.uint64), np.array([other], np.uint64))[0]
    )
