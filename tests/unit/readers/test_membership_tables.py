"""Membership tables: households, status, rows that have slid, and what inspect says of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from tests.workbooks import numbered, write_workbook

from vetting.readers.households import people_of
from vetting.readers.inspect import inspect
from vetting.readers.tables import read_table

HEADER = ["Membership No", "Name", "E-Mail", "Phone", "DoB", "Town", "Membership Status"]
ROWS = [
    ["7", "Mr S & Mrs A Example", "both@example.org", "01632 960001", "1980-04-03", "Quillmere", "lapsed"],
    ["8", "Ottoline Varnish", "", "01632 960002", "", "Quillmere", "enquirer"],
    ["9", "Halvard Quennell", "none", "", "unknown", "Quillmere", "current"],
    ["10", "", "Orla Slid", "orla@example.net", "01632 960003", "1979-01-31", "Quillmere"],
    ["11", "pim@example.net", "01632 960004", "", "", "Quillmere", "current"],
]


def written(folder: Path, kind: str) -> Path:
    path = folder / f"members.{kind}"
    if kind == "xlsx":
        write_workbook(path, numbered([HEADER, *ROWS]))
    elif kind == "parquet":
        pq.write_table(pa.table(dict(zip(HEADER, map(list, zip(*ROWS, strict=True)), strict=True))), path)
    else:
        path.write_text("\n".join(";".join(row) for row in [HEADER, *ROWS]) + "\n")
    return path


def values(path: Path) -> Iterator[tuple[Any, ...]]:
    for batch in read_table(path).batches():
        if batch.table == "identifiers":
            yield from (
                (row["account_id"], row["kind"], row["role"], row["value"]) for row in batch.rows.to_pylist()
            )


@pytest.mark.parametrize("kind", ["csv", "xlsx", "parquet"])
def test_rows_that_have_slid_are_quarantined_and_slips_are_kept(tmp_path: Path, kind: str) -> None:
    reading = read_table(written(tmp_path, kind))
    accounts = [
        row for batch in reading.batches() if batch.table == "accounts" for row in batch.rows.to_pylist()
    ]
    assert {row["account_id"]: row["status"] for row in accounts} == {
        "7": "lapsed", "8": "enquirer", "9": "current",
    }  # fmt: skip
    (table,) = reading.completeness.tables
    assert (table.rows, table.rows_quarantined) == (3, 2)
    assert "slid into their neighbours' columns, in quarantine: 2" in table.note
    assert not reading.completeness.complete


def test_a_household_s_people_are_named_each_and_share_one_row(tmp_path: Path) -> None:
    found = set(values(written(tmp_path, "csv")))
    assert {value for value in found if value[:2] == ("7", "name")} == {
        ("7", "name", "current", "Mr S & Mrs A Example"),
        ("7", "name", "alias", "S Example"),
        ("7", "name", "alias", "A Example"),
    }
    assert ("7", "email", "current", "both@example.org") in found


@pytest.mark.parametrize(
    ("name", "people"),
    [
        ("Mr & Mrs Example", ()),
        ("Mr and Mrs J. Example", ("J. Example",)),
        ("Example, Sam & Alex", ()),
        ("Smith & Jones", ()),
        ("Anderson", ()),
        ("Sandy Rowland", ()),
        ("Dr. Ann Example + Mr. Ole Sample", ("Ann Example", "Ole Sample")),
        ("1st & 2nd Example", ()),
        ("Sam &", ()),
    ],
)
def test_people_are_taken_apart_only_where_it_is_plain(name: str, people: tuple[str, ...]) -> None:
    assert people_of(name) == people


@pytest.mark.parametrize(
    ("kind", "why"), [("csv", "semicolons"), ("xlsx", "Excel workbook"), ("parquet", "Parquet")]
)
def test_inspect_says_which_reader_and_why(tmp_path: Path, kind: str, why: str) -> None:
    found = inspect(written(tmp_path, kind))
    (note,) = [note for note in found.notes if note.startswith("reader table: ")]
    assert why in note
    assert "DoB is date_of_birth" in note
    assert "Membership Status is status" in note
    assert "Varnish" not in repr(found)


def test_further_sheets_are_counted(tmp_path: Path) -> None:
    sheets = [numbered(rows) for rows in ([HEADER, *ROWS], [["Name"], ["Sam Example"]], [])]
    path = write_workbook(tmp_path / "three.xlsx", *sheets)
    reading = read_table(path)
    for _ in reading.batches():
        pass
    assert "further sheets that hold cells, not read: 1" in reading.completeness.tables[0].note
