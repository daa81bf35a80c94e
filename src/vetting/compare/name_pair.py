"""Two names to a comparison level, one pair at a time: :func:`vetting.compare.names.compare_names`."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise

from vetting.compare.names import GRADED, MOST_TOKENS, RULE_NUMBERS, SHORTEST_JOINED
from vetting.compare.tokens import EXACT, INITIAL, UNLIKE, word_likeness
from vetting.compare.variants import NameVariants, known_variants
from vetting.normalise.names import GIVEN_PARTICLES, PARTICLES

__all__ = ["name_rule"]

Words = tuple[str, ...]
Aligned = tuple[tuple[str, int], ...]
"""The words that were aligned, each with its class of likeness."""
Named = tuple[int, Aligned]

_DIFFERENT: Named = RULE_NUMBERS["different"], ()
_MAY_BE_JOINED = frozenset(RULE_NUMBERS[key] for key in ("different", "partly", "single", "initial"))


def name_rule(left: str, right: str, variants: NameVariants | None = None) -> Named:
    """Compare two names as :func:`compare_names` does.

    Most pairs of names have no words that are alike, and are told apart by looking words up.

    Returns:
        The rule's number, and the words that were aligned with their class of likeness.
    """
    return _compared(left, right) if variants is None else _compared_by(left, right, variants)


@lru_cache(maxsize=65_536)
def _compared(left: str, right: str) -> Named:
    return _compared_by(left, right, known_variants())


def _compared_by(left: str, right: str, variants: NameVariants) -> Named:
    words_left, words_right = _words(left), _words(right)
    a, b = words_left, words_right
    if len(a) > 1 and not _joined_words(left).isdisjoint(b):
        a = _merged(a, b)
    if len(b) > 1 and not _joined_words(right).isdisjoint(a):
        b = _merged(b, a)
    found, taken = _align(a, b, variants)
    rule = _graded(a, b, found, taken) if found else RULE_NUMBERS["different"]
    if (
        rule in _MAY_BE_JOINED
        and len(left) > SHORTEST_JOINED
        and left.replace(" ", "") == right.replace(" ", "")
    ):
        # All words of the side that divides the letters more finely stand behind a joined name.
        finer = words_left if len(words_left) >= len(words_right) else words_right
        return RULE_NUMBERS["joined"], tuple((word, EXACT) for word in finer)
    if not found:
        return _DIFFERENT
    return rule, tuple((word, found[place]) for place, word in enumerate(a) if place in found)


@lru_cache(maxsize=65_536)
def _words(form: str) -> Words:
    return tuple(form.split()[:MOST_TOKENS])


@lru_cache(maxsize=65_536)
def _joined_words(form: str) -> frozenset[str]:
    """Each word of a name together with the next."""
    return frozenset(map("".join, pairwise(_words(form))))


def _merged(own: Words, other: Words) -> Words:
    """Write two words as one where the other name does, at the first such place."""
    for place, whole in enumerate(map("".join, pairwise(own))):
        if len(whole) > SHORTEST_JOINED and whole in other:
            return (*own[:place], whole, *own[place + 2 :])
    return own


def _align(a: Words, b: Words, variants: NameVariants) -> tuple[dict[int, int], set[int]]:
    """Pair the words one to one, the most alike first; ties go to nearer places, then to earlier words.

    Returns:
        Place of each aligned left word -> its class of likeness; and the places of the right words.
    """
    alike: list[tuple[int, int, int, int]] = []
    for i, one in enumerate(a):
        standing = variants.get(one, ())
        for j, other in enumerate(b):
            likeness, strength = (
                (EXACT, EXACT * 1000 + 900)
                if one == other
                else word_likeness(one, other, stands=other in standing)
            )
            if likeness > UNLIKE:
                alike.append((abs(i - j) - strength, i, j, likeness))
    found: dict[int, int] = {}
    taken: set[int] = set()
    for _, i, j, likeness in sorted(alike):
        if i not in found and j not in taken:
            found[i] = likeness
            taken.add(j)
    return found, taken


def _graded(a: Words, b: Words, found: dict[int, int], taken: set[int]) -> int:
    full_a, full_b = _telling_places(a), _telling_places(b)
    likeness = [found.get(place, UNLIKE) for place in full_a]
    contradicted = UNLIKE in likeness and not taken.issuperset(full_b)
    whole = UNLIKE not in likeness and taken.issuperset(full_b)
    exact, initial = likeness.count(EXACT), likeness.count(INITIAL)
    agreed = len(likeness) - likeness.count(UNLIKE) - initial
    one_word = (len(full_a) == 1) != (len(full_b) == 1)
    tests = (
        agreed == 0,
        contradicted,
        one_word,
        whole and agreed == exact and not initial,
        whole and not initial,
        agreed >= 2,
        True,
    )
    return GRADED[tests.index(True)]


@lru_cache(maxsize=65_536)
def _telling_places(words: Words) -> tuple[int, ...]:
    """Places of the words that are no particles; a name of particles alone is still a name."""
    places = tuple(
        place
        for place, word in enumerate(words)
        if word not in PARTICLES or (place == 0 and word in GIVEN_PARTICLES)
    )
    return places or tuple(range(len(words)))
