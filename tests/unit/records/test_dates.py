from __future__ import annotations

from datetime import date, datetime

import pytest

from vetting.errors import RecordError
from vetting.records.dates import PartialDate, to_partial_date


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        ("1990-04-03", ((1990, 4, 3),)),
        ("1990-04", ((1990, 4, None),)),
        ("1990", ((1990, None, None),)),
        ("--04-03", ((None, 4, 3),)),
        ("03/04/1990", ((1990, 4, 3), (1990, 3, 4))),
        ("25.12.1990", ((1990, 12, 25),)),
        ("12/25/1990", ((1990, 12, 25),)),
        ("04/04/1990", ((1990, 4, 4),)),
        ("19900403", ((1990, 4, 3),)),
        ("1990/4/3", ((1990, 4, 3),)),
        ("3 April 1990", ((1990, 4, 3),)),
        ("Apr 3, 1990", ((1990, 4, 3),)),
        ("April 1990", ((1990, 4, None),)),
        ("1990-04-03 00:00:00", ((1990, 4, 3),)),
        ("1990-00-00", ((1990, None, None),)),
        ("  1990-04-03  ", ((1990, 4, 3),)),
        ("1990-04-03|1990-03-04", ((1990, 4, 3), (1990, 3, 4))),
    ],
)
def test_a_date_is_read_as_people_and_programs_write_it(text: str, readings: object) -> None:
    assert PartialDate.parse(text).readings == readings


@pytest.mark.parametrize(
    "text",
    [
        "",
        "soon",
        "1990-13-01",
        "1990-02-30",
        "30/02/1990",
        "0000-00-00",
        "31/31/1990",
        "|",
        "1990-00-12",
        "99",
    ],
)
def test_what_is_no_date_is_refused_without_repeating_it(text: str) -> None:
    with pytest.raises(RecordError) as caught:
        PartialDate.parse(text)
    assert len(text) < 3 or text not in str(caught.value)


def test_a_29_february_without_its_year_is_a_date_and_with_a_common_year_is_none() -> None:
    assert PartialDate.of(month=2, day=29).readings == ((None, 2, 29),)
    with pytest.raises(RecordError):
        PartialDate.of(1999, 2, 29)


@pytest.mark.parametrize(
    ("text", "placeholder", "unset"),
    [
        ("1990-01-01", True, False),
        ("1900-01-01", True, True),
        ("1904-06-06", True, True),
        ("9999-12-31", True, True),
        ("1990-01-02", False, False),
        ("1990", False, False),
        ("--01-01", True, False),
    ],
)
def test_placeholders_are_known(*, text: str, placeholder: bool, unset: bool) -> None:
    known = PartialDate.parse(text)
    assert (known.is_placeholder, known.is_unset) == (placeholder, unset)


def test_the_year_is_known_only_if_all_readings_share_it() -> None:
    assert PartialDate.parse("03/04/1990").year == 1990
    assert PartialDate.parse("1990|1991").year is None
    assert PartialDate.parse("--04-03").year is None


def test_only_a_date_with_every_part_is_full() -> None:
    assert PartialDate.parse("03/04/1990").is_full
    assert not PartialDate.parse("1990-04").is_full


def test_a_month_alone_is_written_in_a_form_that_can_be_read() -> None:
    assert PartialDate.parse(str(PartialDate.of(month=4))) == PartialDate.of(month=4)


@pytest.mark.parametrize(
    "readings", [(), ((None, None, None),), ((1990, None, 3),), ((0, 1, 1),), ((1990, 13, 1),)]
)
def test_readings_that_are_no_date_are_refused(readings: tuple[()]) -> None:
    with pytest.raises(RecordError):
        PartialDate(readings)


def test_a_constructor_takes_text_a_day_or_nothing() -> None:
    assert to_partial_date(date(1990, 4, 3)) == PartialDate.of(1990, 4, 3)
    assert to_partial_date(datetime(1990, 4, 3, 12, 0)) == PartialDate.of(1990, 4, 3)  # noqa: DTZ001 - a date has no zone
    assert to_partial_date("  ") is None
    assert to_partial_date(None) is None
    with pytest.raises(RecordError):
        to_partial_date(19900403)  # type: ignore[arg-type]
