"""Bits of handles that agree in part: a small logistic regression on what they share and what not.

The coefficients stand in ``handle_model.toml``, with how they were fitted; ``scripts/fit_handles.py``
fits them again. Handles that agree exactly are weighed by their rarity, not here.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import cache, cached_property
from importlib.resources import files
from math import log2

import numpy as np
import numpy.typing as npt
from attrs import frozen

from vetting.blocking.postings import Postings, gram_rows
from vetting.compare.handle_features import GAP, LONGEST, letters
from vetting.compare.handles import HandleComparisons
from vetting.compare.levels import FormPairs
from vetting.evidence.rarity import Rarity
from vetting.evidence.weights import WEIGHTS

__all__ = [
    "FEATURES",
    "HandleModel",
    "below_both",
    "equal_bits",
    "handle_model",
    "inexact_bits",
    "pair_features",
    "part_bits",
]

FEATURES: tuple[str, ...] = (
    "shared",
    "left_over",
    "piece",
    "core",
    "digits",
    "inside",
    "start",
    "end",
)
"""In bits: ``shared`` (of the common runs, on the side where they are fewer), ``left_over`` (of the rest of
both) and ``piece`` (rarity of the rarest common n-gram in the list). The others are 0 or 1: equal but for
edge digits; digits that disagree; one wholly in the other; the same first character; the same last one."""

Floats = npt.NDArray[np.float64]
Features = npt.NDArray[np.float64]

# Until so many forms were seen, the character model says how rare a piece is, rather than the count.
FORMS_TO_TRUST = 1_000.0
MOST_PIECE_BITS = 17.0  # as many as the lists on which the weights were fitted can tell
SHORTEST_GRAM, WINDOW = 3, 5  # characters of the shortest and of the longest n-gram
_CHUNK = 20_000
LOG_SAME = log2(WEIGHTS["handle"]["same"].m)
_LOW = np.uint64(0xFFFFFFFF)
_HIGH = np.uint64(32)


@frozen(eq=False, slots=False)
class HandleModel:
    """The fitted weights.

    Attributes:
        weights: Shape (8,): bits per unit of each of :data:`FEATURES`.
        constant: Bits.
    """

    weights: Floats
    constant: float

    @cached_property
    def by_feature(self) -> tuple[tuple[str, float], ...]:
        """Each feature's name and weight."""
        return tuple(zip(FEATURES, self.weights.tolist(), strict=True))

    def bits(self, features: Features) -> Floats:
        """Return log2 of the likelihood ratio of each row of features."""
        bits: Floats = features @ self.weights + self.constant
        return bits


@cache
def handle_model() -> HandleModel:
    """Read the shipped coefficients."""
    text = (files("vetting.evidence") / "handle_model.toml").read_text(encoding="utf-8")
    found = tomllib.loads(text)
    return HandleModel(np.array([found["weights"][name] for name in FEATURES]), found["constant"])


def inexact_bits(found: HandleComparisons, pairs: FormPairs, rarity: Rarity) -> Floats:
    """Weigh the handles that agree, but not exactly.

    Two limits hold at once: what the model says of the pair, and the rarity of the shared part, which is
    what agreement on it is worth if the same person always had it in every handle. The model has no notion
    of names and takes ``kwameasante`` for rare letters; the part is as common as the people who bear the
    name. The bits lie below both, nearest to the smaller.

    Args:
        found: The comparisons.
        pairs: What was compared.
        rarity: Shares in the population.

    Returns:
        Shape (k,), for each of ``found.rows``; may be negative.
    """
    if not len(found.rows):
        return np.empty(0)
    by_model = handle_model().bits(pair_features(found, pairs, rarity))
    return np.minimum(below_both(by_model, part_bits(found, rarity)), equal_bits(found, pairs, rarity))


def below_both(by_model: Floats, by_part: Floats) -> Floats:
    """Join the two limits: -log2 of the sum of what each leaves to chance."""
    bits: Floats = -np.logaddexp2(-by_model, -by_part)
    return bits


def pair_features(found: HandleComparisons, pairs: FormPairs, rarity: Rarity) -> Features:
    """Return the features of the handles that agree, but not exactly; swapping the sides changes none.

    Args:
        found: The comparisons.
        pairs: What was compared.
        rarity: For the bits of characters and of n-grams.

    Returns:
        Shape (k, 8), a row for each of ``found.rows``, columns as :data:`FEATURES`.

    Cost: some 300,000 pairs a second.
    """
    sides = [
        _Side(found.left_texts, pairs.left_codes[found.rows], found.runs.left, rarity),
        _Side(found.right_texts, pairs.right_codes[found.rows], found.runs.right, rarity),
    ]
    left, right = sides
    shared = np.minimum(left.shared, right.shared)
    left_over = left.rest + right.rest
    digits = left.has_digits & right.has_digits & (left.loose_digits | right.loose_digits)
    rarest = np.minimum(left.rarest, right.rarest)
    columns = {
        "shared": shared,
        "left_over": left_over,
        "piece": _piece_bits(found, pairs, rarest, rarity.postings),
        "core": found.cores_agree,
        "digits": digits,
        "inside": (left.rest < 0.01) | (right.rest < 0.01),
        "start": left.first == right.first,
        "end": left.last == right.last,
    }
    return np.stack([columns[name].astype(np.float64) for name in FEATURES], axis=1)


class _Side:
    """One side of pairs of handles: bits of what is shared, and of the rest."""

    def __init__(
        self,
        texts: Sequence[str],
        codes: npt.NDArray[np.int32],
        marks: npt.NDArray[np.bool_],
        rarity: Rarity,
    ) -> None:
        used, back = np.unique(codes, return_inverse=True)
        texts = [texts[code] for code in used.tolist()]
        bits = rarity.characters.letter_bits(texts, width=LONGEST)[back].astype(np.float64)
        written = letters(texts)
        is_digit = ((written >= ord("0")) & (written <= ord("9")))[back]
        length = (written > 0).sum(axis=1)
        self.shared: Floats = (bits * marks).sum(axis=1)
        self.rest: Floats = bits.sum(axis=1) - self.shared
        self.rarest = rarest_window(bits, marks)
        self.has_digits = np.asarray(is_digit.any(axis=1))
        self.loose_digits = np.asarray((is_digit & ~marks).any(axis=1))
        self.first = written[:, 0][back]
        self.last = written[np.arange(len(written)), np.maximum(length - 1, 0)][back]


def rarest_window(bits: Floats, marks: npt.NDArray[np.bool_]) -> Floats:
    """Bits of the rarest shared stretch of three to five characters."""
    rarest = np.zeros(len(bits))
    stretch, whole = bits, marks
    for size in range(2, WINDOW + 1):
        stretch = stretch[:, :-1] + bits[:, size - 1 :]
        whole = whole[:, :-1] & marks[:, size - 1 :]
        if size >= SHORTEST_GRAM:
            rarest = np.maximum(rarest, (stretch * whole).max(axis=1))
    return rarest


def _piece_bits(
    found: HandleComparisons, pairs: FormPairs, rarest: Floats, postings: Postings | None
) -> Floats:
    """-log2 of the share of the list's handles that hold the rarest common n-gram."""
    if postings is None or not postings.form_count:
        limited: Floats = np.minimum(rarest, MOST_PIECE_BITS)
        return limited
    left = _gram_table(found.left_texts, pairs.left_codes[found.rows])
    right = _gram_table(found.right_texts, pairs.right_codes[found.rows])
    fewest = np.full(len(rarest), postings.form_count, np.float64)
    for at in range(0, len(rarest), _CHUNK):
        rows = slice(at, at + _CHUNK)
        grams = np.concatenate([left.grams[left.codes[rows]], right.grams[right.codes[rows]]], axis=1)
        grams.sort(axis=1)
        common = (grams[:, 1:] == grams[:, :-1]) & (grams[:, 1:] > 0)
        row, column = np.nonzero(common)
        counts = postings.counts_of(grams[row, column + 1])
        np.minimum.at(fewest, at + row, np.maximum(counts, 1))
    expected = FORMS_TO_TRUST * np.exp2(-rarest)
    bits: Floats = -np.log2((fewest - 0.5 + expected) / (postings.form_count + FORMS_TO_TRUST))
    return bits


@frozen(eq=False)
class _Grams:
    """The n-grams of some texts, a row for each, filled up with zeros; and which row each pair has."""

    grams: npt.NDArray[np.uint32]
    codes: npt.NDArray[np.int64]


def _gram_table(texts: Sequence[str], codes: npt.NDArray[np.int32]) -> _Grams:
    used, places = np.unique(codes, return_inverse=True)
    packed = gram_rows([texts[code] for code in used.tolist()])
    rows = (packed & _LOW).astype(np.int64)
    order = np.argsort(rows, kind="stable")
    rows = rows[order]
    starts = np.searchsorted(rows, np.arange(len(used) + 1))
    table = np.zeros((len(used), int(np.diff(starts).max(initial=0))), np.uint32)
    table[rows, np.arange(len(rows)) - starts[rows]] = (packed >> _HIGH).astype(np.uint32)[order]
    return _Grams(table, places)


def part_bits(found: HandleComparisons, rarity: Rarity) -> Floats:
    """Return -log2 of the share of handles that hold what is shared; pieces apart are independent.

    Args:
        found: The comparisons.
        rarity: Shares in the population.

    Returns:
        Shape (k,), for each of ``found.rows``.
    """
    codes = found.shared[found.rows]
    used, back = np.unique(codes, return_inverse=True)
    texts = [found.shared_forms[code].split(GAP) if code >= 0 else [] for code in used.tolist()]
    distinct = sorted({piece for pieces in texts for piece in pieces})
    bits = dict(zip(distinct, (-np.log2(rarity.parts(distinct))).tolist(), strict=True)) if distinct else {}
    return np.array([sum(bits[piece] for piece in pieces) for pieces in texts], np.float64)[back]


def equal_bits(found: HandleComparisons, pairs: FormPairs, rarity: Rarity) -> Floats:
    """Return what either handle would be worth if the two were equal: agreement in part is worth no more.

    Args:
        found: The comparisons.
        pairs: What was compared.
        rarity: Shares in the population.

    Returns:
        Shape (k,), for each of ``found.rows``; of the two handles the smaller.
    """
    worth = np.full(len(found.rows), np.inf)
    for texts, codes in ((found.left_texts, pairs.left_codes), (found.right_texts, pairs.right_codes)):
        used, back = np.unique(codes[found.rows], return_inverse=True)
        shares = rarity.spellings([texts[code] for code in used.tolist()])
        worth = np.minimum(worth, (LOG_SAME - np.log2(shares))[back])
    return worth
