import re
from html.parser import HTMLParser
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, settings
from tests.small_lists import (
    FakeStore,
    coverage,
    evidence,
    screening,
    seed_candidate,
    seed_shard,
    weak_candidate,
)
from tests.strategies import hostile_values

from vetting.evidence.policy import SurfacingPolicy
from vetting.evidence.screening_result import Coverage, Screening
from vetting.graph.association import association_graph
from vetting.reports.coverage_section import coverage_text
from vetting.reports.graph_page import graph_html
from vetting.reports.page import screening_html


class Outline(HTMLParser):
    """Tags and attributes of a page, with a check that every element is closed in order."""

    void = frozenset({"meta", "br", "hr", "img", "link", "input"})

    def __init__(self, html: Any) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str, Any]] = []
        self.open: list[str] = []
        self.feed(html)
        self.close()
        assert not self.open

    def handle_starttag(self, tag: Any, attrs: Any) -> None:
        self.tags.append(tag)
        self.attributes += [(tag, name, value) for name, value in attrs]
        if tag not in self.void:
            self.open.append(tag)

    def handle_startendtag(self, tag: Any, attrs: Any) -> None:
        self.tags.append(tag)
        self.attributes += [(tag, name, value) for name, value in attrs]

    def handle_endtag(self, tag: Any) -> None:
        assert self.open.pop() == tag


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Any:
    return FakeStore(seed_shard(tmp_path_factory.mktemp("lists") / "seed"))


def test_the_page_is_self_contained_and_runs_nothing(store: Any) -> None:
    html = screening_html(screening(), store)
    outline = Outline(html)
    assert "default-src 'none'" in html
    assert not {"script", "iframe", "object", "embed", "link", "form", "img"} & set(outline.tags)
    for tag, name, value in outline.attributes:
        assert not name.startswith("on"), tag
        assert name != "src"
        assert name != "href" or value.startswith("#")
    assert not re.search(r"url\(|@import", html)


def test_links_inside_the_page_lead_somewhere(store: Any) -> None:
    outline = Outline(screening_html(screening(), store))
    ids = [value for _, name, value in outline.attributes if name == "id"]
    assert len(ids) == len(set(ids))
    for _, name, value in outline.attributes:
        assert name != "href" or value[1:] in ids


def test_identifiers_come_before_what_the_list_means_and_associations_last(store: Any) -> None:
    html = screening_html(screening(seed_candidate()), store)
    order = ["Why it surfaced", "What speaks against it", "The evidence", "What else", "What the list means"]
    places = [html.index(f"<h3>{heading}") for heading in [*order, "Associations"]]
    assert places == sorted(places)


def test_the_page_says_all_that_a_reviewer_needs(store: Any) -> None:
    html = screening_html(screening(), store)
    for text in (
        "only a person turns a candidate into a finding",
        "<strong>Highly likely</strong> that the account 41 on list thornwood-2019 was controlled by",
        "about 80 % to about 90 %",
        "About 1 in 2,500 runs like this would show a pair this strong by accident.",
        "vornskald_77",
        "already counted",
        "Impersonation",
        "Somebody registered this account.",
        "2D (UK 3x5x2): the source is untested",
        "Some accounts were opened by journalists",
        "core_members@10482",
        "20,480 bytes of it could not be read",
        "Held but not tried: marram-2021",
        "1 in 1,000 applicants is expected to be on a given list",
    ):
        assert text in html, text


def test_missing_is_shown_as_missing(store: Any) -> None:
    html = screening_html(screening(seed_candidate()), store)
    assert "Not compared: missing, 0 bits" in html
    assert "<b>Telephone number</b>: the applicant gave <bdi>+44 1632 960012</bdi>, the list has none" in html


def test_no_banned_word_is_on_the_page(store: Any) -> None:
    html = screening_html(screening(), store).casefold()
    words = re.sub(r"<style>.*?</style>", "", html, flags=re.DOTALL).replace("extremist-forum", "")
    for banned in ("suspect", "extremist", "risk score", "cleared", "match confirmed", "member of"):
        assert not re.search(rf"\b{banned}\b", words), banned
    assert not re.search(r"\bhits?\b", words)


@settings(max_examples=50, deadline=None)
@given(text=hostile_values())
def test_nothing_from_outside_is_unescaped(store: Any, text: Any) -> None:
    item = evidence(
        "handle", "exact", 9.0, applicant_value=text, listed_value=text, rule=text, note=text, record=text
    )
    hostile = evolve(
        seed_candidate(),
        applicant_id=text,
        evidence=(item, evidence("place", "missing", listed_value=text)),
        surfaced_because=text,
        innocent_explanations=(text,),
        record=text,
    )
    plain = evolve(hostile, applicant_id="x", surfaced_because="x", innocent_explanations=("x",), record="x")
    calm = evidence(
        "handle", "exact", 9.0, applicant_value="x", listed_value="x", rule="x", note="x", record="x"
    )
    plain = evolve(plain, evidence=(calm, evidence("place", "missing", listed_value="x")))
    told = evolve(
        screening(hostile), coverage=evolve(coverage(), notes=(text,), not_tried={text: ("handle",)})
    )
    html = screening_html(told, store)
    again = screening_html(evolve(told, candidates=(plain,)), store)
    tags = Outline(html).tags
    assert {"script", "img"}.isdisjoint(tags)
    assert tags.count("section") == Outline(again).tags.count("section")
    assert not {"\u202e", "\x1b", "\x00", "\u2028"} & set(html)


def test_a_right_to_left_override_is_shown_and_does_nothing(store: Any) -> None:
    item = evidence("handle", "exact", 9.0, applicant_value="ab\u202edc", listed_value="abcd")
    html = screening_html(screening(evolve(seed_candidate(), evidence=(item,))), store)
    assert "ab&lt;U+202E&gt;dc" in html


def test_a_run_without_candidates_points_to_what_was_not_checked() -> None:
    empty = Screening(candidates=(), coverage=coverage(), policy=SurfacingPolicy())
    html = screening_html(empty)
    assert "No candidate was surfaced." in html
    assert "No candidate does not mean not listed" in html
    Outline(html)


def test_without_a_store_the_page_has_no_graph_but_what_presence_means() -> None:
    html = screening_html(screening())
    assert "<svg" not in html
    assert "Somebody registered this account." in html
    Outline(html)


def test_a_withdrawn_list_is_said_on_the_page() -> None:
    html = screening_html(screening(), FakeStore())
    assert "is not held any more" in html


def test_very_many_candidates_have_their_queue_but_not_all_a_section() -> None:
    many = [evolve(weak_candidate(), account_id=str(n)) for n in range(230)]
    html = screening_html(screening(*many))
    assert html.count('class="candidate"') == 200
    assert "The last 30 have no section here" in html
    assert Outline(html).tags.count("tr") >= 230


def test_a_page_with_one_graph(store: Any) -> None:
    graph = association_graph(screening(), store)
    html = graph_html(graph, title="Candidate <1>")
    assert "Candidate &lt;1&gt;" in html
    assert Outline(html).tags.count("svg") == 1
    assert "It does not show" in html


def test_a_page_stays_small(store: Any) -> None:
    one = len(screening_html(screening(seed_candidate()), store).encode())
    assert one < 150_000


def test_coverage_as_text_starts_with_what_was_compared() -> None:
    lines = coverage_text(coverage()).splitlines()
    assert lines[0].startswith("302 applicants against 1,207 accounts of list thornwood-2019")
    assert any(line.startswith("Its table core_members announces 1,210 rows") for line in lines)
    nothing = coverage_text(Coverage(applicants=1))
    assert nothing == "No list was tried: nothing was compared for 1 applicant of the roster."
