"""Reads what forums put into one column: lists of ids, dates, and texts inside serialised ones."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

from vetting.readers.sqldump.literals import payload

__all__ = ["listed_ids", "partial_date", "serialised_fields", "serialised_texts", "written_date"]

# PHP's arrays are pairs of key and value. Nothing is unserialised; lengths of strings are in bytes and no
# longer fit once a dump was converted, so a string ends where its closing mark stands.
_IDS: dict[str, re.Pattern[bytes]] = {
    "csv_ids": re.compile(rb"(\d{1,18})()"),
    "php_ids": re.compile(rb"i:\d+;(?:i:(\d{1,18});|s:\d+:\"(\d{1,18})\";)"),
    # A name may hold anything, so each is stepped over whole.
    "php_keys": re.compile(
        rb"(?:(?<=[{;])|^)i:(\d{1,18});(?:s:\d+:\".*?\";|[ibd]:[-\d.]+;)(?=\}|[isabdO]:|N;)()", re.DOTALL
    ),
    "tagged_ids": re.compile(rb"(?:^|:)u_(\d{1,18})(?=:|$)()"),
}
_TEXT = re.compile(r's:\d+:"(.*?)";(?=\}|[isabdO]:|N;|$)', re.DOTALL)
_FIELD = re.compile(r's:\d+:"(\w{1,64})";s:\d+:"(.*?)";(?=\}|[isabdO]:|N;|$)', re.DOTALL)
_LONGEST = 65_536
_FIRST_YEAR = 1800  # forums write 1004 or 0001 where the year is withheld
_ORDERS = {"day_month_year": (2, 1, 0), "month_day_year": (2, 0, 1), "year_month_day": (0, 1, 2)}


def listed_ids(literals: Sequence[bytes], form: str, *, escapes: bool = True) -> tuple[list[int], list[int]]:
    r"""Find the ids in a column that holds several.

    Args:
        literals: As dumped.
        form: One of ``FORMS`` in :mod:`vetting.readers.profile_rules` other than ``"id"``.
        escapes: Whether the dump's strings know backslash escapes.

    Returns:
        Positions among the literals, and for each an id.

    Example:
        >>> listed_ids([b"'3,7'", b"NULL", b"'12 4'"], "csv_ids")
        ([0, 0, 2, 2], [3, 7, 12, 4])
        >>> listed_ids([b"'a:1:{s:2:\"cc\";a:1:{i:5;s:2:\"42\";}}'"], "php_keys")
        ([0], [5])
        >>> listed_ids([b"'u_2:u_7:g_3'"], "tagged_ids")
        ([0, 0], [2, 7])
    """
    positions: list[int] = []
    ids: list[int] = []
    findall = _IDS[form].findall
    for index, literal in enumerate(literals):
        try:
            value, _ = payload(literal, escapes=escapes)
        except ValueError:
            continue
        found = [int(first or second) for first, second in findall(value)] if value else []
        ids += found
        positions += [index] * len(found)
    return positions, ids


def serialised_fields(text: str | None) -> dict[str, object]:
    r"""Read the fields of an object in JSON, or of an array in PHP's serialised text; empty for anything else.

    Example:
        >>> serialised_fields('{"old": "a", "new": "b"}')
        {'old': 'a', 'new': 'b'}
        >>> serialised_fields('a:2:{s:8:"previous";s:1:"a";s:3:"new";s:1:"b";}')
        {'previous': 'a', 'new': 'b'}
    """
    if not text or len(text) > _LONGEST:
        return {}
    if text.startswith("a:"):
        return dict(_FIELD.findall(text))
    try:
        read = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return read if isinstance(read, dict) else {}


def serialised_texts(text: str | None) -> list[str]:
    """Find the strings in PHP's serialised text.

    Example:
        >>> serialised_texts('a:2:{i:0;s:5:"older";i:1;s:5:"newer";}')
        ['older', 'newer']
    """
    if not text or len(text) > _LONGEST:
        return []
    return _TEXT.findall(text)


def written_date(text: str | None, order: str) -> str | None:
    """Read a date of three numbers with hyphens, padded by spaces or not; years before 1800 are unknown.

    Args:
        text: As written.
        order: ``"day_month_year"``, ``"month_day_year"`` or ``"year_month_day"``.

    Example:
        >>> written_date(" 1- 2-1980", "day_month_year"), written_date("02-01-1980", "month_day_year")
        ('1980-02-01', '1980-02-01')
        >>> written_date("1004-05-06", "year_month_day"), written_date("0-0-0", "day_month_year")
        ('--05-06', None)
    """
    parts = [part.strip() for part in (text or "").split("-")]
    if len(parts) != len(_ORDERS[order]):
        return None
    year, month, day = (
        int(part) if (part := parts[at]).isascii() and part.isdigit() and len(part) <= 4 else 0
        for at in _ORDERS[order]
    )
    return partial_date(year if year >= _FIRST_YEAR else None, month, day)


def partial_date(year: int | None, month: int | None, day: int | None) -> str | None:
    """Write a date as far as its parts are known; a month or day that no calendar has is unknown.

    Example:
        >>> partial_date(1980, 2, 30), partial_date(0, 2, 29), partial_date(None, None, 3)
        ('1980-02', '--02-29', None)
    """
    year = year if year and 1 < year <= 9999 else None
    month = month if month and 1 <= month <= 12 else None
    day = day if month and day and 1 <= day <= _days(year, month) else None
    if year and month and day:
        return f"{year:04}-{month:02}-{day:02}"
    if year:
        return f"{year:04}-{month:02}" if month else f"{year:04}"
    return f"--{month:02}-{day:02}" if month and day else None


def _days(year: int | None, month: int) -> int:
    if month == 2:
        leap = year is None or (year % 4 == 0 and (year % 100 != 0 or year % 400 == 0))
        return 29 if leap else 28
    return 30 if month in {4, 6, 9, 11} else 31
