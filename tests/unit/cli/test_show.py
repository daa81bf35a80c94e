"""``vetting show``, from a folder of results to what is printed."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.small_lists import screening

from vetting.cli import main
from vetting.reports.files import write_screening


@pytest.fixture
def results(tmp_path: Path) -> str:
    write_screening(screening(), tmp_path / "out")
    return str(tmp_path / "out")


def test_the_queue_is_shown_again(
    results: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "160")
    assert main(["show", "--screening", results]) == 0
    printed = capsys.readouterr().out
    assert printed.index("A-17") < printed.index("A-203")
    assert "302 applicants against 1,207 accounts on 1 list: 2 candidates for review." in printed
    assert "Not checked, since the applicant gave none: handle (121)" in printed


def test_a_candidate_is_shown_in_full(results: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", "--screening", results, "--candidate", "2"]) == 0
    printed = capsys.readouterr().out
    assert printed.startswith("Candidate 2: applicant A-203 and account 97")
    assert "marrowgate" in printed
    assert "A-17" not in printed


@pytest.mark.parametrize("number", ["0", "3", "-1"])
def test_a_number_that_no_candidate_has_is_refused(
    results: str, number: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["show", "--screening", results, f"--candidate={number}"]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert f"{results}: has 2 candidates" in printed.err


def test_a_folder_without_results_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", "--screening", str(tmp_path)]) == 2
    assert "Give the folder that `vetting screen` wrote." in capsys.readouterr().err
