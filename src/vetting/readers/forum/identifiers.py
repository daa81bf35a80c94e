"""Gathers the identifiers of a forum's accounts, each value once, with the best of its roles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

import pyarrow as pa
import pyarrow.compute as pc
from attrs import define, field, frozen

from vetting.readers.credentials import credential_values
from vetting.records.schemas import IDENTIFIERS, Batch

__all__ = ["Identifiers", "Origin"]

_ROLES = {"current": 0, "display": 1, "previous": 100, "posted_as": 101, "alias": 102}
_GENERATION = 2  # an older generation's current name yields to a newer one's, and to no other role
_FEW = 3  # below this many hashes a column is not judged by its values
_BATCH = 1 << 16


@frozen
class Origin:
    """Where identifiers come from and what they are.

    Attributes:
        table: The table.
        column: The column.
        generation: Of the profile; 0 is preferred.
        kind: An identifier kind.
        role: As the rule says.
        platform: Of a handle.
    """

    table: str
    column: str
    generation: int
    kind: str
    role: str
    platform: str | None = None

    @property
    def rank(self) -> int:
        """Which of several rows of one value is kept: the lowest."""
        return _ROLES[self.role] + (
            self.generation * _GENERATION if self.role in {"current", "display"} else 0
        )


@define
class Identifiers:
    """All identifiers of a list, in Arrow columns until the list is whole.

    Whether an e-mail was confirmed, which generation's name is current and what a custom field is called
    are known only at the end. Memory: about 60 bytes a value.

    Attributes:
        hashes: Values left out since they look like a password's hash, by ``table.column``.
        refused: Columns refused whole, since most of their values look so.
        strangers: Identifiers of ids that are no account of the list.
    """

    hashes: Counter[str] = field(factory=Counter, init=False)
    refused: set[str] = field(factory=set, init=False)
    strangers: int = field(default=0, init=False)
    _origins: list[Origin] = field(factory=list, init=False)
    _parts: list[pa.Table] = field(factory=list, init=False)

    def add(
        self, origin: Origin, accounts: pa.Array, values: Sequence[str | None], offsets: pa.Array
    ) -> None:
        """Take in values.

        Args:
            origin: Where they come from.
            accounts: Ids, ``int64``; 0 and less, and null, are nobody.
            values: Texts as written; empty ones and ``None`` are left out.
            offsets: Where each was read.
        """
        name = f"{origin.table}.{origin.column}"
        if name in self.refused or not len(accounts):
            return
        if origin not in self._origins:
            self._origins.append(origin)
        trimmed = [value.strip().replace("\0", "") if value else None for value in values]
        texts = pa.array([_encodable(value) if value else None for value in trimmed], pa.string())
        wanted = pc.and_(pc.is_valid(texts), pc.fill_null(pc.greater(accounts, 0), False))
        secret = pc.and_(credential_values(texts), wanted)
        if found := pc.sum(secret).as_py() or 0:
            self.hashes[name] += found
            if found >= _FEW and 2 * found > pc.sum(wanted).as_py():
                self.refused.add(name)
                return
            wanted = pc.and_(wanted, pc.invert(secret))
        part = pa.table({"account": accounts, "value": texts, "offset": offsets})
        number = pa.scalar(self._origins.index(origin), pa.int16())
        self._parts.append(part.append_column("origin", pa.repeat(number, len(part))).filter(wanted))

    def names(self, wanted: set[str]) -> dict[str, int]:
        """Find whose handles some names are.

        Args:
            wanted: Names, case-folded.

        Returns:
            Account by name; a name that several accounts have used is left out.
        """
        owners: dict[str, set[int]] = {}
        handles = {
            number
            for number, origin in enumerate(self._origins)
            if origin.kind == "handle" and origin.platform is None and origin.role != "posted_as"
        }
        for part in self._parts:
            if not part.num_rows or part["origin"][0].as_py() not in handles:
                continue
            for account, value in zip(part["account"].to_pylist(), part["value"].to_pylist(), strict=True):
                if (name := value.casefold()) in wanted:
                    owners.setdefault(name, set()).add(account)
        return {name: next(iter(accounts)) for name, accounts in owners.items() if len(accounts) == 1}

    def batches(self, known: pa.Array, unconfirmed: set[int]) -> Iterator[Batch]:
        """Hand over the identifiers of known accounts, each (account, kind, platform, value) once.

        Args:
            known: Ids of the list's accounts.
            unconfirmed: Accounts that have not confirmed their current e-mail.
        """
        held = [part for part in self._parts if part.num_rows and self._column_of(part) not in self.refused]
        parts = [part.filter(pc.is_in(part["account"], known)) for part in held]
        self.strangers = sum(part.num_rows for part in held) - sum(part.num_rows for part in parts)
        self._parts = []
        if not parts:
            return
        rows = self._distinct(pa.concat_tables(parts).combine_chunks())
        doubtful = pa.array(sorted(unconfirmed), pa.int64())
        for start in range(0, rows.num_rows, _BATCH):
            yield Batch("identifiers", self._finished(rows.slice(start, _BATCH), doubtful))

    def _column_of(self, part: pa.Table) -> str:
        origin = self._origins[part["origin"][0].as_py()]
        return f"{origin.table}.{origin.column}"

    def _attribute(self, rows: pa.Table, values: Sequence[object], kind: pa.DataType) -> pa.Array:
        return pa.array(values, kind).take(rows["origin"].combine_chunks())

    def _distinct(self, rows: pa.Table) -> pa.Table:
        origins = self._origins
        kinds = sorted({(origin.kind, origin.platform or "") for origin in origins})
        kind = self._attribute(
            rows, [kinds.index((each.kind, each.platform or "")) for each in origins], pa.int16()
        )
        rank = self._attribute(rows, [origin.rank for origin in origins], pa.int16())
        generation = self._attribute(rows, [origin.generation for origin in origins], pa.int16())
        rows = (
            rows.append_column("kind", kind)
            .append_column("rank", rank)
            .append_column("generation", generation)
        )
        rows = rows.sort_by([("rank", "ascending"), ("offset", "ascending")])
        grouped = rows.group_by(["account", "kind", "value"], use_threads=False).aggregate(
            [
                ("origin", "first"),
                ("offset", "first"),
                ("generation", "min"),
            ]
        )
        names = {"origin_first": "origin", "offset_first": "offset", "generation_min": "generation"}
        rows = grouped.rename_columns([names.get(name, name) for name in grouped.column_names])
        best = rows.group_by(["account", "kind"], use_threads=False).aggregate([("generation", "min")])
        joined = rows.join(best, ["account", "kind"], join_type="left outer", use_threads=False)
        return joined.sort_by([("account", "ascending"), ("kind", "ascending"), ("offset", "ascending")])

    def _finished(self, rows: pa.Table, doubtful: pa.Array) -> pa.RecordBatch:
        origins = self._origins
        role = self._attribute(rows, [origin.role for origin in origins], pa.string())
        # An older generation's current name is a previous one where the newer generation has its own.
        overtaken = pc.and_(
            pc.greater(
                self._attribute(rows, [origin.generation for origin in origins], pa.int16()),
                rows["generation_min"].combine_chunks(),
            ),
            pc.is_in(role, pa.array(["current", "display"])),
        )
        kind = self._attribute(rows, [origin.kind for origin in origins], pa.string())
        earlier = pc.if_else(pc.is_in(kind, pa.array(["date_of_birth", "name"])), "alias", "previous")
        role = pc.if_else(overtaken, earlier, role)
        unconfirmed = pc.and_(
            pc.and_(pc.equal(kind, "email"), pc.equal(role, "current")),
            pc.is_in(rows["account"].combine_chunks(), doubtful),
        )
        tables = self._attribute(rows, [origin.table for origin in origins], pa.string())
        offsets = pc.cast(rows["offset"].combine_chunks(), pa.string())
        columns = [
            pc.cast(rows["account"].combine_chunks(), pa.string()),
            kind,
            rows["value"].combine_chunks(),
            self._attribute(rows, [origin.platform for origin in origins], pa.string()),
            role,
            pc.if_else(unconfirmed, pa.scalar(False), pa.scalar(None, pa.bool_())),
            pc.binary_join_element_wise(tables, offsets, "@"),
        ]
        return pa.RecordBatch.from_arrays(columns, schema=IDENTIFIERS)


def _encodable(text: str) -> str:
    return text.encode("utf-8", "replace").decode() if not text.isascii() else text
