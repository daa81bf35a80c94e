"""Candidate pairs to bits: every kind of evidence compared, weighed, and counted once.

All arrays: a row per item of evidence. The explanation objects are made later, for the few pairs that a
person will see, from these same numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

import numpy as np
import numpy.typing as npt

from vetting.blocking.hashing import Hashes, combine, hash_texts
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
from vetting.compare.variants import NameVariants
from vetting.evidence.bits import DECIMALS, weigh
from vetting.evidence.counting import counted_once, told_by_names
from vetting.evidence.facts import fact_groups
from vetting.evidence.rarity import Rarity
from vetting.evidence.scores import EvidenceRows, PairScores, first_of_each
from vetting.evidence.weights import WEIGHTS, Weights
from vetting.normalise.columns import Ints, KindColumn, ValueTable, expand
from vetting.normalise.handle_like import handle_like
from vetting.records.identifiers import IdentifierKind as Kind

__all__ = ["EVIDENCE_KINDS", "EVIDENCE_RULES", "Scorer", "applicant_facts"]

Floats = npt.NDArray[np.float64]
Positions = npt.NDArray[np.int64]

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

_NAME, _NAME_IN_HANDLE = EVIDENCE_KINDS.index("name"), EVIDENCE_KINDS.index("name_in_handle")

_COMPARERS: Mapping[Kind, Callable[[FormPairs], Comparisons]] = {
    Kind.EMAIL: compare_emails,
    Kind.PHONE: compare_phones,
    Kind.DATE_OF_BIRTH: compare_dates,
    Kind.PLACE: compare_places,
    Kind.URL: compare_urls,
}
_NO_INTS = np.empty(0, np.int32)


class Scorer:
    """Scores pairs of applicants and accounts.

    Args:
        applicants: The applicants' values.
        accounts: The list's values.
        rarity: Shares in their common population.
        weights: The documented table, or one with fitted m.
        variants: Names that stand for one another; ``None`` for the known ones.
    """

    def __init__(
        self,
        applicants: ValueTable,
        accounts: ValueTable,
        rarity: Rarity,
        *,
        weights: Weights = WEIGHTS,
        variants: NameVariants | None = None,
    ) -> None:
        self._weights = weights
        self._variants = variants
        self._left = applicants
        self._right = accounts
        self._rarity = rarity
        self._facts, self._handle_facts = applicant_facts(applicants)
        self._left_handles = handle_like(applicants)
        self._right_handles = handle_like(accounts)

    def score(self, left_rows: Ints, right_rows: Ints) -> PairScores:
        """Score candidate pairs.

        Args:
            left_rows: Shape (n,): rows of applicants.
            right_rows: Shape (n,): rows of accounts.

        Returns:
            The scores, in the order of the pairs.

        Cost: each distinct pair of values is compared once; about 50 bytes an item of evidence.
        """
        found = [self._kind(number, left_rows, right_rows) for number in range(len(EVIDENCE_KINDS))]
        number = EVIDENCE_KINDS.index("name_in_handle")
        found.append(self._kind(number, left_rows, right_rows, reverse=True))
        rows = counted_once(told_by_names(EvidenceRows.stacked(found), _NAME, _NAME_IN_HANDLE).in_order())
        bits = np.bincount(rows.pair, weights=rows.bits * rows.counted, minlength=len(left_rows))
        return PairScores(left_rows, right_rows, bits.astype(np.float64), rows)

    def _kind(self, number: int, left_rows: Ints, right_rows: Ints, *, reverse: bool = False) -> EvidenceRows:
        """Evidence of one kind: what agrees, once per fact; else the mildest contradiction of each pair.

        In reverse, the listed value is the one that the comparer takes first: a listed name with the
        applicant's handle.
        """
        kind = EVIDENCE_KINDS[number]
        left, facts, right, compare = self._columns(kind, reverse=reverse)
        if not left.size or not right.size:
            return EvidenceRows.none()
        pair, left_at, right_at = _value_pairs(left, right, left_rows, right_rows)
        if kind == "handle":
            # Two local parts are compared as addresses, where their domains count.
            kept = self._left_handles.declared[left_at] | self._right_handles.declared[right_at]
            pair, left_at, right_at = pair[kept], left_at[kept], right_at[kept]
        if not len(pair):
            return EvidenceRows.none()
        pairs, back = _distinct(left, right, left_at, right_at)
        pairs = pairs.swapped() if reverse else pairs
        found = compare(pairs)
        bits, sharers = weigh(kind, found, pairs, self._rarity, weights=self._weights)
        level = found.level
        agrees = bits[back] > 0
        chosen = self._agreements(
            (left, right), pair, (left_at, right_at), np.where(agrees, bits[back], 0.0), facts
        )
        tried = _tried(
            pair[agrees], (left.codes[left_at[agrees]], right.codes[right_at[agrees]]), pair[chosen]
        )
        options = left.forms_of(left_rows)[pair[chosen]], right.forms_of(right_rows)[pair[chosen]]
        tried = np.maximum(options[0] - tried[0] + 1, 1) * np.maximum(options[1] - tried[1] + 1, 1)
        silent = self._contradictions(kind, pair, (left_at, right_at), (level[back], bits[back]))
        best = np.concatenate([chosen, silent])
        own = back[best]
        paid = bits[own]
        paid[: len(chosen)] = np.maximum(paid[: len(chosen)] - np.log2(tried), 0.0)
        # The last digits of a logarithm depend on where in a batch it stands; an order must not.
        paid = np.round(paid, DECIMALS)
        return EvidenceRows(
            pair=pair[best].astype(np.int32),
            kind=np.full(len(best), number, np.int8),
            level=level[own],
            rule=found.rule[own],
            bits=paid,
            left=left.sources[left_at[best]],
            right=right.sources[right_at[best]],
            fact=np.concatenate([facts[left_at[chosen]], np.full(len(silent), -1, np.int32)]),
            sharers=sharers[own],
            tried=np.concatenate([tried, np.zeros(len(silent), np.int64)]).astype(np.int32),
            counted=np.ones(len(best), np.bool_),
        )

    @staticmethod
    def _agreements(
        columns: tuple[KindColumn, KindColumn],
        pair: Positions,
        at: tuple[Positions, Positions],
        bits: Floats,
        facts: Ints,
    ) -> Positions:
        """The strongest agreement on each fact of the applicant, and on each listed value.

        Of equal ones a hash of the values decides, so that the order in which they were given does not.
        """
        entries = np.flatnonzero(bits > 0)
        tie = np.zeros(len(bits), np.uint64)
        tie[entries] = combine(*(_hashes(side, at_[entries]) for side, at_ in zip(columns, at, strict=True)))
        order = entries[np.lexsort((tie[entries], -bits[entries], facts[at[0][entries]], pair[entries]))]
        per_fact = order[first_of_each(pair[order], facts[at[0][order]])]
        listed = columns[1].codes[at[1]]
        order = per_fact[np.lexsort((tie[per_fact], -bits[per_fact], listed[per_fact], pair[per_fact]))]
        return order[first_of_each(pair[order], listed[order])]

    def _contradictions(
        self,
        kind: str,
        pair: Positions,
        at: tuple[Positions, Positions],
        found: tuple[npt.NDArray[np.int8], Floats],
    ) -> Positions:
        """For each pair without agreement, the entry that speaks against it least."""
        level, bits = found
        agrees = bits > 0
        speaks = ~agrees & (level > LevelCode.MISSING)
        if kind == "handle":
            # That an address does not look like a handle says nothing: only handles contradict one another.
            speaks &= self._left_handles.declared[at[0]] & self._right_handles.declared[at[1]]
        speaks &= ~np.isin(pair, pair[agrees])
        entries = np.flatnonzero(speaks)
        order = entries[np.lexsort((-level[entries], -bits[entries], pair[entries]))]
        return order[first_of_each(pair[order])]

    def _columns(
        self, kind: str, *, reverse: bool
    ) -> tuple[KindColumn, Ints, KindColumn, Callable[[FormPairs], Comparisons]]:
        if kind == "handle":
            return self._left_handles.column, self._handle_facts, self._right_handles.column, compare_handles
        if reverse:
            listed = self._right.column(Kind.NAME)
            return self._left_handles.column, self._handle_facts, listed, compare_names_with_handles
        if kind == "name_in_handle":
            names, facts = self._left.column(Kind.NAME), self._facts.get(Kind.NAME, _NO_INTS)
            return names, facts, self._right_handles.column, compare_names_with_handles
        identifier = Kind(kind)
        return (
            self._left.column(identifier),
            self._facts.get(identifier, _NO_INTS),
            self._right.column(identifier),
            partial(compare_names, variants=self._variants)
            if identifier is Kind.NAME
            else _COMPARERS[identifier],
        )


def applicant_facts(applicants: ValueTable) -> tuple[Mapping[Kind, Ints], Ints]:
    """Return the facts of applicants' values and of their handles; made once, as one table meets many accounts."""
    if "facts" not in applicants.derived:
        facts = fact_groups(applicants)
        applicants.derived["facts"] = facts, _facts_of(handle_like(applicants).column, applicants, facts)
    made: tuple[Mapping[Kind, Ints], Ints] = applicants.derived["facts"]
    return made


def _hashes(column: KindColumn, places: Positions) -> Hashes:
    used, back = np.unique(column.codes[places], return_inverse=True)
    return hash_texts([column.forms[code] for code in used.tolist()])[back]


def _facts_of(column: KindColumn, values: ValueTable, facts: Mapping[Kind, Ints]) -> Ints:
    """The fact of each handle-like value, by the value that it was derived from."""
    by_source: dict[int, int] = {}
    for kind in (Kind.HANDLE, Kind.URL, Kind.EMAIL):
        by_source.update(
            zip(values.column(kind).sources.tolist(), facts.get(kind, _NO_INTS).tolist(), strict=True)
        )
    return np.fromiter((by_source[source] for source in column.sources.tolist()), np.int32, column.size)


def _value_pairs(
    left: KindColumn, right: KindColumn, left_rows: Ints, right_rows: Ints
) -> tuple[Positions, Positions, Positions]:
    """Every value of each pair's applicant with every value of its account: pair and both places."""
    left_starts, left_counts = left.spans(left_rows)
    right_starts, right_counts = right.spans(right_rows)
    counts = left_counts * right_counts
    pair, position = expand(np.arange(len(counts)), counts)
    part = position - (np.cumsum(counts) - counts)[pair]
    across = np.maximum(right_counts[pair], 1)
    return pair, left_starts[pair] + part // across, right_starts[pair] + part % across


def _distinct(
    left: KindColumn, right: KindColumn, left_at: Positions, right_at: Positions
) -> tuple[FormPairs, Positions]:
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


def _tried(pair: Positions, codes: tuple[Ints, Ints], asked: Positions) -> tuple[Positions, Positions]:
    """How many distinct forms of either side take part in agreements, for each pair asked for."""
    counts = []
    for side in codes:
        owners = np.unique(pair << 32 | side) >> 32
        known, count = np.unique(owners, return_counts=True)
        place = np.searchsorted(known, asked)
        counts.append(count[place] if len(known) else np.zeros(len(asked), np.int64))
    return counts[0], counts[1]
