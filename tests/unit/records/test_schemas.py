from __future__ import annotations

import pytest

from vetting.records.schemas import SCHEMAS


def test_the_three_tables_have_the_columns_that_readers_and_the_store_agreed_on() -> None:
    assert {name: schema.names for name, schema in SCHEMAS.items()} == {
        "accounts": ["account_id", "created_at", "last_seen", "status", "groups", "record"],
        "identifiers": ["account_id", "kind", "value", "platform", "role", "confirmed", "record"],
        "relations": [
            "kind",
            "source",
            "target_kind",
            "target",
            "first",
            "last",
            "weight",
            "place",
            "record",
        ],
    }


@pytest.mark.parametrize("table", list(SCHEMAS))
def test_every_row_cites_its_record(table: str) -> None:
    assert not SCHEMAS[table].field("record").nullable  # type: ignore[index]
