"""From scores to explained candidates: objects are made here, for the few pairs that a person will see."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from vetting.compare.levels import LevelCode
from vetting.evidence.results import Evidence, Level
from vetting.evidence.scoring import EVIDENCE_KINDS, EVIDENCE_RULES, KindScores, PairScores
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
_OWN_KINDS = frozenset(EVIDENCE_KINDS) - {"name_in_handle"}


def evidence_of(
    scores: PairScores, row: int, applicant: IdentifierAt, listed: IdentifierAt
) -> tuple[Evidence, ...]:
    """Explain one scored pair.

    Args:
        scores: Scored pairs.
        row: Which of them.
        applicant: From a source row to the applicant's identifier.
        listed: From a source row to the listed identifier.

    Returns:
        What supports, strongest first; what contradicts, strongest first; what says nothing.
    """
    facts: dict[int, list[str]] = {}
    for kind, found in scores.kinds.items():
        if found.bits[row] > 0:
            facts.setdefault(int(found.fact[row]), []).append(kind)
    evidence = [
        _item(kind, scores.kinds[kind], row, applicant, listed, facts)
        for kind in EVIDENCE_KINDS
        if kind in _OWN_KINDS or scores.kinds[kind].level[row] != LevelCode.MISSING
    ]
    return tuple(sorted(evidence, key=_order))


def _item(
    kind: str,
    found: KindScores,
    row: int,
    applicant: IdentifierAt,
    listed: IdentifierAt,
    facts: dict[int, list[str]],
) -> Evidence:
    if found.left[row] < 0:
        return Evidence(kind=kind, level=Level.MISSING, group=kind, rule="not on both sides")
    theirs, ours = applicant(int(found.left[row])), listed(int(found.right[row]))
    level = LevelCode(int(found.level[row]))
    rule = EVIDENCE_RULES[kind][found.rule[row]]
    bits = float(found.bits[row])
    return Evidence(
        kind=kind,
        level=Level[level.name],
        applicant_value=str(theirs),
        listed_value=str(ours),
        bits=bits,
        rule=rule.text,
        group="+".join(facts[int(found.fact[row])]) if bits > 0 else kind,
        counted=bool(found.counted[row]),
        note="; ".join(_notes(kind, theirs, ours, found, row)),
        record=ours.record,
    )


def _notes(kind: str, theirs: Identifier, ours: Identifier, found: KindScores, row: int) -> Sequence[str]:
    notes = []
    if ours.role in _ROLE_NOTES:
        notes.append(_ROLE_NOTES[ours.role])
    if theirs.role == "alias":
        notes.append("another name of the applicant")
    if kind == "email" and found.level[row] > LevelCode.CONFLICT and ours.confirmed is not True:
        notes.append(
            "e-mail not confirmed by its holder" if ours.confirmed is False else "not known whether confirmed"
        )
    if kind == "handle" and str(theirs.kind) != "handle":
        notes.append("the handle is taken from the applicant's " + _HANDLE_SOURCES[str(theirs.kind)])
    if kind in {"handle", "name_in_handle"} and str(ours.kind) != "handle":
        notes.append("compared with the account's " + _HANDLE_SOURCES[str(ours.kind)])
    if found.sharers[row]:
        notes.append(f"{int(found.sharers[row])} others have this value")
    if found.tried[row] > 1 and found.bits[row] > 0:
        notes.append(f"the best of {int(found.tried[row])} comparisons, and has paid for it")
    return notes


_HANDLE_SOURCES = {"email": "e-mail address", "url": "page"}


def _order(item: Evidence) -> tuple[int, float]:
    if item.bits > 0:
        return 0, -item.bits
    if item.bits < 0:
        return 1, item.bits
    return (3 if item.level is Level.MISSING else 2), float(np.sign(item.bits))
