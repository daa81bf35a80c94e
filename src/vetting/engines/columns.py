"""What of a list people are matched against."""

from __future__ import annotations

from typing import Protocol

import numpy as np
import numpy.typing as npt

from vetting.blocking.postings import Postings
from vetting.blocking.sketches import Sketch
from vetting.evidence.frequencies import Frequencies
from vetting.normalise.columns import Ints, ValueTable

__all__ = ["ListColumns"]


class ListColumns(Protocol):
    """A list's columns; a shard of the store has them."""

    @property
    def size(self) -> int:
        """How many accounts the list has."""
        ...

    def values_of(self, rows: Ints) -> ValueTable:
        """Return the values of some accounts, whose rows ascend."""
        ...

    @property
    def keys(self) -> npt.NDArray[np.uint64]:
        """Blocking keys, ascending."""
        ...

    @property
    def key_rows(self) -> npt.NDArray[np.int32]:
        """The account of each key."""
        ...

    @property
    def postings(self) -> Postings:
        """N-gram postings of the handles."""
        ...

    @property
    def sketch(self) -> Sketch:
        """The accounts' values as a few numbers."""
        ...

    @property
    def frequencies(self) -> Frequencies:
        """How many accounts have each value."""
        ...
