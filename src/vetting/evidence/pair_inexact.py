"""Bits of two handles that agree in part: :func:`vetting.evidence.handle_model.inexact_bits` without arrays."""

from __future__ import annotations

from math import exp2, log2

from vetting.compare.handle_features import GAP
from vetting.compare.handle_pair import HandleWriting, SharedParts
from vetting.evidence.handle_model import LOG_SAME, SHORTEST_GRAM, WINDOW, handle_model
from vetting.evidence.pair_rarity import RarityOfPairs

__all__ = ["inexact_bits_of"]

_DIGITS = frozenset(b"0123456789")


def inexact_bits_of(
    left: HandleWriting, right: HandleWriting, parts: SharedParts, rarity: RarityOfPairs
) -> float:
    """Weigh two handles that agree, but not exactly.

    Args:
        left: The applicant's.
        right: The account's.
        parts: What they have in common.
        rarity: Shares in the population.

    Returns:
        Bits; may be negative.
    """
    one = _Side(left, parts.marks[0], rarity)
    other = _Side(right, parts.marks[1], rarity)
    features = {
        "shared": min(one.shared, other.shared),
        "left_over": one.rest + other.rest,
        "piece": rarity.piece_bits(left, right, min(one.rarest, other.rarest)),
        "core": parts.cores_agree,
        "digits": one.has_digits and other.has_digits and (one.loose_digits or other.loose_digits),
        "inside": one.rest < 0.01 or other.rest < 0.01,
        "start": left.written[:1] == right.written[:1],
        "end": left.written[-1:] == right.written[-1:],
    }
    model = handle_model()
    by_model = model.constant + sum(features[name] * weight for name, weight in model.by_feature)
    by_part = 0.0
    for piece in parts.text.split(GAP) if parts.text else ():
        by_part -= log2(rarity.part(piece))
    most = LOG_SAME - log2(max(rarity.spelling(left.compact), rarity.spelling(right.compact)))
    return min(-log2(exp2(-by_model) + exp2(-by_part)), most)


class _Side:
    """One handle: bits of what is shared, and of the rest; as the arrays of the model have them."""

    __slots__ = ("has_digits", "loose_digits", "rarest", "rest", "shared")

    def __init__(self, writing: HandleWriting, marks: int, rarity: RarityOfPairs) -> None:
        written = writing.written
        bits = rarity.letter_bits(writing)
        self.shared = self.rarest = 0.0
        self.has_digits = not _DIGITS.isdisjoint(written)
        loose = written
        place = 0
        while marks:
            gap = (marks & -marks).bit_length() - 1
            marks >>= gap
            length = (~marks & (marks + 1)).bit_length() - 1
            marks >>= length
            place += gap
            run = bits[place : place + length]
            place += length
            self.shared += sum(run)
            if length <= WINDOW:
                rarest = sum(run) if length >= SHORTEST_GRAM else 0.0
            else:  # the longest stretches have the most bits
                rarest = max(sum(run[at : at + WINDOW]) for at in range(length - WINDOW + 1))
            self.rarest = max(self.rarest, rarest)
            if self.has_digits:
                loose = loose[: place - length] + bytes(length) + loose[place:]
        self.rest = sum(bits) - self.shared
        self.loose_digits = self.has_digits and not _DIGITS.isdisjoint(loose)
