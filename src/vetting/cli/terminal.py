"""What commands share: the terminal, a progress bar, and a store that must be there."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import argparse

    from rich.console import Console

    from vetting.evidence.results import Candidate
    from vetting.evidence.screening_result import Screening

__all__ = ["chosen_candidate", "existing_store", "open_console", "show_progress"]


def chosen_candidate(screening: Screening, options: argparse.Namespace) -> Candidate | None:
    """Return the candidate that was asked for, or say on stderr that there is none of this number."""
    number: int = options.candidate
    if 1 <= number <= len(screening.candidates):
        return screening.candidates[number - 1]
    print(
        f"vetting: {options.screening}: has {len(screening.candidates)} candidates. "
        "Give --candidate a number from 1 to that, in the order of the queue.",
        file=sys.stderr,
    )
    return None


def existing_store(path: str, store: Any) -> Any:
    """Open a store that must be there: a mistyped path must not become a new, empty one."""
    if not Path(path).is_dir():
        from vetting.errors import StoreError

        raise StoreError(f"{path}: there is no store. Give the folder that `vetting ingest` wrote.")
    return store.open(path)


def open_console() -> Console:
    """Open the terminal for what a command prints."""
    from rich.console import Console

    return Console(soft_wrap=False)


@contextmanager
def show_progress(what: str, *, unit: str = "bytes") -> Iterator[Any]:
    """Show a progress bar with the time left on stderr, if a person is looking; else give ``None``."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        DownloadColumn,
        MofNCompleteColumn,
        Progress,
        TaskProgressColumn,
        TextColumn,
        TimeRemainingColumn,
    )

    columns = {"bytes": DownloadColumn(), "steps": TaskProgressColumn()}
    amount = columns.get(unit) or MofNCompleteColumn()
    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        amount,
        TimeRemainingColumn(),
        console=Console(stderr=True),
    )
    with bar:
        task = bar.add_task(what, total=None)

        def show(done: int, total: int, told: str = what) -> None:
            bar.update(task, completed=done, total=total, description=told)

        yield show
