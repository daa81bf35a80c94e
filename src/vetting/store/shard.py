"""One list as it lies in the store: an immutable folder of Parquet tables and sorted arrays.

Of the tables only the row groups at hand are read; arrays are memory-mapped, and processes share them.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from attrs import fields

from vetting.blocking.postings import Postings
from vetting.blocking.sketches import Sketch
from vetting.evidence.frequencies import FREQUENCY_ARRAYS, Frequencies
from vetting.normalise.columns import ValueTable
from vetting.records.accounts import ListedAccount, Relation
from vetting.records.completeness import Completeness, completeness_from_dict
from vetting.records.identifiers import Identifier, IdentifierKind
from vetting.records.passports import ListPassport
from vetting.store.layout import (
    ACCOUNTS_FILE,
    COMPLETENESS_FILE,
    COUNTS_FILE,
    FREQUENCIES_FOLDER,
    IDENTIFIER_STARTS_FILE,
    IDENTIFIERS_FILE,
    KEY_ROWS_FILE,
    KEYS_FILE,
    PASSPORT_FILE,
    PLACES_FILE,
    POSTINGS_FOLDER,
    RELATIONS_FILE,
    SKETCH_FOLDER,
)
from vetting.store.neighbours import Neighbours
from vetting.store.parts import GroupedRows, damaged, part_path, read_array, read_table
from vetting.store.values import MappedValues

__all__ = ["Shard"]

_FIELD_OF_KIND = {
    "name": "names",
    "handle": "handles",
    "email": "emails",
    "phone": "phones",
    "place": "places",
    "url": "urls",
}


class Shard:
    """A list version in the store, open for reading.

    Nodes are numbered: account rows first (``0 .. size - 1``), then places (topics, conversations,
    IP addresses) from ``size`` on.

    Args:
        path: The shard's folder.

    Raises:
        StoreFormatError: The folder lacks a part; from the property that needs it.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    @cached_property
    def passport(self) -> ListPassport:
        """The list's passport, as it was at ingest."""
        return ListPassport.read(part_path(self.path, PASSPORT_FILE))

    @cached_property
    def completeness(self) -> Completeness:
        """What was read of the list's file."""
        try:
            text = part_path(self.path, COMPLETENESS_FILE).read_text(encoding="utf-8")
            return completeness_from_dict(json.loads(text))
        except (ValueError, TypeError, AttributeError) as error:
            raise damaged(self.path, COMPLETENESS_FILE) from error

    @property
    def list_id(self) -> str:
        """The list's id."""
        return self.passport.id

    @property
    def size(self) -> int:
        """How many accounts the list has."""
        return self._account_rows.size

    @cached_property
    def accounts(self) -> pa.Table:
        """``account_id, created_at, last_seen, status, groups, record``; a row's number is its account row."""
        return read_table(self.path, ACCOUNTS_FILE)

    @cached_property
    def identifiers(self) -> pa.Table:
        """``account_row, kind, value, platform, role, confirmed, record``, sorted by account row.

        The normalised texts that are compared are those of :meth:`values_of`.
        """
        return read_table(self.path, IDENTIFIERS_FILE)

    @cached_property
    def relations(self) -> pa.Table:
        """``kind, source_node, target_node, first, last, weight, place, record``; nodes are numbers."""
        table = read_table(self.path, RELATIONS_FILE)
        return table.combine_chunks()  # rows are taken in small numbers, from anywhere

    @cached_property
    def places(self) -> pa.Table:
        """``kind, id`` of the nodes that are no accounts, and of targets that the list does not hold."""
        return read_table(self.path, PLACES_FILE)

    @cached_property
    def frequencies(self) -> Frequencies:
        """How many accounts have each value, for values of more than one; memory-mapped."""
        arrays = {
            name: read_array(self.path, f"{FREQUENCIES_FOLDER}/{name}.npy") for name in FREQUENCY_ARRAYS
        }
        try:
            return Frequencies.from_arrays(arrays)
        except ValueError as error:
            raise damaged(self.path, FREQUENCIES_FOLDER) from error

    def values_of(self, rows: npt.NDArray[np.integer[Any]]) -> ValueTable:
        """Return the usable values of some accounts; sources are rows of :attr:`identifiers`, rows ascend."""
        return self._values.of(rows)

    @cached_property
    def keys(self) -> npt.NDArray[np.uint64]:
        """Blocking keys, sorted; the same key once for every account that has it."""
        return read_array(self.path, KEYS_FILE)

    @cached_property
    def key_rows(self) -> npt.NDArray[np.int32]:
        """For each entry of :attr:`keys`, the account row that has it."""
        return read_array(self.path, KEY_ROWS_FILE)

    @cached_property
    def postings(self) -> Postings:
        """N-gram postings of the handles, and of what is used like a handle."""
        return Postings(
            **{
                part.name: read_array(self.path, f"{POSTINGS_FOLDER}/{part.name}.npy")
                for part in fields(Postings)
            }
        )

    @cached_property
    def sketch(self) -> Sketch:
        """The accounts' values as a few numbers."""
        return Sketch(
            **{
                part.name: read_array(self.path, f"{SKETCH_FOLDER}/{part.name}.npy")
                for part in fields(Sketch)
            }
        )

    def row_of(self, account_id: str) -> int | None:
        """Return the row of an account; ``None`` when the list does not hold it."""
        row = bisect_left(range(self.size), _place(account_id), key=lambda row: _place(self.account_id(row)))
        return row if row < self.size and self.account_id(row) == account_id else None

    def account_id(self, row: int) -> str:
        """Return the id of the account in a row."""
        return str(self._account(row)["account_id"])

    def account_record(self, row: int) -> str:
        """Return where the account's main record stands in the list's file."""
        return str(self._account(row)["record"])

    def _account(self, row: int) -> dict[str, Any]:
        (found,) = self._account_rows.rows(row, row + 1)
        return found

    def identifier(self, row: int) -> Identifier:
        """Return a row of :attr:`identifiers` as a record."""
        (item,) = self._identifier_rows.rows(row, row + 1)
        return _identifier(item)

    @cached_property
    def neighbours(self) -> Neighbours:
        """The relations, to walk on."""
        return Neighbours(self)

    def node_key(self, node: int) -> tuple[str, str]:
        """Return kind and id of a node: ``("account", "41")``, ``("topic", "7")``."""
        return self.neighbours.keys(np.array([node], np.int64))[node]

    def degree(self, node: int) -> int:
        """How many relations start or end at a node."""
        return int(self.neighbours.degrees(np.array([node], np.int64))[0])

    def relation_rows(self, node: int) -> npt.NDArray[np.int32]:
        """Rows of :attr:`relations` that start or end at a node, in row order."""
        start, end = self.neighbours.offsets[node : node + 2].tolist()
        return self.neighbours.incident[start:end]

    def relations_at(self, rows: npt.NDArray[np.integer[Any]]) -> list[Relation]:
        """Return some rows of :attr:`relations` as records, in the order asked for."""
        return self.neighbours.relations(rows.astype(np.int64))

    def account(self, row: int) -> ListedAccount:
        """Return one account with all its identifiers."""
        start, end = self._identifier_starts[row : row + 2].tolist()
        about = self._account(row)
        given: dict[str, list[Identifier]] = {field: [] for field in _FIELD_OF_KIND.values()}
        born = None
        for item in self._identifier_rows.rows(start, end):
            if item["kind"] == IdentifierKind.DATE_OF_BIRTH:
                born = born or item["value"]
                continue
            if item["value"].strip():  # an empty name identifies nobody, and no record can hold it
                given[_FIELD_OF_KIND[item["kind"]]].append(_identifier(item))
        return ListedAccount(
            list_id=self.list_id,
            account_id=about["account_id"],
            date_of_birth=born,
            record=about["record"],
            **given,
        )

    @cached_property
    def _account_rows(self) -> GroupedRows:
        return GroupedRows(self.path, ACCOUNTS_FILE, ["account_id", "record"])

    @cached_property
    def _identifier_rows(self) -> GroupedRows:
        return GroupedRows(self.path, IDENTIFIERS_FILE, _IDENTIFIER_FIELDS)

    @cached_property
    def _identifier_starts(self) -> npt.NDArray[np.int64]:
        return read_array(self.path, IDENTIFIER_STARTS_FILE)

    @cached_property
    def _values(self) -> MappedValues:
        return MappedValues(self.path, self.size)

    @cached_property
    def identifier_counts(self) -> dict[str, int]:
        """How many identifier values the list holds, by kind."""
        try:
            counts = json.loads(part_path(self.path, COUNTS_FILE).read_text(encoding="utf-8"))
            return {str(kind): int(count) for kind, count in counts["identifiers"].items()}
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise damaged(self.path, COUNTS_FILE) from error

    def __reduce__(self) -> tuple[type[Shard], tuple[Path]]:
        # Another process, in whatever folder it runs, opens the shard anew and maps what it needs.
        return Shard, (self.path.absolute(),)


_IDENTIFIER_FIELDS = ("kind", "value", "platform", "role", "confirmed", "record")


def _identifier(item: dict[str, Any]) -> Identifier:
    return Identifier(**item)


def _place(account_id: str) -> tuple[int, str]:
    return len(account_id), account_id
