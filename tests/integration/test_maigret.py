"""Maigret itself, asking sites on this computer about an invented person: its three reports are read and agree."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest
from attrs import frozen
from tests.finder_sites import CONTROLS, KINDS, PERSON, finder_sites
from tests.holdings import passport
from tests.requirements import missing_part
from tests.tool_environment import ToolError, tool_python

from vetting.ingestion import ListStore
from vetting.readers import read_list
from vetting.readers.files import file_sha256
from vetting.readers.inspect import inspect

pytestmark = pytest.mark.maigret

REQUIREMENT = "maigret~=0.6.6"
REPORTS = ("simple", "ndjson", "csv")
KNOWS = {f"{site}:{PERSON}" for site in ("profile", "page")}


@frozen
class Runs:
    """What Maigret wrote: by handle and report, the file."""

    folder: Path

    def report(self, handle: str, kind: str) -> Path:
        ending = ".csv" if kind == "csv" else f"_{kind}.json"
        return self.folder / f"report_{handle}{ending}"

    def controls(self, kind: str) -> list[Path]:
        return [self.report(handle, kind) for handle in CONTROLS]


def _database(address: str) -> dict[str, Any]:
    def site(kind: str, **more: Any) -> dict[str, Any]:
        return {
            "url": f"{address}/{kind}/{{username}}",
            "urlMain": f"{address}/",
            "usernameClaimed": PERSON,
            "usernameUnclaimed": "noonewouldeverusethis7",
            "checkType": "status_code",
            "tags": ["forum"],
            **more,
        }

    by_words = {"checkType": "message", "presenseStrs": ["profile of"], "absenceStrs": ["no such user"]}
    sites = {kind.title(): site(kind, **(by_words if kind == "page" else {})) for kind in KINDS}
    sites["Dead"] = {**site("x"), "url": "http://127.0.0.1:9/{username}"}
    sites["Numbers Only"] = site("profile", regexCheck="^[0-9]+$")
    sites["Alike"] = site("profile", similarSearch=True)
    return {"sites": sites, "engines": {}, "tags": ["forum"]}


def _asked(python: Path, folder: Path, *options: str) -> subprocess.Popen[str]:
    # A timeout that a busy machine does not reach for the sites that answer.
    command = [str(python), "-m", "maigret", PERSON, *CONTROLS, "--db", str(folder / "sites.json"), "-a",
               "--no-autoupdate", "--no-recursion", "--no-progressbar", "--no-color", "--timeout", "6",
               "--retries", "0", "-fo", str(folder), *options]  # fmt: skip
    environment = {key: value for key, value in os.environ.items() if "proxy" not in key.lower()}
    return subprocess.Popen(
        command,
        env={**environment, "HOME": str(folder)},
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Runs:
    try:
        python = tool_python(REQUIREMENT)
    except ToolError as error:
        missing_part(f"Maigret cannot be installed in an environment of its own: {error}")
    folder = tmp_path_factory.mktemp("maigret")
    with finder_sites() as address:
        (folder / "sites.json").write_text(json.dumps(_database(address)))
        asked = [
            _asked(python, folder, *options) for options in (["--csv", "-J", "simple"], ["-J", "ndjson"])
        ]
        for process in asked:  # at the same time: most of it is waiting for the slow site
            said, _ = process.communicate(timeout=240)
            assert process.returncode == 0, said[-2000:]
    return Runs(folder)


def read(path: Path, control: list[Path] | None = None) -> tuple[set[str], set[tuple[Any, ...]], Any]:
    reading = read_list(path, control=control or [])
    accounts: set[str] = set()
    told: set[tuple[Any, ...]] = set()
    for batch in reading.batches():
        rows = batch.rows.to_pylist()
        accounts |= {row["account_id"] for row in rows}
        if batch.table == "identifiers":
            told |= {
                (row["account_id"], row["kind"], row["value"], row["platform"], row["role"]) for row in rows
            }
    return accounts, told, reading.completeness


@pytest.mark.parametrize("kind", REPORTS)
def test_each_report_is_known_for_maigrets(runs: Runs, kind: str) -> None:
    found = inspect(runs.report(PERSON, kind))
    assert (found.format, found.profile, found.ended_well) == ("account-finder", "maigret", True)


def test_the_three_reports_name_the_same_accounts(runs: Runs) -> None:
    simple, ndjson, csv = (read(runs.report(PERSON, kind)) for kind in REPORTS)
    assert simple[0] == ndjson[0] == KNOWS | {f"everybody:{PERSON}"}
    assert simple[1] == ndjson[1]
    # CSV does not tell which sites answer with similar handles only, and has nothing of the pages.
    assert csv[0] == simple[0] | {f"alike:{PERSON}"}
    registered = {one for one in simple[1] if one[4] == "registered"}
    assert {one for one in csv[1] if not one[0].startswith("alike:")} == registered


def test_what_maigret_took_from_the_page_is_kept_with_it(runs: Runs) -> None:
    _, told, _ = read(runs.report(PERSON, "simple"))
    about = {one[1:] for one in told if one[0] == f"profile:{PERSON}" and one[4] != "registered"}
    assert about == {
        ("name", "Maren Quillmere", None, "display"),
        ("place", "Harrowby", None, "current"),
        ("url", "https://example.net/quillmere", None, "self_linked"),
        ("url", "https://example.com/oakmarrow", None, "self_linked"),
        ("handle", "quillmere_m", "twitter", "self_linked"),
    }


def test_sites_that_did_not_answer_are_not_checked_and_the_list_shows_no_absence(runs: Runs) -> None:
    accounts, _, completeness = read(runs.report(PERSON, "csv"))
    (note,) = [note for note in completeness.notes if "not checked" in note and ": 6: " in note]
    assert note.endswith("Broken, Busy, Dead, Forbidden, Numbers Only, Slow")
    assert not completeness.complete
    assert not any(
        one.startswith(("broken", "busy", "dead", "forbidden", "numbers", "slow", "nobody"))
        for one in accounts
    )
    assert [table.rows for table in completeness.tables] == [len(KINDS) + 3]


@pytest.mark.parametrize("kind", REPORTS)
def test_the_site_that_knows_everybody_is_dropped_by_the_controls(runs: Runs, kind: str) -> None:
    accounts, _, completeness = read(runs.report(PERSON, kind), runs.controls("csv"))
    assert accounts - {f"alike:{PERSON}"} == KNOWS
    (note,) = [note for note in completeness.notes if "dropped" in note and "found a control" in note]
    assert "Everybody (3 of 3 controls; accounts dropped: 1)" in note
    assert not [note for note in completeness.notes if "unverified" in note]
    assert len(completeness.controls) == 3


def test_json_controls_drop_the_same_site_and_leave_the_others_unverified(runs: Runs) -> None:
    accounts, _, completeness = read(runs.report(PERSON, "simple"), runs.controls("ndjson"))
    assert accounts == KNOWS
    (note,) = [note for note in completeness.notes if "unverified" in note]
    assert note.endswith("2: Page, Profile")


def test_a_search_is_screened_from_its_file_to_the_store(runs: Runs, tmp_path: Path) -> None:
    path = runs.report(PERSON, "csv")
    with ListStore.open(tmp_path / "lists") as store:
        report = store.ingest(
            path,
            passport(sha256=file_sha256(path), kind="open-source"),
            control=runs.controls("csv"),
        )
        assert report.accounts == 3  # with the one that CSV cannot tell from a finding
        assert store.check().faults == ()
