"""The columns of the tables that flow from the readers to the store: one row per fact.

A reader hands over :class:`Batch` objects in any order and may name one account several times (two
generations of a forum in one dump feed one account); the store merges them by ``account_id``.
"""

from __future__ import annotations

from typing import Literal

import pyarrow as pa
from attrs import frozen

__all__ = ["ACCOUNTS", "IDENTIFIERS", "RELATIONS", "SCHEMAS", "Batch", "TableName"]

TableName = Literal["accounts", "identifiers", "relations"]

_moment = pa.timestamp("s", tz="UTC")

ACCOUNTS = pa.schema(
    [
        pa.field("account_id", pa.string(), nullable=False),
        pa.field("created_at", _moment),
        pa.field("last_seen", _moment),
        pa.field("status", pa.string()),  # banned, validating, ... in the source's own words
        pa.field("groups", pa.list_(pa.string())),
        pa.field("record", pa.string(), nullable=False),  # "core_members@10482": table and byte offset or row
    ]
)

IDENTIFIERS = pa.schema(
    [
        pa.field("account_id", pa.string(), nullable=False),
        pa.field("kind", pa.string(), nullable=False),  # an IdentifierKind
        pa.field("value", pa.string(), nullable=False),  # as written; a date as PartialDate's text
        pa.field("platform", pa.string()),
        pa.field("role", pa.string(), nullable=False),  # as Identifier.role
        pa.field("confirmed", pa.bool_()),
        pa.field("record", pa.string(), nullable=False),
    ]
)

RELATIONS = pa.schema(
    [
        pa.field("kind", pa.string(), nullable=False),  # messaged, follows, friend, ignores, posted_in, ...
        pa.field("source", pa.string(), nullable=False),  # an account_id
        pa.field("target_kind", pa.string(), nullable=False),  # account, topic, conversation, ip
        pa.field("target", pa.string(), nullable=False),
        pa.field("first", _moment),
        pa.field("last", _moment),
        pa.field("weight", pa.int32(), nullable=False),  # how often
        pa.field("place", pa.string()),  # "topic:17", "conversation:3": where it happened
        pa.field("record", pa.string(), nullable=False),  # the first record that shows it
    ]
)

SCHEMAS: dict[TableName, pa.Schema] = {
    "accounts": ACCOUNTS,
    "identifiers": IDENTIFIERS,
    "relations": RELATIONS,
}


@frozen
class Batch:
    """Some rows of one of the three tables.

    Attributes:
        table: Which table.
        rows: An Arrow record batch with that table's schema.
    """

    table: TableName
    rows: pa.RecordBatch
