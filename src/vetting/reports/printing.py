"""What the commands print: what a file holds, what an ingest did, which lists are held, the queue."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from rich import box
from rich.table import Table
from rich.text import Text

from vetting.evidence.presentation import run_sentences
from vetting.evidence.words import counted
from vetting.normalise.text import visible_text
from vetting.readers.credentials import is_credential_column
from vetting.reports.terminal import queue_table

if TYPE_CHECKING:
    from rich.console import Console

    from vetting.evidence.screening_result import Screening
    from vetting.readers.inspect import Inspection
    from vetting.records.completeness import Completeness
    from vetting.store.checking import StoreCheck
    from vetting.store.folder import HeldList, ShardFolder

__all__ = ["print_check", "print_inspection", "print_lists", "print_report", "print_screening"]


_NUMBERS = {"Rows", "Accounts", "Files", "Bytes"}


def print_inspection(found: Inspection, *, console: Console) -> None:
    """Print what a file holds, and what would be kept and dropped of it."""
    console.print(
        _facts(
            [
                ("File", found.file),
                ("SHA-256", found.sha256),
                ("Size", f"{found.size:,} bytes, {found.container}"),
                ("Format", " ".join(part for part in (found.format, found.writer) if part)),
                ("Text encoding", found.charset or "not declared"),
                ("Profile", found.profile or "none fits: give --profile or --mapping"),
                (
                    "Whole",
                    {True: "yes", False: "NO: the file breaks off", None: "the format does not say"}[
                        found.ended_well
                    ],
                ),
            ]
        )
    )
    for one in found.tables:
        role = f"read as {one.role}" if one.role else "not read"
        console.print(Text(f"{one.name}: {one.rows:,} rows, {role}", style="bold" if one.role else "dim"))
        if not one.role:
            continue
        credentials = [column.name for column in one.columns_dropped if column.why == "credential"]
        others = [column.name for column in one.columns_dropped if column.why != "credential"]
        kept = _facts([("  kept", ", ".join(one.columns_kept)), ("  dropped", ", ".join(others) or "none")])
        if credentials:
            kept.add_row(Text("  credentials, never read", style="bold"), Text(", ".join(credentials)))
        console.print(kept)
    _print_notes(found.notes, console)
    console.print("Nothing was stored.")


def print_report(
    list_id: str, accounts: int, completeness: Completeness, *, held: bool, console: Console
) -> None:
    """Print what an ingest did: what was read, what was dropped, what could not be read.

    Args:
        list_id: The list.
        accounts: Accounts on it.
        completeness: What became of its file.
        held: Whether the very same file was held before.
        console: Where to print.
    """
    done = "was held already; nothing was changed" if held else "is in the store"
    console.print(Text(f"List {list_id} {done}: {accounts:,} accounts."))
    table = _table("Table", "Rows", "Read as", "Columns")
    read = [one for one in completeness.tables if one.role]
    for one in read:
        columns = f"{len(one.columns_kept)} kept, {len(one.columns_dropped)} dropped"
        secret = sum(is_credential_column(name) for name in one.columns_dropped)
        columns += f" ({secret} credentials)" if secret else ""
        columns += f"; {one.rows_quarantined:,} rows left out" if one.rows_quarantined else ""
        _row(table, one.name, f"{one.rows:,}", one.role.replace("_", " "), columns)
    console.print(table)
    skipped = len(completeness.tables) - len(read)
    if skipped:
        console.print(f"{counted(skipped, 'further table')} not read: no profile wants them.")
    if not completeness.complete:
        console.print(
            Text(
                f"The list is NOT complete: {completeness.bytes_unread:,} bytes and "
                f"{completeness.rows_quarantined:,} rows could not be read"
                + (", and the file breaks off" if completeness.ended_well is False else "")
                + ". That somebody is not found on it shows little.",
                style="bold",
            )
        )
    _print_notes(completeness.notes, console)


def print_lists(store: ShardFolder, *, console: Console) -> None:
    """Print the lists that a store holds."""
    held: tuple[HeldList, ...] = store.lists()
    if not held:
        console.print("The store holds no list.")
        return
    table = _table("List", "Title", "Accounts", "Complete", "Expires", "SHA-256")
    for entry in held:
        shard = store.shard(entry.id)
        complete = "yes" if shard.completeness.complete else "NO"
        _row(
            table,
            entry.id,
            entry.title,
            f"{entry.accounts:,}",
            complete,
            str(shard.passport.expires),
            entry.sha256[:12],
        )
    console.print(table)


def print_check(check: StoreCheck, *, console: Console) -> None:
    """Print which lists of a store were verified, where nothing was wrong."""
    table = _table("List", "Accounts", "Files", "Bytes", "As written")
    for one in check.lists:
        written = "yes" if one.verifiable else "not verifiable: it was ingested without checksums"
        _row(table, one.list_id, f"{one.accounts:,}", f"{one.files:,}", f"{one.bytes:,}", written)
    console.print(table)
    files, size = sum(one.files for one in check.lists), sum(one.bytes for one in check.lists)
    console.print(
        Text(
            f"{counted(len(check.lists), 'list')}, {counted(files, 'file')}, {counted(size, 'byte')}: nothing is wrong."
        )
    )


def print_screening(screening: Screening, out: Path, *, console: Console) -> None:
    """Print the queue, what was not checked, and where the results are."""
    coverage = screening.coverage
    if screening.candidates:
        console.print(queue_table(screening, width=console.width))
    for sentence in run_sentences(screening):
        console.print(Text(sentence))
    if coverage.quarantined:
        console.print(
            Text(f"Of the roster {counted(coverage.quarantined, 'value')} could not be read.", style="bold")
        )
    _print_notes(coverage.notes, console)
    console.print(
        Text(
            f"Evidence: {out / 'screening.html'}, {out / 'candidates.jsonl'}; coverage: {out / 'coverage.json'}"
        )
    )
    console.print("Only a person turns a candidate into a finding.")


def _print_notes(notes: Iterable[str], console: Console) -> None:
    for note in notes:
        console.print(Text(f"Note: {visible_text(note)}"))


def _facts(facts: list[tuple[str, str]]) -> Table:
    table = Table.grid(padding=(0, 2))
    for name, value in facts:
        table.add_row(Text(name, style="bold"), Text(visible_text(value), overflow="fold"))
    return table


def _table(*headings: str) -> Table:
    table = Table(box=box.SIMPLE_HEAD, title_justify="left")
    for heading in headings:
        table.add_column(heading, overflow="fold", justify="right" if heading in _NUMBERS else "left")
    return table


def _row(table: Table, *cells: str) -> None:
    table.add_row(*(Text(visible_text(cell), overflow="fold") for cell in cells))
