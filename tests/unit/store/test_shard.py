from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from tests.holdings import batches_of, passport, write_list

from vetting.errors import StoreFormatError, VettingError
from vetting.records.accounts import ListedAccount
from vetting.records.identifiers import Identifier
from vetting.store import layout
from vetting.store.shard import Shard

ACCOUNTS = [
    ListedAccount(
        list_id="forum-2019",
        account_id="41",
        record="core_members@10482",
        names="Maren Quillmere",
        handles=["twitter:vorn", Identifier(kind="handle", value="oak", role="previous", record="old@9")],
        emails=Identifier(kind="email", value="zq@example.org", confirmed=False, record="core_members@10482"),
        phones="01632 960111",
        places="Harrowby",
        urls="example.org/vorn",
        date_of_birth="03/04/1990",
    ),
    ListedAccount(list_id="forum-2019", account_id="7"),
]
# A run reads neither the manifest of a shard nor its checksums.
PARTS = [
    getattr(layout, name)
    for name in layout.__all__
    if name.endswith("_FILE") and name not in {"MANIFEST_FILE", "CHECKSUMS_FILE"}
] + ["values/handle.text.npy", "values/email.owners.npy", "frequencies/hashes.npy", "frequencies/starts.npy"]


@pytest.fixture
def shard(tmp_path: Path) -> Shard:
    relation = {
        "kind": "messaged", "source": "41", "target_kind": "account", "target": "7", "weight": 2, "record": "m@1",
    }  # fmt: skip
    write_list(tmp_path, batches_of(ACCOUNTS, relations=[relation]), passport())
    return Shard(tmp_path)


def test_an_account_comes_back_as_it_went_in(shard: Shard) -> None:
    back = {account.account_id: account for account in (shard.account(0), shard.account(1))}
    given = ACCOUNTS[0]
    found = back["41"]
    assert found.record == given.record
    assert found.date_of_birth == given.date_of_birth
    assert [(one.kind, one.value, one.platform, one.role, one.confirmed) for one in found.identifiers()] == [
        (one.kind, one.value, one.platform, one.role, one.confirmed) for one in given.identifiers()
    ]
    assert found.handles[1].record == "old@9"
    assert list(back["7"].identifiers()) == []


def test_ids_rows_and_records_belong_together(shard: Shard) -> None:
    for row in range(shard.size):
        assert shard.row_of(shard.account_id(row)) == row
    assert shard.row_of("nobody") is None
    assert shard.account_record(shard.row_of("41") or 0) == "core_members@10482"
    assert shard.passport == passport()
    assert shard.list_id == "forum-2019"


def test_keys_are_sorted_and_point_to_rows(shard: Shard) -> None:
    keys = shard.keys.tolist()
    assert keys == sorted(keys)
    assert set(shard.key_rows.tolist()) == {shard.row_of("41")}


def everything(shard: Shard) -> None:
    """Touch every part."""
    shard.passport, shard.completeness, shard.accounts.to_pylist(), shard.identifiers.to_pylist()
    shard.relations.to_pylist(), shard.places.to_pylist(), shard.frequencies
    shard.identifier_counts, shard.values_of(np.arange(shard.size)), shard.account(0)
    shard.keys.sum(), shard.key_rows.sum(), shard.degree(0), shard.relation_rows(0)
    shard.relations_at(shard.relation_rows(0))


def test_an_undamaged_shard_can_be_read_whole(shard: Shard) -> None:
    everything(shard)


@pytest.mark.parametrize("part", [part for part in PARTS if not part.endswith(".arrow")])
def test_a_missing_part_is_a_store_format_error_that_names_it(shard: Shard, part: str) -> None:
    (shard.path / part).unlink()
    with pytest.raises(StoreFormatError, match=Path(part).name):
        everything(Shard(shard.path))


@pytest.mark.parametrize("damage", ["emptied", "cut", "overwritten", "tail lost"])
@pytest.mark.parametrize("part", PARTS)
def test_a_damaged_part_is_an_error_of_ours_and_no_traceback(shard: Shard, part: str, damage: str) -> None:
    path = shard.path / part
    whole = path.read_bytes()
    path.write_bytes(
        {
            "emptied": b"",
            "cut": whole[: len(whole) // 2],
            "overwritten": b"\xff\x00garbage" * 40,
            "tail lost": whole[:-1],
        }[damage]
    )
    try:
        everything(Shard(shard.path))
    except VettingError as error:
        assert "zq@example.org" not in str(error)
    else:
        assert damage == "tail lost"
        assert whole[-1:] == b"\n", "a part that lost its end was read as if it were whole"


@pytest.mark.parametrize("part", [part for part in PARTS if part.endswith(".parquet")])
def test_a_flipped_byte_is_an_error_of_ours_and_never_a_traceback(shard: Shard, part: str) -> None:
    path = shard.path / part
    whole = path.read_bytes()
    other = set()
    for place in range(4, len(whole), max(1, len(whole) // 25)):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 0x5A]) + whole[place + 1 :])
        try:
            everything(Shard(shard.path))
        except VettingError:
            continue
        except Exception as error:  # noqa: BLE001 - which one is what the test reports
            other.add(type(error).__name__)
    assert other == set()
