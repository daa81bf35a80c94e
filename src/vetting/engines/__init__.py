"""Where the heavy lifting runs: the protocol, and DuckDB behind it."""

from __future__ import annotations

from vetting.engines.protocol import Engine as Engine
from vetting.errors import MissingPartError

__all__ = ["ENGINES", "Engine", "open_engine"]

ENGINES: tuple[str, ...] = ("duckdb", "spark")


def _open_duckdb() -> Engine:
    from vetting.engines.duckdb import DuckDBEngine

    return DuckDBEngine()


def open_engine(name: str) -> Engine:
    """Start an engine by its name.

    Args:
        name: One of :data:`ENGINES`.

    Raises:
        ValueError: No such engine.
        MissingPartError: This version does not have it.
    """
    if name == "duckdb":
        from vetting.engines.lazy import LazyEngine

        return LazyEngine(_open_duckdb)
    if name == "spark":
        raise MissingPartError("the Spark engine", "This version screens on DuckDB: use --engine duckdb.")
    raise ValueError(f"no engine of that name; there are {', '.join(ENGINES)}")
