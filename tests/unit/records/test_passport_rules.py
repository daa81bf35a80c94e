from __future__ import annotations

from datetime import date, datetime

import pytest

from vetting.records.passport_rules import OPTIONAL_KEYS, PASSPORT_KEYS, as_date, is_blank, key_problems


@pytest.mark.parametrize(
    ("given", "day"),
    [
        (date(2019, 11, 6), date(2019, 11, 6)),
        (" 2019-11-06 ", date(2019, 11, 6)),
        (datetime(2019, 11, 6, 1, 2), None),  # noqa: DTZ001 - the point is a moment
        ("2019-11", None),
        ("2019-02-30", None),
        (20191106, None),
    ],
)
def test_a_day_is_a_date_or_its_iso_text(given: object, day: date | None) -> None:
    assert as_date(given) == day


def test_only_nothing_and_white_space_are_blank() -> None:
    assert [is_blank(value) for value in (None, "", " \n", "x", 0)] == [True, True, True, False, False]


def test_an_empty_passport_lacks_every_required_key_in_one_phrase() -> None:
    (problem,) = key_problems({})
    assert problem.startswith("missing ")
    for key in PASSPORT_KEYS:
        assert (f" {key}" in problem.replace(",", "")) == (key not in OPTIONAL_KEYS)


def test_a_misspelt_key_is_named_with_its_neighbour() -> None:
    assert any("did you mean sha256?" in problem for problem in key_problems({"sha265": "x"}))
