"""What a reviewer may check next: enquiries that would settle what the evidence leaves open."""

from __future__ import annotations

from collections.abc import Iterator

from vetting.evidence.results import Candidate, Evidence, Level
from vetting.evidence.words import kind_title, list_words

__all__ = ["next_checks"]

_MOST = 5


def next_checks(candidate: Candidate) -> tuple[str, ...]:
    """Say what would strengthen or weaken this candidate, what would weaken it first.

    The sentences follow from the evidence alone; they hold no personal value.

    Args:
        candidate: The candidate.

    Returns:
        At most five sentences.
    """
    return tuple(_checks(candidate))[:_MOST]


def _checks(candidate: Candidate) -> Iterator[str]:
    conflicts = [kind_title(item.kind) for item in candidate.contradicting if item.level is Level.CONFLICT]
    if conflicts:
        yield f"Settle the conflict in the {list_words(conflicts)}: is either value a placeholder or a mistake?"
    kinds = {item.kind for item in candidate.supporting}
    if "email" in kinds:
        yield "Did the applicant control this e-mail address when the account was opened? Who else could read it?"
    if "phone" in kinds or "place" in kinds:
        yield "Who else used this telephone number or lived at this address at the time?"
    if any("earlier" in item.note or "previous" in item.note for item in candidate.supporting):
        yield "When was the earlier name given up, and does the account's activity go on in the same way since?"
    if "handle" in kinds:
        yield "Do the applicant's own, declared accounts use this handle, and since when?"
    wanting = [item for item in candidate.evidence if _asked_of_applicant(item)]
    if wanting:
        yield f"Ask for what the list has and the applicant did not give: {_titles(wanting)}."
    uncompared = [item for item in candidate.evidence if item.level is Level.MISSING and item not in wanting]
    yield "Open the cited record in the original file, and read it in its place."
    if uncompared:
        yield f"Find by other lawful means what could not be compared: {_titles(uncompared)}."


def _asked_of_applicant(item: Evidence) -> bool:
    return item.level is Level.MISSING and item.listed_value is not None and item.applicant_value is None


def _titles(items: list[Evidence]) -> str:
    return list_words(list(dict.fromkeys(kind_title(item.kind) for item in items)))
