"""One pair of forms at a time through the comparers, which work on arrays."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from vetting.compare.levels import Comparisons, FormPairs

__all__ = ["forms_paired", "rules_of"]

Comparer = Callable[[FormPairs], Comparisons]


def forms_paired(pairs: Sequence[tuple[str, str]]) -> FormPairs:
    """Each pair as given, in order, with forms of its own."""
    codes = np.arange(len(pairs), dtype=np.int32)
    return FormPairs([left for left, _ in pairs], [right for _, right in pairs], codes, codes)


def rules_of(compare: Comparer, *pairs: tuple[str, str]) -> list[tuple[str, str]]:
    """Key and level of the rule that fired for each pair."""
    found = compare(forms_paired(pairs))
    return [(found.rules[rule].key, found.rules[rule].level.name.lower()) for rule in found.rule.tolist()]
