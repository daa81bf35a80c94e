"""The records that a dossier rests on, and the file that they are in: what a reader opens to check."""

from __future__ import annotations

from collections.abc import Iterator

from vetting.evidence.results import Candidate
from vetting.evidence.screening_result import ListCoverage
from vetting.evidence.words import kind_title
from vetting.graph.attributes import cited
from vetting.reports.markup import capitalised, definitions, safe, table

__all__ = ["records_section"]


def records_section(candidate: Candidate, about: ListCoverage | None, *, edges: int, shown: int) -> str:
    """Return the record references as HTML.

    Args:
        candidate: The candidate.
        about: What the run says of its list; ``None`` when it says nothing.
        edges: How many edges the graph has.
        shown: How many of them are in its table.
    """
    rows = [[safe(what), f"<code>{safe(record)}</code>"] for what, record in _cited(candidate)]
    told = table(["For", "Record"], rows, name="records") if rows else "<p>No record is cited.</p>"
    if edges > shown:
        which = f"the first {shown:,} of the graph's {edges:,} edges"
        rest = " <code>vetting graph</code> writes all of them as .json or .graphml."
    else:
        which, rest = f"the graph's {edges:,} edges", ""
    more = f"<p>The records of {which} are in the table under its picture.{rest}</p>" if edges else ""
    return (
        '<section id="records"><h2>Records to open</h2>'
        "<p>Every statement about the list rests on one of these places in the file as it was ingested. A copy "
        f"of that file with another SHA-256 is another file.</p>{_file(about)}{told}{more}</section>"
    )


def _file(about: ListCoverage | None) -> str:
    if about is None:
        return "<p>The run does not say which file the list was read from.</p>"
    size = about.completeness.get("size")
    return definitions(
        [
            ("List", safe(f"{about.title} ({about.list_id})")),
            ("File", safe(about.completeness.get("file", ""))),
            ("Size", safe(f"{size:,} bytes") if isinstance(size, int) else ""),
            ("SHA-256", f"<code>{safe(about.sha256)}</code>"),
        ]
    )


def _cited(candidate: Candidate) -> Iterator[tuple[str, str]]:
    """What is cited, each record once for each thing that rests on it."""
    if candidate.record:
        yield f"Account {candidate.account_id}", cited(candidate.list_id, candidate.record)
    for place, item in enumerate(candidate.evidence):
        if item.record:
            title = f"{capitalised(kind_title(item.kind))}, No. {place + 1}"
            yield title, cited(candidate.list_id, item.record)
    yield f"What applicant {candidate.applicant_id} gave", f"roster:{candidate.applicant_id}"
