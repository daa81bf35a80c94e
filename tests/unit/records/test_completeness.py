from __future__ import annotations

from typing import Any

import pytest

from vetting.records.completeness import Completeness, TableReport


def report(**changes: Any) -> Completeness:
    return Completeness(file="list.sql", sha256="ab" * 32, size=10, reader="mysqldump", **changes)


@pytest.mark.parametrize("ended", [None, True])
def test_a_list_of_which_nothing_is_known_to_be_missing_is_complete(*, ended: bool | None) -> None:
    assert report(ended_well=ended, statements_skipped=4).complete


@pytest.mark.parametrize(
    "missing",
    [
        {"ended_well": False},
        {"bytes_unread": 1},
        {"tables": [TableReport(name="members", rows_quarantined=1)]},
    ],
)
def test_anything_unread_makes_a_list_incomplete(missing: dict[str, Any]) -> None:
    assert not report(**missing).complete


def test_quarantined_rows_are_added_up_over_tables() -> None:
    tables = [
        TableReport(name=name, rows_quarantined=count) for name, count in (("a", 2), ("b", 0), ("c", 5))
    ]
    assert report(tables=tables).rows_quarantined == 7
