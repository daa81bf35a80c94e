"""A check finds every changed byte, and, without checksums, every index that contradicts itself."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from tests.holdings import hold

import vetting
from vetting.errors import StoreFormatError, UnknownListError
from vetting.records.accounts import ListedAccount
from vetting.store.checksums import read_checksums, shard_files, write_checksums
from vetting.store.folder import ShardFolder
from vetting.store.layout import CHECKSUMS_FILE

DEMO = Path(str(files("vetting") / "demo_data"))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("lists")
    with vetting.ListStore.open(folder) as store:
        store.ingest(DEMO / "forum.sql.gz", vetting.ListPassport.read(DEMO / "passport.toml"))
    return folder


@pytest.fixture
def store(made: Path, tmp_path: Path) -> ShardFolder:
    shutil.copytree(made, tmp_path / "lists")
    return ShardFolder.open(tmp_path / "lists")


def shard_of(store: ShardFolder) -> Path:
    return store.path / store.lists()[0].folder


def test_a_store_as_it_was_written_has_no_fault(store: ShardFolder) -> None:
    found = store.check()
    assert found.faults == ()
    (one,) = found.lists
    on_disk = [path for path in shard_of(store).rglob("*") if path.is_file() and path.name != CHECKSUMS_FILE]
    assert one.verifiable
    assert one.files == len(on_disk)
    assert one.bytes == sum(path.stat().st_size for path in on_disk)


@pytest.mark.parametrize("accounts", [0, 1])
def test_a_list_of_hardly_anything_has_no_fault(tmp_path: Path, accounts: int) -> None:
    one = ListedAccount(list_id="l", account_id="41", handles="vornskald", emails="a@example.org")
    store = hold(tmp_path, [one] * accounts)
    assert store.check().faults == ()
    assert store.check().lists[0].accounts == accounts


def test_every_changed_missing_and_added_file_is_found(store: ShardFolder) -> None:
    shard = shard_of(store)
    for name in shard_files(shard):
        content = (shard / name).read_bytes()
        assert content, name
        (shard / name).write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
        assert [Path(fault.file) for fault in store.check().faults][:1] == [shard / name]
        (shard / name).write_bytes(content)
    (shard / "keys.npy").unlink()
    (shard / "added.npy").write_bytes(b"x")
    told = {Path(fault.file).name: fault.reason for fault in store.check().faults}
    assert told["keys.npy"] == "is missing"
    assert told["added.npy"] == "was not there when the list was ingested"


def test_a_shard_without_checksums_is_not_verifiable_and_not_damaged(store: ShardFolder) -> None:
    (shard_of(store) / CHECKSUMS_FILE).unlink()
    found = store.check()
    assert found.faults == ()
    assert [one.verifiable for one in found.lists] == [False]


def test_damaged_checksums_and_a_missing_shard_are_faults(store: ShardFolder) -> None:
    (shard_of(store) / CHECKSUMS_FILE).write_text("{")
    (fault,) = store.check().faults
    assert Path(fault.file).name == CHECKSUMS_FILE
    with pytest.raises(StoreFormatError):
        read_checksums(shard_of(store))
    shutil.rmtree(shard_of(store))
    (fault,) = store.check().faults
    assert fault.reason == "the shard is missing"
    assert "ingest its file again" in str(fault)


def test_only_the_lists_asked_for_are_checked(store: ShardFolder) -> None:
    assert store.check(lists=[]).lists == ()
    with pytest.raises(UnknownListError):
        store.check(lists=["no-such-list"])


def broken(*changes: tuple[int, Any]) -> Callable[[np.ndarray[Any, Any]], np.ndarray[Any, Any]]:
    def change(array: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
        for place, value in changes:
            array[place] = value
        return array

    return change


def swapped(array: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    return array[::-1].copy()


def shorter(array: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    return array[:-1]


BREAKS: list[tuple[str, Callable[[np.ndarray[Any, Any]], np.ndarray[Any, Any]], str]] = [
    ("keys.npy", swapped, "does not ascend"),
    ("key_rows.npy", broken((3, 500)), "is out of range"),
    ("key_rows.npy", broken((3, -1)), "is out of range"),
    ("key_rows.npy", shorter, "rows instead of"),
    ("keys.npy", lambda array: np.full_like(array, 7), "does not ascend within its key"),
    ("identifier_starts.npy", broken((5, 0)), "where the identifiers"),
    ("identifier_starts.npy", shorter, "rows instead of"),
    ("values/email.owners.npy", swapped, "does not ascend"),
    ("values/email.owners.npy", lambda array: array.astype(np.int64), "kind of numbers"),
    ("values/email.codes.npy", broken((0, 1 << 30)), "is out of range"),
    ("values/name.sources.npy", swapped, "is no identifier of the account"),
    ("values/name.starts.npy", broken((2, 0)), "is no offset"),
    ("values/name.text.npy", shorter, "is no offset"),
    ("postings/grams.npy", swapped, "does not ascend"),
    ("postings/counts.npy", broken((0, 0)), "does not agree with the forms"),
    ("postings/starts.npy", broken((0, 1)), "is no offset"),
    ("postings/forms.npy", broken((0, -1)), "is out of range"),
    ("postings/account_starts.npy", broken((-1, 0)), "is no offset"),
    ("postings/accounts.npy", broken((0, 500)), "is out of range"),
    ("postings/declared.npy", shorter, "rows instead of"),
    ("sketch/names.npy", shorter, "rows instead of"),
    ("sketch/years.npy", lambda array: array[:, None], "kind of numbers"),
    ("frequencies/hashes.npy", swapped, "does not ascend"),
    ("frequencies/counts.npy", broken((0, 0)), "is out of range"),
    ("frequencies/starts.npy", broken((0, 1)), "is no offset"),
    ("neighbours/offsets.npy", shorter, "rows instead of"),
    ("neighbours/offsets.npy", broken((1, 0), (0, 1)), "is no offset"),
    ("neighbours/relations.npy", broken((0, -1)), "is out of range"),
    ("neighbours/relations.npy", swapped, "is no relation of its node"),
]


@pytest.mark.parametrize(("name", "change", "reason"), BREAKS)
def test_an_index_that_contradicts_itself_is_found_without_checksums(
    store: ShardFolder, name: str, change: Callable[[Any], Any], reason: str
) -> None:
    shard = shard_of(store)
    (shard / CHECKSUMS_FILE).unlink()
    before = np.load(shard / name)
    assert len(before) > 3
    np.save(shard / name, change(before.copy()))
    faults = store.check().faults
    told = [f"{Path(fault.file).relative_to(shard)}: {fault.reason}" for fault in faults]
    stem = name.split(".", maxsplit=1)[0]
    assert any(reason in line and (line.startswith(stem) or name == "keys.npy") for line in told), told
    write_checksums(shard)  # nor can new sums make it right
    assert store.check().faults


@pytest.mark.parametrize(
    ("name", "column", "reason"),
    [
        ("accounts.parquet", "account_id", "is out of order"),
        ("identifiers.parquet", "account_row", "is out of order"),
        ("relations.parquet", "target_node", "has an end that there is not"),
    ],
)
def test_a_table_that_contradicts_itself_is_found_without_checksums(
    store: ShardFolder, name: str, column: str, reason: str
) -> None:
    shard = shard_of(store)
    (shard / CHECKSUMS_FILE).unlink()
    table = pq.read_table(shard / name)
    place = table.column_names.index(column)
    values = table[column].to_pylist()
    values[0], values[-1] = values[-1], values[0] if column != "target_node" else 1 << 30
    pq.write_table(table.set_column(place, column, pa.array(values, table[column].type)), shard / name)
    faults = store.check().faults
    assert any(reason in fault.reason and Path(fault.file).name == name for fault in faults), faults


@pytest.mark.parametrize("name", ["accounts.parquet", "identifiers.parquet", "relations.parquet"])
def test_a_table_with_a_row_too_few_is_found_without_checksums(store: ShardFolder, name: str) -> None:
    shard = shard_of(store)
    (shard / CHECKSUMS_FILE).unlink()
    table = pq.read_table(shard / name)
    pq.write_table(table.slice(0, table.num_rows - 1), shard / name)
    assert store.check().faults


def test_counts_and_passport_must_be_those_of_the_list(store: ShardFolder) -> None:
    shard = shard_of(store)
    (shard / CHECKSUMS_FILE).unlink()
    counts = json.loads((shard / "counts.json").read_text())
    (shard / "counts.json").write_text(json.dumps({**counts, "accounts": 7}))
    passport = vetting.ListPassport.read(shard / "passport.toml")
    text = passport.to_toml().replace(passport.sha256, "ab" * 32)
    (shard / "passport.toml").write_text(text)
    told = {Path(fault.file).name: fault.reason for fault in store.check().faults}
    assert told == {
        "counts.json": "says 7 instead of 500",
        "passport.toml": "is not of the list that the manifest names",
    }


def test_no_fault_names_a_value_of_a_person(store: ShardFolder) -> None:
    shard = shard_of(store)
    accounts = pq.read_table(shard / "identifiers.parquet")["value"].to_pylist()
    for name in ("accounts.parquet", "values/email.text.npy"):
        (shard / name).write_bytes((shard / name).read_bytes()[:-100])
    told = "\n".join(map(str, store.check().faults))
    assert told
    assert not [value for value in accounts if len(value) > 5 and value in told]
