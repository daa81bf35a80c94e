"""One screening run, start to finish: applicants and lists in, candidates for review out.

    normalise the applicants                          Cohort, Sought
    for each list:
        leave out who was screened before             Earlier
        find the pairs that share a blocking key, or
        whose handles are near; compare and weigh     Matcher, through the engine
        ask the policy which are put to a person      probabilities, surfacing
        explain those                                 Explainer
    screen decoys: what does accident show as well?   _accidents
    say what was checked, and what was not            _coverage

Nothing here decides: a candidate becomes a finding only through a person.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from os import PathLike
from typing import Any

import numpy as np
from attrs import evolve

from vetting.blocking.sought import Sought
from vetting.engines import Engine, open_engine
from vetting.engines.matching import Matcher
from vetting.engines.recall import BlockingRecall, blocking_recall
from vetting.engines.steps import Progress, Steps
from vetting.evidence.accidents import MOST_MODELS, Accidents, decoys_wanted, expected_coincidences
from vetting.evidence.chance import probabilities
from vetting.evidence.decoys import DecoyMaker
from vetting.evidence.earlier import Earlier
from vetting.evidence.fingerprints import people_fingerprints, settings_fingerprint
from vetting.evidence.floors import Floor
from vetting.evidence.policy import SurfacingPolicy
from vetting.evidence.profile_links import rests_on_link
from vetting.evidence.screening_result import Coverage, ListCoverage, ListResult, Screening
from vetting.evidence.surfacing import accidental_bits, surfacing
from vetting.normalise.cohort import Cohort
from vetting.readers.roster import Roster
from vetting.readers.roster_rows import QuarantinedValue
from vetting.records.identifiers import IdentifierKind
from vetting.records.people import Applicant, check_ids
from vetting.reports.coverage_notes import coverage_notes, list_coverage
from vetting.reports.explained import Explainer
from vetting.reports.unfinished import Unfinished
from vetting.runs import Part, Run
from vetting.store.folder import ShardFolder

__all__ = ["screen"]

_LIKELY = 0.5
_DECOY_SEED = 1  # the same run shows the same figures


def screen(  # noqa: PLR0913 - keywords, of a call that people write
    applicants: Applicant | Iterable[Applicant],
    store: ShardFolder,
    *,
    policy: SurfacingPolicy | None = None,
    lists: Sequence[str] | None = None,
    engine: str | Engine = "duckdb",
    earlier: Screening | None = None,
    checkpoint: str | PathLike[str] | None = None,
    progress: Progress | None = None,
) -> Screening:
    """Screen applicants against the lists of a store.

    Args:
        applicants: One applicant, or a roster.
        store: The lists.
        policy: When a candidate is surfaced; ``None`` for the conservative defaults.
        lists: Ids of the lists to try; ``None`` for all that are held.
        engine: ``"duckdb"``, or an engine of your own.
        earlier: A run before this one: whoever it screened against a list, both as they are now and under the same
            policy, is not screened again, and its candidates are taken over.
        checkpoint: Folder for the parts of this run that are done, so that the same run, started again after it
            was stopped, goes on from there; removed at the end. ``None`` for none.
        progress: Called as the run goes on.

    Returns:
        Candidates by evidence, strongest first, and the coverage of the run.

    Raises:
        ValueError: Two applicants have the same id.
        UnknownListError: A list asked for is not held.
        PassportError: A list's passport has expired: review it, or leave the list out with ``lists``.
        InputError: The checkpoint cannot be written.

    Cost: some 25 keys per applicant joined with some 25 per account, .2 ms per handle; each distinct pair of
    values compared once.
    """
    policy = policy or SurfacingPolicy()
    quarantined = applicants.quarantined if isinstance(applicants, Roster) else ()
    people = (applicants,) if isinstance(applicants, Applicant) else tuple(applicants)
    check_ids(people)
    before = Earlier(earlier, settings_fingerprint(policy), people_fingerprints(people))
    run = Run.over(people, store, policy, lists, before)
    steps = Steps(progress, lists=len(run.shards), decoys=decoys_wanted(run.most) > 0)
    unfinished = Unfinished(checkpoint)
    running = open_engine(engine) if isinstance(engine, str) else engine
    try:
        fresh = [_on_list(part, running, unfinished, steps) for part in run.parts]
        accidents = _accidents(run, fresh, running, unfinished, steps)
    finally:
        if isinstance(engine, str):
            running.close()
    results = [
        before.carried(part.shard.list_id, part.shard.passport.sha256, _calibrated(result, accidents))
        for part, result in zip(run.parts, fresh, strict=True)
    ]
    steps.end()
    unfinished.finish()
    candidates = sorted(
        (one for result in results for one in result.candidates),
        key=lambda one: (-one.bits, one.applicant_id, one.list_id, one.account_id),
    )
    concerned = {candidate.applicant_id for candidate in candidates}
    covered = [result.coverage for result in results]
    return Screening(
        candidates=tuple(candidates),
        coverage=_coverage(run, covered, store, quarantined, accidents.decoys),
        policy=policy,
        applicants={person.id: person for person in people if person.id in concerned},
        unsurfaced=sum(one.unsurfaced for one in covered),
        settings=before.settings,
        screened=before.people,
    )


def _on_list(part: Part, engine: Engine, unfinished: Unfinished, steps: Steps) -> ListResult | None:
    """Screen people against one list, unless that was done before the run was stopped."""
    steps.begin(part.shard.list_id)
    if not part.people and part.run.people:
        return None
    result = unfinished.list_result(part.key)
    if result is None:
        result = _screened(part, part.matcher(engine, steps))
        unfinished.keep_list_result(part.key, result)
    return result


def _screened(part: Part, matcher: Matcher) -> ListResult:
    """Match, ask the policy, explain, and say what was compared."""
    run, shard, policy = part.run, part.shard, part.run.policy
    matched = matcher.screened(part.sought, shard, policy, pairs=run.pairs)
    scores, rates = matched.scores, matched.rates
    weak = scores.bits >= policy.minimum_kind_bits
    about: Any = {"prevalence": rates.policy.expected_prevalence}
    if matched.nobody and not policy.include_unsurfaced:
        told = list_coverage(shard, matched.pairs, BlockingRecall(), unsurfaced=int(weak.sum()), **about)
        return ListResult(candidates=(), coverage=told)
    together = matched.alike
    probability = probabilities(scores, shard.size, rates.policy, alike=together, prevalence=rates.prevalence)
    stated = probabilities(scores, shard.size, policy, alike=together)
    chosen = surfacing(scores, (stated, probability), policy, pairs=run.pairs, weights=run.weights)
    shown = np.ones(len(scores.bits), np.bool_) if policy.include_unsurfaced else chosen.surfaced
    explainer = Explainer(
        people=part.people,
        cohort=part.sought.cohort,
        shard=shard,
        rarity=matcher.rarity(shard),
        weights=run.weights,
    )
    recall = blocking_recall(matcher, part.sought, shard, matched, minimum_kind_bits=policy.minimum_kind_bits)
    # Weak likeness of parts of handles is everywhere; only what would count as a kind of evidence is told.
    quiet = int((~chosen.surfaced & weak).sum())
    return ListResult(
        candidates=explainer.candidates(scores, shown, probability, chosen),
        coverage=list_coverage(shard, matched.pairs, recall, unsurfaced=quiet, **about),
    )


def _accidents(
    run: Run, found: Sequence[ListResult | None], engine: Engine, unfinished: Unfinished, steps: Steps
) -> Accidents:
    """Screen decoys against the same lists with the same weights: what they show is accident.

    They are made alike those of whom nothing likely was found, so that a listed person's name and words
    are not taken for what accident meets. Where few are new to some lists and many to others, the decoys of the
    many stand for all, which overstates accident.
    """
    parts = [part for part in run.parts if part.people]
    most = max((part.people for part in parts), key=len, default=())
    likely = {
        one.applicant_id
        for result in found
        if result
        for one in result.candidates
        if one.probability >= _LIKELY
    }
    alike = [person for person in most if person.id not in likely]
    wanted = decoys_wanted(len(alike))
    if not wanted:
        return Accidents.bounded(run.pairs)
    about: Any = {"pairs": run.pairs, "weights": run.weights}
    sought: Sought | None = None
    bits, whole_from = [], 0.0
    for part in parts:
        steps.begin(part.shard.list_id, decoys=True)
        floor = Floor.of_run(run.policy, accounts=part.shard.size, **about)
        whole_from = max(whole_from, floor.bits if floor else 0.0)
        key = f"{part.key}-decoys"
        kept = unfinished.bits(key)
        if kept is None:
            sought = sought or _decoys(alike, wanted, run.policy)
            scores = part.matcher(engine, steps).match(sought, part.shard, floor=floor).scores
            alone = Floor.of(run.policy, accounts=part.shard.size, **about).alone
            kept = accidental_bits(scores, run.policy, alone=alone)
            unfinished.keep_bits(key, kept)
        bits.append(kept)
    return Accidents.counted(
        run.pairs, np.concatenate(bits), applicants=len(most), decoys=wanted, whole_from=whole_from
    )


def _decoys(alike: Sequence[Applicant], wanted: int, policy: SurfacingPolicy) -> Sought:
    maker = DecoyMaker(alike[:: -(-len(alike) // MOST_MODELS)])
    return Sought.of(Cohort(maker.cohort(wanted, seed=_DECOY_SEED), region=policy.region))


def _calibrated(result: ListResult | None, accidents: Accidents) -> ListResult | None:
    """Say of each candidate how many as strong accident shows."""
    if result is None:
        return None
    bits = np.array([one.bits for one in result.candidates])
    # Decoys have no pages that others link to: for what rests on such a link the bound is all there is.
    linked = np.array([rests_on_link(one.evidence) for one in result.candidates], np.bool_)
    bound = np.where(linked, expected_coincidences(bits, accidents.pairs), 0.0)
    expected = np.maximum(accidents.expected(bits), bound)
    counted = zip(result.candidates, expected.tolist(), strict=True)
    candidates = tuple(evolve(one, expected_coincidences=number) for one, number in counted)
    return evolve(result, candidates=candidates)


def _coverage(
    run: Run,
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
