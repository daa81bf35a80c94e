"""Spreadsheets and Parquet files as rows of text."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from lzma import LZMAError
from pathlib import Path

from vetting.errors import InputError, MissingPartError

__all__ = ["MAGIC_PARQUET", "MAGIC_ZIP", "cell_text", "filled_sheets", "parquet_rows", "xlsx_rows"]

MAGIC_ZIP = b"PK\x03\x04"
MAGIC_PARQUET = b"PAR1"

_MOST_BYTES = 2 << 30  # unpacked; a million rows of twenty columns stay well below
_MOST_CELLS = 100_000_000  # the reader lays a sheet out as a full rectangle, empty cells included
_MOST_COLUMNS = 4096
# Where a cell or row says that it stands, and the tags of both. The library believes any number and leaves no
# member out, so neither does the search: it is not tied to a tag, a prefix or a folder.
_PLACE = re.compile(rb"""\sr\s*=\s*["']\s*([A-Za-z]*)(\d+)""")
_TAG = re.compile(rb"<(?:[\w.-]+:)?(row|c)\b")
_LONGEST_TAG = 2 << 20  # with the text after it; a cell holds 32,767 characters
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
_DAMAGE = (
    zipfile.BadZipFile, zlib.error, LZMAError, RuntimeError, NotImplementedError, OSError, EOFError, ValueError,
)  # fmt: skip


def cell_text(value: object) -> str:
    """A cell's value as text: a date as YYYY-MM-DD, a whole number without its decimals, a list by ``;``.

    Example:
        >>> cell_text(447700900123.0), cell_text(None), cell_text(datetime(1990, 4, 3))
        ('447700900123', '', '1990-04-03')
    """
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, datetime):
        midnight = value.time() == time.min
        return value.date().isoformat() if midnight else value.isoformat(sep=" ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return ";".join(filter(None, map(cell_text, value)))
    if isinstance(value, dict | timedelta | time):
        return ""  # no identifier has this type
    return str(value)


def _texts(row: Iterable[object]) -> list[str]:
    return [cell if type(cell) is str else cell_text(cell) for cell in row]  # nearly all are


def xlsx_rows(path: Path, error: type[InputError]) -> Iterator[list[str]]:
    """Read the first sheet that holds anything; formulas give the value that was last computed.

    Args:
        path: The workbook.
        error: What to raise when it cannot be read.

    Yields:
        Rows of text, the header first, all of one width.

    Raises:
        MissingPartError: python-calamine is not installed.
        InputError: Of the given class: the workbook is damaged, encrypted or too large.
    """
    try:
        from python_calamine import CalamineError, CalamineWorkbook
    except ImportError:
        raise MissingPartError("python-calamine", "Install it with `pip install vetting[xlsx]`.") from None
    _check_workbook(path, error)
    try:
        workbook = CalamineWorkbook.from_path(path)
        for name in workbook.sheet_names:
            sheet = workbook.get_sheet_by_name(name)
            if sheet.height and sheet.width:
                yield from map(_texts, sheet.iter_rows())
                return
    except (CalamineError, OSError, ValueError) as problem:
        raise error(
            path,
            reason=f"the workbook cannot be read ({type(problem).__name__})",
            remedy="Save it again as .xlsx without a password, or as CSV.",
        ) from None


def filled_sheets(path: Path) -> int:
    """Count the sheets that hold anything, of a workbook that :func:`xlsx_rows` has opened."""
    from python_calamine import CalamineWorkbook

    workbook = CalamineWorkbook.from_path(path)
    names = workbook.sheet_names
    if len(names) == 1:
        return 1
    sheets = (workbook.get_sheet_by_name(name) for name in names)
    return sum(bool(sheet.height and sheet.width) for sheet in sheets)


def _check_workbook(path: Path, error: type[InputError]) -> None:
    """Refuse a workbook whose content would not fit into memory: a small file can claim a vast sheet."""
    remedy = "Save the sheet as CSV."
    try:
        with zipfile.ZipFile(path) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > _MOST_BYTES:
                raise error(path, reason="the workbook unpacks to more than 2 GiB", remedy=remedy)
            sheets = [name for name in archive.namelist() if _SHEET.fullmatch(name)]
            if not sheets:
                raise error(path, reason="not an Excel workbook (.xlsx)", remedy=remedy)
            for name in archive.namelist():
                columns, rows = _extent(archive, name)
                if columns > _MOST_COLUMNS or columns * rows > _MOST_CELLS:
                    place = name if _SHEET.fullmatch(name) else ""
                    raise error(
                        path, place=place, reason="the sheet's cells reach too far out", remedy=remedy
                    )
    except _DAMAGE as problem:
        raise error(
            path,
            reason=f"the workbook is damaged or encrypted ({type(problem).__name__})",
            remedy="Save it again as .xlsx without a password, or as CSV.",
        ) from None


def _extent(archive: zipfile.ZipFile, name: str) -> tuple[int, int]:
    """Columns and rows that the cells of a member reach, said or counted; ValueError for what cannot be looked into."""
    columns = rows = counted = 0
    tail = run = b""
    with archive.open(name) as file:
        while chunk := file.read(1 << 20):
            data = tail + chunk
            if not counted and not columns and data[:4].count(0) and b"<" in data[:4]:
                raise ValueError(name)  # UTF-16, in which nothing would be found
            end = max(data.rfind(b"<"), 0) if len(chunk) == 1 << 20 else len(data)
            tail = data[end:]
            if len(tail) > _LONGEST_TAG:
                raise ValueError(name)
            found = _PLACE.findall(data)  # each row's number once for every cell of it
            columns = max([columns, *map(_column_number, {letters for letters, _ in found})])
            rows = max([rows, *(int(digits[:12]) for digits in {digits for _, digits in found})])
            *before, run = (run + b"".join(_TAG.findall(data[:end]))).split(b"row")
            counted += len(before)
            columns = max([columns, len(run), *map(len, before)])
    return columns, max(rows, counted)


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters[:12].upper():
        number = number * 26 + letter - 64
    return number


def parquet_rows(path: Path, error: type[InputError]) -> Iterator[list[str]]:
    """Read a Parquet file row by row.

    Args:
        path: The file.
        error: What to raise when it cannot be read.

    Yields:
        Rows of text, the column names first; a list value is joined by ``;``.

    Raises:
        InputError: Of the given class: the file is damaged or has too many columns.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        with pq.ParquetFile(path) as file:
            names = [name.replace("\n", " ") for name in file.schema_arrow.names]
            if len(names) > _MOST_COLUMNS:
                raise error(path, reason="more than 4096 columns", remedy="Keep the columns that matter.")
            yield names
            for batch in file.iter_batches(batch_size=65_536):
                columns: list[Iterable[object]] = [column.to_pylist() for column in batch.columns]
                yield from map(_texts, zip(*columns, strict=True))
    except (pa.ArrowException, OSError, ValueError, OverflowError) as problem:
        raise error(
            path,
            reason=f"the Parquet file cannot be read ({type(problem).__name__})",
            remedy="Write it again, or save it as CSV.",
        ) from None
