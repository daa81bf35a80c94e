from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from vetting.blocking.sketches import Sketch
from vetting.evidence.ceilings import Ceilings
from vetting.evidence.floors import LARGE_LIST, LARGE_RUN, Floor
from vetting.evidence.frequencies import count_frequencies
from vetting.evidence.policy import SurfacingPolicy
from vetting.evidence.rarity import Rarity
from vetting.evidence.weights import WEIGHTS
from vetting.evidence.worth import NearPairs, worth_comparing
from vetting.normalise.cohort import Cohort
from vetting.records.people import Applicant

LOW = Floor(bits=0.0, alone=1_000.0, kind=2.0)


def worth(left: dict[str, Any], right: dict[str, Any], *, floor: Floor = LOW, **near: Any) -> bool:
    if near.get("handles"):
        left = {"handles": "zyxo_grimtarn"} | left
    ours, theirs = (Cohort([Applicant(id="A", **one)], region="GB").values for one in (left, right))
    rarity = Rarity(count_frequencies(theirs), count_frequencies(ours))
    sketches = Sketch.of(ours), Sketch.of(theirs)
    ceilings = Ceilings.of(ours, sketches[0], rarity, WEIGHTS)
    known = {name: np.array([near.get(name, False)]) for name in ("handles", "names", "named", "naming")}
    row = np.zeros(1, np.int32)
    return bool(worth_comparing(sketches, ceilings, floor, (row, row), NearPairs(**known))[0])


NAMED = {"names": "Maren Quillmere"}
BORN = {"date_of_birth": "1990-04-03"}
PLACED = {"places": "4 Mill Lane, Harrowby, LN4 2AB"}


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ({"emails": "maren@example.org"}, {"emails": "Maren@Example.org"}),
        ({"phones": "07700 900123"}, {"phones": "+44 7700 900123"}),
        ({"urls": "https://example.org/maren"}, {"urls": "example.org/Maren"}),
    ],
)
def test_a_contact_is_enough(left: dict[str, Any], right: dict[str, Any]) -> None:
    assert worth(left, right)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ({"handles": "vornskald77"}, {"handles": "VornSkald"}),
        ({"handles": "v0rnskald"}, {"handles": "vornskald"}),
        ({"handles": "vornskald"}, {"emails": "vornskald@example.org"}),
    ],
)
def test_a_whole_handle_is_enough_if_it_is_rare_enough(left: dict[str, Any], right: dict[str, Any]) -> None:
    assert worth(left, right, floor=Floor(bits=0.0, alone=5.0, kind=2.0))
    assert not worth(left, right)
    assert worth(left | BORN, right | BORN)


@pytest.mark.parametrize("one", [NAMED, BORN, PLACED])
def test_one_kind_is_not_and_two_are(one: dict[str, Any]) -> None:
    assert not worth(one, one)
    assert worth(one, one, handles=True)
    for other in (NAMED, BORN, PLACED):
        if other != one:
            assert worth(one | other, one | other)


def test_a_handle_near_to_a_name_tells_the_same_as_the_name() -> None:
    assert not worth(NAMED, NAMED, names=True)
    assert worth(NAMED | BORN, BORN, names=True)


@pytest.mark.parametrize(
    ("left", "right", "met"),
    [
        ("1990-04-03", "1990-04-03", True),
        ("1990-04-03", "1990-03-04", True),
        ("1990-04-03", "1990-04-13", True),
        ("1990-04-03", "1970-04-03", True),
        ("1990-04-03", "1971-04-03", False),
        ("1990-04-03", "1990-11-30", False),
        ("1990-04-03", "1995-06-07", False),
        ("1990-04-03", "1991", True),
        ("1990-04-03", "1990-04", True),
        ("03/04/1990", "1990-03-04", True),
        ("1990-04-03", None, False),
    ],
)
def test_dates_meet_as_the_comparer_grades_them(
    left: str,
    right: str | None,
    met: bool,  # noqa: FBT001
) -> None:
    assert worth({"date_of_birth": left}, {"date_of_birth": right}, handles=True) is met


def test_names_meet_by_skeleton_in_any_script_and_by_an_initial_on_the_same_day() -> None:
    assert worth({"names": "Mohammed Vale"} | BORN, {"names": "محمد"} | BORN)
    assert worth({"names": "Maren Vale"} | BORN, {"names": "M Tarn"} | BORN)
    assert not worth({"names": "Maren Vale"} | BORN, {"names": "Oswin Tarn", "date_of_birth": "1990-06-07"})


def test_whoever_has_more_values_than_are_looked_at_passes() -> None:
    many = {"emails": [f"m{row}@example.org" for row in range(9)]}
    assert worth(many, {"emails": "zz@example.net"})
    assert not worth(many, NAMED)


def test_contacts_with_a_slip_count_as_a_kind() -> None:
    assert worth(NAMED | {"emails": "maren.q@example.org"}, NAMED | {"emails": "maren.k@example.org"})
    assert not worth(NAMED | {"emails": "maren.q@example.org"}, NAMED | {"emails": "maren.k@example.net"})
    assert worth(NAMED | {"phones": "07700 900123"}, NAMED | {"phones": "07700 900173"})
    assert not worth(NAMED | {"phones": "07700 900123"}, NAMED | {"phones": "07700 911173"})


def test_what_cannot_reach_the_floor_is_left_out() -> None:
    both = NAMED | BORN
    assert worth(both, both, floor=Floor(bits=10.0, alone=1_000.0, kind=2.0))
    assert not worth(both, both, floor=Floor(bits=60.0, alone=1_000.0, kind=2.0))
    assert not worth(both, both, floor=Floor(bits=0.0, alone=1_000.0, kind=30.0))


def test_a_name_in_a_handle_counts_as_a_name() -> None:
    for way in ({"names": True}, {"named": True}, {"naming": True}):
        near: dict[str, Any] = dict(way)
        assert worth(NAMED | BORN, {"handles": "mquillmere"} | BORN, **near)
    assert not worth({"handles": "vornskald"} | BORN, {"handles": "vornskald"}, naming=True)


def test_nobody_is_no_special_case() -> None:
    assert not worth({}, {}, handles=True)


def test_the_floor_rises_with_the_list_and_falls_with_the_prevalence() -> None:
    policy = SurfacingPolicy()
    floors = [Floor.of(policy, accounts=size, pairs=size * 100) for size in (LARGE_LIST, 10**6, 10**7)]
    assert [floor.bits for floor in floors] == sorted(floor.bits for floor in floors)
    assert floors[0].bits < floors[0].alone
    shown = Floor.of(policy, accounts=10**6, pairs=10**8, prevalence=0.5)
    assert shown.bits < floors[1].bits - 8
    assert floors[1].holds(policy, accounts=10**6, prevalence=0.1)
    assert not floors[1].holds(policy, accounts=10**6, prevalence=0.5)
    assert shown.holds(policy, accounts=10**6, prevalence=0.5)


def test_short_lists_and_whoever_wants_everything_have_no_floor() -> None:
    everything = SurfacingPolicy(include_unsurfaced=True)
    assert Floor.of_run(SurfacingPolicy(), accounts=LARGE_LIST - 1, pairs=LARGE_RUN - 1) is None
    assert Floor.of_run(SurfacingPolicy(), accounts=1_200, pairs=LARGE_RUN) is not None
    assert Floor.of_run(everything, accounts=10**6, pairs=10**9) is None
    assert Floor.of_run(SurfacingPolicy(), accounts=LARGE_LIST, pairs=10**9) is not None
