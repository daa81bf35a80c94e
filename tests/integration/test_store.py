"""The store under attack: killed writers, two writers, readers meanwhile, a full disk, damaged files."""

from __future__ import annotations

import errno
import hashlib
import importlib
import json
import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq
import pytest
from tests.holdings import passport

from vetting.errors import (
    HashMismatchError,
    InputError,
    ListExistsError,
    StoreError,
    StoreFormatError,
    TableError,
    VettingError,
)
from vetting.ingestion import ListStore
from vetting.records.passports import ListPassport
from vetting.records.people import Applicant
from vetting.screening import screen
from vetting.store import folder as folder_module

ROOT = Path(__file__).parents[2]
ENVIRONMENT = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)])}
APPLICANT = Applicant(id="A-17", emails="person7@example.org", names="Maren Quillmere")


def write_csv(path: Path, rows: int = 50, *, salt: str = "") -> Path:
    lines = ["id,username,email,name"]
    lines += [f"{n},oakmarrow{n}{salt},person{n}@example.org,Tilda Thornwick" for n in range(rows)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def describe(path: Path, list_id: str = "forum-2019", **changes: Any) -> ListPassport:
    return passport(id=list_id, sha256=hashlib.sha256(path.read_bytes()).hexdigest(), **changes)


def content(folder: Path) -> dict[str, bytes]:
    """What the store holds; the lock file is no content."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != ".writing"
    }


def left_over(store: ListStore) -> list[str]:
    """Names in the store that are neither a held list, nor the manifest, nor the lock."""
    known = {"manifest.json", ".writing", *(held.folder for held in store.lists())}
    return sorted(path.name for path in store.path.iterdir() if path.name not in known)


def start(code: str, *arguments: object) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(code), *map(str, arguments)],
        env=ENVIRONMENT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


INGEST = """
    import sys
    from vetting.ingestion import ListStore
    from vetting.records.passports import ListPassport
    store, source, about = sys.argv[1:4]
    {hook}
    with ListStore.open(store) as opened:
        opened.ingest(source, ListPassport.read(about))
    print("done")
"""
# What is replaced by sudden death, and after how many calls of it.
MOMENTS = {
    "before the first table": ("vetting.store.writing.pq", "write_table", 0),
    "between two tables": ("vetting.store.writing.pq", "write_table", 1),
    "while batches are put down": ("vetting.store.spool", "AccountRows", 0),
    "while a range is written": ("vetting.store.ranges", "value_table", 0),
    "while keys are merged": ("vetting.store.key_runs.KeyRuns", "merge", 0),
    "while arrays are written": ("vetting.store.writing.np", "save", 1),
    "before the passport": ("vetting.ingestion", "write_papers", 0),
    "while the shard is flushed": ("vetting.store.folder", "_flush", 3),
    "between the shard and the manifest": ("vetting.store.folder.ShardFolder", "_replace_manifest", 0),
    "while the manifest is flushed": ("vetting.store.folder.Path", "replace", 0),
}


def dying(place: str, name: str, after: int) -> str:
    """Code that lets a function run so many times, and then kills the process as SIGKILL does."""
    module, _, attribute = place.rpartition(".")
    # modules that are imported under a short name, or classes: fetch the owner through its module
    return textwrap.dedent(
        f"""
        import importlib, os, signal
        try:
            owner = importlib.import_module({place!r})
        except ImportError:
            owner = getattr(importlib.import_module({module!r}), {attribute!r})
        real, calls = getattr(owner, {name!r}), []
        def hooked(*given, **named):
            calls.append(1)
            if len(calls) > {after}:
                os.kill(os.getpid(), signal.SIGKILL)
            return real(*given, **named)
        setattr(owner, {name!r}, hooked)
        """
    ).replace("\n", "\n    ")


@pytest.fixture
def held(tmp_path: Path) -> ListStore:
    """A store with one list."""
    source = write_csv(tmp_path / "first.csv")
    store = ListStore.open(tmp_path / "lists")
    store.ingest(source, describe(source, "first-list"))
    return store


@pytest.mark.parametrize("moment", list(MOMENTS))
def test_a_killed_ingest_leaves_the_store_as_it_was_and_the_next_one_succeeds_and_sweeps(
    held: ListStore, tmp_path: Path, moment: str
) -> None:
    source = write_csv(tmp_path / "second.csv", salt="x")
    about = tmp_path / "second.toml"
    about.write_text(describe(source, "second-list").to_toml(), encoding="utf-8")
    lists, first = held.lists(), content(held.path / held.lists()[0].folder)

    process = start(INGEST.format(hook=dying(*MOMENTS[moment])), held.path, source, about)
    out, error = process.communicate(timeout=60)
    assert process.returncode == -signal.SIGKILL, (out, error)

    with ListStore.open(held.path) as after:
        assert after.lists() == lists
        assert content(after.path / lists[0].folder) == first
        assert screen(APPLICANT, after).surfaced
        report = after.ingest(source, ListPassport.read(about))
        assert not report.already_held
        assert [one.id for one in after.lists()] == ["first-list", "second-list"]
        assert len({one.list_id for one in screen(APPLICANT, after).surfaced}) == 2
        assert left_over(after) == []


@pytest.mark.parametrize(
    "moment", ["before the manifest", "before the folder is moved", "while it is removed"]
)
def test_a_killed_withdrawal_either_happened_or_did_not_and_the_next_writer_removes_the_rest(
    held: ListStore, tmp_path: Path, moment: str
) -> None:
    place = {
        "before the manifest": ("vetting.store.folder.ShardFolder", "_replace_manifest", 0),
        "before the folder is moved": ("vetting.store.folder.Path", "rename", 0),
        "while it is removed": ("vetting.store.folder.shutil", "rmtree", 0),
    }[moment]
    code = f"""
    import sys
    from vetting.ingestion import ListStore
    {dying(*place)}
    ListStore.open(sys.argv[1]).withdraw("first-list")
    """
    process = start(code, held.path)
    process.communicate(timeout=60)
    assert process.returncode == -signal.SIGKILL
    with ListStore.open(held.path) as after:
        for one in after.lists():
            assert after.shard(one.id).size == 50
        source = write_csv(tmp_path / "second.csv", salt="x")
        after.ingest(source, describe(source, "second-list"))
        assert left_over(after) == []


def test_two_processes_that_ingest_at_once_both_succeed(tmp_path: Path) -> None:
    running = []
    for name in ("one", "two", "three"):
        source = write_csv(tmp_path / f"{name}.csv", 400, salt=name)
        about = tmp_path / f"{name}.toml"
        about.write_text(describe(source, f"list-{name}").to_toml(), encoding="utf-8")
        running.append(start(INGEST.format(hook=""), tmp_path / "lists", source, about))
    for process in running:
        _, error = process.communicate(timeout=120)
        assert process.returncode == 0, error
    with ListStore.open(tmp_path / "lists") as store:
        assert [one.id for one in store.lists()] == ["list-one", "list-three", "list-two"]
        assert all(store.shard(one.id).size == 400 for one in store.lists())
        assert left_over(store) == []


READER = """
    import sys, time
    from vetting.ingestion import ListStore
    from vetting.records.people import Applicant
    from vetting.screening import screen
    applicant = Applicant(id="A-17", emails="person7@example.org")
    until, runs, seen = time.monotonic() + float(sys.argv[2]), 0, set()
    print("reading", flush=True)
    while time.monotonic() < until:
        with ListStore.open(sys.argv[1]) as store:
            found = screen(applicant, store, lists=["first-list"])
        assert [one.account_id for one in found.surfaced] == ["7"], found.surfaced
        seen.add(len(found.coverage.lists_not_tried))
        runs += 1
    print(runs, sorted(seen))
"""


def test_readers_in_another_process_keep_reading_while_lists_come_and_go(
    held: ListStore, tmp_path: Path
) -> None:
    source = write_csv(tmp_path / "second.csv", 2_000, salt="x")
    about = describe(source, "second-list")
    reader = start(READER, held.path, 4)
    assert reader.stdout
    assert reader.stdout.readline() == "reading\n"
    until = time.monotonic() + 3
    while time.monotonic() < until:
        held.ingest(source, about)
        held.withdraw("second-list")
    out, error = reader.communicate(timeout=60)
    assert reader.returncode == 0, error
    assert int(out.split()[0]) >= 2


def test_a_reader_that_has_read_a_list_keeps_what_it_has_after_the_list_was_withdrawn(
    held: ListStore,
) -> None:
    with ListStore.open(held.path) as reader:
        before = screen(APPLICANT, reader).candidates
        shard = reader.shard("first-list")
        held.withdraw("first-list")
        assert shard.size == 50
        assert shard.account(7).emails[0].value == "person7@example.org"
        assert shard.keys.sum() != 0
        assert before
        assert screen(APPLICANT, reader).candidates == ()
        assert screen(APPLICANT, reader).coverage.lists == ()


def test_the_same_file_twice_changes_nothing_and_says_so(held: ListStore, tmp_path: Path) -> None:
    before = content(held.path)
    report = held.ingest(tmp_path / "first.csv", describe(tmp_path / "first.csv", "first-list"))
    assert report.already_held
    assert report.accounts == 50
    assert report.counts is None
    assert content(held.path) == before


def test_another_file_under_the_same_id_is_refused_until_the_first_is_withdrawn(
    held: ListStore, tmp_path: Path
) -> None:
    source = write_csv(tmp_path / "other.csv", 7)
    before = content(held.path)
    with pytest.raises(ListExistsError, match="first-list"):
        held.ingest(source, describe(source, "first-list"))
    assert content(held.path) == before
    held.withdraw("first-list")
    assert held.ingest(source, describe(source, "first-list")).accounts == 7
    assert screen(APPLICANT, held).candidates == ()


def test_a_file_that_the_passport_does_not_describe_is_not_read(held: ListStore, tmp_path: Path) -> None:
    source = write_csv(tmp_path / "other.csv", 7)
    about = describe(source, "second-list")
    source.write_text(source.read_text() + "8,late,late@example.org,Late\n", encoding="utf-8")
    before = content(held.path)
    with pytest.raises(HashMismatchError) as caught:
        held.ingest(source, about)
    assert "late@" not in str(caught.value)
    assert content(held.path) == before


@pytest.mark.parametrize("text", ["", "\n\n", "shoe size,colour\n44,red\n"])
def test_a_file_that_cannot_be_read_leaves_the_store_as_it_was(
    held: ListStore, tmp_path: Path, text: str
) -> None:
    source = tmp_path / "useless.csv"
    source.write_text(text, encoding="utf-8")
    before = content(held.path)
    with pytest.raises((TableError, VettingError)):
        held.ingest(source, describe(source, "second-list"))
    assert content(held.path) == before
    assert left_over(held) == []


def test_a_store_of_another_format_version_is_refused_and_not_touched(
    held: ListStore, tmp_path: Path
) -> None:
    manifest = held.path / "manifest.json"
    manifest.write_text(json.dumps({**json.loads(manifest.read_text()), "format": 99}), encoding="utf-8")
    before = content(held.path)
    source = write_csv(tmp_path / "second.csv", 3)
    with pytest.raises(StoreFormatError, match="99"):
        ListStore.open(held.path)
    with pytest.raises(StoreFormatError):
        held.ingest(source, describe(source, "second-list"))
    assert content(held.path) == before


@pytest.mark.parametrize(
    "part",
    [
        "accounts.parquet",
        "identifiers.parquet",
        "keys.npy",
        "key_rows.npy",
        "passport.toml",
        "completeness.json",
    ],
)
@pytest.mark.parametrize("damage", [b"", b"\x00" * 64, b"PAR1 but no more PAR1"])
def test_a_damaged_shard_is_a_clear_error_when_it_is_screened(
    held: ListStore, part: str, damage: bytes
) -> None:
    (held.path / held.lists()[0].folder / part).write_bytes(damage)
    with ListStore.open(held.path) as store, pytest.raises(VettingError) as caught:
        screen(APPLICANT, store)
    assert "\n" not in str(caught.value)
    assert "person7@" not in str(caught.value)


def test_a_damaged_shard_can_be_withdrawn_and_ingested_again(held: ListStore, tmp_path: Path) -> None:
    for path in (held.path / held.lists()[0].folder).iterdir():
        if path.is_file():
            path.write_bytes(b"")
    with ListStore.open(held.path) as store:
        store.withdraw("first-list")
        store.ingest(tmp_path / "first.csv", describe(tmp_path / "first.csv", "first-list"))
        assert screen(APPLICANT, store).surfaced


def full_disk(*_given: object, **_named: object) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


FULL = {
    "a table": (pq, "write_table"),
    "an array": (np, "save"),
    "the papers": (json, "dumps"),
    "the manifest": (folder_module.ShardFolder, "_replace_manifest"),
}


@pytest.mark.parametrize("part", list(FULL))
def test_a_full_disk_leaves_the_store_as_it_was(
    held: ListStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, part: str
) -> None:
    source = write_csv(tmp_path / "second.csv", 30, salt="x")
    about = describe(source, "second-list")
    before = content(held.path)
    with monkeypatch.context() as patched, pytest.raises((OSError, StoreError)) as caught:
        patched.setattr(*FULL[part], full_disk)
        held.ingest(source, about)
    assert "person7@" not in str(caught.value)
    assert content(held.path) == before
    assert held.ingest(source, about).accounts == 30
    assert left_over(held) == []


def test_a_full_disk_is_an_error_of_ours_that_says_what_to_do(
    held: ListStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = write_csv(tmp_path / "second.csv", 3)
    monkeypatch.setattr(pq, "write_table", full_disk)
    with pytest.raises(StoreError):
        held.ingest(source, describe(source, "second-list"))


def test_a_source_that_fails_half_way_is_told_from_a_store_that_cannot_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_csv(tmp_path / "list.csv")
    store = ListStore.open(tmp_path / "lists")

    class Failing:
        completeness = None

        def batches(self) -> Any:
            raise OSError(errno.EIO, "Input/output error")
            yield

    monkeypatch.setattr("vetting.ingestion.read_list", lambda *_given, **_named: Failing())
    with pytest.raises(InputError, match="cannot be read to its end"):
        store.ingest(path, describe(path))
    assert store.lists() == ()
    assert left_over(store) == []


def test_a_worker_that_dies_is_a_store_error_and_leaves_the_store_as_it_was(
    held: ListStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = write_csv(tmp_path / "second.csv", salt="x")
    before = sorted(held.path.iterdir())
    (tmp_path / "dying_jobs.py").write_text("import os\ndef die(region, spooled):\n    os._exit(9)\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr("vetting.store.writing.work_out", importlib.import_module("dying_jobs").die)
    held.workers = 2
    with pytest.raises(StoreError, match=r"ended with status 9.*as it was"):
        held.ingest(source, describe(source, "second-list"))
    assert sorted(held.path.iterdir()) == before
    monkeypatch.undo()
    assert held.ingest(source, describe(source, "second-list")).accounts
