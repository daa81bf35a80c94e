"""What every reader of lists hands back: batches of rows, and then an account of what was not read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Protocol

from vetting.records.completeness import Completeness
from vetting.records.schemas import Batch

__all__ = ["Progress", "Reading", "not_read_yet"]

Progress = Callable[[int, int], None]
"""Called now and then with the bytes consumed of the file as handed in, and its size."""


class Reading(Protocol):
    """A list's file, opened for reading once.

    Example:
        >>> def rows_of(reading: Reading) -> int:
        ...     return sum(batch.rows.num_rows for batch in reading.batches())
    """

    def batches(self) -> Iterator[Batch]:
        """Read the file; to be iterated once, to the end.

        Raises:
            InputError: If the file cannot be read; its message holds file, place and remedy.
        """
        ...

    @property
    def completeness(self) -> Completeness:
        """What was read and what was not; known once `batches` is exhausted.

        Raises:
            RuntimeError: Before that, since half a report would read like a whole one.
        """
        ...


def not_read_yet() -> RuntimeError:
    """The error of a reading that is asked for its completeness too early.

    Example:
        >>> raise not_read_yet()
        Traceback (most recent call last):
        RuntimeError: completeness is known once batches() has been iterated to its end. Iterate it first.
    """
    return RuntimeError(
        "completeness is known once batches() has been iterated to its end. Iterate it first."
    )
