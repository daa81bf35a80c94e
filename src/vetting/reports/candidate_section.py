"""One candidate on the page: what surfaced it, what speaks against it, and what to check next."""

from __future__ import annotations

from collections.abc import Iterable

from vetting.evidence.likelihood import LIKELIHOOD_TERMS, likelihood_range
from vetting.evidence.results import Candidate, Evidence
from vetting.evidence.words import LEVEL_TITLES, bits_text, coincidence_words, kind_title
from vetting.records.passports import ListPassport
from vetting.reports.evidence_part import evidence_part
from vetting.reports.markup import capitalised, definitions, safe, value
from vetting.reports.next_checks import next_checks

__all__ = ["candidate_section", "glance_part", "innocent_part", "list_meaning_part", "proposition_part"]

_CONFIRMED = {
    "yes": "yes, account holders proved control of their address",
    "no": "no, anybody could enter anybody's address",
    "unknown": "not known; treat an address as unconfirmed",
}


def candidate_section(
    candidate: Candidate, *, number: int, passport: ListPassport | None, presence_means: str, graph: str
) -> str:
    """Return the section of one candidate as HTML.

    The order is that of least bias: identifiers and contradictions first, then what the list means, the
    associations last.

    Args:
        candidate: The candidate.
        number: Its place in the queue, from 1.
        passport: Of its list; ``None`` when that is not at hand.
        presence_means: What the list says that presence means, when the passport is not at hand.
        graph: The association graph as HTML already; may be empty.
    """
    title = f"Applicant {candidate.applicant_id} and account {candidate.account_id}"
    parts = [
        f'<section class="candidate" id="candidate-{number}">',
        (
            f'<p class="kicker">Candidate {number} · listed in {safe(candidate.list_id)}'
            f"{'' if candidate.surfaced else ' · not surfaced'}</p>"
        ),
        f"<h2>{safe(title)}</h2>",
        proposition_part(candidate),
        glance_part(candidate),
        evidence_part(candidate),
        innocent_part(candidate),
        list_meaning_part(candidate, passport, presence_means),
        graph,
        '<p class="back"><a href="#queue">Back to the queue</a></p>',
        "</section>",
    ]
    return "\n".join(part for part in parts if part)


def proposition_part(candidate: Candidate) -> str:
    """Return the likelihood of the proposition, its place on the yardstick, and the chance of an accident."""
    term = candidate.likelihood
    below = " (below evens)" if term == "realistic possibility" else ""
    steps = "".join(
        f'<li class="{"here" if name == term else ""}"><span>{safe(name)}</span></li>'
        for name in LIKELIHOOD_TERMS
    )
    return (
        '<div class="proposition">'
        f"<p><strong>{safe(capitalised(term))}</strong>{below} that {safe(candidate.proposition)}.</p>"
        f'<ol class="yardstick" aria-hidden="true">{steps}</ol>'
        f'<p class="small">On the probability yardstick, “{safe(term)}” is {safe(likelihood_range(term))}.</p>'
        f'<p class="accident"><strong>By accident:</strong> '
        f"{safe(coincidence_words(candidate.expected_coincidences))}</p></div>"
    )


def glance_part(candidate: Candidate) -> str:
    """Return why it surfaced, what speaks against it and what to check next, side by side."""
    because = safe(capitalised(candidate.surfaced_because.rstrip(".") or "The policy gave no reason")) + "."
    heading = "Why it surfaced" if candidate.surfaced else "Why it did not surface"
    checks = "".join(f"<li>{safe(check)}</li>" for check in next_checks(candidate))
    return (
        '<div class="glance">'
        f"<div><h3>{heading}</h3><p>{because}</p><ul>{_short(_counted(candidate.supporting))}</ul></div>"
        f"<div><h3>What speaks against it</h3>{_against(candidate)}</div>"
        f"<div><h3>What to check next</h3><ul>{checks}</ul></div></div>"
    )


def _counted(items: Iterable[Evidence]) -> list[Evidence]:
    return [item for item in items if item.counted]


def _short(items: Iterable[Evidence]) -> str:
    return "".join(
        f"<li>{safe(capitalised(kind_title(item.kind)))} {safe(LEVEL_TITLES[item.level])}: {_both(item)} "
        f'<span class="number">{safe(bits_text(item.bits))}</span></li>'
        for item in items
    )


def _both(item: Evidence) -> str:
    """The applicant's and the listed value, once where they are one."""
    if item.applicant_value == item.listed_value:
        return f"<b>{value(item.applicant_value)}</b>"
    return f"<b>{value(item.applicant_value)}</b>, listed <b>{value(item.listed_value)}</b>"


def _against(candidate: Candidate) -> str:
    if candidate.contradicting:
        html = f"<ul>{_short(candidate.contradicting)}</ul>"
    else:
        html = "<p>Nothing that was compared contradicts it.</p>"
    names = [sentence.partition(":")[0] for sentence in candidate.innocent_explanations]
    if names:
        html += f"<p>Innocent explanations that fit: {safe('; '.join(names))}.</p>"
    lacking = list(dict.fromkeys(kind_title(kind) for kind in candidate.missing))
    if lacking:
        html += f'<p class="none">Not compared: {safe(", ".join(lacking))}.</p>'
    return html


def innocent_part(candidate: Candidate) -> str:
    """Return what else would explain the evidence; empty when nothing is known to."""
    if not candidate.innocent_explanations:
        return ""
    items = ""
    for sentence in candidate.innocent_explanations:
        name, colon, rest = sentence.partition(":")
        items += f"<li><b>{safe(name)}:</b>{safe(rest)}</li>" if colon else f"<li>{safe(sentence)}</li>"
    return f'<div class="block"><h3>What else would explain it</h3><ul>{items}</ul></div>'


def list_meaning_part(candidate: Candidate, passport: ListPassport | None, presence_means: str) -> str:
    """Return what presence on the list means, from its passport where that is at hand."""
    rows = [("Record", f"<code>{safe(candidate.record)}</code>" if candidate.record else "")]
    if passport is None:
        rows.insert(0, ("What presence means", safe(presence_means)))
        return f'<div class="block"><h3>What the list means</h3>{definitions(rows)}</div>'
    rows = [
        ("List", f'<a href="#list-{safe(passport.id)}">{safe(passport.title)}</a>'),
        ("What presence means", safe(passport.presence_means)),
        ("Source grade", safe(passport.grade_meaning)),
        ("E-mails confirmed", safe(_CONFIRMED.get(passport.emails_confirmed, passport.emails_confirmed))),
        ("Known contamination", safe(passport.contamination or "none stated")),
        ("Legal status", safe(passport.legal_status)),
        *rows,
    ]
    return f'<div class="block"><h3>What the list means</h3>{definitions(rows)}</div>'
