"""Looks at a file before anything is stored: what it is, which tables it has, what would be kept of them."""

from __future__ import annotations

from collections.abc import Sequence
from os import PathLike

from attrs import evolve, frozen

from vetting.readers.credentials import column_denied, is_credential_column
from vetting.readers.exports.controls import not_account_finder
from vetting.readers.exports.known import EXPORT_FORMATS
from vetting.readers.exports.reading import is_export, read_export
from vetting.readers.files import InputFile
from vetting.readers.forum.matching import Match, Matcher
from vetting.readers.profiles import load_profiles
from vetting.readers.reading import Progress, Reading
from vetting.readers.recognition import is_sql_dump
from vetting.readers.refused import refuse_stolen
from vetting.readers.sqldump import Dump, DumpTable

__all__ = ["DroppedColumn", "InspectedTable", "Inspection", "inspect"]


@frozen
class DroppedColumn:
    """A column that would not be captured.

    Attributes:
        name: Its name.
        why: ``"credential"``, ``"not mapped"``, or ``"scanned, not kept"`` for a body that is looked at for
            quotes and mentions, or a title for copies of one message.
    """

    name: str
    why: str


@frozen(kw_only=True)
class InspectedTable:
    """A table of the file.

    Attributes:
        name: Its name.
        role: What the profile takes it for; empty when none knows it.
        profile: Which profile; empty when none.
        rows: Rows in it.
        columns_kept: Columns that would be captured.
        columns_dropped: Columns that would not be, and why.
        note: Anything else, without personal values.
    """

    name: str
    role: str = ""
    profile: str = ""
    rows: int = 0
    columns_kept: tuple[str, ...] = ()
    columns_dropped: tuple[DroppedColumn, ...] = ()
    note: str = ""


@frozen(kw_only=True)
class Inspection:
    """What a file is, before anything of it is stored.

    Attributes:
        file: Its name, without folders.
        size: Bytes as handed in.
        sha256: As handed in, for the passport.
        container: ``"plain"``, ``"gzip"``, ``"zstd"`` or ``"zip"``.
        format: ``"sql-dump"``, ``"chat"``, ``"social"``, ``"account-finder"`` or ``"table"``.
        writer: What wrote a dump, as it says; empty when it does not.
        charset: Declared by a dump; empty when undeclared.
        profile: Profiles or formats of exports that fit, joined by ``+``; empty for none.
        ended_well: Whether a dump's end mark, or an export's last bracket, was seen; ``None`` when there is none to see.
        tables: Its tables, in file order.
        notes: Sentences for people.
    """

    file: str
    size: int
    sha256: str
    container: str
    format: str
    writer: str = ""
    charset: str = ""
    profile: str = ""
    ended_well: bool | None = None
    tables: tuple[InspectedTable, ...] = ()
    notes: tuple[str, ...] = ()


def inspect(
    path: str | PathLike[str],
    *,
    profile: str | PathLike[str] | None = None,
    progress: Progress | None = None,
    control: Sequence[str | PathLike[str]] = (),
) -> Inspection:
    """Look at a file; values are counted and none is captured.

    Args:
        path: The file.
        profile: As for :func:`vetting.readers.read_list`.
        progress: Called with bytes consumed of the file as handed in, and its size.
        control: As for :func:`vetting.readers.read_list`.

    Raises:
        InputError: If the file cannot be used; names file, place and remedy.
    """
    file = InputFile(path, progress=progress)
    refuse_stolen(file.path)
    if profile in EXPORT_FORMATS or (profile is None and is_export(file.path)):
        named = None if profile is None else str(profile)
        reading = read_export(file.path, profile=named, control=control, progress=progress)
        return _export_file(file, reading, named)
    if control:
        raise not_account_finder(file.path)
    if not is_sql_dump(file):
        return _table_file(file)
    matcher = Matcher(load_profiles(profile))

    def want(table: str, columns: tuple[str, ...]) -> tuple[str, ...]:
        if table not in matcher.matches and table not in matcher.refused:
            matcher.match(table, columns)
        return ()

    dump = Dump(file, want=want, strict=False)
    for _ in dump.chunks():
        pass
    notes = []
    if dump.bytes_unread:
        notes.append(f"{dump.bytes_unread} bytes cannot be read")
    if dump.ended_well is False:
        notes.append("the dump is not whole")
    for table, columns in ((table.name, table.columns) for table in dump.tables.values()):
        if table not in matcher.matches and table not in matcher.refused:
            matcher.match(table, columns)  # a table without rows
    notes += _why_profiles(matcher)
    return Inspection(
        file=file.path.name,
        size=file.size,
        sha256=file.sha256,
        container=file.container,
        format="sql-dump",
        writer=dump.header.writer,
        charset=dump.header.charset,
        profile=matcher.profile,
        ended_well=dump.ended_well,
        tables=tuple(
            _inspected(table, matcher.matches.get(table.name), matcher.refused.get(table.name, ""))
            for table in dump.tables.values()
        ),
        notes=tuple(notes),
    )


def _why_profiles(matcher: Matcher) -> list[str]:
    """Say which software it is, and from what that was taken."""
    known = [match for match in matcher.matches.values() if match.rule.account]
    if not known:
        return ["no table of accounts that a profile knows"]
    return [
        f"profile {match.profile.name} ({match.profile.title}): the name of {match.table} ends in "
        f"{match.rule.suffix!r} and it has {', '.join(match.rule.requires)}: its {match.rule.role}"
        for match in known
    ]


def _inspected(table: DumpTable, match: Match | None, refused: str) -> InspectedTable:
    scanned = match.scanned | match.compared if match else frozenset()
    kept = tuple(column for column in match.columns if column not in scanned) if match else ()
    notes = [table.note, refused]
    if match and match.rule.custom_fields:
        notes.append("custom fields are kept when their title tells what they are")
    if table.quarantined:
        notes.append(f"{table.quarantined} rows have another number of columns")
    return InspectedTable(
        name=table.name,
        role=match.rule.role if match else "",
        profile=match.profile.name if match else "",
        rows=table.rows,
        columns_kept=kept,
        columns_dropped=tuple(
            DroppedColumn(column, _why(table.name, column, scanned))
            for column in table.columns
            if column not in kept
        ),
        note="; ".join(note for note in notes if note),
    )


def _why(table: str, column: str, scanned: frozenset[str]) -> str:
    if column_denied(table, column):
        return "credential"
    return "scanned, not kept" if column in scanned else "not mapped"


def _table_file(file: InputFile) -> Inspection:
    from vetting.readers.tables import read_table

    return _counted(file, read_table(file.path, progress=file.progress), "table")


def _export_file(file: InputFile, reading: Reading, profile: str | None) -> Inspection:
    """Say what the export is, and why it is taken for that."""
    found = _counted(file, reading, "")
    found = evolve(found, format=reading.completeness.reader)
    why = tuple(
        f"profile {name}: " + (EXPORT_FORMATS[name].why if profile is None else "as --profile says")
        for name in found.profile.split("+")
    )
    return evolve(found, notes=why + found.notes)


def _counted(file: InputFile, reading: Reading, kind: str) -> Inspection:
    for _ in reading.batches():
        pass  # counted and let go
    found = reading.completeness
    return Inspection(
        file=file.path.name,
        size=file.size,
        sha256=found.sha256,
        container=file.container,
        format=kind,
        profile=found.profile,
        charset=found.encoding,
        ended_well=found.ended_well,
        tables=tuple(
            InspectedTable(
                name=table.name,
                role=table.role,
                rows=table.rows,
                columns_kept=table.columns_kept,
                columns_dropped=tuple(
                    DroppedColumn(column, "credential" if is_credential_column(column) else "not mapped")
                    for column in table.columns_dropped
                ),
                note=table.note,
            )
            for table in found.tables
        ),
        notes=found.notes,
    )
