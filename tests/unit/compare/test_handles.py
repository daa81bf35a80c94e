from __future__ import annotations

import pytest
from tests.comparing import forms_paired, rules_of

from vetting.compare.handles import compare_handles


@pytest.mark.parametrize(
    ("left", "right", "rule", "level"),
    [
        ("vornskald", "vornskald", "same", "exact"),
        ("vorn_skald", "vornskald", "separators", "exact"),
        ("vornskald77", "vornskald", "digits_added", "close"),
        ("vorn_skald", "skald_vorn", "reordered", "close"),
        ("vornskald", "vornskalt", "one_edit", "close"),
        ("vornskald77", "vornskald1990", "other_digits", "plausible"),
        ("oakmarrow", "theoakmarrow", "contained", "plausible"),
        ("quillmerethorn", "quilmerethorm", "two_edits", "plausible"),
        ("vornskald", "oakmarrow", "different", "conflict"),
        ("vorn", "vorm", "different", "conflict"),
        ("abc1", "abc2", "different", "conflict"),
        ("вереск", "veresk", "separators", "exact"),
        ("vorn·skald", "vornskald", "same", "exact"),
        ("v0rnsk4ld", "vornskald", "evened", "close"),
        ("vooornskaald", "vornskald77", "evened", "close"),
        ("v0rn", "vorn", "different", "conflict"),
    ],
)
def test_handles_agree_by_the_strongest_rule_in_either_order(
    left: str, right: str, rule: str, level: str
) -> None:
    assert rules_of(compare_handles, (left, right), (right, left)) == [(rule, level)] * 2


def test_what_is_shared_is_the_text_on_which_they_agree() -> None:
    found = compare_handles(forms_paired([("vorn_skald", "VornSkald".lower()), ("vornskald77", "vornskald")]))
    assert [found.shared_forms[code] for code in found.shared.tolist()] == ["vornskald", "vornskald"]


def test_different_handles_share_nothing() -> None:
    assert compare_handles(forms_paired([("vornskald", "oakmarrow")])).shared.tolist() == [-1]
