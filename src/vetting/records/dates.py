"""Dates of which only a part is known, or which may be read in several ways."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, datetime
from functools import lru_cache

from attrs import field, frozen

from vetting.errors import RecordError

__all__ = ["PartialDate"]

Reading = tuple[int | None, int | None, int | None]  # year, month, day

_ISO = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d{1,2})(?:-(?P<day>\d{1,2}))?)?(?:[T ]00:00(?::00)?)?")
_YEARLESS = re.compile(r"--(?P<month>\d{2})(?:-(?P<day>\d{2}))?")
_NUMBERS = re.compile(r"(?P<first>\d{1,2})[./\- ]+(?P<second>\d{1,2})[./\- ]+(?P<year>\d{4})")
_YEAR_FIRST = re.compile(r"(?P<year>\d{4})[./ ](?P<month>\d{1,2})[./ ](?P<day>\d{1,2})")
_COMPACT = re.compile(r"(?P<year>(?:19|20)\d{2})(?P<month>\d{2})(?P<day>\d{2})")
_WORDS = ("%d %B %Y", "%d %b %Y", "%B %d, %Y", "%b %d, %Y", "%B %d %Y", "%d-%b-%Y", "%B %Y", "%b %Y")
# Years that software writes when it knows none (see FORMATS: SMF, Discourse, MySQL, spreadsheets).
_UNSET_YEARS = frozenset({0, 1, 1004, 1899, 1900, 1904, 9999})


@frozen(order=False)
class PartialDate:
    """A date as far as it is known.

    Every reading is a ``(year, month, day)`` triple in which ``None`` means unknown. More than one
    reading means that the text does not say which is right: ``03/04/1990`` is 3 April or 4 March.

    Attributes:
        readings: At least one reading, the likelier first, no repeats.

    Raises:
        RecordError: A reading is no date of the calendar, or nothing of it is known.

    Example:
        >>> PartialDate.parse("1990-04-03")
        PartialDate('1990-04-03')
        >>> PartialDate.parse("03/04/1990").readings
        ((1990, 4, 3), (1990, 3, 4))
        >>> str(PartialDate.of(month=4, day=3))
        '--04-03'
    """

    readings: tuple[Reading, ...] = field()

    @readings.validator
    def _are_dates(self, _attribute: object, readings: tuple[Reading, ...]) -> None:
        if not readings:
            raise RecordError("PartialDate", "readings", "at least one reading is needed")
        for year, month, day in readings:
            if year is None and month is None:
                raise RecordError("PartialDate", "readings", "a year or a month must be known")
            if day is not None and month is None:
                raise RecordError("PartialDate", "readings", "a day needs its month")
            if year is not None and not 1 <= year <= 9999:
                raise RecordError("PartialDate", "readings", "the year is out of range")
            if month is not None and not 1 <= month <= 12:
                raise RecordError("PartialDate", "readings", "the month is out of range")
            if day is not None and not 1 <= day <= monthrange(year or 2000, month or 1)[1]:
                raise RecordError("PartialDate", "readings", "the day is out of range")

    @classmethod
    def of(cls, year: int | None = None, month: int | None = None, day: int | None = None) -> PartialDate:
        """Make a date with one reading.

        Args:
            year: Four digits; ``None`` when unknown.
            month: 1 to 12; ``None`` when unknown.
            day: 1 to 31; ``None`` when unknown.

        Raises:
            RecordError: No such date.
        """
        return cls(((year, month, day),))

    @classmethod
    def parse(cls, text: str, *, day_first: bool | None = None) -> PartialDate:
        """Read a date as people and programs write it.

        ISO forms (``1990-04-03``, ``1990-04``, ``1990``, ``--04-03``), numbers with ``/``, ``.`` or
        ``-``, and English month names. Two numbers of 12 or less in front of a year are read both ways
        unless ``day_first`` settles it. Several readings may be joined by ``|``.

        Args:
            text: The text.
            day_first: ``True`` for 3 April, ``False`` for 4 March, ``None`` when it is not known.

        Raises:
            RecordError: It is no date; the message does not repeat the text.
        """
        return _parsed(text, day_first)

    @property
    def is_placeholder(self) -> bool:
        """True when software or a clerk writes such a date for "unknown": 1 January, or year 1900."""
        return all(
            (month == 1 and day == 1) or (year is not None and year in _UNSET_YEARS)
            for year, month, day in self.readings
        )

    @property
    def is_unset(self) -> bool:
        """True when even the year says nothing (1900, 1904, 1004, 9999)."""
        return all(year is not None and year in _UNSET_YEARS for year, _, _ in self.readings)

    @property
    def year(self) -> int | None:
        """The year, if every reading has the same; else ``None``."""
        years = {year for year, _, _ in self.readings}
        return years.pop() if len(years) == 1 else None

    @property
    def is_full(self) -> bool:
        """True when every reading has a year, a month and a day."""
        return all(None not in reading for reading in self.readings)

    def __str__(self) -> str:
        """The ISO text, readings joined by ``|``; :meth:`parse` reads it back."""
        return "|".join(_iso(*reading) for reading in self.readings)

    def __repr__(self) -> str:
        return f"PartialDate({str(self)!r})"


def _orders(year: int, first: int, second: int, *, day_first: bool | None) -> tuple[Reading, ...]:
    day_month, month_day = (year, second, first), (year, first, second)
    if second > 12 or day_first is False:
        return (month_day,)
    if first > 12 or day_first or first == second:
        return (day_month,)
    return (day_month, month_day)


def _iso(year: int | None, month: int | None, day: int | None) -> str:
    start = "-" if year is None else f"{year:04}"
    return start + "".join(f"-{part:02}" for part in (month, day) if part is not None)


def to_partial_date(given: PartialDate | date | str | None) -> PartialDate | None:
    """Convert what a constructor may be given: text, a :class:`datetime.date`, ``None`` or empty text."""
    if given is None or isinstance(given, PartialDate):
        return given
    if isinstance(given, date):
        return PartialDate.of(given.year, given.month, given.day)
    if not isinstance(given, str):
        raise RecordError("PartialDate", "text", f"text is wanted, not {type(given).__name__}")
    return PartialDate.parse(given) if given.strip() else None


@lru_cache(maxsize=32_768)  # days of birth: there are few, and each is asked for by several rules
def _parsed(text: str, day_first: bool | None) -> PartialDate:  # noqa: FBT001 - the only caller names it
    text = " ".join(text.split())
    if "|" in text:
        readings = [reading for part in text.split("|") for reading in _parsed(part, None).readings]
        return PartialDate(tuple(dict.fromkeys(readings)))
    for pattern in (_ISO, _YEARLESS, _YEAR_FIRST, _COMPACT):
        found = pattern.fullmatch(text)
        if found:
            parts = {name: int(number) for name, number in found.groupdict().items() if number}
            return PartialDate.of(parts.get("year"), parts.get("month") or None, parts.get("day") or None)
    found = _NUMBERS.fullmatch(text)
    if found:
        first, second, year = int(found["first"]), int(found["second"]), int(found["year"])
        return PartialDate(_orders(year, first, second, day_first=day_first))
    for form in _WORDS:
        try:
            moment = datetime.strptime(text, form)  # noqa: DTZ007 - a date has no zone
        except ValueError:
            continue
        return PartialDate.of(moment.year, moment.month, moment.day if "%d" in form else None)
    raise RecordError("PartialDate", "text", "not a date; write it as YYYY-MM-DD")
