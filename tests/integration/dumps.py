"""The options that dumps are taken with, and what the readers make of a dump, in a form to compare."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq
from tests.mariadb import Row

from vetting.readers.files import InputFile
from vetting.readers.reading import Reading
from vetting.readers.sqldump import Dump
from vetting.readers.sqldump.literals import payload

__all__ = ["OPTIONS", "contents", "identifiers_in", "raw_rows", "relations_in", "stored_texts"]

# With --compatible=ansi the client falls back to latin1 and loses what that lacks, unless told otherwise.
_UTF8 = "--default-character-set=utf8mb4"
OPTIONS = {
    "default": (),
    "one row a statement": ("--skip-extended-insert",),
    "complete insert": ("--complete-insert",),
    "hexadecimal": ("--hex-blob",),
    "ansi": ("--compatible=ansi", _UTF8),
    "ansi, complete, hexadecimal": ("--compatible=ansi", _UTF8, "--complete-insert", "--hex-blob"),
    "ansi, one row a statement": ("--compatible=ansi", _UTF8, "--skip-extended-insert"),
    "no definitions": ("--no-create-info", "--complete-insert"),
    "no quoted names": ("--skip-quote-names",),
    "replace": ("--replace",),
    "insert ignore": ("--insert-ignore", "--skip-add-locks"),
    "no comments": ("--skip-comments",),
    "compact": ("--compact",),
    "routines": ("--routines", "--events", "--add-drop-trigger"),
    "short statements": ("--net-buffer-length=4096",),
    "plain options": ("--skip-opt", "--create-options"),
}


def raw_rows(path: Path) -> dict[str, tuple[tuple[str, ...], list[Row]]]:
    """Every value of every table, by the row reader; hexadecimal and quoted literals both as bytes."""
    dump = Dump(InputFile(path), want=lambda _table, columns: columns)
    found: dict[str, tuple[tuple[str, ...], list[Row]]] = {}
    for chunk in dump.chunks():
        _, rows = found.setdefault(chunk.table.name, (chunk.columns, []))
        rows += (tuple(payload(cell)[0] for cell in row) for row in zip(*chunk.values, strict=True))
    assert dump.bytes_unread == 0
    assert not dump.truncated
    return found


def contents(reading: Reading) -> dict[str, Counter[Any]]:
    """The rows of each table without the offsets, which differ from dump to dump."""
    found: dict[str, Counter[Any]] = {}
    for batch in reading.batches():
        counted = found.setdefault(batch.table, Counter())
        for row in batch.rows.to_pylist():
            row["record"] = row["record"].partition("@")[0]
            if row.get("groups") is not None:
                row["groups"] = tuple(row["groups"])
            counted[tuple(row.items())] += 1
    return found


def identifiers_in(contents: dict[str, Counter[Any]]) -> set[tuple[str, str, str | None, str]]:
    rows = map(dict, contents["identifiers"])
    return {(row["account_id"], row["kind"], row["platform"], row["value"]) for row in rows}


def relations_in(rows: Iterable[Any]) -> list[tuple[Any, ...]]:
    def seconds(moment: datetime | None) -> int | None:
        return int(moment.timestamp()) if moment else None

    return [
        (
            *(row["kind"], row["source"], row["target_kind"], row["target"]),
            *(seconds(row["first"]), seconds(row["last"]), row["weight"], row["place"]),
        )
        for row in map(dict, rows)
    ]


def stored_texts(folder: Path) -> Iterator[str]:
    """Every column and every file of a store, as text."""
    for path in sorted(folder.rglob("*")):
        if path.suffix == ".parquet":
            for column in pq.read_table(path).columns:
                yield from map(str, column.to_pylist())
        elif path.suffix == ".npy":
            yield np.load(path, allow_pickle=False).tobytes().decode("latin-1")
        if path.is_file():
            yield path.read_bytes().decode("latin-1")
