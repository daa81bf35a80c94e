from __future__ import annotations

import re
from html import unescape

from attrs import evolve
from hypothesis import given
from tests.small_lists import evidence, screening, seed_candidate
from tests.strategies import hostile_values

from vetting.evidence.cards import assessment_svg, screening_svg
from vetting.evidence.results import Assessment
from vetting.normalise.folding import few_marks
from vetting.normalise.text import visible_text


def drawn(svg: str) -> str:
    """Every text of a picture without the white space in it."""
    texts = re.findall(r"<text [^>]*>(.*?)</text>", svg)
    return re.sub(r"\s", "", unescape("".join(texts)))


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def test_a_candidate_shows_all_that_its_text_says() -> None:
    candidate = seed_candidate()
    shown = drawn(assessment_svg(candidate))
    for item in candidate.evidence:
        for text in (item.applicant_value, item.listed_value, item.rule, item.note, item.record):
            assert squeezed(text or "") in shown
    for text in (*candidate.innocent_explanations, candidate.record, candidate.proposition):
        assert squeezed(text) in shown
    for text in ("Highly likely", "About 1 in 2,500 runs", "+17.4 bits", "-4.6 bits", "In all +24.0 bits"):
        assert squeezed(text) in shown
    assert "alreadycounted(+4.1bitsalone)" in shown
    assert shown.index("Against") < shown.index("1979-11-30") < shown.index("Notcompared")


def test_an_assessment_without_evidence_says_that_there_is_none() -> None:
    shown = drawn(
        assessment_svg(
            Assessment(applicant_id="A", list_id="l", account_id="1", evidence=(), probability=0.001)
        )
    )
    assert "Nothingthatwascomparedspeaksforit." in shown
    assert "Whatelsewouldexplainit" not in shown


@given(text=hostile_values())
def test_a_value_is_drawn_whole_whatever_it_holds(text: str) -> None:
    item = evidence("handle", "exact", 9.0, applicant_value=text, listed_value="b")
    shown = drawn(assessment_svg(evolve(seed_candidate(), evidence=(item,))))
    assert squeezed(few_marks(visible_text(text))) in shown


def test_a_run_shows_fifty_candidates_and_counts_the_others() -> None:
    many = [evolve(seed_candidate(), applicant_id=f"A-{number:03}") for number in range(1, 58)]
    shown = drawn(screening_svg(screening(*many)))
    assert "A-050" in shown
    assert "A-051" not in shown
    assert "7morecandidatesarenotshownhere" in shown
    assert "notshownhere" not in drawn(screening_svg(screening(*many[:50])))
    assert "1morecandidateisnotshownhere" in drawn(screening_svg(screening(*many[:51])))


def test_a_run_says_what_was_not_checked() -> None:
    shown = drawn(screening_svg(screening()))
    assert "302applicantsagainst1,207accountson1list:2candidatesforreview." in shown
    assert "Notchecked,sincetheapplicantgavenone:handle(121)" in shown
    assert "Oftheroster1valuecouldnotberead." in shown
    assert "Onerowoftherosterrepeatsanid" in shown


def test_the_words_of_an_image_are_those_of_the_text() -> None:
    html = seed_candidate()._repr_html_()
    (alt,) = re.findall(r'alt="([^"]*)"', html)
    assert squeezed(unescape(alt)) == squeezed(seed_candidate().as_text())
    (alt,) = re.findall(r'alt="([^"]*)"', screening()._repr_html_())
    assert "1: applicant A-17, account 41 on thornwood-2019, +24.0 bits, highly likely" in unescape(alt)
    assert "Note: One row of the roster repeats an id" in unescape(alt)
