from __future__ import annotations

from attrs import evolve

from vetting.evidence.earlier import Earlier
from vetting.evidence.policy import SurfacingPolicy
from vetting.evidence.results import Candidate, Evidence
from vetting.evidence.screening_result import Coverage, ListCoverage, ListResult, Screening

SHA = "0" * 64
ONE = ListCoverage(list_id="one", title="One", sha256=SHA, accounts=5, unsurfaced=3)


def candidate(person: str, list_id: str = "one") -> Candidate:
    evidence = (Evidence(kind="email", level="exact", bits=20.0, counted=True, group="email"),)
    return Candidate(
        applicant_id=person,
        list_id=list_id,
        account_id="1",
        evidence=evidence,
        probability=0.5,
        surfaced=True,
        expected_coincidences=0.1,
    )


THEN = Screening(
    candidates=(candidate("A"), candidate("B"), candidate("A", "two")),
    coverage=Coverage(applicants=2, lists=(ONE,)),
    policy=SurfacingPolicy(),
    settings="s",
    screened={"A": "1", "B": "2"},
)


def test_whoever_is_as_they_were_was_screened_against_the_very_list() -> None:
    before = Earlier(THEN, "s", {"A": "1", "B": "changed", "C": "3"})
    assert before.screened("one", SHA) == {"A"}
    assert not before.screened("one", "1" * 64)
    assert not before.screened("two", SHA)
    assert not Earlier(THEN, "other settings", {"A": "1"}).screened("one", SHA)
    assert not Earlier(None, "s", {"A": "1"}).screened("one", SHA)


def test_what_was_found_then_stands_beside_what_is_found_now() -> None:
    before = Earlier(THEN, "s", {"A": "1", "C": "3"})
    alone = before.carried("one", SHA, None)
    assert [one.applicant_id for one in alone.candidates] == ["A"]
    assert (alone.coverage.carried_over, alone.coverage.unsurfaced) == (1, 3)
    fresh = ListResult(candidates=(candidate("C"),), coverage=evolve(ONE, unsurfaced=2, pairs_compared=7))
    both = before.carried("one", SHA, fresh)
    assert [one.applicant_id for one in both.candidates] == ["A", "C"]
    assert (both.coverage.pairs_compared, both.coverage.unsurfaced) == (7, 5)


def test_without_an_earlier_run_everything_is_fresh() -> None:
    fresh = ListResult(candidates=(candidate("C"),), coverage=ONE)
    assert Earlier(None, "s", {"C": "3"}).carried("one", SHA, fresh) is fresh
