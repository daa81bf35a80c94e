"""Bits of a few pairs of handles that agree in part: :func:`vetting.evidence.handle_model.inexact_bits`, laid out once.

The rules have been found one by one; what they share is laid side by side here, so that some hundred pairs
cost a few dozen operations on arrays.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from vetting.compare.handle_features import GAP, LONGEST
from vetting.evidence.handle_model import (
    FEATURES,
    FORMS_TO_TRUST,
    LOG_SAME,
    MOST_PIECE_BITS,
    Floats,
    below_both,
    handle_model,
    rarest_window,
)
from vetting.evidence.listed_rarity import ListedRarity
from vetting.evidence.pair_bits import PartlyAlike

__all__ = ["few_inexact_bits"]


def few_inexact_bits(pairs: Sequence[PartlyAlike], listed: ListedRarity) -> Floats:
    """Weigh the pairs of handles that agree, but not exactly.

    Args:
        pairs: Some hundred at most.
        listed: Shares in the population.

    Returns:
        Shape (n,); may be negative.
    """
    rarity = listed.of_many
    writings = {writing.compact: writing for left, right, _ in pairs for writing in (left, right)}
    number = {compact: place for place, compact in enumerate(writings)}
    compacts = list(writings)
    by_letter, by_text = rarity.characters.bits_by_letter(compacts, width=LONGEST)
    letters = by_letter.astype(np.float64)
    whole = letters.sum(axis=1)
    written = b"".join(writing.written.ljust(LONGEST, b"\0") for writing in writings.values())
    digits = np.frombuffer(written, np.uint8).reshape(-1, LONGEST) - ord("0") < 10
    with_digits = np.asarray(digits.any(axis=1))
    sides = []
    for handles, given in (
        ([left for left, _, _ in pairs], [parts.marks[0] for _, _, parts in pairs]),
        ([right for _, right, _ in pairs], [parts.marks[1] for _, _, parts in pairs]),
    ):
        place = np.array([number[writing.compact] for writing in handles])
        masks = np.array(given, "<u4").view(np.uint8).reshape(-1, 4)
        marks = np.unpackbits(masks, axis=1, bitorder="little").view(np.bool_)
        bits = letters[place]
        shared = (bits * marks).sum(axis=1)
        loose = (digits[place] & ~marks).any(axis=1)
        sides.append((place, shared, whole[place] - shared, rarest_window(bits, marks), loose))
    (at_l, shared_l, rest_l, rarest_l, loose_l), (at_r, shared_r, rest_r, rarest_r, loose_r) = sides
    columns = {
        "shared": np.minimum(shared_l, shared_r),
        "left_over": rest_l + rest_r,
        "piece": _piece_bits(pairs, np.minimum(rarest_l, rarest_r), listed),
        "core": [pair[2].cores_agree for pair in pairs],
        "digits": with_digits[at_l] & with_digits[at_r] & (loose_l | loose_r),
        "inside": (rest_l < 0.01) | (rest_r < 0.01),
        "start": [left.written[:1] == right.written[:1] for left, right, _ in pairs],
        "end": [left.written[-1:] == right.written[-1:] for left, right, _ in pairs],
    }
    by_model = handle_model().bits(np.array([columns[name] for name in FEATURES], np.float64).T)
    bits = below_both(by_model, _part_bits(pairs, listed))
    # What equal handles would be worth is a limit that few reach, and only theirs is looked up.
    least = LOG_SAME - np.log2(rarity.spelt_at_most(by_text))
    near = np.flatnonzero(bits > np.minimum(least[at_l], least[at_r]))
    if len(near):
        asked, back = np.unique(np.concatenate([at_l[near], at_r[near]]), return_inverse=True)
        spelt = rarity.spelt([compacts[place] for place in asked.tolist()], by_text[asked])
        worth = (LOG_SAME - np.log2(spelt))[back].reshape(2, -1).min(axis=0)
        bits[near] = np.minimum(bits[near], worth)
    return bits


def _piece_bits(pairs: Sequence[PartlyAlike], rarest: Floats, listed: ListedRarity) -> Floats:
    postings = listed.of_many.postings
    if postings is None or not postings.form_count:
        limited: Floats = np.minimum(rarest, MOST_PIECE_BITS)
        return limited
    fewest = np.array([listed.fewest(left, right) for left, right, _ in pairs], np.float64)
    expected = FORMS_TO_TRUST * np.exp2(-rarest)
    bits: Floats = -np.log2((fewest - 0.5 + expected) / (postings.form_count + FORMS_TO_TRUST))
    return bits


def _part_bits(pairs: Sequence[PartlyAlike], listed: ListedRarity) -> Floats:
    texts = dict.fromkeys(parts.text for _, _, parts in pairs)
    pieces = {text: text.split(GAP) if text else [] for text in texts}
    distinct = sorted({piece for found in pieces.values() for piece in found})
    bits = (
        dict(zip(distinct, (-np.log2(listed.of_many.parts(distinct))).tolist(), strict=True))
        if distinct
        else {}
    )
    total = {text: sum(bits[piece] for piece in found) for text, found in pieces.items()}
    return np.array([total[parts.text] for _, _, parts in pairs], np.float64)
