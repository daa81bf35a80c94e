"""From rules to bits for one pair of forms: :mod:`vetting.evidence.bits` without arrays."""

from __future__ import annotations

from collections.abc import Mapping
from math import inf, log2

from vetting.compare.contacts import email_rule, phone_rule, url_rule
from vetting.compare.dates import date_rule
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
from vetting.evidence.named_handles import INITIALS
from vetting.evidence.pair_inexact import inexact_bits_of
from vetting.evidence.pair_rarity import RarityOfPairs
from vetting.evidence.rarity import DAYS
from vetting.evidence.scoring import EVIDENCE_RULES
from vetting.evidence.weights import WEIGHTS
from vetting.normalise.handles import compact_handle
from vetting.normalise.names import first_and_last

__all__ = ["PairWeigher", "PartlyAlike", "Weighed"]

Weighed = tuple[int, float]
"""A rule's number, and bits."""
HandleRule = tuple[int, SharedParts | None]
"""A rule's number, and what is shared where handles agree in part."""
PartlyAlike = tuple[HandleWriting, HandleWriting, SharedParts]
"""The applicant's handle, the account's, and what they have in common."""

_LOSS: list[float] = LIKENESS_LOSS.tolist()


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
    """Compares and weighs the values of pairs of records, one method for each kind.

    Every method takes the forms of the applicant and of the account, and returns the rule's number and
    the bits, as the comparer of that kind and :func:`vetting.evidence.bits.weigh` do.

    Args:
        rarity: Shares, of a list and an applicant or of two records alone.
        variants: Names that stand for one another; ``None`` for the known ones.

    Attributes:
        alike_in_part: The handles compared so far that agree, but not exactly, and what they have in common.
    """

    def __init__(self, rarity: RarityOfPairs, *, variants: NameVariants | None = None) -> None:
        self._rarity = rarity
        self._variants = variants
        self._handles: dict[tuple[str, str], HandleRule] = {}
        self.alike_in_part: dict[tuple[str, str], PartlyAlike] = {}
        self._weighed: dict[tuple[str, str], Weighed] = {}

    def know(self, bits: Mapping[tuple[str, str], float]) -> None:
        """Take the bits of handles that agree in part, where they were worked out together."""
        for (left, right), inexact in bits.items():
            rule, _ = self.handle_rule(left, right)
            self._weighed[left, right] = rule, round(max(inexact, 0.0), DECIMALS)

    def handle_rule(self, left: str, right: str) -> HandleRule:
        """Compare handles; remembered as long as the weigher."""
        found = self._handles.get((left, right))
        if found is None:
            one, other = handle_writing(left), handle_writing(right)
            found = self._handles[left, right] = handle_rule(one, other)
            if found[1] is not None:
                self.alike_in_part[left, right] = one, other, found[1]
        return found

    def email(self, left: str, right: str) -> Weighed:
        """Compare addresses."""
        rule, shared = email_rule(left, right)
        bits = _SETTLED["email"][rule]
        if bits is not None:
            return rule, bits
        whole = "@" in shared
        share = self._rarity.mailbox(shared) if whole else self._rarity.handle(compact_handle(shared))
        return rule, _agreed("email", rule, log2(share))

    def phone(self, left: str, right: str) -> Weighed:
        """Compare numbers."""
        rule, shared = phone_rule(left, right)
        bits = _SETTLED["phone"][rule]
        return rule, _agreed("phone", rule, log2(self._rarity.phone(shared))) if bits is None else bits

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
        log_u = -log2(DAYS) if yearless else log2(self._rarity.day(left, right))
        return rule, _agreed("date_of_birth", rule, log_u)

    def place(self, left: str, right: str) -> Weighed:
        """Compare places."""
        rule, shared, words = place_rule(left, right)
        bits = _SETTLED["place"][rule]
        if bits is not None:
            return rule, bits
        by_words = by_code = 0.0
        if words:
            each = sorted((-log2(self._rarity.word("place_word", word)) for word in words), reverse=True)
            by_words = each[0] + LATER_PLACE_WORDS * sum(each[1:])
        if shared and _OUTCOMES["place"][rule][0] >= LevelCode.CLOSE:
            by_code = -log2(self._rarity.word("postcode", shared))
        return rule, _agreed("place", rule, -min(max(by_words, by_code), MOST_PLACE_BITS))

    def name(self, left: str, right: str) -> Weighed:
        """Compare names."""
        rule, aligned = name_rule(left, right, self._variants)
        bits = _SETTLED["name"][rule]
        if bits is not None:
            return rule, bits
        each = []
        for word, likeness in aligned:
            worth = -log2(self._rarity.word("name_word", word))
            each.append(
                min(INITIAL_BITS, worth) if likeness == INITIAL else max(worth - _LOSS[likeness], 0.0)
            )
        each.sort(reverse=True)
        return rule, _agreed("name", rule, -(each[0] + sum(LATER_WORDS * one for one in each[1:])))

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
        words = name.split()
        if whole:
            bearers = self._rarity.word("name_word", words[0]) * self._rarity.word("name_word", words[-1])
        else:
            bearers = self._rarity.word("name_word", words[-1 if key in _BY_FAMILY else 0]) / INITIALS
        share = self._rarity.handle(core, core=True)
        return rule, _agreed("name_in_handle", rule, log2(share + bearers * rate))

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
        found = self._weighed.get((left, right))
        if found is None:
            found = self._weighed[left, right] = self._handle(left, right)
        return found

    def _handle(self, left: str, right: str) -> Weighed:
        rule, parts = self.handle_rule(left, right)
        bits = _SETTLED["handle"][rule]
        if bits is not None:
            return rule, bits
        one, other = handle_writing(left), handle_writing(right)
        if parts is not None:
            return rule, round(max(inexact_bits_of(one, other, parts, self._rarity), 0.0), DECIMALS)
        if one.compact == other.compact:
            return rule, _agreed("handle", rule, log2(self._rarity.handle(one.compact)))
        # They are only evened out: then the commoner counts, digits at the ends aside.
        share = max(self._rarity.handle(core, core=True) for core in (one.core, other.core))
        return rule, _agreed("handle", rule, log2(share))

    def sharers(self, kind: str, rule: int, left: str, right: str) -> int:
        """Return how many others have the value that two forms of a kind agree on; 0 where they do in part."""
        count = self._rarity.sharers
        match kind:
            case "email":
                return count("email", email_rule(left, right)[1])
            case "phone":
                return count("phone", left)
            case "url":
                return count("url", left.casefold())
            case "place":
                shared = place_rule(left, right)[1]
                return max(count("postcode", shared), count("place_word", shared)) if shared else 0
            case "name_in_handle":
                held = EVIDENCE_RULES[kind][rule].key.startswith("holds")
                return 0 if held else count("core", handle_writing(right).core)
            case "handle" if self.handle_rule(left, right)[1] is None:
                one, other = handle_writing(left), handle_writing(right)
                if one.compact == other.compact:
                    return count("handle", one.compact)
                return max(count("core", one.core), count("core", other.core))
        return 0


_BY_FAMILY = frozenset({"initial+family", "family+initial", "initials+family"})


def _agreed(kind: str, rule: int, log_u: float) -> float:
    """The bits of an agreement, never below 0."""
    _, log_m, wider, at_most = _OUTCOMES[kind][rule]
    return round(max(min(log_m - min(log_u + wider, 0.0), at_most), 0.0), DECIMALS)
