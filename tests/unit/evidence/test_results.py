from __future__ import annotations

import json
from typing import Any

from vetting.evidence.results import Assessment, Candidate, Evidence, Level

ITEMS = (
    Evidence(kind="email", level="exact", bits=20.0, counted=True, applicant_value="m@example.org"),
    Evidence(kind="handle", level="close", bits=9.0, counted=False),
    Evidence(kind="name", level="conflict", bits=-3.5, counted=True),
    Evidence(kind="phone", level="missing"),
)


def candidate(**changes: Any) -> Candidate:
    given: dict[str, Any] = {
        "applicant_id": "A-17",
        "list_id": "forum-2019",
        "account_id": "41",
        "evidence": ITEMS,
        "probability": 0.6,
        "surfaced": True,
        "expected_coincidences": 0.25,
        "innocent_explanations": ("Another person.",),
        "record": "row@1",
    }
    return Candidate(**given | changes)


def test_bits_are_the_sum_of_what_counts() -> None:
    assert candidate().bits == 16.5


def test_evidence_is_sorted_into_for_against_and_missing() -> None:
    one = candidate()
    assert [item.kind for item in one.supporting] == ["email", "handle"]
    assert [item.kind for item in one.contradicting] == ["name"]
    assert one.missing == ("phone",)
    assert one.levels == {"email": "exact", "handle": "close", "name": "conflict", "phone": "missing"}


def test_the_words_are_about_the_account_and_not_about_the_person() -> None:
    one = candidate()
    assert one.proposition == "the account 41 on list forum-2019 was controlled by applicant A-17"
    assert one.words == f"likely or probable that {one.proposition}"


def test_a_candidate_is_read_back_from_its_json() -> None:
    line = json.loads(json.dumps(candidate().as_dict()))
    assert Candidate.from_dict(line) == candidate()
    assert list(line)[:3] == ["applicant_id", "list_id", "account_id"]
    assert {"surfaced", "bits", "expected_coincidences", "probability", "likelihood", "evidence"} <= set(line)
    assert list(line["evidence"][0])[:8] == [
        *("kind", "level", "applicant_value", "listed_value", "bits", "rule", "group", "counted"),
    ]


def test_an_assessment_without_evidence_has_no_bits() -> None:
    empty = Assessment(applicant_id="A", list_id="l", account_id="1", evidence=(), probability=0.1)
    assert empty.bits == 0
    assert empty.levels == {}


def test_a_level_is_written_as_its_word() -> None:
    assert ITEMS[0].as_dict()["level"] == "exact"
    assert Level("close") is Level.CLOSE
