"""People matched against one list through an engine: pairs found, compared, weighed; those with evidence for kept."""

from __future__ import annotations

from functools import cached_property

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from attrs import evolve, field, frozen

from vetting.blocking.lookup import most_accounts_per_key
from vetting.blocking.sought import Sought
from vetting.compare.variants import NameVariants
from vetting.engines.columns import ListColumns
from vetting.engines.nearness import NearTiers, near_tiers
from vetting.engines.pairs import CandidatePairs, Keys, Worth, candidate_pairs, pair_table
from vetting.engines.protocol import Engine
from vetting.engines.steps import NOBODY_WATCHES, Steps
from vetting.evidence.ceilings import Ceilings
from vetting.evidence.chance import NOBODY, Alike
from vetting.evidence.few_pairs import few_scores
from vetting.evidence.floors import Floor
from vetting.evidence.frequencies import Frequencies
from vetting.evidence.policy import SurfacingPolicy
from vetting.evidence.rarity import Rarity
from vetting.evidence.rates import Rates, alike, rates_seen, rivals
from vetting.evidence.scores import (
    SCORE_SCHEMA,
    PairScores,
    joined_scores,
    scores_from_table,
    scores_to_batch,
)
from vetting.evidence.scoring import Scorer, applicant_facts
from vetting.evidence.surfacing import agree_on_contact, may_surface
from vetting.evidence.weights import WEIGHTS, Weights
from vetting.evidence.worth import NearPairs, worth_comparing
from vetting.normalise.columns import Ints, ValueTable

__all__ = ["FEW_PAIRS", "Matched", "Matcher", "Screened"]

FEW_PAIRS = 400
"""One applicant's pairs are weighed one by one up to here; beyond, arrays are quicker."""

_MANY_PAIRS = 400  # of one applicant; fewer are compared sooner than it is seen which could surface


@frozen(eq=False)
class Matched:
    """The outcome.

    Attributes:
        pairs: The pairs that were compared, and what was left out.
        scores: Those with evidence for.
        keys: Of the list, as they were used.
        near: The pairs that are near.
    """

    pairs: CandidatePairs
    scores: PairScores
    keys: Keys
    near: NearTiers


@frozen(eq=False)
class Screened(Matched):
    """The same, with what the run shows.

    Attributes:
        rates: The rates that the policy assumes, as the run shows them.
        alike: Applicants who may be one person.
        nobody: Whether the policy plainly surfaces nobody, so that probabilities need not be worked out.
    """

    rates: Rates
    alike: Alike
    nobody: bool = False


@frozen(eq=False, kw_only=True)
class Matcher:
    """Matches people against lists, with the rarity that a cohort and a list show together.

    Attributes:
        engine: Where the join runs, and the comparing.
        frequencies: Of the cohort.
        weights: The documented table, or one with fitted m.
        variants: Names that stand for one another; ``None`` for the known ones.
        steps: Who is told how far it is.
    """

    engine: Engine
    frequencies: Frequencies
    weights: Weights = WEIGHTS
    variants: NameVariants | None = None
    steps: Steps = NOBODY_WATCHES
    _rarities: dict[int, tuple[ListColumns, Rarity]] = field(init=False, factory=dict, repr=False)

    def rarity(self, listed: ListColumns) -> Rarity:
        """Return the shares of values in the population of a list and the cohort."""
        if id(listed) not in self._rarities:
            self._rarities[id(listed)] = listed, _rarity(listed, self.frequencies)
        return self._rarities[id(listed)][1]

    def match(self, sought: Sought, listed: ListColumns, *, floor: Floor | None = None) -> Matched:
        """Find, compare and weigh the pairs of some people and a list's accounts.

        Args:
            sought: The people.
            listed: The list.
            floor: What a pair must be able to reach to be compared; ``None`` for nothing.

        Cost: one join of keys, .2 ms a handle; each distinct pair of values compared once in a batch.
        """
        self.steps.watch(self.engine, 0.0, 0.4)
        near = near_tiers(sought, listed, self.engine)
        self.steps.watch(self.engine, 0.5, 0.95)
        keys = Keys(listed.keys, listed.key_rows, most_accounts_per_key(listed.size))
        alone = sought.cohort.values.owner_count == 1
        worth = None if floor is None or alone else self._worth(sought, listed, floor)
        pairs = candidate_pairs(sought.keys, keys, self.engine, near=near, worth=worth)
        if floor is not None and alone and len(pairs.table) > _MANY_PAIRS:
            worth = self._worth(sought, listed, floor)
            pairs = candidate_pairs(sought.keys, keys, self.engine, near=near, worth=worth)
        scores = self._scored(sought, listed, pairs.table)
        if floor is None or not pairs.set_aside or alone:  # one applicant has been compared at those accounts
            return Matched(pairs, scores, keys, near)
        # Whoever applied twice has weaker evidence the second time; at accounts that somebody may well
        # have, everybody is compared.
        held = np.zeros(listed.size, np.bool_)
        held[scores.right_rows[(scores.bits >= floor.bits) | agree_on_contact(scores)]] = True
        here = candidate_pairs(sought.keys, keys.at(held), self.engine, near=near.at(held)).packed
        more = np.setdiff1d(here, pairs.packed)
        if not len(more):
            return Matched(pairs, scores, keys, near)
        table = pair_table(np.union1d(pairs.packed, more))
        scores = joined_scores(scores, self._scored(sought, listed, pair_table(more)))
        return Matched(evolve(pairs, table=table, set_aside=pairs.set_aside - len(more)), scores, keys, near)

    def screened(
        self,
        sought: Sought,
        listed: ListColumns,
        policy: SurfacingPolicy,
        *,
        pairs: int,
        prevalence: float = 0.0,
    ) -> Screened:
        """Match those pairs that the policy could surface, and see what the run shows of its rates.

        Args:
            sought: The people.
            listed: The list.
            policy: The policy.
            pairs: Applicants times accounts of the whole run.
            prevalence: That the run is known to show.

        Cost: as :meth:`match`; again where the run shows so many listed that pairs count which were set aside.
        """
        size, people = listed.size, sought.cohort.values.owner_count
        floor = Floor.of_run(policy, accounts=size, pairs=pairs, prevalence=prevalence, weights=self.weights)
        matched = self.match(sought, listed, floor=floor)
        if people == 1 and not may_surface(matched.scores, size, policy, pairs=pairs, weights=self.weights):
            rates = Rates(policy, np.full(len(matched.scores.bits), policy.expected_prevalence))
            return Screened(
                matched.pairs, matched.scores, matched.keys, matched.near, rates, NOBODY, nobody=True
            )
        rivalling = rivals(matched.scores, size, policy)
        together = alike(rivalling, self.among(sought, rivalling, listed), policy, people)
        rates = rates_seen(matched.scores, size, policy, applicants=people, alike=together)
        shown = rates.policy.expected_prevalence
        if floor is None or floor.holds(policy, accounts=size, prevalence=shown):
            return Screened(matched.pairs, matched.scores, matched.keys, matched.near, rates, together)
        return self.screened(sought, listed, policy, pairs=pairs, prevalence=shown)

    def _worth(self, sought: Sought, listed: ListColumns, floor: Floor) -> Worth:
        def judge(pairs: tuple[Ints, Ints], near: NearPairs) -> npt.NDArray[np.bool_]:
            # On a short list few of many people have any pair.
            people = sought.cohort.values.at(pairs[0])
            ceilings = Ceilings.of(people, sought.sketch, self.rarity(listed), self.weights)
            return worth_comparing((sought.sketch, listed.sketch), ceilings, floor, pairs, near)

        return Worth(sought.core_keys, judge)

    def _scored(self, sought: Sought, listed: ListColumns, pairs: pa.Table) -> PairScores:
        values = sought.cohort.values
        if values.owner_count == 1 and len(pairs) <= FEW_PAIRS and self.weights is WEIGHTS:
            rows = pairs["right_row"].to_pylist()
            accounts = listed.values_of(np.array(rows, np.int32))
            return few_scores(values, accounts, rows, self.rarity(listed), variants=self.variants)
        values = values.at(pairs["left_row"].to_numpy())
        applicant_facts(values)  # once here, rather than in every worker
        scoring = _Scoring(values, listed, self.frequencies, self.weights, self.variants)
        return scores_from_table(self.engine.collect(self.engine.map(pairs, scoring, SCORE_SCHEMA)))

    def among(self, sought: Sought, pairs: tuple[Ints, Ints], listed: ListColumns) -> npt.NDArray[np.float64]:
        """Weigh pairs of the people themselves: are two of them one person?

        Returns:
            Bits, shape (n,).
        """
        if not len(pairs[0]):
            return np.empty(0)
        values = sought.cohort.values.at(np.concatenate(pairs))
        return self.scored(values, values, pairs, listed).bits

    def scored(
        self, left: ValueTable, right: ValueTable, pairs: tuple[Ints, Ints], listed: ListColumns
    ) -> PairScores:
        """Weigh pairs of any two tables, here, with the rarity of a list and the cohort."""
        scorer = Scorer(left, right, self.rarity(listed), weights=self.weights, variants=self.variants)
        return scorer.score(*pairs)


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
        return scores_to_batch(scores.kept((scores.bits > 0) | agree_on_contact(scores)))


def _rarity(listed: ListColumns, frequencies: Frequencies) -> Rarity:
    return Rarity(listed.frequencies, frequencies, postings=listed.postings)
