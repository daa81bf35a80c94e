"""Two names to a comparison level, one pair at a time: :func:`vetting.compare.names.compare_names`."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise

import numpy as np

from vetting.compare.levels import FormPairs
from vetting.compare.names import MOST_TOKENS, RULE_NUMBERS, compare_names
from vetting.compare.tokens import may_be_alike
from vetting.compare.variants import NameVariants, known_variants

__all__ = ["name_rule"]


def name_rule(left: str, right: str, variants: NameVariants | None = None) -> tuple[int, tuple[int, ...]]:
    """Compare two names as :func:`compare_names` does.

    Most pairs of names have no words that could be alike, and are told apart without arrays.

    Returns:
        The rule's number, and the class of likeness of each word that was aligned.
    """
    if not _could_agree(left, right, variants):
        return RULE_NUMBERS["different"], ()
    return _compared(left, right) if variants is None else _compared_by(left, right, variants)


def _could_agree(left: str, right: str, variants: NameVariants | None) -> bool:
    """Whether any words of two names may be alike, one by one or two as one."""
    words_left, words_right = _words(left), _words(right)
    known = known_variants() if variants is None else variants
    for one in words_left:
        standing = known.get(one, ())
        for other in words_right:
            if one == other or other in standing or may_be_alike(one, other):
                return True
    joined_left, joined_right = _joined_words(left), _joined_words(right)
    return not (
        joined_left.isdisjoint(words_right)
        and joined_right.isdisjoint(words_left)
        and joined_left.isdisjoint(joined_right)
    ) or left.replace(" ", "") == right.replace(" ", "")


@lru_cache(maxsize=65_536)
def _words(form: str) -> tuple[str, ...]:
    return tuple(form.split()[:MOST_TOKENS])


@lru_cache(maxsize=65_536)
def _joined_words(form: str) -> frozenset[str]:
    """Each word of a name together with the next."""
    words = form.split()[:MOST_TOKENS]
    return frozenset(map("".join, pairwise(words)))


def _compared_by(left: str, right: str, variants: NameVariants | None) -> tuple[int, tuple[int, ...]]:
    zero = np.zeros(1, np.int32)
    found = compare_names(FormPairs([left], [right], zero, zero), variants=variants)
    return int(found.rule[0]), tuple(likeness for likeness in found.likeness[0].tolist() if likeness)


@lru_cache(maxsize=65_536)
def _compared(left: str, right: str) -> tuple[int, tuple[int, ...]]:
    return _compared_by(left, right, None)
