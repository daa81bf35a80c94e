from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vetting.compare import handle_features as module
from vetting.compare.handle_features import LONGEST, marked_texts, shared_runs
from vetting.compare.levels import FormPairs

# Few letters, so that runs in common, repeats and overlaps are the rule.
TEXTS = st.lists(st.text("abc1", max_size=40), min_size=1, max_size=6)


def paired(left: list[str], right: list[str]) -> FormPairs:
    grid = np.indices((len(left), len(right))).reshape(2, -1).astype(np.int32)
    return FormPairs(left, right, grid[0], grid[1])


def marks_of(text: str, other: str) -> list[bool]:
    """The same, obviously right: a character is shared if a piece of three around it is in the other text."""
    text, other = text[:LONGEST], other[:LONGEST]
    marks = [False] * LONGEST
    for at in range(len(text) - 2):
        if text[at : at + 3] in other:
            marks[at : at + 3] = [True] * 3
    return marks


@given(TEXTS, TEXTS)
def test_shared_is_what_lies_in_a_common_piece_of_three(left: list[str], right: list[str]) -> None:
    pairs = paired(left, right)
    found = shared_runs(pairs, np.arange(pairs.size))
    for row, (one, other) in enumerate(zip(pairs.left_codes, pairs.right_codes, strict=True)):
        assert found.left[row].tolist() == marks_of(left[one], right[other])
        assert found.right[row].tolist() == marks_of(right[other], left[one])


@given(TEXTS, TEXTS, st.integers(1, 5))
def test_swapping_the_sides_swaps_the_marks_and_rounds_change_nothing(
    left: list[str], right: list[str], chunk: int
) -> None:
    pairs = paired(left, right)
    swapped = FormPairs(right, left, pairs.right_codes, pairs.left_codes)
    every = np.arange(pairs.size)
    found = shared_runs(pairs, every)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_CHUNK", chunk)
        patch.setattr(module, "_FEW", 0)  # by signatures as well
        turned = shared_runs(swapped, every)
    assert found.left.tolist() == turned.right.tolist()
    assert found.right.tolist() == turned.left.tolist()
    assert found.longest.tolist() == turned.longest.tolist()


@pytest.mark.parametrize(
    ("left", "right", "shared", "longest"),
    [
        ("kwameasante", "asantekwameuk", "kwameasante", 6),
        ("thornwickvale", "valethorn", "thorn…vale", 5),
        ("vornskald", "oakmarrow", "", 0),
        ("vorn", "vorm", "vor", 3),
        ("ab", "ab", "", 0),
        ("ünique", "unique", "nique", 5),
    ],
)
def test_shared_pieces_are_shown_with_a_gap_between_them(
    left: str, right: str, shared: str, longest: int
) -> None:
    pairs = paired([left], [right])
    found = shared_runs(pairs, np.zeros(1, np.int64))
    assert marked_texts([left], np.zeros(1, np.int32), found.left) == [shared]
    assert found.longest.tolist() == [longest]


def test_marks_at_the_very_end_of_a_long_text_are_shown() -> None:
    marks = np.ones((1, LONGEST), np.bool_)
    assert marked_texts(["x" * 50], np.zeros(1, np.int32), marks) == ["x" * LONGEST]
