from __future__ import annotations

import pyarrow as pa

from vetting.engines import lazy
from vetting.engines.duckdb import DuckDBEngine
from vetting.engines.lazy import LazyEngine

SCHEMA = pa.schema([("twice", pa.int64())])


def twice(batch: pa.RecordBatch) -> pa.RecordBatch:
    return pa.RecordBatch.from_arrays(
        [pa.array([2 * n for n in batch["n"].to_pylist()], pa.int64())], schema=SCHEMA
    )


def test_a_small_table_is_mapped_without_starting_the_engine() -> None:
    started = []

    def start() -> DuckDBEngine:
        started.append(1)
        return DuckDBEngine(threads=1)

    engine = LazyEngine(start)
    table = pa.table({"n": [1, 2]})
    assert engine.collect(engine.map(table, twice, SCHEMA))["twice"].to_pylist() == [2, 4]
    assert engine.collect(engine.map(table.slice(0, 0), twice, SCHEMA)).num_rows == 0
    engine.close()
    assert started == []


def test_a_large_table_is_mapped_by_the_engine_with_the_same_outcome() -> None:
    engine = LazyEngine(lambda: DuckDBEngine(threads=1))
    table = pa.table({"n": range(lazy._FEW_ROWS + 1)})
    mapped = engine.collect(engine.map(table, twice, SCHEMA))
    assert mapped["twice"].to_pylist() == [2 * n for n in range(lazy._FEW_ROWS + 1)]
    assert engine.collect(engine.sql("SELECT max(n) AS m FROM t", t=table))["m"].to_pylist() == [
        lazy._FEW_ROWS
    ]
    engine.close()
