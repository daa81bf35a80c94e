import re
from html import unescape
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, settings
from tests.small_lists import (
    LIST_ID,
    FakeStore,
    coverage,
    evidence,
    screening,
    seed_candidate,
    seed_shard,
    weak_candidate,
)
from tests.strategies import hostile_values
from tests.unit.reports.test_page import Outline

from vetting.errors import InputError
from vetting.evidence.standing import standing
from vetting.graph.chains import ChainLink, IdentityChain
from vetting.graph.kinds import identity_kind
from vetting.records.identifiers import Identifier, IdentifierKind
from vetting.reports.dossier import Dossier, dossier_html, write_dossier
from vetting.reports.records_section import records_section


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Any:
    return FakeStore(seed_shard(tmp_path_factory.mktemp("lists") / "seed"))


@pytest.fixture(scope="module")
def html(store: Any) -> Any:
    return dossier_html(screening(), store, 1)


def words(html: str) -> str:
    body = re.sub(r"<style>.*?</style>", "", html, flags=re.DOTALL)
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]*>", " ", body)))


def test_it_is_self_contained_and_runs_nothing(html: Any) -> None:
    outline = Outline(html)
    assert "default-src 'none'" in html
    assert "script-src" not in html
    assert not {"script", "iframe", "object", "embed", "link", "form", "img"} & set(outline.tags)
    for tag, name, value in outline.attributes:
        assert not name.startswith("on"), tag
        assert name != "src"
        assert name != "href" or value.startswith("#")
    assert not re.search(r"url\(|@import", html)


def test_links_lead_somewhere_and_no_id_comes_twice(html: Any) -> None:
    outline = Outline(html)
    ids = [value for _, name, value in outline.attributes if name == "id"]
    assert len(ids) == len(set(ids))
    assert all(value[1:] in ids for _, name, value in outline.attributes if name == "href")


def test_the_story_stands_before_everything_else(html: Any) -> None:
    text = words(html)
    order = [
        "What agrees: e-mail address (the same) and handle (nearly the same). What speaks against it: date of birth.",
        "Highly likely that the account 41 on list thornwood-2019 was controlled by applicant A-17.",
        "Why it surfaced",
        "What speaks against it",
        "What to check next",
        "The evidence",
        "What else would explain it",
        "What the list means",
        "Associations",
        "How they are joined, step by step",
        "In common with other candidates",
        "What was checked, and what was not",
        "Records to open",
    ]
    places, start = [], 0
    for part in order:
        start = text.find(part, start)
        assert start >= 0, part
        places.append(start)
    assert "The account calls itself vornskald77." in text


def test_every_record_and_the_file_are_cited(html: Any) -> None:
    section = html[html.index('id="records"') :]
    for record in (
        "thornwood-2019:core_members@10482",
        "thornwood-2019:core_members_known_names@88",
        "roster:A-17",
        "0" * 63 + "1",
        "thornwood.sql.gz",
        "48,213,004 bytes",
    ):
        assert record in section, record
    assert "thornwood-2019:core_relations@" in html


def test_records_that_are_not_in_the_table_are_counted(store: Any) -> None:
    assert "The records of the graph's 43 edges are in the table" in words(
        dossier_html(screening(), store, 1)
    )
    many = records_section(seed_candidate(), None, edges=250, shown=100)
    assert "the first 100 of the graph's 250 edges" in many
    assert "edges" not in records_section(seed_candidate(), None, edges=0, shown=100)


def test_each_way_from_the_applicant_is_told_with_its_weakest_step(html: Any) -> None:
    text = words(html[html.index('id="paths"') :])
    assert "Identity path, unconfirmed by its weakest step. Records: roster:A-17" in text
    assert "It does not show that nobody else uses it." in text
    assert "How common:" in text
    assert "of at most 1 step to account 41." in text


def test_other_peoples_gaps_and_names_stay_out(store: Any) -> None:
    told = evolve(
        screening(), coverage=evolve(coverage(), not_tried={"A-9": ("handle",), "A-17": ("phone",)})
    )
    html = dossier_html(told, store, 1)
    assert "A-9<" not in html
    assert "Not tried for 1 applicant" in html
    assert "third_party_" not in html


def chain(applicant: str, account: str) -> IdentityChain:
    steps = [
        (f"applicant:{applicant}", "identifier:handle:vorn", "declared", f"roster:{applicant}"),
        ("identifier:handle:vorn", "account:social:7", "same_handle", "social:accounts@7"),
        ("account:social:7", "identifier:email:new", "self_linked", "social:accounts@7"),
        ("identifier:email:new", f"account:{LIST_ID}:{account}", "same_email", f"{LIST_ID}:core_members@9"),
    ]
    return IdentityChain(
        applicant_id=applicant,
        list_id=LIST_ID,
        account_id=account,
        links=tuple(
            ChainLink(
                source=source,
                target=target,
                how=how,
                strength="unconfirmed",
                record=record,
                words=identity_kind(how).outward,
                level="exact" if how.startswith("same_") else "",
            )
            for source, target, how, record in steps
        ),
        identifiers={
            "identifier:handle:vorn": Identifier(kind=IdentifierKind.HANDLE, value="vorn_elsewhere"),
            "identifier:email:new": Identifier(kind=IdentifierKind.EMAIL, value="vorn@example.net"),
        },
    )


def test_chains_of_this_applicant_are_drawn_and_told_and_nobody_elses(store: Any) -> None:
    chains = [chain("A-17", "41"), chain("A-17", "97"), chain("A-203", "97")]
    html = dossier_html(screening(), store, 1, chains=chains)
    section = words(html[html.index('id="paths"') :])
    for told in chains[:2]:
        assert words(told.sentence()) in section
    assert words(chains[2].sentence()) not in section
    svg = html[html.index("<svg") : html.index("</svg>")]
    assert "vorn@example.net" in svg
    assert "social:accounts@7" in html
    Outline(html)


# -- leaving evidence out --------------------------------------------------------------------------------


def states(html: str) -> dict[frozenset[int], str]:
    """What is told for each combination of cleared boxes."""
    found = re.findall(r'<p class="state((?: w\d+)+)">(.*?)</p>', html)
    return {frozenset(map(int, re.findall(r"\d+", classes))): words(text) for classes, text in found}


def test_every_combination_is_told_as_the_sum_made_again_says_it(html: Any) -> None:
    told = states(html)
    telling = [place for place, item in enumerate(seed_candidate().evidence) if item.bits]
    assert telling == [0, 1, 2, 3]
    assert len(told) == 2 ** len(telling) - 1
    for left_out, text in told.items():
        assert standing(seed_candidate(), without=left_out).sentence in text


def test_a_box_stands_beside_what_has_bits_and_nowhere_else(html: Any) -> None:
    boxes = re.findall(r'<input type="checkbox" id="use-(\d+)"( checked)?', html)
    assert boxes == [(str(place), " checked") for place in range(4)]
    for place in range(4):
        assert f":root:has(#use-{place}:checked) .state.w{place}" in html


def test_what_hangs_on_evidence_fades_with_it_and_has_its_rule(html: Any) -> None:
    drawn = set(re.findall(r'class="(?:node )?(ev-[\d-]+)"', html))
    assert drawn == {"ev-0", "ev-1"}
    for name in drawn:
        assert f".{name}{{opacity:" in html


def test_what_is_left_out_when_it_opens_is_cleared(store: Any) -> None:
    dossier = Dossier(screening=screening(), store=store, number=1, without={1, 4})
    html = dossier.html()
    assert re.findall(r'id="use-(\d+)"( checked)?', html) == [
        ("0", ""),
        ("1", " checked"),
        ("2", " checked"),
        ("3", ""),
    ]
    told = dossier.standing()
    assert told is not None
    assert told.sentence in words(html)
    assert Dossier(screening=screening(), store=store, number=1).standing() is None


def test_of_much_evidence_the_strongest_has_boxes_and_the_rest_can_be_left_out(store: Any) -> None:
    items = [
        evidence("handle", "exact", 20.0 - n, applicant_value=f"h{n}", listed_value=f"h{n}", group=f"g{n}")
        for n in range(10)
    ]
    run = screening(evolve(seed_candidate(), evidence=tuple(items)))
    html = Dossier(screening=run, store=store, number=1, without={10}).html()
    assert [number for number, _ in re.findall(r'id="use-(\d+)"( checked)?', html)] == list("0123456")
    assert "3 weaker items have no box" in html
    assert "No. 10, left out" in html
    assert ".ev-9{opacity" in html
    assert len(states(html)) == 127
    assert "Left out: No. 1 and 10." in states(html)[frozenset({0})]
    assert len(html.encode()) < 150_000


# -- bad input -------------------------------------------------------------------------------------------


@settings(max_examples=30, deadline=None)
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
    html = dossier_html(screening(hostile, weak_candidate()), store, 1)
    tags = Outline(html).tags
    assert {"script", "img"}.isdisjoint(tags)
    assert not {"\u202e", "\x1b", "\x00", "\u2028"} & set(html)


def test_a_withdrawn_list_is_said_and_the_rest_is_there() -> None:
    html = dossier_html(screening(), FakeStore(), 1)
    assert "is not held any more" in html
    assert "quillmere@example.org" in html
    Outline(html)


def test_a_list_that_the_run_did_not_cover_is_said(store: Any) -> None:
    told = evolve(screening(), coverage=evolve(coverage(), lists=()))
    assert "does not say which file" in dossier_html(told, store, 1)


@pytest.mark.parametrize("number", [0, 3, -1])
def test_a_number_that_is_not_in_the_queue_is_refused(store: Any, number: Any) -> None:
    with pytest.raises(IndexError, match="no candidate"):
        dossier_html(screening(), store, number)


def test_the_same_run_gives_the_same_bytes(store: Any, tmp_path: Any) -> None:
    write_dossier(Dossier(screening=screening(), store=store, number=1, hops=2), tmp_path / "d.html")
    assert (tmp_path / "d.html").read_text(encoding="utf-8") == dossier_html(screening(), store, 1, hops=2)
    with pytest.raises(InputError, match="cannot be written"):
        write_dossier(Dossier(screening=screening(), store=store, number=1), tmp_path / "no" / "d.html")


def test_it_stays_small(html: Any) -> None:
    assert len(html.encode()) < 150_000
