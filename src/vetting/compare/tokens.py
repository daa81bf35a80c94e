"""How alike two words of names are, for many distinct pairs of words at once."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import OSA, JaroWinkler
from rapidfuzz.process import cpdist

__all__ = [
    "EXACT",
    "INITIAL",
    "SPELLING",
    "UNLIKE",
    "VARIANT",
    "given_name_variants",
    "token_likeness",
    "word_likeness",
]

# Classes of likeness, more is closer.
UNLIKE, INITIAL, SPELLING, VARIANT, EXACT = range(5)

# Edits that a word of a length bears before it is another name, with the Jaro-Winkler similarity that
# must remain. Chosen so that of 9,763 pairs of given names which reviewers judged different at most
# five in a thousand pass.
_EDITS = ((1, 4, 0.0), (2, 6, 0.88), (3, 9, 0.85))
_SHORTEST_SOUND = 4
_SKELETON_LIKE = 0.93
_WORTH_HEARING = 0.6  # words less alike on paper do not sound the same

# Spellings that transliteration and family use exchange freely.
_SOUNDS = (
    ("sch", "sh"), ("tch", "ch"), ("ph", "f"), ("ck", "k"), ("cz", "ch"), ("ou", "u"), ("oo", "u"), ("ee", "i"),
    ("kh", "h"), ("q", "k"), ("w", "v"), ("y", "i"), ("j", "i"), ("th", "t"), ("dh", "d"), ("gh", "g"),
)  # fmt: skip
_REPEATED = re.compile(r"(.)\1+")
_VOWELS = re.compile(r"[aeiouh]")
# Arabic and Hebrew write long vowels as the consonants w and y, and at the end of a word.
_VOWELLED = re.compile(r"[aeiou]|y(?!$)")
_UNWRITTEN = re.compile(r"[aeiouwy]")
_SHORTEST_CONSONANTS, _SHORTEST_BARE_EDIT = 2, 3


@cache
def given_name_variants() -> dict[str, frozenset[str]]:
    """Return for each given name the names that are short or pet forms of it, or that it is one of.

    Source: the ``nicknames`` package (permissive licence), English given names.
    """
    from nicknames import NickNamer

    variants: dict[str, set[str]] = {}
    for name, nicknames in NickNamer().nickname_lookup.items():
        for nickname in nicknames:
            variants.setdefault(name, set()).add(nickname)
            variants.setdefault(nickname, set()).add(name)
    return {name: frozenset(others) for name, others in variants.items()}


@lru_cache(maxsize=262_144)
def _sound(word: str) -> str:
    """Even out spelling habits: w and v, y and i, ph and f, doubled letters."""
    for written, kept in _SOUNDS:
        word = word.replace(written, kept)
    return _REPEATED.sub(r"\1", word)


@lru_cache(maxsize=262_144)
def _is_bare(word: str) -> bool:
    return not _VOWELLED.search(word)


def _same_consonants(one: str, other: str, edits: int) -> bool:
    """Whether a word of a script that writes no vowels is the other: "mhmd" is Mohammed."""
    if _is_bare(one) and _is_bare(other) and edits == 1:
        return min(len(one), len(other)) >= _SHORTEST_BARE_EDIT
    consonants = [_REPEATED.sub(r"\1", _UNWRITTEN.sub("", word)) for word in (one, other)]
    return consonants[0] == consonants[1] and len(consonants[0]) >= _SHORTEST_CONSONANTS


def _skeleton(sound: str) -> str:
    return sound[:1] + _VOWELS.sub("", sound[1:])


Likeness = tuple[npt.NDArray[np.int8], npt.NDArray[np.float32]]


def token_likeness(left: Sequence[str], right: Sequence[str]) -> Likeness:
    """Class of likeness of each pair of words, and their similarity to settle ties.

    Args:
        left: n words as in :func:`vetting.normalise.names.name_form`.
        right: n words.

    Returns:
        Shape (n,): ``EXACT``; ``VARIANT`` for given names that stand for one another; ``SPELLING`` for
        few edits in a long enough word, or the same sound; ``INITIAL`` for a letter and a word that
        starts with it; ``UNLIKE``. And shape (n,): Jaro-Winkler similarity, 0 to 1.
    """
    count = len(left)
    likeness = np.zeros(count, np.int8)
    if not count:
        return likeness, np.zeros(0, np.float32)
    edits = cpdist(left, right, scorer=OSA.distance, score_cutoff=3, dtype=np.int32)
    similar = cpdist(left, right, scorer=JaroWinkler.similarity, dtype=np.float32)
    shortest = np.fromiter((min(len(a), len(b)) for a, b in zip(left, right, strict=True)), np.int32, count)
    likeness[_spelled_alike(left, right, (edits, similar, shortest))] = SPELLING
    known = given_name_variants()
    none: frozenset[str] = frozenset()
    variant = np.fromiter(
        (b in known.get(a, none) for a, b in zip(left, right, strict=True)), np.bool_, count
    )
    likeness[variant] = VARIANT
    # Only a Latin letter is an initial; a syllable of another script is a whole name.
    for row in np.flatnonzero(shortest == 1).tolist():
        a, b = left[row], right[row]
        likeness[row] = INITIAL if a[0] == b[0] and a.isascii() and b.isascii() else UNLIKE
    likeness[edits == 0] = EXACT
    return likeness, similar


Measures = tuple[npt.NDArray[np.int32], npt.NDArray[np.float32], npt.NDArray[np.int32]]


def _spelled_alike(left: Sequence[str], right: Sequence[str], measures: Measures) -> npt.NDArray[np.bool_]:
    edits, similar, shortest = measures
    alike = np.zeros(len(left), np.bool_)
    for allowed, letters, least in _EDITS:
        alike |= (edits <= allowed) & (shortest >= letters) & (similar >= least)
    bare = np.fromiter(
        (_is_bare(a) or _is_bare(b) for a, b in zip(left, right, strict=True)), np.bool_, len(left)
    )
    for row in np.flatnonzero(bare & ~alike & (shortest >= _SHORTEST_CONSONANTS)).tolist():
        alike[row] = _same_consonants(left[row], right[row], int(edits[row]))
    open_ = np.flatnonzero(~alike & (shortest >= _SHORTEST_SOUND) & (similar >= _WORTH_HEARING))
    for row in open_.tolist():
        one, other = _sound(left[row]), _sound(right[row])
        if one == other or (
            similar[row] >= _SKELETON_LIKE and one[0] == other[0] and _skeleton(one) == _skeleton(other)
        ):
            alike[row] = True
    return alike


@lru_cache(maxsize=262_144)
def word_likeness(left: str, right: str) -> tuple[int, int]:
    """Compare two different words as :func:`token_likeness` does.

    Returns:
        The class of likeness, and the similarity in 900ths.
    """
    shortest = min(len(left), len(right))
    if shortest == 1:
        # Only a Latin letter is an initial, as above.
        starts = left[0] == right[0] and left.isascii() and right.isascii()
        alike = INITIAL if starts else UNLIKE
    elif right in given_name_variants().get(left, ()):
        alike = VARIANT
    else:
        edits = OSA.distance(left, right, score_cutoff=3)
        if edits > _EDITS[-1][0] and not _may_sound_alike(left, right, shortest):
            return UNLIKE, 0
        likeness, _ = token_likeness([left], [right])
        alike = int(likeness[0])
    if alike == UNLIKE:
        return UNLIKE, 0
    similar = np.float32(JaroWinkler.similarity(left, right))
    return alike, int(similar * np.float32(900))


def _may_sound_alike(left: str, right: str, shortest: int) -> bool:
    """Whether words that differ by many edits may still be alike, by sound or by their consonants."""
    if shortest >= _SHORTEST_SOUND and JaroWinkler.similarity(left, right) >= _WORTH_HEARING - 1e-6:
        return True
    return shortest >= _SHORTEST_CONSONANTS and (_is_bare(left) or _is_bare(right))
