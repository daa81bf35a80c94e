"""Times as Twitter writes them, and those that its ids hold."""

from __future__ import annotations

import re
from calendar import timegm

from vetting.readers.exports.values import as_seconds

__all__ = ["created", "tweeted"]

_EPOCH = 1_288_834_974_657  # milliseconds; ids hold a time since then
_OLDEST = 1 << 50  # smaller ids were given one after another
_MONTHS = {
    name: number for number, name in enumerate("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(), 1)
}
_LONG = re.compile(r"[A-Z][a-z]{2} ([A-Z][a-z]{2}) (\d{2}) (\d{2}):(\d{2}):(\d{2}) \+0000 (\d{4})")


def created(number: str) -> int | None:
    """Return the seconds since 1970 in an account's or a tweet's id; ``None`` for one that holds no time.

    Example:
        >>> created("967164000000000000"), created("12")
        (1519424841, None)
    """
    if not number.isdecimal() or len(number) > 19 or int(number) < _OLDEST:
        return None
    return ((int(number) >> 22) + _EPOCH) // 1000


def tweeted(given: object) -> int | None:
    """Return the seconds since 1970 of a time in either of Twitter's ways of writing.

    Example:
        >>> tweeted("Fri Feb 23 22:34:37 +0000 2018"), tweeted("2018-02-23T22:34:37.000Z")
        (1519425277, 1519425277)
    """
    found = _LONG.fullmatch(given) if isinstance(given, str) else None
    if not found or found[1] not in _MONTHS:
        return as_seconds(given)
    day, hour, minute, second, year = (int(found[place]) for place in range(2, 7))
    if not (1 <= day <= 31 and hour < 24 and minute < 60 and second < 61 and 2006 <= year < 2200):
        return None
    return timegm((year, _MONTHS[found[1]], day, hour, minute, second))
