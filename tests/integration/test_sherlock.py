"""Sherlock itself, asking sites on this computer about an invented person: its table and its text are read and agree."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest
from tests.finder_sites import CONTROLS, KINDS, PERSON, finder_sites
from tests.requirements import missing_part
from tests.tool_environment import ToolError, tool_python

from vetting.readers import read_list
from vetting.readers.inspect import inspect

pytestmark = pytest.mark.sherlock

REQUIREMENT = "sherlock-project~=0.16"


def _sites(address: str) -> dict[str, Any]:
    def site(kind: str, **more: Any) -> dict[str, Any]:
        return {
            "url": f"{address}/{kind}/{{}}",
            "urlMain": f"{address}/",
            "errorType": "status_code",
            "username_claimed": PERSON,
            **more,
        }

    sites = {kind.title(): site(kind) for kind in KINDS}
    sites["Page"] = site("page", errorType="message", errorMsg="no such user")
    sites["Dead"] = site("x", url="http://127.0.0.1:9/{}")
    sites["Numbers Only"] = site("profile", regexCheck="^[0-9]+$")
    return sites


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    try:
        python = tool_python(REQUIREMENT)
    except ToolError as error:
        missing_part(f"Sherlock cannot be installed in an environment of its own: {error}")
    folder = tmp_path_factory.mktemp("sherlock")
    environment = {key: value for key, value in os.environ.items() if "proxy" not in key.lower()}
    with finder_sites() as address:
        (folder / "data.json").write_text(json.dumps(_sites(address)))
        running = [
            subprocess.Popen(
                [str(python), "-m", "sherlock_project", handle, "--json", str(folder / "data.json"), "--csv", "--txt", "--print-all",
                 "--no-color", "--timeout", "6", "--folderoutput", str(folder)],
                env={**environment, "HOME": str(folder)}, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
            )
            for handle in (PERSON, *CONTROLS)
        ]  # fmt: skip
        for process in running:  # at the same time: most of it is waiting for the slow site
            said, _ = process.communicate(timeout=240)
            assert process.returncode == 0, said[-2000:]
    return folder


def read(path: Path, control: list[Path] | None = None) -> tuple[set[str], Any]:
    reading = read_list(path, control=control or [])
    accounts: set[str] = set()
    for batch in reading.batches():
        if batch.table == "accounts":
            accounts |= {row["account_id"] for row in batch.rows.to_pylist()}
    return accounts, reading.completeness


@pytest.mark.parametrize("ending", ["csv", "txt"])
def test_each_output_is_known_for_sherlock_s(folder: Path, ending: str) -> None:
    found = inspect(folder / f"{PERSON}.{ending}")
    assert (found.format, found.profile, found.ended_well) == ("account-finder", "sherlock", True)


def test_the_table_s_findings_are_kept_and_blocked_sites_are_not_absent(folder: Path) -> None:
    accounts, about = read(folder / f"{PERSON}.csv")
    assert accounts == {f"{site}:{PERSON}" for site in ("profile", "page", "everybody")}
    (note,) = [note for note in about.notes if "not checked for some handle" in note]
    assert note.endswith("6: Broken, Busy, Dead, Forbidden, Numbers Only, Slow")
    assert not about.complete


def test_without_print_all_the_table_names_findings_only_and_shows_no_absence(
    folder: Path, tmp_path: Path
) -> None:
    lines = (folder / f"{PERSON}.csv").read_text().splitlines(keepends=True)
    # As Sherlock writes it by itself: it leaves the other rows out.
    (tmp_path / "r.csv").write_text(
        "".join(line for line in lines if ",Claimed," in line or line.startswith("username"))
    )
    accounts, about = read(tmp_path / "r.csv")
    assert len(accounts) == 3
    assert not about.complete


def test_the_controls_drop_the_site_that_finds_anybody(folder: Path) -> None:
    accounts, about = read(folder / f"{PERSON}.csv", [folder / f"{handle}.csv" for handle in CONTROLS])
    assert accounts == {f"{site}:{PERSON}" for site in ("profile", "page")}
    assert any("Everybody (3 of 3 controls; accounts dropped: 1)" in note for note in about.notes)


def test_the_text_tells_sites_by_their_hosts_and_shows_no_absence(folder: Path) -> None:
    accounts, about = read(folder / f"{PERSON}.txt")
    host = (folder / f"{PERSON}.txt").read_text().split("/")[2]
    assert accounts == {f"{host}:{PERSON}"}  # all three sites are on one host here
    assert any("no other: absence from it shows nothing" in note for note in about.notes)
