"""An assessment, a candidate and a run as images for a notebook; values are folded, never cut."""

from __future__ import annotations

from collections.abc import Iterator

from vetting.evidence.drawing import BLUE, GREY, Card, Column, Piece, image
from vetting.evidence.explanation import assessment_text
from vetting.evidence.presentation import (
    QUEUE_HEADINGS,
    EvidenceRow,
    evidence_parts,
    opening_sentences,
    queue_cells,
    run_sentences,
)
from vetting.evidence.results import Assessment, Candidate
from vetting.evidence.screening_result import Screening
from vetting.evidence.words import ONLY_A_PERSON, bits_text, counted, odds_words

__all__ = ["assessment_image", "assessment_svg", "screening_image", "screening_svg"]

_MOST_CANDIDATES = 50  # on an image; more are a file to work through, not a picture
_EVIDENCE = (Column(21), Column(31), Column(32), Column(18, right=True))
_QUEUE = (
    Column(5, right=True),
    Column(16),
    Column(21),
    Column(8, right=True),
    Column(15),
    Column(17),
    Column(27),
)
_NONE = Piece("none", ink=GREY)


def assessment_image(assessment: Assessment) -> str:
    """Return an assessment, or a candidate, as an ``<img>`` element whose words are its whole text."""
    return image(assessment_svg(assessment), assessment_text(assessment))


def assessment_svg(assessment: Assessment) -> str:
    """Draw an assessment, or a candidate: what speaks for it and against it, what is missing, what else explains it.

    Args:
        assessment: Either.

    Returns:
        One ``<svg>`` element with every value whole.
    """
    title = f"Applicant {assessment.applicant_id} and account {assessment.account_id}"
    card = Card()
    card.write(
        Piece(f"For review, no finding · listed in {assessment.list_id}", size=12, ink=GREY),
        Piece(title, size=20, bold=True),
        above=0,
    )
    first, *others = opening_sentences(assessment)
    card.write(Piece(first, size=15, bold=True), *(Piece(sentence) for sentence in others), above=6)
    for part in evidence_parts(assessment):
        card.rule(above=14)
        card.write(Piece(part.title, size=15, bold=True, ink=BLUE), above=6)
        if part.rows:
            card.row(
                _EVIDENCE, [[_head(text)] for text in ("Attribute", "Applicant", "List", "Worth")], above=2
            )
        else:
            card.write(Piece(part.nothing, ink=GREY))
        for row in part.rows:
            card.row(_EVIDENCE, _cells(row))
    card.rule(above=14)
    bits = assessment.bits
    card.write(Piece(f"In all {bits_text(bits)}: {odds_words(bits)}.", bold=True), above=8)
    if isinstance(assessment, Candidate):
        if assessment.innocent_explanations:
            card.write(Piece("What else would explain it", bold=True, ink=BLUE), above=12)
            for sentence in assessment.innocent_explanations:
                card.write(Piece(sentence), indent=12)
        if assessment.record:
            card.write(Piece(f"Record: {assessment.record}", size=12, ink=GREY), above=12)
    card.write(Piece(ONLY_A_PERSON, size=12, ink=GREY), above=12)
    return card.svg(title)


def screening_image(screening: Screening) -> str:
    """Return a run as an ``<img>`` element whose words are the same queue in sentences."""
    return image(screening_svg(screening), " ".join(_in_words(screening)))


def screening_svg(screening: Screening) -> str:
    """Draw a run: its queue, as far as the first 50 candidates, how many more there are, and what was checked.

    Args:
        screening: The run.

    Returns:
        One ``<svg>`` element with every value whole.
    """
    card = Card()
    card.write(
        Piece("For review, no findings", size=12, ink=GREY),
        Piece("Candidates for review", size=20, bold=True),
        above=0,
    )
    card.write(*(Piece(sentence) for sentence in run_sentences(screening)), above=6)
    if screening.candidates:
        card.rule(above=12)
        card.row(_QUEUE, [[_head(heading)] for heading in QUEUE_HEADINGS])
    for number, candidate in enumerate(screening.candidates[:_MOST_CANDIDATES], start=1):
        cells = zip(QUEUE_HEADINGS, queue_cells(candidate, number), strict=True)
        card.row(_QUEUE, [[Piece(cell, size=13, bold=name == "Applicant")] for name, cell in cells])
    card.rule(above=12)
    rest = _rest(screening)
    if rest:
        card.write(Piece(rest, bold=True), above=8)
    card.write(*(Piece(f"Note: {note}", size=12) for note in _notes(screening)), above=8)
    card.write(Piece("Only a person turns a candidate into a finding.", size=12, ink=GREY), above=8)
    return card.svg("Candidates for review")


def _head(text: str) -> Piece:
    return Piece(text, size=12, bold=True, ink=GREY)


def _cells(row: EvidenceRow) -> Iterator[list[Piece]]:
    yield [Piece(row.title, bold=True), Piece(row.how, size=12, ink=GREY)]
    yield [_NONE if row.applicant is None else Piece(row.applicant)]
    below = [Piece(text, size=12, ink=GREY) for text in (row.note, row.record) if text]
    yield [_NONE if row.listed is None else Piece(row.listed), *below]
    yield [Piece(row.standing, size=12)]


def _rest(screening: Screening) -> str:
    more = len(screening.candidates) - _MOST_CANDIDATES
    if more <= 0:
        return ""
    are = "is" if more == 1 else "are"
    return f"{counted(more, 'more candidate')} {are} not shown here: screening.candidates has all of them."


def _notes(screening: Screening) -> Iterator[str]:
    if screening.coverage.quarantined:
        yield f"Of the roster {counted(screening.coverage.quarantined, 'value')} could not be read."
    yield from screening.coverage.notes


def _in_words(screening: Screening) -> Iterator[str]:
    yield from run_sentences(screening)
    for number, candidate in enumerate(screening.candidates[:_MOST_CANDIDATES], start=1):
        place, applicant, account, bits, likelihood, accident, because = queue_cells(candidate, number)
        yield (
            f"{place}: applicant {applicant}, account {account}, {bits} bits, {likelihood}, "
            f"by accident {accident}; {because}."
        )
    if rest := _rest(screening):
        yield rest
    yield from (f"Note: {note}" for note in _notes(screening))
    yield "Only a person turns a candidate into a finding."
