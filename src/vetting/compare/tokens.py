"""How alike two words of names are, for many distinct pairs of words at once."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import OSA, JaroWinkler
from rapidfuzz.process import cpdist

__all__ = ["EXACT", "INITIAL", "SPELLING", "UNLIKE", "VARIANT", "token_likeness"]

# Classes of likeness, more is closer.
UNLIKE, INITIAL, SPELLING, VARIANT, EXACT = range(5)

_SHORTEST_SPELLING = 4
# Below this a single edit in a short word makes another name (Jaro-Winkler, 0 to 1).
_NEAR = 0.9


@cache
def given_name_variants() -> dict[str, frozenset[str]]:
    """Return for each given name the names that are short or pet forms of it, or that it is one of.

    Source: the ``nicknames`` package (permissive licence), English given names.
    """
    from nicknames import NickNamer

    namer = NickNamer()
    variants: dict[str, set[str]] = {}
    for name, nicknames in namer.nickname_lookup.items():
        for nickname in nicknames:
            variants.setdefault(name, set()).add(nickname)
            variants.setdefault(nickname, set()).add(name)
    return {name: frozenset(others) for name, others in variants.items()}


def token_likeness(left: Sequence[str], right: Sequence[str]) -> npt.NDArray[np.int8]:
    """Class of likeness of each pair of words.

    Args:
        left: n words in lower-case ASCII.
        right: n words.

    Returns:
        Shape (n,): ``EXACT``; ``VARIANT`` for given names that stand for one another; ``SPELLING`` for one
        edit in a word of four letters or more that leaves most of it; ``INITIAL`` for a letter and a
        word that starts with it; ``UNLIKE``.
    """
    likeness = np.zeros(len(left), np.int8)
    if not len(left):
        return likeness
    edits = cpdist(left, right, scorer=OSA.distance, score_cutoff=2, dtype=np.int32)
    similar = cpdist(left, right, scorer=JaroWinkler.similarity, dtype=np.float32)
    shortest = np.fromiter(
        (min(len(a), len(b)) for a, b in zip(left, right, strict=True)), np.int32, len(left)
    )
    spelled = (edits == 1) & (shortest >= _SHORTEST_SPELLING) & (similar >= _NEAR)
    spelled |= (edits == 2) & (shortest >= 7) & (similar >= _NEAR)
    likeness[spelled] = SPELLING
    known = given_name_variants()
    none: frozenset[str] = frozenset()
    variant = np.fromiter(
        (b in known.get(a, none) for a, b in zip(left, right, strict=True)), np.bool_, len(left)
    )
    likeness[variant] = VARIANT
    for row in np.flatnonzero(shortest == 1).tolist():
        if left[row][0] == right[row][0]:
            likeness[row] = INITIAL
    likeness[edits == 0] = EXACT
    return likeness
