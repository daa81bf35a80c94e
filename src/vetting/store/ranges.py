"""One range of a list's accounts, worked out by whichever process and put down in a folder of its own.

Rows and numbers in it are counted from the range's start; :mod:`vetting.store.columns` puts the ranges one after
the other, and what is a matter of the whole list is merged from them.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from attrs import fields, frozen

from vetting.blocking.hashing import hash_texts
from vetting.blocking.keys import blocking_keys
from vetting.blocking.postings import CompactForms, compact_forms
from vetting.blocking.sketches import Sketch
from vetting.evidence.frequencies import count_frequencies
from vetting.normalise.forms import form_column
from vetting.normalise.texts import utf8
from vetting.records.identifiers import UNWEIGHED_ROLES, IdentifierKind
from vetting.store.spool import SpooledRange
from vetting.store.values import column_arrays, value_table

__all__ = ["FORM_ARRAYS", "RangeFiles", "load_all", "put_forms", "read_table", "save_all", "work_out"]

FORM_ARRAYS = ("hashes", "text_starts", "text", "starts", "owners", "declared")


@frozen(kw_only=True)
class RangeFiles:
    """A range that was worked out.

    Attributes:
        folder: Where its files are.
        first: Row of its first account in the list.
        accounts: How many it has.
        identifiers: Values, of whatever use.
        unusable: Those without a form that are not left out of comparing by their role.
        by_kind: How many there are of each kind.
    """

    folder: Path
    first: int
    accounts: int
    identifiers: int
    unusable: int
    by_kind: Counter[str]


def work_out(region: str, spooled: SpooledRange) -> RangeFiles:
    """Merge a range's accounts, normalise its values, and put down all that follows from them alone.

    Args:
        region: Country code in which national telephone numbers are read.
        spooled: The range as it was read; its files are removed.

    Returns:
        Where it lies: ``accounts`` and ``identifiers`` as Arrow streams, ``ends.npy``, and in folders of arrays
        ``values``, ``keys``, ``forms``, ``sketch`` and ``counts``.

    Cost: some 40 CPU microseconds an account; 5 kB an account in memory.
    """
    folder = spooled.folder
    accounts = _merged_accounts(spooled.take("accounts").drop_columns("account_row"))
    identifiers = _identifiers(spooled.take("identifiers"), region)
    _write_table(folder / "accounts", accounts)
    _write_table(folder / "identifiers", identifiers.drop_columns("form"))
    rows = identifiers["account_row"].to_numpy()
    local = identifiers.set_column(0, "account_row", pa.array((rows - spooled.first).astype(np.int32)))
    ends = np.searchsorted(rows - spooled.first, np.arange(accounts.num_rows), side="right")
    np.save(folder / "ends.npy", ends.astype(np.int32))
    values = value_table(local, accounts.num_rows)
    columns = {kind: column_arrays(values.column(kind)) for kind in IdentifierKind}
    save_all(
        folder / "values",
        {f"{kind}.{name}": array for kind, arrays in columns.items() for name, array in arrays.items()},
    )
    keys = blocking_keys(values)
    save_all(folder / "keys", {"keys": keys.keys, "owners": keys.owners})
    put_forms(folder / "forms", compact_forms(values))
    sketch = Sketch.of(values)
    save_all(folder / "sketch", {part.name: getattr(sketch, part.name) for part in fields(Sketch)})
    save_all(folder / "counts", count_frequencies(values, singles=True).to_arrays())
    return RangeFiles(
        folder=folder,
        first=spooled.first,
        accounts=accounts.num_rows,
        identifiers=identifiers.num_rows,
        unusable=int(
            pc.sum(pc.and_not(pc.equal(identifiers["form"], ""), _unweighed(identifiers))).as_py() or 0
        ),
        by_kind=Counter(
            {item["values"]: item["counts"] for item in pc.value_counts(identifiers["kind"]).to_pylist()}
        ),
    )


def put_forms(folder: Path, forms: CompactForms) -> None:
    """Put down a range's distinct handles, by their hashes, and their holders."""
    starts, text = utf8(forms.texts)
    arrays = (
        hash_texts(forms.texts), starts - starts[0], text[starts[0] : starts[-1]],
        forms.starts, forms.owners, forms.declared,
    )  # fmt: skip
    save_all(folder, dict(zip(FORM_ARRAYS, arrays, strict=True)))


def save_all(folder: Path, arrays: dict[str, npt.NDArray[Any]]) -> None:
    """Write arrays into a new folder, a file for each."""
    folder.mkdir()
    for name, array in arrays.items():
        np.save(folder / f"{name}.npy", array)


def load_all(folder: Path, names: tuple[str, ...]) -> dict[str, npt.NDArray[Any]]:
    """Map arrays of a folder into memory."""
    return {name: np.load(folder / f"{name}.npy", mmap_mode="r") for name in names}


def read_table(path: Path) -> pa.Table:
    """Read a table that a range put down."""
    with pa.OSFile(str(path)) as file:
        return pa.ipc.open_stream(file).read_all()


def _write_table(path: Path, table: pa.Table) -> None:
    with pa.ipc.new_stream(str(path), table.schema, options=pa.ipc.IpcWriteOptions(compression="lz4")) as out:
        out.write_table(table)


def _merged_accounts(table: pa.Table) -> pa.Table:
    """One row per account id, each column's first known value; ordered by id, numbers by size."""
    encoded = table["account_id"].combine_chunks().dictionary_encode()
    codes = encoded.indices.to_numpy()
    ids = encoded.dictionary.to_pylist()
    order = sorted(range(len(ids)), key=lambda code: (len(ids[code]), ids[code]))
    columns: dict[str, Any] = {"account_id": pa.array([ids[code] for code in order], pa.string())}
    for name in table.column_names[1:]:
        known = np.flatnonzero(table[name].combine_chunks().is_valid().to_numpy(zero_copy_only=False))
        first = np.full(len(ids), -1, np.int64)
        found, place = np.unique(codes[known], return_index=True)
        first[found] = known[place]
        wanted = first[np.array(order, np.int64)]
        columns[name] = table[name].take(pa.array(wanted, mask=wanted < 0))
    return pa.table(columns, schema=pa.schema([field.with_nullable(True) for field in table.schema]))


def _identifiers(table: pa.Table, region: str) -> pa.Table:
    """Values with their forms, sorted by account; a repeated value stays once, first as seen.

    What is compared goes before what is not: a handle that was found registered, and then linked to by its holder,
    is the holder's.
    """
    table = table.combine_chunks()
    unweighed = _unweighed(table)
    if pc.any(unweighed).as_py():
        table = pa.concat_tables(
            [table.filter(pc.invert(unweighed)), table.filter(unweighed)]
        ).combine_chunks()
    repeated = ["account_row", "kind", "value", "platform"]
    first = (
        table.append_column("arrival", pa.array(np.arange(table.num_rows)))
        .group_by(repeated)
        .aggregate([("arrival", "min")])["arrival_min"]
        .to_numpy()
    )
    table = table.take(pa.array(np.sort(first)))
    table = table.take(pc.sort_indices(table, [("account_row", "ascending")]))
    kinds = table["kind"].combine_chunks().dictionary_encode()
    codes = kinds.indices.to_numpy()
    values = table["value"].combine_chunks()
    order, parts = [], [pa.array([], pa.large_string())]
    for code, kind in enumerate(kinds.dictionary.to_pylist()):
        places = np.flatnonzero(codes == code)
        parts.append(form_column(IdentifierKind(kind), values.take(pa.array(places)), region=region))
        order.append(places)
    back = np.argsort(np.concatenate([np.empty(0, np.int64), *order]))
    forms = pa.concat_arrays(parts).take(pa.array(back)).cast(pa.string())
    forms = pc.if_else(_unweighed(table), pa.scalar(""), forms)
    names = ["account_row", "kind", "value", "platform", "role", "confirmed", "record"]
    return table.select(names).append_column("form", forms)


def _unweighed(identifiers: pa.Table) -> pa.ChunkedArray:
    return pc.is_in(identifiers["role"], pa.array(sorted(UNWEIGHED_ROLES)))
