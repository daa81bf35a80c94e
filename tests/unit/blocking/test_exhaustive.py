from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from vetting.blocking import exhaustive
from vetting.blocking.exhaustive import exhaustive_pairs
from vetting.normalise.cohort import Cohort
from vetting.records.people import Applicant


def cohort(*given: dict[str, Any]) -> Cohort:
    return Cohort([Applicant(id=str(row), **one) for row, one in enumerate(given)], region="GB")


def pairs(left: Cohort, right: Cohort) -> list[tuple[int, int]]:
    one, other = exhaustive_pairs(left.values, right.values)
    return list(zip(one.tolist(), other.tolist(), strict=True))


LISTED = cohort(
    {"handles": "thornwick_vale"},
    {"names": "Quillmere, Maren Ann"},
    {"phones": "07700 900123"},
    {"emails": "oswin.tarn@example.org"},
    {"date_of_birth": "1990-04-03"},
    {"places": "Harrowby LN4 2AB"},
    {"urls": "https://example.org/people/zyx"},
)


@pytest.mark.parametrize(
    ("given", "account"),
    [
        ({"handles": "th0rnwick.vael"}, 0),
        ({"names": "Maren Quilmere"}, 1),
        ({"phones": "+44 7700 900124"}, 2),
        ({"emails": "oswin.tarn@example.org"}, 3),
        ({"handles": "oswintarn88"}, 3),
        ({"date_of_birth": "1990-04-03"}, 4),
        ({"places": "4 Mill Lane, LN4 2AB"}, 5),
        ({"urls": "http://www.example.org/people/zyx/"}, 6),
    ],
)
def test_whatever_is_alike_is_found_without_a_key(given: dict[str, object], account: int) -> None:
    assert pairs(cohort(given), LISTED) == [(0, account)]


def test_what_is_unlike_and_who_has_nothing_are_not_found() -> None:
    assert pairs(cohort({"handles": "zzzzyyyy", "phones": "01632 960999"}, {}), LISTED) == []
    assert pairs(cohort(), LISTED) == pairs(LISTED, cohort()) == []


def test_every_holder_of_a_shared_value_is_paired_and_small_tables_change_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    left = cohort(*[{"handles": "thornwick"}] * 3, {"handles": "other"})
    right = cohort(*[{"handles": "thornwick"}] * 2)
    whole = pairs(left, right)
    assert whole == [(a, b) for a in range(3) for b in range(2)]
    monkeypatch.setattr(exhaustive, "_CELLS", 1)
    assert pairs(left, right) == whole


def test_rows_come_as_thirty_two_bit_numbers() -> None:
    one, other = exhaustive_pairs(LISTED.values, LISTED.values)
    assert one.dtype == other.dtype == np.int32
    assert {(row, row) for row in range(7)} <= set(zip(one.tolist(), other.tolist(), strict=True))
