"""SpiderFoot and Blackbird, written by hand after the exporting code of either (smicallef/spiderfoot: sfwebui.py,
sfp__stor_stdout.py, sfp_accounts.py; p1ngul1n0/blackbird: blackbird.py of 2022, src/modules/export/json.py); Sherlock's text
after sherlock-project/sherlock: sherlock.py. Sherlock itself is run in tests/integration/test_sherlock.py."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from tests.readings import Rows, read_out

from vetting.errors import InputError
from vetting.readers import read_list
from vetting.readers.osint.handles_in_pages import handle_of
from vetting.records.completeness import Completeness

ADDRESS = "a@example.org"
HEADER = ["username", "name", "url_main", "url_user", "exists", "http_status", "response_time_s"]


def read(path: Path, *, control: list[Path] | None = None) -> tuple[Rows, Completeness]:
    return read_out(read_list(path, control=control or []))


def found(rows: Rows) -> list[str]:
    return [row["account_id"] for row in rows["accounts"]]


def told(rows: Rows) -> set[tuple[str, str, str]]:
    return {(row["kind"], row["value"], row["role"]) for row in rows["identifiers"]}


def sherlock_csv(path: Path, handle: str, **answers: str) -> Path:
    with path.open("w", encoding="utf-8", newline="") as out:
        table = csv.writer(out)
        table.writerow(HEADER)
        for site, answer in answers.items():
            table.writerow(
                [
                    handle,
                    site,
                    "https://example.org",
                    f"https://example.org/{site}/{handle}",
                    answer,
                    "200",
                    "0.1",
                ]
            )
    return path


def test_sherlock_s_table_keeps_claimed_and_takes_only_available_for_absent(tmp_path: Path) -> None:
    path = sherlock_csv(
        tmp_path / "r.csv",
        "vornskald_7",
        Yes="Claimed",
        No="Available",
        Wall="WAF",
        Rule="Illegal",
        What="Unknown",
    )
    rows, about = read(path)
    assert found(rows) == ["yes:vornskald_7"]
    assert {row["role"] for row in rows["identifiers"]} == {"registered"}
    (note,) = [note for note in about.notes if "not checked for some handle" in note]
    assert note.endswith("3: Rule, Wall, What")
    assert not about.complete


def test_sherlock_s_table_of_findings_alone_shows_no_absence(tmp_path: Path) -> None:
    for answers in ({"Yes": "Claimed"}, {}):
        _, about = read(sherlock_csv(tmp_path / "r.csv", "vornskald_7", **answers))
        assert any("names the sites that found a handle and no other" in note for note in about.notes)
        assert not about.complete


def test_sherlock_s_controls_drop_the_site_that_finds_anybody(tmp_path: Path) -> None:
    path = sherlock_csv(tmp_path / "r.csv", "vornskald_7", Yes="Claimed", All="Claimed")
    controls = [
        sherlock_csv(tmp_path / f"{name}.csv", name, Yes="Available", All="Claimed")
        for name in ("qzk81xv", "wpx40dy", "hbv66kc")
    ]
    rows, about = read(path, control=controls)
    assert found(rows) == ["yes:vornskald_7"]
    assert any("All (3 of 3 controls; accounts dropped: 1)" in note for note in about.notes)
    with pytest.raises(InputError, match="different handles"):
        read(path, control=controls[:2])


@pytest.mark.parametrize("name", ["vornskald_7.txt", "report.txt"])
def test_sherlock_s_text_takes_the_handle_from_the_file_s_name_or_the_pages(
    tmp_path: Path, name: str
) -> None:
    pages = [
        "https://example.org/u/vornskald_7",
        "https://vornskald_7.example.net/",
        "https://example.com/?user=Vornskald_7",
    ]
    (tmp_path / name).write_text(
        "\n".join([*pages, "Total Websites Username Detected On : 3\n"]), encoding="utf-8"
    )
    rows, about = read(tmp_path / name)
    assert {one.partition(":")[2] for one in found(rows)} == {"vornskald_7"}
    assert len(found(rows)) == 3
    assert any("names the sites that found a handle and no other" in note for note in about.notes)


def test_a_text_without_its_last_line_is_not_whole(tmp_path: Path) -> None:
    (tmp_path / "vornskald_7.txt").write_text("https://example.org/u/vornskald_7\n", encoding="utf-8")
    reading = read_list(tmp_path / "vornskald_7.txt", profile="sherlock")
    list(reading.batches())
    assert reading.completeness.ended_well is False


def test_a_text_whose_pages_agree_on_no_handle_is_counted(tmp_path: Path) -> None:
    pages = ["https://example.org/u/one", "https://example.net/two", "https://example.com/three"]
    (tmp_path / "report.txt").write_text(
        "\n".join([*pages, "Total Websites Username Detected On : 3\n"]), encoding="utf-8"
    )
    rows, about = read(tmp_path / "report.txt")
    assert not rows["accounts"]
    assert "rows that name no site or handle, or cannot be understood: 3" in about.notes


@pytest.mark.parametrize(
    ("name", "urls", "handle"),
    [
        ("bob", ["https://example.org/bob", "https://example.net/bob"], "bob"),
        (
            "x",
            ["https://example.org/user/Bob_7", "https://example.net/user/bob_7", "https://bob_7.example.com"],
            "Bob_7",
        ),
        ("x", ["https://example.org/b%6Fb_7"], "bob_7"),
        ("x", ["https://example.org/a", "https://example.net/b"], ""),
        ("bob", [], "bob"),
        ("a b", [], ""),
    ],
)
def test_the_handle_is_what_the_pages_have_in_common(name: str, urls: list[str], handle: str) -> None:
    assert handle_of(name, urls).casefold() == handle.casefold()


ACCOUNT = "GitHub (Category: coding)\nhttps://github.com/vornskald_7"
EVENTS: list[tuple[str, str, str, int]] = [
    ("HUMAN_NAME", "Maren Quillmere", ACCOUNT, 0),  # before the account that it is about
    ("ACCOUNT_EXTERNAL_OWNED", ACCOUNT, "vornskald_7", 0),
    ("EMAILADDR", "m.quillmere@example.org", ACCOUNT, 0),
    (
        "ACCOUNT_EXTERNAL_OWNED",
        "Chess (Category: games)\nhttps://example.org/member/vornskald_7",
        "vornskald_7",
        1,
    ),
    (
        "SIMILAR_ACCOUNT_EXTERNAL",
        "Chess (Category: games)\nhttps://example.org/member/vornskald7",
        "vornskald_7",
        0,
    ),
    ("SOCIAL_MEDIA", "Twitter: https://twitter.com/oakmarrow_7", "https://example.org/", 0),
    ("EMAILADDR", "stray@example.org", "example.org", 0),
    ("PASSWORD_COMPROMISED", "zwyn:zwyn", "vornskald_7", 0),
    ("ACCOUNT_EXTERNAL_OWNED", "Nothing to see", "vornskald_7", 0),
]


def spiderfoot(kind: str) -> str:
    if kind == "CSV":
        import io

        out = io.StringIO()
        table = csv.writer(out)
        table.writerow(["Updated", "Type", "Module", "Source", "F/P", "Data"])
        table.writerows(
            ["2024-01-01 10:00:00", event, "sfp_accounts", source, false, data]
            for event, data, source, false in EVENTS
        )
        return out.getvalue()
    titles = {"ACCOUNT_EXTERNAL_OWNED": "Account on External Site", "HUMAN_NAME": "Human Name", "EMAILADDR": "Email Address",
              "SIMILAR_ACCOUNT_EXTERNAL": "Similar Account on External Site", "SOCIAL_MEDIA": "Social Media Presence"}  # fmt: skip
    if kind == "command line":
        lines = [{"generated": 1, "type": titles.get(event, event), "data": data, "module": "sfp_accounts", "source": source,
                  "false_positive": false} for event, data, source, false in EVENTS]  # fmt: skip
        return "\n".join(map(json.dumps, lines))
    return json.dumps([
        {"data": data.replace("https", "<SFURL>https") + "</SFURL>" * ("https" in data), "event_type": event, "module": "sfp_accounts",
         "source_data": source.replace("https://github", "<SFURL>https://github"), "false_positive": false, "last_seen": "x",
         "scan_name": "x", "scan_target": "vornskald_7"}
        for event, data, source, false in EVENTS
    ])  # fmt: skip


@pytest.mark.parametrize("kind", ["JSON", "CSV", "command line"])
def test_spiderfoot_s_accounts_are_kept_with_what_their_pages_said(tmp_path: Path, kind: str) -> None:
    (tmp_path / "s").write_text(spiderfoot(kind), encoding="utf-8", newline="")
    rows, about = read(tmp_path / "s")
    assert found(rows) == ["github:vornskald_7", "twitter:oakmarrow_7"]
    kept = told(rows)
    assert ("name", "Maren Quillmere", "current") in kept or ("name", "Maren Quillmere", "display") in kept
    assert {value for one, value, _ in kept if one == "email"} == {"m.quillmere@example.org"}
    assert {
        "events marked as false positives, left out: 1",
        "accounts of similar handles, which is no finding: 1",
        "events that belong to no account, not kept: EMAILADDR: 1",
        "events that belong to no account, not kept: PASSWORD_COMPROMISED: 1",
        "rows that name no site or handle, or cannot be understood: 1",
    } <= set(about.notes)
    assert not about.complete
    assert "zwyn" not in str(rows)


def test_spiderfoot_s_search_results_are_written_for_html(tmp_path: Path) -> None:
    data = "GitHub (Category: coding)\n&lt;SFURL&gt;https://github.com/vornskald_7&lt;/SFURL&gt;"
    with (tmp_path / "s.csv").open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([["Updated", "Type", "Module", "Source", "F/P", "Data"],
                                   ["x", "ACCOUNT_EXTERNAL_OWNED", "sfp_accounts", "vornskald_7", "0", data]])  # fmt: skip
    rows, _ = read(tmp_path / "s.csv")
    assert ("url", "https://github.com/vornskald_7", "registered") in told(rows)


def test_blackbird_s_older_shape_takes_a_failed_answer_for_none(tmp_path: Path) -> None:
    answers = [
        ("GitHub", "FOUND", "200 OK"),
        ("Chess", "NOT FOUND", "404 Not Found"),
        ("Vine", "NOT FOUND", "502 BAD GATEWAY"),
        ("TikTok", "ERROR", None),
    ]
    sites = [
        {"id": n, "app": app, "url": f"https://example.org/{n}/vornskald_7", "status": status, "response-status": code,
         "metadata": [{"type": "generic-data", "key": "Name", "value": "Maren Quillmere"}, {"type": "image", "key": "picture", "value": "https://example.org/zwyn"}]}
        for n, (app, status, code) in enumerate(answers)
    ]  # fmt: skip
    (tmp_path / "b.json").write_text(
        json.dumps({"search-params": {"username": "vornskald_7", "sites-number": 4}, "sites": sites})
    )
    rows, about = read(tmp_path / "b.json")
    assert found(rows) == ["github:vornskald_7"]
    assert "Maren Quillmere" in {value for kind, value, _ in told(rows) if kind == "name"}
    (note,) = [note for note in about.notes if "not checked for some handle" in note]
    assert note.endswith("2: TikTok, Vine")
    assert "zwyn" not in str(rows)


@pytest.mark.parametrize("name", ["vornskald_7_05_13_2024_blackbird.json", "result.json"])
def test_blackbird_s_newer_shape_names_the_handle_in_the_file_or_the_pages(tmp_path: Path, name: str) -> None:
    listed = [
        {
            "name": site,
            "url": f"https://example.org/{site}/vornskald_7",
            "category": "social",
            "status": "FOUND",
            "metadata": None,
        }
        for site in ("GitHub", "Chess")
    ]
    (tmp_path / name).write_text(json.dumps(listed))
    rows, about = read(tmp_path / name)
    assert found(rows) == ["chess:vornskald_7", "github:vornskald_7"]
    assert any("no other: absence from it shows nothing" in note for note in about.notes)


def test_answers_about_an_address_are_not_kept(tmp_path: Path) -> None:
    listed = [{"name": "GitHub", "url": "https://example.org/x", "status": "FOUND"}]
    (tmp_path / f"{ADDRESS}_05_13_2024_blackbird.json").write_text(json.dumps(listed))
    rows, about = read(tmp_path / f"{ADDRESS}_05_13_2024_blackbird.json")
    assert not rows["accounts"]
    assert any(note.startswith("answers about an e-mail address") for note in about.notes)
