"""u for one pair of records without a list: what rarity comes to when nobody else was counted.

Each value is left out once on either side, so that of two records alone no counts remain: the shares of
:class:`vetting.evidence.rarity.Rarity` become numbers, and the character model is the names that ship with
the package and the handles at hand.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cache, cached_property, lru_cache
from math import exp2, log2
from typing import Protocol

import numpy as np

from vetting.compare.handle_pair import HandleWriting, handle_writing
from vetting.evidence.characters import ALPHABET, CharacterModel
from vetting.evidence.handle_model import MOST_PIECE_BITS
from vetting.evidence.named_handles import NameCounts, named_parts, named_shares
from vetting.evidence.rarity import SHARES, TEMPER
from vetting.normalise.holding import Holding, Values
from vetting.normalise.places import place_parts
from vetting.records.dates import PartialDate

__all__ = ["PairCharacters", "PairRarity", "RarityOfPairs"]

_SIZE = len(ALPHABET)
_OTHER = _SIZE - 1
_CODE = [
    ALPHABET.find(chr(byte)) if 0 < byte < 128 and chr(byte) in ALPHABET else _OTHER for byte in range(256)
]
_LONGEST = 64  # as in the character model
_SEEN = 2  # a matched value is in the counts of either side


class RarityOfPairs(Protocol):
    """Shares of single values, as :class:`vetting.evidence.rarity.Rarity` has them of many."""

    def mailbox(self, form: str) -> float:
        """Share of people with this mailbox."""
        ...

    def phone(self, form: str) -> float:
        """Share of people with this number."""
        ...

    def url(self, form: str) -> float:
        """Share of people with this page."""
        ...

    def word(self, kind: str, word: str) -> float:
        """Share of people with this word of a name (``name_word``) or an address, or this postcode."""
        ...

    def day(self, left: str, right: str) -> float:
        """Share of people born on one day of the year of the first date, or else of the second."""
        ...

    def handle(self, compact: str, *, core: bool = False) -> float:
        """Share of handles with this compact text, or with this core."""
        ...

    def spelling(self, compact: str) -> float:
        """Share of handles with this compact text by its letters, names aside."""
        ...

    def part(self, text: str) -> float:
        """Share of handles that hold this piece of text."""
        ...

    def letter_bits(self, writing: HandleWriting) -> list[float]:
        """Return -log2 P of each of a handle's letters."""
        ...

    def piece_bits(self, left: HandleWriting, right: HandleWriting, rarest: float) -> float:
        """-log2 of the share of handles that hold the rarest common n-gram, whose letters have so many bits."""
        ...

    def sharers(self, kind: str, value: str) -> int:
        """Return how many others have a value."""
        ...


class PairRarity:
    """Shares of values when two records are all that is known.

    Args:
        left: The applicant's values.
        right: The account's.
    """

    def __init__(self, left: Holding, right: Holding) -> None:
        self._sides = (left, right)

    @cached_property
    def _words(self) -> dict[str, float]:
        """Share of people with any one word of a kind."""
        owners = {
            "name_word": self._owners(lambda side: side.names),
            "place_word": self._owners(lambda side: [1 for form, _ in side.places if place_parts(form)[1]]),
            "postcode": self._owners(lambda side: [1 for form, _ in side.places if place_parts(form)[0]]),
        }
        return {kind: SHARES.of_words(count) for kind, count in owners.items()}

    @cached_property
    def _day(self) -> float:
        return SHARES.of_days(self._owners(lambda side: [1 for form, _ in side.dates if _has_year(form)]))

    @cached_property
    def characters(self) -> PairCharacters:
        """The character model, with the handles of both sides."""
        return PairCharacters(text for side in self._sides for text in _compacts(side.handle_like))

    def mailbox(self, _form: str) -> float:
        """Share of people with any one mailbox."""
        return SHARES.mailbox

    def phone(self, _form: str) -> float:
        """Share of people with any one number."""
        return SHARES.phone

    def word(self, kind: str, _word: str) -> float:
        """Share of people with any one word of a kind."""
        return self._words[kind]

    def day(self, _left: str, _right: str) -> float:
        """Share of people born on any one day."""
        return self._day

    def handle(self, compact: str, *, core: bool = False) -> float:  # noqa: ARG002 - nothing was counted
        """Share of handles with this compact text, or with this core."""
        return min(max(self._expected(compact), self._rarest), 1.0)

    def spelling(self, compact: str) -> float:
        """Share of handles with this compact text by its letters, names aside."""
        return min(max(exp2(-TEMPER * self.characters.bits(compact)), self._rarest), 1.0)

    def part(self, text: str) -> float:
        """Share of handles that hold this piece of text."""
        by_letters = exp2(-self.characters.bits(text, ended=False))
        return min(max(by_letters + float(named_parts([text], self._people)[0]), SHARES.floor), 1.0)

    def url(self, form: str) -> float:
        """Share of people with this page."""
        return min(max(self._expected(form.partition("/")[2] or form), SHARES.floor), 1.0)

    def letter_bits(self, writing: HandleWriting) -> list[float]:
        """Return -log2 P of each of a handle's letters."""
        return self.characters.letter_bits(writing.written)

    def piece_bits(self, _left: HandleWriting, _right: HandleWriting, rarest: float) -> float:
        """-log2 of the share of handles that hold the rarest common n-gram, by its letters."""
        return min(rarest, MOST_PIECE_BITS)

    def sharers(self, _kind: str, _value: str) -> int:
        """Return 0: of nobody else is anything known."""
        return 0

    def _owners(self, values: Callable[[Holding], Sequence[object]]) -> int:
        return sum(bool(values(side)) for side in self._sides)

    @cached_property
    def _rarest(self) -> float:
        return SHARES.rarest_handle(self._owners(lambda side: side.handle_like))

    @cached_property
    def _people(self) -> NameCounts:
        words = {word for side in self._sides for form, _ in side.names for word in form.split()}
        return NameCounts(
            words.__contains__,
            lambda asked: np.full(len(asked), self._words["name_word"]),
            lambda _: False,
            lambda asked: np.zeros(len(asked)),
        )

    def _expected(self, text: str) -> float:
        return exp2(-TEMPER * self.characters.bits(text)) + float(named_shares([text], self._people)[0])


@lru_cache(maxsize=65_536)
def _has_year(form: str) -> bool:
    return bool(PartialDate.parse(form).year)


def _compacts(values: Values) -> Iterable[str]:
    return dict.fromkeys(handle_writing(form).compact for form, _ in values)


class PairCharacters:
    """:class:`vetting.evidence.characters.CharacterModel` of a few texts, looked up and not laid out.

    Args:
        texts: The compact handles that are known beside the names of the package.
    """

    def __init__(self, texts: Iterable[str]) -> None:
        self._orders: tuple[tuple[_Base, _Counts, _Counts, _Counts], ...] = tuple(
            (base, {}, {}, {}) for base in _background()
        )
        self._known: dict[bytes, list[float]] = {}
        for text in texts:
            for places in _places(_bytes(text)):
                for (base, grams, contexts, kinds), place in zip(self._orders, places, strict=True):
                    context = place // _SIZE
                    if place not in grams and not base[0][place]:
                        kinds[context] = kinds.get(context, 0) + 1
                    grams[place] = grams.get(place, 0) + 1
                    contexts[context] = contexts.get(context, 0) + 1

    def bits(self, text: str, *, ended: bool = True) -> float:
        """Return -log2 P of a text; where it is not ended, more may follow."""
        each = self._surprisals(_bytes(text))
        return sum(each) if ended else sum(each[:-1])

    def letter_bits(self, written: bytes) -> list[float]:
        """Return -log2 P of each letter, in the single precision of the arrays."""
        single: list[float] = np.array(self._surprisals(written)[:-1], np.float32).astype(float).tolist()
        return single

    def _surprisals(self, written: bytes) -> list[float]:
        known = self._known.get(written)
        if known is not None:
            return known
        found: list[float] = []
        for places in _places(written):
            likely = 1.0 / _SIZE
            for (base, grams, contexts, kinds), place in zip(self._orders, places, strict=True):
                context = place // _SIZE
                count = max(base[0][place] + grams.get(place, 0) - _SEEN, 0)
                total = max(base[1][context] + contexts.get(context, 0) - _SEEN, count)
                successors = base[2][context] + kinds.get(context, 0)
                weight = max(successors - (not count), 0) + 1.0
                likely = (count + weight * likely) / (total + weight)
            found.append(-log2(likely))
        self._known[written] = found
        return found


_Base = tuple[list[int], list[int], list[int]]
_Counts = dict[int, int]


@cache
def _background() -> tuple[_Base, ...]:
    """Grams, contexts and successors of what ships with the package; single characters first."""
    orders = CharacterModel(np.zeros(_SIZE**3, np.int64)).orders
    return tuple(
        (order.grams.tolist(), order.contexts.tolist(), order.successors.tolist())
        for order in reversed(orders)
    )


def _bytes(text: str) -> bytes:
    return text[:_LONGEST].encode()


@lru_cache(maxsize=16_384)
def _places(written: bytes) -> list[tuple[int, int, int]]:
    """Where each character and the end stand in the counts: alone, after one, and after two characters."""
    found = []
    first = second = 0
    for byte in (*written, None):
        third = 0 if byte is None else _CODE[byte]
        pair = second * _SIZE + third
        found.append((third, pair, first * _SIZE * _SIZE + pair))
        first, second = second, third
    return found
