"""The dossier of one candidate: one page to read on screen, to print, and to keep.

It answers three questions at its top: why this candidate surfaced, what speaks against it, and what to
check next. Below stand the evidence, with boxes to leave any of it out; innocent explanations; what the
list means; the associations; what was not checked; and the records.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from os import PathLike
from pathlib import Path

from attrs import evolve, field, frozen

from vetting.errors import InputError, StoreError
from vetting.evidence.results import Candidate
from vetting.evidence.screening_result import Screening
from vetting.evidence.standing import Standing, standing
from vetting.evidence.words import LEVEL_TITLES, ONLY_A_PERSON, kind_title, list_words
from vetting.graph.association import ShardSource, association_graph
from vetting.graph.attributes import node_name
from vetting.graph.chains import IdentityChain, IdentityChains
from vetting.graph.draft import AssociationGraph
from vetting.graph.evidence_edges import evidence_edges
from vetting.graph.export import replace_file
from vetting.graph.paths import explained_paths
from vetting.records.passports import ListPassport
from vetting.reports.candidate_section import glance_part, innocent_part, list_meaning_part, proposition_part
from vetting.reports.coverage_section import coverage_section, glossary, policy_section
from vetting.reports.evidence_part import evidence_part
from vetting.reports.explore_section import explore_scripts, explore_section
from vetting.reports.graph_section import graph_section
from vetting.reports.markup import page, safe, sheet
from vetting.reports.paths_section import onward_routes, paths_section
from vetting.reports.records_section import records_section
from vetting.reports.shared_section import shared_by_candidates, shared_section
from vetting.reports.standing_section import switches_of

__all__ = ["Dossier", "dossier_html", "write_dossier"]

_MOST_EDGES = 100  # in the table; a row has some 350 bytes, and of more a page grows beyond what is read


def dossier_html(
    screening: Screening,
    store: ShardSource,
    number: int,
    *,
    hops: int = 1,
    explore: bool = False,
    chains: Sequence[IdentityChain] = (),
) -> str:
    """Return the dossier of one candidate as a page.

    Args:
        screening: The run.
        store: Where its lists are held.
        number: The candidate's place in the queue, from 1.
        hops: How many relations away from the account the graph reaches.
        explore: Add a graph to move and ask, by a script inside the page; some 450 kB.
        chains: Identity chains, as :func:`~vetting.graph.chains.identity_chains` returns them: those that end
            at this candidate are drawn, the applicant's others are told, and nobody else's is there.

    Returns:
        A page that opens offline and asks for nothing; without ``explore`` it runs no script. The same
        run and lists give the same page.

    Raises:
        IndexError: There is no such candidate.

    Cost:
        Some 100 kB; the graph takes most of the time.
    """
    wanted = Dossier(
        screening=screening, store=store, number=number, hops=hops, explore=explore, chains=chains
    )
    return wanted.html()


def write_dossier(dossier: Dossier, path: str | PathLike[str]) -> None:
    """Write a dossier as a file, replaced whole; only its owner may read it.

    Raises:
        InputError: The file cannot be written.
    """
    text = dossier.html()
    try:
        replace_file(Path(path), text)
    except OSError as error:
        raise InputError(
            path, reason="the file cannot be written", remedy="Give a file in a folder that can."
        ) from error


@frozen(kw_only=True, eq=False)
class Dossier:
    """What a dossier is made of.

    Attributes:
        screening: The run.
        store: Where its lists are held.
        number: The candidate's place in the queue, from 1.
        hops: How many relations away from the account the graph reaches.
        explore: Whether to add the graph to move and ask.
        chains: Identity chains; of them those of this applicant are shown.
        without: Numbers of evidence, from 1 as the page shows them, that are left out when it opens.
    """

    screening: Screening
    store: ShardSource
    number: int
    hops: int = 1
    explore: bool = False
    chains: Sequence[IdentityChain] = ()
    without: Collection[int] = field(factory=frozenset)

    @property
    def candidate(self) -> Candidate:
        """The candidate; raises ``IndexError`` when the queue has none of this number."""
        if not 1 <= self.number <= len(self.screening.candidates):
            raise IndexError(f"there is no candidate {self.number}")
        return self.screening.candidates[self.number - 1]

    @property
    def own_chains(self) -> tuple[IdentityChain, ...]:
        """The identity chains that end at this candidate."""
        key = _key(self.candidate)
        return tuple(one for one in self.chains if (one.applicant_id, one.list_id, one.account_id) == key)

    def graph(self) -> AssociationGraph:
        """Return the candidate's association graph."""
        return association_graph(
            self.screening,
            self.store,
            hops=self.hops,
            candidates=[self.candidate],
            chains=self.own_chains,
        )

    def standing(self) -> Standing | None:
        """Return what still stands without what is left out; ``None`` when nothing is."""
        out = [number - 1 for number in sorted(set(self.without))]
        return standing(self.candidate, without=out) if out else None

    def html(self) -> str:
        """Return the page."""
        candidate, graph = self.candidate, self.graph()
        switches = switches_of(candidate, without=[number - 1 for number in self.without])
        edges = evidence_edges(graph, candidate)
        about = next((one for one in self.screening.coverage.lists if one.list_id == candidate.list_id), None)
        passport = _passport(self.store, candidate.list_id)
        title = f"Applicant {candidate.applicant_id} and account {candidate.account_id}"
        body = [
            self._top(title, graph.nodes[_account(candidate)]["label"]),
            "<main>",
            '<section class="candidate" id="evidence">',
            proposition_part(candidate),
            glance_part(candidate),
            evidence_part(candidate, switches=switches.controls(), standing=switches.states()),
            innocent_part(candidate),
            list_meaning_part(candidate, passport, about.presence_means if about is not None else ""),
            graph_section(graph, most_rows=_MOST_EDGES, evidence=edges),
            "</section>",
            explore_section(graph, evidence=edges) if self.explore else "",
            paths_section(
                graph,
                explained_paths(graph, node_name("applicant", candidate.applicant_id), _account(candidate)),
                onward_routes(graph, self.screening, candidate, self.store),
                chains=self._chains_told(),
            ),
            shared_section(
                candidate,
                shared_by_candidates(self.screening, candidate, self.store),
                numbers=self._numbers(),
                labels={name: node["label"] for name, node in graph.nodes(data=True)},
            ),
            coverage_section(self._coverage(), {} if passport is None else {passport.id: passport}),
            policy_section(self.screening),
            records_section(candidate, about, edges=graph.number_of_edges(), shown=_MOST_EDGES),
            glossary(),
            "</main>",
            f"<footer><p>{safe(ONLY_A_PERSON)} Made by vetting from the cited records.</p></footer>",
        ]
        return page(
            f"Dossier: {title}",
            "\n".join(part for part in body if part),
            styles=sheet("dossier.css") + switches.rules(edges.values()),
            scripts=explore_scripts() if self.explore else (),
        )

    def _top(self, title: str, shown: str) -> str:
        candidate = self.candidate
        contents = {
            "evidence": "Evidence",
            "paths": "How they are joined",
            "shared": "In common with others",
            "coverage": "What was not checked",
            "records": "Records",
            "words": "Words",
        }
        links = "".join(f'<li><a href="#{name}">{words}</a></li>' for name, words in contents.items())
        return (
            f'<header class="top"><p class="kicker">Dossier for review, no finding · candidate {self.number} of '
            f"{len(self.screening.candidates):,} · listed in {safe(candidate.list_id)}"
            f"{'' if candidate.surfaced else ' · not surfaced'}</p><h1>{safe(title)}</h1>"
            f'<p class="story">{safe(_story(candidate, shown))}</p><ul class="contents">{links}</ul></header>'
        )

    def _chains_told(self) -> list[str]:
        """The applicant's chains in words, those to this candidate first; then what was not followed."""
        applicant, own = self.candidate.applicant_id, self.own_chains
        others = [one for one in self.chains if one.applicant_id == applicant and one not in own]
        left_out = self.chains.left_out if isinstance(self.chains, IdentityChains) else ()
        told = [one.sentence() for one in (*own, *others)]
        return told + [one for one in left_out if "applicant " not in one or f"applicant {applicant} " in one]

    def _coverage(self) -> Screening:
        """The run with nobody else's gaps: a dossier goes into one person's file."""
        coverage = self.screening.coverage
        own = {
            person: kinds
            for person, kinds in coverage.not_tried.items()
            if person == self.candidate.applicant_id
        }
        return evolve(self.screening, coverage=evolve(coverage, not_tried=own))

    def _numbers(self) -> dict[tuple[str, str, str], int]:
        return {_key(one): number for number, one in enumerate(self.screening.candidates, start=1)}


def _key(candidate: Candidate) -> tuple[str, str, str]:
    return candidate.applicant_id, candidate.list_id, candidate.account_id


def _account(candidate: Candidate) -> str:
    return node_name("account", candidate.list_id, candidate.account_id)


def _passport(store: ShardSource, list_id: str) -> ListPassport | None:
    try:
        return store.shard(list_id).passport
    except StoreError:  # withdrawn since the run, or damaged: the graph's section says so
        return None


def _story(candidate: Candidate, shown: str) -> str:
    """Tell in a few sentences what agrees and what does not; ``shown`` is what the account calls itself."""
    agree = list_words(
        list(
            dict.fromkeys(
                f"{kind_title(item.kind)} ({LEVEL_TITLES[item.level]})"
                for item in candidate.supporting
                if item.counted
            )
        )
    )
    against = list_words(list(dict.fromkeys(kind_title(item.kind) for item in candidate.contradicting)))
    told = f"What agrees: {agree or 'nothing that counts'}."
    told += (
        f" What speaks against it: {against}." if against else " Nothing that was compared contradicts it."
    )
    if shown != f"Account {candidate.account_id}":
        told = f"The account calls itself {shown}. {told}"
    return f"{told} Whether it is the same person, only a person can say."
