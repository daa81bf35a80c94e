"""Finds whom a post quotes or mentions by its markup; the text itself is never kept."""

from __future__ import annotations

import re
from collections.abc import Sequence

from attrs import frozen

__all__ = ["DIALECTS", "Marker", "found_in", "worth_a_look"]

# Quotes around an attribute, as an SQL literal holds them: masked, escaped, doubled or plain.
_Q = rb"[\\\x01\"']*+"


@frozen
class Marker:
    """One way in which a dialect points at another account.

    Attributes:
        kind: Of the relation.
        sign: Bytes without which there is nothing to find; testing for them first is what makes it cheap.
        pattern: Captures an account's id, or its name as an SQL text without quotes.
        by_name: Whether it captures a name.
    """

    kind: str
    sign: bytes
    pattern: re.Pattern[bytes]
    by_name: bool = False


DIALECTS: dict[str, tuple[Marker, ...]] = {
    "ips4": (
        Marker("quoted", b"ipsquote-userid", re.compile(rb"data-ipsquote-userid=" + _Q + rb"(\d{1,18})")),
        Marker("mentioned", b"data-mentionid", re.compile(rb"data-mentionid=" + _Q + rb"(\d{1,18})")),
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


# Bytes without which a body of the dialect holds no marker at all; empty when there are none.
_HINTS = {"ips4": b"data-", "ipb3": b""}


def worth_a_look(bodies: Sequence[bytes], dialect: str) -> list[int]:
    """Return the positions of bodies that may hold a marker; a short search instead of one for each."""
    hint = _HINTS[dialect]
    return [index for index, body in enumerate(bodies) if hint in body] if hint else list(range(len(bodies)))


def found_in(bodies: Sequence[bytes], among: Sequence[int], marker: Marker) -> tuple[list[int], list[bytes]]:
    r"""Find what a marker captures in literals of bodies.

    A body that points at one account several times counts once.

    Args:
        bodies: Literals.
        among: Positions that are worth a look.
        marker: What to find.

    Returns:
        Positions among the bodies, and for each what was captured.

    Example:
        >>> found_in([b"'<p>no</p>'", rb"'<a data-mentionid=\"7\">@x</a>'"], [0, 1], DIALECTS["ips4"][1])
        ([1], [b'7'])
    """
    sign, findall = marker.sign, marker.pattern.findall
    rows: list[int] = []
    captured: list[bytes] = []
    for row in [index for index in among if sign in bodies[index]]:
        once = dict.fromkeys(findall(bodies[row]))
        captured += once
        rows += [row] * len(once)
    return rows, captured
