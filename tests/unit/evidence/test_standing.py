"""What still stands when evidence is left out."""

from __future__ import annotations

from typing import Any

import pytest
from attrs import evolve
from tests.small_lists import evidence, seed_candidate

from vetting.evidence.results import Candidate, Evidence
from vetting.evidence.standing import standing


def places(candidate: Candidate, *kinds: str) -> list[int]:
    return [place for place, item in enumerate(candidate.evidence) if item.kind in kinds]


def pair(*items: Evidence) -> Candidate:
    return evolve(seed_candidate(), evidence=items)


def test_with_nothing_left_out_the_candidate_stands_as_it_is() -> None:
    candidate = seed_candidate()
    whole = standing(candidate, without=[])
    assert whole.bits == candidate.bits
    assert whole.kinds == 2
    assert whole.sentence == (
        "With nothing left out, 28.6 bits from two kinds of evidence still stand: the e-mail address and the "
        "handle; 4.6 bits speak against it, +24.0 bits in all."
    )


def test_what_was_told_by_the_evidence_left_out_counts_again() -> None:
    candidate = seed_candidate()
    left = standing(candidate, without=places(candidate, "email"))
    assert left.bits == pytest.approx(11.2 + 4.1 - 4.6)
    assert [(item.kind, item.counted) for item in left.supporting] == [
        ("handle", True),
        ("name_in_handle", True),
    ]
    assert left.sentence == (
        "Without the e-mail address, 15.3 bits from two kinds of evidence still stand: the handle and the name "
        "in the handle (the name in the handle told the same fact, and counts now); 4.6 bits speak against it, "
        "+10.7 bits in all."
    )


def test_of_several_in_a_group_the_strongest_left_counts_and_only_it() -> None:
    told = pair(
        evidence("email", "exact", 17.0, group="g"),
        evidence("handle", "exact", 12.0, group="g", counted=False),
        evidence("name_in_handle", "plausible", 4.0, group="g", counted=False),
        evidence("name", "exact", 3.0, group="g", counted=False),
    )
    assert standing(told, without=[0]).bits == 12.0
    assert standing(told, without=[0, 1]).bits == 4.0
    assert standing(told, without=[1, 2]).bits == 17.0


def test_what_contradicts_always_counts_and_may_be_left_out_too() -> None:
    candidate = seed_candidate()
    for_it = places(candidate, "email", "handle", "name_in_handle")
    bare = standing(candidate, without=for_it)
    assert bare.bits == pytest.approx(-4.6)
    assert (bare.supporting, bare.kinds) == ((), 0)
    assert bare.sentence == (
        "Without the e-mail address, the handle and the name in the handle, nothing that was compared still "
        "speaks for it; 4.6 bits speak against it."
    )
    assert standing(candidate, without=places(candidate, "date_of_birth")).bits == pytest.approx(28.6)


def test_one_of_two_of_a_kind_is_said_to_be_one_of_two() -> None:
    two = pair(
        evidence("handle", "exact", 14.0, group="handle"), evidence("handle", "exact", 9.0, group="handle 2")
    )
    left = standing(two, without=[1])
    assert left.sentence == (
        "Without the handle (1 of 2), 14.0 bits from one kind of evidence still stand: the handle."
    )


@pytest.mark.parametrize("wrong", [[7], [-1], [0, 99]])
def test_a_place_that_is_none_is_refused(wrong: Any) -> None:
    with pytest.raises(IndexError, match="by its place"):
        standing(seed_candidate(), without=wrong)


def test_evidence_without_a_group_stands_by_itself() -> None:
    loose = pair(evidence("email", "exact", 9.0), evidence("handle", "exact", 8.0, counted=False))
    assert standing(loose, without=[0]).bits == 0
