"""Controls are of the same tool, about three made-up handles at least, and a list remembers by which it was judged."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.holdings import passport
from tests.reader_seeds import SEEDS

from vetting.cli import main
from vetting.errors import InputError, OtherControlsError
from vetting.ingestion import ListStore
from vetting.readers import read_list
from vetting.readers.exports.controls import hashes_of
from vetting.readers.files import file_sha256
from vetting.readers.inspect import inspect

HEAD = "username,name,url_main,url_user,exists,http_status,error_reason\n"


def report(path: Path, handle: str, **sites: str) -> Path:
    lines = [
        f"{handle},{site},https://example.org,https://example.org/{handle},{status},200,\n"
        for site, status in sites.items()
    ]
    path.write_text(HEAD + "".join(lines))
    return path


@pytest.fixture
def found(tmp_path: Path) -> Path:
    return report(tmp_path / "list.csv", "vornskald_7", Chess="Claimed", Everybody="Claimed", New="Claimed")


@pytest.fixture
def controls(tmp_path: Path) -> list[Path]:
    return [
        report(
            tmp_path / f"control{n}.csv", handle, Chess="Available", Everybody="Claimed" if n else "Unknown"
        )
        for n, handle in enumerate(("qzkfjw81xv", "wpxtrl40dy", "hbvnzq66kc"))
    ]


def accounts(path: Path, control: list[Path]) -> tuple[set[str], tuple[str, ...]]:
    reading = read_list(path, control=control)
    ids = {
        row["account_id"]
        for batch in reading.batches()
        if batch.table == "accounts"
        for row in batch.rows.to_pylist()
    }
    return ids, reading.completeness.notes


def test_without_a_control_everything_is_kept_and_the_list_says_that_nothing_was_tried(found: Path) -> None:
    ids, notes = accounts(found, [])
    assert ids == {"chess:vornskald_7", "everybody:vornskald_7", "new:vornskald_7"}
    assert [note for note in notes if "no control was given" in note]


def test_a_site_that_finds_any_control_is_dropped_and_one_that_no_control_asked_is_unverified(
    found: Path, controls: list[Path]
) -> None:
    ids, notes = accounts(found, controls)
    assert ids == {"chess:vornskald_7", "new:vornskald_7"}
    assert [note for note in notes if "Everybody (2 of 3 controls; accounts dropped: 1)" in note]
    assert [note for note in notes if "unverified" in note and note.endswith("1: New")]
    assert not [note for note in notes if "no control was given" in note]


def test_one_control_file_may_be_about_all_the_handles(
    found: Path, controls: list[Path], tmp_path: Path
) -> None:
    whole = tmp_path / "controls.csv"
    whole.write_text(HEAD + "".join(one.read_text().removeprefix(HEAD) for one in controls))
    assert accounts(found, [whole])[0] == accounts(found, controls)[0]


def test_fewer_than_three_handles_are_refused_however_many_files_there_are(
    found: Path, controls: list[Path], tmp_path: Path
) -> None:
    again = report(tmp_path / "again.csv", "QZKFJW81XV", Chess="Available")
    with pytest.raises(
        InputError, match=r"about 2 different handles, and at least 3 are needed.*take the CSV"
    ):
        read_list(found, control=[*controls[:2], again, again])


@pytest.mark.parametrize("other", ["Telegram", "CSV", "nothing"])
def test_a_control_that_the_tool_did_not_write_is_refused(
    found: Path, controls: list[Path], tmp_path: Path, other: str
) -> None:
    (tmp_path / "other").write_bytes(b"{}" if other == "nothing" else SEEDS[other][0])
    with pytest.raises(InputError, match="other: this control is no output of maigret"):
        read_list(found, control=[*controls, tmp_path / "other"])


def test_a_control_that_is_cut_short_is_refused(found: Path, controls: list[Path]) -> None:
    controls[0].write_text(controls[0].read_text()[:-40])
    with pytest.raises(InputError, match="ends before its end"):
        read_list(found, control=controls)


@pytest.mark.parametrize("seed", ["Telegram", "CSV", "dump of mybb"])
def test_controls_of_what_is_no_account_finders_output_are_refused(
    controls: list[Path], tmp_path: Path, seed: str
) -> None:
    (tmp_path / "list").write_bytes(SEEDS[seed][0])
    for way in (read_list, inspect):
        with pytest.raises(InputError, match="no account finder's output"):
            way(tmp_path / "list", control=controls)


def test_a_handle_cannot_be_made_up_and_searched_for(
    found: Path, controls: list[Path], tmp_path: Path
) -> None:
    own = report(tmp_path / "own.csv", "VORNSKALD_7", Chess="Available")
    with pytest.raises(InputError, match="a handle of the controls is searched for") as caught:
        accounts(found, [*controls, own])
    assert "vornskald" not in str(caught.value).lower()


def test_the_same_controls_in_another_order_are_the_same_list_and_others_are_not(
    found: Path, controls: list[Path], tmp_path: Path
) -> None:
    about = passport(sha256=file_sha256(found), kind="open-source")
    more = report(tmp_path / "more.csv", "tgmwcb25la", Chess="Available")
    with ListStore.open(tmp_path / "lists") as store:
        assert not store.ingest(found, about, control=controls).already_held
        assert store.ingest(found, about, control=controls[::-1]).already_held
        assert store.shard(about.id).completeness.controls == hashes_of(controls)
        for others in ([], [*controls, more]):
            with pytest.raises(OtherControlsError, match="Withdraw it first"):
                store.ingest(found, about, control=others)
        store.withdraw(about.id)
        assert not store.ingest(found, about).already_held


def test_the_command_takes_controls_at_inspect_and_ingest(
    found: Path, controls: list[Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given = [word for one in controls for word in ("--control", str(one))]
    assert main(["inspect", str(found), *given]) == 0
    assert "2 of 3 controls" in " ".join(capsys.readouterr().out.split())
    about = passport(sha256=file_sha256(found), kind="open-source")
    (tmp_path / "p.toml").write_text(about.to_toml())
    ingest = [
        "ingest",
        str(found),
        "--passport",
        str(tmp_path / "p.toml"),
        "--store",
        str(tmp_path / "lists"),
    ]
    assert main([*ingest, *given]) == 0
    assert "2 of 3 controls" in " ".join(capsys.readouterr().out.split())
    assert main(ingest) == 2
    assert "held already, from this file with other controls" in capsys.readouterr().err
    assert main(["inspect", str(found), "--control", str(controls[0])]) == 2
    assert "at least 3 are needed" in capsys.readouterr().err
