"""``vetting graph`` and ``vetting dossier``, from a run's folder to the files."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest

import vetting
from vetting.cli import main

DEMO = Path(str(files("vetting") / "demo_data"))


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    folder = tmp_path_factory.mktemp("run")
    with vetting.ListStore.open(folder / "lists") as store:
        store.ingest(DEMO / "forum.sql.gz", vetting.ListPassport.read(DEMO / "passport.toml"))
        vetting.write_screening(
            vetting.screen(vetting.read_roster(DEMO / "roster.csv"), store), folder / "out"
        )
    return ["--store", str(folder / "lists"), "--screening", str(folder / "out")]


def test_a_dossier_is_one_page_that_runs_nothing(
    run: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "d.html"
    assert main(["dossier", *run, "--candidate", "1", "--out", str(out)]) == 0
    assert capsys.readouterr().out == f"Wrote {out}: the dossier of candidate 1.\n"
    page = out.read_text(encoding="utf-8")
    assert "<h1>Applicant A-041 and account 212</h1>" in page
    assert "<script" not in page
    assert out.stat().st_size < 150_000
    assert out.stat().st_mode & 0o077 == 0


def test_evidence_that_is_left_out_is_said_in_the_terminal_and_cleared_on_the_page(
    run: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "d.html"
    assert main(["dossier", *run, "--candidate", "1", "--without", "1", "--out", str(out)]) == 0
    assert "Without what you left out: " in capsys.readouterr().out
    page = out.read_text(encoding="utf-8")
    assert '<input type="checkbox" id="use-0" autocomplete="off">' in page
    assert '<input type="checkbox" id="use-1" checked autocomplete="off">' in page
    assert main(["dossier", *run, "--candidate", "1", "--without", "99", "--out", str(out)]) == 2
    assert "items of evidence" in capsys.readouterr().err


def test_roster_settled_pairs_and_explore_are_taken(run: list[str], tmp_path: Path) -> None:
    settled = tmp_path / "settled.csv"
    settled.write_text(
        "applicant_id,list_id,account_id,same_person\nA-207,ravensmoot-2018,9999,same_person\n"
        "A-207,ravensmoot-2018,318,different_person\nA-041,ravensmoot-2018,8888,same_person\n"
    )
    out = tmp_path / "d.html"
    words = ["dossier", *run, "--candidate", "2", "--hops", "2", "--settled", str(settled), "--explore"]
    assert main([*words, "--roster", str(DEMO / "roster.csv"), "--out", str(out)]) == 0
    page = out.read_text(encoding="utf-8")
    assert "script-src 'sha256-" in page
    assert "The settled pair of applicant A-207 and account 9999" in page
    assert "8888" not in page, "another applicant's pair"
    assert main([*words, "--roster", str(tmp_path / "none.csv"), "--out", str(out)]) == 2


@pytest.mark.parametrize("command", ["graph", "dossier"])
def test_a_candidate_that_is_not_there_is_refused(
    run: list[str], tmp_path: Path, command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for number in ("0", "99"):
        assert main([command, *run, "--candidate", number, "--out", str(tmp_path / "x.html")]) == 2
        assert "has 7 candidates" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_a_graph_is_cut_to_what_was_asked_for(
    run: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "g.json"
    words = ["graph", *run, "--candidate", "1", "--out", str(out)]
    assert main(words) == 0
    whole = int(capsys.readouterr().out.split(", ")[-1].split()[0])
    for fewer in (["--kind", "messaged"], ["--since", "2017"], ["--until", "2015-03"], ["--hub-cap", "5"]):
        assert main([*words, *fewer]) == 0
        assert int(capsys.readouterr().out.split(", ")[-1].split()[0]) < whole, fewer
    assert main([*words, "--since", "last year"]) == 2
    assert "since" in capsys.readouterr().err


def test_a_graph_as_png(run: list[str], tmp_path: Path) -> None:
    assert main(["graph", *run, "--candidate", "1", "--out", str(tmp_path / "g.png")]) == 0
    assert (tmp_path / "g.png").read_bytes().startswith(b"\x89PNG")


def test_a_folder_that_is_not_there_is_one_line(
    run: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["dossier", *run, "--candidate", "1", "--out", str(tmp_path / "no" / "d.html")]) == 2
    assert capsys.readouterr().err.count("\n") == 1
