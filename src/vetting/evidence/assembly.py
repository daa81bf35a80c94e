"""From scores to explained candidates: objects are made here, for the few pairs that a person will see."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from vetting.compare.levels import LevelCode
from vetting.evidence.results import Evidence, Level
from vetting.evidence.scores import PairScores
from vetting.evidence.scoring import EVIDENCE_KINDS, EVIDENCE_RULES
from vetting.records.identifiers import Identifier

__all__ = ["evidence_of"]

IdentifierAt = Callable[[int], Identifier]

_ROLE_NOTES = {
    "previous": "an earlier value of the account",
    "posted_as": "the name shown on a post",
    "alias": "another name",
    "display": "the display name",
}
# Kinds that a record has or lacks; the others are derived from these and are shown only if they say something.
_OWN_KINDS = tuple(kind for kind in EVIDENCE_KINDS if kind != "name_in_handle")
_SOURCES = {"email": "e-mail address", "url": "page"}


def evidence_of(
    scores: PairScores,
    pair: int,
    applicant: IdentifierAt,
    listed: IdentifierAt,
    held: tuple[Iterable[Identifier], Iterable[Identifier]],
) -> tuple[Evidence, ...]:
    """Explain one scored pair.

    Args:
        scores: Scored pairs.
        pair: Which of them.
        applicant: From a source row to the applicant's identifier.
        listed: From a source row to the listed identifier.
        held: All identifiers of the applicant and of the account, to say which side lacks a kind.

    Returns:
        What supports, strongest first; what contradicts, strongest first; what says nothing.
    """
    facts: dict[int, list[str]] = {}
    for row in scores.rows_of(pair):
        kinds = facts.setdefault(int(scores.rows.fact[row]), [])
        kind = EVIDENCE_KINDS[scores.rows.kind[row]]
        if kind not in kinds:
            kinds.append(kind)
    labels = _labels(facts)
    found = [_item(scores, row, applicant, listed, labels) for row in scores.rows_of(pair)]
    compared = {item.kind for item in found}
    theirs, ours = ({str(item.kind): str(item) for item in reversed(list(side))} for side in held)
    missing = [
        Evidence(
            kind=kind,
            level=Level.MISSING,
            applicant_value=theirs.get(kind),
            listed_value=ours.get(kind),
            group=kind,
            rule=_why_missing(kind, theirs, ours),
        )
        for kind in _OWN_KINDS
        if kind not in compared
    ]
    return tuple(sorted([*found, *missing], key=_order))


def _item(
    scores: PairScores, row: int, applicant: IdentifierAt, listed: IdentifierAt, labels: dict[int, str]
) -> Evidence:
    rows = scores.rows
    kind = EVIDENCE_KINDS[rows.kind[row]]
    theirs, ours = applicant(int(rows.left[row])), listed(int(rows.right[row]))
    rule = EVIDENCE_RULES[kind][rows.rule[row]]
    return Evidence(
        kind=kind,
        level=Level[LevelCode(int(rows.level[row])).name],
        applicant_value=str(theirs),
        listed_value=str(ours),
        bits=float(rows.bits[row]),
        rule=rule.text,
        group=labels.get(int(rows.fact[row]), kind),
        counted=bool(rows.counted[row]),
        note="; ".join(_notes(kind, theirs, ours, scores, row)),
        record=ours.record,
    )


def _labels(facts: dict[int, list[str]]) -> dict[int, str]:
    """Name each fact by the kinds of evidence that tell it; a second fact of the same kinds is numbered."""
    labels: dict[int, str] = {}
    for fact, kinds in facts.items():
        if fact >= 0:
            name = "+".join(kinds)
            taken = sum(label.split(" ")[0] == name for label in labels.values())
            labels[fact] = f"{name} {taken + 1}" if taken else name
    return labels


def _why_missing(kind: str, theirs: dict[str, str], ours: dict[str, str]) -> str:
    if kind in theirs and kind in ours:
        return "the values say nothing about one another, or cannot be used"
    if kind in theirs:
        return "the list has none"
    return "the applicant gave none" if kind in ours else "neither side has one"


def _notes(kind: str, theirs: Identifier, ours: Identifier, scores: PairScores, row: int) -> Sequence[str]:
    rows, notes = scores.rows, []
    if ours.role in _ROLE_NOTES:
        notes.append(_ROLE_NOTES[ours.role])
    if theirs.role == "alias":
        notes.append("another name of the applicant")
    if kind == "email" and rows.bits[row] > 0 and ours.confirmed is not True:
        notes.append(
            "e-mail not confirmed by its holder" if ours.confirmed is False else "not known whether confirmed"
        )
    if kind in {"handle", "name_in_handle"} and str(theirs.kind) in _SOURCES:
        notes.append("the handle is taken from the applicant's " + _SOURCES[str(theirs.kind)])
    if kind in {"handle", "name_in_handle"} and str(ours.kind) in _SOURCES:
        notes.append("compared with the account's " + _SOURCES[str(ours.kind)])
    sharers = int(rows.sharers[row])
    if sharers:
        notes.append("one other has this value" if sharers == 1 else f"{sharers} others have this value")
    if rows.tried[row] > 1:
        notes.append(f"the best of {int(rows.tried[row])} comparisons, and has paid for it")
    return notes


def _order(item: Evidence) -> tuple[int, float]:
    if item.bits > 0:
        return 0, -item.bits
    if item.bits < 0:
        return 1, item.bits
    return (3 if item.level is Level.MISSING else 2), 0.0
