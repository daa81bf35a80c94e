"""What forums put into one column: read as far as it can be, and never executed."""

from __future__ import annotations

import pytest

from vetting.readers.forum.values import listed_ids, serialised_fields, serialised_texts, written_date


@pytest.mark.parametrize(
    ("form", "literal", "ids"),
    [
        ("csv_ids", b"'7,9 , 12'", [7, 9, 12]),
        ("csv_ids", b"''", []),
        ("csv_ids", b"0x372C39", [7, 9]),
        ("php_ids", b'\'a:1:{s:2:"to";a:2:{i:0;s:1:"5";i:1;i:7;}}\'', [5, 7]),
        ("php_ids", b'\'a:1:{s:2:\\"to\\";a:1:{i:0;s:1:\\"5\\";}}\'', [5]),
        ("php_keys", b'\'a:2:{i:5;s:4:"a;i:";i:8;s:7:"i:9;s:1";}\'', [5, 8]),
        ("php_keys", b'\'O:8:"Whatever":1:{i:5;s:1:"x";}\'', [5]),
        ("tagged_ids", b"'u_2:g_3:u_7:xu_9:u_1x'", [2, 7]),
        ("tagged_ids", b"NULL", []),
    ],
)
def test_ids_are_found_in_every_form(form: str, literal: bytes, ids: list[int]) -> None:
    positions, found = listed_ids([b"'nobody'", literal], form)
    assert found == ids
    assert positions == [1] * len(ids)


def test_lengths_that_a_conversion_broke_do_not_matter() -> None:
    assert serialised_texts('a:2:{i:0;s:99:"Zoë";i:1;s:1:"quote";still";}') == ["Zoë", 'quote";still']
    assert serialised_fields('a:1:{s:3:"new";s:2:"a";b";}') == {"new": 'a";b'}


@pytest.mark.parametrize("text", [None, "", "[1]", "{", "[" * 5000, "x" * 70_000, "a:1:{O:3:broken"])
def test_what_is_no_object_has_no_fields(text: str | None) -> None:
    assert serialised_fields(text) == {}
    assert serialised_texts(text) == []


@pytest.mark.parametrize(
    ("text", "order", "read"),
    [
        ("31-12-1979", "day_month_year", "1979-12-31"),
        ("12-31-1979", "month_day_year", "1979-12-31"),
        ("12-31-0000", "month_day_year", "--12-31"),
        ("31-12-1979", "month_day_year", "1979"),  # no 31st month: only the year is certain
        (" 0- 0-   0", "day_month_year", None),
        ("1-2-", "day_month_year", "--02-01"),
        ("29-2-2001", "day_month_year", "2001-02"),
        ("0001-01-02", "year_month_day", "--01-02"),
        ("-1-2-1980", "day_month_year", None),
        ("٣-2-1980", "day_month_year", "1980-02"),
        ("1980", "year_month_day", None),
    ],
)
def test_dates_are_read_as_far_as_they_are_dates(text: str, order: str, read: str | None) -> None:
    assert written_date(text, order) == read
