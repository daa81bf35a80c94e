"""``vetting demo``: a made-up cohort against a made-up forum, from a dump file to the queue.

The people, the forum and everything said there are invented; the dump was written by a real database.
"""

from __future__ import annotations

import shutil
import tomllib
from importlib.resources import as_file, files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from vetting.ingestion import ListStore
from vetting.readers.roster import read_roster
from vetting.records.passports import ListPassport
from vetting.reports.files import write_screening
from vetting.reports.printing import print_report, print_screening
from vetting.screening import screen

if TYPE_CHECKING:
    from rich.console import Console

    from vetting.evidence.screening_result import Screening

__all__ = ["run_demo"]


def run_demo(out: Path, *, console: Console) -> None:
    """Ingest the demonstration's dump, screen its roster, and write the results.

    Args:
        out: Folder for the inputs, the store and the results; an earlier demo there is replaced.
        console: Where to print.

    Raises:
        StoreError: The folder cannot be used.
    """
    out.mkdir(parents=True, exist_ok=True)
    with as_file(files("vetting") / "demo_data") as data, TemporaryDirectory(dir=out) as building:
        passport = ListPassport.read(data / "passport.toml")
        applicants = read_roster(data / "roster.csv")
        stories = tomllib.loads((data / "stories.toml").read_text(encoding="utf-8"))
        for name in ("roster.csv", "passport.toml", "forum.sql.gz"):
            shutil.copyfile(data / name, out / name)
        with ListStore.open(building) as store:
            report = store.ingest(data / "forum.sql.gz", passport)
        held = out / "lists"
        shutil.rmtree(held, ignore_errors=True)
        shutil.copytree(building, held)
    print_report(report.list_id, report.accounts, report.completeness, held=False, console=console)
    with ListStore.open(held) as store:
        screening = screen(applicants, store)
        write_screening(screening, out, store=store)
    print_screening(screening, out, console=console)
    console.print()
    console.print(_what_to_look_at(stories["story"], screening, out))


def _what_to_look_at(stories: list[dict[str, Any]], screening: Screening, out: Path) -> str:
    """One paragraph for someone who has just run the demonstration."""
    surfaced = {candidate.applicant_id for candidate in screening.surfaced}
    planted = sum(story["surface"] for story in stories)
    kept_back = [story for story in stories if not story["surface"] and story["applicant_id"] not in surfaced]
    return (
        f"What to look at: open {out / 'screening.html'}. The cohort and the forum are invented, with "
        f"{planted} planted links and {len(stories) - planted} traps. The first candidates were found by an e-mail "
        "address, a rare handle with another separator, and names that the accounts bore years before; no name "
        f"led to anyone. {len(kept_back)} of the traps, such as a namesake born on another day and a handle that "
        "many accounts have, did not surface. Two applicants share one family address, and the page says what "
        "else would explain it. Each candidate shows evidence for and against, the chance of an accident, and "
        "what was not checked."
    )
