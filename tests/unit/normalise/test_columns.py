from __future__ import annotations

import numpy as np

from vetting.normalise.columns import ValueTable, column_of, derive, expand, stack
from vetting.records.identifiers import IdentifierKind


def ints(*values: int) -> np.ndarray[tuple[int], np.dtype[np.int32]]:
    return np.array(values, np.int32)


def rows(column: object) -> list[tuple[int, str, int]]:
    return [
        (owner, column.forms[code], source)  # type: ignore[attr-defined]
        for owner, code, source in zip(column.owners, column.codes, column.sources, strict=True)  # type: ignore[attr-defined]
    ]


def test_equal_forms_share_a_code_and_empty_ones_are_left_out() -> None:
    column = column_of(ints(0, 0, 1, 3), ["vorn", "", "skald", "vorn"], ints(9, 8, 7, 6))
    assert rows(column) == [(0, "vorn", 9), (1, "skald", 7), (3, "vorn", 6)]
    assert list(column.forms) == ["vorn", "skald"]
    assert column.size == 3


def test_a_kind_that_nobody_has_is_an_empty_column() -> None:
    assert ValueTable(3, {}).column(IdentifierKind.EMAIL).size == 0


def test_derived_texts_keep_owner_and_source_and_are_made_once_per_form() -> None:
    asked = []

    def halves(form: str) -> list[str]:
        asked.append(form)
        return form.split("-") if "-" in form else []

    column = column_of(ints(0, 1, 2), ["a-b", "none", "a-b"], ints(5, 6, 7))
    assert rows(derive(column, halves)) == [(0, "a", 5), (0, "b", 5), (2, "a", 7), (2, "b", 7)]
    assert asked == ["a-b", "none"]


def test_entries_are_repeated_once_per_part_of_their_code() -> None:
    entries, parts = expand(np.array([2, 0, 2]), np.array([1, 4, 2]))
    assert entries.tolist() == [0, 0, 1, 2, 2]
    assert parts.tolist() == [5, 6, 0, 5, 6]


def test_stacked_columns_are_in_order_of_owners_and_share_codes() -> None:
    first = column_of(ints(0, 2), ["a", "b"], ints(1, 2))
    second = column_of(ints(0, 1), ["b", "c"], ints(3, 4))
    stacked = stack([first, second])
    assert sorted(rows(stacked)) == [(0, "a", 1), (0, "b", 3), (1, "c", 4), (2, "b", 2)]
    assert stacked.owners.tolist() == sorted(stacked.owners.tolist())
    assert len(set(stacked.forms)) == len(stacked.forms)
