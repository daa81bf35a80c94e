from __future__ import annotations

import pytest
from tests.comparing import forms_paired, rules_of

from vetting.compare.names_in_handles import compare_names_with_handles


@pytest.mark.parametrize(
    ("name", "handle", "rule", "level"),
    [
        ("maren quillmere", "maren.quillmere88", "given+family", "close"),
        ("maren quillmere", "quillmere_maren", "family+given", "close"),
        ("maren ida quillmere", "marenidaquillmere", "all names", "close"),
        ("maren quillmere", "mquillmere", "initial+family", "plausible"),
        ("maren quillmere", "marenq", "given+initial", "plausible"),
        ("maren quillmere", "vornskald", "none", "missing"),
        ("quillmere", "quillmere", "none", "missing"),
    ],
)
def test_a_usual_way_to_write_a_name_is_found_in_a_handle(
    name: str, handle: str, rule: str, level: str
) -> None:
    assert rules_of(compare_names_with_handles, (name, handle)) == [(rule, level)]


def test_the_letters_of_the_handle_are_what_is_shared() -> None:
    found = compare_names_with_handles(forms_paired([("maren quillmere", "m.quillmere_88")]))
    assert found.shared_forms[found.shared[0]] == "mquillmere"


def test_no_pairs_give_no_comparisons() -> None:
    assert rules_of(compare_names_with_handles) == []
