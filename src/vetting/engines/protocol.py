"""What the pipeline asks of an engine; engines differ in nothing else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

import pyarrow as pa

__all__ = ["Engine", "MapFunction"]

MapFunction = Callable[[pa.RecordBatch], pa.RecordBatch]


class Engine(Protocol):
    """Joins, counts, ranks and sorts tables. String similarity is never the engine's own.

    A table is whatever the engine works on; what goes in first and comes out last is a
    :class:`pyarrow.Table`.
    """

    def map(self, table: Any, function: MapFunction, schema: pa.Schema) -> Any:
        """Apply a pure function to every batch of a table, in any order.

        Args:
            table: A table.
            function: Called with batches of at most some 100,000 rows.
            schema: Of the batches that it returns.
        """
        ...

    def sql(self, query: str, **tables: Any) -> Any:
        """Run one query over tables known by their keyword.

        Args:
            query: ``SELECT`` with joins, grouping, ordering; the same text on every engine.
            tables: The tables that it names.
        """
        ...

    def collect(self, table: Any) -> pa.Table:
        """Bring a small result here."""
        ...

    def close(self) -> None:
        """Free what the engine holds."""
        ...
