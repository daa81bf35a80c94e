"""From rules to bits for one pair of forms: :mod:`vetting.evidence.bits` without arrays."""

from __future__ import annotations

from math import exp2, inf, log2

from vetting.compare.contacts import email_rule, phone_rule, url_rule
from vetting.compare.dates import date_rule
from vetting.compare.handle_features import GAP
from vetting.compare.handle_pair import HandleWriting, SharedParts, handle_rule, handle_writing
from vetting.compare.levels import LevelCode
from vetting.compare.name_pair import name_rule
from vetting.compare.names_in_handles import name_in_handle_rule
from vetting.compare.places import place_rule
from vetting.compare.tokens import INITIAL
from vetting.compare.variants import NameVariants
from vetting.evidence.bits import (
    DECIMALS,
    INITIAL_BITS,
    LATER_PLACE_WORDS,
    LATER_WORDS,
    LIKENESS_LOSS,
    MOST_PLACE_BITS,
    WHOLE_NAMES,
    YEARLESS,
)
from vetting.evidence.handle_model import FEATURES, LOG_SAME, MOST_PIECE_BITS, WINDOW, handle_model
from vetting.evidence.named_handles import INITIALS
from vetting.evidence.pair_rarity import PairRarity
from vetting.evidence.rarity import DAYS, SHARES
from vetting.evidence.scoring import EVIDENCE_RULES
from vetting.evidence.weights import WEIGHTS
from vetting.normalise.handles import compact_handle
from vetting.normalise.names import first_and_last

__all__ = ["PairWeigher", "Weighed"]

Weighed = tuple[int, float]
"""A rule's number, and bits."""

_LOSS: list[float] = LIKENESS_LOSS.tolist()
_DIGITS = frozenset(b"0123456789")


def _outcomes(kind: str) -> tuple[tuple[LevelCode, float, float, float], ...]:
    """Level, log2 of m, widening and limit of each rule of a kind."""
    found = []
    for rule in EVIDENCE_RULES[kind]:
        weight = WEIGHTS[kind][rule.key]
        found.append(
            (rule.level, log2(weight.m), weight.wider, inf if weight.at_most is None else weight.at_most)
        )
    return tuple(found)


_OUTCOMES = {kind: _outcomes(kind) for kind in EVIDENCE_RULES}
_PART = LevelCode.CLOSE
_RATES = {
    number: (WEIGHTS["name_in_handle"][rule.key].m, rule.key in WHOLE_NAMES)
    for number, rule in enumerate(EVIDENCE_RULES["name_in_handle"])
}


def _settled(kind: str) -> tuple[float | None, ...]:
    """The bits of each rule that needs no share: contradictions, and what says nothing."""
    return tuple(
        None
        if level > LevelCode.CONFLICT
        else 0.0
        if level == LevelCode.MISSING
        else round(min(log_m, at_most, 0.0), DECIMALS)
        for level, log_m, _, at_most in _OUTCOMES[kind]
    )


_SETTLED = {kind: _settled(kind) for kind in EVIDENCE_RULES}


class PairWeigher:
    """Compares and weighs the values of one pair of records, one method for each kind.

    Every method takes the forms of the applicant and of the account, and returns the rule's number and
    the bits, as the comparer of that kind and :func:`vetting.evidence.bits.weigh` do.

    Args:
        rarity: Shares, without a list.
        variants: Names that stand for one another; ``None`` for the known ones.
    """

    def __init__(self, rarity: PairRarity, *, variants: NameVariants | None = None) -> None:
        self._rarity = rarity
        self._variants = variants

    def email(self, left: str, right: str) -> Weighed:
        """Compare addresses."""
        rule, shared = email_rule(left, right)
        bits = _SETTLED["email"][rule]
        if bits is not None:
            return rule, bits
        share = SHARES.mailbox if "@" in shared else self._rarity.handle(compact_handle(shared))
        return rule, _agreed("email", rule, log2(share))

    def phone(self, left: str, right: str) -> Weighed:
        """Compare numbers."""
        rule, _ = phone_rule(left, right)
        bits = _SETTLED["phone"][rule]
        return rule, _agreed("phone", rule, log2(SHARES.phone)) if bits is None else bits

    def url(self, left: str, right: str) -> Weighed:
        """Compare pages."""
        rule, shared = url_rule(left, right)
        bits = _SETTLED["url"][rule]
        return rule, _agreed("url", rule, log2(self._rarity.url(shared))) if bits is None else bits

    def date_of_birth(self, left: str, right: str) -> Weighed:
        """Compare dates."""
        rule = date_rule(left, right)
        bits = _SETTLED["date_of_birth"][rule]
        if bits is not None:
            return rule, bits
        yearless = EVIDENCE_RULES["date_of_birth"][rule].key in YEARLESS
        return rule, _agreed("date_of_birth", rule, -log2(DAYS) if yearless else log2(self._rarity.day))

    def place(self, left: str, right: str) -> Weighed:
        """Compare places."""
        rule, shared, words = place_rule(left, right)
        bits = _SETTLED["place"][rule]
        if bits is not None:
            return rule, bits
        by_words = by_code = 0.0
        if words:
            by_words = -log2(self._rarity.place_word) * (1.0 + LATER_PLACE_WORDS * (words - 1))
        if shared and _OUTCOMES["place"][rule][0] >= LevelCode.CLOSE:
            by_code = -log2(self._rarity.postcode)
        return rule, _agreed("place", rule, -min(max(by_words, by_code), MOST_PLACE_BITS))

    def name(self, left: str, right: str) -> Weighed:
        """Compare names."""
        rule, likeness = name_rule(left, right, self._variants)
        bits = _SETTLED["name"][rule]
        if bits is not None:
            return rule, bits
        word = -log2(self._rarity.name_word)
        each = sorted(
            (min(INITIAL_BITS, word) if one == INITIAL else max(word - _LOSS[one], 0.0) for one in likeness),
            reverse=True,
        )
        return rule, _agreed("name", rule, -(each[0] + LATER_WORDS * sum(each[1:])))

    def name_in_handle(self, name: str, handle: str) -> Weighed:
        """Compare a name with a handle."""
        core = handle_writing(handle).core
        rule = name_in_handle_rule(name, core)
        bits = _SETTLED["name_in_handle"][rule]
        if bits is not None:
            return rule, bits
        key = EVIDENCE_RULES["name_in_handle"][rule].key
        if key.startswith("holds"):
            return rule, _agreed("name_in_handle", rule, self._held(key, name))
        rate, whole = _RATES[rule]
        word = self._rarity.name_word
        bearers = word * word if whole else word / INITIALS
        return rule, _agreed("name_in_handle", rule, log2(self._rarity.handle(core) + bearers * rate))

    def _held(self, key: str, name: str) -> float:
        """log2 of the share of handles that hold these parts of a name; as :func:`_held_parts`."""
        given, family = first_and_last(name)
        if key == "holds given":
            return log2(self._rarity.part(given))
        last = log2(self._rarity.part(family))
        if key == "holds family":
            return last
        if key == "holds initial+family":
            return last - log2(INITIALS)
        first = log2(self._rarity.part(given))
        return min(first, last) + LATER_WORDS * max(first, last)

    def handle(self, left: str, right: str) -> Weighed:
        """Compare handles."""
        one, other = handle_writing(left), handle_writing(right)
        rule, parts = handle_rule(one, other)
        bits = _SETTLED["handle"][rule]
        if bits is not None:
            return rule, bits
        if parts is None:
            # The same, unless they are only evened out: then the commoner counts, digits at the ends aside.
            texts = [one.compact] if one.compact == other.compact else [one.core, other.core]
            return rule, _agreed("handle", rule, log2(max(map(self._rarity.handle, texts))))
        return rule, round(max(self._inexact(one, other, parts), 0.0), DECIMALS)

    def _inexact(self, left: HandleWriting, right: HandleWriting, parts: SharedParts) -> float:
        """As :func:`vetting.evidence.handle_model.inexact_bits`."""
        rarity = self._rarity
        one = _Side(left, parts.marks[0], rarity)
        other = _Side(right, parts.marks[1], rarity)
        features = {
            "shared": min(one.shared, other.shared),
            "left_over": one.rest + other.rest,
            "piece": min(one.rarest, other.rarest, MOST_PIECE_BITS),
            "core": parts.cores_agree,
            "digits": one.has_digits and other.has_digits and (one.loose_digits or other.loose_digits),
            "inside": one.rest < 0.01 or other.rest < 0.01,
            "start": left.written[:1] == right.written[:1],
            "end": left.written[-1:] == right.written[-1:],
        }
        model = handle_model()
        weights = zip(FEATURES, model.weights.tolist(), strict=True)
        by_model = model.constant + sum(features[name] * weight for name, weight in weights)
        pieces = parts.text.split(GAP) if parts.text else []
        by_part = sum(-log2(rarity.part(piece)) for piece in pieces)
        most = LOG_SAME - log2(max(rarity.spelling(left.compact), rarity.spelling(right.compact)))
        return min(-log2(exp2(-by_model) + exp2(-by_part)), most)


class _Side:
    """One handle: bits of what is shared, and of the rest; as the arrays of the model have them."""

    def __init__(self, writing: HandleWriting, marks: int, rarity: PairRarity) -> None:
        written = writing.written
        bits = rarity.characters.letter_bits(written)
        shared = [bool(marks >> at & 1) for at in range(len(bits))]
        self.shared = sum(one for one, marked in zip(bits, shared, strict=True) if marked)
        self.rest = sum(bits) - self.shared
        self.has_digits = not _DIGITS.isdisjoint(written)
        loose = (byte for byte, marked in zip(written, shared, strict=True) if not marked)
        self.loose_digits = not _DIGITS.isdisjoint(loose)
        self.rarest = max(
            (
                sum(bits[at : at + size])
                for size in range(3, WINDOW + 1)
                for at in range(len(bits) - size + 1)
                if all(shared[at : at + size])
            ),
            default=0.0,
        )


def _agreed(kind: str, rule: int, log_u: float) -> float:
    """The bits of an agreement, never below 0."""
    _, log_m, wider, at_most = _OUTCOMES[kind][rule]
    return round(max(min(log_m - min(log_u + wider, 0.0), at_most), 0.0), DECIMALS)
