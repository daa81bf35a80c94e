"""What was read of a list's file and what was not: absence from half a dump is not absence."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from attrs import field, frozen

__all__ = ["Completeness", "TableReport", "completeness_from_dict"]


def _texts(given: Iterable[str]) -> tuple[str, ...]:
    return tuple(given)


@frozen(kw_only=True)
class TableReport:
    """What became of one table of the file.

    Attributes:
        name: The table's name in the file.
        role: The profile's name for it (``"members"``), or an empty string when it was skipped.
        rows: Rows read.
        rows_expected: Rows that the file itself announces (a counter, a footer); ``None`` if it does not.
        rows_quarantined: Rows that could not be read and were left out.
        columns_kept: Names of the columns captured.
        columns_dropped: Names of the columns not captured; credentials are always among these.
        note: Anything a reader of the report should know, without personal values.
    """

    name: str
    role: str = ""
    rows: int = 0
    rows_expected: int | None = None
    rows_quarantined: int = 0
    columns_kept: tuple[str, ...] = field(default=(), converter=_texts)
    columns_dropped: tuple[str, ...] = field(default=(), converter=_texts)
    note: str = ""


def _reports(given: Iterable[TableReport]) -> tuple[TableReport, ...]:
    return tuple(given)


@frozen(kw_only=True)
class Completeness:
    """The completeness report of one list, shown with every result against it.

    Attributes:
        file: The file's name, without folders.
        sha256: Of the file as handed in, 64 hexadecimal digits.
        size: Bytes of the file as handed in.
        reader: Which reader read it (``"mysqldump"``, ``"table"``).
        profile: Which profile (``"ips4+ipb3"``), or an empty string.
        encoding: The text encoding that the file declares or that was found.
        bytes_read: Decompressed bytes looked at.
        bytes_unread: Decompressed bytes that could not be read and were skipped over.
        ended_well: Whether the file's own end mark was seen; ``None`` for a format without one.
        statements_skipped: Statements that are no rows of a wanted table.
        tables: One report per table, in file order.
        notes: Sentences for people, without personal values.
        controls: SHA-256 of the outputs about made-up handles by which an account finder's sites were judged, sorted.
    """

    file: str
    sha256: str
    size: int
    reader: str
    profile: str = ""
    encoding: str = ""
    bytes_read: int = 0
    bytes_unread: int = 0
    ended_well: bool | None = None
    statements_skipped: int = 0
    tables: tuple[TableReport, ...] = field(default=(), converter=_reports)
    notes: tuple[str, ...] = field(default=(), converter=_texts)
    controls: tuple[str, ...] = field(default=(), converter=_texts)

    @property
    def rows_quarantined(self) -> int:
        """Rows of all tables that could not be read."""
        return sum(table.rows_quarantined for table in self.tables)

    @property
    def complete(self) -> bool:
        """True when nothing is known to be missing; a list that is not complete cannot show absence."""
        return self.ended_well is not False and not self.bytes_unread and not self.rows_quarantined


def completeness_from_dict(data: dict[str, Any]) -> Completeness:
    """Read back a completeness report that was written as plain values."""
    tables = tuple(TableReport(**table) for table in data.pop("tables", ()))
    return Completeness(tables=tables, **data)
