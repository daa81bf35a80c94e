"""An engine that starts when it is first needed: one applicant never needs it."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any

import pyarrow as pa

from vetting.engines.protocol import Engine, MapFunction

__all__ = ["LazyEngine"]

_FEW_ROWS = 20_000


class LazyEngine:
    """Maps small tables here, and starts the real engine for everything else.

    Args:
        start: Starts the real engine.

    Attributes:
        told: Called with the share of batches done; ``None`` for nobody.
    """

    def __init__(self, start: Callable[[], Engine]) -> None:
        self._start = start
        self.told: Callable[[float], None] | None = None

    @cached_property
    def _engine(self) -> Engine:
        return self._start()

    def _tell(self, share: float) -> None:
        if self.told:
            self.told(share)

    def map(self, table: Any, function: MapFunction, schema: pa.Schema) -> Any:
        """Apply a pure function to every batch of a table."""
        if isinstance(table, pa.Table) and table.num_rows <= _FEW_ROWS:
            return pa.Table.from_batches(
                [function(batch) for batch in table.combine_chunks().to_batches()], schema
            )
        if hasattr(self._engine, "told"):
            self._engine.told = self._tell
        return self._engine.map(table, function, schema)

    def sql(self, query: str, **tables: Any) -> Any:
        """Run one query on the real engine."""
        return self._engine.sql(query, **tables)

    def collect(self, table: Any) -> pa.Table:
        """Bring a small result here."""
        return table if isinstance(table, pa.Table) else self._engine.collect(table)

    def close(self) -> None:
        """Close the real engine, if it was started."""
        if "_engine" in self.__dict__:
            self._engine.close()
