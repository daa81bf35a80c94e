"""What an account finder says is kept for what it is: a handle that is registered, and a page's own words."""

from __future__ import annotations

from typing import Any

import pytest

from vetting.readers.exports.answers import Controls
from vetting.readers.exports.gathering import Gathering
from vetting.readers.osint.findings import ANSWERS, NOT_CHECKED, Findings


def rows(gathered: Gathering, table: str) -> list[dict[str, Any]]:
    return [row for batch in gathered.batches() if batch.table == table for row in batch.rows.to_pylist()]


def told(gathered: Gathering) -> set[tuple[str, str, str | None, str]]:
    return {
        (row["kind"], row["value"], row["platform"], row["role"]) for row in rows(gathered, "identifiers")
    }


def found(fields: dict[str, Any]) -> Gathering:
    gathered = Gathering()
    findings = Findings(gathered, "report.json")
    account = findings.answer(
        "GitHub", "vornskald_77", "found", url="https://github.com/vornskald_77", record="1"
    )
    findings.extracted(account, fields, "1")
    return gathered


BARE = {
    ("handle", "vornskald_77", "github", "registered"),
    ("url", "https://github.com/vornskald_77", None, "registered"),
}


def test_a_found_handle_and_its_page_are_registered_and_no_more() -> None:
    gathered = found({})
    assert told(gathered) == BARE
    (account,) = rows(gathered, "accounts")
    assert (account["account_id"], account["record"]) == ("github:vornskald_77", "report.json@1")


def test_absent_and_unchecked_sites_have_no_account_and_the_unchecked_are_named_and_counted() -> None:
    gathered = Gathering()
    findings = Findings(gathered, "report.csv")
    assert findings.answer("Chess", "vornskald_77", "absent", record="2") == ""
    assert findings.answer("Locked Out", "vornskald_77", "not-checked", record="3") == ""
    assert rows(gathered, "accounts") == []
    assert (gathered.counts[ANSWERS], gathered.counts[NOT_CHECKED]) == (2, 1)
    (note,) = [note for note in gathered.answers.notes("maigret") if "not checked" in note]
    assert "1: Locked Out" in note
    assert "Chess" not in note


def test_a_site_checked_at_a_second_try_is_not_named_as_unchecked() -> None:
    gathered = Gathering()
    findings = Findings(gathered, "report.csv")
    findings.answer("Chess", "vornskald_77", "not-checked", record="2")
    findings.answer("Chess", "Vornskald_77", "absent", record="3")
    assert not [note for note in gathered.answers.notes("maigret") if "not checked" in note]


def test_a_hundred_unchecked_sites_are_counted_and_the_first_forty_named() -> None:
    gathered = Gathering()
    findings = Findings(gathered, "report.csv")
    for number in range(100):
        findings.answer(f"Site{number:03}", "vornskald_77", "not-checked", record=str(number))
    (note,) = [note for note in gathered.answers.notes("maigret") if "not checked" in note]
    assert ": 100: Site000," in note
    assert note.endswith("Site039 and 60 more")


def test_what_the_page_says_of_its_holder_is_kept_as_the_holders_own_claim() -> None:
    gathered = found(
        {
            "fullname": "Maren Quillmere",
            "location": "Harrowby",
            "email": "quillmere@example.org",
            "bio": "Walks. https://example.net/quillmere",
            "links": "['https://t.me/oakmarrow', 'https://example.com/m']",
            "twitter_username": "quillmere_m",
            "birthday": "1987-02-03",
            "created_at": "2014-05-13T10:00:00Z",
        }
    )
    assert told(gathered) - BARE == {
        ("name", "Maren Quillmere", None, "display"),
        ("place", "Harrowby", None, "current"),
        ("email", "quillmere@example.org", None, "self_linked"),
        ("url", "https://example.net/quillmere", None, "self_linked"),
        ("url", "https://t.me/oakmarrow", None, "self_linked"),
        ("handle", "oakmarrow", "telegram", "self_linked"),
        ("url", "https://example.com/m", None, "self_linked"),
        ("handle", "quillmere_m", "twitter", "self_linked"),
        ("date_of_birth", "1987-02-03", None, "current"),
    }
    assert rows(gathered, "accounts")[0]["created_at"].year == 2014


@pytest.mark.parametrize(
    "fields",
    [
        {"username": "Vornskald_77"},
        {"github_username": "@vornskald_77"},
        {"github_url": "https://www.github.com/Vornskald_77/"},
        {"bio": "https://github.com/vornskald_77"},
        {"links": ["http://github.com/vornskald_77?tab=repositories"]},
    ],
)
def test_a_page_that_names_itself_links_to_nobody(fields: dict[str, Any]) -> None:
    assert told(found(fields)) == BARE


def test_a_copy_of_a_page_elsewhere_links_to_nobody_either() -> None:
    gathered = Gathering()
    findings = Findings(gathered, "report.json")
    account = findings.answer("Instagram (viewer)", "vornskald_77", "found", record="1")
    findings.extracted(
        account, {"instagram_username": "vornskald_77", "twitter_username": "vornskald_77"}, "1"
    )
    assert {row for row in told(gathered) if row[3] == "self_linked"} == {
        ("handle", "vornskald_77", "twitter", "self_linked")
    }


def test_parts_of_a_name_are_put_together_and_a_nickname_is_an_alias() -> None:
    names = {"first_name": "Maren", "last_name": "Quillmere", "nickname": "Mar"}
    assert told(found(names)) - BARE == {
        ("name", "Maren Quillmere", None, "display"),
        ("name", "Mar", None, "alias"),
    }


@pytest.mark.parametrize(
    ("fields", "count"),
    [
        ({"password": "oakmarrow"}, "extracted credentials, left out"),
        ({"api_token": "oakmarrow"}, "extracted credentials, left out"),
        ({"your_emails": ["quillmere@example.org"]}, "extracted fields about whoever searched, left out"),
        ({"karma": 12}, "extracted fields not kept: karma"),
        ({"image": "https://example.org/face.png"}, "extracted fields not kept: image"),
        ({"image_url": "https://example.org/face.png"}, "extracted fields not kept: image_url"),
        ({"Maren Quillmere!": "x"}, "extracted fields not kept: others"),
        ({"birthday": "oakmarrow"}, "extracted fields not kept: birthday"),
        ({"created_at": "1e999"}, "extracted fields not kept: created_at"),
        ({"created_at": float("inf")}, "extracted fields not kept: created_at"),
        ({"links": {"deep": []}}, "extracted fields not kept: links"),
        ({"links": "[" * 2000}, ""),
    ],
)
def test_what_is_not_kept_of_a_page_is_counted_by_its_name(fields: dict[str, Any], count: str) -> None:
    gathered = found(fields)
    assert told(gathered) == BARE
    assert not count or gathered.counts[count] == 1


def test_a_site_that_finds_a_control_is_dropped_and_named_and_one_that_was_not_asked_is_unverified() -> None:
    gathered = Gathering()
    gathered.answers.controls = Controls(
        handles=frozenset({"a", "b", "c"}), found={"findall": 3}, absent={"chess": 3, "github": 2}
    )
    findings = Findings(gathered, "report.csv")
    kept = [
        findings.answer(site, "vornskald_77", "found", record="1")
        for site in ("FindAll", "Chess", "GitHub", "New")
    ]
    assert kept == ["", "chess:vornskald_77", "github:vornskald_77", "new:vornskald_77"]
    notes = gathered.answers.notes("maigret")
    assert [note for note in notes if "FindAll (3 of 3 controls; accounts dropped: 1)" in note]
    assert [note for note in notes if note.endswith("2: GitHub, New")]
    assert gathered.counts[NOT_CHECKED] == 1


def test_a_row_without_a_site_or_handle_is_counted() -> None:
    gathered = Gathering()
    assert Findings(gathered, "report.csv").answer("  ", "vornskald_77", "found", record="2") == ""
    assert (gathered.counts[ANSWERS], gathered.counts[NOT_CHECKED]) == (0, 1)
