"""Two handles at a time get the rule and the shared text that the arrays give them."""

from __future__ import annotations

import pytest
from tests.comparing import forms_paired

from vetting.compare.handle_pair import handle_rule, handle_writing
from vetting.compare.handles import compare_handles

PAIRS = (
    ("vornskald", "vornskald"),
    ("vorn_skald", "vornskald"),
    ("vornskald", "vornskald77"),
    ("vornskald19", "vornskald77"),
    ("vorn_skald", "skald_vorn"),
    ("vornskald", "vornskold"),
    ("vornskaldharrow", "vornskuldharraw"),
    ("skald", "oakskaldmarrow"),
    ("oakmarrowskald", "xoakmarrow_skyld"),
    ("thorn_wick", "wickharrow"),
    ("abcxyz", "qqabcqqxyzqq"),
    ("oswin", "tilda"),
    ("вереск", "вереск7"),
)


@pytest.mark.parametrize("pair", [*PAIRS, *((right, left) for left, right in PAIRS)])
def test_rule_marks_and_text_are_those_of_the_arrays(pair: tuple[str, str]) -> None:
    found = compare_handles(forms_paired([pair]))
    rule, parts = handle_rule(*map(handle_writing, pair))
    assert rule == found.rule[0]
    assert (parts is not None) == bool(len(found.rows))
    if parts is not None:
        shared = found.shared[0]
        assert parts.text == (found.shared_forms[shared] if shared >= 0 else "")
        assert parts.cores_agree == found.cores_agree[0]
        for mask, marks in zip(parts.marks, (found.runs.left, found.runs.right), strict=True):
            assert [mask >> at & 1 for at in range(marks.shape[1])] == marks[0].astype(int).tolist()
