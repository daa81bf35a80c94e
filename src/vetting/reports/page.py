"""The page of a screening run: the queue, each candidate with its evidence, and what was not checked."""

from __future__ import annotations

from vetting.errors import StoreError
from vetting.evidence.results import Candidate
from vetting.evidence.screening_result import Screening
from vetting.evidence.words import ONLY_A_PERSON, accident_words, coincidence_words
from vetting.graph.association import ShardSource, association_graph
from vetting.records.passports import ListPassport
from vetting.reports.candidate_section import candidate_section
from vetting.reports.coverage_section import coverage_section, glossary, policy_section
from vetting.reports.evidence_part import bits_bar
from vetting.reports.graph_section import graph_section
from vetting.reports.markup import capitalised, page, safe, table

__all__ = ["screening_html"]

_MOST_CANDIDATES = 200  # with a section of their own; a page of more is not read, and the files hold all


def screening_html(screening: Screening, store: ShardSource | None = None) -> str:
    """Return a run as one self-contained page: no script, no request, readable on paper and narrow screens.

    Args:
        screening: The run; its candidates appear in their order.
        store: Where its lists are held; without it there are no graphs, and of the passports only what
            the coverage says.

    Returns:
        The page, the same for the same run and lists.

    Cost:
        Some 20 kB and 10 ms a candidate.
    """
    passports = {} if store is None else _passports(screening, store)
    title = "Screening: candidates for review"
    sections = [
        _top(screening, title),
        "<main>",
        _queue(screening),
        *(
            _section(candidate, number, screening, store, passports)
            for number, candidate in enumerate(screening.candidates[:_MOST_CANDIDATES], start=1)
        ),
        coverage_section(screening, passports),
        policy_section(screening),
        glossary(),
        "</main>",
        f"<footer><p>{safe(ONLY_A_PERSON)} Made by vetting from the cited records.</p></footer>",
    ]
    return page(title, "\n".join(sections))


def _passports(screening: Screening, store: ShardSource) -> dict[str, ListPassport]:
    ids = {candidate.list_id for candidate in screening.candidates}
    ids |= {about.list_id for about in screening.coverage.lists}
    found = {}
    for list_id in sorted(ids):
        try:
            found[list_id] = store.shard(list_id).passport
        except StoreError:  # withdrawn since the run, or damaged: the graph's section says so
            continue
    return found


def _top(screening: Screening, title: str) -> str:
    surfaced = len(screening.surfaced)
    lists = len(screening.coverage.lists)
    figures = [
        (
            f"{screening.coverage.applicants:,}",
            "applicants" if screening.coverage.applicants != 1 else "applicant",
        ),
        (f"{lists:,}", "lists" if lists != 1 else "list"),
        (f"{surfaced:,}", "candidates for review" if surfaced != 1 else "candidate for review"),
    ]
    cells = "".join(f"<li><b>{number}</b> {safe(noun)}</li>" for number, noun in figures)
    return (
        '<header class="top"><p class="kicker">For review, no findings</p>'
        f"<h1>{safe(title)}</h1>"
        "<p>Each candidate is a pair of records that is worth a person's time. The software does not decide "
        "anything; <strong>only a person turns a candidate into a finding.</strong></p>"
        f'<ul class="figures">{cells}</ul></header>'
    )


def _queue(screening: Screening) -> str:
    if not screening.candidates:
        return (
            '<section id="queue"><h2>The queue</h2><p>No candidate was surfaced. '
            'What that is worth depends on <a href="#coverage">what was and was not checked</a>.</p></section>'
        )
    rows = (_row(candidate, number) for number, candidate in enumerate(screening.candidates, start=1))
    headings = ["No.", "Applicant", "List", "Account", "Evidence", "Likelihood", "By accident", "Why"]
    more = len(screening.candidates) - _MOST_CANDIDATES
    rest = (
        f"<p>The last {more:,} have no section here; candidates.jsonl has their evidence.</p>"
        if more > 0
        else ""
    )
    return (
        '<section id="queue"><h2>The queue, by strength of evidence</h2>'
        f"{table(headings, rows, name='queue')}{rest}</section>"
    )


def _row(candidate: Candidate, number: int) -> list[str]:
    link = f'<a href="#candidate-{number}">{number}</a>' if number <= _MOST_CANDIDATES else f"{number}"
    because = safe(capitalised(candidate.surfaced_because))
    return [
        link,
        f"<b>{safe(candidate.applicant_id)}</b>",
        safe(candidate.list_id),
        safe(candidate.account_id),
        bits_bar(candidate.bits),
        safe(candidate.likelihood),
        (
            f'<span title="{safe(coincidence_words(candidate.expected_coincidences))}">'
            f"{safe(accident_words(candidate.expected_coincidences))}</span>"
        ),
        because if candidate.surfaced else f"<em>Not surfaced.</em> {because}",
    ]


def _section(
    candidate: Candidate,
    number: int,
    screening: Screening,
    store: ShardSource | None,
    passports: dict[str, ListPassport],
) -> str:
    graph = ""
    if store is not None:
        # A run has many candidates: the keyboard goes from one to the next, and the dossier reaches each node.
        graph = graph_section(association_graph(screening, store, candidates=[candidate]), focusable=False)
    about = {item.list_id: item.presence_means for item in screening.coverage.lists}
    return candidate_section(
        candidate,
        number=number,
        passport=passports.get(candidate.list_id),
        presence_means=about.get(candidate.list_id, ""),
        graph=graph,
    )
