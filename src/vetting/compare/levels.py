"""What a comparison returns: a rule per pair of forms, and through the rule a level.

A comparer works on arrays: distinct forms on both sides and the pairs of them to compare. It never
sees owners, frequencies or weights.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum

import numpy as np
import numpy.typing as npt
from attrs import frozen

__all__ = ["Comparisons", "FormPairs", "LevelCode", "Rule"]


class LevelCode(IntEnum):
    """The comparison levels as numbers, for arrays; more agreement is larger."""

    MISSING = 0
    CONFLICT = 1
    PLAUSIBLE = 2
    CLOSE = 3
    EXACT = 4


@frozen
class Rule:
    """A reason why two values get a level.

    Attributes:
        text: In a few words, for people.
        level: The level it gives.
        key: A short name, under which the weights know it.
    """

    key: str
    level: LevelCode
    text: str


@frozen(eq=False)
class FormPairs:
    """Distinct forms on both sides, and the distinct pairs of them to compare.

    Attributes:
        left: The applicants' forms.
        right: The listed forms.
        left_codes: Shape (n,): index into ``left``.
        right_codes: Shape (n,): index into ``right``.
    """

    left: Sequence[str]
    right: Sequence[str]
    left_codes: npt.NDArray[np.int32]
    right_codes: npt.NDArray[np.int32]

    @property
    def size(self) -> int:
        """How many pairs there are."""
        return len(self.left_codes)

    def swapped(self) -> FormPairs:
        """Return the same pairs with the sides exchanged."""
        return FormPairs(self.right, self.left, self.right_codes, self.left_codes)


@frozen(eq=False)
class Comparisons:
    """The outcome for each pair.

    Attributes:
        rules: The comparer's rules; ``rule`` points into it.
        rule: Shape (n,): which rule fired.
        shared: Shape (n,): code of what is shared, for rules that agree on a part (a postcode, a word);
            its meaning is the comparer's own; -1 for none.
        shared_forms: What ``shared`` points into.
    """

    rules: tuple[Rule, ...]
    rule: npt.NDArray[np.int16]
    shared: npt.NDArray[np.int32]
    shared_forms: Sequence[str] = ()

    @property
    def level(self) -> npt.NDArray[np.int8]:
        """Shape (n,): the :class:`LevelCode` of each pair."""
        return np.array([rule.level for rule in self.rules], np.int8)[self.rule]


def encode(
    left: Sequence[str], right: Sequence[str]
) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int32], list[str]]:
    """Give equal texts on both sides equal codes.

    Returns:
        Codes of the left texts, codes of the right texts, and the distinct texts.
    """
    distinct: dict[str, int] = {}
    left_codes = np.fromiter((distinct.setdefault(text, len(distinct)) for text in left), np.int32, len(left))
    right_codes = np.fromiter(
        (distinct.setdefault(text, len(distinct)) for text in right), np.int32, len(right)
    )
    return left_codes, right_codes, list(distinct)


def texts_at(texts: Sequence[str], codes: npt.NDArray[np.int32]) -> list[str]:
    """Return the texts that codes point to, for a batch comparer of RapidFuzz."""
    return [texts[code] for code in codes.tolist()]
