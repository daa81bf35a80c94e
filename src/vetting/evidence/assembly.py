"""From scores to explained candidates: objects are made here, for the few pairs that a person will see."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from vetting.evidence.results import Evidence, Level
from vetting.evidence.scores import PairScores
from vetting.evidence.scoring import EVIDENCE_KINDS, EVIDENCE_RULES
from vetting.normalise.contacts import url_form
from vetting.normalise.pages import platform_key, url_handle
from vetting.records.identifiers import Identifier, IdentifierKind

__all__ = ["ScoredItem", "evidence_of", "explained"]

IdentifierAt = Callable[[int], Identifier]

_ROLE_NOTES = {
    "previous": "an earlier value of the account",
    "posted_as": "the name shown on a post",
    "alias": "another name",
    "display": "the display name",
}
_SELF_LINKED = {
    "self-linked": "self-linked: the account's profile names it, and nobody checked that it is its holder's",
    "self-linked, verified": "self-linked: the account's profile names it, and the platform saw it link back",
}
# Kinds that a record has or lacks; the others are derived from these and are shown only if they say something.
_OWN_KINDS = tuple(kind for kind in EVIDENCE_KINDS if kind != "name_in_handle")
_RULES = tuple(
    tuple((Level[rule.level.name], rule.text) for rule in EVIDENCE_RULES[kind]) for kind in EVIDENCE_KINDS
)
_SOURCES = {"email": "e-mail address", "url": "page"}


class ScoredItem(NamedTuple):
    """One item of evidence, by itself: a row of :class:`~vetting.evidence.scores.EvidenceRows`.

    Attributes:
        kind: Index into ``EVIDENCE_KINDS``.
        rule: Index into the kind's ``EVIDENCE_RULES``.
        bits: What it is worth.
        left: The applicant's value, as its source row; all others as in a row.
        right: The listed value.
        fact: The applicant's fact.
        sharers: Others who have the shared value.
        tried: Comparisons that it is the best of.
        counted: Whether the bits are in the sum.
    """

    kind: int
    rule: int
    bits: float
    left: int
    right: int
    fact: int = -1
    sharers: int = 0
    tried: int = 0
    counted: bool = True


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
    places = scores.rows_of(pair)
    columns = [getattr(scores.rows, name)[places.start : places.stop].tolist() for name in ScoredItem._fields]
    return explained([ScoredItem(*row) for row in zip(*columns, strict=True)], applicant, listed, held)


def explained(
    items: Sequence[ScoredItem],
    applicant: IdentifierAt,
    listed: IdentifierAt,
    held: tuple[Iterable[Identifier], Iterable[Identifier]],
) -> tuple[Evidence, ...]:
    """Explain the scored items of one pair; arguments and result as those of :func:`evidence_of`."""
    facts: dict[int, list[str]] = {}
    for item in items:
        if item.fact >= 0:
            kinds = facts.setdefault(item.fact, [])
            kind = EVIDENCE_KINDS[item.kind]
            if kind not in kinds:
                kinds.append(kind)
    labels = _labels(facts)
    found = [_item(item, applicant(item.left), listed(item.right), labels) for item in items]
    compared = {item.kind for item in found}
    lacking = [kind for kind in _OWN_KINDS if kind not in compared]
    if lacking:
        theirs, ours = (_first_of_each_kind(side) for side in held)
        found += [
            _missing(kind, theirs, ours) if kind in theirs or kind in ours else _NEITHER[kind]
            for kind in lacking
        ]
    return tuple(sorted(found, key=_order))


def _first_of_each_kind(side: Iterable[Identifier]) -> dict[str, Identifier]:
    first: dict[str, Identifier] = {}
    for item in side:
        first.setdefault(str(item.kind), item)
    return first


def _missing(kind: str, theirs: dict[str, Identifier], ours: dict[str, Identifier]) -> Evidence:
    return Evidence(
        kind=kind,
        level=Level.MISSING,
        applicant_value=str(theirs[kind]) if kind in theirs else None,
        listed_value=str(ours[kind]) if kind in ours else None,
        group=kind,
        rule=_why_missing(kind, theirs, ours),
    )


def _item(item: ScoredItem, theirs: Identifier, ours: Identifier, labels: dict[int, str]) -> Evidence:
    kind = EVIDENCE_KINDS[item.kind]
    level, text = _RULES[item.kind][item.rule]
    return Evidence(
        kind=kind,
        level=level,
        applicant_value=str(theirs),
        listed_value=str(ours),
        bits=item.bits,
        rule=text,
        group=labels.get(item.fact, kind),
        counted=item.counted,
        note="; ".join(_notes(kind, theirs, ours, item)),
        record=ours.record,
        basis=_basis(ours),
    )


def _basis(listed: Identifier) -> str:
    if listed.role != "self_linked":
        return ""
    return "self-linked, verified" if listed.confirmed else "self-linked"


def _labels(facts: dict[int, list[str]]) -> dict[int, str]:
    """Name each fact by the kinds of evidence that tell it; a second fact of the same kinds is numbered."""
    labels: dict[int, str] = {}
    for fact, kinds in facts.items():
        if fact >= 0:
            name = "+".join(kinds)
            taken = sum(label.split(" ")[0] == name for label in labels.values())
            labels[fact] = f"{name} {taken + 1}" if taken else name
    return labels


def _why_missing(kind: str, theirs: dict[str, Identifier], ours: dict[str, Identifier]) -> str:
    if kind in ours and ours[kind].role == "registered":
        return "an account finder found it registered, which does not say by whom"
    if kind in theirs and kind in ours:
        return "the values say nothing about one another, or cannot be used"
    if kind in theirs:
        return "the list has none"
    return "the applicant gave none" if kind in ours else "neither side has one"


def _notes(kind: str, theirs: Identifier, ours: Identifier, item: ScoredItem) -> Sequence[str]:
    notes = []
    if note := _ROLE_NOTES.get(ours.role) or _SELF_LINKED.get(_basis(ours)):
        notes.append(note)
    if theirs.role == "alias":
        notes.append("another name of the applicant")
    if kind == "email" and item.bits > 0 and ours.confirmed is not True:
        notes.append(
            "e-mail not confirmed by its holder" if ours.confirmed is False else "not known whether confirmed"
        )
    if kind == "handle" and item.bits > 0 and _elsewhere(theirs, ours):
        notes.append("on another platform or server, where somebody else may have taken it")
    if kind in {"handle", "name_in_handle"}:
        if str(theirs.kind) in _SOURCES:
            notes.append("the handle is taken from the applicant's " + _SOURCES[str(theirs.kind)])
        if str(ours.kind) in _SOURCES:
            notes.append("compared with the account's " + _SOURCES[str(ours.kind)])
    if item.sharers:
        one = item.sharers == 1
        notes.append("one other has this value" if one else f"{item.sharers} others have this value")
    if item.tried > 1:
        notes.append(f"the best of {item.tried} comparisons, and has paid for it")
    return notes


def _elsewhere(theirs: Identifier, ours: Identifier) -> bool:
    """Whether two handles are of different platforms, or of different servers of one."""
    (one, server), (other, another) = (_place(item) for item in (theirs, ours))
    return bool((one and other and one != other) or (server and another and server != another))


def _place(item: Identifier) -> tuple[str, str]:
    if item.kind is IdentifierKind.HANDLE:
        server = item.value.removeprefix("@").partition("@")[2].casefold()
        return platform_key(item.platform or ("fediverse" if server else "")), server
    page = url_handle(url_form(item.value)) if item.kind is IdentifierKind.URL else None
    return (page[0], page[1].partition("@")[2].casefold()) if page else ("", "")


def _order(item: Evidence) -> tuple[int, float]:
    if item.bits > 0:
        return 0, -item.bits
    if item.bits < 0:
        return 1, item.bits
    return (3 if item.level is Level.MISSING else 2), 0.0


# What neither side has is the same for everybody.
_NEITHER = {kind: _missing(kind, {}, {}) for kind in _OWN_KINDS}
