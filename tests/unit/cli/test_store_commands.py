"""``vetting store check`` and ``vetting store withdraw``, from a folder to what is printed."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest

import vetting
from vetting.cli import main

DEMO = Path(str(files("vetting") / "demo_data"))


@pytest.fixture
def store(tmp_path: Path) -> Path:
    with vetting.ListStore.open(tmp_path / "lists") as made:
        made.ingest(DEMO / "forum.sql.gz", vetting.ListPassport.read(DEMO / "passport.toml"))
    return tmp_path / "lists"


def test_a_store_without_fault_is_told_in_a_table(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["store", "check", "--store", str(store)]) == 0
    printed = capsys.readouterr()
    assert printed.err == ""
    row = next(line for line in printed.out.splitlines() if "ravensmoot-2018" in line)
    assert row.split()[:2] == ["ravensmoot-2018", "500"]
    assert row.split()[-1] == "yes"
    assert "nothing is wrong" in printed.out


def test_a_list_without_checksums_is_not_verifiable_and_no_fault(
    store: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    next(store.glob("*/checksums.json")).unlink()
    assert main(["store", "check", "--store", str(store)]) == 0
    assert "not verifiable" in " ".join(capsys.readouterr().out.split())


def test_each_fault_is_a_line_on_stderr_with_file_and_remedy(
    store: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shard = next(store.glob("ravensmoot-2018-*"))
    for name in ("keys.npy", "accounts.parquet"):
        (shard / name).write_bytes((shard / name).read_bytes()[:-8])
    assert main(["store", "check", "--store", str(store)]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    lines = printed.err.splitlines()
    assert len(lines) >= 2
    for line in lines:
        assert line.startswith(f"vetting: {shard}")
        assert line.endswith("Withdraw list 'ravensmoot-2018' and ingest its file again.")
    assert main(["store", "check", "--store", str(store), "--list", "nowhere"]) == 2
    assert "no list 'nowhere'" in capsys.readouterr().err


def test_a_withdrawal_says_what_was_removed(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["store", "withdraw", "ravensmoot-2018", "--store", str(store)]) == 0
    printed = capsys.readouterr().out
    assert "ravensmoot-2018 (500 accounts)" in printed
    assert "0 lists" in printed
    assert list(store.glob("ravensmoot*")) == []
    assert main(["store", "withdraw", "ravensmoot-2018", "--store", str(store)]) == 2
    assert "no list 'ravensmoot-2018'" in capsys.readouterr().err
