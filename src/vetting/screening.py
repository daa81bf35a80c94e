"""One screening run, start to finish: applicants and lists in, candidates for review out.

    normalise the applicants                          Cohort
    for each list:
        find the pairs that share a blocking key,
        or whose handles are near                     candidate_pairs, near_pairs
        compare and weigh them                        Scorer, through the engine
        ask the policy which are put to a person      probabilities, surfacing
        explain those                                 evidence_of
    say what was checked, and what was not            _coverage

Nothing here decides: a candidate becomes a finding only through a person.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime

import numpy as np
import pyarrow as pa
from attrs import asdict, frozen

from vetting.blocking.keys import OwnedKeys, blocking_keys
from vetting.blocking.nearest import near_pairs
from vetting.blocking.postings import CompactForms, compact_forms
from vetting.engines import Engine, open_engine
from vetting.engines.pairs import CandidatePairs, candidate_pairs
from vetting.evidence.assembly import evidence_of
from vetting.evidence.chance import expected_coincidences, probabilities
from vetting.evidence.explanation import CandidateContext, innocent_explanations
from vetting.evidence.frequencies import Frequencies, count_frequencies
from vetting.evidence.policy import SurfacingPolicy
from vetting.evidence.rarity import Rarity
from vetting.evidence.refitting import read_weights
from vetting.evidence.results import Candidate
from vetting.evidence.scores import SCORE_SCHEMA, PairScores, scores_from_table, scores_to_batch
from vetting.evidence.scoring import EVIDENCE_KINDS, Scorer
from vetting.evidence.screening_result import Coverage, ListCoverage, Screening
from vetting.evidence.surfacing import surfacing
from vetting.evidence.weights import WEIGHTS, Weights
from vetting.normalise.cohort import Cohort
from vetting.readers.roster import Roster
from vetting.readers.roster_rows import QuarantinedValue
from vetting.records.identifiers import IdentifierKind
from vetting.records.people import Applicant
from vetting.store.folder import ShardFolder
from vetting.store.shard import Shard

__all__ = ["screen"]

_CONTACTS = (EVIDENCE_KINDS.index("email"), EVIDENCE_KINDS.index("phone"))
_MOST_NOTES = 20  # a roster with more faults is to be mended, not read

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

    Cost: some 20 keys per applicant joined with some 20 per account; each distinct pair of values
    compared once.
    """
    policy = policy or SurfacingPolicy()
    quarantined = applicants.quarantined if isinstance(applicants, Roster) else ()
    people = (applicants,) if isinstance(applicants, Applicant) else tuple(applicants)
    _check_ids(people)
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
    finally:
        if isinstance(engine, str):
            running.close()
    if progress:
        progress("", len(run.shards), len(run.shards))
    candidates.sort(key=lambda one: (-one.bits, one.applicant_id, one.list_id, one.account_id))
    concerned = {candidate.applicant_id for candidate in candidates}
    return Screening(
        candidates=tuple(candidates),
        coverage=_coverage(run, covered, store, quarantined),
        policy=policy,
        applicants={person.id: person for person in people if person.id in concerned},
        unsurfaced=unsurfaced,
    )


@frozen(eq=False)
class _Run:
    """What stays the same from list to list."""

    people: tuple[Applicant, ...]
    cohort: Cohort
    keys: OwnedKeys
    handles: CompactForms
    frequencies: Frequencies
    shards: tuple[Shard, ...]
    policy: SurfacingPolicy
    weights: Weights

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
            cohort=cohort,
            keys=blocking_keys(cohort.values),
            handles=compact_forms(cohort.values),
            frequencies=count_frequencies(cohort.values),
            shards=shards,
            policy=policy,
            weights=read_weights(policy.weights) if policy.weights else WEIGHTS,
        )

    @property
    def pairs(self) -> int:
        """Applicants times accounts of the whole run."""
        return len(self.people) * sum(shard.size for shard in self.shards)


def _screen_list(run: _Run, shard: Shard, engine: Engine) -> tuple[list[Candidate], int, ListCoverage]:
    """Screen everybody against one list: candidates, how many pairs were not surfaced, and coverage."""
    near = near_pairs(run.handles, shard.postings)
    pairs = candidate_pairs(run.keys, shard.keys, shard.key_rows, engine, near=near)
    scores = _scored(run, shard, pairs, engine)
    probability = probabilities(scores, shard.size, run.policy)
    chosen = surfacing(scores, probability, run.policy, pairs=run.pairs, weights=run.weights)
    coincidences = expected_coincidences(scores.bits, run.pairs)
    shown = np.ones(len(scores.bits), np.bool_) if run.policy.include_unsurfaced else chosen.surfaced
    reasons = chosen.reasons()
    candidates = []
    for row in np.flatnonzero(shown).tolist():
        account = int(scores.right_rows[row])
        held = run.people[scores.left_rows[row]].identifiers(), shard.account(account).identifiers()
        evidence = evidence_of(scores, row, run.cohort.identifiers.__getitem__, shard.identifier, held)
        candidates.append(
            Candidate(
                applicant_id=run.people[scores.left_rows[row]].id,
                list_id=shard.list_id,
                account_id=shard.account_id(account),
                evidence=evidence,
                probability=float(probability[row]),
                surfaced=bool(chosen.surfaced[row]),
                surfaced_because=reasons[row],
                expected_coincidences=float(coincidences[row]),
                innocent_explanations=innocent_explanations(evidence, _context(run, shard, scores, row)),
                record=shard.account_record(account),
            )
        )
    # Weak likeness of parts of handles is everywhere; only what would count as a kind of evidence is told.
    quiet = ~chosen.surfaced & (scores.bits >= run.policy.minimum_kind_bits)
    return candidates, int(quiet.sum()), _list_coverage(shard, pairs)


def _scored(run: _Run, shard: Shard, pairs: CandidatePairs, engine: Engine) -> PairScores:
    """Compare and weigh the pairs through the engine; keep those with evidence for."""
    rarity = Rarity(shard.frequencies, run.frequencies, postings=shard.postings)

    def score(batch: pa.RecordBatch) -> pa.RecordBatch:
        left, right = batch["left_row"].to_numpy(), batch["right_row"].to_numpy()
        listed = shard.values_of(np.unique(right))
        scores = Scorer(run.cohort.values, listed, rarity, weights=run.weights).score(left, right)
        # An address or number that agrees is put to a person whatever speaks against it.
        contacts = scores.any_row(np.isin(scores.rows.kind, _CONTACTS) & (scores.rows.bits > 0))
        return scores_to_batch(scores.kept((scores.bits > 0) | contacts))

    table = engine.collect(engine.map(pairs.table, score, SCORE_SCHEMA))
    return scores_from_table(table)


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


def _list_coverage(shard: Shard, pairs: CandidatePairs) -> ListCoverage:
    return ListCoverage(
        list_id=shard.list_id,
        title=shard.passport.title,
        sha256=shard.passport.sha256,
        accounts=shard.size,
        pairs_compared=pairs.table.num_rows,
        keys_skipped=pairs.keys_skipped,
        pairs_skipped=pairs.pairs_skipped,
        presence_means=shard.passport.presence_means,
        complete=shard.completeness.complete,
        completeness=asdict(shard.completeness),
        identifiers=shard.identifier_counts,
    )


def _coverage(
    run: _Run, covered: list[ListCoverage], store: ShardFolder, quarantined: Sequence[QuarantinedValue]
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
        notes=(*_notes(covered), *_roster_notes(quarantined)),
    )


def _notes(covered: list[ListCoverage]) -> Iterable[str]:
    if not covered:
        yield "No list was tried: nothing can be said about anybody."
    for one in covered:
        if not one.complete:
            yield f"List {one.list_id} was not read whole: that somebody was not found on it shows little."
        if one.pairs_skipped:
            yield (
                f"List {one.list_id}: {one.keys_skipped} values that very many accounts share were not used "
                f"to look for pairs; up to {one.pairs_skipped} pairs were not compared for it."
            )


def _roster_notes(quarantined: Sequence[QuarantinedValue]) -> Iterable[str]:
    for one in quarantined[:_MOST_NOTES]:
        what = f"column {one.column}" if one.column else "the whole row"
        yield f"Roster line {one.line}, {what}: {one.reason}; it was not screened."
    if len(quarantined) > _MOST_NOTES:
        yield f"{len(quarantined) - _MOST_NOTES} further cells or rows of the roster were not screened."


def _check_ids(people: Sequence[Applicant]) -> None:
    seen: set[str] = set()
    for position, person in enumerate(people, 1):
        if person.id in seen:
            raise ValueError(f"applicant {position} has an id that came before; ids must be unique")
        seen.add(person.id)
