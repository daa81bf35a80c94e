"""What must be true of a shard's tables and arrays together: rules, and where the first break of each is.

Checksums tell that a file is as it was written; these rules tell that what was written is a list. They are
all that can be asked of a shard without checksums.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from vetting.evidence.frequencies import FREQUENCY_KINDS
from vetting.records.identifiers import IdentifierKind
from vetting.store import layout
from vetting.store.opened import WHOLE, Flaw, OpenedShard
from vetting.store.probing import first_falling, first_outside, pieces, rising_from_zero

__all__ = ["flaws_of"]

Array = npt.NDArray[Any]
_SKETCH_WIDTHS = {
    "names": 6,
    "initials": 0,
    "places": 5,
    "contacts": 4,
    "handles": 6,
    "years": 0,
    "days": 0,
    "mailboxes": 0,
    "numbers": 0,
}


def flaws_of(folder: Path, accounts: int) -> Iterator[Flaw]:
    """Find what is wrong with a shard; the first break of each rule.

    Args:
        folder: The shard's.
        accounts: How many the manifest says there are.

    Cost: every array and table is read once, a piece at a time; relations and the owners of identifiers are held.
    """
    shard = OpenedShard(folder, accounts)
    for rule in _RULES:
        try:
            yield from rule(shard)
        except Flaw as flaw:
            yield flaw


def _accounts(shard: OpenedShard) -> Iterator[Flaw]:
    name = layout.ACCOUNTS_FILE
    rows, last = 0, ""
    for part in shard.table(name, ["account_id"]):
        ids = pa.chunked_array([[last], *part["account_id"].chunks], pa.string()).combine_chunks()
        sizes = pc.utf8_length(ids).to_numpy()
        longer = sizes[1:] > sizes[:-1]
        after = pc.greater(ids[1:], ids[:-1]).to_numpy(zero_copy_only=False)
        wrong = ~(longer | ((sizes[1:] == sizes[:-1]) & after))
        if wrong.any():
            raise Flaw(name, f"row {rows + int(np.argmax(wrong))}", "is out of order")
        rows, last = rows + part.num_rows, ids[-1].as_py()
    if rows != shard.accounts:
        yield Flaw(name, "", f"has {rows:,} rows, and the manifest says {shard.accounts:,}")
    if shard.counts["accounts"] != rows:
        yield Flaw(layout.COUNTS_FILE, "accounts", f"says {shard.counts['accounts']:,} instead of {rows:,}")


def _identifiers(shard: OpenedShard) -> Iterator[Flaw]:
    name = layout.IDENTIFIERS_FILE
    counted: dict[str, int] = {}
    owned = np.zeros(shard.accounts, np.int64)
    rows = last = 0
    for part in shard.table(name, ["account_row", "kind"]):
        owners = part["account_row"].to_numpy()
        outside = first_outside(owners, last, shard.accounts)
        falling = first_falling(owners)
        if outside is not None or falling is not None:
            place = min(row for row in (outside, falling) if row is not None)
            raise Flaw(name, f"row {rows + place}", "is out of order, or of an account that there is not")
        owned += np.bincount(owners, minlength=shard.accounts)
        for item in pc.value_counts(part["kind"]).to_pylist():
            counted[item["values"]] = counted.get(item["values"], 0) + item["counts"]
        rows, last = rows + part.num_rows, int(owners[-1]) if len(owners) else last
    if shard.counts["identifiers"] != counted:
        yield Flaw(layout.COUNTS_FILE, "identifiers", "does not say how many there are of each kind")
    wrong = np.flatnonzero(np.diff(shard.starts) != owned)
    if shard.starts[0] != 0 or len(wrong):
        yield Flaw(
            layout.IDENTIFIER_STARTS_FILE,
            f"row {wrong[0] if len(wrong) else 0}",
            "does not say where the identifiers of the account are",
        )


def _values(shard: OpenedShard) -> Iterator[Flaw]:
    for kind in IdentifierKind:
        try:
            yield from _column(shard, f"{layout.VALUES_FOLDER}/{kind}")
        except Flaw as flaw:
            yield flaw


def _column(shard: OpenedShard, stem: str) -> Iterator[Flaw]:
    owners = shard.array(f"{stem}.owners.npy", np.int32)
    codes = shard.array(f"{stem}.codes.npy", np.int32, rows=len(owners))
    sources = shard.array(f"{stem}.sources.npy", WHOLE, rows=len(owners))
    starts = shard.array(f"{stem}.starts.npy", WHOLE)
    text = shard.array(f"{stem}.text.npy", np.uint8)
    yield from _told(f"{stem}.owners.npy", first_falling(owners), "does not ascend")
    yield from _told(f"{stem}.codes.npy", first_outside(codes, 0, len(starts) - 1), "is out of range")
    yield from _told(f"{stem}.starts.npy", rising_from_zero(starts, len(text)), "is no offset into the text")
    outside = first_outside(owners, 0, shard.accounts)
    if outside is not None:
        raise Flaw(f"{stem}.owners.npy", f"entry {outside}", "is out of range")
    if len(shard.starts) != shard.accounts + 1:
        return
    for part in pieces(len(owners)):
        owner, source = owners[part], sources[part]
        wrong = (source < 0) | (source >= shard.starts[owner + 1] - shard.starts[owner])
        if wrong.any():
            place = part.start + int(np.argmax(wrong))
            raise Flaw(f"{stem}.sources.npy", f"entry {place}", "is no identifier of the account")


def _keys(shard: OpenedShard) -> Iterator[Flaw]:
    keys = shard.array(layout.KEYS_FILE, np.uint64)
    rows = shard.array(layout.KEY_ROWS_FILE, np.int32, rows=len(keys))
    yield from _told(layout.KEYS_FILE, first_falling(keys), "does not ascend")
    yield from _told(layout.KEY_ROWS_FILE, first_outside(rows, 0, shard.accounts), "is out of range")
    for part in pieces(len(keys), overlap=1):
        wrong = (keys[part][1:] == keys[part][:-1]) & (rows[part][1:] <= rows[part][:-1])
        if wrong.any():
            place = part.start + 1 + int(np.argmax(wrong))
            raise Flaw(layout.KEY_ROWS_FILE, f"entry {place}", "does not ascend within its key")


def _postings(shard: OpenedShard) -> Iterator[Flaw]:
    def part(name: str, dtype: type | tuple[type, ...], rows: int | None = None) -> Array:
        return shard.array(f"{layout.POSTINGS_FOLDER}/{name}.npy", dtype, rows=rows)

    def told(name: str, place: int | None, reason: str) -> Iterator[Flaw]:
        return _told(f"{layout.POSTINGS_FOLDER}/{name}.npy", place, reason)

    grams, norms, forms, accounts = (
        part("grams", np.uint32),
        part("norms", np.float32),
        part("forms", np.int32),
        part("accounts", np.int32),
    )
    counts, starts = part("counts", np.int32, len(grams)), part("starts", WHOLE, len(grams) + 1)
    edges = part("account_starts", WHOLE, len(norms) + 1)
    part("declared", np.bool_, len(accounts))
    yield from told("grams", first_falling(grams, strictly=True), "does not ascend")
    yield from told("starts", rising_from_zero(starts, len(forms)), "is no offset into the forms")
    yield from told(
        "account_starts", rising_from_zero(edges, len(accounts)), "is no offset into the accounts"
    )
    yield from told("forms", first_outside(forms, 0, len(norms)), "is out of range")
    yield from told("accounts", first_outside(accounts, 0, shard.accounts), "is out of range")
    held = np.diff(starts)
    wrong = (counts < 1) | ((held != 0) & (held != counts))
    yield from told("counts", int(np.argmax(wrong)) if wrong.any() else None, "does not agree with the forms")


def _sketch(shard: OpenedShard) -> Iterator[Flaw]:
    for name, width in _SKETCH_WIDTHS.items():
        dtype = np.int16 if name in {"years", "days"} else np.uint32
        try:
            shard.array(f"{layout.SKETCH_FOLDER}/{name}.npy", dtype, rows=shard.accounts, width=width)
        except Flaw as flaw:
            yield flaw


def _frequencies(shard: OpenedShard) -> Iterator[Flaw]:
    folder = layout.FREQUENCIES_FOLDER
    hashes = shard.array(f"{folder}/hashes.npy", np.uint64)
    counts = shard.array(f"{folder}/counts.npy", np.int32, rows=len(hashes))
    starts = shard.array(f"{folder}/starts.npy", np.int64, rows=len(FREQUENCY_KINDS) + 1)
    shard.array(f"{folder}/owners.npy", np.int64, rows=len(FREQUENCY_KINDS))
    shard.array(f"{folder}/trigrams.npy", np.int64)
    wrong = rising_from_zero(starts, len(hashes))
    if wrong is not None:
        raise Flaw(f"{folder}/starts.npy", f"entry {wrong}", "is no offset into the hashes")
    yield from _told(f"{folder}/counts.npy", first_outside(counts, 1, shard.accounts + 1), "is out of range")
    for first, end in zip(starts.tolist(), starts.tolist()[1:], strict=False):
        falling = first_falling(hashes[first:end], strictly=True)
        yield from _told(
            f"{folder}/hashes.npy", None if falling is None else first + falling, "does not ascend"
        )


def _neighbours(shard: OpenedShard) -> Iterator[Flaw]:
    nodes = shard.accounts + shard.rows(layout.PLACES_FILE)
    ends = [
        (part["source_node"].to_numpy(), part["target_node"].to_numpy())
        for part in shard.table(layout.RELATIONS_FILE, ["source_node", "target_node"])
    ]
    source, target = (np.concatenate([np.empty(0, np.int32), *side]) for side in zip(*ends, strict=True))
    for _ in shard.table(layout.PLACES_FILE, ["kind"]):
        pass
    for side in (source, target):
        yield from _told(layout.RELATIONS_FILE, first_outside(side, 0, nodes), "has an end that there is not")
    incident = shard.array(layout.NEIGHBOUR_RELATIONS_FILE, np.int32)
    offsets = shard.array(layout.NEIGHBOUR_OFFSETS_FILE, WHOLE, rows=nodes + 1)
    broken = rising_from_zero(offsets, len(incident))
    outside = first_outside(incident, 0, len(source))
    yield from _told(layout.NEIGHBOUR_OFFSETS_FILE, broken, "is no offset into the relations")
    yield from _told(layout.NEIGHBOUR_RELATIONS_FILE, outside, "is out of range")
    if broken is not None or outside is not None:
        return
    node = np.repeat(np.arange(nodes), np.diff(offsets))
    wrong = (source[incident] != node) & (target[incident] != node)
    wrong[1:] |= (node[1:] == node[:-1]) & (incident[1:] <= incident[:-1])
    place = int(np.argmax(wrong)) if wrong.any() else None
    yield from _told(layout.NEIGHBOUR_RELATIONS_FILE, place, "is no relation of its node")
    if len(incident) != len(source) + int((source != target).sum()):
        yield Flaw(layout.NEIGHBOUR_RELATIONS_FILE, "", "does not have every relation at both its ends")


def _neighbour_columns(shard: OpenedShard) -> Iterator[Flaw]:
    """The columns that a walk reads say what the tables say; a shard of before has none."""
    copies = {
        name: (shard.folder / name).exists()
        for name in (layout.NEIGHBOUR_COLUMNS_FILE, layout.NEIGHBOUR_NODES_FILE)
    }
    if not any(copies.values()):
        return
    for name, there in copies.items():
        if not there:
            raise Flaw(name, "", "is missing or cannot be read")
    columns, nodes = map(shard.mapped, copies)
    yield from _same(shard, layout.NEIGHBOUR_COLUMNS_FILE, columns, ((layout.RELATIONS_FILE, {}),))
    yield from _same(
        shard,
        layout.NEIGHBOUR_NODES_FILE,
        nodes,
        ((layout.ACCOUNTS_FILE, {"id": "account_id"}), (layout.PLACES_FILE, {"id": "id", "kind": "kind"})),
    )


def _same(
    shard: OpenedShard, name: str, copy: pa.RecordBatch, tables: Sequence[tuple[str, dict[str, str]]]
) -> Iterator[Flaw]:
    """Compare a copy with the tables that it was made from, one after the other."""
    row = 0
    for table, columns in tables:
        names = columns or {column: column for column in layout.COLUMNS[table]}
        for part in shard.table(table, list(names.values())):
            here = copy.slice(row, part.num_rows)
            for column, origin in names.items():
                if column not in copy.schema.names or not _equal(part[origin], here.column(column)):
                    raise Flaw(name, f"rows from {row}", "does not say what the tables say")
            row += part.num_rows
    if copy.num_rows != row:
        yield Flaw(name, "", f"has {copy.num_rows:,} rows instead of {row:,}")


def _equal(original: pa.ChunkedArray, copied: pa.Array) -> bool:
    if pa.types.is_dictionary(copied.type):
        copied = copied.dictionary_decode()
    return bool(original.equals(pa.chunked_array([copied.cast(original.type)])))


def _told(file: str, place: int | None, reason: str) -> Iterator[Flaw]:
    if place is not None:
        yield Flaw(file, f"entry {place}", reason)


_RULES: tuple[Callable[[OpenedShard], Iterator[Flaw]], ...] = (
    _accounts,
    _identifiers,
    _values,
    _keys,
    _postings,
    _sketch,
    _frequencies,
    _neighbours,
    _neighbour_columns,
)
