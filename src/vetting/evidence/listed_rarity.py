"""u for few pairs of one applicant and a list: the shares of :class:`vetting.evidence.rarity.Rarity`, one by one.

Each is worked out when it is first asked for, and remembered. Every number comes from the arrays' own functions, so that it is theirs to the
last digit.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import exp2, log2

import numpy as np
import numpy.typing as npt

from vetting.blocking.postings import GRAM_SIZES, gram_symbols
from vetting.compare.handle_features import LONGEST
from vetting.compare.handle_pair import HandleWriting
from vetting.evidence.handle_model import FORMS_TO_TRUST, MOST_PIECE_BITS
from vetting.evidence.rarity import Rarity
from vetting.records.dates import PartialDate

__all__ = ["ListedRarity"]

_EDGE = "^"


class ListedRarity:
    """Shares of single values in the population of a list and one applicant.

    Args:
        rarity: Of the list and the applicant.

    Attributes:
        of_many: The same.
    """

    def __init__(self, rarity: Rarity) -> None:
        self.of_many = rarity
        self._shares: dict[tuple[str, str], float] = {}
        self._sharers: dict[tuple[str, str], int] = {}
        self._letters: dict[str, list[float]] = {}
        self._grams: dict[str, list[tuple[int, str]]] = {}

    def mailbox(self, form: str) -> float:
        """Share of people with this mailbox."""
        return self._share("mailbox", form, self.of_many.emails)

    def phone(self, form: str) -> float:
        """Share of people with this number."""
        return self._share("phone", form, self.of_many.phones)

    def url(self, form: str) -> float:
        """Share of people with this page."""
        return self._share("url", form, self.of_many.urls)

    def word(self, kind: str, word: str) -> float:
        """Share of people with this word of a name or an address, or this postcode."""
        return self._share(kind, word, lambda words: self.of_many.words(kind, words))

    def day(self, left: str, right: str) -> float:
        """Share of people born on one day of the year of the first date, or else of the second."""
        return self._share("day", _year(left) or _year(right), self.of_many.days)

    def handle(self, compact: str, *, core: bool = False) -> float:
        """Share of handles with this compact text, or with this core."""
        if core:
            return self._share("core", compact, lambda texts: self.of_many.handles(texts, cores=True))
        return self._share("handle", compact, self.of_many.handles)

    def spelling(self, compact: str) -> float:
        """Share of handles with this compact text by its letters and its count, names aside."""
        return self._share("spelling", compact, self.of_many.spellings)

    def part(self, text: str) -> float:
        """Share of handles that hold this piece of text."""
        return self._share("part", text, self.of_many.parts)

    def letter_bits(self, writing: HandleWriting) -> list[float]:
        """Return -log2 P of each of a handle's letters."""
        known = self._letters.get(writing.compact)
        if known is None:
            row = self.of_many.characters.letter_bits([writing.compact], width=LONGEST)[0]
            known = row[: len(writing.written)].astype(np.float64).tolist()
            self._letters[writing.compact] = known
        return known

    def piece_bits(self, left: HandleWriting, right: HandleWriting, rarest: float) -> float:
        """-log2 of the share of the list's handles that hold the rarest common n-gram.

        Args:
            left: The applicant's handle, whose n-grams are remembered.
            right: The account's.
            rarest: Bits of the letters of the rarest shared stretch.
        """
        postings = self.of_many.postings
        if postings is None or not postings.form_count:
            return min(rarest, MOST_PIECE_BITS)
        expected = FORMS_TO_TRUST * exp2(-rarest)
        fewest = self.fewest(left, right)
        return -log2((fewest - 0.5 + expected) / (postings.form_count + FORMS_TO_TRUST))

    def fewest(self, left: HandleWriting, right: HandleWriting) -> int:
        """Return how many of the list's forms hold the rarest n-gram that two handles have in common."""
        symbols = _edged(right.compact)
        for count, gram in self._rarest_first(left.compact):
            if gram in symbols:
                return max(count, 1)
        assert self.of_many.postings is not None
        return self.of_many.postings.form_count

    def sharers(self, kind: str, value: str) -> int:
        """Return how many others have a value, on the list and among the applicant's."""
        known = self._sharers.get((kind, value))
        if known is None:
            known = self._sharers[kind, value] = int(self.of_many.sharers(kind, [value])[0])
        return known

    def _share(
        self, kind: str, value: str, shares: Callable[[Sequence[str]], npt.NDArray[np.float64]]
    ) -> float:
        known = self._shares.get((kind, value))
        if known is None:
            known = self._shares[kind, value] = float(shares([value])[0])
        return known

    def _rarest_first(self, compact: str) -> list[tuple[int, str]]:
        """A handle's n-grams with the number of the list's forms that have them, the fewest first."""
        known = self._grams.get(compact)
        if known is None:
            text = _edged(compact)
            grams = list(
                dict.fromkeys(
                    text[at : at + size] for size in GRAM_SIZES for at in range(len(text) - size + 1)
                )
            )
            postings = self.of_many.postings
            assert postings is not None
            counts = postings.counts_of(np.array([_number(gram) for gram in grams], np.uint32)).tolist()
            known = self._grams[compact] = sorted(zip(counts, grams, strict=True))
        return known


def _edged(compact: str) -> str:
    return f"{_EDGE}{gram_symbols(compact)}{_EDGE}"


def _number(gram: str) -> int:
    """A gram as the postings number it."""
    number = 0
    for symbol in gram:
        number = number << 6 | _CODES[symbol]
    return number


_CODES = {symbol: code for code, symbol in enumerate(" abcdefghijklmnopqrstuvwxyz0123456789?" + _EDGE)}


def _year(form: str) -> str:
    return str(PartialDate.parse(form).readings[0][0] or "")
