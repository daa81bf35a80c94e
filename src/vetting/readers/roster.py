"""The roster: the applicants to be screened, from a CSV, Excel or Parquet file."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from os import PathLike, fspath
from pathlib import Path
from typing import overload

from attrs import frozen

from vetting.errors import RosterError
from vetting.readers.delimited import (
    BadRecord,
    EncodingProblem,
    decoded,
    excel_note,
    records,
    sniff_delimiter,
)
from vetting.readers.headers import ROSTER_HEADERS, fold_header, match_headers
from vetting.readers.roster_rows import QuarantinedValue, Row, RowReader
from vetting.readers.sheets import MAGIC_PARQUET, MAGIC_ZIP, parquet_rows, xlsx_rows
from vetting.records.people import Applicant

__all__ = ["QuarantinedValue", "Roster", "read_roster", "read_roster_column"]

_LARGEST = 1 << 30
_COLUMNS = (
    "id, name, given_name, family_name, aliases, date_of_birth, email, phone, handle, address, postcode, url"
)
_OTHER_FORMATS = (b"\x1f\x8b", b"\xd0\xcf\x11\xe0", b"%PDF", b"7z\xbc\xaf", b"\x28\xb5\x2f\xfd", b"BZh")


@frozen(kw_only=True)
class Roster(Sequence[Applicant]):
    """The applicants of one file, and what was not read of it.

    Attributes:
        applicants: In file order; ids are unique.
        source: The file's path as the caller gave it.
        sha256: Of the file, 64 hexadecimal digits.
        columns_used: Pairs of a header as written and the field that it was read as.
        columns_ignored: Headers that mean nothing here; a column without one is ``"column 4"``.
        quarantined: What could not be read. An applicant whose date was quarantined is in the roster,
            without it; an applicant whose row was quarantined is not.
    """

    applicants: tuple[Applicant, ...]
    source: str
    sha256: str
    columns_used: tuple[tuple[str, str], ...]
    columns_ignored: tuple[str, ...]
    quarantined: tuple[QuarantinedValue, ...]

    def __len__(self) -> int:
        return len(self.applicants)

    def __iter__(self) -> Iterator[Applicant]:
        return iter(self.applicants)

    @overload
    def __getitem__(self, index: int) -> Applicant: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Applicant, ...]: ...
    def __getitem__(self, index: int | slice) -> Applicant | tuple[Applicant, ...]:
        return self.applicants[index]


def read_roster(path: str | PathLike[str]) -> Roster:
    """Read the applicants.

    Columns, in any order: ``id``, ``name`` or ``given_name`` and ``family_name``, ``aliases``,
    ``date_of_birth``, ``email``, ``phone``, ``handle``, ``address``, ``postcode``, ``url``. Headers may be
    written in other ways ("E-Mail", "DoB", "Surname"). Several values in a cell are separated by ``;``, a
    handle may carry its platform (``twitter:sam_ex``). A date that may be read in two ways keeps both.

    Args:
        path: CSV with ``,``, ``;``, tab or ``|`` in UTF-8, UTF-16 or Windows-1252; .xlsx; or Parquet.

    Returns:
        The applicants, with the columns that were not used and the values that could not be read.

    Raises:
        RosterError: The file cannot be used: no such file, no rows, no id column, an id twice, mixed
            encodings, broken quoting. It names the file, the line and the remedy.
        MissingPartError: For .xlsx, when python-calamine is not installed.
    """
    source = fspath(path)
    sha256, unit, rows = _rows(source)
    reader = RowReader(source, unit)
    applicants = reader.read(rows)
    columns = list(zip(reader.headers, reader.fields, strict=True))
    return Roster(
        applicants=tuple(applicants),
        source=source,
        sha256=sha256,
        columns_used=tuple((header, name) for header, name in columns if name),
        columns_ignored=tuple(header for header, name in columns if not name),
        quarantined=tuple(reader.quarantined),
    )


def read_roster_column(path: str | PathLike[str], column: str) -> dict[str, str]:
    """Read a further column of a roster, such as a group that error rates are counted by.

    Args:
        path: As for :func:`read_roster`.
        column: The column's header, in whatever case and punctuation.

    Returns:
        Applicant id -> the cell's text, empty where it is; for every applicant of the roster.

    Raises:
        RosterError: As for :func:`read_roster`, or no column, or more than one, has that header.
    """
    source = fspath(path)
    _, unit, found = _rows(source)
    rows = list(found)
    reader = RowReader(source, unit)
    known = {applicant.id for applicant in reader.read(iter(rows))}
    wanted = fold_header(column)
    places = [place for place, header in enumerate(reader.headers) if fold_header(header) == wanted]
    if len(places) != 1:
        raise RosterError(
            source,
            place=f"column {column!r}",
            reason="no column has that header" if not places else "several columns have that header",
            remedy="Give the header of one column as the file has it.",
        )
    key = reader.fields.index("id")
    return {
        cells[key].strip(): cells[places[0]].strip()
        for _, cells in rows
        if len(cells) == len(reader.fields) and cells[key].strip() in known
    }


def _rows(source: str) -> tuple[str, str, Iterator[Row]]:
    """The SHA-256 of a roster's content, what its rows are called, and the rows."""
    raw = _content(Path(source))
    sha256 = hashlib.sha256(raw).hexdigest()
    if raw.startswith(MAGIC_ZIP):
        return sha256, "row", enumerate(xlsx_rows(Path(source), RosterError), 1)
    if raw.startswith(MAGIC_PARQUET):
        return sha256, "row", enumerate(parquet_rows(Path(source), RosterError), 1)
    return sha256, "line", _text_rows(raw, source)


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            raw = file.read(_LARGEST + 1)
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        reason = "no such file" if isinstance(error, FileNotFoundError) else "the file cannot be opened"
        raise RosterError(path, reason=reason, remedy="Give the path of a roster that can be read.") from None
    if len(raw) > _LARGEST:
        raise RosterError(
            path, reason="larger than 1 GiB", remedy="Split the roster, or write it as Parquet."
        )
    if not raw.strip():
        raise RosterError(path, reason="the file is empty", remedy="Export the roster again.")
    if raw.startswith(_OTHER_FORMATS):
        raise RosterError(
            path,
            reason="compressed, or in a format that is not read here",
            remedy="Unpack it, or save it as CSV, .xlsx or Parquet.",
        )
    return raw


def _text_rows(raw: bytes, source: str) -> Iterator[Row]:
    try:
        text, _ = decoded(raw)
    except EncodingProblem as problem:
        raise RosterError(
            source,
            place=f"line {problem.line}",
            reason=problem.reason,
            remedy="Save the whole file as UTF-8.",
        ) from None
    del raw  # only the text is needed from here on
    noted, text = excel_note(text)
    delimiter = noted or sniff_delimiter(text, _known)
    above = 1 if noted else 0  # lines above the header
    for record in records(text, delimiter):
        if isinstance(record, BadRecord):
            raise RosterError(
                source,
                place=f"line {above + record.line}",
                reason=record.reason,
                remedy='Put the cell in quotation marks and double those inside it ("").',
            )
        yield above + record.line, record.fields


def _known(headers: list[str]) -> int:
    return sum(map(bool, match_headers(headers, ROSTER_HEADERS)))
