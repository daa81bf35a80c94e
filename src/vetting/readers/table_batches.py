"""Columns of a member table to the rows of accounts and identifiers, column by column."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from attrs import define, field

from vetting.errors import RecordError
from vetting.readers.households import people_of
from vetting.readers.mappings import TableMapping
from vetting.readers.table_shifts import shifted_rows
from vetting.readers.table_text import RowBlock
from vetting.records.dates import PartialDate
from vetting.records.identifiers import IdentifierKind
from vetting.records.schemas import ACCOUNTS, IDENTIFIERS, Batch

__all__ = ["TableBatches"]

_KINDS = {
    "name": (IdentifierKind.NAME, "current"),
    "aliases": (IdentifierKind.NAME, "alias"),
    "handle": (IdentifierKind.HANDLE, "current"),
    "email": (IdentifierKind.EMAIL, "current"),
    "phone": (IdentifierKind.PHONE, "current"),
    "place": (IdentifierKind.PLACE, "current"),
    "address": (IdentifierKind.PLACE, "current"),
    "postcode": (IdentifierKind.PLACE, "current"),
    "url": (IdentifierKind.URL, "current"),
}
# A username may hold a semicolon, and so may an address; an e-mail address may not.
_SEVERAL_VALUES = frozenset({"aliases", "email", "phone", "url"})
_NAME_FIELDS = frozenset({"name", "given_name", "middle_name", "family_name", "initials", "aliases"})
_UNSET_DATES = frozenset({"0", "-", "0000-00-00", "0000-00-00 00:00:00", "00/00/0000", "n/a", "N/A"})
_PLATFORM = (
    r"^(?P<platform>(?i:twitter|telegram|facebook|instagram|skype|discord|reddit|youtube|vk|gab|mastodon|bluesky"
    r"|tiktok|icq|steam|parler|gettr))\s*:\s*(?P<handle>[^/\s].*)$"
)
_TOGETHER = r"(?i)[&+/]|\b(?:and|und)\b"
_HOUSEHOLD = re.compile(
    r"\b(?:mr|mrs|ms|miss|mx|dr|rev)\b\.?\s*(?:&|and|\+|/)\s*(?:mr|mrs|ms|miss|mx|dr|rev)\b", re.IGNORECASE
)


@define
class TableBatches:
    """Turns blocks of rows into batches, and counts what it could not read.

    Attributes:
        fields: The field of each column, ``None`` for a column that is not captured.
        mapping: Its options count: how dates are written, whether e-mail addresses were confirmed.
        dates_quarantined: Values of date columns that are no dates; their rows are kept without them.
        households: Names of more than one person, kept as written; where it is plain, each person's name beside it.
        shifted: Rows left out since their cells have slid into their neighbours' columns.
        without_id: Rows whose id cell is empty.
        empty: Rows without any captured value, which were passed over.
    """

    fields: list[str | None]
    mapping: TableMapping
    dates_quarantined: int = field(init=False, default=0)
    households: int = field(init=False, default=0)
    shifted: int = field(init=False, default=0)
    without_id: int = field(init=False, default=0)
    empty: int = field(init=False, default=0)

    def of(self, block: RowBlock) -> Iterator[Batch]:
        """Yield the accounts and the identifiers of a block of rows."""
        columns = {index: self._clean(index, column) for index, column in block.columns.items()}
        ordinals = block.ordinals
        filled = np.zeros(len(ordinals), dtype=bool)
        for column in columns.values():
            filled |= column.is_valid().to_numpy(zero_copy_only=False)
        self.empty += int((~filled).sum())
        slid = shifted_rows(columns, self.fields)
        self.shifted += int(slid.sum())
        wanted = filled & ~slid
        if not wanted.all():
            keep = pa.array(wanted)
            columns = {index: column.filter(keep) for index, column in columns.items()}
            ordinals = ordinals[wanted]
        if not len(ordinals):
            return
        numbers = pa.array(ordinals).cast(pa.string())
        records = pc.binary_join_element_wise("row", numbers, "@")
        ids = self._ids(columns, numbers)
        yield Batch("accounts", self._accounts(columns, ids, records))
        parts = list(self._identifiers(columns))
        if parts:
            yield Batch("identifiers", _identifier_batch(parts, ids, records))

    def _clean(self, index: int, column: pa.Array) -> pa.Array:
        """Trimmed text; empty cells and the marks that databases write for them become null."""
        text = pc.utf8_trim_whitespace(column)
        unset = pc.or_(pc.equal(text, ""), pc.equal(text, r"\N"))
        if self.fields[index] not in _NAME_FIELDS:  # there are people whose name is Null
            unset = pc.or_(unset, pc.equal(text, "NULL"))
        return pc.if_else(unset, pa.scalar(None, pa.string()), text)

    def _of(self, columns: dict[int, pa.Array], name: str) -> list[pa.Array]:
        return [column for index, column in columns.items() if self.fields[index] == name]

    def _ids(self, columns: dict[int, pa.Array], numbers: pa.Array) -> pa.Array:
        rows = pc.binary_join_element_wise("row", numbers, "-")
        given = self._of(columns, "account_id")
        if not given:
            return rows
        self.without_id += given[0].null_count
        return pc.coalesce(given[0], rows)

    def _accounts(self, columns: dict[int, pa.Array], ids: pa.Array, records: pa.Array) -> pa.RecordBatch:
        nothing = pa.nulls(len(ids))
        status = self._of(columns, "status")
        values = {
            "account_id": ids,
            "created_at": self._moments(self._of(columns, "created_at"), len(ids)),
            "last_seen": self._moments(self._of(columns, "last_seen"), len(ids)),
            "status": status[0] if status else nothing.cast(pa.string()),
            "groups": _groups(self._of(columns, "groups"), len(ids)),
            "record": records,
        }
        return pa.RecordBatch.from_arrays([values[name] for name in ACCOUNTS.names], schema=ACCOUNTS)

    def _moments(self, columns: list[pa.Array], length: int) -> pa.Array:
        kind = pa.timestamp("s", tz="UTC")
        if not columns:
            return pa.nulls(length, kind)
        return self._converted(columns[0], _moment, pa.int64()).cast(kind)

    def _converted(self, column: pa.Array, convert: Callable[[str], object], kind: pa.DataType) -> pa.Array:
        """Convert each distinct text once; what cannot be converted is counted and becomes null."""
        encoded = column.dictionary_encode()
        converted: list[object] = []
        bad: list[int] = []
        for position, text in enumerate(encoded.dictionary.to_pylist()):
            value = None
            if text not in _UNSET_DATES:
                try:
                    value = convert(text)
                except (RecordError, ValueError, OverflowError):
                    bad.append(position)
            converted.append(value)
        if bad:
            places = pc.is_in(encoded.indices, value_set=pa.array(bad, encoded.indices.type))
            self.dates_quarantined += pc.sum(places).as_py() or 0
        return pa.array(converted, kind).take(encoded.indices)

    def _birth(self, text: str) -> str:
        return str(PartialDate.parse(text, day_first=self.mapping.day_first))

    def _identifiers(self, columns: dict[int, pa.Array]) -> Iterator[_Part]:
        whole = self._of(columns, "name")
        joined = self._joined_name(columns)
        if joined is not None:
            role = "alias" if whole else "current"
            yield _Part(joined, IdentifierKind.NAME, role)
        for column in [*whole, *([joined] if joined is not None else [])]:
            yield from self._people(column)
        for index, column in columns.items():
            name, _, platform = (self.fields[index] or "").partition(":")
            if name == "date_of_birth":
                dates = self._converted(column, self._birth, pa.string())
                yield _Part(dates, IdentifierKind.DATE_OF_BIRTH, "current")
            elif name == "display_name":
                # With a space it is what somebody calls themselves, without one it is a handle.
                spaced = pc.match_substring(column, " ")
                nothing = pa.scalar(None, pa.string())
                yield _Part(pc.if_else(spaced, column, nothing), IdentifierKind.NAME, "display")
                yield _Part(pc.if_else(spaced, nothing, column), IdentifierKind.HANDLE, "display")
            elif name in _KINDS:
                kind, role = _KINDS[name]
                confirmed = self.mapping.email_confirmed if name == "email" else None
                several = name in _SEVERAL_VALUES
                yield _Part(column, kind, role, platform or None, confirmed, several)

    def _people(self, column: pa.Array) -> Iterator[_Part]:
        """Name each person of a household; the row stays one account, since its other values are anybody's."""
        together = pc.fill_null(pc.match_substring_regex(column, _TOGETHER), False)
        if not pc.any(together).as_py():
            return
        found = [
            people_of(name or "") if joint else ()
            for name, joint in zip(column.to_pylist(), together.to_pylist(), strict=True)
        ]
        self.households += sum(
            bool(people or (name and _HOUSEHOLD.search(name)))
            for name, people in zip(column.to_pylist(), found, strict=True)
        )
        for place in range(max(map(len, found))):
            people = [each[place] if place < len(each) else None for each in found]
            yield _Part(pa.array(people, pa.string()), IdentifierKind.NAME, "alias")

    def _joined_name(self, columns: dict[int, pa.Array]) -> pa.Array | None:
        family, given = self._of(columns, "family_name"), self._of(columns, "given_name")
        initials, middle = self._of(columns, "initials"), self._of(columns, "middle_name")
        first = pc.coalesce(*given, *initials) if given or initials else None
        parts = [part for part in (first, *middle, *family) if part is not None]
        if not parts or not (given or family):
            return None
        joined = pc.utf8_trim_whitespace(_joined(parts, " "))
        return pc.if_else(pc.equal(joined, ""), pa.scalar(None, pa.string()), joined)


@define
class _Part:
    """Values of one column, null where there is none, and what they are."""

    values: pa.Array
    kind: IdentifierKind
    role: str
    platform: str | None = None
    confirmed: bool | None = None
    several: bool = False


def _identifier_batch(parts: list[_Part], ids: pa.Array, records: pa.Array) -> pa.RecordBatch:
    columns: dict[str, list[pa.Array]] = {name: [] for name in IDENTIFIERS.names}
    for part in parts:
        rows = pc.indices_nonzero(part.values.is_valid())
        values = part.values.drop_null()
        if part.several and pc.any(pc.match_substring(values, ";")).as_py():
            pieces = pc.split_pattern(values, ";")
            rows = rows.take(pc.list_parent_indices(pieces))
            values = pc.utf8_trim_whitespace(pc.list_flatten(pieces))
            full = pc.not_equal(values, "")
            rows, values = rows.filter(full), values.filter(full)
        platforms = pa.repeat(pa.scalar(part.platform, pa.string()), len(values))
        if part.kind is IdentifierKind.HANDLE and part.platform is None:
            values, platforms = _with_platforms(values)
        columns["account_id"].append(ids.take(rows))
        columns["kind"].append(pa.repeat(str(part.kind), len(values)))
        columns["value"].append(values)
        columns["platform"].append(platforms)
        columns["role"].append(pa.repeat(part.role, len(values)))
        columns["confirmed"].append(pa.repeat(pa.scalar(part.confirmed, pa.bool_()), len(values)))
        columns["record"].append(records.take(rows))
    arrays = [pa.concat_arrays(columns[name]) for name in IDENTIFIERS.names]
    return pa.RecordBatch.from_arrays(arrays, schema=IDENTIFIERS)


def _with_platforms(values: pa.Array) -> tuple[pa.Array, pa.Array]:
    """Split ``twitter:sam_ex`` where the first word is a platform that is known."""
    if not pc.any(pc.match_substring(values, ":")).as_py():
        return values, pa.nulls(len(values), pa.string())
    found = pc.extract_regex(values, _PLATFORM)
    platforms = pc.utf8_lower(pc.struct_field(found, "platform"))
    return pc.coalesce(pc.struct_field(found, "handle"), values), platforms


def _joined(columns: list[pa.Array], separator: str) -> pa.Array:
    """Join columns row by row without their nulls; the separator is at the end as well."""
    # The empty text is there since pyarrow 26 drops rows in which every value is null.
    return pc.binary_join_element_wise(*columns, "", separator, null_handling="skip")


def _groups(columns: list[pa.Array], length: int) -> pa.Array:
    kind = pa.list_(pa.string())
    if not columns:
        return pa.nulls(length, kind)
    joined = _joined(columns, ";").dictionary_encode()
    split = [
        [part.strip() for part in re.split("[;,|]", text) if part.strip()] or None
        for text in joined.dictionary.to_pylist()
    ]
    return pa.array(split, kind).take(joined.indices)


def _moment(text: str) -> int:
    """Seconds since 1970 of an epoch time, an ISO time or a date; a time without a zone is taken as UTC."""
    if text.isascii() and text.isdigit() and len(text) in {9, 10, 13}:
        return int(text) // (1000 if len(text) == 13 else 1)
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        date = PartialDate.parse(text)
        (year, month, day), *others = date.readings
        if others or not (year and month and day):
            raise ValueError("no single day") from None
        moment = datetime(year, month, day, tzinfo=UTC)
    return int((moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp())
