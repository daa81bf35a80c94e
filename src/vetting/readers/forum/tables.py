"""Takes the rows of known tables apart by their rules: the one place where rules meet rows."""

from __future__ import annotations

import html
import json

import pyarrow as pa
from attrs import define, field

from vetting.readers.forum.accounts import Accounts
from vetting.readers.forum.columns import Rows
from vetting.readers.forum.identifiers import Identifiers, Origin
from vetting.readers.forum.markup import DIALECTS, found_in
from vetting.readers.forum.matching import Match
from vetting.readers.forum.talk import Conversations
from vetting.readers.forum.tally import Tally
from vetting.readers.profile_rules import IdentifierRule, MarkupRule, RelationRule, TitlesRule

__all__ = ["CustomField", "Gathered", "TallyKey"]

TallyKey = tuple[str, str, str, bool]
"""Relation kind, kind of target, table, and whether targets are raw texts (names, addresses)."""


@define
class CustomField:
    """Values of one custom field, until its title tells what it is."""

    table: str
    column: str
    generation: int
    number: int
    accounts: list[int] = field(factory=list)
    values: list[str] = field(factory=list)
    offsets: list[int] = field(factory=list)


@define
class Gathered:
    """What was gathered from a dump so far."""

    accounts: Accounts = field(factory=Accounts)
    identifiers: Identifiers = field(factory=Identifiers)
    conversations: Conversations = field(factory=Conversations)
    tallies: dict[TallyKey, Tally] = field(factory=dict)
    posted: dict[str, tuple[Origin, bool, Tally]] = field(factory=dict)
    custom: dict[tuple[int, str, str], CustomField] = field(factory=dict)
    titles: dict[tuple[int, str, int], str] = field(factory=dict)
    unconfirmed: set[int] = field(factory=set)

    def take(self, rows: Rows, match: Match) -> None:
        """Take in rows of a matched table; rules whose columns are not there do nothing."""
        rule, generation = match.rule, match.generation
        if rule.account is not None and rule.key in rows:
            self.accounts.add(rows, rule.account, rule.key, generation)
        if rule.unconfirmed and rule.key in rows:
            self.unconfirmed.update(rows.integers(rule.key).drop_null().to_pylist())
        for identifier in rule.identifier:
            if {rule.key, *identifier.columns, *identifier.where} <= set(match.columns):
                self._identify(rows.where(identifier.where), identifier, match)
        for relation in rule.relation:
            if {relation.source, relation.target, *relation.where} <= set(match.columns):
                self._relate(rows.where(relation.where), relation, match)
        for markup in rule.markup:
            if {markup.author, markup.column} <= set(match.columns):
                self._scan(rows, markup, match)
        if rule.conversation is not None:
            self.conversations.add(rows, rule.conversation, generation)
        for titles in rule.titles:
            if titles.key in rows:
                self._entitle(rows, titles, generation)
        if rule.custom_fields is not None and rule.key in rows:
            self._custom(rows, match)

    def _identify(self, rows: Rows, rule: IdentifierRule, match: Match) -> None:
        if not len(rows):
            return
        column = rule.columns[0]
        origin = Origin(match.table, column, match.generation, rule.kind, rule.role, rule.platform)
        accounts, offsets = rows.integers(match.rule.key), rows.offsets
        if rule.role == "posted_as":  # one row a post: counted raw, decoded once per account and name
            _, _, tally = self.posted.setdefault(
                match.table, (origin, rule.text == "html", Tally(match.table, match.generation))
            )
            tally.add(accounts, rows.raw(column), pa.nulls(len(rows), pa.int64()), offsets)
            return
        if rule.text == "date_parts":
            parts = [rows.integers(each).to_pylist() for each in rule.columns]
            values = [_partial_date(*each) for each in zip(*parts, strict=True)]
            self.identifiers.add(origin, accounts, values, offsets)
            return
        texts = rows.texts(column, escaped=rule.text == "html")
        if rule.text == "json":
            read = [_json(text) for text in texts]
            for key in rule.json_keys:
                values = [
                    html.unescape(one) if isinstance(one := each.get(key), str) else None for each in read
                ]
                self.identifiers.add(origin, accounts, values, offsets)
            return
        if rule.empty:
            texts = [None if text in rule.empty else text for text in texts]
        self.identifiers.add(origin, accounts, texts, offsets)

    def _tally(self, match: Match, kind: str, target_kind: str, *, raw: bool, place_kind: str = "") -> Tally:
        key = (kind, target_kind, match.table, raw)
        if key not in self.tallies:
            self.tallies[key] = Tally(
                match.table, match.generation, kind=kind, target_kind=target_kind, place_kind=place_kind
            )
        return self.tallies[key]

    def _relate(self, rows: Rows, rule: RelationRule, match: Match) -> None:
        if len(rows):
            raw = rule.target_kind == "ip"
            target = rows.addresses(rule.target) if raw else rows.integers(rule.target)
            tally = self._tally(match, rule.kind, rule.target_kind, raw=raw)
            tally.add(rows.integers(rule.source), target, rows.moments(rule.at), rows.offsets)

    def _scan(self, rows: Rows, rule: MarkupRule, match: Match) -> None:
        bodies = list(rows.spans(rule.column))
        for marker in DIALECTS[rule.dialect]:
            positions: list[int] = []
            captured: list[bytes] = []
            before = 0
            for text, starts, ends in bodies:
                found, caught = found_in(text, starts, ends, marker)
                positions += [before + position for position in found]
                captured += caught
                before += len(starts)
            if not positions:
                continue
            at = pa.array(positions, pa.int64())
            target = captured if marker.by_name else pa.array(map(int, captured), pa.int64())
            tally = self._tally(match, marker.kind, "account", raw=marker.by_name, place_kind=rule.place_kind)
            place = rows.integers(rule.place).take(at) if rule.place in rows else None
            tally.add(
                rows.integers(rule.author).take(at),
                target,
                rows.moments(rule.at).take(at),
                rows.offsets.take(at),
                place,
            )

    def _entitle(self, rows: Rows, rule: TitlesRule, generation: int) -> None:
        sign = rule.pattern.pattern.partition("(")[0].encode()
        chosen = [index for index, key in enumerate(rows.raw(rule.key)) if sign in key]
        some = rows.take(chosen)
        columns = [some.texts(column, escaped=True) for column in rule.text if column in some]
        for index, key in enumerate(some.texts(rule.key)):
            found = rule.pattern.fullmatch(key or "")
            title = next((text for column in columns if (text := column[index]) and text.strip()), None)
            if found and title:
                self.titles.setdefault((generation, rule.of, int(found[1])), title.strip())

    def _custom(self, rows: Rows, match: Match) -> None:
        pattern = match.rule.custom_fields
        accounts, offsets = rows.integers(match.rule.key).to_pylist(), rows.offsets.to_pylist()
        for column in match.columns:
            found = pattern.fullmatch(column) if pattern else None
            if not found:
                continue
            key = (match.generation, match.table, column)
            held = self.custom.setdefault(
                key, CustomField(match.table, column, match.generation, int(found[1]))
            )
            for index, text in enumerate(rows.texts(column, escaped=True)):
                if text and text.strip() and accounts[index] is not None:
                    held.accounts.append(accounts[index])
                    held.values.append(text)
                    held.offsets.append(offsets[index])


def _json(text: str | None) -> dict[str, object]:
    if not text or len(text) > 65_536:
        return {}
    try:
        read = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return read if isinstance(read, dict) else {}


def _partial_date(year: int | None, month: int | None, day: int | None) -> str | None:
    """Write a date as far as its parts are known; a month or day that no calendar has is unknown."""
    year = year if year and 1 < year <= 9999 else None
    month = month if month and 1 <= month <= 12 else None
    day = day if month and day and 1 <= day <= _days(year, month) else None
    if year and month and day:
        return f"{year:04}-{month:02}-{day:02}"
    if year:
        return f"{year:04}-{month:02}" if month else f"{year:04}"
    return f"--{month:02}-{day:02}" if month and day else None


def _days(year: int | None, month: int) -> int:
    if month == 2:
        leap = year is None or (year % 4 == 0 and (year % 100 != 0 or year % 400 == 0))
        return 29 if leap else 28
    return 30 if month in {4, 6, 9, 11} else 31
