"""What is shown of an assessment and of a run: headings, rows and sentences, which terminal and notebook set."""

from __future__ import annotations

from attrs import frozen

from vetting.evidence.likelihood import likelihood_range
from vetting.evidence.results import Assessment, Candidate, Evidence, Level
from vetting.evidence.screening_result import Screening
from vetting.evidence.words import (
    LEVEL_TITLES,
    accident_words,
    bits_text,
    coincidence_words,
    counted,
    kind_title,
    says_nothing,
    standing,
    why_missing,
)

__all__ = [
    "QUEUE_HEADINGS",
    "EvidencePart",
    "EvidenceRow",
    "evidence_parts",
    "opening_sentences",
    "queue_cells",
    "run_sentences",
]

QUEUE_HEADINGS = (
    "No.",
    "Applicant",
    "Account on list",
    "Bits",
    "Likelihood",
    "By accident",
    "Why it surfaced",
)


@frozen(kw_only=True)
class EvidenceRow:
    """One item of evidence in words.

    Attributes:
        title: The attribute.
        how: How far the values agree, and the rule that fired.
        applicant: The applicant's value as written; ``None`` when missing.
        listed: The listed value as written; ``None`` when missing.
        standing: Its bits, or why it does not count.
        note: What a reader should know of the values.
        record: Citation of the listed value's record.
    """

    title: str
    how: str
    applicant: str | None
    listed: str | None
    standing: str
    note: str
    record: str


@frozen(kw_only=True)
class EvidencePart:
    """The evidence of one direction.

    Attributes:
        title: Its heading.
        rows: The items.
        nothing: What stands there when there are none; empty where the part is then left out.
    """

    title: str
    rows: tuple[EvidenceRow, ...]
    nothing: str


def opening_sentences(assessment: Assessment) -> tuple[str, ...]:
    """Return what stands first: the likelihood, and of a candidate the chance of accident and why it surfaced."""
    term = assessment.likelihood
    first = f"{term[0].upper()}{term[1:]} ({likelihood_range(term)}) that {assessment.proposition}."
    if not isinstance(assessment, Candidate):
        return (first,)
    state = "Surfaced" if assessment.surfaced else "Not surfaced"
    because = assessment.surfaced_because or "the policy gave no reason"
    return (
        first,
        coincidence_words(assessment.expected_coincidences),
        f"{state}: {because.rstrip('.')}.",
    )


def evidence_parts(assessment: Assessment) -> tuple[EvidencePart, ...]:
    """Return all evidence: for, against, what says nothing, and what was not compared."""
    silent = tuple(item for item in assessment.evidence if says_nothing(item))
    lacking = tuple(item for item in assessment.evidence if item.level is Level.MISSING)
    parts = (
        _part("For", assessment.supporting, "Nothing that was compared speaks for it."),
        _part("Against", assessment.contradicting, "Nothing that was compared speaks against it."),
        _part("Compared, says nothing", silent, ""),
        _part("Not compared", lacking, "Nothing is missing: every attribute was compared."),
    )
    return tuple(part for part in parts if part.rows or part.nothing)


def _part(title: str, items: tuple[Evidence, ...], nothing: str) -> EvidencePart:
    return EvidencePart(title=title, rows=tuple(map(_row, items)), nothing=nothing)


def _row(item: Evidence) -> EvidenceRow:
    return EvidenceRow(
        title=kind_title(item.kind),
        how=why_missing(item) if item.level is Level.MISSING else _agreement(item),
        applicant=item.applicant_value,
        listed=item.listed_value,
        standing=standing(item),
        note=item.note,
        record=item.record,
    )


def _agreement(item: Evidence) -> str:
    return LEVEL_TITLES[item.level] + (f" ({item.rule})" if item.rule else "")


def queue_cells(candidate: Candidate, number: int) -> tuple[str, ...]:
    """Return a candidate's row in the queue, under :data:`QUEUE_HEADINGS`.

    Args:
        candidate: The candidate.
        number: Its place in the queue, from 1.
    """
    because = candidate.surfaced_because
    return (
        f"{number:,}",
        candidate.applicant_id,
        f"{candidate.account_id} on {candidate.list_id}",
        bits_text(candidate.bits).removesuffix(" bits"),
        candidate.likelihood,
        accident_words(candidate.expected_coincidences),
        because if candidate.surfaced else f"not surfaced: {because}",
    )


def run_sentences(screening: Screening) -> tuple[str, ...]:
    """Say how much was compared with how much, what came of it, and what applicants did not give."""
    coverage = screening.coverage
    accounts = sum(one.accounts for one in coverage.lists)
    done = (
        f"{counted(coverage.applicants, 'applicant')} against {counted(accounts, 'account')} on "
        f"{counted(len(coverage.lists), 'list')}: {counted(len(screening.surfaced), 'candidate')} for review. "
        f"{counted(screening.unsurfaced, 'further pair')} had some evidence, too little to surface."
    )
    lacking = [f"{kind_title(kind)} ({count:,})" for kind, count in coverage.missing.items() if count]
    if not lacking:
        return (done,)
    return done, f"Not checked, since the applicant gave none: {', '.join(lacking)}."
