"""The account columns of a shard, written a range of accounts at a time and merged at the end."""

from __future__ import annotations

from collections import Counter
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from attrs import evolve, fields

from vetting.blocking.keys import OwnedKeys, blocking_keys
from vetting.blocking.postings import CompactForms, compact_forms
from vetting.blocking.sketches import Sketch
from vetting.evidence.characters import count_trigrams
from vetting.evidence.frequencies import (
    FREQUENCY_ARRAYS,
    Frequencies,
    count_frequencies,
    merge_frequencies,
)
from vetting.normalise.columns import ValueTable
from vetting.records.identifiers import IdentifierKind
from vetting.store import layout
from vetting.store.arrays import ArrayWriter
from vetting.store.form_runs import FormRuns
from vetting.store.key_runs import KeyRuns
from vetting.store.values import COLUMN_TYPES, column_arrays, value_table

__all__ = ["ACCOUNTS_AT_ONCE", "ColumnFiles"]

# A multiple of the rows of a group. The values of so many take about 2 GB while they are worked on.
ACCOUNTS_AT_ONCE = 32 * layout.ROWS_PER_GROUP


class ColumnFiles:
    """Writers of everything that is stored by account.

    Args:
        folder: The shard's.
        work: For what is merged at the end; whoever made it removes it.

    Attributes:
        identifiers: Values written.
        unusable: Those without a form.
        by_kind: How many there are of each kind.
    """

    def __init__(self, folder: Path, work: Path) -> None:
        self.identifiers = 0
        self.unusable = 0
        self.by_kind: Counter[str] = Counter()
        self._folder = folder
        self._work = work
        self._keys = KeyRuns(work)
        self._forms = FormRuns(work)
        self._counted: list[Path] = []
        self._tables: dict[str, pq.ParquetWriter] = {}
        self._arrays: dict[str, ArrayWriter] = {}
        self._codes: Counter[IdentifierKind] = Counter()
        self._text: Counter[IdentifierKind] = Counter()
        self._open = ExitStack()
        for part in (layout.VALUES_FOLDER, layout.SKETCH_FOLDER):
            (folder / part).mkdir()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._open.close()

    def add(self, first: int, accounts: pa.Table, identifiers: pa.Table) -> None:
        """Write the accounts from row ``first`` on, and their identifiers."""
        self._write(layout.ACCOUNTS_FILE, accounts)
        self._write(layout.IDENTIFIERS_FILE, identifiers)
        rows = identifiers["account_row"].to_numpy()
        # In the range rows are counted from 0, so that what is sized by owners is small.
        local = identifiers.set_column(0, "account_row", pa.array((rows - first).astype(np.int32)))
        ends = np.searchsorted(rows - first, np.arange(accounts.num_rows), side="right") + self.identifiers
        if not first:
            self._append(layout.IDENTIFIER_STARTS_FILE, np.zeros(1, np.int32))
        self._append(layout.IDENTIFIER_STARTS_FILE, ends.astype(np.int32))
        values = value_table(local, accounts.num_rows)
        self._add_values(values, first)
        keys = blocking_keys(values)
        self._keys.add(OwnedKeys(keys.owners + np.int32(first), keys.keys))
        compact = compact_forms(values)
        fresh = self._forms.add(
            CompactForms(compact.texts, compact.starts, compact.owners + np.int32(first), compact.declared)
        )
        sketch = Sketch.of(values)
        for part in fields(Sketch):
            self._append(f"{layout.SKETCH_FOLDER}/{part.name}.npy", getattr(sketch, part.name))
        counted = evolve(count_frequencies(values, singles=True), trigrams=count_trigrams(fresh))
        counts = self._work / f"counts-{len(self._counted)}"
        _save_all(counts, counted.to_arrays())
        self._counted.append(counts)
        self.identifiers += identifiers.num_rows
        self.unusable += int(pc.sum(pc.equal(identifiers["form"], "")).as_py() or 0)
        for item in pc.value_counts(identifiers["kind"]).to_pylist():
            self.by_kind[item["values"]] += item["counts"]

    def merge(self) -> None:
        """Write what follows from all ranges together: keys, postings, frequencies."""
        self._keys.merge(self._folder / layout.KEYS_FILE, self._folder / layout.KEY_ROWS_FILE)
        (self._folder / layout.POSTINGS_FOLDER).mkdir()
        self._forms.merge(self._folder / layout.POSTINGS_FOLDER)
        parts = (
            Frequencies.from_arrays(
                {name: np.load(path / f"{name}.npy", mmap_mode="r") for name in FREQUENCY_ARRAYS}
            )
            for path in self._counted
        )
        _save_all(self._folder / layout.FREQUENCIES_FOLDER, merge_frequencies(parts).to_arrays())

    def _add_values(self, values: ValueTable, first: int) -> None:
        for kind in IdentifierKind:
            column = values.column(kind)
            arrays = column_arrays(column)
            arrays["owners"] = column.owners + np.int32(first)
            arrays["codes"] = column.codes + np.int32(self._codes[kind])
            arrays["sources"] = column.sources + np.int32(self.identifiers)
            starts = arrays["starts"] + self._text[kind]
            arrays["starts"] = starts[1:] if first else starts
            self._codes[kind] += len(column.forms)
            self._text[kind] += len(arrays["text"])
            for name, array in arrays.items():
                self._append(f"{layout.VALUES_FOLDER}/{kind}.{name}.npy", array, COLUMN_TYPES[name])

    def _write(self, name: str, table: pa.Table) -> None:
        if name not in self._tables:
            options = {key: value for key, value in layout.PARQUET.items() if key != "row_group_size"}
            writer = pq.ParquetWriter(self._folder / name, table.schema, **options)
            self._tables[name] = self._open.enter_context(writer)
        self._tables[name].write_table(table, row_group_size=layout.ROWS_PER_GROUP)

    def _append(self, name: str, array: np.ndarray[Any, Any], dtype: Any = None) -> None:
        if name not in self._arrays:
            width = array.shape[1] if array.ndim > 1 else 0
            writer = ArrayWriter(self._folder / name, dtype or array.dtype, width=width)
            self._arrays[name] = self._open.enter_context(writer)
        self._arrays[name].append(array)


def _save_all(folder: Path, arrays: dict[str, np.ndarray[Any, Any]]) -> None:
    folder.mkdir()
    for name, array in arrays.items():
        np.save(folder / f"{name}.npy", array)
