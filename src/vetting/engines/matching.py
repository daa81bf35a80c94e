"""People matched against one list through an engine: pairs found, compared, weighed; those with evidence for kept."""

from __future__ import annotations

from functools import cached_property
from typing import Protocol

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from attrs import field, frozen

from vetting.blocking.postings import Postings
from vetting.blocking.sketches import Sketch, worth_comparing
from vetting.blocking.sought import Sought
from vetting.compare.variants import NameVariants
from vetting.engines.pairs import Bools, CandidatePairs, candidate_pairs
from vetting.engines.protocol import Engine
from vetting.evidence.few_pairs import few_scores
from vetting.evidence.frequencies import Frequencies
from vetting.evidence.rarity import Rarity
from vetting.evidence.scores import SCORE_SCHEMA, PairScores, scores_from_table, scores_to_batch
from vetting.evidence.scoring import EVIDENCE_KINDS, Scorer
from vetting.evidence.weights import WEIGHTS, Weights
from vetting.normalise.columns import Ints, ValueTable

__all__ = ["CONTACTS", "ListColumns", "Matched", "Matcher"]

# One applicant's pairs are weighed one by one up to here; beyond, arrays are quicker.
FEW_PAIRS = 400

CONTACTS = (EVIDENCE_KINDS.index("email"), EVIDENCE_KINDS.index("phone"))
"""Kinds of which an agreement is put to a person whatever speaks against it."""


class ListColumns(Protocol):
    """What of a list is matched against; a shard of the store has it."""

    def values_of(self, rows: Ints) -> ValueTable:
        """Return the values of some accounts, whose rows ascend."""
        ...

    @property
    def keys(self) -> npt.NDArray[np.uint64]:
        """Blocking keys, ascending."""
        ...

    @property
    def key_rows(self) -> npt.NDArray[np.int32]:
        """The account of each key."""
        ...

    @property
    def postings(self) -> Postings:
        """N-gram postings of the handles."""
        ...

    @property
    def sketch(self) -> Sketch:
        """The accounts' values as a few numbers."""
        ...

    @property
    def frequencies(self) -> Frequencies:
        """How many accounts have each value."""
        ...


@frozen(eq=False)
class Matched:
    """The outcome.

    Attributes:
        pairs: The pairs that were compared, and what was left out.
        scores: Those with evidence for.
    """

    pairs: CandidatePairs
    scores: PairScores


@frozen(eq=False, kw_only=True)
class Matcher:
    """Matches people against lists, with the rarity that a cohort and a list show together.

    Attributes:
        engine: Where the join runs, and the comparing.
        frequencies: Of the cohort.
        weights: The documented table, or one with fitted m.
        variants: Names that stand for one another; ``None`` for the known ones.
        everything: Whether pairs with one kind of evidence at most are compared, too, however many they are.
    """

    engine: Engine
    frequencies: Frequencies
    weights: Weights = WEIGHTS
    variants: NameVariants | None = None
    everything: bool = False
    _rarities: dict[int, tuple[ListColumns, Rarity]] = field(init=False, factory=dict, repr=False)

    def rarity(self, listed: ListColumns) -> Rarity:
        """Return the shares of values in the population of a list and the cohort."""
        if id(listed) not in self._rarities:
            self._rarities[id(listed)] = listed, _rarity(listed, self.frequencies)
        return self._rarities[id(listed)][1]

    def match(self, sought: Sought, listed: ListColumns) -> Matched:
        """Find, compare and weigh the pairs of some people and a list's accounts.

        Args:
            sought: The people.
            listed: The list.

        Cost: one join of keys; each distinct pair of values compared once in a batch.
        """

        def worth(pairs: tuple[Ints, Ints], near: tuple[Bools, Bools]) -> Bools:
            return worth_comparing(sought.sketch, listed.sketch, pairs, near)

        pairs = candidate_pairs(
            sought.keys,
            listed.keys,
            listed.key_rows,
            self.engine,
            near=sought.near(listed.postings),
            worth=None if self.everything else worth,
        )
        rows = pairs.table["right_row"]
        if len(sought.cohort.holders) == 1 and len(rows) <= FEW_PAIRS and self.weights is WEIGHTS:
            chosen = rows.to_pylist()
            accounts = listed.values_of(np.array(chosen, np.int32))
            scores = few_scores(
                sought.cohort.values, accounts, chosen, self.rarity(listed), variants=self.variants
            )
            return Matched(pairs, scores)
        scoring = _Scoring(sought.cohort.values, listed, self.frequencies, self.weights, self.variants)
        table = self.engine.collect(self.engine.map(pairs.table, scoring, SCORE_SCHEMA))
        return Matched(pairs, scores_from_table(table))

    def among(self, sought: Sought, pairs: tuple[Ints, Ints], listed: ListColumns) -> npt.NDArray[np.float64]:
        """Weigh pairs of the people themselves: are two of them one person?

        Returns:
            Bits, shape (n,).
        """
        values = sought.cohort.values
        return self.weighed(values, values, pairs, listed)

    def weighed(
        self, left: ValueTable, right: ValueTable, pairs: tuple[Ints, Ints], listed: ListColumns
    ) -> npt.NDArray[np.float64]:
        """Weigh pairs of any two tables with the rarity of a list and the cohort.

        Returns:
            Bits, shape (n,).
        """
        if not len(pairs[0]):
            return np.empty(0)
        rarity = self.rarity(listed)
        scorer = Scorer(left, right, rarity, weights=self.weights, variants=self.variants)
        return scorer.score(*pairs).bits


@frozen(eq=False, slots=False)
class _Scoring:
    """Compares and weighs a batch of pairs; what an engine sends to its workers, and nothing else of the run."""

    people: ValueTable
    listed: ListColumns
    frequencies: Frequencies
    weights: Weights
    variants: NameVariants | None

    @cached_property
    def rarity(self) -> Rarity:
        return _rarity(self.listed, self.frequencies)

    def __call__(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        left, right = batch["left_row"].to_numpy(), batch["right_row"].to_numpy()
        accounts = self.listed.values_of(np.unique(right))
        scorer = Scorer(self.people, accounts, self.rarity, weights=self.weights, variants=self.variants)
        scores = scorer.score(left, right)
        contacts = scores.any_row(np.isin(scores.rows.kind, CONTACTS) & (scores.rows.bits > 0))
        return scores_to_batch(scores.kept((scores.bits > 0) | contacts))


def _rarity(listed: ListColumns, frequencies: Frequencies) -> Rarity:
    return Rarity(listed.frequencies, frequencies, postings=listed.postings)
