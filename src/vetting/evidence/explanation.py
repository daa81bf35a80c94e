"""An assessment in plain words, and the innocent explanations that fit its evidence."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator

from attrs import field, frozen
from attrs.validators import ge, in_

from vetting.evidence.presentation import opening_sentences
from vetting.evidence.results import Assessment, Candidate, Evidence, Level
from vetting.evidence.words import (
    LEVEL_TITLES,
    ONLY_A_PERSON,
    bits_text,
    kind_title,
    list_words,
    odds_words,
    says_nothing,
    standing,
    why_missing,
)
from vetting.normalise.text import visible_text

__all__ = ["CandidateContext", "assessment_text", "innocent_explanations"]

_WIDTH = 100
_CONTACTS = frozenset({"email", "phone", "place"})


@frozen(kw_only=True)
class CandidateContext:
    """What is known around a pair of records, and bears on its innocent explanations.

    Attributes:
        applicants_sharing: Other applicants of the run who gave the same e-mail address, telephone
            number or address as this one; 0 when none did, or none were looked at.
        accounts_sharing: Other accounts of the list that have the value which agrees.
        emails_confirmed: The passport's word: ``"yes"``, ``"no"`` or ``"unknown"``.
        contamination: The passport's known false or foreign entries; may be empty.
    """

    applicants_sharing: int = field(default=0, validator=ge(0))
    accounts_sharing: int = field(default=0, validator=ge(0))
    emails_confirmed: str = field(default="unknown", validator=in_(("yes", "no", "unknown")))
    contamination: str = ""


def innocent_explanations(evidence: Iterable[Evidence], context: CandidateContext) -> tuple[str, ...]:
    """Say what else than "the applicant controlled this account" would explain the evidence.

    Only explanations that fit what supports this pair are given: a candidate without a shared e-mail
    address gets no sentence about registering with someone else's address.

    Args:
        evidence: All evidence of the pair; what does not support is ignored.
        context: What surrounds the pair.

    Returns:
        Whole sentences without personal values, in a fixed order, each starting with its name.

    Example:
        >>> shared = Evidence(kind="email", level="exact", bits=18.0, counted=True)
        >>> innocent_explanations([shared], CandidateContext(emails_confirmed="no"))[0][:14]
        'Impersonation:'
    """
    supporting = [item for item in evidence if item.bits > 0]
    kinds = {item.kind for item in supporting}
    return tuple(_explanations(supporting, kinds, context))


def _explanations(supporting: list[Evidence], kinds: set[str], context: CandidateContext) -> Iterator[str]:
    if any(_unproved(item, context) for item in supporting):
        known = "did not confirm" if context.emails_confirmed == "no" else "is not known to have confirmed"
        yield (
            f"Impersonation: whoever ran the list {known} e-mail addresses, "
            "so anybody could have registered with this applicant's address."
        )
    if kinds & _CONTACTS and context.applicants_sharing:
        others = _count(context.applicants_sharing, "other applicant", "other applicants")
        yield (
            f"Shared household: {others} of this run gave the same contact details; "
            "the account may be theirs, or that of somebody they live with."
        )
    elif kinds & {"phone", "place"}:
        yield (
            "Shared household: a telephone number or an address is often that of several people, "
            "and passes to others later."
        )
    if "handle" in kinds:
        yield (
            "Same handle, other person: people choose the same handle independently, "
            "take over one that was given up, or copy one that they saw elsewhere."
        )
    if any(item.kind in {"handle", "name"} and _is_earlier(item) for item in supporting):
        yield (
            "Earlier name: the agreement is with an earlier name of the account, "
            "and an account may have changed hands since."
        )
    if any(item.basis == "self-linked" for item in supporting):
        yield (
            "Link to somebody else: anybody can name another person's page, account or address in a profile, "
            "and nobody checked that this one links back."
        )
    if context.accounts_sharing:
        others = _count(context.accounts_sharing, "other account", "other accounts")
        yield f"Common value: {others} on the same list have the value that agrees."
    if kinds & {"name", "name_in_handle"}:
        yield "Namesake: different people have the same name."
    if context.contamination.strip():
        yield f"List contamination: {visible_text(context.contamination.strip().rstrip('.'))}."


def _unproved(item: Evidence, context: CandidateContext) -> bool:
    if item.kind != "email":
        return False
    return context.emails_confirmed != "yes" or "not confirmed" in item.note.casefold()


def _is_earlier(item: Evidence) -> bool:
    note = item.note.casefold()
    return any(word in note for word in ("earlier", "previous", "former"))


def _count(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"


def assessment_text(assessment: Assessment) -> str:
    """Explain an assessment, or a candidate, in plain text.

    Control and direction-changing characters in values are written as code points, so that the text
    is safe in a terminal.

    Args:
        assessment: Either; a :class:`~vetting.evidence.results.Candidate` adds its expected
            coincidences, why it surfaced, and its innocent explanations.

    Returns:
        Lines of at most about 100 characters, without a line break at the end.
    """
    return "\n".join(visible_text(line) for line in _lines(assessment))


def _lines(assessment: Assessment) -> Iterator[str]:
    for sentence in opening_sentences(assessment):
        yield from _wrapped(sentence, indent="")
    yield from _part("For:", assessment.supporting, "  nothing that was compared speaks for it")
    yield from _part("Against:", assessment.contradicting, "  nothing that was compared speaks against it")
    silent = tuple(item for item in assessment.evidence if says_nothing(item))
    if silent:
        yield from _part("Compared, says nothing:", silent, "")
    yield "Not compared:"
    yield from _missing_lines(assessment)
    yield from _wrapped(f"In all {bits_text(assessment.bits)}: {odds_words(assessment.bits)}.", indent="")
    if isinstance(assessment, Candidate):
        if assessment.innocent_explanations:
            yield "What else would explain it:"
            for sentence in assessment.innocent_explanations:
                yield from _wrapped(f"- {sentence}", indent="  ")
        if assessment.record:
            yield f"Record: {assessment.record}"
    yield ONLY_A_PERSON


def _part(title: str, items: tuple[Evidence, ...], nothing: str) -> Iterator[str]:
    yield title
    if not items:
        yield nothing
    for item in items:
        rule = f" ({item.rule})" if item.rule else ""
        heading = f"{kind_title(item.kind)}: {LEVEL_TITLES[item.level]}{rule}, {standing(item)}"
        yield from _wrapped(heading, indent="  ")
        yield f"    applicant  {_value(item.applicant_value)}"
        yield f"    list       {_value(item.listed_value)}"
        if item.note:
            yield from _wrapped(f"note       {item.note}", indent="    ")
        if item.record:
            yield f"    record     {item.record}"


def _missing_lines(assessment: Assessment) -> Iterator[str]:
    lacking = [item for item in assessment.evidence if item.level is Level.MISSING]
    if not lacking:
        yield "  nothing: every attribute was compared"
    for reason in sorted({why_missing(item) for item in lacking}, key=_order_of_reasons):
        kinds = list_words(
            list(dict.fromkeys(kind_title(item.kind) for item in lacking if why_missing(item) == reason))
        )
        yield from _wrapped(f"{kinds}: {reason} (0 bits, not evidence either way)", indent="  ")


def _order_of_reasons(reason: str) -> tuple[int, str]:
    usual = ("neither side has one", "the list has none", "the applicant gave none")
    return (usual.index(reason), "") if reason in usual else (len(usual), reason)


def _value(value: str | None) -> str:
    return "-" if value is None else visible_text(value)


def _wrapped(text: str, *, indent: str) -> list[str]:
    return textwrap.wrap(
        visible_text(text),
        _WIDTH,
        initial_indent=indent,
        subsequent_indent=indent + "  ",
        break_on_hyphens=False,
    )
