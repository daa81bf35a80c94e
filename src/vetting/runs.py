"""A run's people and lists: what stays the same from list to list, and who is new to which."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from attrs import field, frozen

from vetting.blocking.sought import Sought
from vetting.compare.variants import NameVariants, read_name_variants
from vetting.engines import Engine
from vetting.engines.matching import Matcher
from vetting.engines.steps import NOBODY_WATCHES, Steps
from vetting.evidence.earlier import Earlier
from vetting.evidence.frequencies import Frequencies, count_frequencies
from vetting.evidence.frequencies_of_one import frequencies_of_one
from vetting.evidence.policy import SurfacingPolicy
from vetting.evidence.refitting import read_weights
from vetting.evidence.weights import WEIGHTS, Weights
from vetting.normalise.cohort import Cohort
from vetting.records.people import Applicant
from vetting.store.folder import ShardFolder
from vetting.store.shard import Shard

__all__ = ["Part", "Run"]


@frozen(eq=False)
class Part:
    """One list, and those who are screened against it in this run.

    Attributes:
        run: The run.
        shard: The list.
        people: Those who are not left out.
        sought: Their keys and handles.
        key: Fingerprint of all that decides what is found.
    """

    run: Run
    shard: Shard
    people: tuple[Applicant, ...]
    sought: Sought
    key: str

    def matcher(self, engine: Engine, steps: Steps = NOBODY_WATCHES) -> Matcher:
        """Return what matches people against the list, with the rarity that the whole cohort shows."""
        return Matcher(
            engine=engine,
            frequencies=self.run.frequencies,
            weights=self.run.weights,
            variants=self.run.variants,
            steps=steps,
        )


@frozen(eq=False)
class Run:
    """What stays the same from list to list, and who is new to which.

    Attributes:
        people: All applicants.
        cohort: The same with their values.
        frequencies: Of the whole cohort, whoever is screened.
        policy: The policy.
        weights: The table in use.
        variants: Names that stand for one another; ``None`` for the known ones.
        shards: The lists.
        parts: For each list who is screened against it.
    """

    people: tuple[Applicant, ...]
    cohort: Cohort
    frequencies: Frequencies
    policy: SurfacingPolicy
    weights: Weights
    variants: NameVariants | None
    shards: tuple[Shard, ...]
    parts: list[Part] = field(factory=list)

    @classmethod
    def over(
        cls,
        people: tuple[Applicant, ...],
        store: ShardFolder,
        policy: SurfacingPolicy,
        lists: Sequence[str] | None,
        before: Earlier,
    ) -> Run:
        """Prepare a run; arguments as :func:`vetting.screening.screen`."""
        wanted = [held.id for held in store.lists()] if lists is None else sorted(set(lists))
        shards = tuple(store.shard(list_id) for list_id in wanted)
        for shard in shards:
            shard.passport.check_usable(datetime.now(UTC).date())
        cohort = Cohort(people, region=policy.region)
        run = cls(
            people=people,
            cohort=cohort,
            frequencies=(frequencies_of_one if len(people) == 1 else count_frequencies)(cohort.values),
            policy=policy,
            weights=read_weights(policy.weights) if policy.weights else WEIGHTS,
            variants=read_name_variants(policy.name_variants) if policy.name_variants else None,
            shards=shards,
        )
        # Lists that the same people are new to share what is looked for.
        looked_for: dict[frozenset[str], tuple[tuple[Applicant, ...], Sought]] = {}
        for shard in shards:
            known = before.screened(shard.list_id, shard.passport.sha256)
            if known not in looked_for:
                some = tuple(person for person in people if person.id not in known) if known else people
                looked_for[known] = some, Sought.of(Cohort(some, region=policy.region) if known else cohort)
            some, sought = looked_for[known]
            run.parts.append(
                Part(run, shard, some, sought, before.mark_of([shard.list_id, shard.passport.sha256], some))
            )
        return run

    @property
    def most(self) -> int:
        """The most applicants that are screened against one list."""
        return max((len(part.people) for part in self.parts), default=0)

    @property
    def pairs(self) -> int:
        """Applicants times accounts of all that is screened."""
        return sum(len(part.people) * part.shard.size for part in self.parts)
