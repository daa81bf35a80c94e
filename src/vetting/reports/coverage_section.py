"""What a run checked and what it could not, for the page and as text: it goes with every result."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from vetting.evidence.screening_result import Coverage, ListCoverage, Screening
from vetting.evidence.words import kind_title, list_words, round_count
from vetting.records.passports import ListPassport
from vetting.reports.markup import definitions, safe, table

__all__ = ["coverage_section", "coverage_sentences", "coverage_text", "glossary", "policy_section"]

_MOST_PEOPLE = 40


def coverage_text(coverage: Coverage) -> str:
    """Return what was and was not checked as plain text, a sentence a line."""
    return "\n".join(coverage_sentences(coverage))


def coverage_sentences(coverage: Coverage) -> tuple[str, ...]:
    """Say what a run checked and what it could not; record ids only, no personal values."""
    return tuple(_sentences(coverage))


def _sentences(coverage: Coverage) -> Iterator[str]:
    people = _count(coverage.applicants, "applicant")
    if not coverage.lists:
        yield f"No list was tried: nothing was compared for {people} of the roster."
    for about in coverage.lists:
        yield (
            f"{people} against {_count(about.accounts, 'account')} of list {about.list_id}: "
            f"{_count(about.pairs_compared, 'pair')} shared a blocking key and were compared."
        )
        yield from _gaps(about)
    if coverage.lists_not_tried:
        yield f"Held but not tried: {list_words(list(coverage.lists_not_tried))}."
    parts = [f"{kind_title(kind)} {number:,}" for kind, number in sorted(coverage.missing.items()) if number]
    if parts:
        yield f"Applicants without: {list_words(parts)}."
    parts = [f"{kind_title(kind)} {number:,}" for kind, number in sorted(coverage.skipped.items()) if number]
    if parts:
        yield f"Values that could not be used: {list_words(parts)}."
    if coverage.quarantined:
        yield f"{_count(coverage.quarantined, 'part')} of the roster could not be read."
    yield from coverage.notes


def _gaps(about: ListCoverage) -> Iterator[str]:
    """What is known to be missing from one list, or from the comparison with it."""
    report = about.completeness
    if not about.complete:
        yield f"List {about.list_id} was not read whole: absence from it is not absence from the source."
    if report.get("ended_well") is False:
        yield f"The file of list {about.list_id} ends before its end mark."
    if report.get("bytes_unread"):
        yield f"{report['bytes_unread']:,} bytes of it could not be read."
    quarantined = sum(part.get("rows_quarantined", 0) for part in report.get("tables", ()))
    if quarantined:
        yield f"{_count(quarantined, 'row')} of it could not be read and were left out."
    for part in report.get("tables", ()):
        expected = part.get("rows_expected")
        if expected is not None and expected > part.get("rows", 0):
            yield f"Its table {part['name']} announces {expected:,} rows; {part.get('rows', 0):,} were read."
    yield from report.get("notes", ())
    if about.keys_skipped:
        yield (
            f"{_count(about.keys_skipped, 'blocking key')} shared by very many accounts were left out, "
            f"with at most {_count(about.pairs_skipped, 'pair')}."
        )


def coverage_section(screening: Screening, passports: Mapping[str, ListPassport]) -> str:
    """Return the coverage as HTML: sentences, identifiers, people not fully tried, and the lists."""
    coverage = screening.coverage
    sentences = "".join(f"<li>{safe(sentence)}</li>" for sentence in coverage_sentences(coverage))
    lists = "".join(_list(about, passports.get(about.list_id)) for about in coverage.lists)
    return (
        '<section id="coverage"><h2>What was checked, and what was not</h2>'
        "<p>No candidate does not mean not listed: it means that nothing was found with these identifiers in "
        "these parts of these lists.</p>"
        f"<ul>{sentences}</ul>{_identifiers(coverage)}{_people(coverage)}"
        f"<h3>Lists</h3>{lists or '<p>None.</p>'}</section>"
    )


def _identifiers(coverage: Coverage) -> str:
    kinds = sorted({*coverage.tried, *coverage.missing, *coverage.skipped})
    if not kinds:
        return ""
    rows = (
        [
            safe(kind_title(kind)),
            *(f"{of.get(kind, 0):,}" for of in (coverage.tried, coverage.missing, coverage.skipped)),
        ]
        for kind in kinds
    )
    return table(["Identifier", "Values tried", "Applicants without", "Not usable"], rows, name="identifiers")


def _people(coverage: Coverage) -> str:
    if not coverage.not_tried:
        return ""
    rows = sorted(coverage.not_tried.items())
    more = (
        f"<p>And {len(rows) - _MOST_PEOPLE:,} more, in coverage.json.</p>" if len(rows) > _MOST_PEOPLE else ""
    )
    items = "".join(
        f"<li><b>{safe(person)}</b>: {safe(list_words([kind_title(kind) for kind in kinds]))}</li>"
        for person, kinds in rows[:_MOST_PEOPLE]
    )
    count = _count(len(rows), "applicant")
    return f"<details><summary>Not tried for {count}</summary><ul>{items}</ul>{more}</details>"


def _list(about: ListCoverage, passport: ListPassport | None) -> str:
    held = ", ".join(f"{number:,} {kind_title(kind)}" for kind, number in sorted(about.identifiers.items()))
    rows = [
        ("Accounts", f"{about.accounts:,}"),
        ("Identifiers held", safe(held)),
        ("Read whole", "yes" if about.complete else "<b>no</b>"),
        ("File (SHA-256)", f"<code>{safe(about.sha256)}</code>"),
    ]
    if passport is None:
        rows.insert(0, ("What presence means", safe(about.presence_means)))
    else:
        rows = [*_passport_rows(passport), *rows]
    return f'<div class="block" id="list-{safe(about.list_id)}"><h4>{safe(about.title)}</h4>{definitions(rows)}</div>'


def _passport_rows(passport: ListPassport) -> list[tuple[str, str]]:
    leaked = f"; leaked {passport.leaked.isoformat()}" if passport.leaked else ""
    events = f"{passport.events[0].isoformat()} to {passport.events[1].isoformat()}{leaked}"
    rows = [
        ("Id and kind", f"{passport.id}, {passport.kind}"),
        ("Organisation", f"{passport.organisation} ({passport.organisation_kind})"),
        ("Legal status", passport.legal_status),
        ("What presence means", passport.presence_means),
        ("Source grade", passport.grade_meaning),
        ("E-mails confirmed", passport.emails_confirmed),
        ("Known contamination", passport.contamination or "none stated"),
        ("Records", events),
        ("Origin", passport.origin),
        ("Obtained", passport.obtained),
        ("Lawful basis", passport.lawful_basis),
        ("Purpose", passport.purpose),
        ("Prohibited by", passport.prohibited_by),
        ("Handling", passport.handling),
        ("Use until", passport.expires.isoformat()),
    ]
    return [(term, safe(text)) for term, text in rows if text]


def policy_section(screening: Screening) -> str:
    """Return the policy of the run as HTML; its expected prevalence in words."""
    policy = screening.policy
    one_in = round_count(1 / policy.expected_prevalence)
    names: dict[str, str] = {
        "second_account_rate": "Chance that a listed person has another account on the list",
        "second_application_rate": "Chance that an applicant stands on the roster twice",
        "minimum_probability": "Least probability for two kinds of evidence to surface",
        "minimum_kind_bits": "Bits that a kind needs to count as one of the two",
        "strong_identifier_bits": "Bits that make an e-mail or telephone number strong alone",
        "strong_handle_coincidences": "Expected coincidences below which a handle is strong alone",
        "region": "National telephone numbers are read as in",
    }
    values: dict[str, Any] = policy.as_dict()
    rows = [(title, safe(values[name])) for name, title in names.items() if name in values]
    return (
        '<section id="policy"><h2>Assumptions of this run</h2>'
        f"<p>Before any evidence, 1 in {safe(one_in)} applicants is expected to be on a given list. This is the "
        "employer's assumption; every probability here depends on it.</p>"
        f"{definitions(rows)}"
        f"<p>{screening.unsurfaced:,} other pairs had some evidence for them and were not surfaced.</p></section>"
    )


def glossary() -> str:
    """Return the footnote that explains the page's words, as HTML."""
    entries = [
        (
            "Bits",
            (
                "How far a comparison tells one person from two. Each bit doubles: +10 bits is agreement that is about "
                "1,000 times as frequent when both records are of one person. Bits add up; negative ones speak against."
            ),
        ),
        (
            "Likelihood",
            (
                "A word of the probability yardstick (Cabinet Office, 2025) for the stated proposition about an account. "
                "It is not about a person's character, and it is no statement of how good the information is."
            ),
        ),
        (
            "By accident (expected coincidences)",
            (
                "How many pairs of two different people a run like this would show with at least as much evidence. "
                "The larger the run, the more accidents."
            ),
        ),
        (
            "Already counted",
            (
                "Evidence that tells the same fact once more, such as a handle and an e-mail address made of it. "
                "Only the strongest is in the sum."
            ),
        ),
        (
            "Listed in",
            "The list has such an account. What that shows is in the list's passport, and no more than that.",
        ),
    ]
    return (
        '<section id="words"><h2>Words on this page</h2>'
        f"{definitions((term, safe(text)) for term, text in entries)}</section>"
    )


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
