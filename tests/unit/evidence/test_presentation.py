from __future__ import annotations

from attrs import evolve
from tests.small_lists import screening, seed_candidate, weak_candidate

from vetting.evidence.presentation import evidence_parts, opening_sentences, queue_cells, run_sentences


def test_every_item_of_evidence_is_in_one_part() -> None:
    candidate = seed_candidate()
    parts = {part.title: part.rows for part in evidence_parts(candidate)}
    assert list(parts) == ["For", "Against", "Compared, says nothing", "Not compared"]
    assert sum(map(len, parts.values())) == len(candidate.evidence)
    assert [row.how for row in parts["Not compared"]] == ["the list has none", "neither side has one"]


def test_an_empty_part_says_so_or_is_left_out() -> None:
    parts = {part.title: part for part in evidence_parts(evolve(weak_candidate(), evidence=()))}
    assert list(parts) == ["For", "Against", "Not compared"]
    assert all(part.nothing and not part.rows for part in parts.values())


def test_one_that_was_not_surfaced_is_said_to_be_so() -> None:
    quiet = evolve(seed_candidate(), surfaced=False, surfaced_because="the name alone")
    assert opening_sentences(quiet)[-1] == "Not surfaced: the name alone."
    assert queue_cells(quiet, 1_000)[-1] == "not surfaced: the name alone"
    assert queue_cells(quiet, 1_000)[0] == "1,000"


def test_a_run_where_everybody_gave_everything_has_one_sentence() -> None:
    run = screening()
    assert len(run_sentences(run)) == 2
    assert len(run_sentences(evolve(run, coverage=evolve(run.coverage, missing={"email": 0})))) == 1
