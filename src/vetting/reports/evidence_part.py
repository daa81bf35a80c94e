"""The evidence of one candidate on a page: for and against side by side, and what could not be compared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from vetting.evidence.results import Candidate, Evidence, Level
from vetting.evidence.words import (
    LEVEL_TITLES,
    bits_text,
    kind_title,
    odds_words,
    says_nothing,
    why_missing,
)
from vetting.reports.markup import capitalised, safe, value

__all__ = ["bits_bar", "evidence_part"]

_FULL_BAR = 24.0  # bits: about 1 in 17 million; a bar is full from there on


def bits_bar(bits: float, *, counted: bool = True) -> str:
    """Return bits as a small bar, full at 24 bits, beside the number."""
    share = round(100 * min(1.0, abs(bits) / _FULL_BAR))
    sort = "for" if bits >= 0 else "against"
    muted = "" if counted else " muted"
    return (
        f'<span class="bits"><span class="bar {sort}{muted}" aria-hidden="true">'
        f'<span style="width:{share}%"></span></span> {safe(bits_text(bits))}</span>'
    )


def evidence_part(
    candidate: Candidate, *, switches: Mapping[int, str] | None = None, standing: str = ""
) -> str:
    """Return the evidence as HTML.

    Args:
        candidate: The candidate.
        switches: Where the reader can leave evidence out: place in ``candidate.evidence`` -> a control as
            HTML. Each item then says, too, what it is worth in words. ``None`` for a page without controls.
        standing: What still stands, as HTML; shown under the sum.
    """
    numbered = list(enumerate(candidate.evidence))

    def items(chosen: Iterable[tuple[int, Evidence]], otherwise: str = "") -> str:
        told = switches is not None
        found = [_item(item, (switches or {}).get(place, ""), told=told) for place, item in chosen]
        return "".join(found) or otherwise

    supporting = items(
        ((place, item) for place, item in numbered if item.bits > 0),
        "<p>Nothing that was compared speaks for it.</p>",
    )
    against = items(
        ((place, item) for place, item in numbered if item.bits < 0),
        "<p>Nothing that was compared speaks against it.</p>",
    )
    silent = items((place, item) for place, item in numbered if says_nothing(item))
    if silent:
        against += f"<h4>Compared, says nothing</h4>{silent}"
    lacking = "".join(_lacking(candidate))
    if lacking:
        against += f'<h4>Not compared: missing, 0 bits</h4><ul class="missing">{lacking}</ul>'
    return (
        "<h3>The evidence</h3>"
        f'<p class="total">{bits_bar(candidate.bits)} in all: agreement like this is '
        f"{safe(odds_words(candidate.bits))}.</p>{standing}"
        f'<div class="two"><div class="side"><h4>Speaks for</h4>{supporting}</div>'
        f'<div class="side"><h4>Speaks against</h4>{against}</div></div>'
    )


def _item(item: Evidence, switch: str, *, told: bool) -> str:
    counted = item.counted or item.bits == 0
    state = (
        "" if counted else '<p class="already">already counted: it tells a fact that is in the sum once</p>'
    )
    rule = f'<span class="rule">{safe(item.rule)}</span>' if item.rule else ""
    note = f'<p class="note">{safe(capitalised(item.note))}</p>' if item.note else ""
    worth = f'<p class="rule">{safe(capitalised(odds_words(item.bits)))}</p>' if told and item.bits else ""
    record = f'<p class="record">{safe(item.record)}</p>' if item.record else ""
    return (
        f'<article class="item {safe(item.level)}{"" if counted else " muted"}">'
        f"<header><b>{safe(capitalised(kind_title(item.kind)))}</b> "
        f'<span class="level">{safe(LEVEL_TITLES[item.level])}</span>{bits_bar(item.bits, counted=counted)}</header>'
        f"<dl><div><dt>Applicant</dt><dd>{value(item.applicant_value)}</dd></div>"
        f"<div><dt>List</dt><dd>{value(item.listed_value)}</dd></div></dl>"
        f"{rule}{worth}{note}{state}{record}{switch}</article>"
    )


def _lacking(candidate: Candidate) -> Iterator[str]:
    for item in candidate.evidence:
        if item.level is not Level.MISSING:
            continue
        if item.applicant_value and item.listed_value:
            why = (
                f"the applicant gave {value(item.applicant_value)}, the list has {value(item.listed_value)}: "
                f"{safe(why_missing(item))}"
            )
        elif item.applicant_value:
            why = f"the applicant gave {value(item.applicant_value)}, the list has none"
        elif item.listed_value:
            why = f"the list has {value(item.listed_value)}, the applicant gave none"
        else:
            why = "not known on one side or both"
        yield f"<li><b>{safe(capitalised(kind_title(item.kind)))}</b>: {why}</li>"
