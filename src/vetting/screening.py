"""One screening run, start to finish: applicants and lists in, candidates for review out.

    normalise the applicants                          Cohort, Sought
    for each list:
        find the pairs that share a blocking key, or
        whose handles are near; compare and weigh     Matcher, through the engine
        ask the policy which are put to a person      probabilities, surfacing
        explain those                                 evidence_of
    screen decoys: what does accident show as well?   _accidents
    say what was checked, and what was not            _coverage

Nothing here decides: a candidate becomes a finding only through a person.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

import numpy as np
from attrs import evolve, frozen

from vetting.blocking.sought import Sought
from vetting.compare.variants import NameVariants, read_name_variants
from vetting.engines import Engine, open_engine
from vetting.engines.matching import Matcher
from vetting.engines.recall import BlockingRecall, blocking_recall
from vetting.evidence.accidents import MOST_MODELS, Accidents, decoys_wanted
from vetting.evidence.assembly import evidence_of
from vetting.evidence.chance import probabilities
from vetting.evidence.closeness import told_closeness
from vetting.evidence.decoys import DecoyMaker
from vetting.evidence.explanation import CandidateContext, innocent_explanations
from vetting.evidence.floors import Floor
from vetting.evidence.frequencies import Frequencies, count_frequencies
from vetting.evidence.frequencies_of_one import frequencies_of_one
from vetting.evidence.policy import SurfacingPolicy
from vetting.evidence.refitting import read_weights
from vetting.evidence.results import Candidate
from vetting.evidence.scores import PairScores
from vetting.evidence.scoring import EVIDENCE_KINDS
from vetting.evidence.screening_result import Coverage, ListCoverage, Screening
from vetting.evidence.surfacing import accidental_bits, surfacing
from vetting.evidence.weights import WEIGHTS, Weights
from vetting.normalise.cohort import Cohort
from vetting.readers.roster import Roster
from vetting.readers.roster_rows import QuarantinedValue
from vetting.records.identifiers import IdentifierKind
from vetting.records.people import Applicant, check_ids
from vetting.reports.coverage_notes import coverage_notes, list_coverage
from vetting.store.folder import ShardFolder
from vetting.store.shard import Shard

__all__ = ["screen"]

_LIKELY = 0.5
_DECOY_SEED = 1  # the same run shows the same figures

Progress = Callable[[str, int, int], None]
"""Called with the list at work, lists done and lists in all."""


def screen(
    applicants: Applicant | Iterable[Applicant],
    store: ShardFolder,
    *,
    policy: SurfacingPolicy | None = None,
    lists: Sequence[str] | None = None,
    engine: str | Engine = "duckdb",
    progress: Progress | None = None,
) -> Screening:
    """Screen applicants against the lists of a store.

    Args:
        applicants: One applicant, or a roster.
        store: The lists.
        policy: When a candidate is surfaced; ``None`` for the conservative defaults.
        lists: Ids of the lists to try; ``None`` for all that are held.
        engine: ``"duckdb"``, or an engine of your own.
        progress: Called as lists are done.

    Returns:
        Candidates by evidence, strongest first, and the coverage of the run.

    Raises:
        ValueError: Two applicants have the same id.
        UnknownListError: A list asked for is not held.
        PassportError: A list's passport has expired: review it, or leave the list out with ``lists``.

    Cost: some 25 keys per applicant joined with some 25 per account; each distinct pair of values
    compared once.
    """
    policy = policy or SurfacingPolicy()
    quarantined = applicants.quarantined if isinstance(applicants, Roster) else ()
    people = (applicants,) if isinstance(applicants, Applicant) else tuple(applicants)
    check_ids(people)
    run = _Run.over(people, store, policy, lists)
    running = open_engine(engine) if isinstance(engine, str) else engine
    candidates: list[Candidate] = []
    covered: list[ListCoverage] = []
    unsurfaced = 0
    try:
        for done, shard in enumerate(run.shards):
            if progress:
                progress(shard.list_id, done, len(run.shards))
            found, quiet, coverage = _screen_list(run, shard, running)
            candidates += found
            unsurfaced += quiet
            covered.append(coverage)
        likely = {one.applicant_id for one in candidates if one.probability >= _LIKELY}
        accidents = _accidents(run, [person for person in people if person.id not in likely], running)
    finally:
        if isinstance(engine, str):
            running.close()
    if progress:
        progress("", len(run.shards), len(run.shards))
    expected = accidents.expected(np.array([one.bits for one in candidates]))
    candidates = [
        evolve(one, expected_coincidences=number)
        for one, number in zip(candidates, expected.tolist(), strict=True)
    ]
    candidates.sort(key=lambda one: (-one.bits, one.applicant_id, one.list_id, one.account_id))
    concerned = {candidate.applicant_id for candidate in candidates}
    return Screening(
        candidates=tuple(candidates),
        coverage=_coverage(run, covered, store, quarantined, accidents.decoys),
        policy=policy,
        applicants={person.id: person for person in people if person.id in concerned},
        unsurfaced=unsurfaced,
    )


@frozen(eq=False)
class _Run:
    """What stays the same from list to list."""

    people: tuple[Applicant, ...]
    sought: Sought
    frequencies: Frequencies
    shards: tuple[Shard, ...]
    policy: SurfacingPolicy
    weights: Weights
    variants: NameVariants | None

    @classmethod
    def over(
        cls,
        people: tuple[Applicant, ...],
        store: ShardFolder,
        policy: SurfacingPolicy,
        lists: Sequence[str] | None,
    ) -> _Run:
        wanted = [held.id for held in store.lists()] if lists is None else sorted(set(lists))
        shards = tuple(store.shard(list_id) for list_id in wanted)
        for shard in shards:
            shard.passport.check_usable(datetime.now(UTC).date())
        cohort = Cohort(people, region=policy.region)
        return cls(
            people=people,
            sought=Sought.of(cohort),
            frequencies=(frequencies_of_one if len(people) == 1 else count_frequencies)(cohort.values),
            shards=shards,
            policy=policy,
            weights=read_weights(policy.weights) if policy.weights else WEIGHTS,
            variants=read_name_variants(policy.name_variants) if policy.name_variants else None,
        )

    def matcher(self, engine: Engine) -> Matcher:
        """Return what matches people against a list in this run."""
        return Matcher(
            engine=engine,
            frequencies=self.frequencies,
            weights=self.weights,
            variants=self.variants,
        )

    @property
    def cohort(self) -> Cohort:
        """The applicants and their values."""
        return self.sought.cohort

    @property
    def pairs(self) -> int:
        """Applicants times accounts of the whole run."""
        return len(self.people) * sum(shard.size for shard in self.shards)


def _accidents(run: _Run, alike: Sequence[Applicant], engine: Engine) -> Accidents:
    """Screen decoys against the same lists with the same weights: what they show is accident.

    They are made alike those of whom nothing likely was found, so that a listed person's name and words
    are not taken for what accident meets.
    """
    wanted = decoys_wanted(len(alike))
    if not wanted or not run.shards:
        return Accidents.bounded(run.pairs)
    decoys = DecoyMaker(alike[:: -(-len(alike) // MOST_MODELS)]).cohort(wanted, seed=_DECOY_SEED)
    sought = Sought.of(Cohort(decoys, region=run.policy.region))
    bits, whole_from = [], 0.0
    for shard in run.shards:
        about: Any = {"accounts": shard.size, "pairs": run.pairs, "weights": run.weights}
        floor = Floor.of_run(run.policy, **about)
        whole_from = max(whole_from, floor.bits if floor else 0.0)
        scores = run.matcher(engine).match(sought, shard, floor=floor).scores
        bits.append(accidental_bits(scores, run.policy, alone=Floor.of(run.policy, **about).alone))
    return Accidents.counted(
        run.pairs, np.concatenate(bits), applicants=len(run.people), decoys=wanted, whole_from=whole_from
    )


def _screen_list(run: _Run, shard: Shard, engine: Engine) -> tuple[list[Candidate], int, ListCoverage]:
    """Screen everybody against one list: candidates, how many pairs were not surfaced, and coverage."""
    matcher = run.matcher(engine)
    matched = matcher.screened(run.sought, shard, run.policy, pairs=run.pairs)
    scores, rates, together = matched.scores, matched.rates, matched.alike
    if matched.nobody and not run.policy.include_unsurfaced:
        weak = int((scores.bits >= run.policy.minimum_kind_bits).sum())
        prevalence = rates.policy.expected_prevalence
        return [], weak, list_coverage(shard, matched.pairs, BlockingRecall(), prevalence)
    probability = probabilities(scores, shard.size, rates.policy, alike=together, prevalence=rates.prevalence)
    stated = probabilities(scores, shard.size, run.policy, alike=together)
    chosen = surfacing(scores, (stated, probability), run.policy, pairs=run.pairs, weights=run.weights)
    shown = np.ones(len(scores.bits), np.bool_) if run.policy.include_unsurfaced else chosen.surfaced
    reasons = chosen.reasons()
    candidates = []
    rarity = matcher.rarity(shard)
    for row in np.flatnonzero(shown).tolist():
        account = int(scores.right_rows[row])
        held = run.people[scores.left_rows[row]].identifiers(), shard.account(account).identifiers()
        evidence = evidence_of(scores, row, run.cohort.identifiers.__getitem__, shard.identifier, held)
        evidence = told_closeness(evidence, rarity, shard.size, run.weights)
        candidates.append(
            Candidate(
                applicant_id=run.people[scores.left_rows[row]].id,
                list_id=shard.list_id,
                account_id=shard.account_id(account),
                evidence=evidence,
                probability=float(probability[row]),
                surfaced=bool(chosen.surfaced[row]),
                surfaced_because=reasons[row],
                expected_coincidences=np.inf,  # until decoys have been screened
                innocent_explanations=innocent_explanations(evidence, _context(run, shard, scores, row)),
                record=shard.account_record(account),
            )
        )
    # Weak likeness of parts of handles is everywhere; only what would count as a kind of evidence is told.
    quiet = ~chosen.surfaced & (scores.bits >= run.policy.minimum_kind_bits)
    recall = blocking_recall(
        matcher, run.sought, shard, matched, minimum_kind_bits=run.policy.minimum_kind_bits
    )
    told = list_coverage(shard, matched.pairs, recall, rates.policy.expected_prevalence)
    return candidates, int(quiet.sum()), told


def _context(run: _Run, shard: Shard, scores: PairScores, pair: int) -> CandidateContext:
    """What surrounds a pair and bears on its innocent explanations."""
    applicants = accounts = 0
    for place in scores.rows_of(pair):
        kind = EVIDENCE_KINDS[scores.rows.kind[place]]
        if scores.rows.bits[place] <= 0:
            continue
        if kind in {"email", "phone", "place"}:
            sharing = run.cohort.sharing(int(scores.rows.left[place]), IdentifierKind(kind))
            applicants = max(applicants, sharing)
        elif kind == "handle":
            accounts = max(accounts, int(scores.rows.sharers[place]))
    return CandidateContext(
        applicants_sharing=applicants,
        accounts_sharing=accounts,
        emails_confirmed=shard.passport.emails_confirmed,
        contamination=shard.passport.contamination,
    )


def _coverage(
    run: _Run,
    covered: list[ListCoverage],
    store: ShardFolder,
    quarantined: Sequence[QuarantinedValue],
    decoys: int,
) -> Coverage:
    """Say what was tried, what was missing, and which lists were left out."""
    missing = {run.people[row].id: kinds for row, kinds in run.cohort.missing.items()}
    tried = {shard.list_id for shard in run.shards}
    return Coverage(
        applicants=len(run.people),
        lists=tuple(covered),
        lists_not_tried=tuple(held.id for held in store.lists() if held.id not in tried),
        tried=run.cohort.tried,
        missing={str(kind): sum(str(kind) in kinds for kinds in missing.values()) for kind in IdentifierKind},
        skipped=run.cohort.skipped,
        not_tried=missing,
        quarantined=len(quarantined),
        decoys=decoys,
        notes=coverage_notes(covered, quarantined, prevalence=run.policy.expected_prevalence, decoys=decoys),
    )
