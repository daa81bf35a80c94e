"""How far a graph reaches, and what it shows of the relations on the way."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Collection
from datetime import UTC, datetime
from typing import TypedDict

from attrs import field, frozen

from vetting.errors import RecordError

__all__ = ["GraphLimits", "GraphLimitsGiven"]

_DAY = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)


class GraphLimitsGiven(TypedDict, total=False):
    """The limits as keywords; see :class:`GraphLimits`."""

    hops: int
    hub_cap: int
    kinds: Collection[str] | None
    since: str
    until: str


def _names(kinds: Collection[str] | None) -> tuple[str, ...] | None:
    if isinstance(kinds, str):
        raise RecordError("GraphLimits", "kinds", "several names are wanted, in a list")
    return None if kinds is None else tuple(sorted(set(kinds)))


@frozen(kw_only=True)
class GraphLimits:
    """How far a graph reaches, and which relations it shows.

    Attributes:
        hops: How many relations away from a candidate's account; 0 for none.
        hub_cap: A node with more relations on the whole list, of whatever kind, is shown as a hub and not
            followed; of a candidate's own account that many relations are shown.
        kinds: Only relations of these kinds; ``None`` for all.
        since: ISO 8601 day, month or year; only relations that were still there then, or came later.
        until: The same; only relations that had begun by its end.

    A relation is within the time when its first and last occurrence overlap it. One that has a single date
    happened then; one without any is left out and counted, for nobody can say when it was.

    Raises:
        ValueError: ``hops`` is negative or ``hub_cap`` less than 1.
        RecordError: Which is a ``ValueError`` too: ``kinds`` is a text, a date is none, or the time ends before it
            begins.

    Example:
        >>> GraphLimits(hops=2, since="2014", until="2016-06").window
        (1388534400, 1467331199)
    """

    hops: int = field(default=1)
    hub_cap: int = field(default=200)
    kinds: tuple[str, ...] | None = field(default=None, converter=_names)
    since: str = ""
    until: str = ""
    window: tuple[int, int] | None = field(init=False)
    """First and last second of the time asked for, of the Unix epoch; ``None`` for all time."""

    @hops.validator
    def _is_a_distance(self, _attribute: object, value: int) -> None:
        if value < 0:
            raise ValueError("hops must be 0 or more")

    @hub_cap.validator
    def _is_a_number(self, _attribute: object, value: int) -> None:
        if value < 1:
            raise ValueError("hub_cap must be 1 or more")

    @window.default
    def _seconds(self) -> tuple[int, int] | None:
        if not (self.since or self.until):
            return None
        since = _moment("since", self.since or "0001", last=False)
        until = _moment("until", self.until or "9999", last=True)
        if until < since:
            raise RecordError("GraphLimits", "until", "is before since")
        return since, until


def _moment(name: str, text: str, *, last: bool) -> int:
    """The first or last second of a day, month or year."""
    found = _DAY.fullmatch(text)
    try:
        year, month, day = (
            (int(part) if part else None for part in found.groups()) if found else (0, None, None)
        )
        month = month or (12 if last else 1)
        day = day or (monthrange(year or 0, month)[1] if last else 1)
        clock = (23, 59, 59) if last else (0, 0, 0)
        return int(datetime(year or 0, month, day, *clock, tzinfo=UTC).timestamp())
    except ValueError as error:
        raise RecordError("GraphLimits", name, "a date as 2014, 2014-03 or 2014-03-31 is wanted") from error
