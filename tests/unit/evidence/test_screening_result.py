from __future__ import annotations

import json

from vetting.evidence.policy import SurfacingPolicy
from vetting.evidence.results import Candidate
from vetting.evidence.screening_result import Coverage, ListCoverage, Screening


def candidate(applicant: str, *, surfaced: bool) -> Candidate:
    return Candidate(
        applicant_id=applicant,
        list_id="forum-2019",
        account_id="41",
        evidence=(),
        probability=0.1,
        surfaced=surfaced,
        expected_coincidences=1.0,
    )


COVERAGE = Coverage(
    applicants=2, lists=(ListCoverage(list_id="l", title="L", sha256="ab", accounts=3),), missing={"email": 1}
)


def test_candidates_are_found_by_applicant_and_by_what_the_policy_asks_for() -> None:
    found = (candidate("A", surfaced=True), candidate("B", surfaced=False), candidate("A", surfaced=False))
    screening = Screening(candidates=found, coverage=COVERAGE, policy=SurfacingPolicy())
    assert screening.surfaced == found[:1]
    assert screening.of("A") == (found[0], found[2])
    assert screening.of("nobody") == ()


def test_coverage_is_written_as_plain_values() -> None:
    data = json.loads(json.dumps(COVERAGE.as_dict()))
    assert data["lists"][0]["accounts"] == 3
    assert data["missing"] == {"email": 1}
