"""Member tables as files: CSV, TSV, Excel or Parquet, each row an account."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from os import PathLike
from pathlib import Path

import pyarrow.compute as pc
from attrs import define, field

from vetting.errors import TableError
from vetting.readers.credentials import credential_values, is_credential_column
from vetting.readers.files import InputFile, file_sha256
from vetting.readers.headers import SEVERAL_COLUMNS, TABLE_HEADERS, fold_header, match_headers, nearest
from vetting.readers.mappings import TableMapping
from vetting.readers.reading import Progress, Reading, not_read_yet
from vetting.readers.sheets import MAGIC_PARQUET
from vetting.readers.table_batches import TableBatches
from vetting.readers.table_lines import TextLines
from vetting.readers.table_sheets import ParquetTable, SheetTable
from vetting.readers.table_text import DelimitedTable, RowBlock
from vetting.records.completeness import Completeness, TableReport
from vetting.records.schemas import Batch

__all__ = ["read_table"]

_SHORTEST_HASH = 20  # characters; the shortest that is met, of DES, has no mark to know it by
_NO_MAPPING = TableMapping(columns={})
# These say nothing of who somebody is.
_ANSWERS = frozenset({"username", "urluser", "exists"})  # columns of Maigret's and Sherlock's tables
_ABOUT = frozenset({"account_id", "status", "created_at", "last_seen", "groups"})


def read_table(
    path: str | PathLike[str],
    *,
    mapping: TableMapping | str | PathLike[str] | None = None,
    progress: Progress | None = None,
) -> Reading:
    """Open a member table; nothing but its first bytes and its header is read yet.

    Each row is an account, also where it names a household. Without a column for the account's id the row's number is the id
    (``"row-17"``). A row whose cells do not fit the header, or have slid into their neighbours' columns, is
    quarantined: it is never read into the wrong fields. Columns that hold passwords or other credentials are never captured.

    Args:
        path: CSV with ``,``, ``;``, tab or ``|``, plain or packed by gzip or zip; .xlsx; or Parquet.
        mapping: Which column is what, or the path of a TOML file that says it; ``None`` to go by the headers
            ("Member no", "E-Mail", "DoB").
        progress: Called now and then with the bytes consumed and the file's size.

    Returns:
        The reading: batches of accounts and identifiers, then the completeness report.

    Raises:
        TableError: No header, or none of its columns says who an account belongs to; or the mapping's file
            is not right, or names columns that the table does not have.
        InputError: The file is empty or cannot be opened.
        ArchiveError: It is compressed, and damaged, encrypted or too large unpacked.
        MissingPartError: For .xlsx, when python-calamine is not installed.

    Cost:
        Memory for some blocks of 4 MiB; about 1 microsecond a row and core where quoting is regular.
    """
    if isinstance(mapping, str | PathLike):
        mapping = TableMapping.read(mapping)
    options = mapping or _NO_MAPPING
    file = InputFile(Path(path), progress=progress)
    table: DelimitedTable | SheetTable | ParquetTable
    if _is_workbook(file):
        table = SheetTable(file.path, progress)
    elif file.container == "plain" and file.head(4) == MAGIC_PARQUET:
        table = ParquetTable(file.path, progress)
    else:
        table = DelimitedTable(TextLines(file, options.encoding), options.delimiter)
    headers = table.open()
    fields = _fields(headers, mapping, file.path)
    return _TableReading(file=file, table=table, headers=headers, fields=fields, mapping=options)


@define
class _TableReading:
    file: InputFile
    table: DelimitedTable | SheetTable | ParquetTable
    headers: list[str]
    fields: list[str | None]
    mapping: TableMapping
    _refused: list[int] = field(init=False, factory=list)
    _emptied: int = field(init=False, default=0)
    _completeness: Completeness | None = field(init=False, default=None)
    _begun: bool = field(init=False, default=False)

    def batches(self) -> Iterator[Batch]:
        if self._begun:
            raise RuntimeError("batches() was iterated before. Call read_table again.")
        self._begun = True
        captured = [index for index, name in enumerate(self.fields) if name]
        batches = TableBatches(self.fields, self.mapping)
        for block in self.table.blocks(captured):
            yield from batches.of(self._without_credentials(block))
        self._completeness = self._report(batches)

    @property
    def completeness(self) -> Completeness:
        if self._completeness is None:
            raise not_read_yet()
        return self._completeness

    def _without_credentials(self, block: RowBlock) -> RowBlock:
        """Empty every cell that looks like a hash; stop capturing a column that is made of such."""
        columns = {}
        for index, column in block.columns.items():
            if not self.fields[index]:
                continue
            long = pc.greater_equal(pc.binary_length(column), _SHORTEST_HASH)
            candidates = column.filter(long)
            count = pc.sum(credential_values(candidates)).as_py() or 0 if len(candidates) else 0
            if count * 2 > (pc.sum(pc.not_equal(column, "")).as_py() or 0):
                self.fields[index] = None
                self._refused.append(index)
                continue
            self._emptied += count
            columns[index] = pc.if_else(credential_values(column), "", column) if count else column
        return RowBlock(block.ordinals, columns)

    def _report(self, batches: TableBatches) -> Completeness:
        table, size = self.table, self.file.size
        uneven = table.quarantined if isinstance(table, DelimitedTable) else 0
        quarantined = uneven + batches.shifted
        names = [header.strip() or f"column {number}" for number, header in enumerate(self.headers, 1)]
        report = TableReport(
            name=self.file.path.name,
            role="members",
            rows=table.rows - quarantined,
            rows_expected=table.rows_expected if isinstance(table, ParquetTable) else None,
            rows_quarantined=quarantined,
            columns_kept=tuple(name for name, kept in zip(names, self.fields, strict=True) if kept),
            columns_dropped=tuple(name for name, kept in zip(names, self.fields, strict=True) if not kept),
            note="; ".join(self._notes(batches)),
        )
        return Completeness(
            file=self.file.path.name,
            sha256=self.file.sha256 or file_sha256(self.file.path),
            size=size,
            reader="table",
            encoding=(table.text.encoding or "") if isinstance(table, DelimitedTable) else "",
            bytes_read=table.text.bytes_read if isinstance(table, DelimitedTable) else size,
            tables=(report,),
            notes=(self._why(),),
        )

    def _notes(self, batches: TableBatches) -> Iterator[str]:
        table = self.table
        counts = [
            (batches.dates_quarantined, "values of date columns that are no dates, left out"),
            (batches.shifted, "rows whose cells have slid into their neighbours' columns, in quarantine"),
            (
                batches.households,
                "names of more than one person, kept as written",
            ),
            (
                table.other_sheets if isinstance(table, SheetTable) else 0,
                "further sheets that hold cells, not read",
            ),
            (batches.without_id, "rows whose id cell is empty, their row number is their id"),
            (self._emptied, "values that look like credentials, left out"),
            (batches.empty, "rows that hold nothing, passed over"),
        ]
        if isinstance(table, DelimitedTable):
            counts += [
                (table.text.relined, "lines that are not UTF-8, read as Windows-1252"),
                (table.text.replaced, "characters that are not in the file's encoding"),
            ]
        if "account_id" not in self.fields:
            yield "no column of account ids; the row number is the id"
        if self._refused:
            places = ", ".join(str(index + 1) for index in self._refused)
            yield f"columns whose values look like credentials were not captured: {places}"
        yield from (f"{what}: {count}" for count, what in counts if count)

    def _why(self) -> str:
        """Say in a sentence what the file was taken for, and from what."""
        table = self.table
        if isinstance(table, SheetTable):
            what = "an Excel workbook, by its content types"
        elif isinstance(table, ParquetTable):
            what = "Parquet, by its first bytes"
        else:
            mark = {"\t": "tabs", ",": "commas", ";": "semicolons", "|": "bars"}.get(
                table.delimiter or "", ""
            )
            what = f"text with {mark or 'delimiters'} between its columns, and no dump's statements"
        by = "the mapping" if self.mapping is not _NO_MAPPING else "the headers"
        names = [header.strip() or f"column {number}" for number, header in enumerate(self.headers, 1)]
        known = [f"{header} is {name}" for header, name in zip(names, self.fields, strict=True) if name]
        return f"reader table: {what}; by {by}, {', '.join(known)}"


def _is_workbook(file: InputFile) -> bool:
    if file.container != "zip":
        return False
    try:
        with zipfile.ZipFile(file.path) as archive:
            return "[Content_Types].xml" in archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError):
        return False  # InputFile says what is wrong with it


def _fields(headers: list[str], mapping: TableMapping | None, path: Path) -> list[str | None]:
    if len(headers) > 4096:
        raise TableError(
            path, place="header", reason="more than 4096 columns", remedy="Keep those that matter."
        )
    if {fold_header(header) for header in headers} >= _ANSWERS:
        raise TableError(
            path,
            place="header",
            reason="these are an account finder's answers, and each would read as an account, also where none was found",
            remedy="Hand in the JSON or CSV as the tool wrote it.",
        )
    fields = mapping.fields_of(headers, path) if mapping else match_headers(headers, TABLE_HEADERS)
    fields = [
        None if is_credential_column(header) else name for header, name in zip(headers, fields, strict=True)
    ]
    seen: set[str] = set()
    for index, name in enumerate(fields):
        if (
            name in seen
            and name not in SEVERAL_COLUMNS
            and name != "place"
            and not name.startswith("handle:")
        ):
            if mapping is None and name == "account_id":
                fields[index] = None  # "id" and "user id": the first is the account's
                continue
            raise TableError(
                path,
                place=f"header, column {index + 1}",
                reason=f"a second column that means {name}",
                remedy="Say in a mapping which column is meant.",
            )
        if name:
            seen.add(name)
    if not seen - _ABOUT:
        near = {found for header in headers[:100] if (found := nearest(header, TABLE_HEADERS))} - seen
        hint = f"; some resemble {', '.join(sorted(near))}" if near else ""
        raise TableError(
            path,
            place="header",
            reason=f"none of its {len(headers)} columns is known to identify anybody{hint}",
            remedy="Say in a mapping which column is what.",
        )
    return fields
