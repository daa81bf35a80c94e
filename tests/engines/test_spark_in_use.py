"""Spark as people meet it: the command, and the script of the how-to."""

from __future__ import annotations

import runpy
import shutil
from pathlib import Path

import pytest
from tests.spark import ROOT, require_spark

from vetting.cli import main

pytestmark = [
    pytest.mark.spark,
    pytest.mark.filterwarnings("ignore::FutureWarning", "ignore::ResourceWarning"),
]


@pytest.fixture
def demonstration(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the demonstration's roster and its forum in a store."""
    require_spark()
    data = ROOT / "src" / "vetting" / "demo_data"
    for source, target in {
        "roster.csv": "roster.csv",
        "passport.toml": "list.toml",
        "forum.sql.gz": "dump.sql.gz",
    }.items():
        shutil.copyfile(data / source, tmp_path / target)
    monkeypatch.chdir(tmp_path)
    assert main(["ingest", "dump.sql.gz", "--passport", "list.toml", "--store", "lists"]) == 0
    return tmp_path


def test_the_command_writes_the_same_bytes_on_either_engine(demonstration: Path) -> None:
    for engine in ("duckdb", "spark"):
        assert main(["screen", "roster.csv", "--store", "lists", "--out", engine, "--engine", engine]) == 0
    for name in ("candidates.jsonl", "coverage.json"):
        assert (demonstration / "spark" / name).read_bytes() == (demonstration / "duckdb" / name).read_bytes()
    assert (demonstration / "spark" / "candidates.jsonl").read_text(encoding="utf-8").count("\n") > 0


def test_the_script_of_the_how_to_prints_the_queue(
    demonstration: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    runpy.run_path(str(ROOT / "docs" / "how-to" / "screen_on_spark.py"))
    assert main(["screen", "roster.csv", "--store", "lists", "--out", "out"]) == 0
    queue = (demonstration / "out" / "candidates.jsonl").read_text(encoding="utf-8").splitlines()
    printed = [line for line in capsys.readouterr().out.splitlines() if line.startswith("A-")]
    assert len([line for line in printed if len(line.split()) == 3]) >= len(queue) > 0
