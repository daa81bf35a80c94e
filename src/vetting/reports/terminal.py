"""The queue of a run for a terminal; values are folded, never cut."""

from __future__ import annotations

from rich import box
from rich.table import Table
from rich.text import Text

from vetting.evidence.screening_result import Screening
from vetting.evidence.words import bits_text
from vetting.normalise.text import visible_text
from vetting.reports.page import accident_words

__all__ = ["queue_table"]


def queue_table(screening: Screening) -> Table:
    """Return the run's candidates as a table, strongest first, in the order of the run.

    Args:
        screening: The run. The first column is the number that ``vetting graph --candidate`` takes.

    Returns:
        A rich table; markup in values is not interpreted, and control characters are visible.
    """
    table = Table(
        title="Candidates for review, no findings", box=box.SIMPLE_HEAD, title_justify="left", pad_edge=False
    )
    table.add_column("No.", justify="right", no_wrap=True)
    table.add_column("Applicant", overflow="fold")
    table.add_column("Account on list", overflow="fold")
    table.add_column("Bits", justify="right", overflow="fold")
    table.add_column("Likelihood", overflow="fold")
    table.add_column("By accident", overflow="fold")
    table.add_column("Why it surfaced", overflow="fold")
    for number, candidate in enumerate(screening.candidates, start=1):
        because = (
            candidate.surfaced_because
            if candidate.surfaced
            else f"not surfaced: {candidate.surfaced_because}"
        )
        cells = (
            str(number),
            candidate.applicant_id,
            f"{candidate.account_id} on {candidate.list_id}",
            bits_text(candidate.bits).removesuffix(" bits"),
            candidate.likelihood,
            accident_words(candidate.expected_coincidences),
            because,
        )
        table.add_row(*(Text(visible_text(cell), overflow="fold") for cell in cells))
    return table
