"""Private conversations: who wrote to whom, from everything that shows who took part."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from hashlib import blake2b

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from attrs import define, field

from vetting.readers.forum.columns import Rows
from vetting.readers.forum.tally import Tally, drop_guests, merged
from vetting.readers.forum.values import listed_ids
from vetting.readers.profile_rules import ConversationRule

__all__ = ["Conversations"]

_PAIRS = 1 << 18  # handed over at a time, so that a conversation of thousands stays bounded


@define
class Conversations:
    """Who took part in which conversation, and who wrote.

    The recipient in a conversation's own row is not the list of recipients: later versions leave it
    empty. Participants are the union of every trace: the user map, starter, recipient, invited members and
    authors.
    """

    _members: list[pa.Table] = field(factory=list, init=False)
    _authors: list[Tally] = field(factory=list, init=False)
    _by_table: dict[str, Tally] = field(factory=dict, init=False)
    _copies: dict[str, dict[bytes, int | None]] = field(factory=dict, init=False)

    def add(self, rows: Rows, rule: ConversationRule, generation: int) -> None:
        """Take in rows of a table about conversations."""
        rows = rows.unless(rule.unless)
        if rule.id not in rows or not len(rows):
            return
        ids = rows.integers(rule.id)
        first = None
        if rule.copies and all(column in rows for column in rule.copies):
            ids, first = self._first_copies(rows, rule, ids)
        for one in rule.members:
            if one.column not in rows:
                continue
            if one.form == "id":
                self._take_part(ids, rows.integers(one.column))
            else:
                positions, accounts = listed_ids(rows.raw(one.column), one.form, escapes=rows.escapes)
                self._take_part(ids.take(pa.array(positions, pa.int64())), pa.array(accounts, pa.int64()))
        if rule.author and rule.author in rows:
            tally = self._by_table.get(rows.table)
            if tally is None:
                tally = self._by_table[rows.table] = Tally(rows.table, generation)
                self._authors.append(tally)
            author = rows.integers(rule.author)
            self._take_part(ids, author)
            said = (author, ids, rows.moments(rule.at), rows.offsets)
            tally.add(*(said if first is None else (column.filter(first) for column in said)))

    def _first_copies(self, rows: Rows, rule: ConversationRule, ids: pa.Array) -> tuple[pa.Array, pa.Array]:
        """Give each copy of a message the id of the first, and tell which are first."""
        kept = [rows.texts(column) for column in rule.copies]
        own = ids.to_pylist()
        seen = self._copies.setdefault(rows.table, {})
        found = []
        for number, key in zip(own, zip(*kept, strict=True), strict=True):
            mark = blake2b(repr(key).encode("utf-8", "surrogatepass"), digest_size=16).digest()
            found.append(seen.setdefault(mark, number))
        first = [before == number for before, number in zip(found, own, strict=True)]
        return pa.array(found, pa.int64()), pa.array(first, pa.bool_())

    def private(self) -> pa.Array:
        """Ids of conversations in which two accounts or more take part, ``int64``."""
        if not self._members:
            return pa.array([], pa.int64())
        counted = self._distinct().group_by("conversation", use_threads=False).aggregate([([], "count_all")])
        return counted.filter(pc.greater(counted["count_all"], 1))["conversation"].combine_chunks()

    def _take_part(self, conversation: pa.Array, account: pa.Array) -> None:
        table = pa.table({"conversation": conversation, "account": account}).drop_null()
        self._members.append(table.filter(pc.greater(table["account"], 0)))
        if sum(each.num_rows for each in self._members[1:]) > max(_PAIRS, self._members[0].num_rows):
            self._members = [self._distinct()]

    def _distinct(self) -> pa.Table:
        return (
            pa.concat_tables(self._members)
            .group_by(["conversation", "account"], use_threads=False)
            .aggregate([])
        )

    def messaged(self, nobody: Collection[int] = ()) -> Iterator[tuple[pa.Table, list[str]]]:
        """Pair each author with every other participant.

        Args:
            nobody: Ids of guests and robots, which take no part.

        Yields:
            Tables as of :func:`~vetting.readers.forum.tally.merged`; `weight` is the author's messages in
            that conversation.
        """
        counted = sorted(self._authors, key=lambda tally: tally.generation)
        counts = [(result, tally.table) for tally in counted if (result := tally.result()) is not None]
        if not counts:
            return
        wrote, names = merged(counts)
        wrote = wrote.drop_columns(["place"])
        wrote = wrote.filter(
            pc.and_(pc.greater(wrote["source"], 0), pc.is_valid(wrote["target"]))
        ).combine_chunks()
        members = self._distinct().sort_by("conversation")
        conversation = members["conversation"].to_numpy()
        account = members["account"].to_numpy()
        place = wrote["target"].to_numpy()
        low, high = (
            np.searchsorted(conversation, place, "left"),
            np.searchsorted(conversation, place, "right"),
        )
        start = 0
        ends = np.cumsum(high - low)
        while start < len(place):
            before = ends[start - 1] if start else 0
            stop = max(start + 1, int(np.searchsorted(ends, before + _PAIRS, "right")))
            counts_here = (high - low)[start:stop]
            author = np.repeat(np.arange(start, stop), counts_here)
            first_of = np.repeat(np.cumsum(counts_here) - counts_here, counts_here)
            other = np.repeat(low[start:stop], counts_here) + (np.arange(len(author)) - first_of)
            rows = (
                wrote.take(pa.array(author))
                .rename_columns(["source", "place", *wrote.column_names[2:]])
                .append_column("target", pa.array(account[other], pa.int64()))
            )
            kept, _ = drop_guests(rows.filter(pc.not_equal(rows["source"], rows["target"])), nobody)
            yield kept, names
            start = stop
