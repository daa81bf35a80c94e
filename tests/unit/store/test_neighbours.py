from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from tests.holdings import batches_of, hold, passport, write_list

from vetting.errors import StoreFormatError
from vetting.records.accounts import ListedAccount
from vetting.store import layout
from vetting.store.neighbours import UNKNOWN
from vetting.store.shard import Shard

ACCOUNTS = [ListedAccount(list_id="forum-2019", account_id=account) for account in ("7", "41", "900")]
COPIES = (layout.NEIGHBOUR_COLUMNS_FILE, layout.NEIGHBOUR_NODES_FILE)


def relation(kind: str, source: str, target_kind: str, target: str, **given: Any) -> dict[str, Any]:
    about = {"kind": kind, "source": source, "target_kind": target_kind, "target": target}
    return about | {"weight": 1, "record": "m@1"} | given


RELATIONS = [
    relation("messaged", "41", "account", "7", weight=3, first=1_300_000_000, last=1_400_000_000),
    relation("quoted", "41", "account", "41", first=1_350_000_000),
    relation("posted_in", "7", "topic", "7", place="board:2", record="posts@88"),
    relation("follows", "900", "account", "gone", last=-5_000_000_000),
]


@pytest.fixture
def shard(tmp_path: Path) -> Shard:
    write_list(tmp_path, batches_of(ACCOUNTS, relations=RELATIONS), passport())
    return Shard(tmp_path)


def told(shard: Shard) -> list[Any]:
    walk = shard.neighbours
    rows, nodes = np.arange(4), np.arange(5)
    return [
        walk.relations(rows[::-1]),
        sorted(walk.keys(nodes[::-1]).items()),
        walk.degrees(nodes).tolist(),
        walk.rows_at(nodes).tolist(),
        [times.tolist() for times in walk.times(rows)],
        [walk.kind_names[kind] for kind in walk.kinds.tolist()],
        walk.sources.tolist(),
        walk.targets.tolist(),
    ]


def test_relations_come_back_as_they_went_in(shard: Shard) -> None:
    assert shard.neighbours.relations(np.array([0, 3]))[0].first == "2011-03-13T07:06:40Z"
    back = shard.relations_at(np.arange(4))
    assert [(one.kind, one.source, one.target_kind, one.target) for one in back] == [
        (one["kind"], one["source"], one["target_kind"], one["target"]) for one in RELATIONS
    ]
    assert [(one.first, one.last) for one in back] == [
        ("2011-03-13T07:06:40Z", "2014-05-13T16:53:20Z"),
        ("2012-10-12T00:00:00Z", ""),
        ("", ""),
        ("", "1811-07-23T15:06:40Z"),
    ]
    assert [(one.weight, one.place, one.record) for one in back][2] == (1, "board:2", "posts@88")


def test_one_known_date_stands_for_both_and_none_for_none(shard: Shard) -> None:
    begun, ended = shard.neighbours.times(np.arange(4))
    assert begun.tolist() == [1_300_000_000, 1_350_000_000, UNKNOWN, -5_000_000_000]
    assert ended.tolist() == [1_400_000_000, 1_350_000_000, UNKNOWN, -5_000_000_000]


def test_a_shard_of_before_says_the_same(shard: Shard) -> None:
    mapped = told(shard)
    for name in COPIES:
        (shard.path / name).unlink()
    assert told(Shard(shard.path)) == mapped


def test_a_list_without_relations_has_no_columns_to_walk_on(tmp_path: Path) -> None:
    write_list(tmp_path, batches_of(ACCOUNTS), passport())
    assert not any((tmp_path / name).exists() for name in COPIES)
    shard = Shard(tmp_path)
    assert shard.degree(1) == 0
    assert shard.neighbours.kind_names == ()
    assert shard.relations_at(shard.relation_rows(1)) == []
    assert shard.node_key(1) == ("account", "41")


@pytest.mark.parametrize("name", COPIES)
@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": pa.array(["a"] * 4)},
        {"kind": pa.array(["a"] * 5).dictionary_encode(), "id": pa.array(list("abcde"))},
    ],
)
def test_columns_of_another_shape_are_refused(shard: Shard, name: str, wrong: dict[str, pa.Array]) -> None:
    if name == layout.NEIGHBOUR_NODES_FILE:
        wrong = {column: values[:3] for column, values in wrong.items()}
    batch = pa.RecordBatch.from_arrays(list(wrong.values()), names=list(wrong))
    with pa.OSFile(str(shard.path / name), "wb") as file, pa.ipc.new_file(file, batch.schema) as writer:
        writer.write_batch(batch)
    with pytest.raises(StoreFormatError, match=Path(name).name):
        told(Shard(shard.path))


def changed(batch: pa.RecordBatch, column: str, values: pa.Array) -> pa.RecordBatch:
    return batch.set_column(batch.schema.names.index(column), column, values)


@pytest.mark.parametrize(
    ("name", "column", "values"),
    [
        (COPIES[0], "target_node", pa.array([0, 1, 3, 3], pa.int32())),
        (COPIES[0], "record", pa.array(["m@1", "m@1", "posts@89", "m@1"])),
        (COPIES[1], "id", pa.array(["7", "41", "901", "7", "gone"])),
    ],
)
def test_a_check_compares_the_columns_with_the_tables(
    tmp_path: Path, name: str, column: str, values: pa.Array
) -> None:
    store = hold(tmp_path, ACCOUNTS, batches=batches_of(ACCOUNTS, relations=RELATIONS))
    assert store.check().faults == ()
    folder = store.path / store.lists()[0].folder
    (folder / layout.CHECKSUMS_FILE).unlink()
    with pa.ipc.open_file((folder / name).read_bytes()) as reader:
        batch = changed(reader.get_batch(0), column, values)
    with pa.OSFile(str(folder / name), "wb") as file, pa.ipc.new_file(file, batch.schema) as writer:
        writer.write_batch(batch)
    (fault,) = store.check().faults
    assert Path(fault.file) == folder / name
    assert fault.reason == "does not say what the tables say"
    (folder / name).unlink()
    (fault,) = store.check().faults
    assert fault.reason == "is missing or cannot be read"
