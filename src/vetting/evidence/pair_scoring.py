"""One pair of records to scored items: :class:`vetting.evidence.scoring.Scorer` without arrays.

For a pair alone, and for the few pairs of one applicant (:mod:`vetting.evidence.few_pairs`). The same steps in the same order. What it gives is what the scorer gives for the same pair; a law of the
tests (``tests/properties/test_single_pair.py``) holds the two together.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from math import log2
from operator import attrgetter

from vetting.blocking.hashing import combine_one, hash_text
from vetting.compare.handle_pair import handle_writing
from vetting.compare.levels import LevelCode
from vetting.compare.names_in_handles import PARTS_OF_NAMES, name_in_handle_rule
from vetting.compare.variants import NameVariants
from vetting.evidence.assembly import ScoredItem
from vetting.evidence.bits import DECIMALS
from vetting.evidence.pair_bits import PairWeigher, Weighed
from vetting.evidence.pair_facts import Facts
from vetting.evidence.pair_rarity import PairRarity
from vetting.evidence.scoring import EVIDENCE_KINDS, EVIDENCE_RULES
from vetting.normalise.holding import Holding, Values

__all__ = ["score_pair", "weighed_pair"]

Compare = Callable[[str, str], Weighed]
Method = Callable[[PairWeigher, str, str], Weighed]
Sides = tuple[Values, Values]
Entry = tuple[float, int, int, int]
"""Bits, rule, and the places of the values on both sides."""
Sharers = Callable[[int, str, str], int]
"""How many others have what two values agree on, by the rule and the values."""

_NUMBER = {kind: number for number, kind in enumerate(EVIDENCE_KINDS)}
_SPEAKS = {
    kind: tuple(rule.level != LevelCode.MISSING for rule in EVIDENCE_RULES[kind]) for kind in EVIDENCE_KINDS
}
_OWN_VALUES: tuple[tuple[str, Callable[[Holding], Values], Method], ...] = (
    ("email", attrgetter("emails"), PairWeigher.email),
    ("phone", attrgetter("phones"), PairWeigher.phone),
    ("name", attrgetter("names"), PairWeigher.name),
    ("date_of_birth", attrgetter("dates"), PairWeigher.date_of_birth),
    ("place", attrgetter("places"), PairWeigher.place),
    ("url", attrgetter("urls"), PairWeigher.url),
)
"""Kinds that a record has itself, their values in a holding, and what compares them."""
_LEVELS = {kind: tuple(int(rule.level) for rule in EVIDENCE_RULES[kind]) for kind in EVIDENCE_KINDS}


def score_pair(left: Holding, right: Holding, *, variants: NameVariants | None = None) -> list[ScoredItem]:
    """Compare and weigh every kind of evidence of one pair, of which nothing else is known.

    Args:
        left: The applicant's values.
        right: The account's.
        variants: Names that stand for one another; ``None`` for the known ones.

    Returns:
        As :func:`weighed_pair`.
    """
    return weighed_pair(left, right, PairWeigher(PairRarity(left, right), variants=variants), Facts(left))


def weighed_pair(left: Holding, right: Holding, weigh: PairWeigher, facts: Facts) -> list[ScoredItem]:
    """Compare and weigh every kind of evidence of one pair, and count each fact once.

    Args:
        left: The applicant's values.
        right: The account's.
        weigh: Compares and weighs values.
        facts: The applicant's.

    Returns:
        The items by kind, then the most bits, as in :class:`~vetting.evidence.scores.EvidenceRows`.
    """
    items: list[ScoredItem] = []
    like, theirs = left.handle_like, right.handle_like
    for kind, values_of, method in _OWN_VALUES:
        ours, others = values_of(left), values_of(right)
        if not ours or not others:
            continue
        sharers = partial(weigh.sharers, kind)
        if len(ours) == len(others) == 1:
            rule, bits = method(weigh, ours[0][0], others[0][0])
            if bits <= 0.0:
                if _SPEAKS[kind][rule]:
                    items.append(_silent(kind, (bits, rule, 0, 0), (ours, others), sharers))
                continue
        values = ours, others
        items += _of_kind(kind, values, _entries(values, partial(method, weigh)), facts.of(kind), sharers)
    if _written_from(left.names, theirs):
        values = left.names, theirs
        found = _entries(values, weigh.name_in_handle)
        sharers = partial(weigh.sharers, "name_in_handle")
        items += _of_kind("name_in_handle", values, found, facts.of("name"), sharers)
    if like and theirs:
        found = _handle_entries(left, right, weigh.handle)
        sharers = partial(weigh.sharers, "handle")
        if not any(entry[0] > 0.0 for entry in found):
            # That an address does not look like a handle says nothing: only handles contradict one another.
            found = [entry for entry in found if entry[2] < left.declared and entry[3] < right.declared]
        items += _of_kind("handle", (like, theirs), found, facts.of_handles, sharers)
    if _written_from(right.names, like):
        found = _entries((right.names, like), weigh.name_in_handle)
        swapped = sorted(((bits, rule, i, j) for bits, rule, j, i in found), key=lambda entry: entry[2:])
        items += _of_kind(
            "name_in_handle",
            (like, right.names),
            swapped,
            facts.of_handles,
            lambda rule, handle, name: weigh.sharers("name_in_handle", rule, name, handle),
        )
    if any(map(_is_part_of_name, items)) and any(map(_is_name_conflict, items)):
        items = [item for item in items if not _is_part_of_name(item)]
    items.sort(key=_in_order)
    return _counted_once(items)


def _in_order(item: ScoredItem) -> tuple[int, float, int, int]:
    return item.kind, -item.bits, item.left, item.right


def _is_name_conflict(item: ScoredItem) -> bool:
    return item.kind == _NUMBER["name"] and _LEVELS["name"][item.rule] == LevelCode.CONFLICT


def _is_part_of_name(item: ScoredItem) -> bool:
    return item.kind == _NUMBER["name_in_handle"] and item.rule in PARTS_OF_NAMES


def _written_from(names: Values, handles: Values) -> bool:
    """Whether any of the handles is made of any of the names, or holds parts of them; most do not."""
    return any(
        name_in_handle_rule(name, handle_writing(handle).core) for name, _ in names for handle, _ in handles
    )


def _entries(values: Sides, compare: Compare) -> list[Entry]:
    ours, theirs = values
    return [
        (*compare(one, other)[::-1], i, j)
        for i, (one, _) in enumerate(ours)
        for j, (other, _) in enumerate(theirs)
    ]


def _handle_entries(left: Holding, right: Holding, compare: Compare) -> list[Entry]:
    """Every handle with every handle; two local parts are compared as addresses, where domains count."""
    ours, theirs = left.handle_like, right.handle_like
    found = _entries((ours[: left.declared], theirs), compare)
    if left.declared < len(ours) and right.declared:
        rest = _entries((ours[left.declared :], theirs[: right.declared]), compare)
        found += [(bits, rule, i + left.declared, j) for bits, rule, i, j in rest]
    return found


def _of_kind(
    kind: str, values: Sides, found: list[Entry], facts: list[int], sharers: Sharers
) -> list[ScoredItem]:
    """What agrees; else the entry that speaks against the pair least, if any speaks."""
    agreeing = [entry for entry in found if entry[0] > 0.0]
    if agreeing:
        return _agreements(kind, values, agreeing, facts, sharers)
    levels = _LEVELS[kind]
    speaking = [entry for entry in found if levels[entry[1]] != LevelCode.MISSING]
    if not speaking:
        return []
    return [_silent(kind, max(speaking, key=lambda entry: (entry[0], levels[entry[1]])), values, sharers)]


def _silent(kind: str, entry: Entry, values: Sides, sharers: Sharers) -> ScoredItem:
    """An item without bits for: a contradiction, or an agreement on what too many have."""
    bits, rule, i, j = entry
    (left, source), (right, listed) = values[0][i], values[1][j]
    others = sharers(rule, left, right) if _LEVELS[kind][rule] > LevelCode.CONFLICT else 0
    return ScoredItem(_NUMBER[kind], rule, bits, source, listed, sharers=others)


def _agreements(
    kind: str, values: Sides, agreeing: list[Entry], facts: list[int], sharers: Sharers
) -> list[ScoredItem]:
    """The strongest agreement on each fact of the applicant, and on each listed value."""
    ours, theirs = values
    if len(agreeing) > 1 and len({entry[0] for entry in agreeing}) == len(agreeing):
        agreeing = sorted(agreeing, key=_most_bits)
    elif len(agreeing) > 1:
        # Of equal ones a hash of the values decides, as in the scorer, and then the fact.
        agreeing = sorted(
            agreeing,
            key=lambda entry: (-entry[0], _tie(ours[entry[2]][0], theirs[entry[3]][0]), facts[entry[2]]),
        )
    per_fact: dict[int, Entry] = {}
    for entry in agreeing:
        per_fact.setdefault(facts[entry[2]], entry)
    chosen: dict[str, Entry] = {}
    for entry in per_fact.values():  # in the order of the entries
        chosen.setdefault(theirs[entry[3]][0], entry)
    tries = 1
    for side, places in (
        (ours, [i for _, _, i, _ in agreeing]),
        (theirs, [j for _, _, _, j in agreeing]),
    ):
        agree = len({side[place][0] for place in places})
        tries *= max(len({form for form, _ in side}) - agree + 1, 1)
    return [
        ScoredItem(
            _NUMBER[kind],
            rule,
            round(max(bits - log2(tries), 0.0), DECIMALS),
            ours[i][1],
            theirs[j][1],
            fact=facts[i],
            sharers=sharers(rule, ours[i][0], theirs[j][0]),
            tried=tries,
        )
        for bits, rule, i, j in chosen.values()
    ]


def _most_bits(entry: Entry) -> float:
    return -entry[0]


def _tie(left: str, right: str) -> int:
    return combine_one(hash_text(left), hash_text(right))


def _counted_once(items: list[ScoredItem]) -> list[ScoredItem]:
    """Of what agrees on one fact count the strongest; what contradicts always counts."""
    agreeing = [item for item in items if item.bits > 0.0 and item.fact >= 0]
    if len(agreeing) < 2:
        return items
    best: dict[int, ScoredItem] = {}
    for item in sorted(agreeing, key=lambda item: (-item.bits, item.kind)):
        best.setdefault(item.fact, item)
    return [
        item._replace(counted=False)
        if item.bits > 0.0 and item.fact >= 0 and best[item.fact] is not item
        else item
        for item in items
    ]
