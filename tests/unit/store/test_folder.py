from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.holdings import hold

from vetting.errors import StoreError, StoreFormatError, UnknownListError
from vetting.records.accounts import ListedAccount
from vetting.store.folder import ShardFolder
from vetting.store.layout import FORMAT_VERSION

ACCOUNT = ListedAccount(list_id="l", account_id="41", handles="vornskald")


def hidden(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir() if path.name.startswith(".")} - {".writing"}


def test_a_new_store_is_an_empty_folder_that_holds_no_list(tmp_path: Path) -> None:
    with ShardFolder.open(tmp_path / "a" / "b") as store:
        assert store.lists() == ()
    assert (tmp_path / "a" / "b").is_dir()


def test_lists_are_held_by_id_until_they_are_withdrawn(tmp_path: Path) -> None:
    hold(tmp_path, [ACCOUNT], list_id="b-list")
    store = hold(tmp_path, [ACCOUNT, ACCOUNT], list_id="a-list")
    assert [held.id for held in store.lists()] == ["a-list", "b-list"]
    assert store.held("b-list").accounts == store.shard("b-list").size == 1
    folder = tmp_path / store.held("a-list").folder
    store.withdraw("a-list")
    assert [held.id for held in store.lists()] == ["b-list"]
    assert not folder.exists()
    assert hidden(tmp_path) == set()
    assert "vornskald" not in "".join(
        path.read_text(encoding="latin-1")
        for path in tmp_path.rglob("*")
        if path.is_file() and "a-list" in str(path)
    )


def test_a_list_that_is_not_held_is_named_in_the_error(tmp_path: Path) -> None:
    store = ShardFolder.open(tmp_path)
    for ask in (store.held, store.shard, store.withdraw):
        with pytest.raises(UnknownListError, match="no-such-list"):
            ask("no-such-list")


def test_a_shard_is_opened_once_and_anew_after_it_was_replaced(tmp_path: Path) -> None:
    store = hold(tmp_path, [ACCOUNT])
    first = store.shard("forum-2019")
    assert store.shard("forum-2019") is first
    store.withdraw("forum-2019")
    again = hold(tmp_path, [ACCOUNT, ListedAccount(list_id="l", account_id="42")])
    assert again.shard("forum-2019").size == 2
    assert store.shard("forum-2019").size == 2


def test_a_second_list_of_the_same_id_is_not_admitted_and_leaves_nothing(tmp_path: Path) -> None:
    store = hold(tmp_path, [ACCOUNT])
    before = sorted(path.name for path in tmp_path.iterdir())
    with pytest.raises(StoreError, match="forum-2019"):
        hold(tmp_path, [ACCOUNT])
    assert sorted(path.name for path in tmp_path.iterdir()) == before
    assert store.shard("forum-2019").size == 1


def test_an_error_while_a_shard_is_written_leaves_nothing(tmp_path: Path) -> None:
    store = ShardFolder.open(tmp_path)
    with pytest.raises(RuntimeError, match="stop"), store.new_shard() as incoming:
        (incoming / "part").write_text("x")
        raise RuntimeError("stop")
    assert hidden(tmp_path) == set()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b"{}",
        b'{"format": 2}',
        b"not json",
        b"\xff\xfe",
        b'{"format": FORMAT_VERSION, "lists": [{"id": "x"}]}',
        b'{"format": FORMAT_VERSION, "lists": 3}',
    ],
)
def test_what_is_no_manifest_is_a_store_format_error(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "manifest.json").write_bytes(content)
    with pytest.raises(StoreFormatError, match=r"manifest\.json"):
        ShardFolder.open(tmp_path)


@pytest.mark.parametrize("version", [0, 1, 2, 4, "3", None])
def test_a_store_of_another_format_is_refused(tmp_path: Path, version: object) -> None:
    (tmp_path / "manifest.json").write_text(json.dumps({"format": version, "lists": []}))
    with pytest.raises(StoreFormatError, match="format"):
        ShardFolder.open(tmp_path)


def test_a_later_format_is_named_even_if_its_entries_are_unknown(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text(json.dumps({"format": 7, "lists": [{"name": "x", "parts": []}]}))
    with pytest.raises(StoreFormatError, match="format 7"):
        ShardFolder.open(tmp_path)


def test_a_file_is_no_store(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(StoreError, match="folder"):
        ShardFolder.open(tmp_path / "file")


def test_the_sweep_removes_what_dead_writers_left_and_spares_the_living(tmp_path: Path) -> None:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    store = hold(tmp_path, [ACCOUNT])
    dead, living, left = (
        tmp_path / name
        for name in (f".incoming-{ended.pid}-ab", f".incoming-{os.getpid()}-cd", ".withdrawn-ef")
    )
    for folder in (dead, living, left):
        folder.mkdir()
        (folder / "part").write_text("x")
    store.sweep()
    assert not dead.exists()
    assert not left.exists()
    assert living.exists()
    assert store.shard("forum-2019").size == 1


def test_the_sweep_removes_folders_that_no_manifest_names(tmp_path: Path) -> None:
    """A writer killed between renaming a shard and naming it, or a withdrawal between the two."""
    store = hold(tmp_path, [ACCOUNT])
    folder = tmp_path / store.held("forum-2019").folder
    (tmp_path / "manifest.json").write_text(json.dumps({"format": FORMAT_VERSION, "lists": []}))
    store.sweep()
    assert not folder.exists()


def test_the_sweep_removes_manifests_that_were_never_renamed(tmp_path: Path) -> None:
    store = hold(tmp_path, [ACCOUNT])
    (tmp_path / ".manifest.json-0123abcd").write_text("{}")
    store.sweep()
    assert hidden(tmp_path) == set()
