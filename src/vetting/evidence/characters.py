"""A character model of handles: how likely is this text, if nobody was seen with it before?

Trigrams with back-off to bigrams, single characters and a uniform floor. The model is learned from the
list and the cohort themselves; nothing derived from a leak ships with the package.

Source: Witten & Bell 1991 (back-off by the number of successors), on the alphabet of compact handles.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np
import numpy.typing as npt
from attrs import frozen

from vetting.normalise.texts import utf8

__all__ = ["ALPHABET", "CharacterModel", "count_trigrams"]

ALPHABET = "\0abcdefghijklmnopqrstuvwxyz0123456789?"  # start and end, letters, digits, anything else
_SIZE = len(ALPHABET)
_OTHER = _SIZE - 1
_CODE = np.full(256, _OTHER, np.int64)
_CODE[[ord(c) for c in ALPHABET[1:-1]]] = np.arange(1, _OTHER)
_LONGEST = 64  # what lies beyond adds no rarity


def count_trigrams(texts: Sequence[str]) -> npt.NDArray[np.int64]:
    """Count trigrams, with two start marks and one end mark per text.

    Args:
        texts: Compact handles, a repeated one as often as it occurs.

    Returns:
        Shape (38 ** 3,): counts by ``(first * 38 + second) * 38 + third``.
    """
    codes, _ = _encoded(texts)
    return np.bincount(_trigrams(codes), minlength=_SIZE**3).astype(np.int64)


@cache
def background_trigrams() -> npt.NDArray[np.int64]:
    """Count the trigrams of common given names, bare and with numbers: what is known before any list.

    Source: the public table of the ``nicknames`` package.
    """
    from nicknames import NickNamer

    names = sorted(NickNamer().nickname_lookup)
    return count_trigrams([f"{name}{end}" for name in names for end in ("", "1", "23", "88", "2004")])


class CharacterModel:
    """P(text) under the trigram model, for texts that are themselves part of the counts.

    Args:
        counts: Shape (38 ** 3,), from :func:`count_trigrams`; sums of several lists' counts are fine.
    """

    orders: tuple[_Order, _Order, _Order]

    def __init__(self, counts: npt.NDArray[np.int64]) -> None:
        trigrams = counts + background_trigrams()
        cube = trigrams.reshape(_SIZE, _SIZE, _SIZE)
        self.orders = (
            _Order.of(trigrams, _SIZE),
            _Order.of(cube.sum(axis=0).reshape(-1), _SIZE),
            _Order.of(cube.sum(axis=(0, 1)), _SIZE),
        )

    def with_counts(self, further: npt.NDArray[np.int64]) -> CharacterModel:
        """Return the model of these and further counts; quick where these are few.

        Args:
            further: Shape (38 ** 3,).
        """
        place = np.flatnonzero(further)
        counts = further[place]
        model = CharacterModel.__new__(CharacterModel)
        three, two, one = self.orders
        model.orders = (
            three.with_grams(place, counts),
            two.with_grams(place % _SIZE**2, counts),
            one.with_grams(place % _SIZE, counts),
        )
        return model

    def bits(self, texts: Sequence[str], *, seen: int = 2, ended: bool = True) -> npt.NDArray[np.float64]:
        """Return -log2 P of each text.

        Args:
            texts: n compact handles.
            seen: How often each text itself is in the counts: a matched value was counted once on the
                list and once in the cohort, and must not make itself common.
            ended: Whether the text ends there; otherwise more may follow.

        Returns:
            Shape (n,), above 0; the end of a text longer than 64 characters is not counted.

        Cost: vectorised; a few microseconds per text.
        """
        codes, owners = _encoded(texts)
        surprisals = self._surprisals(codes, seen)
        if not ended:
            surprisals[codes[2] == 0] = 0.0
        return np.bincount(owners, weights=surprisals, minlength=len(texts)).astype(np.float64)

    def bits_by_letter(
        self, texts: Sequence[str], *, width: int
    ) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.float64]]:
        """Return :meth:`letter_bits` and :meth:`bits` of each text; together they cost little more than one.

        Args:
            texts: n compact handles.
            width: How many characters of each.

        Returns:
            Shapes (n, width) and (n,).
        """
        if not all(text.isascii() and len(text) <= width for text in texts):
            return self.letter_bits(texts, width=width), self.bits(texts)
        codes, owners = _encoded(texts)
        surprisals = self._surprisals(codes, 2)
        inner = codes[2] > 0
        lengths = np.bincount(owners[inner], minlength=len(texts))
        placed = np.zeros((len(texts), width), np.float32)
        placed[np.arange(width) < lengths[:, None]] = surprisals[inner]
        return placed, np.bincount(owners, weights=surprisals, minlength=len(texts)).astype(np.float64)

    def letter_bits(self, texts: Sequence[str], *, width: int, seen: int = 2) -> npt.NDArray[np.float32]:
        """Return -log2 P of each character after the two before it, without the end of the text.

        Args:
            texts: n compact handles.
            width: How many characters of each.
            seen: As in :meth:`bits`.

        Returns:
            Shape (n, width), 0 after the end.
        """
        plain = [text[:width].encode("ascii", "replace").decode("ascii") for text in texts]
        codes, owners = _encoded(plain)
        lengths = np.array([len(text) for text in plain], np.int64)
        within = np.arange(len(owners)) - (np.cumsum(lengths + 1) - lengths - 1)[owners]
        inner = within < lengths[owners]
        placed = np.zeros((len(plain), width), np.float32)
        placed[owners[inner], within[inner]] = self._surprisals(codes, seen)[inner]
        return placed

    def _surprisals(self, codes: Codes, seen: int) -> npt.NDArray[np.float64]:
        """-log2 P of the third character of each trigram, given the first two."""
        first, second, third = codes
        likely: npt.NDArray[np.float64] = np.full(len(third), 1.0 / _SIZE, np.float64)
        places = (third, second * _SIZE + third, (first * _SIZE + second) * _SIZE + third)
        for order, place in zip(reversed(self.orders), places, strict=True):
            likely = order.interpolated(place, likely, seen)
        return (-np.log2(likely)).astype(np.float64)


@frozen(eq=False)
class _Order:
    """Counts of one order of the model: of each gram, and of each context with its distinct successors."""

    grams: npt.NDArray[np.int64]
    contexts: npt.NDArray[np.int64]
    successors: npt.NDArray[np.int64]

    @classmethod
    def of(cls, grams: npt.NDArray[np.int64], size: int) -> _Order:
        table = grams.reshape(-1, size)
        return cls(grams, table.sum(axis=1), (table > 0).sum(axis=1))

    def with_grams(self, place: npt.NDArray[np.int64], counts: npt.NDArray[np.int64]) -> _Order:
        """Add counts of some grams, which may repeat."""
        grams, contexts, successors = self.grams.copy(), self.contexts.copy(), self.successors.copy()
        fresh = np.unique(place[grams[place] == 0])
        np.add.at(grams, place, counts)
        np.add.at(contexts, place // _SIZE, counts)
        np.add.at(successors, fresh // _SIZE, 1)
        return _Order(grams, contexts, successors)

    def interpolated(
        self, place: npt.NDArray[np.int64], lower: npt.NDArray[np.float64], seen: int
    ) -> npt.NDArray[np.float64]:
        """P(last character | context), mixed with the lower order, the text's own grams left out."""
        context = place // _SIZE
        count = np.maximum(self.grams[place] - seen, 0).astype(np.float64)
        total = np.maximum(self.contexts[context] - seen, count)
        kinds = np.maximum(self.successors[context] - (count == 0) + 1.0, 1.0)
        likely: npt.NDArray[np.float64] = (count + kinds * lower) / (total + kinds)
        return likely


Codes = tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], npt.NDArray[np.int64]]


def _encoded(texts: Sequence[str]) -> tuple[Codes, npt.NDArray[np.int64]]:
    """First, second and third character of every trigram of every text, and whose trigram it is."""
    if not len(texts):
        empty = np.empty(0, np.int64)
        return (empty, empty, empty), empty
    starts, content = utf8([text[:_LONGEST] for text in texts])
    lengths = np.diff(starts)
    # Every text becomes: start, start, its bytes, end.
    padded_starts = starts[:-1] + 3 * np.arange(len(texts))
    padded = np.zeros(int(lengths.sum()) + 3 * len(texts), np.int64)
    owners = np.repeat(np.arange(len(texts)), lengths)
    padded[np.arange(len(content)) + 3 * owners + 2] = _CODE[content]
    counts = lengths + 1
    whose = np.repeat(np.arange(len(texts)), counts)
    within = np.arange(int(counts.sum())) - np.repeat(np.cumsum(counts) - counts, counts)
    first = padded_starts[whose] + within
    return (padded[first], padded[first + 1], padded[first + 2]), whose


def _trigrams(codes: Codes) -> npt.NDArray[np.int64]:
    first, second, third = codes
    index: npt.NDArray[np.int64] = (first * _SIZE + second) * _SIZE + third
    return index
