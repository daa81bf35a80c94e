from __future__ import annotations

import builtins
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from tests.workbooks import write_workbook

from vetting.errors import MissingPartError, TableError
from vetting.readers.sheets import cell_text, parquet_rows, xlsx_rows


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""), ("x", "x"), (7.0, "7"), (447700900123.0, "447700900123"), (1.5, "1.5"), (12, "12"),
        (date(1990, 4, 3), "1990-04-03"), (datetime(1990, 4, 3, tzinfo=UTC), "1990-04-03"), ({"a": 1}, ""),
        (datetime(1990, 4, 3, 5, tzinfo=UTC), "1990-04-03 05:00:00+00:00"), (["a", None, "b"], "a;b"), (b"\xff", "\ufffd"),
        (float("inf"), "inf"), (True, "True"),
    ],
)  # fmt: skip
def test_cells_as_text(value: Any, text: Any) -> None:
    assert cell_text(value) == text


def test_a_workbook_gives_rows_by_their_number_and_formulas_by_their_value(tmp_path: Path) -> None:
    rows: dict[int, dict[str, Any]] = {
        3: {"B": "id", "C": "name"},
        5: {"B": 7, "C": ('CONCAT("Sam"," Example")', "Sam Example")},
    }
    path = write_workbook(tmp_path / "w.xlsx", rows)
    assert list(xlsx_rows(path, TableError)) == [
        ["", ""],
        ["", ""],
        ["id", "name"],
        ["", ""],
        ["7", "Sam Example"],
    ]


def test_a_small_workbook_that_claims_a_vast_sheet_is_refused(tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "w.xlsx", {1: {"A": "id"}, 1_048_576: {"XFD": "x"}})
    with pytest.raises(TableError, match="reach too far out"):
        list(xlsx_rows(path, TableError))


def test_a_damaged_workbook_is_refused(tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "w.xlsx", {1: {"A": "id"}})
    whole = path.read_bytes()
    for cut in (10, len(whole) // 2, len(whole) - 5):
        path.write_bytes(whole[:cut])
        with pytest.raises(TableError, match="damaged"):
            list(xlsx_rows(path, TableError))


def test_without_calamine_the_missing_part_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name: Any, *args: Any, **kwargs: Any) -> Any:
        if name == "python_calamine":
            raise ImportError(name)
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(MissingPartError, match=r"pip install vetting\[xlsx\]"):
        list(xlsx_rows(tmp_path / "w.xlsx", TableError))


def test_parquet_rows_are_text(tmp_path: Path) -> None:
    path = tmp_path / "p.parquet"
    pq.write_table(
        pa.table({"id": [1, 2], "mail": [["a", "b"], None], "born": [date(1990, 4, 3), None]}), path
    )
    assert list(parquet_rows(path, TableError)) == [
        ["id", "mail", "born"],
        ["1", "a;b", "1990-04-03"],
        ["2", "", ""],
    ]
