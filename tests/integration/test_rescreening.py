"""Later runs: only what is new is screened, and a run that was stopped goes on from where it was."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from tests.engines.test_conformance import people
from tests.holdings import hold

import vetting
from vetting.ingestion import ListStore
from vetting.records.accounts import ListedAccount
from vetting.records.people import Applicant
from vetting.reports.files import read_screening, write_screening

SHOW_ALL = vetting.SurfacingPolicy(include_unsurfaced=True)


def cohort(count: int = 40, *, prefix: str = "A") -> list[Applicant]:
    return [Applicant(id=f"{prefix}-{row}", **one) for row, one in enumerate(people(5, count))]


def put_list(folder: Path, list_id: str, *, seed: int, count: int = 80) -> ListStore:
    """A list of invented accounts, a few of them the cohort's own."""
    theirs = people(seed, count)
    theirs[:6] = people(5, 40)[:6]
    accounts = [ListedAccount(list_id=list_id, account_id=str(row), **one) for row, one in enumerate(theirs)]
    return hold(folder, accounts, list_id=list_id)


def told(screening: vetting.Screening) -> dict[tuple[str, str, str], Any]:
    return {
        (one.applicant_id, one.list_id, one.account_id): (one.bits, one.evidence, one.surfaced)
        for one in screening.candidates
    }


def carried(screening: vetting.Screening) -> dict[str, int]:
    return {one.list_id: one.carried_over for one in screening.coverage.lists}


def test_a_new_list_alone_is_screened_and_gives_what_a_run_over_everything_gives(tmp_path: Path) -> None:
    applicants = cohort()
    store = put_list(tmp_path, "one", seed=11)
    first = vetting.screen(applicants, store, policy=SHOW_ALL)
    put_list(tmp_path, "two", seed=12)
    later = vetting.screen(applicants, store, policy=SHOW_ALL, earlier=first)
    whole = vetting.screen(applicants, store, policy=SHOW_ALL)
    assert carried(later) == {"one": 40, "two": 0}
    assert told(later) == told(whole)
    assert later.unsurfaced == whole.unsurfaced
    assert {key: value for key, value in told(later).items() if key[1] == "one"} == told(first)
    assert any("40 applicants were screened against it before" in note for note in later.coverage.notes)


def test_only_new_and_changed_people_are_screened_and_whoever_is_gone_is_not_carried_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = cohort()
    store = put_list(tmp_path, "one", seed=11)
    first = vetting.screen(before, store, policy=SHOW_ALL)
    changed = evolve(before[1], emails=["somebody.else@example.org"])
    now = [before[0], changed, *before[3:], *cohort(3, prefix="B")]
    screened: list[int] = []
    from vetting import screening as module

    original = module._screened

    def counting(part: Any, matcher: Any) -> Any:
        screened.append(len(part.people))
        return original(part, matcher)

    monkeypatch.setattr(module, "_screened", counting)
    later = vetting.screen(now, store, policy=SHOW_ALL, earlier=first)
    assert screened == [4]
    assert carried(later) == {"one": 38}
    ids = {one.applicant_id for one in later.candidates}
    assert "A-2" not in ids
    assert "B-0" in ids
    same = {key: value for key, value in told(first).items() if key[0] not in {"A-1", "A-2"}}
    assert {
        key: value for key, value in told(later).items() if key[0] in {one.id for one in before} - {"A-1"}
    } == same


def test_another_policy_or_another_file_of_the_list_takes_nothing_over(tmp_path: Path) -> None:
    applicants = cohort()
    store = put_list(tmp_path / "a", "one", seed=11)
    first = vetting.screen(applicants, store)
    other = vetting.SurfacingPolicy(expected_prevalence=0.01)
    assert carried(vetting.screen(applicants, store, policy=other, earlier=first)) == {"one": 0}
    lists = tuple(evolve(one, sha256="cd" * 32) for one in first.coverage.lists)
    elsewhere = evolve(first, coverage=evolve(first.coverage, lists=lists))
    assert carried(vetting.screen(applicants, store, earlier=elsewhere)) == {"one": 0}
    assert carried(vetting.screen(applicants, store, earlier=first)) == {"one": 40}


def test_what_was_written_serves_as_the_earlier_run_and_gives_the_same_bytes(tmp_path: Path) -> None:
    applicants = cohort()
    store = put_list(tmp_path / "lists", "one", seed=11)
    write_screening(vetting.screen(applicants, store), tmp_path / "first", store=store)
    earlier = read_screening(tmp_path / "first")
    for name in ("second", "third"):
        write_screening(vetting.screen(applicants, store, earlier=earlier), tmp_path / name, store=store)
    files = {
        name: (tmp_path / "second" / name).read_bytes() for name in ("candidates.jsonl", "screened.json")
    }
    assert files == {name: (tmp_path / "first" / name).read_bytes() for name in files}
    for path in (tmp_path / "second").iterdir():
        assert path.read_bytes() == (tmp_path / "third" / path.name).read_bytes()


def test_an_earlier_folder_of_an_older_version_takes_nothing_over(tmp_path: Path) -> None:
    store = put_list(tmp_path / "lists", "one", seed=11)
    write_screening(vetting.screen(cohort(), store), tmp_path / "out", store=store)
    (tmp_path / "out" / "screened.json").unlink()
    assert carried(vetting.screen(cohort(), store, earlier=read_screening(tmp_path / "out"))) == {"one": 0}
    (tmp_path / "out" / "screened.json").write_text("[]")
    with pytest.raises(vetting.InputError, match="not what a screening run writes"):
        read_screening(tmp_path / "out")


def test_a_run_that_failed_goes_on_from_its_finished_lists(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    applicants = cohort(120)
    store = put_list(tmp_path / "lists", "one", seed=11)
    put_list(tmp_path / "lists", "two", seed=12)
    parts = tmp_path / "parts"
    whole = vetting.screen(applicants, store)
    from vetting import screening as module

    original = module._screened

    def failing(part: Any, matcher: Any) -> Any:
        if part.shard.list_id == "two":
            raise KeyboardInterrupt
        return original(part, matcher)

    monkeypatch.setattr(module, "_screened", failing)
    with pytest.raises(KeyboardInterrupt):
        vetting.screen(applicants, store, checkpoint=parts)
    assert len(list(parts.iterdir())) == 1
    done: list[str] = []

    def counting(part: Any, matcher: Any) -> Any:
        done.append(part.shard.list_id)
        return original(part, matcher)

    monkeypatch.setattr(module, "_screened", counting)
    again = vetting.screen(applicants, store, checkpoint=parts)
    assert done == ["two"]
    assert again.candidates == whole.candidates
    assert json.dumps(again.coverage.as_dict()) == json.dumps(whole.coverage.as_dict())
    assert not parts.exists()


def test_parts_of_another_roster_or_half_written_ones_are_not_taken_up(tmp_path: Path) -> None:
    store = put_list(tmp_path / "lists", "one", seed=11)
    parts = tmp_path / "parts"
    parts.mkdir()
    (parts / "0000.json").write_text("{}")
    whole = vetting.screen(cohort(), store)
    assert vetting.screen(cohort(), store, checkpoint=parts) == whole
    assert not parts.exists()


SCREEN = """
import os, resource, signal, sys
from vetting import screening
from vetting.cli import main
way, roster, store, out = sys.argv[1:]
if way == "kill":
    screening._accidents = lambda *given: os.kill(os.getpid(), signal.SIGKILL)
if way == "full":
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))
sys.exit(main(["screen", roster, "--store", store, "--out", out]))
"""


def command(way: str, folder: Path, out: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", SCREEN, way, str(folder / "roster.csv"), str(folder / "lists"), str(out)],
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def place(tmp_path: Path) -> Path:
    put_list(tmp_path / "lists", "one", seed=11)
    rows = [
        f"A-{row},{one['handles'][0] if one['handles'] else ''},{''.join(one['emails'])}"
        for row, one in enumerate(people(5, 40))
    ]
    (tmp_path / "roster.csv").write_text("\n".join(["id,handle,email", *rows]) + "\n", encoding="utf-8")
    return tmp_path


def test_a_killed_command_goes_on_and_ends_with_the_same_bytes(place: Path) -> None:
    assert command("", place, place / "whole").returncode == 0
    assert command("kill", place, place / "out").returncode == -9
    assert (place / "out" / ".unfinished").is_dir()
    assert not (place / "out" / "candidates.jsonl").exists()
    again = command("", place, place / "out")
    assert again.returncode == 0
    assert "Going on with a run that was stopped" in again.stderr
    wanted = {path.name: path.read_bytes() for path in (place / "whole").iterdir()}
    assert {path.name: path.read_bytes() for path in (place / "out").iterdir()} == wanted


def test_a_full_disk_is_a_clear_error_and_leaves_nothing_half_written(place: Path) -> None:
    done = command("full", place, place / "out")
    assert done.returncode == 2
    assert "cannot be written" in done.stderr
    assert "Traceback" not in done.stderr
    assert [path.name for path in (place / "out").rglob("*") if path.is_file()] == []


def test_only_what_is_new_is_screened_by_the_command(place: Path) -> None:
    from vetting.cli import main

    arguments = ["screen", str(place / "roster.csv"), "--store", str(place / "lists"), "--out"]
    assert main([*arguments, str(place / "first")]) == 0
    put_list(place / "lists", "two", seed=12)
    assert main([*arguments, str(place / "later"), "--since", str(place / "first")]) == 0
    assert carried(read_screening(place / "later")) == {"one": 40, "two": 0}
    assert main([*arguments, str(place / "later"), "--since", str(place / "nowhere")]) == 2


def test_progress_goes_from_nothing_to_all_and_names_the_lists(tmp_path: Path) -> None:
    store = put_list(tmp_path, "one", seed=11)
    put_list(tmp_path, "two", seed=12)
    seen: list[tuple[str, int, int]] = []
    vetting.screen(cohort(120), store, progress=lambda *step: seen.append(step))
    done = [step[1] for step in seen]
    assert done == sorted(done)
    assert (done[0], seen[-1][1]) == (0, seen[-1][2])
    assert [name for name in dict.fromkeys(step[0] for step in seen) if name] == ["one", "two"]
