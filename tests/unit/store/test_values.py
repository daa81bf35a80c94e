from __future__ import annotations

import pyarrow as pa

from vetting.records.identifiers import IdentifierKind as Kind
from vetting.store.values import value_table


def test_usable_values_become_columns_whose_sources_are_rows_of_the_table() -> None:
    table = pa.table(
        {
            "account_row": pa.array([0, 0, 1, 2], pa.int32()),
            "kind": ["handle", "email", "handle", "handle"],
            "form": ["vorn", "", "vorn", "skald"],
        }
    )
    values = value_table(table, 4)
    handles = values.column(Kind.HANDLE)
    assert values.owner_count == 4
    assert [handles.forms[code] for code in handles.codes] == ["vorn", "vorn", "skald"]
    assert handles.owners.tolist() == [0, 1, 2]
    assert handles.sources.tolist() == [0, 2, 3]
    assert values.column(Kind.EMAIL).size == 0


def test_a_list_without_identifiers_has_no_columns() -> None:
    empty = pa.table(
        {
            "account_row": pa.array([], pa.int32()),
            "kind": pa.array([], pa.string()),
            "form": pa.array([], pa.string()),
        }
    )
    assert value_table(empty, 2).column(Kind.NAME).size == 0
