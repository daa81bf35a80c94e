"""What a run checked and assumed, and what it could not: it goes with every result."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from attrs import asdict

from vetting.engines.pairs import CandidatePairs
from vetting.engines.recall import BlockingRecall
from vetting.evidence.screening_result import ListCoverage
from vetting.readers.roster_rows import QuarantinedValue
from vetting.store.shard import Shard

__all__ = ["coverage_notes", "list_coverage"]

_MOST_NOTES = 20  # a roster with more faults is to be mended, not read


def list_coverage(
    shard: Shard, pairs: CandidatePairs, recall: BlockingRecall, *, prevalence: float, unsurfaced: int
) -> ListCoverage:
    """Say how far a list was available to a run, and what was compared.

    Args:
        shard: The list.
        pairs: The pairs that were compared, and what was left out.
        recall: What blocking found of a sample.
        prevalence: What probabilities are stated for.
        unsurfaced: Pairs with evidence that were not surfaced.
    """
    return ListCoverage(
        list_id=shard.list_id,
        title=shard.passport.title,
        sha256=shard.passport.sha256,
        accounts=shard.size,
        pairs_compared=pairs.table.num_rows,
        keys_skipped=pairs.keys_skipped,
        pairs_skipped=pairs.pairs_skipped,
        pairs_set_aside=pairs.set_aside,
        blocking_applicants=recall.applicants,
        blocking_accounts=recall.accounts,
        blocking_pairs=recall.pairs,
        blocking_found=recall.found,
        unsurfaced=unsurfaced,
        prevalence=prevalence,
        presence_means=shard.passport.presence_means,
        complete=shard.completeness.complete,
        completeness=asdict(shard.completeness),
        identifiers=shard.identifier_counts,
    )


def coverage_notes(
    covered: Sequence[ListCoverage],
    quarantined: Sequence[QuarantinedValue],
    *,
    prevalence: float,
    decoys: int,
) -> tuple[str, ...]:
    """Say what a reader of the results must know.

    Args:
        covered: The lists tried.
        quarantined: Cells and rows of the roster that could not be read.
        prevalence: What the policy states.
        decoys: How many decoys calibrated the expected coincidences; 0 for none.
    """
    return (*_on_lists(covered, prevalence), *_on_chance(covered, decoys), *_on_roster(quarantined))


def _on_lists(covered: Sequence[ListCoverage], prevalence: float) -> Iterable[str]:
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
        if one.pairs_set_aside:
            yield (
                f"List {one.list_id}: {one.pairs_set_aside:,} pairs were found and not compared, since whatever "
                "agrees could not put them before a person."
            )
        if one.carried_over:
            yield (
                f"List {one.list_id}: {one.carried_over:,} applicants were screened against it before, as they and it "
                "are now; what was found then was taken over, with the expected coincidences of that run."
            )
        if one.blocking_applicants:
            yield (
                f"List {one.list_id}: {one.blocking_applicants} applicants were compared with "
                f"{_of_accounts(one)} as a check. Of their {one.blocking_pairs} pairs with 14 bits of evidence "
                f"or more, on a contact or of two kinds, the search had found {one.blocking_found}."
            )
        if one.prevalence > prevalence:
            yield (
                f"List {one.list_id}: the policy expects {prevalence:.2g} of the applicants on it. The run "
                f"itself shows more, and probabilities are stated for {one.prevalence:.2g}."
            )


def _of_accounts(one: ListCoverage) -> str:
    return "every account" if one.blocking_accounts == one.accounts else f"{one.blocking_accounts:,} accounts"


def _on_chance(covered: Sequence[ListCoverage], decoys: int) -> Iterable[str]:
    if covered and decoys:
        yield (
            f"Expected coincidences were counted on {decoys:,} decoys, invented people who cannot be on any "
            "list; beyond what they show, the tail of their strongest pairs is carried on."
        )
    elif covered:
        yield (
            "Expected coincidences are an upper bound: there were too few applicants to make decoys alike them."
        )


def _on_roster(quarantined: Sequence[QuarantinedValue]) -> Iterable[str]:
    for one in quarantined[:_MOST_NOTES]:
        what = f"column {one.column}" if one.column else "the whole row"
        yield f"Roster line {one.line}, {what}: {one.reason}; it was not screened."
    if len(quarantined) > _MOST_NOTES:
        yield f"{len(quarantined) - _MOST_NOTES} further cells or rows of the roster were not screened."
