"""Rows of a roster to applicants, with what had to be left out."""

from __future__ import annotations

import gc
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from attrs import frozen

from vetting.errors import RecordError, RosterError
from vetting.readers.headers import ROSTER_HEADERS, SEVERAL_COLUMNS, match_headers, nearest
from vetting.records.dates import PartialDate
from vetting.records.identifiers import Identifier, IdentifierKind
from vetting.records.people import Applicant

__all__ = ["QuarantinedValue", "Row", "RowReader"]

_COLUMNS = (
    "id, name, given_name, family_name, aliases, date_of_birth, email, phone, handle, address, postcode, url"
)

_PARTS = ("given_name", "middle_name", "family_name")

Row = tuple[int, list[str]]
"""Where it is in the file, from 1, and its cells."""


@frozen(kw_only=True)
class QuarantinedValue:
    """A value, or a whole row, of the roster that could not be read and was left out.

    Attributes:
        line: The line of a text file, or the row of a sheet, from 1; the header is 1.
        column: The column's header as written; empty when the whole row was left out.
        reason: What is wrong, without the value.
    """

    line: int
    column: str
    reason: str


class RowReader:
    """Turns rows into applicants, and notes what it leaves out.

    Attributes:
        headers: The columns' headers as written, known once :meth:`read` has seen the first row.
        fields: For each of them the field that it was read as, or ``None``.
        quarantined: What was left out.
    """

    def __init__(self, source: str, unit: str) -> None:
        self.source = source
        self.unit = unit
        self.headers: list[str] = []
        self.fields: list[str | None] = []
        self.quarantined: list[QuarantinedValue] = []
        self._places: defaultdict[str, tuple[int, ...]] = defaultdict(tuple)
        self._platforms: list[tuple[int, str]] = []

    def read(self, rows: Iterator[Row]) -> list[Applicant]:
        """Read all rows, the header first; rows without any text are passed over.

        Raises:
            RosterError: No rows, no id column, a column or an id twice.
        """
        filled = ((place, cells) for place, cells in rows if any(map(str.strip, cells)))
        place, header = next(filled, (1, []))
        if not header:
            raise RosterError(self.source, reason="the file holds no rows", remedy="Export the roster again.")
        self._columns(place, header)
        with _uncollected():
            applicants = self._applicants(filled)
        if not applicants:
            raise RosterError(
                self.source,
                reason=f"no applicant can be read; {len(self.quarantined)} rows were left out"
                if self.quarantined
                else "no rows below the header",
                remedy="Check that each row has as many cells as the header, and an id.",
            )
        return applicants

    def _applicants(self, filled: Iterator[Row]) -> list[Applicant]:
        lines: dict[str, int] = {}
        applicants: list[Applicant] = []
        for place, cells in filled:
            applicant = self._applicant(place, cells)
            if applicant is None:
                continue
            if applicant.id in lines:
                raise RosterError(
                    self.source,
                    place=f"{self.unit} {place}",
                    reason=f"the id of {self.unit} {lines[applicant.id]} again",
                    remedy="Give every applicant an id of their own, several values in one row.",
                )
            lines[applicant.id] = place
            applicants.append(applicant)
        return applicants

    def _columns(self, place: int, header: list[str]) -> None:
        where = f"{self.unit} {place}"
        self.headers = [cell.strip() or f"column {number}" for number, cell in enumerate(header, 1)]
        self.fields = match_headers(header, ROSTER_HEADERS)
        self._places = defaultdict(tuple)
        for at, name in enumerate(self.fields):
            if name:
                self._places[name] += (at,)
        self._platforms = [
            (at, name.removeprefix("handle:"))
            for at, name in enumerate(self.fields)
            if name and name.startswith("handle:")
        ]
        used = [name for name in self.fields if name]
        twice = sorted({name for name in used if name not in SEVERAL_COLUMNS and used.count(name) > 1})
        twice = [name for name in twice if not name.startswith("handle:")]
        if twice:
            raise RosterError(
                self.source,
                place=where,
                reason=f"two columns mean {', '.join(twice)}",
                remedy="Keep one of them.",
            )
        if "id" not in used or len(used) < 2:
            reason = "no column is named id" if "id" not in used else "no column but the id is known"
            raise RosterError(
                self.source,
                place=where,
                reason=reason + self._near(header),
                remedy=f"Known columns: {_COLUMNS}.",
            )

    def _near(self, header: list[str]) -> str:
        """Which columns are known, and what the others resemble.

        What is no known header may be an applicant's value, where the header is missing or torn, so that only known
        headers are repeated.
        """
        parts: list[str] = []
        for number, cell in enumerate(header[:50], 1):
            known = self.fields[number - 1]
            found = None if known else nearest(cell, ROSTER_HEADERS)
            shown = f"{number} {cell.strip()[:40]!a}" if known else str(number)
            parts.append(f"{shown} (did you mean {found}?)" if found else shown)
        return f"; its columns are {', '.join(parts)}"

    def _quarantine(self, place: int, column: str, reason: str) -> None:
        self.quarantined.append(QuarantinedValue(line=place, column=column, reason=reason))

    def _applicant(self, place: int, cells: list[str]) -> Applicant | None:
        if len(cells) != len(self.fields):
            self._quarantine(place, "", f"{len(cells)} cells where the header has {len(self.fields)}")
            return None
        places = self._places
        id_ = cells[places["id"][0]].strip()
        if not id_:
            self._quarantine(place, self.headers[places["id"][0]], "no id")
            return None
        try:
            return Applicant(
                id=id_,
                names=_names(cells, places),
                date_of_birth=self._date(place, cells),
                emails=_several(cells, places["email"]),
                phones=_several(cells, places["phone"]),
                handles=_several(cells, places["handle"]) + self._platform_handles(cells),
                places=_several(cells, places["address"]) + _several(cells, places["postcode"]),
                urls=_several(cells, places["url"]),
            )
        except RecordError as error:
            self._quarantine(place, "", f"{error.field}: {error.reason}")
            return None

    def _platform_handles(self, cells: list[str]) -> list[Identifier]:
        """Handles of columns that are named after a platform; several of one platform stand together."""
        found: dict[str, list[str]] = {}
        for at, platform in self._platforms:
            if cell := cells[at].strip():
                found.setdefault(platform, []).append(cell)
        return [
            Identifier(kind=IdentifierKind.HANDLE, value=part, platform=platform)
            for platform, given in found.items()
            for part in _several(given, range(len(given)))
        ]

    def _date(self, place: int, cells: list[str]) -> PartialDate | None:
        text = _first(cells, self._places["date_of_birth"])
        try:
            return PartialDate.parse(text) if text else None
        except RecordError as error:
            self._quarantine(place, self.headers[self._places["date_of_birth"][0]], error.reason)
            return None


@contextmanager
def _uncollected() -> Iterator[None]:
    """Spare the garbage collector, which would look through all applicants again and again: they hold no cycles."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _first(cells: list[str], places: Sequence[int]) -> str:
    return cells[places[0]].strip() if places else ""


def _several(cells: list[str], places: Sequence[int]) -> list[Any]:
    if len(places) == 1 and ";" not in (cell := cells[places[0]]):
        cell = cell.strip()
        return [cell] if cell else []
    return [part.strip() for at in places for part in cells[at].split(";") if part.strip()]


def _names(cells: list[str], places: Mapping[str, Sequence[int]]) -> list[Identifier]:
    """The first whole name is the current one; every other is an alias."""
    whole = _several(cells, places["name"])
    if joined := " ".join(filter(None, (_first(cells, places[part]) for part in _PARTS))):
        whole.append(joined)
    aliases = [alias for alias in _several(cells, places["aliases"]) if alias not in whole]
    if not aliases and len(whole) == 1:
        return [Identifier(kind=IdentifierKind.NAME, value=whole[0])]
    named = [
        Identifier(kind=IdentifierKind.NAME, value=name, role="alias" if number else "current")
        for number, name in enumerate(dict.fromkeys(whole))
    ]
    return named + [
        Identifier(kind=IdentifierKind.NAME, value=alias, role="alias") for alias in dict.fromkeys(aliases)
    ]
