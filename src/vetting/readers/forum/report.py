"""Writes the completeness report of a forum's dump."""

from __future__ import annotations

from vetting.readers.credentials import column_denied
from vetting.readers.files import InputFile
from vetting.readers.forum.matching import Matcher
from vetting.readers.forum.relations import Relations
from vetting.readers.forum.tables import Gathered
from vetting.readers.sqldump import Dump, DumpTable
from vetting.records.completeness import Completeness, TableReport

__all__ = ["completeness_of"]


def completeness_of(
    file: InputFile,
    dump: Dump,
    matcher: Matcher,
    gathered: Gathered,
    relations: Relations,
    mapped: set[tuple[str, str]],
) -> Completeness:
    """Say what was read of a dump and what was not.

    Args:
        file: The file, read to its end.
        dump: Its dump.
        matcher: Which tables were what.
        gathered: What was gathered.
        relations: What became of the relations.
        mapped: Table and column of the custom fields that have a meaning.
    """
    header = dump.header
    declared = header.charset or "undeclared"
    return Completeness(
        file=file.path.name,
        sha256=file.sha256,
        size=file.size,
        reader="mysqldump",
        profile=matcher.profile,
        encoding=f"{declared} ({header.encoding})" if header.encoding else f"{declared} (utf-8, else cp1252)",
        bytes_read=dump.bytes_read,
        bytes_unread=dump.bytes_unread,
        ended_well=dump.ended_well,
        statements_skipped=dump.statements_skipped,
        tables=tuple(_table(table, matcher, gathered, mapped) for table in dump.tables.values()),
        notes=tuple(_notes(dump, gathered, relations)),
    )


def _table(
    table: DumpTable, matcher: Matcher, gathered: Gathered, mapped: set[tuple[str, str]]
) -> TableReport:
    match = matcher.matches.get(table.name)
    refused = gathered.identifiers.refused
    kept = tuple(
        column
        for column in (match.columns if match and table.wanted is not None else ())
        if f"{table.name}.{column}" not in refused
        and match
        and column not in match.scanned | match.compared
        and (not match.rule.is_custom(column) or (table.name, column) in mapped)
    )
    notes = [note for note in (table.note, matcher.refused.get(table.name, "")) if note]
    if scanned := sorted(match.scanned if match else ()):
        notes.append(f"{', '.join(scanned)}: looked at for quotes and mentions, not kept")
    if compared := sorted(match.compared if match else ()):
        notes.append(f"{', '.join(compared)}: looked at for copies of one message, not kept")
    if match is None and table.skipped and not notes:
        notes.append("no profile knows it; not read")
    for column, count in gathered.identifiers.hashes.items():
        if column.rpartition(".")[0] == table.name:
            what = "column refused" if column in refused else "left out"
            notes.append(f"{count} values of {column} look like password hashes: {what}")
    return TableReport(
        name=table.name,
        role=match.rule.role if match else "",
        rows=table.rows,
        rows_quarantined=table.quarantined,
        columns_kept=kept,
        columns_dropped=tuple(column for column in table.columns if column not in kept),
        note="; ".join(notes),
    )


def _notes(dump: Dump, gathered: Gathered, relations: Relations) -> list[str]:
    header, decoder = dump.header, relations.decoder
    denied = sum(
        column_denied(table.name, column) for table in dump.tables.values() for column in table.columns
    )
    notes = [f"{denied} columns hold credentials by their name and were not read"] if denied else []
    if dump.truncated:
        notes.append("the file ends inside a statement: it is a part of a dump")
    if header.has_trailer and not header.trailer:
        notes.append(f"{header.writer}'s end mark is missing: the dump is not whole")
    if header.charset == "latin1" and decoder.lossy:
        notes.append(
            f"the dump was taken over a latin1 connection: {decoder.lossy} values hold a question mark, "
            "which may stand for a lost character"
        )
    if not header.charset:
        notes.append(
            "the dump declares no charset: where its writer fell back to latin1, other characters were "
            "replaced by question marks, and a value with one should not be taken as it stands"
        )
    if header.mixed_charsets:
        notes.append(f"several charsets are declared; {header.charset}, the first, was used")
    for column, count in decoder.fallback_columns.items():
        notes.append(f"{count} values of {column} are no UTF-8 and were read as cp1252")
    if decoder.undecodable:
        notes.append(
            f"{decoder.undecodable} values hold bytes that are no {header.charset}; U+FFFD stands for them"
        )
    if decoder.too_long:
        notes.append(f"{decoder.too_long} values were left out for their length")
    if relations.guests:
        notes.append(f"{relations.guests} relations of guests or deleted accounts were left out")
    if relations.unread_targets:
        notes.append(
            f"{relations.unread_targets} relations point at a name or address that is nobody's or ambiguous"
        )
    if gathered.identifiers.strangers:
        notes.append(
            f"{gathered.identifiers.strangers} identifiers belong to ids without an account and were left out"
        )
    return notes
