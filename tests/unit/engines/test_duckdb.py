from __future__ import annotations

from collections.abc import Iterator

import duckdb
import pyarrow as pa
import pytest

from vetting.engines.duckdb import DuckDBEngine


@pytest.fixture
def engine() -> Iterator[DuckDBEngine]:
    running = DuckDBEngine(threads=1)
    yield running
    running.close()


def test_map_applies_the_function_to_every_row_in_order_whatever_the_chunks(engine: DuckDBEngine) -> None:
    table = pa.concat_tables([pa.table({"n": [1, 2]}), pa.table({"n": [3]})])
    schema = pa.schema([("twice", pa.int64())])

    def twice(batch: pa.RecordBatch) -> pa.RecordBatch:
        return pa.RecordBatch.from_arrays([pa.array([2 * n for n in batch["n"].to_pylist()])], schema=schema)

    assert engine.collect(engine.map(table, twice, schema))["twice"].to_pylist() == [2, 4, 6]
    assert engine.collect(engine.map(table.slice(0, 0), twice, schema)).num_rows == 0


def test_map_hands_over_batches_of_bounded_size(engine: DuckDBEngine) -> None:
    table = pa.table({"n": pa.nulls(250_001, pa.int8())})
    sizes = []

    def seen(batch: pa.RecordBatch) -> pa.RecordBatch:
        sizes.append(batch.num_rows)
        return batch

    engine.map(table, seen, table.schema)
    assert sum(sizes) == 250_001
    assert max(sizes) <= 100_000


def test_sql_joins_the_tables_it_is_given_and_forgets_them(engine: DuckDBEngine) -> None:
    left, right = pa.table({"k": [1, 2, 2]}), pa.table({"k": [2, 3], "v": ["жук", "b"]})
    found = engine.sql("SELECT v, count(*) AS n FROM a JOIN b USING (k) GROUP BY v", a=left, b=right)
    assert engine.collect(found).to_pylist() == [{"v": "жук", "n": 2}]
    with pytest.raises(duckdb.Error):
        engine.sql("SELECT * FROM a")


def test_a_failed_query_leaves_the_engine_usable(engine: DuckDBEngine) -> None:
    with pytest.raises(duckdb.Error):
        engine.sql("SELECT nothing FROM t", t=pa.table({"a": [1]}))
    assert engine.collect(engine.sql("SELECT a FROM t", t=pa.table({"a": [7]})))["a"].to_pylist() == [7]


def test_nothing_is_fetched_from_anywhere(engine: DuckDBEngine) -> None:
    settings = engine.sql("SELECT name, value FROM duckdb_settings() WHERE name LIKE 'auto%known_extensions'")
    assert {row["value"] for row in engine.collect(settings).to_pylist()} == {"false"}
