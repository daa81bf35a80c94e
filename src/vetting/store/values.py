"""A shard's usable values as mapped columns, of which a run decodes those of the accounts at hand.

Per kind five arrays lie in the shard: who has each value, its form's code, its place among the account's
identifiers, and the distinct forms as UTF-8 bytes with offsets. Nothing is turned into Python's strings
but the forms of the accounts asked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from attrs import frozen

from vetting.normalise.columns import Ints, KindColumn, ValueTable, column_of, expand
from vetting.normalise.texts import utf8
from vetting.records.identifiers import IdentifierKind
from vetting.store.layout import IDENTIFIER_STARTS_FILE, VALUES_FOLDER
from vetting.store.parts import damaged, read_array

__all__ = ["COLUMN_ARRAYS", "COLUMN_TYPES", "MappedColumn", "MappedValues", "column_arrays", "value_table"]

# While a shard is written; sources and starts are narrowed then.
COLUMN_TYPES = {
    "owners": np.int32,
    "codes": np.int32,
    "sources": np.int32,
    "starts": np.int64,
    "text": np.uint8,
}
COLUMN_ARRAYS = tuple(COLUMN_TYPES)
_FEW = 5_000  # so few values are decoded quicker than they are sorted


@frozen(eq=False)
class MappedColumn:
    """The values of one kind, in arrays that may be memory-mapped; d distinct forms, n values.

    Attributes:
        owners: Shape (n,): account rows, ascending.
        codes: Shape (n,): number of the form.
        sources: Shape (n,): which of the account's identifiers it is, counted from 0.
        starts: Shape (d + 1,): where each form's bytes begin.
        text: The forms in UTF-8, end to end.
    """

    owners: Ints
    codes: Ints
    sources: npt.NDArray[np.signedinteger[Any]]
    starts: npt.NDArray[np.signedinteger[Any]]
    text: npt.NDArray[np.uint8]

    def of(
        self, rows: npt.NDArray[np.integer[Any]], identifier_starts: npt.NDArray[np.signedinteger[Any]]
    ) -> KindColumn:
        """Return the values of some accounts, whose rows ascend without repeats.

        Args:
            rows: Account rows.
            identifier_starts: For every account of the list, where its identifiers begin.
        """
        edges = np.searchsorted(self.owners, np.concatenate([rows, rows + 1]).astype(self.owners.dtype))
        first, counts = edges[: len(rows)], edges[len(rows) :] - edges[: len(rows)]
        entries, place = expand(np.arange(len(rows)), counts)
        place += (first - (np.cumsum(counts) - counts))[entries]
        owners, owned = self.owners[place], self.codes[place]
        sources = (identifier_starts[owners] + self.sources[place]).astype(np.int32)
        forms: dict[str, int] = {}  # what two ranges of accounts have lies there twice
        if len(owned) <= _FEW:
            texts = self._forms(owned)
            few = np.array([forms.setdefault(text, len(forms)) for text in texts], np.int32)
            return KindColumn(owners, few, sources, list(forms))
        used, codes = np.unique(owned, return_inverse=True)
        code = np.array([forms.setdefault(form, len(forms)) for form in self._forms(used)], np.int32)
        return KindColumn(owners, code[codes], sources, list(forms))

    def _forms(self, codes: Ints) -> Sequence[str]:
        first, last = self.starts[codes], self.starts[codes + 1]
        text = self.text
        return [
            text[start:end].tobytes().decode()
            for start, end in zip(first.tolist(), last.tolist(), strict=True)
        ]


class MappedValues:
    """The value columns of a shard, mapped when first asked for.

    Args:
        folder: The shard's folder.
        size: Accounts of the list.
    """

    def __init__(self, folder: Path, size: int) -> None:
        self._folder = folder
        self._size = size

    @cached_property
    def _identifier_starts(self) -> npt.NDArray[np.signedinteger[Any]]:
        return read_array(self._folder, IDENTIFIER_STARTS_FILE)

    @cached_property
    def columns(self) -> dict[IdentifierKind, MappedColumn]:
        """Kind -> its column, of the kinds that occur.

        Raises:
            StoreFormatError: An array is missing or damaged.
        """
        found = {}
        for kind in IdentifierKind:
            arrays = {
                name: read_array(self._folder, f"{VALUES_FOLDER}/{kind}.{name}.npy") for name in COLUMN_ARRAYS
            }
            column = MappedColumn(**arrays)
            if len({len(column.owners), len(column.codes), len(column.sources)}) > 1 or not len(
                column.starts
            ):
                raise damaged(self._folder, f"{VALUES_FOLDER}/{kind}")
            if len(column.owners):
                found[kind] = column
        return found

    def of(self, rows: npt.NDArray[np.integer[Any]]) -> ValueTable:
        """Return the values of some accounts as a table over the whole list's rows.

        Args:
            rows: Account rows, ascending, without repeats.

        Cost: the values of these accounts; nothing of the others is read but a few pages.
        """
        try:
            columns = {
                kind: column.of(rows, self._identifier_starts) for kind, column in self.columns.items()
            }
        except (IndexError, UnicodeDecodeError) as error:
            raise damaged(self._folder, VALUES_FOLDER) from error
        return ValueTable(self._size, {kind: column for kind, column in columns.items() if column.size})


def column_arrays(column: KindColumn) -> dict[str, npt.NDArray[np.generic]]:
    """Return a column as the plain arrays of :data:`COLUMN_ARRAYS`."""
    starts, text = utf8(column.forms)
    text = text[starts[0] : starts[-1]]
    starts = starts - starts[0]
    return {
        "owners": column.owners,
        "codes": column.codes,
        "sources": column.sources,
        "starts": starts,
        "text": text,
    }


def value_table(identifiers: pa.Table, account_count: int) -> ValueTable:
    """Dictionary-encode the usable values of each kind.

    Args:
        identifiers: With columns ``account_row, kind, form``, sorted by account row.
        account_count: Accounts of the list.

    Returns:
        Columns whose sources are rows of ``identifiers``.
    """
    owners = identifiers["account_row"].to_numpy()
    kinds = identifiers["kind"].combine_chunks().dictionary_encode()
    codes = kinds.indices.to_numpy()
    columns = {}
    for code, kind in enumerate(kinds.dictionary.to_pylist()):
        rows = np.flatnonzero(codes == code).astype(np.int32)
        forms = identifiers["form"].combine_chunks().take(pa.array(rows))
        columns[IdentifierKind(kind)] = column_of(owners[rows].astype(np.int32), forms, rows)
    return ValueTable(account_count, {kind: columns[kind] for kind in IdentifierKind if kind in columns})
