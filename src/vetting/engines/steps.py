"""How far a run is, told to whoever watches: each list a hundred steps, and its decoys some more."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

__all__ = ["NOBODY_WATCHES", "Progress", "Steps"]

Progress = Callable[[str, int, int], None]
"""Called with the list at work, steps done and steps in all."""

_LIST, _DECOYS = 100, 25  # decoys are a twentieth of a large cohort, and each costs more than an applicant


class Steps:
    """Counts the steps of a run.

    Args:
        told: Who watches; ``None`` for nobody.
        lists: Lists of the run.
        decoys: Whether decoys will be screened against each.
    """

    def __init__(self, told: Progress | None, *, lists: int, decoys: bool) -> None:
        self._told = told
        self._total = lists * (_LIST + (_DECOYS if decoys else 0))
        self._begun = self._done = 0
        self._steps = _LIST
        self._list_id = ""

    def begin(self, list_id: str, *, decoys: bool = False) -> None:
        """Begin with a list, or with its decoys; what was begun before is done."""
        self._begun += self._steps if self._list_id else 0
        self._list_id = list_id
        self._steps = _DECOYS if decoys else _LIST
        self.part(0.0)

    def part(self, share: float) -> None:
        """Tell how much of what was begun is done, from 0 to 1."""
        self._tell(self._begun + int(self._steps * share))

    def end(self) -> None:
        """Tell that all is done."""
        self._list_id = ""
        self._tell(self._total)

    def watch(self, engine: Any, first: float, last: float) -> None:
        """Let an engine that can tell of its batches tell them as this part of what was begun."""
        if hasattr(engine, "told"):
            engine.told = lambda share: self.part(first + (last - first) * share)

    def _tell(self, done: int) -> None:
        if self._told and (done > self._done or not done):
            self._told(self._list_id, done, self._total)
        self._done = max(self._done, done)


NOBODY_WATCHES = Steps(None, lists=0, decoys=False)
