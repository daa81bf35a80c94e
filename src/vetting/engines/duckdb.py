"""The embedded engine: DuckDB in this process."""

from __future__ import annotations

from typing import Any

import duckdb
import pyarrow as pa

from vetting.engines.protocol import MapFunction

__all__ = ["DuckDBEngine"]

_BATCH_ROWS = 100_000


class DuckDBEngine:
    """DuckDB, in memory, spilling to disk beyond its share of the machine's memory.

    Args:
        threads: Threads to use; ``None`` for one per core.

    Example:
        >>> import pyarrow as pa
        >>> engine = DuckDBEngine()
        >>> engine.collect(engine.sql("SELECT max(a) AS m FROM t", t=pa.table({"a": [1, 2]})))["m"][0].as_py()
        2
    """

    def __init__(self, *, threads: int | None = None) -> None:
        # Nothing may be fetched, whatever a query says.
        self._connection = duckdb.connect(
            config={
                "autoinstall_known_extensions": False,
                "autoload_known_extensions": False,
                **({"threads": threads} if threads else {}),
            }
        )

    def map(self, table: pa.Table, function: MapFunction, schema: pa.Schema) -> pa.Table:
        """Apply a pure function to every batch of a table, one batch at a time."""
        batches = [function(batch) for batch in table.combine_chunks().to_batches(max_chunksize=_BATCH_ROWS)]
        return pa.Table.from_batches(batches, schema)

    def sql(self, query: str, **tables: Any) -> pa.Table:
        """Run one query over Arrow tables, and read its result whole."""
        for name, table in tables.items():
            self._connection.register(name, table)
        try:
            return self._connection.sql(query).to_arrow_table()
        finally:
            for name in tables:
                self._connection.unregister(name)

    def collect(self, table: pa.Table) -> pa.Table:
        """Return the table: it is here already."""
        return table

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()
