"""Maigret's reports where Maigret itself would not go: cut, damaged, hostile, of older versions. Written by hand.

The layout is that of Maigret's ``report.py`` and ``result.py`` (0.6.6); ``tests/integration/test_maigret.py`` runs it.
"""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vetting.errors import InputError, VettingError
from vetting.readers import read_list
from vetting.records.completeness import Completeness

HEAD = "username,name,url_main,url_user,exists,http_status,error_reason\r\n"
ROW = "vornskald_7,GitHub,https://github.com,https://github.com/vornskald_7,Claimed,200,\r\n"


def result(**changes: Any) -> dict[str, Any]:
    """What Maigret writes of one site."""
    about = {"username": "vornskald_7", "site_name": "GitHub", "url": "https://github.com/vornskald_7", "status": "Claimed",
             "ids": {}, "tags": []} | changes.pop("status", {})  # fmt: skip
    return {"site": {}, "username": "vornskald_7", "url_main": "https://github.com", "url_user": about["url"],
            "status": about, "http_status": 200, "is_similar": False, **changes}  # fmt: skip


def read(path: Path, **options: Any) -> tuple[dict[str, list[Any]], Completeness]:
    reading = read_list(path, **options)
    rows: dict[str, list[Any]] = {batch.table: batch.rows.to_pylist() for batch in reading.batches()}
    return rows, reading.completeness


def written(tmp_path: Path, text: str, **options: Any) -> tuple[dict[str, list[Any]], Completeness]:
    (tmp_path / "report.x").write_text(text, encoding="utf-8", newline="")
    return read(tmp_path / "report.x", **options)


def test_a_row_that_is_claimed_is_an_account_and_cites_its_line(tmp_path: Path) -> None:
    rows, report = written(tmp_path, HEAD + "vornskald_7,Chess,a,b,Available,404,\r\n" + ROW)
    assert [(one["account_id"], one["record"]) for one in rows["accounts"]] == [
        ("github:vornskald_7", "report.x@3")
    ]
    assert {(one["kind"], one["platform"], one["role"]) for one in rows["identifiers"]} == {
        ("handle", "github", "registered"),
        ("url", None, "registered"),
    }
    assert report.complete


@pytest.mark.parametrize("delimiter", [";", "\t"])
@pytest.mark.parametrize("mark", ["", '"'])
def test_a_report_that_a_spreadsheet_has_written_again_is_still_maigrets(
    tmp_path: Path, delimiter: str, mark: str
) -> None:
    lines = [HEAD, ROW]
    cells = [line.rstrip("\r\n").split(",") for line in lines]
    text = "\n".join(delimiter.join(f"{mark}{cell}{mark}" for cell in row) for row in cells)
    rows, report = written(tmp_path, f"\ufeff{text}\n")
    assert [one["account_id"] for one in rows["accounts"]] == ["github:vornskald_7"]
    assert report.profile == "maigret"


def test_a_report_of_a_version_without_reasons_is_read(tmp_path: Path) -> None:
    text = (HEAD + ROW).replace(",error_reason", "").replace("200,", "200")
    assert len(written(tmp_path, text)[0]["accounts"]) == 1


@pytest.mark.parametrize("status", ["Unknown", "Illegal", "", "claimed", "Неизвестно"])
def test_whatever_is_neither_claimed_nor_available_is_not_checked(tmp_path: Path, status: str) -> None:
    rows, report = written(tmp_path, HEAD + ROW.replace("Claimed", status))
    assert "accounts" not in rows
    assert not report.complete
    assert [note for note in report.notes if "not checked" in note and note.endswith(": 1: GitHub")]


def test_json_is_never_complete_for_it_names_no_site_that_found_nothing(tmp_path: Path) -> None:
    rows, report = written(tmp_path, json.dumps({"GitHub": result()}))
    assert len(rows["accounts"]) == 1
    assert (report.ended_well, report.complete) == (True, False)
    assert [note for note in report.notes if "absence from it shows nothing" in note]


def test_a_site_that_answers_with_similar_handles_has_found_nobody(tmp_path: Path) -> None:
    rows, report = written(tmp_path, json.dumps({"GitHub": result(is_similar=True)}))
    assert rows == {}
    assert "sites that answer with similar handles, which is no finding: 1" in report.notes


def test_json_beside_a_csv_tells_of_it_which_sites_answer_with_similar_handles(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "reports.zip", "w") as archive:
        archive.writestr("report_vornskald_7.csv", HEAD + ROW + ROW.replace("GitHub", "Chess"))
        archive.writestr("report_vornskald_7_simple.json", json.dumps({"GitHub": result(is_similar=True)}))
    rows, report = read(tmp_path / "reports.zip")
    assert [one["account_id"] for one in rows["accounts"]] == ["chess:vornskald_7"]
    assert "sites that answer with similar handles, which is no finding: 2" in report.notes


def test_several_handles_in_one_file_are_all_kept(tmp_path: Path) -> None:
    lines = [
        json.dumps({**result(status={"username": who}), "sitename": "GitHub"})
        for who in ("vornskald_7", "oakmarrow")
    ]
    rows, report = written(tmp_path, "\n".join(lines) + "\n")
    assert [one["account_id"] for one in rows["accounts"]] == ["github:oakmarrow", "github:vornskald_7"]
    assert "maigret: handles searched for: 2" in report.notes


def test_settings_of_sites_are_not_looked_at(tmp_path: Path) -> None:
    site = {"usernameClaimed": "oakmarrow", "headers": {"authorization": "harrowby"}}
    rows, report = written(tmp_path, json.dumps({"GitHub": result(site=site, cookies={"sid": "harrowby"})}))
    assert not [word for word in ("oakmarrow", "harrowby") if word in str(rows) + str(report)]


def test_a_nothing_of_a_report_is_read_when_the_profile_says_what_it_is(tmp_path: Path) -> None:
    (tmp_path / "report.json").write_text("{}")
    with pytest.raises(InputError):
        read(tmp_path / "report.json")
    rows, report = read(tmp_path / "report.json", profile="maigret")
    assert (rows, report.complete) == ({}, False)


@pytest.mark.parametrize(
    "text",
    [
        HEAD + ROW + "vornskald_7,Chess,https://exa",
        HEAD + ROW + 'vornskald_7,Chess,a,b,Unknown,0,"Connecting fai',
        json.dumps({"GitHub": result(), "Chess": result()})[:-60],
        json.dumps({**result(), "sitename": "GitHub"}) + "\n" + json.dumps({**result(), "sitename": "Chess"})[:-60],
    ],
    ids=["csv", "csv, quoted", "json", "ndjson"],
)  # fmt: skip
def test_a_report_that_is_cut_short_is_not_complete_and_what_was_whole_is_kept(
    tmp_path: Path, text: str
) -> None:
    rows, report = written(tmp_path, text)
    assert [one["account_id"] for one in rows["accounts"]] == ["github:vornskald_7"]
    assert (report.ended_well, report.complete) == (False, False)


def test_broken_quoting_is_named_by_its_line_without_a_value(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="line 3: text after a closing quotation mark") as caught:
        written(tmp_path, HEAD + ROW + 'vornskald_7,"Ch"ess,a,b,Claimed,200,\r\n')
    assert "vornskald" not in str(caught.value)


def test_rows_of_another_width_or_without_a_site_are_counted_and_the_list_is_not_complete(
    tmp_path: Path,
) -> None:
    rows, report = written(tmp_path, HEAD + ROW + "vornskald_7,Chess\r\n" + ROW.replace("GitHub", " "))
    assert len(rows["accounts"]) == 1
    assert "rows that name no site or handle, or cannot be understood: 2" in report.notes
    assert report.rows_quarantined == 2


def test_a_hostile_handle_stays_as_it_was_written(tmp_path: Path) -> None:
    who = "\u202evorn\u2066skald"
    rows, _ = written(
        tmp_path,
        json.dumps({"GitHub": result(status={"username": who}), "7": result(status={"ids": {"id": 2**63}})}),
    )
    assert f"github:{who}" in {one["account_id"] for one in rows["accounts"]}


def test_a_json_that_is_nested_a_thousand_deep_is_refused_in_words(tmp_path: Path) -> None:
    text = json.dumps({"GitHub": result()})[:-1] + ',"Deep":' + "[" * 100_000 + "]" * 100_000 + "}"
    with pytest.raises(InputError, match="nested too deep"):
        written(tmp_path, text)


def test_a_site_that_is_named_twice_counts_both_times(tmp_path: Path) -> None:
    one, two = json.dumps(result()), json.dumps(result(status={"username": "oakmarrow"}))
    rows, _ = written(tmp_path, f'{{"GitHub": {one}, "GitHub": {two}}}')
    assert [one["account_id"] for one in rows["accounts"]] == ["github:oakmarrow", "github:vornskald_7"]


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**70), 2**70) | st.floats() | st.text(max_size=20)
    | st.sampled_from(["Claimed", "https://example.org/x", "['a', 'b']", "[[[", "0001-01-01", "1e999", "@a@b"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=5,
)  # fmt: skip
FIELDS = st.sampled_from(
    ["fullname", "bio", "links", "created_at", "birthday", "twitter_username", "mastodon_username", "email", "phone",
     "website", "username", "location", "first_name", "last_name", "latest_activity_at", "your_name", "facebook_url"]
)  # fmt: skip


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    ids=VALUES | st.dictionaries(FIELDS, VALUES, max_size=6),
    changed=st.dictionaries(
        st.sampled_from(["username", "site_name", "url", "status", "ids"]), VALUES, max_size=2
    ),
    outer=st.dictionaries(
        st.sampled_from(["status", "url_user", "is_similar", "username"]), VALUES, max_size=2
    ),
)
def test_wrong_types_in_any_place_are_read_or_refused_in_words(
    tmp_path: Path, ids: Any, changed: dict[str, Any], outer: dict[str, Any]
) -> None:
    given_ = {"GitHub": result(status={"ids": ids} | changed) | outer, "Chess": result()}
    (tmp_path / "report").write_text(json.dumps(given_), encoding="utf-8")
    try:
        rows, report = read(tmp_path / "report", profile="maigret")
    except VettingError:
        return
    assert "chess:vornskald_7" in {one["account_id"] for one in rows["accounts"]}
    assert not report.complete
