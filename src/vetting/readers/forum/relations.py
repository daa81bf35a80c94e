"""Turns counts into relations: names and addresses read, guests dropped, generations merged."""

from __future__ import annotations

import html
import ipaddress
import re
from collections.abc import Callable, Iterator
from contextlib import suppress

import pyarrow as pa
import pyarrow.compute as pc
from attrs import define, field

from vetting.readers.forum.tables import Gathered
from vetting.readers.forum.tally import Tally, drop_guests, merged
from vetting.readers.sqldump.literals import TextDecoder, payload
from vetting.records.schemas import RELATIONS, Batch

__all__ = ["Relations"]

_BATCH = 1 << 16
_NOTHING = frozenset({None, b"''", b"NULL", b"'0.0.0.0'", b"'::'", b"'0'", b"0", b""})
_OCTET = rb"(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)"
_IPV4 = re.compile(rb"'(" + _OCTET + rb"(?:\." + _OCTET + rb"){3})'")  # as nearly all are written


@define
class Relations:
    """The relations of a list.

    Attributes:
        gathered: Everything read.
        decoder: Of texts.
        guests: Occurrences left out since one side is a guest.
        unread_targets: Occurrences left out since the name is nobody's or several accounts', or the
            address is none.
    """

    gathered: Gathered
    decoder: TextDecoder
    guests: int = field(default=0, init=False)
    unread_targets: int = field(default=0, init=False)

    def batches(self) -> Iterator[Batch]:
        """Hand over all relations, kind by kind."""
        kinds: dict[tuple[str, str], list[tuple[Tally, bool]]] = {}
        for (kind, target_kind, _, raw, _), tally in self.gathered.tallies.items():
            kinds.setdefault((kind, target_kind), []).append((tally, raw))
        self.gathered.tallies.clear()
        for kind, target_kind in sorted(kinds):  # each kind's counts are let go once they are handed over
            tallies = sorted(kinds.pop((kind, target_kind)), key=lambda each: each[0].generation)
            place_kind = next((tally.place_kind for tally, _ in tallies if tally.place_kind), "")
            counts = [
                counted for tally, raw in tallies if (counted := self._counted(tally, target_kind, raw=raw))
            ]
            tallies.clear()
            if counts:
                yield from _batches(*merged(counts), kind, target_kind, place_kind)
            counts.clear()
        for space, conversations in sorted(self.gathered.conversations.items()):
            for paired, names in conversations.messaged(self.gathered.accounts.nobody):
                yield from _batches(paired, names, "messaged", "account", space or "conversation")

    def _counted(self, tally: Tally, target_kind: str, *, raw: bool) -> tuple[pa.Table, str] | None:
        counted = tally.result()
        if counted is None:
            return None
        if raw:
            counted = self._read(counted, self._address if target_kind == "ip" else None)
        for column, kind in (("source", tally.source_of), ("target", tally.target_of)):
            if kind:
                counted = self._owned(counted, column, kind)
        conversations = self.gathered.conversations.get(tally.public) if tally.public else None
        if conversations is not None:
            topic = counted["place" if tally.place_kind else "target"]
            counted = counted.filter(pc.invert(pc.is_in(topic, conversations.private())))
        counted, guests = drop_guests(counted, self.gathered.accounts.nobody, target_kind=target_kind)
        self.guests += guests
        if target_kind == "account":
            counted = counted.filter(pc.not_equal(counted["source"], counted["target"]))
        return counted, tally.table

    def _owned(self, counts: pa.Table, column: str, kind: str) -> pa.Table:
        """Replace posts by the accounts whose posts they are."""
        owners = self.gathered.owners.of(kind, counts[column].combine_chunks())
        owned = counts.set_column(counts.column_names.index(column), column, owners)
        known = pc.is_valid(owned[column])
        self.unread_targets += pc.sum(owned.filter(pc.invert(known))["weight"]).as_py() or 0
        return owned.filter(known)

    def _read(self, counts: pa.Table, read: Callable[[bytes], str | None] | None) -> pa.Table:
        """Replace raw targets by addresses, or by the accounts whose names they are."""
        target = counts["target"].combine_chunks()
        literals = target.dictionary.to_pylist()
        values: pa.Array
        if read is not None:
            values = pa.array([read(literal) for literal in literals], pa.string()).dictionary_encode()
        else:
            names = [self._name(literal) for literal in literals]
            owners = self.gathered.identifiers.names({name for name in names if name})
            values = pa.array([owners.get(name or "") for name in names], pa.int64())
        replaced = counts.set_column(
            counts.column_names.index("target"), "target", values.take(target.indices)
        )
        found = pc.is_valid(replaced["target"])
        nothing = pa.array([literal in _NOTHING for literal in literals]).take(target.indices)
        lost = pc.and_(pc.invert(found), pc.invert(nothing))
        self.unread_targets += pc.sum(replaced.filter(lost)["weight"]).as_py() or 0
        return replaced.filter(found)

    def _name(self, captured: bytes) -> str | None:
        text = self.decoder.text(b"'" + captured + b"'", "quote")
        return html.unescape(text).strip().casefold() if text else None

    def _address(self, literal: bytes) -> str | None:
        """Read an address: text first, since a profile cannot tell text in a binary column."""
        if usual := _IPV4.fullmatch(literal):
            return usual[1].decode() if literal != b"'0.0.0.0'" else None
        if literal.isdigit():  # a column of numbers, as XenForo 1.0 and 1.1 have it
            number = int(literal[:12])
            return str(ipaddress.IPv4Address(number)) if 0 < number < 1 << 32 else None
        try:
            value, _ = payload(literal, escapes=self.decoder.escapes)
        except ValueError:
            return None
        if not value:
            return None
        if len(value) == 4:  # packed: no text that people write for an address is so short
            return "{}.{}.{}.{}".format(*value) if any(value) else None
        found = _parsed(value)
        if found is None:
            return None
        if isinstance(found, ipaddress.IPv6Address) and found.ipv4_mapped:
            found = found.ipv4_mapped
        return None if found.is_unspecified else str(found)


def _parsed(value: bytes) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """Read an address; where a proxy's stands beside it, the first of them."""
    with suppress(ValueError, UnicodeDecodeError):
        return ipaddress.ip_address(re.split(r"[,\s]+", value.decode("ascii").strip(), maxsplit=1)[0])
    return ipaddress.ip_address(value) if len(value) == 16 else None


def _batches(
    rows: pa.Table, names: list[str], kind: str, target_kind: str, place_kind: str
) -> Iterator[Batch]:
    moment = RELATIONS.field("first").type
    most = pa.scalar((1 << 31) - 1, pa.int64())
    for batch in rows.combine_chunks().to_batches(_BATCH):
        count = batch.num_rows
        place = batch.column("place")
        columns = [
            pa.repeat(pa.scalar(kind), count),
            pc.cast(batch.column("source"), pa.string()),
            pa.repeat(pa.scalar(target_kind), count),
            pc.cast(batch.column("target"), pa.string()),
            pc.cast(batch.column("first"), moment),
            pc.cast(batch.column("last"), moment),
            pc.cast(pc.min_element_wise(batch.column("weight"), most), pa.int32()),
            pc.binary_join_element_wise(place_kind, pc.cast(place, pa.string()), ":")
            if place_kind
            else pa.nulls(count, pa.string()),
            pc.binary_join_element_wise(
                pa.array(names, pa.string()).take(batch.column("table")),
                pc.cast(batch.column("offset"), pa.string()),
                "@",
            ),
        ]
        if count:
            yield Batch("relations", pa.RecordBatch.from_arrays(columns, schema=RELATIONS))
