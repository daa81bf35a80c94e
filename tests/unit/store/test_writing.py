from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from tests.holdings import batches_of, passport, write_list

from vetting.processes import run_in_workers
from vetting.records.accounts import ListedAccount
from vetting.records.identifiers import IdentifierKind
from vetting.records.schemas import ACCOUNTS, IDENTIFIERS, RELATIONS, Batch
from vetting.store import writing
from vetting.store.shard import Shard
from vetting.store.writing import write_shard


def accounts(*rows: dict[str, Any]) -> Batch:
    return Batch(
        "accounts", pa.RecordBatch.from_pylist([{"record": "row@1", **row} for row in rows], ACCOUNTS)
    )


def identifiers(*rows: tuple[str, str, str]) -> Batch:
    found = [
        {"account_id": owner, "kind": kind, "value": value, "role": "current", "record": f"row@{place}"}
        for place, (owner, kind, value) in enumerate(rows)
    ]
    return Batch("identifiers", pa.RecordBatch.from_pylist(found, IDENTIFIERS))


def relations(*rows: tuple[str, str, str, str]) -> Batch:
    found = [
        {
            "kind": kind,
            "source": source,
            "target_kind": target_kind,
            "target": target,
            "weight": 1,
            "record": f"r@{place}",
        }
        for place, (kind, source, target_kind, target) in enumerate(rows)
    ]
    return Batch("relations", pa.RecordBatch.from_pylist(found, RELATIONS))


def test_two_generations_of_one_account_are_merged_each_column_first_known(tmp_path: Path) -> None:
    moment = datetime(2014, 2, 1, tzinfo=UTC)
    counts = write_list(
        tmp_path,
        [
            accounts(
                {"account_id": "10", "status": None, "record": "new@1"},
                {"account_id": "9", "record": "new@2"},
            ),
            accounts({"account_id": "10", "status": "banned", "created_at": moment, "record": "old@1"}),
        ],
        passport(),
    )
    shard = Shard(tmp_path)
    assert counts.accounts == shard.size == 2
    assert [shard.account_id(row) for row in range(2)] == ["9", "10"]
    (row,) = [row for row in shard.accounts.to_pylist() if row["account_id"] == "10"]
    assert (row["status"], row["created_at"], row["record"]) == ("banned", moment, "new@1")


def test_a_repeated_value_stays_once_and_rows_of_no_account_are_counted(tmp_path: Path) -> None:
    counts = write_list(
        tmp_path,
        [
            accounts({"account_id": "1"}, {"account_id": "2"}),
            identifiers(("2", "handle", "vorn"), ("1", "handle", "vorn"), ("2", "handle", "vorn")),
            identifiers(("2", "handle", "Vorn"), ("7", "handle", "nobody"), ("1", "phone", "ring me")),
        ],
        passport(),
    )
    shard = Shard(tmp_path)
    assert (counts.identifiers, counts.orphaned, counts.unusable) == (4, 1, 1)
    found = [(row["account_row"], row["value"], row["record"]) for row in shard.identifiers.to_pylist()]
    assert found == [
        (0, "vorn", "row@1"),
        (0, "ring me", "row@2"),
        (1, "vorn", "row@0"),
        (1, "Vorn", "row@0"),
    ]
    values = shard.values_of(np.arange(2))
    handles = values.column(IdentifierKind.HANDLE)
    assert [handles.forms[code] for code in handles.codes.tolist()] == ["vorn"] * 3
    assert handles.sources.tolist() == [0, 2, 3]
    assert not values.column(IdentifierKind.PHONE).size


def test_relations_are_found_from_both_ends_and_a_loop_once(tmp_path: Path) -> None:
    write_list(
        tmp_path,
        [
            accounts({"account_id": "1"}, {"account_id": "2"}),
            relations(
                ("messaged", "1", "account", "2"),
                ("quoted", "2", "account", "2"),
                ("posted_in", "1", "topic", "7"),
                ("follows", "2", "account", "99"),
            ),
        ],
        passport(),
    )
    shard = Shard(tmp_path)
    assert [shard.degree(node) for node in range(4)] == [2, 3, 1, 1]
    assert {shard.node_key(node) for node in range(4)} == {
        *(("account", "1"), ("account", "2"), ("topic", "7"), ("account", "99")),
    }
    assert [one.kind for one in shard.relations_at(shard.relation_rows(0))] == ["messaged", "posted_in"]
    assert [one.target for one in shard.relations_at(shard.relation_rows(1))] == ["2", "2", "99"]


def test_a_list_of_nothing_is_a_shard_of_nothing(tmp_path: Path) -> None:
    counts = write_list(tmp_path, [], passport())
    shard = Shard(tmp_path)
    assert counts.accounts == shard.size == len(shard.keys) == 0
    assert shard.values_of(np.arange(0)).owner_count == 0
    assert not any(len(one.hashes) for one in shard.frequencies.counts.values())


def ten_accounts() -> list[Batch]:
    listed = [
        ListedAccount(
            list_id="l",
            account_id=str(number),
            names=[f"Sam Sample{number % 3}"],
            handles=[f"one{number % 4}", f"two{number}"],
            emails=[f"sam{number % 5}@example.org"],
        )
        for number in range(10)
    ]
    return batches_of(listed)


def test_the_bytes_of_a_shard_do_not_depend_on_how_many_processes_write_it(tmp_path: Path) -> None:
    written = []
    for workers in (1, 2, 3):
        folder = tmp_path / str(workers)
        folder.mkdir()
        write_shard(folder, ten_accounts(), region="GB", span=2, workers=workers)
        files = sorted(path for path in folder.rglob("*") if path.is_file())
        written.append({str(path.relative_to(folder)): path.read_bytes() for path in files})
    assert written[0] == written[1] == written[2]
    assert not any("work" in name for name in written[0])


def test_a_list_of_few_ranges_is_written_in_this_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []

    def noted(function: Any, items: Any, *, workers: int, shared: tuple[Any, ...] = ()) -> Any:
        asked.append(workers)
        return run_in_workers(function, items, workers=1, shared=shared)

    monkeypatch.setattr(writing, "run_in_workers", noted)
    monkeypatch.setattr(writing, "processors", lambda: 4)
    for span in (5, 3):
        folder = tmp_path / str(span)
        folder.mkdir()
        write_shard(folder, ten_accounts(), region="GB", span=span)
    assert asked == [1, 4]
