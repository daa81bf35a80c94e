from __future__ import annotations

from collections import Counter

import pytest

from vetting.blocking import postings as module
from vetting.blocking.postings import build_postings, compact_forms, gram_rows
from vetting.normalise.cohort import Cohort
from vetting.records.people import Applicant


def grams(text: str) -> set[str]:
    """The same, obviously right: an edge at either end, pieces of 3 to 5."""
    edged = f"^{text[:32]}$"
    return {edged[at : at + size] for size in (3, 4, 5) for at in range(len(edged) - size + 1)}


@pytest.mark.parametrize(
    "texts", [["vornskald"], ["ab", "a", ""], ["vorn", "vornvorn", "oak"], ["x" * 50, "xx"]]
)
def test_a_text_has_as_many_distinct_pieces_as_it_should_and_equal_pieces_meet(texts: list[str]) -> None:
    packed = gram_rows(texts).tolist()
    assert packed == sorted(set(packed))
    assert Counter(number & 0xFFFFFFFF for number in packed) == {
        row: len(grams(text)) for row, text in enumerate(texts) if grams(text)
    }
    assert len({number >> 32 for number in packed}) == len(set().union(*map(grams, texts)))


def test_rows_are_numbered_from_the_first_one_asked_for() -> None:
    assert [number - 7 for number in gram_rows(["vorn"], first_row=7).tolist()] == gram_rows(
        ["vorn"]
    ).tolist()


def test_holders_of_a_text_are_listed_once_and_a_declared_handle_wins_over_an_address() -> None:
    people = [
        Applicant(id="A", handles="vorn_skald", emails="vornskald@example.org"),
        Applicant(id="B", emails="vorn.skald@example.net"),
    ]
    forms = compact_forms(Cohort(people, region="GB").values)
    place = list(forms.texts).index("vornskald")
    held = slice(forms.starts[place], forms.starts[place + 1])
    assert forms.owners[held].tolist() == [0, 1]
    assert forms.declared[held].tolist() == [True, False]


def test_postings_lead_from_a_piece_to_the_forms_that_have_it(monkeypatch: pytest.MonkeyPatch) -> None:
    people = [
        Applicant(id=str(n), handles=handle) for n, handle in enumerate(["vornskald", "vornoak", "oakvale"])
    ]
    forms = compact_forms(Cohort(people, region="GB").values)
    found = build_postings(forms)
    sizes = Counter(
        len([text for text in forms.texts if gram in grams(text)])
        for gram in set().union(*map(grams, forms.texts))
    )
    assert Counter(found.counts.tolist()) == sizes
    assert found.grams.tolist() == sorted(set(found.grams.tolist()))
    assert found.form_count == 3
    monkeypatch.setattr(module, "MOST_FORMS_PER_GRAM", 1)
    rare = build_postings(forms)
    assert len(rare.forms) == sizes[1]
    assert rare.counts.tolist() == found.counts.tolist()


def test_a_list_without_handles_has_no_postings() -> None:
    found = build_postings(compact_forms(Cohort([], region="GB").values))
    assert found.form_count == len(found.grams) == 0
