"""Random draws for decoys, and words with the letters of a cohort's own handles."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from vetting.evidence.characters import ALPHABET, background_trigrams, count_trigrams

__all__ = ["Draws", "LetterModel", "Splicer"]

T = TypeVar("T")

_SIZE = len(ALPHABET)
_LETTERS = 26
_BLOCK = 16_384
# A handful of handles would be learned by heart: common names count as so many words beside them.
_BORROWED = 100.0
_SHORTEST = 3
_LONGEST = 14
_DIGITS_AT_ONCE = 9
_CONTEXT = 3
_PASSING = 0.35
_LONGEST_SPLICED = 20


class Draws:
    """Random draws that a seed repeats, the same on every machine.

    Args:
        seed: Any whole number from 0.
    """

    def __init__(self, seed: int) -> None:
        self.generator = np.random.default_rng(seed)
        self._fractions: Iterator[float] = iter(())

    def fraction(self) -> float:
        """Draw from 0 to below 1."""
        for fraction in self._fractions:
            return fraction
        # One call for many draws: a call each would cost as much as everything else.
        self._fractions = iter(self.generator.random(_BLOCK).tolist())
        return next(self._fractions)

    def below(self, end: int) -> int:
        """Draw a whole number from 0 to ``end - 1``."""
        return int(self.fraction() * end)

    def pick(self, choices: Sequence[T]) -> T:
        """Draw one of some choices; one that is there twice is twice as likely."""
        return choices[int(self.fraction() * len(choices))]

    def digits(self, count: int) -> str:
        """Draw digits, leading zeros allowed."""
        wholes, rest = divmod(count, _DIGITS_AT_ONCE)
        drawn = [f"{self.below(10**_DIGITS_AT_ONCE):0{_DIGITS_AT_ONCE}}" for _ in range(wholes)]
        return "".join(drawn) + (f"{self.below(10**rest):0{rest}}" if rest else "")

    def letters(self, count: int) -> str:
        """Draw letters, each as likely as any other."""
        return "".join(ALPHABET[1 + self.below(_LETTERS)] for _ in range(count))

    def shuffled(self, text: str) -> str:
        """Put the characters of a text in another order."""
        order = sorted((self.fraction(), place) for place in range(len(text)))
        return "".join(text[place] for _, place in order)


class LetterModel:
    """Makes words whose letters follow one another as in given words.

    Args:
        words: Lower-case words, a repeated one as often as it occurs; others' characters are passed over.

    Source:
        Witten & Bell 1991, as in :mod:`vetting.evidence.characters`, turned round: here the model writes.
    """

    def __init__(self, words: Sequence[str]) -> None:
        borrowed = background_trigrams().astype(np.float64)
        ends = borrowed.reshape(_SIZE * _SIZE, _SIZE)[:, 0].sum()
        cube = (count_trigrams(words) + borrowed * (_BORROWED / ends)).reshape(_SIZE, _SIZE, _SIZE)
        likely: npt.NDArray[np.float64] = np.full(_SIZE, 1.0 / _SIZE)
        for counts in (cube.sum(axis=(0, 1)), cube.sum(axis=0), cube):
            kinds = (counts > 0).sum(axis=-1, keepdims=True) + 1.0
            likely = (counts + kinds * likely) / (counts.sum(axis=-1, keepdims=True) + kinds)
        likely = likely.reshape(_SIZE * _SIZE, _SIZE)
        self._ending = _cumulative(likely, first=0)
        self._going_on = _cumulative(likely, first=1)

    def words(self, draws: Draws, count: int) -> list[str]:
        """Make words of 3 to 14 letters.

        Cost: vectorised; some 20,000 words in 50 ms.
        """
        codes = np.zeros((count, _LONGEST), np.int64)
        alive = np.arange(count)
        first = second = np.zeros(count, np.int64)
        for place in range(_LONGEST):
            table = self._going_on if place < _SHORTEST else self._ending
            chances = draws.generator.random((len(alive), 1))
            third = (table[first * _SIZE + second] <= chances).sum(axis=1)
            codes[alive, place] = third
            going = third > 0
            alive, first, second = alive[going], second[going], third[going]
        characters = np.frombuffer(ALPHABET.encode("ascii"), np.uint8)[codes]
        texts: list[str] = characters.view(f"S{_LONGEST}").reshape(-1).astype(str).tolist()
        return texts

    def endless(self, draws: Draws) -> Iterator[str]:
        """Yield words for as long as they are wanted; the first block is small."""
        count = 256
        while True:
            yield from self.words(draws, count)
            count = _BLOCK


class Splicer:
    """Makes words by passing from one given word to another wherever both have the same three letters.

    What several words have in common survives: of "thunderbird" and "spiderman" comes "thunderman". A model
    of single letters would lose such parts, and with them most of what handles share by chance.

    Args:
        words: Lower-case words, a repeated one as often as it occurs.
    """

    def __init__(self, words: Sequence[str]) -> None:
        self._words = [word for word in words if len(word) > _CONTEXT]
        self._places: dict[str, list[tuple[int, int]]] = {}
        for number, word in enumerate(self._words):
            for place in range(_CONTEXT, len(word)):
                self._places.setdefault(word[place - _CONTEXT : place], []).append((number, place))

    def word(self, draws: Draws) -> str:
        """Make a word; empty where there is nothing to make it of. It may be one of those given."""
        if not self._words:
            return ""
        word = draws.pick(self._words)
        place = _CONTEXT
        made = word[:place]
        while place < len(word) and len(made) < _LONGEST_SPLICED:
            if draws.fraction() < _PASSING:
                number, place = draws.pick(self._places[made[-_CONTEXT:]])
                word = self._words[number]
            made += word[place]
            place += 1
        return made


def _cumulative(likely: npt.NDArray[np.float64], *, first: int) -> npt.NDArray[np.float64]:
    """Cumulative chances of the next character: letters, and the end if it is the first allowed."""
    allowed = np.zeros(_SIZE, np.bool_)
    allowed[first : _LETTERS + 1] = True
    kept = np.where(allowed, likely, 0.0)
    summed: npt.NDArray[np.float64] = np.cumsum(kept / kept.sum(axis=1, keepdims=True), axis=1)
    # Rounding must not leave a gap above the last letter.
    summed[:, _LETTERS:] = 1.0
    return summed
