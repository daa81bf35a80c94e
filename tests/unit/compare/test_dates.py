from __future__ import annotations

import pytest
from tests.comparing import rules_of

from vetting.compare.dates import compare_dates


@pytest.mark.parametrize(
    ("left", "right", "rule", "level"),
    [
        ("1990-04-03", "1990-04-03", "same_day", "exact"),
        ("1990-04-03|1990-03-04", "1990-03-04", "one_reading", "close"),
        ("1990-04-03", "1990-03-04", "swapped", "close"),
        ("1990-04-03", "1991-04-03", "one_digit", "close"),
        ("1990-04", "1990-04-03", "same_month", "plausible"),
        ("--04-03", "1990-04-03", "birthday", "plausible"),
        ("1990", "1990-04-03", "same_year", "plausible"),
        ("1990-01-01", "1990-04-03", "same_year", "plausible"),
        ("1990", "1991-04-03", "year_apart", "plausible"),
        ("1990-04-03", "1975-11-20", "different", "conflict"),
        ("1989-04-03", "1990-04-03", "other_year", "plausible"),
        ("1990", "1992-04-03", "two_years_apart", "plausible"),
        ("1990", "1994-04-03", "years_near", "plausible"),
        ("1990", "1995-04-03", "different", "conflict"),
        ("1990-04-13", "1990-12-28", "same_year_other_day", "conflict"),
        ("1990-04", "1990-05-03", "same_year_other_day", "conflict"),
        ("--04-03", "--05-03", "different", "conflict"),
        ("1900-01-01", "1990-04-03", "says_nothing", "missing"),
        ("--04-03", "1990", "says_nothing", "missing"),
    ],
)
def test_dates_are_compared_field_by_field_in_either_order(
    left: str, right: str, rule: str, level: str
) -> None:
    assert rules_of(compare_dates, (left, right), (right, left)) == [(rule, level)] * 2


def test_two_placeholders_of_one_year_agree_on_the_year_alone() -> None:
    assert rules_of(compare_dates, ("1990-01-01", "1990-01-01")) == [("same_year", "plausible")]


def test_an_ambiguous_date_takes_its_best_reading_on_either_side() -> None:
    assert rules_of(compare_dates, ("1990-04-03|1990-03-04", "1990-05-06|1990-03-04")) == [
        ("one_reading", "close")
    ]


def test_a_month_that_differs_is_a_conflict_even_where_the_year_agrees() -> None:
    assert rules_of(compare_dates, ("1990-04", "1990-09")) == [("same_year_other_day", "conflict")]
