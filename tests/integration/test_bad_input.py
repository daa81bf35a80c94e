"""Commands in processes of their own, given what nobody wishes for: they end well, or with one line that says why."""

from __future__ import annotations

import csv
import hashlib
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from tests.holdings import passport

from vetting.ingestion import ListStore

ROOT = Path(__file__).parents[2]
ENVIRONMENT = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)])}
COMMAND = "import sys; from vetting.cli import main; sys.exit(main(sys.argv[1:]))"
# A file may have so many bytes, as if the disk ended there.
SMALL_DISK = """
import resource, signal, sys
from vetting.cli import main
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]),) * 2)
sys.exit(main(sys.argv[2:]))
"""
SHARERS = 200_000


def start(*arguments: object, code: str = COMMAND) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", code, *map(str, arguments)],
        env=ENVIRONMENT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def run(*arguments: object, code: str = COMMAND) -> tuple[int, str, str]:
    process = start(*arguments, code=code)
    out, error = process.communicate(timeout=120)
    return process.returncode, out, error


def write_list(folder: Path, list_id: str, rows: list[str]) -> tuple[Path, Path]:
    """A member table and its passport."""
    source, about = folder / f"{list_id}.csv", folder / f"{list_id}.toml"
    source.write_text("\n".join(["id,username,email", *rows]) + "\n", encoding="utf-8")
    digest = hashlib.sha256(source.read_bytes()).hexdigest()
    about.write_text(passport(id=list_id, sha256=digest).to_toml(), encoding="utf-8")
    return source, about


def members(count: int, *, salt: str = "") -> list[str]:
    return [f"{row},oakmarrow{row}{salt},person{row}@example.org" for row in range(count)]


def ingesting(folder: Path, list_id: str, rows: list[str]) -> tuple[object, ...]:
    source, about = write_list(folder, list_id, rows)
    return "ingest", source, "--passport", about, "--store", folder / "lists"


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder with a store of one list, ``first``."""
    assert run(*ingesting(tmp_path, "first", members(50)))[0] == 0
    return tmp_path


def content(store: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(store)): path.read_bytes()
        for path in store.rglob("*")
        if path.is_file() and path.name != ".writing"
    }


def one_line(error: str) -> str:
    assert error.startswith("vetting: ")
    assert error.count("\n") == 1, error
    assert "@example" not in error
    return error


@pytest.mark.parametrize("seconds", [0.4, 0.7, 1.0, 1.4])
def test_an_ingest_that_is_killed_from_outside_at_any_time_is_made_good_by_the_next(
    place: Path, seconds: float
) -> None:
    command = ingesting(place, "second", members(20_000, salt="x"))
    process = start(*command)
    time.sleep(seconds)
    process.send_signal(signal.SIGKILL)
    process.communicate(timeout=60)
    with ListStore.open(place / "lists") as store:
        assert store.check().faults == ()
        assert "first" in {one.id for one in store.lists()}
    assert run(*command)[0] == 0
    with ListStore.open(place / "lists") as store:
        assert [(one.id, one.accounts) for one in store.lists()] == [("first", 50), ("second", 20_000)]
        assert store.check().faults == ()
        known = {"manifest.json", ".writing", *(one.folder for one in store.lists())}
        assert {path.name for path in store.path.iterdir()} == known


@pytest.mark.parametrize("limit", [500, 20_000, 200_000])
def test_a_disk_that_is_full_is_told_in_one_line_and_the_store_is_as_it_was(place: Path, limit: int) -> None:
    command = ingesting(place, "second", members(20_000, salt="x"))
    before = content(place / "lists")
    status, _, error = run(limit, *command, code=SMALL_DISK)
    assert status == 2, error
    assert "make room" in one_line(error)
    assert content(place / "lists") == before
    assert run(*command)[0] == 0


def test_two_ingests_of_one_list_at_once_give_that_list_once(place: Path) -> None:
    command = ingesting(place, "second", members(5_000, salt="x"))
    running = [start(*command) for _ in range(3)]
    ended = [(*process.communicate(timeout=120), process.returncode) for process in running]
    assert 0 in {status for _, _, status in ended}
    for _, error, status in ended:
        assert status == 0 or "came into the store while it was being ingested" in one_line(error)
    with ListStore.open(place / "lists") as store:
        assert [(one.id, one.accounts) for one in store.lists()] == [("first", 50), ("second", 5_000)]
        assert store.check().faults == ()


def test_a_store_of_an_older_format_is_refused_with_the_command_that_helps(place: Path) -> None:
    manifest = place / "lists" / "manifest.json"
    manifest.write_text(json.dumps({**json.loads(manifest.read_text()), "format": 1}), encoding="utf-8")
    before = content(place / "lists")
    for command in (["lists"], ["store", "check"], ["withdraw", "first"]):
        status, _, error = run(*command, "--store", place / "lists")
        assert status == 2
        assert "format 1" in error
        assert "vetting ingest FILE --passport P.toml --store NEW" in one_line(error)
    assert content(place / "lists") == before


def screened(place: Path, rows: list[str]) -> dict[str, Any]:
    (place / "roster.csv").write_text("\n".join(["id,handle,email", *rows]) + "\n", encoding="utf-8")
    status, _, error = run("screen", place / "roster.csv", "--store", place / "lists", "--out", place / "out")
    assert status == 0, error
    found: dict[str, Any] = json.loads((place / "out" / "coverage.json").read_text(encoding="utf-8"))
    return found


def test_a_roster_of_nobody_is_refused_in_one_line(place: Path) -> None:
    (place / "roster.csv").write_text("id,handle,email\n", encoding="utf-8")
    status, _, error = run("screen", place / "roster.csv", "--store", place / "lists", "--out", place / "out")
    assert status == 2
    assert f"{place / 'roster.csv'}: no rows below the header." in one_line(error)
    assert not (place / "out").exists()


def test_a_roster_of_one_is_screened(place: Path) -> None:
    assert screened(place, ["A-1,oakmarrow7,person7@example.org"])["applicants"] == 1
    (line,) = (place / "out" / "candidates.jsonl").read_text().splitlines()
    assert json.loads(line)["account_id"] == "7"


def test_a_list_without_an_account_is_held_screened_and_told(place: Path) -> None:
    status, out, error = run(*ingesting(place, "empty", []))
    assert status == 0, error
    assert "List empty is in the store: 0 accounts." in out
    assert "nothing can be screened against this list" in " ".join(out.split())
    coverage = screened(place, ["A-1,oakmarrow7,person7@example.org"])
    accounts = {one["list_id"]: one["accounts"] for one in coverage["lists"]}
    assert accounts == {"first": 50, "empty": 0}
    status, out, error = run("store", "check", "--store", place / "lists")
    assert status == 0, error


def test_one_value_of_very_many_accounts_costs_seconds_and_is_counted(tmp_path: Path) -> None:
    source = tmp_path / "shared.csv"
    with source.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "username", "email"])
        writer.writerows([row, "wanderfalke", "everybody@example.org"] for row in range(SHARERS))
        writer.writerow([SHARERS, "oakmarrow7", "person7@example.org"])
    about = tmp_path / "shared.toml"
    digest = hashlib.sha256(source.read_bytes()).hexdigest()
    about.write_text(passport(id="shared", sha256=digest).to_toml(), encoding="utf-8")
    assert run("ingest", source, "--passport", about, "--store", tmp_path / "lists")[0] == 0
    began = time.monotonic()
    people = [f"A-{row},thornwick{row}q,maren{row}@example.org" for row in range(150)]
    coverage = screened(
        tmp_path,
        [
            *people,
            "A-one,wanderfalke,everybody@example.org",
            "A-two,oakmarrow7,person7@example.org",
        ],
    )
    assert time.monotonic() - began < 30
    (about_list,) = coverage["lists"]
    assert about_list["keys_skipped"] >= 2
    assert about_list["pairs_skipped"] >= 2 * SHARERS
    assert any("very many accounts share" in note for note in coverage["notes"])
    lines = (tmp_path / "out" / "candidates.jsonl").read_text().splitlines()
    assert [json.loads(line)["applicant_id"] for line in lines] == ["A-two"]
