"""Lines of a WhatsApp chat export: their layouts, their dates and what the app itself says in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from functools import lru_cache

from attrs import define, field, frozen

from vetting.readers.archives import Member
from vetting.readers.exports.json_stream import text_chunks

__all__ = [
    "LAYOUTS",
    "WHATSAPP_MARK",
    "DateOrder",
    "Event",
    "TextRead",
    "epoch",
    "event_in",
    "plain",
    "split",
]

_LONGEST = 4096  # characters of a line that are looked at: more is a message's text
_MARK = "\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\ufeff"
_SPACE = r"[^\S\r\n]"  # also the no-break space and the narrow one before AM and PM
_DATE = rf"(?P<date>\d{{1,4}}(?:[./-]{_SPACE}?\d{{1,4}}){{2}})\.?"
_TIME = (
    rf"(?P<hour>\d{{1,2}})[:.](?P<minute>\d{{2}})(?:[:.](?P<second>\d{{2}}))?"
    rf"(?:{_SPACE}?(?P<half>[AaPp])\.?{_SPACE}?[Mm]\.?)?"
)
_IOS = rf"[{_MARK}]*\[{_DATE},?{_SPACE}{_TIME}\]{_SPACE}"
_ANDROID = rf"[{_MARK}]*{_DATE},?{_SPACE}{_TIME}{_SPACE}-{_SPACE}"

LAYOUTS: dict[str, re.Pattern[str]] = {"ios": re.compile(_IOS), "android": re.compile(_ANDROID)}
"""How a line starts that begins a message, by the kind of phone that exported."""


def _three(start: str) -> str:
    bare = re.sub(r"\?P<\w+>", "?:", start)
    return rf"(?:{bare}[^\n]*\n(?:(?!{bare})[^\n]*\n)*+){{2}}{bare}"


WHATSAPP_MARK = re.compile(rf"\A\s*(?:{_three(_IOS)}|{_three(_ANDROID)})")
"""The first line that is not blank begins a message, and two more do in the same layout."""

_LONGEST_NAME = 256
_MOST_DATES = 1 << 16  # held so as not to be taken into account again
_TITLED = re.compile(r"created (?:the |this )?group\b|changed the (?:subject|group name|group description)\b")
_INVISIBLE = re.compile(f"[{_MARK}]")
_PHONE = r"\+?[0-9][0-9 ().-]{5,24}[0-9]"
_NOT_PEOPLE = r"(?!(?:an?|the|this|your?) )"
_EVENTS = (
    ("changed_number", rf"(?P<who>.+?) changed (?:their phone number )?to (?P<whom>{_PHONE})\b.*"),
    ("changed_number", r"(?P<who>.+?) changed their phone number\b.*"),
    ("joined", r"(?P<who>.+?) joined(?: (?:using|from|via|the|this) .*)?"),
    ("joined", r"(?P<who>.+?) created (?:the |this )?group\b.*"),
    ("left", r"(?P<who>.+?) left(?: (?:the|this) (?:group|community))?"),
    ("added", r"(?P<whom>.+?) (?:was|were) added(?: by (?P<who>.+?))?(?: to (?:the|this) (?:group|community))?"),
    ("removed", r"(?P<whom>.+?) (?:was|were) removed(?: by (?P<who>.+?))?(?: from (?:the|this) group)?"),
    ("added", rf"(?P<who>.+?) added {_NOT_PEOPLE}(?P<whom>.+?)(?: to (?:the|this) (?:group|community))?"),
    ("removed", rf"(?P<who>.+?) removed {_NOT_PEOPLE}(?P<whom>.+?)(?: from (?:the|this) (?:group|community))?"),
)  # fmt: skip
_PATTERNS = tuple((kind, re.compile(pattern + r"\.?")) for kind, pattern in _EVENTS)


@frozen
class Event:
    """What a line of the app tells: ``added``, ``removed``, ``joined``, ``left`` or ``changed_number``.

    Attributes:
        kind: The relation.
        who: Who did it; empty where the line does not say.
        whom: Towards whom, as listed; for ``changed_number`` the new number, or empty.
    """

    kind: str
    who: str
    whom: str


@define
class TextRead:
    """What is known of a text file when it is read: a text has no end to miss, so it never counts as cut.

    Attributes:
        truncated: Always false.
        replaced: Characters that are not of the file's encoding.
        repaired: Always 0.
    """

    truncated: bool = False
    replaced: int = 0
    repaired: int = 0

    def lines(self, member: Member) -> Iterator[tuple[int, str]]:
        """Yield the lines with their numbers from 1, each cut after 4,096 characters; only a newline ends one."""
        number, start = 1, ""
        for chunk in text_chunks(member):
            self.replaced += chunk.count("\ufffd")
            first, *rest = chunk.split("\n")
            start = (start + first[:_LONGEST])[:_LONGEST]
            for following in rest:
                yield number, start.removesuffix("\r")
                number, start = number + 1, following[:_LONGEST]
        if start:
            yield number, start.removesuffix("\r")


def plain(text: str) -> str:
    """Take out the marks of direction, and make odd spaces, and hyphens between digits, plain.

    Example:
        >>> plain("\u202a+44\u00a07700\u00a0900123\u202c")
        '+44 7700 900123'
    """
    bare = " ".join(_INVISIBLE.sub("", text).split())
    return re.sub("(?<=[0-9])\u2011(?=[0-9])", "-", bare)


def split(body: str) -> tuple[str, str]:
    """Part who wrote from what was written; nobody wrote what has no colon, nor a line that gives a group's title.

    Example:
        >>> split("Maren: see: this"), split('Maren created group "a: b"')
        (('Maren', 'see: this'), ('', 'Maren created group "a: b"'))
    """
    at = body.find(": ", 1)
    if at < 0 and len(body) > 1 and body.endswith(":"):
        at = len(body) - 1
    author = _author(body[:at]) if 0 < at <= _LONGEST_NAME else None
    return ("", body) if author is None else (author, body[at + 2 :])


@lru_cache(maxsize=4096)
def _author(before: str) -> str | None:
    """Who wrote what comes behind a colon; ``None`` where the line gives a group's title."""
    return None if _TITLED.search(before) else plain(before)


def event_in(text: str) -> Event | None:
    """Read a line of the app, in English; ``None`` for what tells no relation or is not understood.

    Example:
        >>> event_in("Maren added Bob")
        Event(kind='added', who='Maren', whom='Bob')
    """
    bare = plain(text)
    for kind, pattern in _PATTERNS:
        if found := pattern.fullmatch(bare):
            given = found.groupdict()
            return Event(kind, given["who"] or "", given.get("whom") or "")
    return None


@lru_cache(maxsize=4096)
def _day(text: str, order: str) -> date | None:
    parts = dict(zip(order, re.findall(r"\d+", text), strict=True))
    year = int(parts["y"])
    if len(parts["y"]) == 2:
        year += 2000
    try:
        found = date(year, int(parts["m"]), int(parts["d"]))
    except ValueError:
        return None
    return found if 2009 <= year <= 2100 else None  # there was no WhatsApp before


@define
class DateOrder:
    """Finds out from all dates of a file in which order day, month and year stand."""

    _possible: list[str] = field(factory=lambda: ["dmy", "mdy", "ymd"])
    _year_first: bool = field(default=True, init=False)  # every year may as well stand first, in two digits
    _firsts: set[str] = field(factory=set)
    _lasts: set[str] = field(factory=set)
    _noted: set[str] = field(factory=set, init=False)

    def note(self, text: str) -> None:
        """Take one date into account."""
        if text in self._noted:
            return
        if len(self._noted) < _MOST_DATES:
            self._noted.add(text)
        first, _, last = re.findall(r"\d+", text)
        self._year_first = self._year_first and len(first) == 2 == len(last) and bool(_day(text, "ymd"))
        if self._year_first:
            self._firsts.add(first)
            self._lasts.add(last)
        self._possible = [
            one for one in self._possible if _day(text, one) and (one != "ymd" or len(first) == 4)
        ]

    @property
    def order(self) -> str | None:
        """``dmy``, ``mdy`` or ``ymd``; ``None`` where more than one, or none, fits every date.

        Years of two digits are taken to stand last, but not where what stands last changes more often than what
        stands first: that is not how years go.
        """
        if len(self._possible) != 1 or (self._year_first and len(self._lasts) > len(self._firsts)):
            return None
        return self._possible[0]


def epoch(stamp: re.Match[str], order: str | None) -> int | None:
    """Return the seconds of a line's time as if it were in UTC; ``None`` without an order, or if there is no such time."""
    date, hours, minutes, seconds, half = stamp.group("date", "hour", "minute", "second", "half")
    midnight = _midnight(date, order) if order else None
    hour, minute, second = int(hours), int(minutes), int(seconds or 0)
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + 12 * (half in "Pp")
    if midnight is None or hour > 23 or minute > 59 or second > 59:
        return None
    return midnight + 3600 * hour + 60 * minute + second


@lru_cache(maxsize=4096)
def _midnight(text: str, order: str) -> int | None:
    day = _day(text, order)
    return None if day is None else int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp())
