"""How alike two words of names are, for many distinct pairs of words at once."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import OSA, JaroWinkler
from rapidfuzz.process import cpdist

from vetting.compare.abjads import spells
from vetting.compare.variants import NameVariants, known_variants
from vetting.normalise.abjads import is_abjad

__all__ = ["EXACT", "INITIAL", "LOOSE", "SPELLING", "UNLIKE", "VARIANT", "token_likeness", "word_likeness"]

# Classes of likeness, more is closer.
UNLIKE, INITIAL, LOOSE, SPELLING, VARIANT, EXACT = range(6)

# Edits that a word of a length bears before it is another name, with the Jaro-Winkler similarity that
# must remain. Chosen so that of 9,763 pairs of given names which reviewers judged different at most
# five in a thousand pass.
_EDITS = ((1, 4, 0.0), (2, 6, 0.915), (3, 9, 0.85))
_SHORTEST_SOUND, _SHORTEST_DOUBLED = 4, 3
_SKELETON_LIKE = 0.93
_WORTH_HEARING = 0.6  # words less alike on paper do not sound the same

# Spellings that transliteration and family use exchange freely: first at the ends of a word, then anywhere.
_ENDS = (
    (re.compile(r"(?<=[oe])ff$"), "v"),  # Ivanoff
    (re.compile(r"(?<=..)(?:ie|ei|ey|ij|iy|yi)$"), "i"),
    (re.compile(r"(?<=..)ah$"), "a"),
    (re.compile(r"(?<=[^aeiou][^aeiou])e$"), ""),  # Clarke, Anne
    (re.compile(r"^[yi]e(?=.)"), "e"),  # Yevgeny
    (re.compile(r"(?<=g)u(?=[ei])"), ""),  # Serguei
)
_SOUNDS = (
    ("shch", "sh"), ("sch", "sh"), ("sz", "sh"), ("tch", "ch"), ("cz", "ch"), ("ph", "f"), ("ck", "k"), ("tz", "ts"), ("zh", "j"),
    ("ou", "u"), ("oo", "u"), ("ee", "i"), ("ue", "u"), ("oe", "o"), ("ae", "a"), ("eong", "ung"), ("rz", "zh"),
    ("kh", "h"), ("q", "k"), ("w", "v"), ("y", "i"), ("j", "i"), ("th", "t"), ("dh", "d"), ("gh", "g"),
)  # fmt: skip
_REPEATED = re.compile(r"(.)\1+")
_VOWELS = re.compile(r"[aeiouh]")
_SHORTEST_ABJAD_EDIT = 3  # letters that write no vowels: each tells more


@lru_cache(maxsize=262_144)
def _sound(word: str) -> str:
    """Even out spelling habits: w and v, y and i, ph and f, doubled letters, ends."""
    for end, kept in _ENDS:
        word = end.sub(kept, word)
    for written, kept in _SOUNDS:
        word = word.replace(written, kept)
    return _REPEATED.sub(r"\1", word)


def _across_scripts(one: str, other: str) -> bool:
    """Whether one word is in Arabic or Hebrew letters, and the other a usual Latin spelling of it."""
    if one.isascii() == other.isascii():
        return False
    latin, native = (one, other) if one.isascii() else (other, one)
    return is_abjad(native) and spells(latin, native)


def _skeleton(sound: str) -> str:
    return sound[:1] + _VOWELS.sub("", sound[1:])


Likeness = tuple[npt.NDArray[np.int8], npt.NDArray[np.float32]]


def token_likeness(
    left: Sequence[str], right: Sequence[str], *, variants: NameVariants | None = None
) -> Likeness:
    """Class of likeness of each pair of words, and their similarity to settle ties.

    Args:
        left: n words as in :func:`vetting.normalise.names.name_form`.
        right: n words.
        variants: Names that stand for one another; ``None`` for the known ones.

    Returns:
        Shape (n,): ``EXACT``; ``VARIANT`` for names that stand for one another, or that two scripts write
        for one; ``SPELLING`` for
        one edit in a long enough word, or the same sound; ``LOOSE`` for two or three edits; ``INITIAL`` for a letter and a word that
        starts with it; ``UNLIKE``. And shape (n,): Jaro-Winkler similarity, 0 to 1.
    """
    count = len(left)
    likeness = np.zeros(count, np.int8)
    if not count:
        return likeness, np.zeros(0, np.float32)
    edits = cpdist(left, right, scorer=OSA.distance, score_cutoff=3, dtype=np.int32)
    similar = cpdist(left, right, scorer=JaroWinkler.similarity, dtype=np.float32)
    shortest = np.fromiter((min(len(a), len(b)) for a, b in zip(left, right, strict=True)), np.int32, count)
    alike, loose = _spelled_alike(left, right, (edits, similar, shortest))
    likeness[loose] = LOOSE
    likeness[alike] = SPELLING
    known = known_variants() if variants is None else variants
    none: frozenset[str] = frozenset()
    variant = np.fromiter(
        (b in known.get(a, none) or _across_scripts(a, b) for a, b in zip(left, right, strict=True)),
        np.bool_,
        count,
    )
    likeness[variant] = VARIANT
    # Only a Latin letter is an initial; a syllable of another script is a whole name.
    for row in np.flatnonzero(shortest == 1).tolist():
        a, b = left[row], right[row]
        likeness[row] = INITIAL if a[0] == b[0] and a.isascii() and b.isascii() else UNLIKE
    likeness[edits == 0] = EXACT
    return likeness, similar


Marks = npt.NDArray[np.bool_]
Measures = tuple[npt.NDArray[np.int32], npt.NDArray[np.float32], npt.NDArray[np.int32]]


def _spelled_alike(left: Sequence[str], right: Sequence[str], measures: Measures) -> tuple[Marks, Marks]:
    """Which words differ by one edit or sound alike, and which by a few edits."""
    edits, similar, shortest = measures
    loose = np.zeros(len(left), np.bool_)
    # Two slips of which one is in the first letter are rare: Arleen is not Darlene.
    start = np.fromiter((a[:1] == b[:1] for a, b in zip(left, right, strict=True)), np.bool_, len(left))
    for allowed, letters, least in _EDITS:
        loose |= (edits <= allowed) & (shortest >= letters) & (similar >= least) & (start | (edits <= 1))
    alike = loose & (edits <= 1)
    native = np.fromiter((is_abjad(a) and is_abjad(b) for a, b in zip(left, right, strict=True)), np.bool_)
    alike |= native & (edits <= 1) & (shortest >= _SHORTEST_ABJAD_EDIT)
    open_ = np.flatnonzero(~alike & (shortest >= _SHORTEST_DOUBLED) & (similar >= _WORTH_HEARING))
    for row in open_.tolist():
        alike[row] = _heard_alike(left[row], right[row], similar[row], shortest[row])
    return alike, loose & ~alike


@lru_cache(maxsize=262_144)
def word_likeness(left: str, right: str, *, stands: bool) -> tuple[int, int]:
    """Compare two different words as :func:`token_likeness` does.

    Args:
        left: A word.
        right: Another.
        stands: Whether the names are known to stand for one another.

    Returns:
        The class of likeness; and how strongly it aligns them, 1,000 a class and 900 for all letters.
    """
    shortest = min(len(left), len(right))
    if shortest == 1:  # only a Latin letter is an initial; a syllable of another script is a whole name
        likeness = INITIAL if left[0] == right[0] and left.isascii() and right.isascii() else UNLIKE
        return likeness, likeness * 1000 + (int(_similar(left, right) * 900) if likeness else 0)
    edits = OSA.distance(left, right, score_cutoff=_MOST_EDITS)
    similar = _similar(left, right)
    likeness = UNLIKE
    if stands or _across_scripts(left, right):
        likeness = VARIANT
    else:
        loose = (
            edits <= _MOST_EDITS
            and (left[:1] == right[:1] or edits <= 1)
            and any(
                edits <= allowed and shortest >= letters and similar >= least
                for allowed, letters, least in _SINGLE_EDITS
            )
        )
        if (
            edits <= 1
            and (loose or (shortest >= _SHORTEST_ABJAD_EDIT and is_abjad(left) and is_abjad(right)))
        ) or (
            shortest >= _SHORTEST_DOUBLED
            and similar >= _SINGLE_HEARING
            and _heard_alike(left, right, similar, shortest)
        ):
            likeness = SPELLING
        elif loose:
            likeness = LOOSE
    return likeness, likeness * 1000 + int(similar * 900)


# The arrays keep similarities in single precision, and ties and limits are decided in it.
_SINGLE = np.float32
_SINGLE_EDITS = tuple((allowed, letters, _SINGLE(least)) for allowed, letters, least in _EDITS)
_SINGLE_HEARING = _SINGLE(_WORTH_HEARING)
_MOST_EDITS = _EDITS[-1][0]


def _similar(left: str, right: str) -> np.float32:
    return _SINGLE(JaroWinkler.similarity(left, right))


def _heard_alike(left: str, right: str, similar: float | np.float32, shortest: int) -> bool:
    """Whether two words sound the same, or nearly."""
    if shortest < _SHORTEST_SOUND:  # Ann and Anan are two names, Son and Sson are one
        return _REPEATED.sub(r"\1", left) == _REPEATED.sub(r"\1", right)
    one, other = _sound(left), _sound(right)
    return one == other or bool(
        similar >= _SKELETON_LIKE and one[0] == other[0] and _skeleton(one) == _skeleton(other)
    )
