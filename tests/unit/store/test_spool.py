from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from tests.holdings import batches_of

from vetting.records.accounts import ListedAccount
from vetting.store import spool
from vetting.store.spool import AccountRows, Spool


def test_rows_follow_the_length_of_ids_and_then_their_text() -> None:
    rows = AccountRows(pa.array(["10", "9", "é", "b"]))
    assert rows.of(pa.array(["9", "b", "é", "10", "no"])).tolist() == [0, 1, 2, 3, -1]
    assert AccountRows(pa.array([], pa.string())).of(pa.array(["1"])).tolist() == [-1]


def test_ids_whose_hashes_collide_keep_their_own_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spool, "hash_texts", lambda texts: np.zeros(len(texts), np.uint64))
    rows = AccountRows(pa.array(["c", "a", "b"]))
    assert rows.of(pa.array(["a", "b", "c", "d"])).tolist() == [0, 1, 2, -1]


def test_a_range_has_all_rows_of_its_accounts_in_the_order_of_arrival(tmp_path: Path) -> None:
    listed = [
        ListedAccount(list_id="l", account_id=str(number), handles=[f"one{number}", f"two{number}"])
        for number in (3, 1, 4, 2, 5)
    ]
    batches = batches_of(listed)
    ranges = Spool(tmp_path, [*batches, batches[1]], span=2).ranges
    assert [one.first for one in ranges] == [0, 2, 4]
    values = [one.take("identifiers")["value"].to_pylist() for one in ranges]
    assert values[0] == ["one1", "two1", "one2", "two2"] * 2
    assert values[2] == ["one5", "two5"] * 2
    assert list(tmp_path.rglob("identifiers*")) == []
