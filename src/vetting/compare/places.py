"""Two addresses, towns or postcodes to a comparison level."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt
from attrs import frozen

from vetting.compare.levels import Comparisons, FormPairs, LevelCode, Rule
from vetting.normalise.places import place_parts

__all__ = ["PLACE_RULES", "PlaceComparisons", "compare_places", "place_rule"]

PLACE_RULES: tuple[Rule, ...] = (
    Rule("different", LevelCode.CONFLICT, "different places; people move"),
    Rule("address", LevelCode.EXACT, "the same postcode, and the address agrees"),
    Rule("postcode", LevelCode.CLOSE, "the same postcode"),
    Rule("says_nothing", LevelCode.MISSING, "a postcode on one side, words on the other"),
    Rule("word", LevelCode.PLAUSIBLE, "a town, street or region in common"),
    Rule("words", LevelCode.CLOSE, "most of the address agrees, word by word"),
)
_MOST_WORDS = 8
_MOST_OF_AN_ADDRESS = 3


@frozen(eq=False, kw_only=True)
class PlaceComparisons(Comparisons):
    """Places compared, with every word in common.

    Attributes:
        words: Shape (n, 8): codes of the telling words in common, -1 elsewhere.
    """

    words: npt.NDArray[np.int32]


def compare_places(pairs: FormPairs) -> PlaceComparisons:
    """Compare postcodes and telling words.

    Args:
        pairs: Forms of :func:`vetting.normalise.places.place_form`.

    Returns:
        For each pair the strongest rule, and all words in common; ``shared`` points to the postcode, or to the longest word in
        common.
    """
    vocabulary: dict[str, int] = {}
    codes_l, words_l = _parts(pairs.left, vocabulary)
    codes_r, words_r = _parts(pairs.right, vocabulary)
    left, right = pairs.left_codes, pairs.right_codes
    same_code = (codes_l[left] >= 0) & (codes_l[left] == codes_r[right])
    matches = (words_l[left][:, :, None] == words_r[right][:, None, :]) & (words_l[left][:, :, None] >= 0)
    word_at = matches.any(axis=2)
    any_word = word_at.any(axis=1)
    rule = np.zeros(pairs.size, np.int16)
    both_codes = (codes_l[left] >= 0) & (codes_r[right] >= 0)
    both_words = (words_l[left, 0] >= 0) & (words_r[right, 0] >= 0)
    rule[~both_codes & ~both_words] = 3
    rule[any_word] = 4
    rule[same_code] = 2
    rule[same_code & any_word] = 1
    lengths = np.array([len(word) for word in vocabulary] or [0], np.int32)
    weight = np.where(word_at, lengths[words_l[left]], -1)
    longest = np.take_along_axis(words_l[left], weight.argmax(axis=1)[:, None], axis=1)[:, 0]
    shared = np.where(same_code, codes_l[left], np.where(any_word, longest, -1)).astype(np.int32)
    words = np.where(word_at, words_l[left], -1).astype(np.int32)
    rule[(rule == 4) & (word_at.sum(axis=1) >= _MOST_OF_AN_ADDRESS)] = 5
    return PlaceComparisons(PLACE_RULES, rule, shared, list(vocabulary), words=words)


def _parts(
    forms: Sequence[str], vocabulary: dict[str, int]
) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int32]]:
    """Codes of the postcode (-1 for none) and of up to eight words (-1 for fewer) of each form."""
    postcodes = np.full(len(forms), -1, np.int32)
    words = np.full((len(forms), _MOST_WORDS), -1, np.int32)
    for row, form in enumerate(forms):
        postcode, telling = place_parts(form)
        if postcode:
            postcodes[row] = vocabulary.setdefault(postcode, len(vocabulary))
        for place, word in enumerate(telling[:_MOST_WORDS]):
            words[row, place] = vocabulary.setdefault(word, len(vocabulary))
    return postcodes, words


def place_rule(left: str, right: str) -> tuple[int, str, list[str]]:
    """Compare two places as :func:`compare_places` does.

    Returns:
        The rule's number; the postcode or the longest word in common, or nothing; and the words in common.
    """
    code_left, words_left = _parts_of(left)
    code_right, words_right = _parts_of(right)
    same_code = bool(code_left) and code_left == code_right
    words = [word for word in words_left if word in words_right]
    if same_code:
        return (1 if words else 2), code_left, words
    if words:
        return (5 if len(words) >= _MOST_OF_AN_ADDRESS else 4), max(words, key=len), words
    comparable = (code_left and code_right) or (words_left and words_right)
    return (0 if comparable else 3), "", words


@lru_cache(maxsize=65_536)
def _parts_of(form: str) -> tuple[str, tuple[str, ...]]:
    postcode, telling = place_parts(form)
    return postcode, telling[:_MOST_WORDS]
