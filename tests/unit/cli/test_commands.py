"""``vetting forecast`` and ``vetting fairness``, from a file to what is printed."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest

import vetting
from vetting.cli import main

DEMO = Path(str(files("vetting") / "demo_data"))


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("lists")
    with vetting.ListStore.open(folder) as made:
        made.ingest(DEMO / "forum.sql.gz", vetting.ListPassport.read(DEMO / "passport.toml"))
    return str(folder)


def test_a_forecast_is_printed_and_repeated_by_its_seed(
    store: str, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["forecast", str(DEMO / "roster.csv"), "--store", store, "--decoys", "300", "--seed", "2"]
    assert main(words) == 0
    printed = capsys.readouterr().out
    assert "300 decoys, invented people who cannot be on any list, screened in 1 cohort of 300." in printed
    assert main(words) == 0
    assert capsys.readouterr().out == printed


def test_a_forecast_takes_a_policy_and_a_list(
    store: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    policy = tmp_path / "policy.toml"
    policy.write_text("expected_prevalence = 0.0002\n")
    words = ["forecast", str(DEMO / "roster.csv"), "--store", store, "--decoys", "1", "--policy", str(policy)]
    assert main(words) == 0
    assert "1 in 5,000 applicants" in capsys.readouterr().out
    assert main([*words, "--list", "nowhere"]) == 2
    assert "no list 'nowhere'" in capsys.readouterr().err


def test_error_rates_are_printed_by_column_and_by_script(
    store: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    decoys = tmp_path / "decoys.csv"
    decoys.write_text(
        "id,name,e-mail,Name origin\n"
        + "".join(
            f"D-{row},Maren Vale,kq{row}@example.net,{'north' if row % 3 else 'south'}\n" for row in range(30)
        ),
        encoding="utf-8",
    )
    words = ["fairness", str(decoys), "--store", store]
    assert main([*words, "--group", "name origin"]) == 0
    rows = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert ["north", "20", "0", "0.0", "0.0", "to", "1,844.4"] in rows
    assert ["south", "10", "0", "0.0", "0.0", "to", "3,688.9"] in rows
    assert main(words) == 0
    assert "Latin" in capsys.readouterr().out
    assert main([*words, "--group", "region"]) == 2
    assert "no column has that header" in capsys.readouterr().err
