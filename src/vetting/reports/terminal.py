"""A run and its candidates for a terminal; values are folded, never cut.

Every text is made visible first: no escape sequence reaches the terminal, and no markup is interpreted.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from rich import box
from rich.table import Table
from rich.text import Text

from vetting.evidence.presentation import (
    QUEUE_HEADINGS,
    EvidencePart,
    evidence_parts,
    opening_sentences,
    queue_cells,
)
from vetting.evidence.words import ONLY_A_PERSON, bits_text, odds_words
from vetting.normalise.folding import few_marks
from vetting.normalise.text import visible_text
from vetting.reports.next_checks import next_checks

if TYPE_CHECKING:
    from rich.console import Console

    from vetting.evidence.results import Candidate
    from vetting.evidence.screening_result import Screening

__all__ = ["folding_table", "print_candidate", "queue_table", "shown"]

_RIGHT = {"No.", "Bits"}
_NARROW = 76  # letters: on a narrower terminal a queue has no room for its columns
_NARROW_FOR_VALUES = 110  # the same where a row has several values and a citation
_HEADING_ROOM = 11


def shown(text: str, *, style: str = "") -> Text:
    """Return a text that a terminal shows as it is: visible, folded at its edge, without markup."""
    return Text(few_marks(visible_text(text)), style=style, overflow="fold")


def folding_table(
    headings: Sequence[str], rows: Iterable[Sequence[str]], *, width: int, title: str, values: bool = False
) -> Table:
    """Return a table; on a narrow terminal each row becomes a block of lines, a heading before each value.

    Args:
        headings: Of the columns.
        rows: A text for each column.
        width: Of the terminal, in letters.
        title: Above it.
        values: Whether rows have long values and citations, which need a wider terminal for columns.
    """
    if width < (_NARROW_FOR_VALUES if values else _NARROW):
        return _blocks(headings, rows, title)
    table = Table(
        title=title, box=box.SIMPLE_HEAD, title_justify="left", pad_edge=False, collapse_padding=True
    )
    for heading in headings:
        right = heading in _RIGHT
        table.add_column(
            heading,
            overflow="fold",
            justify="right" if right else "left",
            no_wrap=heading == "No.",
        )
    for row in rows:
        table.add_row(*map(shown, row))
    return table


def _blocks(headings: Sequence[str], rows: Iterable[Sequence[str]], title: str) -> Table:
    table = Table.grid(padding=(0, 1), pad_edge=False)
    table.title = title
    table.title_justify = "left"
    table.add_column(overflow="fold", max_width=_HEADING_ROOM)
    table.add_column(overflow="fold")
    for place, row in enumerate(rows):
        if place:
            table.add_row("", "")
        for heading, value in zip(headings, row, strict=True):
            if value:
                table.add_row(shown(heading, style="bold"), shown(value))
    return table


def queue_table(screening: Screening, *, width: int = 100) -> Table:
    """Return the run's candidates as a table, strongest first, in the order of the run.

    Args:
        screening: The run. The first column is the number that ``vetting graph --candidate`` takes.
        width: Of the terminal, in letters.

    Returns:
        A rich table; markup in values is not interpreted, and control characters are visible.
    """
    rows = (queue_cells(candidate, number) for number, candidate in enumerate(screening.candidates, start=1))
    return folding_table(QUEUE_HEADINGS, rows, width=width, title="Candidates for review, no findings")


def print_candidate(candidate: Candidate, *, number: int, console: Console) -> None:
    """Print one candidate in full: what speaks for it and against it, what is missing, what else explains it.

    Args:
        candidate: The candidate.
        number: Its place in the queue, from 1.
        console: Where to print.
    """
    console.print(
        shown(
            f"Candidate {number:,}: applicant {candidate.applicant_id} and account {candidate.account_id} "
            f"on list {candidate.list_id}",
            style="bold",
        )
    )
    for sentence in opening_sentences(candidate):
        console.print(shown(sentence))
    for part in evidence_parts(candidate):
        console.print()
        _print_part(part, console)
    console.print()
    bits = candidate.bits
    console.print(shown(f"In all {bits_text(bits)}: {odds_words(bits)}.", style="bold"))
    _print_items("What else would explain it", candidate.innocent_explanations, console)
    _print_items("What to check next", next_checks(candidate), console)
    if candidate.record:
        console.print(shown(f"Record: {candidate.record}"))
    console.print(shown(ONLY_A_PERSON))


def _print_part(part: EvidencePart, console: Console) -> None:
    if not part.rows:
        console.print(shown(f"{part.title}: {part.nothing}"))
        return
    headings = ["Attribute", "Applicant", "List", "Worth", "Details"]
    rows = (
        (
            row.title,
            "(none)" if row.applicant is None else row.applicant,
            "(none)" if row.listed is None else row.listed,
            row.standing,
            "; ".join(text for text in (row.how, row.note, row.record) if text),
        )
        for row in part.rows
    )
    console.print(folding_table(headings, rows, width=console.width, title=part.title, values=True))


def _print_items(title: str, sentences: Sequence[str], console: Console) -> None:
    if not sentences:
        return
    console.print()
    console.print(shown(title, style="bold"))
    items = Table.grid(padding=(0, 1))
    for sentence in sentences:
        items.add_row("-", shown(sentence))
    console.print(items)
