"""The embedded engine: DuckDB in this process."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import duckdb
import pyarrow as pa

from vetting.engines.protocol import MapFunction
from vetting.processes import processors, run_in_workers

__all__ = ["DuckDBEngine"]

# Large batches compare fewer values twice; many keep all workers busy to the end.
_BATCH_ROWS, _FEWEST_ROWS, _BATCHES = 100_000, 2_000, 16


class DuckDBEngine:
    """DuckDB, in memory, spilling to disk beyond its share of the machine's memory.

    Args:
        threads: Threads and worker processes to use; ``None`` for one per core.

    Attributes:
        told: Called with the share of batches done while tables are mapped; ``None`` for nobody.

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
        self._workers = threads or processors()
        self.told: Callable[[float], None] | None = None

    def map(self, table: pa.Table, function: MapFunction, schema: pa.Schema) -> pa.Table:
        """Apply a pure function to every batch of a table, in worker processes where there are several.

        A function that cannot be sent to a worker is applied here.
        """
        rows = min(_BATCH_ROWS, max(_FEWEST_ROWS, table.num_rows // _BATCHES))
        batches = table.combine_chunks().to_batches(max_chunksize=rows)
        workers = min(self._workers, len(batches)) if _can_be_sent(function) else 1
        done = run_in_workers(_applied, batches, workers=workers, shared=(function,))
        return pa.Table.from_batches(self._counted(done, len(batches)), schema)

    def _counted(self, batches: Iterator[pa.RecordBatch], total: int) -> Iterator[pa.RecordBatch]:
        """Pass batches on, and tell whoever watches of each."""
        for number, batch in enumerate(batches, start=1):
            yield batch
            if self.told:
                self.told(number / total)

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


def _applied(function: MapFunction, batch: pa.RecordBatch) -> pa.RecordBatch:
    return function(batch)


def _can_be_sent(function: MapFunction) -> bool:
    """Whether a function is found again by its name in another process; one made in another function is not."""
    made = type(function) if not hasattr(function, "__qualname__") else function
    return "<" not in made.__qualname__ and made.__module__ != "__main__"
