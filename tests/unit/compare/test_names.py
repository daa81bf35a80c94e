from __future__ import annotations

import pytest
from tests.comparing import forms_paired, rules_of

from vetting.compare.names import compare_names


@pytest.mark.parametrize(
    ("left", "right", "rule", "level"),
    [
        ("maren quillmere", "maren quillmere", "same", "exact"),
        ("maren quillmere", "quillmere maren", "same", "exact"),
        ("robert quillmere", "bob quillmere", "variant", "close"),
        ("maren quillmere", "maren quilmere", "variant", "close"),
        ("maren ida quillmere", "maren quillmere", "extra", "close"),
        ("robert quillmere", "bob quilmere", "variant", "close"),
        ("maren quillmere", "m quillmere", "initial", "plausible"),
        ("maren quillmere", "quillmere", "single", "plausible"),
        ("maren quillmere", "maren thornwick", "partly", "conflict"),
        ("anna smith", "alan smith", "partly", "conflict"),
        ("maren quillmere", "oswin thornwick", "different", "conflict"),
        ("anne marie vale", "annemarie vale", "same", "exact"),
        ("annemarievale", "anne marie vale", "joined", "close"),
        ("guo hua huang", "guohua wong", "variant", "close"),
        ("wang xiao ming", "wang xiaoming", "same", "exact"),
        ("mohammed hussein", "محمد حسين", "variant", "close"),
        ("abd rahman khan", "abd رحمن خان", "variant", "close"),
        ("sergey petrovich ivanov", "sergei ivanov", "extra", "close"),
        ("james yarthorpe", "james farnthorpe", "partly", "conflict"),
        ("maren von quillmere", "maren quillmere", "same", "exact"),
        ("maren quillmere", "maren quillmere maren", "extra", "close"),
    ],
)
def test_words_are_aligned_one_to_one_whatever_their_order(
    left: str, right: str, rule: str, level: str
) -> None:
    assert rules_of(compare_names, (left, right), (right, left)) == [(rule, level)] * 2


def test_the_alignment_names_the_words_that_agree() -> None:
    found = compare_names(forms_paired([("maren ida quillmere", "quillmere maren")]))
    agreed = {found.shared_forms[code] for code in found.tokens[0].tolist() if code >= 0}
    assert agreed == {"maren", "quillmere"}


def test_names_of_very_many_words_are_compared_by_their_first_ones() -> None:
    long = " ".join(f"word{letter}" for letter in "abcdefghijkl")
    assert rules_of(compare_names, (long, long)) == [("same", "exact")]


def test_no_pairs_give_no_comparisons() -> None:
    assert rules_of(compare_names) == []


def test_a_given_name_that_is_a_particle_elsewhere_counts_as_a_name() -> None:
    assert rules_of(compare_names, ("ben quillmere", "ben quillmere")) == [("same", "exact")]
    assert rules_of(compare_names, ("ben quillmere", "maren quillmere")) == [("partly", "conflict")]
