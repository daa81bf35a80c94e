"""Laws of partial dates."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st
from tests import strategies

from vetting.errors import RecordError
from vetting.records.dates import PartialDate


@given(strategies.partial_dates())
def test_a_date_is_read_back_from_its_own_text(known: PartialDate) -> None:
    assert PartialDate.parse(str(known)) == known


@given(st.text(max_size=30) | st.from_regex(r"[0-9./ -]{4,12}", fullmatch=True) | strategies.hostile_texts())
def test_any_text_is_a_date_or_a_record_error_that_does_not_repeat_it(text: str) -> None:
    try:
        known = PartialDate.parse(text)
    except RecordError as error:
        assert len(text) < 4 or text not in str(error)
    else:
        assert known.readings
        assert PartialDate.parse(str(known)) == known


@given(st.dates(min_value=date(1000, 1, 1)))
def test_a_day_written_day_first_or_month_first_is_always_among_the_readings(day: date) -> None:
    year, month, number = day.year, day.month, day.day
    assert (year, month, number) in PartialDate.parse(f"{number}/{month}/{year}").readings
    assert PartialDate.parse(f"{number}/{month}/{year}", day_first=True).readings == ((year, month, number),)
    assert PartialDate.parse(f"{month}/{number}/{year}", day_first=False).readings == ((year, month, number),)
