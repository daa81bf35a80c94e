"""The account columns of a shard: ranges of accounts put one after the other, and merged at the end."""

from __future__ import annotations

import shutil
from collections import Counter
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq
from attrs import evolve, fields

from vetting.blocking.sketches import Sketch
from vetting.evidence.frequencies import FREQUENCY_ARRAYS, Frequencies, merge_frequencies
from vetting.records.identifiers import IdentifierKind
from vetting.store import layout
from vetting.store.arrays import ArrayWriter, narrow_file
from vetting.store.form_runs import FormRuns
from vetting.store.key_runs import KeyRuns
from vetting.store.ranges import RangeFiles, load_all, read_table, save_all
from vetting.store.values import COLUMN_TYPES

__all__ = ["ACCOUNTS_AT_ONCE", "ColumnFiles"]

# A multiple of the rows of a group. The values of so many take about a gigabyte while a process works on them.
ACCOUNTS_AT_ONCE = 32 * layout.ROWS_PER_GROUP
_NARROWED = ("sources", "starts")


class ColumnFiles:
    """Writers of everything that is stored by account.

    Args:
        folder: The shard's.

    Attributes:
        identifiers: Values written.
        unusable: Those without a form.
        by_kind: How many there are of each kind.
    """

    def __init__(self, folder: Path) -> None:
        self.identifiers = 0
        self.unusable = 0
        self.by_kind: Counter[str] = Counter()
        self._folder = folder
        self._keys = KeyRuns()
        self._forms = FormRuns()
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

    def add(self, done: RangeFiles) -> None:
        """Write the accounts of the next range and their values; keep what is merged at the end."""
        for name, table in ((layout.ACCOUNTS_FILE, "accounts"), (layout.IDENTIFIERS_FILE, "identifiers")):
            self._write(name, read_table(done.folder / table))
        if not done.first:
            self._append(layout.IDENTIFIER_STARTS_FILE, np.zeros(1, np.int32))
        ends = np.load(done.folder / "ends.npy")
        self._append(layout.IDENTIFIER_STARTS_FILE, ends + np.int32(self.identifiers))
        self._add_values(done, ends)
        names = tuple(part.name for part in fields(Sketch))
        for name, array in load_all(done.folder / "sketch", names).items():
            self._append(f"{layout.SKETCH_FOLDER}/{name}.npy", array)
        self._keys.add(done.folder / "keys", done.first)
        self._forms.add(done.folder / "forms", done.first)
        self._counted.append(done.folder / "counts")
        for used in ("accounts", "identifiers"):
            (done.folder / used).unlink()
        for used in ("sketch", "values"):
            shutil.rmtree(done.folder / used)
        self.identifiers += done.identifiers
        self.unusable += done.unusable
        self.by_kind.update(done.by_kind)

    def merge(self, *, workers: int) -> None:
        """Write what follows from all ranges together: keys, postings, frequencies.

        Args:
            workers: Processes that cut handles into pieces.
        """
        self._open.close()
        for kind in IdentifierKind:
            for name in _NARROWED:
                narrow_file(self._folder / layout.VALUES_FOLDER / f"{kind}.{name}.npy")
        self._keys.merge(self._folder / layout.KEYS_FILE, self._folder / layout.KEY_ROWS_FILE)
        (self._folder / layout.POSTINGS_FOLDER).mkdir()
        trigrams = self._forms.merge(self._folder / layout.POSTINGS_FOLDER, workers=workers)
        parts = (Frequencies.from_arrays(load_all(path, FREQUENCY_ARRAYS)) for path in self._counted)
        merged = evolve(merge_frequencies(parts), trigrams=trigrams)
        save_all(self._folder / layout.FREQUENCIES_FOLDER, merged.to_arrays())

    def _add_values(self, done: RangeFiles, ends: npt.NDArray[np.int32]) -> None:
        begins = np.concatenate([np.zeros(1, np.int32), ends])
        for kind in IdentifierKind:
            names = tuple(f"{kind}.{name}" for name in COLUMN_TYPES)
            arrays = dict(zip(COLUMN_TYPES, load_all(done.folder / "values", names).values(), strict=True))
            # A value's place is told from where its account's begin: that is a small number.
            arrays["sources"] = arrays["sources"] - begins[arrays["owners"]]
            arrays["owners"] = arrays["owners"] + np.int32(done.first)
            arrays["codes"] = arrays["codes"] + np.int32(self._codes[kind])
            starts = arrays["starts"] + self._text[kind]
            arrays["starts"] = starts[1:] if done.first else starts
            self._codes[kind] += len(starts) - 1
            self._text[kind] += len(arrays["text"])
            for name, array in arrays.items():
                self._append(f"{layout.VALUES_FOLDER}/{kind}.{name}.npy", array, COLUMN_TYPES[name])

    def _write(self, name: str, table: pa.Table) -> None:
        if name not in self._tables:
            options = {key: value for key, value in layout.PARQUET.items() if key != "row_group_size"}
            differences = layout.DIFFERENCES[name]
            writer = pq.ParquetWriter(
                self._folder / name,
                table.schema,
                column_encoding=differences,
                use_dictionary=[column for column in table.column_names if column not in differences],
                **options,
            )
            self._tables[name] = self._open.enter_context(writer)
        self._tables[name].write_table(table, row_group_size=layout.ROWS_PER_GROUP)

    def _append(self, name: str, array: np.ndarray[Any, Any], dtype: Any = None) -> None:
        if name not in self._arrays:
            width = array.shape[1] if array.ndim > 1 else 0
            writer = ArrayWriter(self._folder / name, dtype or array.dtype, width=width)
            self._arrays[name] = self._open.enter_context(writer)
        self._arrays[name].append(array)
