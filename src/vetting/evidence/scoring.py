"""Candidate pairs to bits: every kind of evidence compared, weighed, and counted once.

All arrays: a row per candidate pair, a column per kind. The explanation objects are made later, for
the few pairs that a person will see, from these same numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
import numpy.typing as npt
from attrs import frozen

from vetting.compare.contacts import (
    EMAIL_RULES,
    PHONE_RULES,
    URL_RULES,
    compare_emails,
    compare_phones,
    compare_urls,
)
from vetting.compare.dates import DATE_RULES, compare_dates
from vetting.compare.handles import HANDLE_RULES, compare_handles
from vetting.compare.levels import Comparisons, FormPairs, LevelCode, Rule
from vetting.compare.names import NAME_RULES, compare_names
from vetting.compare.names_in_handles import NAME_IN_HANDLE_RULES, compare_names_with_handles
from vetting.compare.places import PLACE_RULES, compare_places
from vetting.evidence.bits import weigh
from vetting.evidence.facts import fact_groups
from vetting.evidence.rarity import Rarity
from vetting.normalise.columns import Ints, KindColumn, ValueTable, expand
from vetting.normalise.handle_like import handle_like
from vetting.records.identifiers import IdentifierKind as Kind

__all__ = ["EVIDENCE_KINDS", "EVIDENCE_RULES", "KindScores", "PairScores", "Scorer"]

Floats = npt.NDArray[np.float64]

# In the order in which equal evidence on one fact is preferred.
EVIDENCE_RULES: Mapping[str, tuple[Rule, ...]] = {
    "email": EMAIL_RULES,
    "phone": PHONE_RULES,
    "handle": HANDLE_RULES,
    "name": NAME_RULES,
    "name_in_handle": NAME_IN_HANDLE_RULES,
    "date_of_birth": DATE_RULES,
    "place": PLACE_RULES,
    "url": URL_RULES,
}
EVIDENCE_KINDS: tuple[str, ...] = tuple(EVIDENCE_RULES)


@frozen(eq=False)
class KindScores:
    """One kind of evidence over n candidate pairs: the best-supported pair of values of each.

    Attributes:
        level: Shape (n,): a :class:`LevelCode`; MISSING where one side has no value.
        rule: Shape (n,): index into the kind's :data:`EVIDENCE_RULES`; -1 where missing.
        bits: Shape (n,).
        left: Shape (n,): the applicant's value, as its source row; -1 where missing.
        right: Shape (n,): the listed value, as its source row.
        fact: Shape (n,): the applicant's fact that the agreement rests on; -1 where missing.
        sharers: Shape (n,): others who have the shared value.
        tried: Shape (n,): pairs of values compared; support has paid log2 of it.
        counted: Shape (n,): whether the bits are in the sum.
    """

    level: npt.NDArray[np.int8]
    rule: npt.NDArray[np.int16]
    bits: Floats
    left: Ints
    right: Ints
    fact: Ints
    sharers: Ints
    tried: Ints
    counted: npt.NDArray[np.bool_]


@frozen(eq=False)
class PairScores:
    """Candidate pairs, scored.

    Attributes:
        left_rows: Shape (n,): applicants.
        right_rows: Shape (n,): accounts.
        kinds: Evidence kind -> scores.
        bits: Shape (n,): sum of what counts.
    """

    left_rows: Ints
    right_rows: Ints
    kinds: Mapping[str, KindScores]
    bits: Floats


class Scorer:
    """Scores pairs of applicants and accounts.

    Args:
        applicants: The applicants' values.
        accounts: The list's values.
        rarity: Shares in their common population.
    """

    def __init__(self, applicants: ValueTable, accounts: ValueTable, rarity: Rarity) -> None:
        self._left = applicants
        self._right = accounts
        self._rarity = rarity
        self._facts = fact_groups(applicants)
        self._left_handles = handle_like(applicants)
        self._right_handles = handle_like(accounts)
        self._handle_facts = _facts_of(self._left_handles.column, applicants, self._facts)

    def score(self, left_rows: Ints, right_rows: Ints) -> PairScores:
        """Score candidate pairs.

        Args:
            left_rows: Shape (n,): rows of applicants.
            right_rows: Shape (n,): rows of accounts.

        Returns:
            The scores, in the order of the pairs.

        Cost: each distinct pair of values is compared once; about 400 bytes a pair.
        """
        kinds = {kind: self._kind(kind, left_rows, right_rows) for kind in EVIDENCE_KINDS}
        kinds = _counted_once(kinds)
        bits = np.zeros(len(left_rows))
        for scores in kinds.values():
            bits += np.where(scores.counted, scores.bits, 0.0)
        return PairScores(left_rows, right_rows, kinds, bits)

    def _kind(self, kind: str, left_rows: Ints, right_rows: Ints) -> KindScores:
        left, facts, right, compare = self._columns(kind)
        blank = _missing(len(left_rows))
        if not left.size or not right.size:
            return blank
        left_starts, left_counts = left.spans(left_rows)
        right_starts, right_counts = right.spans(right_rows)
        tried = left_counts * right_counts
        pair, part = _unrolled(tried)
        across = np.maximum(right_counts[pair], 1)
        left_at = left_starts[pair] + part // across
        right_at = right_starts[pair] + part % across
        if kind == "handle":
            # Two local parts are compared as addresses, where their domains count.
            kept = self._left_handles.declared[left_at] | self._right_handles.declared[right_at]
            pair, left_at, right_at = pair[kept], left_at[kept], right_at[kept]
            tried = np.bincount(pair, minlength=len(left_rows))
        if not len(pair):
            return blank
        pairs, back = _distinct(left, right, left_at, right_at)
        found = compare(pairs)
        bits, sharers = weigh(kind, found, pairs, self._rarity)
        if kind == "handle":
            # That an address does not look like a handle says nothing: only handles contradict one another.
            declared = self._left_handles.declared[left_at] & self._right_handles.declared[right_at]
            kept = declared | (found.level[back] > LevelCode.CONFLICT)
            pair, left_at, right_at, back = pair[kept], left_at[kept], right_at[kept], back[kept]
        best = _first_best(pair, bits[back], found.level[back])
        rows = pair[best]
        chosen = back[best]
        paid = np.where(bits[chosen] > 0, np.maximum(bits[chosen] - np.log2(tried[rows]), 0.0), bits[chosen])
        scores = blank
        scores.level[rows] = found.level[chosen]
        scores.rule[rows] = found.rule[chosen]
        scores.bits[rows] = paid
        scores.left[rows] = left.sources[left_at[best]]
        scores.right[rows] = right.sources[right_at[best]]
        scores.fact[rows] = facts[left_at[best]]
        scores.sharers[rows] = sharers[chosen]
        scores.tried[rows] = tried[rows]
        return scores

    def _columns(self, kind: str) -> tuple[KindColumn, Ints, KindColumn, Callable[[FormPairs], Comparisons]]:
        if kind == "handle":
            return self._left_handles.column, self._handle_facts, self._right_handles.column, compare_handles
        if kind == "name_in_handle":
            names, facts = self._left.column(Kind.NAME), self._facts.get(Kind.NAME, _NO_INTS)
            return names, facts, self._right_handles.column, compare_names_with_handles
        identifier = Kind(kind)
        return (
            self._left.column(identifier),
            self._facts.get(identifier, _NO_INTS),
            self._right.column(identifier),
            _COMPARERS[identifier],
        )


_NO_INTS = np.empty(0, np.int32)

_COMPARERS: Mapping[Kind, Callable[[FormPairs], Comparisons]] = {
    Kind.NAME: compare_names,
    Kind.EMAIL: compare_emails,
    Kind.PHONE: compare_phones,
    Kind.DATE_OF_BIRTH: compare_dates,
    Kind.PLACE: compare_places,
    Kind.URL: compare_urls,
}


def _missing(count: int) -> KindScores:
    return KindScores(
        level=np.zeros(count, np.int8),
        rule=np.full(count, -1, np.int16),
        bits=np.zeros(count),
        left=np.full(count, -1, np.int32),
        right=np.full(count, -1, np.int32),
        fact=np.full(count, -1, np.int32),
        sharers=np.zeros(count, np.int32),
        tried=np.zeros(count, np.int32),
        counted=np.zeros(count, np.bool_),
    )


def _facts_of(column: KindColumn, values: ValueTable, facts: Mapping[Kind, Ints]) -> Ints:
    """The fact of each handle-like value, by the value that it was derived from."""
    by_source: dict[int, int] = {}
    for kind in (Kind.HANDLE, Kind.URL, Kind.EMAIL):
        by_source.update(
            zip(values.column(kind).sources.tolist(), facts.get(kind, _NO_INTS).tolist(), strict=True)
        )
    return np.fromiter((by_source[source] for source in column.sources.tolist()), np.int32, column.size)


def _unrolled(counts: npt.NDArray[np.int64]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Repeat each pair as often as it has pairs of values, and number them from 0."""
    entries, position = expand(np.arange(len(counts)), counts)
    return entries, position - (np.cumsum(counts) - counts)[entries]


def _distinct(
    left: KindColumn, right: KindColumn, left_at: npt.NDArray[np.int64], right_at: npt.NDArray[np.int64]
) -> tuple[FormPairs, npt.NDArray[np.int64]]:
    """Find the distinct pairs of forms, on the forms that occur in them only."""
    combined = left.codes[left_at].astype(np.int64) << 32 | right.codes[right_at]
    distinct, back = np.unique(combined, return_inverse=True)
    left_used, left_codes = np.unique(distinct >> 32, return_inverse=True)
    right_used, right_codes = np.unique(distinct & 0xFFFFFFFF, return_inverse=True)
    pairs = FormPairs(
        [left.forms[code] for code in left_used.tolist()],
        [right.forms[code] for code in right_used.tolist()],
        left_codes.astype(np.int32),
        right_codes.astype(np.int32),
    )
    return pairs, back


def _first_best(
    pair: npt.NDArray[np.int64], bits: Floats, level: npt.NDArray[np.int8]
) -> npt.NDArray[np.int64]:
    """For each pair that has values, the place of its best comparison: most bits, then highest level."""
    order = np.lexsort((-level, -bits, pair))
    ordered = pair[order]
    first = np.ones(len(order), np.bool_)
    first[1:] = ordered[1:] != ordered[:-1]
    return order[first]


def _counted_once(kinds: Mapping[str, KindScores]) -> dict[str, KindScores]:
    """Of supporting evidence that rests on one fact, count the strongest; what contradicts always counts."""
    names = list(kinds)
    for place, name in enumerate(names):
        scores = kinds[name]
        counted = scores.level != LevelCode.MISSING
        for other_place, other_name in enumerate(names):
            other = kinds[other_name]
            if other_place == place:
                continue
            same = (scores.fact == other.fact) & (scores.fact >= 0) & (scores.bits > 0) & (other.bits > 0)
            stronger = (other.bits > scores.bits) | ((other.bits == scores.bits) & (other_place < place))
            counted = counted & ~(same & stronger)
        scores.counted[:] = counted
    return dict(kinds)
