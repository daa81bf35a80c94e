from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from vetting.blocking.sketches import Sketch, worth_comparing
from vetting.normalise.cohort import Cohort
from vetting.records.people import Applicant


def sketch(*given: dict[str, Any]) -> Sketch:
    return Sketch.of(
        Cohort([Applicant(id=str(row), **one) for row, one in enumerate(given)], region="GB").values
    )


def worth(
    left: dict[str, Any], right: dict[str, Any], *, near_handle: bool = False, near_name: bool = False
) -> bool:
    row = np.zeros(1, np.int32)
    near = np.array([near_handle]), np.array([near_name])
    return bool(worth_comparing(sketch(left), sketch(right), (row, row), near)[0])


NAMED = {"names": "Maren Quillmere"}
BORN = {"date_of_birth": "1990-04-03"}
PLACED = {"places": "4 Mill Lane, Harrowby, LN4 2AB"}


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ({"emails": "maren@example.org"}, {"emails": "Maren@Example.org"}),
        ({"phones": "07700 900123"}, {"phones": "+44 7700 900123"}),
        ({"urls": "https://example.org/maren"}, {"urls": "example.org/Maren"}),
        ({"handles": "vornskald77"}, {"handles": "VornSkald"}),
        ({"handles": "v0rnskald"}, {"handles": "vornskald"}),
        ({"handles": "vornskald"}, {"emails": "vornskald@example.org"}),
    ],
)
def test_a_contact_or_a_whole_handle_is_enough(left: dict[str, Any], right: dict[str, Any]) -> None:
    assert worth(left, right)


@pytest.mark.parametrize("one", [NAMED, BORN, PLACED])
def test_one_kind_is_not_and_two_are(one: dict[str, Any]) -> None:
    assert not worth(one, one)
    assert worth(one, one, near_handle=True)
    for other in (NAMED, BORN, PLACED):
        if other != one:
            assert worth(one | other, one | other)


def test_a_handle_near_to_a_name_tells_the_same_as_the_name() -> None:
    assert not worth(NAMED, NAMED, near_name=True)
    assert worth(NAMED | BORN, BORN, near_name=True)


@pytest.mark.parametrize(
    ("left", "right", "met"),
    [
        ("1990-04-03", "1990-11-30", True),
        ("1990-04-03", "1992-01-20", True),
        ("1990-04-03", "1971-04-03", True),
        ("1990-04-03", "1995-06-07", False),
        ("1990-04-03", "1991", True),
        ("1990-04-03", None, False),
    ],
)
def test_dates_meet_in_the_birthday_or_within_two_years(
    left: str,
    right: str | None,
    met: bool,  # noqa: FBT001
) -> None:
    assert worth({"date_of_birth": left}, {"date_of_birth": right}, near_handle=True) is met


def test_names_meet_by_skeleton_in_any_script_and_by_an_initial_on_the_same_day() -> None:
    assert worth({"names": "Mohammed Vale"} | BORN, {"names": "محمد"} | BORN)
    assert worth({"names": "Maren Vale"} | BORN, {"names": "M Tarn"} | BORN)
    assert not worth({"names": "Maren Vale"} | BORN, {"names": "Oswin Tarn", "date_of_birth": "1990-06-07"})


def test_whoever_has_more_values_than_are_looked_at_passes() -> None:
    many = {"emails": [f"m{row}@example.org" for row in range(9)]}
    assert worth(many, {"emails": "zz@example.net"})
    assert not worth(many, NAMED)


def test_nobody_is_no_special_case() -> None:
    nothing = np.empty(0, np.int32), np.empty(0, np.int32)
    empty = np.empty(0, np.bool_)
    assert worth_comparing(sketch(), sketch(), nothing, (empty, empty)).tolist() == []
    assert not worth({}, {}, near_handle=True)
