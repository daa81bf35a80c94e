"""Few pairs of one applicant to scores, without arrays: what :class:`vetting.evidence.scoring.Scorer` gives.

Arrays cost the same for forty pairs as for a thousand. Here the rules come first, on every pair, and most
end there; handles that agree in part are weighed together; and then the pairs are weighed one by one, by the
scorer of a pair alone. Conformance tests hold both ways to the same scores.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from vetting.compare.contacts import email_rule, phone_rule, url_rule
from vetting.compare.dates import date_rule
from vetting.compare.handle_pair import handle_writing
from vetting.compare.levels import LevelCode
from vetting.compare.name_pair import name_rule
from vetting.compare.names_in_handles import name_in_handle_rule
from vetting.compare.places import place_rule
from vetting.compare.variants import NameVariants
from vetting.evidence.assembly import ScoredItem
from vetting.evidence.few_handles import few_inexact_bits
from vetting.evidence.listed_rarity import ListedRarity
from vetting.evidence.pair_bits import PairWeigher
from vetting.evidence.pair_facts import Facts
from vetting.evidence.pair_scoring import weighed_pair
from vetting.evidence.rarity import Rarity
from vetting.evidence.scores import EvidenceRows, PairScores
from vetting.evidence.scoring import EVIDENCE_KINDS, EVIDENCE_RULES
from vetting.normalise.columns import ValueTable
from vetting.normalise.holding import Holding, holdings_of

__all__ = ["few_scores"]

_LEVELS = tuple(tuple(int(rule.level) for rule in EVIDENCE_RULES[kind]) for kind in EVIDENCE_KINDS)
_CONTACTS = frozenset({EVIDENCE_KINDS.index("email"), EVIDENCE_KINDS.index("phone")})


def _agreeing(kind: str) -> frozenset[int]:
    return frozenset(
        number for number, rule in enumerate(EVIDENCE_RULES[kind]) if rule.level > LevelCode.CONFLICT
    )


_NAMES, _DATES, _PLACES = _agreeing("name"), _agreeing("date_of_birth"), _agreeing("place")


def few_scores(
    applicant: ValueTable,
    accounts: ValueTable,
    rows: Sequence[int],
    rarity: Rarity,
    *,
    variants: NameVariants | None = None,
) -> PairScores:
    """Score one applicant with some accounts, by the documented weights.

    Args:
        applicant: The values of a cohort of one.
        accounts: The list's values, those of ``rows`` among them.
        rows: Account rows, ascending.
        rarity: Shares in the population of the list and the applicant.
        variants: Names that stand for one another; ``None`` for the known ones.

    Returns:
        The pairs with evidence for, the most bits first, as
        :func:`~vetting.evidence.scores.scores_from_table` has them.

    Cost: some 10 microseconds a pair, and 30 for each that agrees on anything.
    """
    (left,) = holdings_of(applicant, [0])
    weigh = PairWeigher(listed := ListedRarity(rarity), variants=variants)
    found = [
        (row, right)
        for row, right in zip(rows, holdings_of(accounts, rows), strict=True)
        if _may_agree(left, right, weigh, variants)
    ]
    _weigh_handles(weigh, listed)
    facts = Facts(left)
    scored = []
    for row, right in found:
        items = weighed_pair(left, right, weigh, facts)
        bits = 0.0
        for item in items:
            if item.counted:
                bits += item.bits
        if bits > 0 or any(item.bits > 0 and item.kind in _CONTACTS for item in items):
            scored.append((-bits, row, items))
    scored.sort(key=lambda entry: entry[:2])
    return _scores(scored)


def _may_agree(left: Holding, right: Holding, weigh: PairWeigher, variants: NameVariants | None) -> bool:
    """Whether anything about two records agrees, as far as rules tell."""
    declared = right.declared
    alike = False
    for i, (one, _) in enumerate(left.handle_like):
        # Two local parts are compared as addresses.
        for other, _ in right.handle_like if i < left.declared else right.handle_like[:declared]:
            if weigh.handle_rule(one, other)[0]:
                alike = True  # the others are compared now, too, to be weighed together
    if alike:
        return True
    for one, _ in left.emails:
        for other, _ in right.emails:
            if email_rule(one, other)[0]:
                return True
    for one, _ in left.names:
        for other, _ in right.names:
            if name_rule(one, other, variants)[0] in _NAMES:
                return True
    for one, _ in left.dates:
        for other, _ in right.dates:
            if date_rule(one, other) in _DATES:
                return True
    for one, _ in left.phones:
        for other, _ in right.phones:
            if phone_rule(one, other)[0]:
                return True
    return (
        _written(left, right)
        or _written(right, left)
        or any(place_rule(one, other)[0] in _PLACES for one, _ in left.places for other, _ in right.places)
        or any(url_rule(one, other)[0] for one, _ in left.urls for other, _ in right.urls)
    )


def _written(named: Holding, other: Holding) -> bool:
    """Whether a handle of one record is made of a name of the other, or holds parts of it."""
    for name, _ in named.names:
        for handle, _ in other.handle_like:
            if name_in_handle_rule(name, handle_writing(handle).core):
                return True
    return False


def _weigh_handles(weigh: PairWeigher, listed: ListedRarity) -> None:
    """Weigh together the handles that agree in part."""
    found = weigh.alike_in_part
    if found:
        bits = few_inexact_bits(list(found.values()), listed)
        weigh.know(dict(zip(found, bits.tolist(), strict=True)))


def _scores(scored: Sequence[tuple[float, int, list[ScoredItem]]]) -> PairScores:
    """Lay scored pairs out as rows, in their order."""
    rows: Iterable[tuple[float | int, ...]] = [
        (pair, item.kind, _LEVELS[item.kind][item.rule], *item[1:])
        for pair, (_, _, items) in enumerate(scored)
        for item in items
    ]
    none = EvidenceRows.none()
    names = ("pair", "kind", "level", "rule", "bits", "left", "right", "fact", "sharers", "tried", "counted")
    columns = dict(zip(names, zip(*rows, strict=True), strict=True)) if scored else {}
    return PairScores(
        np.zeros(len(scored), np.int32),
        np.array([row for _, row, _ in scored], np.int32),
        np.array([0.0 - bits for bits, _, _ in scored], np.float64),
        EvidenceRows(
            **{name: np.array(column, getattr(none, name).dtype) for name, column in columns.items()}
        )
        if columns
        else none,
    )
