from __future__ import annotations

import numpy as np
import pytest

from vetting.blocking.keys import OwnedKeys
from vetting.engines import pairs as module
from vetting.engines.duckdb import DuckDBEngine
from vetting.engines.pairs import PAIR_SCHEMA, Keys, candidate_pairs

LISTED = Keys(np.array([5, 5, 5, 2**63 + 1], np.uint64), np.array([0, 1, 2, 9], np.int32), 1_000)


@pytest.mark.parametrize("few", [-1, 10**9], ids=["join", "look-up"])
def test_pairs_are_distinct_ascending_and_of_the_agreed_schema(
    few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_FEW_KEYS", few)
    probe = OwnedKeys(np.array([3, 3, 1], np.int32), np.array([5, 2**63 + 1, 5], np.uint64)).sorted_by_key()
    engine = DuckDBEngine(threads=1)
    found = candidate_pairs(probe, LISTED, engine)
    assert found.table.schema == PAIR_SCHEMA
    rows = [tuple(row.values()) for row in found.table.to_pylist()]
    assert rows == [(1, 0), (1, 1), (1, 2), (3, 0), (3, 1), (3, 2), (3, 9)]
    nobody = OwnedKeys(np.empty(0, np.int32), np.empty(0, np.uint64))
    assert candidate_pairs(nobody, LISTED, engine).table.num_rows == 0
    assert candidate_pairs(probe, Keys(LISTED.keys[:0], LISTED.rows[:0], 1_000), engine).table.num_rows == 0
    engine.close()
