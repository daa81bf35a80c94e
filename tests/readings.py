"""Reads a list to its end, as plain rows, so that tests can look at all of it."""

from __future__ import annotations

from typing import Any

from vetting.readers.reading import Reading
from vetting.records.completeness import Completeness

__all__ = ["Rows", "read_out"]

Rows = dict[str, list[dict[str, Any]]]
"""Table -> its rows."""


def read_out(reading: Reading) -> tuple[Rows, Completeness]:
    """All rows of a reading by table, and what it says of itself."""
    rows: Rows = {"accounts": [], "identifiers": [], "relations": []}
    for batch in reading.batches():
        rows[batch.table] += batch.rows.to_pylist()
    return rows, reading.completeness
