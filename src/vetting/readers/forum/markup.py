"""Finds whom a post quotes or mentions by its markup; the text itself is never kept."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from attrs import frozen

__all__ = ["DIALECTS", "Marker", "found_in"]

# Quotes around an attribute, as an SQL literal holds them: masked, escaped, doubled or plain.
_Q = rb"[\\\x01\"']*+"
# One such quote, where a name follows or ends.
_ONE = rb"(?:\\\x01|''|&#0?39;|&quot;|\\\"|\")"
# A name in an attribute that escapes double quotes.
_NAME = rb"((?:[^>\]\"\\]|\\[^\"]){1,255}+)"


@frozen
class Marker:
    """One way in which a dialect points at another account.

    Attributes:
        kind: Of the relation.
        sign: What every match of the pattern starts with; looking for it first is what makes it cheap.
        pattern: Captures an account's id, or its name as an SQL text without quotes.
        by_name: Whether it captures a name.
        of: What kind of post it captures the id of, whose owner is meant; empty for an account.
    """

    kind: str
    sign: bytes
    pattern: re.Pattern[bytes]
    by_name: bool = False
    of: str = ""


def _quoted(sign: bytes, pattern: bytes, *, by_name: bool = False, of: str = "") -> Marker:
    return Marker("quoted", sign, re.compile(pattern, re.DOTALL), by_name, of)


def _vbulletin_quotes(sign: bytes) -> tuple[Marker, ...]:
    begin = re.escape(sign)
    return (
        _quoted(sign, begin + rb"[^\]]{1,255}?;(\d{1,18})\]", of="post"),
        _quoted(sign, begin + rb"[^\]]{1,255}?;n(\d{1,18})\]", of="node"),
        _quoted(sign, begin + rb"(?![^\]]{0,300};n?\d{1,18}\])([^\]]{1,255}+)\]", by_name=True),
    )


DIALECTS: dict[str, tuple[Marker, ...]] = {
    "mybb": (
        _quoted(b"[quote=", rb"\[quote=" + _ONE + rb"[^\]]{1,300}? pid=" + _Q + rb"(\d{1,18})", of="post"),
        _quoted(
            b"[quote=",
            rb"\[quote="
            + _ONE
            + rb"(?![^\]]{1,300}? pid="
            + _Q
            + rb"\d)([^\]]{1,255}?)"
            + _ONE
            + rb"(?: dateline=[^\]]{0,40})?\]",
            by_name=True,
        ),
    ),
    "phpbb": (
        _quoted(b"<QUOTE ", rb"<QUOTE [^>]{0,400}?user_id=" + _Q + rb"(\d{1,18})"),
        _quoted(
            b"<QUOTE author=",
            rb"<QUOTE author=" + _ONE + _NAME + _ONE + rb"(?![^>]{0,400}?user_id=)",
            by_name=True,
        ),
        # Before 3.2.
        _quoted(b"[quote=&quot;", rb"\[quote=&quot;(.{1,255}?)&quot;(?::[0-9a-z]{1,10})?\]", by_name=True),
    ),
    "smf": (
        _quoted(
            b"[quote author=",
            rb"\[quote author=[^\]]{1,255}? link=(?:topic=\d+\.)?msg=?(\d{1,18})",
            of="post",
        ),
        _quoted(
            b"[quote author=",
            rb"\[quote author=(?![^\]]{1,255}? link=)([^\]]{1,255}?)(?: date=\d+)?\]",
            by_name=True,
        ),
    ),
    "vbulletin": (
        *_vbulletin_quotes(b"[QUOTE="),
        *_vbulletin_quotes(b"[quote="),
        Marker("mentioned", b"[MENTION=", re.compile(rb"\[MENTION=" + _Q + rb"(\d{1,18})")),
        Marker("mentioned", b"[USER=", re.compile(rb"\[USER=" + _Q + rb"(\d{1,18})")),
    ),
    "xenforo": (
        _quoted(b"[QUOTE=", rb"\[QUOTE=" + _ONE + rb"[^\]]{1,300}?member: (\d{1,18})"),
        _quoted(
            b"[QUOTE=",
            rb"\[QUOTE="
            + _ONE
            + rb"(?![^\]]{0,300}member: )([^\],]{1,255}?)(?:, [a-z-]{1,20}: \d{1,18}){0,4}"
            + _ONE
            + rb"\]",
            by_name=True,
        ),
        Marker("mentioned", b"[USER=", re.compile(rb"\[USER=" + _Q + rb"(\d{1,18})")),
    ),
    "ips4": (
        Marker(
            "quoted", b"data-ipsquote-userid=", re.compile(rb"data-ipsquote-userid=" + _Q + rb"(\d{1,18})")
        ),
        Marker("mentioned", b"data-mentionid=", re.compile(rb"data-mentionid=" + _Q + rb"(\d{1,18})")),
    ),
    "ipb3": (
        Marker(
            "quoted",
            b"[quote name=",
            re.compile(
                rb"\[quote name=(?:\\\x01|''|&#39;|\"|\\\")(.{1,255}?)(?:\\\x01|''|&#39;|\"|\\\")[ \]]",
                re.DOTALL,
            ),
            by_name=True,
        ),
        Marker(
            "quoted",
            b"data-author=",
            re.compile(rb"data-author=(?:\\\x01|''|\\\"|\")(.{1,255}?)(?:\\\x01|''|\\\"|\")", re.DOTALL),
            by_name=True,
        ),
    ),
}


def found_in(
    text: bytes, starts: Sequence[int], ends: Sequence[int], marker: Marker
) -> tuple[list[int], list[bytes]]:
    r"""Find what a marker captures in bodies that lie in one text.

    The sign is looked for in the whole text at once, whatever lies between the bodies. A body that points at
    one account several times counts once.

    Args:
        text: Masked, as dumped.
        starts: Of each body, ascending.
        ends: Of each body.
        marker: What to find.

    Returns:
        Positions among the bodies, and for each what was captured.

    Example:
        >>> text = rb"(1,'<p>no</p>'),(2,'<a data-mentionid=\"7\">@x</a>'),"
        >>> found_in(text, [3, 19], [14, 50], DIALECTS["ips4"][1])
        ([1], [b'7'])
    """
    sign, findall = marker.sign, marker.pattern.findall
    rows: list[int] = []
    captured: list[bytes] = []
    if not starts:
        return rows, captured
    last = ends[-1]
    at = text.find(sign, starts[0], last)
    while at >= 0:
        row = bisect_right(starts, at) - 1
        if at < (end := ends[row]):
            once = dict.fromkeys(findall(text, at, end))
            captured += once
            rows += [row] * len(once)
            at = end
        else:  # in another column
            at += 1
        at = text.find(sign, at, last)
    return rows, captured
