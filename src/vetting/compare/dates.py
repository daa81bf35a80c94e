"""Two dates of birth to a comparison level."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from operator import ne

import numpy as np
import numpy.typing as npt

from vetting.compare.levels import Comparisons, FormPairs, LevelCode, Rule
from vetting.records.dates import PartialDate

__all__ = ["DATE_RULES", "compare_dates", "date_rule"]

DATE_RULES: tuple[Rule, ...] = (
    Rule("different", LevelCode.CONFLICT, "different dates"),
    Rule("same_day", LevelCode.EXACT, "the same day"),
    Rule("one_reading", LevelCode.CLOSE, "the same day, in one of the ways to read the date"),
    Rule("swapped", LevelCode.CLOSE, "day and month change places"),
    Rule("one_digit", LevelCode.CLOSE, "one digit differs"),
    Rule("same_month", LevelCode.PLAUSIBLE, "the same year and month; the day is not known"),
    Rule("birthday", LevelCode.PLAUSIBLE, "the same day and month; the year is not known"),
    Rule("same_year", LevelCode.PLAUSIBLE, "the same year; no more is known on one side"),
    Rule("year_apart", LevelCode.PLAUSIBLE, "a year apart, and only the year is known on one side"),
    Rule("two_years_apart", LevelCode.PLAUSIBLE, "two years apart, and only the year is known on one side"),
    Rule("other_year", LevelCode.PLAUSIBLE, "the same day and month of another year"),
    Rule("near", LevelCode.PLAUSIBLE, "near dates, as a slip of the pen or a guess would make them"),
    Rule("years_near", LevelCode.PLAUSIBLE, "a few years apart, and only the year is known on one side"),
    Rule("same_year_other_day", LevelCode.CONFLICT, "the same year, but another day"),
    Rule("says_nothing", LevelCode.MISSING, "a placeholder date, which says nothing"),
)
_INDEX = {rule.key: index for index, rule in enumerate(DATE_RULES)}
# From weakest to strongest; an ambiguous date takes its best reading.
_ORDER = np.array(
    [
        ["says_nothing", "different", "same_year_other_day", "years_near", "near", "two_years_apart", "other_year",
         "year_apart", "same_year", "birthday", "same_month",
         "one_digit", "swapped", "one_reading", "same_day"].index(rule.key)
        for rule in DATE_RULES
    ],
    np.int16,
)  # fmt: skip
_READINGS = 2
_MONTH = 31
_TWO_YEARS, _YEARS_NEAR = 2, 4


def compare_dates(pairs: FormPairs) -> Comparisons:
    """Compare dates field by field; what is unknown on either side is not compared.

    A placeholder (1 January) counts as its year alone, an unset year (1900) as nothing.

    Args:
        pairs: Texts of :class:`PartialDate`.
    """
    left, several_l = _fields(pairs.left)
    right, several_r = _fields(pairs.right)
    rule = np.full(pairs.size, _INDEX["says_nothing"] if pairs.size else 0, np.int16)
    best = np.full(pairs.size, -1, np.int16)
    for a in range(_READINGS):
        for b in range(_READINGS):
            found = _graded(left[pairs.left_codes, a], right[pairs.right_codes, b])
            better = _ORDER[found] > best
            # A second reading only ever helps; where it is absent it equals the first.
            best = np.where(better, _ORDER[found], best)
            rule = np.where(better, found, rule)
    unsure = several_l[pairs.left_codes] | several_r[pairs.right_codes]
    rule = np.where(unsure & (rule == _INDEX["same_day"]), _INDEX["one_reading"], rule).astype(np.int16)
    return Comparisons(DATE_RULES, rule, np.full(pairs.size, -1, np.int32))


def _fields(forms: Sequence[str]) -> tuple[npt.NDArray[np.int16], npt.NDArray[np.bool_]]:
    """Year, month and day of up to two readings, 0 for unknown: shape (n, 2, 3)."""
    fields = np.zeros((len(forms), _READINGS, 3), np.int16)
    several = np.zeros(len(forms), np.bool_)
    for row, form in enumerate(forms):
        fields[row], several[row] = _readings(form)
    return fields, several


def _graded(left: npt.NDArray[np.int16], right: npt.NDArray[np.int16]) -> npt.NDArray[np.int16]:
    known = (left > 0) & (right > 0)
    same = known & (left == right)
    year, month, day = (known[:, i] for i in range(3))
    same_year, same_month, same_day = (same[:, i] for i in range(3))
    full = year & month & day
    swapped = full & same_year & (left[:, 1] == right[:, 2]) & (left[:, 2] == right[:, 1]) & ~same_day
    digits = _digits_differing(left, right)
    days = np.abs(_day_number(left) - _day_number(right))
    apart = np.abs(left[:, 0].astype(np.int32) - right[:, 0])
    return np.select(
        [
            full & same_year & same_month & same_day,
            swapped,
            full & (digits == 1),
            full & same_month & same_day,
            full & ((digits == 2) | (days < _MONTH)),
            full & same_year,
            full,
            ~year & month & day & same_month & same_day,
            year & month & same_year & same_month,
            year & ~month & same_year,
            year & ~month & (apart == 1),
            year & ~month & (apart == _TWO_YEARS),
            year & ~month & (apart <= _YEARS_NEAR),
            year & same_year,  # the months differ, and a day is missing
            year | (month & day),
        ],
        [
            _INDEX["same_day"],
            _INDEX["swapped"],
            _INDEX["one_digit"],
            _INDEX["other_year"],
            _INDEX["near"],
            _INDEX["same_year_other_day"],
            _INDEX["different"],
            _INDEX["birthday"],
            _INDEX["same_month"],
            _INDEX["same_year"],
            _INDEX["year_apart"],
            _INDEX["two_years_apart"],
            _INDEX["years_near"],
            _INDEX["same_year_other_day"],
            _INDEX["different"],
        ],
        default=_INDEX["says_nothing"],
    ).astype(np.int16)


def _day_number(fields: npt.NDArray[np.int16]) -> npt.NDArray[np.int64]:
    """Days since the year 0, to within three."""
    year, month, day = (fields[:, place].astype(np.int64) for place in range(3))
    return (year * 1461) // 4 + (month * 1461) // 48 + day


def _digits_differing(left: npt.NDArray[np.int16], right: npt.NDArray[np.int16]) -> npt.NDArray[np.int32]:
    """How many of the eight digits of two full dates differ."""
    differing = np.zeros(len(left), np.int32)
    for place, powers in ((0, (1, 10, 100, 1000)), (1, (1, 10)), (2, (1, 10))):
        for power in powers:
            differing += (left[:, place] // power) % 10 != (right[:, place] // power) % 10
    return differing


def date_rule(left: str, right: str) -> int:
    """Compare two dates as :func:`compare_dates` does; the rule's number."""
    readings_left, several_left = _readings(left)
    readings_right, several_right = _readings(right)
    if not (several_left or several_right):
        return _grade(readings_left[0], readings_right[0])
    grades = (_grade(a, b) for a in readings_left for b in readings_right)
    rule = max(grades, key=_STRENGTH.__getitem__)
    return _INDEX["one_reading"] if rule == _INDEX["same_day"] else rule


_BY_YEARS = ("same_year", "year_apart", "two_years_apart", *["years_near"] * (_YEARS_NEAR - 2))
_STRENGTH: list[int] = _ORDER.tolist()
Parts = tuple[int, int, int]


@lru_cache(maxsize=65_536)
def _readings(form: str) -> tuple[tuple[Parts, ...], bool]:
    """Up to two readings of a date, the first again where there is no second; and whether there are two."""
    date = PartialDate.parse(form)
    readings = date.readings[:_READINGS]
    found: list[Parts] = []
    for place in range(_READINGS):
        year, month, day = readings[min(place, len(readings) - 1)]
        if date.is_placeholder:
            month = day = None
        found.append((0, 0, 0) if date.is_unset else (year or 0, month or 0, day or 0))
    return tuple(found), len(readings) > 1


def _grade(left: Parts, right: Parts) -> int:
    """Grade one reading of either side, as :func:`_graded`."""
    (year_l, month_l, day_l), (year_r, month_r, day_r) = left, right
    year, month, day = (year_l and year_r), (month_l and month_r), (day_l and day_r)
    if year and month and day:
        return _INDEX[_grade_full(left, right)]
    if month and day and month_l == month_r and day_l == day_r:
        return _INDEX["birthday"]
    if year and month and year_l == year_r and month_l == month_r:
        return _INDEX["same_month"]
    if year and not month:
        apart = abs(year_l - year_r)
        if apart <= _YEARS_NEAR:
            return _INDEX[_BY_YEARS[apart]]
    if year and year_l == year_r:
        return _INDEX["same_year_other_day"]
    return _INDEX["different" if year or (month and day) else "says_nothing"]


def _grade_full(left: Parts, right: Parts) -> str:
    if left == right:
        return "same_day"
    if left[0] == right[0] and left[1] == right[2] and left[2] == right[1]:
        return "swapped"
    digits = sum(map(ne, _digits(*left), _digits(*right)))
    if digits == 1:
        return "one_digit"
    if left[1:] == right[1:]:
        return "other_year"
    (year_l, month_l, day_l), (year_r, month_r, day_r) = left, right
    days = (year_l * 1461) // 4 + (month_l * 1461) // 48 + day_l
    days -= (year_r * 1461) // 4 + (month_r * 1461) // 48 + day_r
    if digits == 2 or abs(days) < _MONTH:
        return "near"
    return "same_year_other_day" if year_l == year_r else "different"


def _digits(year: int, month: int, day: int) -> str:
    return f"{year:04}{month:02}{day:02}"
