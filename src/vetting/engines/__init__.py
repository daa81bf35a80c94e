"""Where the heavy lifting runs: the protocol, with DuckDB and Spark behind it."""

from __future__ import annotations

from vetting.engines.protocol import Engine as Engine

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
        MissingPartError: The part it needs is not installed.
    """
    if name == "duckdb":
        from vetting.engines.lazy import LazyEngine

        return LazyEngine(_open_duckdb)
    if name == "spark":
        from vetting.engines.spark import SparkEngine

        return SparkEngine()
    raise ValueError(f"no engine of that name; there are {', '.join(ENGINES)}")
