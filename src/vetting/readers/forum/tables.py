"""Takes the rows of known tables apart by their rules: the one place where rules meet rows."""

from __future__ import annotations

import html
import re

import pyarrow as pa
from attrs import define, field

from vetting.readers.forum.accounts import Accounts
from vetting.readers.forum.columns import Rows
from vetting.readers.forum.identifiers import Identifiers, Origin
from vetting.readers.forum.markup import DIALECTS, found_in
from vetting.readers.forum.matching import Match
from vetting.readers.forum.owners import Owners
from vetting.readers.forum.talk import Conversations
from vetting.readers.forum.tally import Tally
from vetting.readers.forum.values import (
    listed_ids,
    partial_date,
    serialised_fields,
    serialised_texts,
    written_date,
)
from vetting.readers.profile_rules import DATES, IdentifierRule, MarkupRule, RelationRule, TitlesRule

__all__ = ["CustomField", "Gathered", "TallyKey"]

TallyKey = tuple[str, str, str, bool, str]
"""Relation kind, kind of target, table, whether targets are raw texts (names, addresses), and what else sets the
tally apart: what kind of post is named instead of an account, or that its topics must be public."""


@define
class CustomField:
    """Values of one custom field, until its title tells what it is."""

    table: str
    column: str
    generation: int
    name: str
    accounts: list[int] = field(factory=list)
    values: list[str] = field(factory=list)
    offsets: list[int] = field(factory=list)


@define
class Gathered:
    """What was gathered from a dump so far."""

    accounts: Accounts = field(factory=Accounts)
    identifiers: Identifiers = field(factory=Identifiers)
    conversations: dict[str, Conversations] = field(factory=dict)
    tallies: dict[TallyKey, Tally] = field(factory=dict)
    posted: dict[tuple[str, str], tuple[Origin, bool, Tally]] = field(factory=dict)
    custom: dict[tuple[int, str, str], CustomField] = field(factory=dict)
    titles: dict[tuple[int, str, str], str] = field(factory=dict)
    unconfirmed: set[int] = field(factory=set)
    owners: Owners = field(factory=Owners)

    def take(self, rows: Rows, match: Match) -> None:
        """Take in rows of a matched table; rules whose columns are not there do nothing."""
        rule, generation = match.rule, match.generation
        if rule.account is not None and rule.key in rows:
            self.accounts.add(rows, rule.account, rule.key, generation)
        if rule.unconfirmed and {rule.key, *rule.unconfirmed_where} <= set(match.columns):
            waiting = rows.where(rule.unconfirmed_where).either(rule.unconfirmed_any)
            waiting = waiting.unless(rule.unconfirmed_unless)
            self.unconfirmed.update(waiting.integers(rule.key).drop_null().to_pylist())
        if rule.membership is not None and {rule.key, rule.membership.group} <= set(match.columns):
            self.accounts.join(rows, rule.membership, rule.key)
        if rule.owner is not None and {rule.owner.id, rule.owner.author} <= set(match.columns):
            self.owners.add(rule.owner.of, rows.integers(rule.owner.id), rows.integers(rule.owner.author))
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
            space = self.conversations.setdefault(rule.conversation.space, Conversations())
            space.add(rows, rule.conversation, generation)
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
                (match.table, column), (origin, rule.text == "html", Tally(match.table, match.generation))
            )
            tally.add(accounts, rows.raw(column), pa.nulls(len(rows), pa.int64()), offsets)
            return
        if rule.text == "date_parts":
            parts = [rows.integers(each).to_pylist() for each in rule.columns]
            values = [partial_date(*each) for each in zip(*parts, strict=True)]
            self.identifiers.add(origin, accounts, values, offsets)
            return
        texts = rows.texts(column, escaped=rule.text == "html")
        if rule.text == "json":
            read = [serialised_fields(text) for text in texts]
            for key in rule.json_keys:
                values = [_meant(each.get(key), rule.kind) for each in read]
                self.identifiers.add(origin, accounts, values, offsets)
            return
        if rule.text == "php_texts":
            found = [(index, one) for index, text in enumerate(texts) for one in serialised_texts(text)]
            at = pa.array([index for index, _ in found], pa.int64())
            values = [_meant(one, rule.kind) for _, one in found]
            self.identifiers.add(origin, accounts.take(at), values, offsets.take(at))
            return
        if rule.empty:
            texts = [None if text in rule.empty else text for text in texts]
        if rule.no_year:  # before the first that counts
            texts = [f"0001{text[4:]}" if text and text[:4] in rule.no_year else text for text in texts]
        if rule.text in DATES:
            texts = [written_date(text, rule.text) for text in texts]
        self.identifiers.add(origin, accounts, texts, offsets)

    def _tally(
        self, match: Match, rule: RelationRule | MarkupRule, kind: str, *, raw: bool, of: str = ""
    ) -> Tally:
        target_kind = rule.target_kind if isinstance(rule, RelationRule) else "account"
        place_kind = rule.place_kind if isinstance(rule, MarkupRule) else ""
        key = (kind, target_kind, match.table, raw, "public" if rule.public else of or rule.through)
        if key not in self.tallies:
            self.tallies[key] = Tally(
                match.table,
                match.generation,
                kind=kind,
                target_kind=target_kind,
                place_kind=place_kind,
                target_of=rule.through if isinstance(rule, RelationRule) else of,
                source_of=rule.through if isinstance(rule, MarkupRule) else "",
                public=rule.public,
            )
        return self.tallies[key]

    def _relate(self, rows: Rows, rule: RelationRule, match: Match) -> None:
        if not len(rows):
            return
        raw = rule.target_kind == "ip"
        tally = self._tally(match, rule, rule.kind, raw=raw)
        source, at, offsets = rows.integers(rule.source), rows.moments(rule.at), rows.offsets
        if rule.form == "id":
            target = rows.addresses(rule.target) if raw else rows.integers(rule.target)
            tally.add(source, target, at, offsets)
            return
        positions, ids = listed_ids(rows.raw(rule.target), rule.form, escapes=rows.escapes)
        if positions:
            chosen = pa.array(positions, pa.int64())
            tally.add(source.take(chosen), pa.array(ids, pa.int64()), at.take(chosen), offsets.take(chosen))

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
            tally = self._tally(match, rule, marker.kind, raw=marker.by_name, of=marker.of)
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
        digits = sign.hex().upper().encode()  # where text hides in a binary column
        chosen = [
            index for index, key in enumerate(rows.raw(rule.key)) if sign in key or digits in key.upper()
        ]
        some = rows.take(chosen)
        columns = [some.texts(column, escaped=True) for column in rule.text if column in some]
        for index, key in enumerate(some.texts(rule.key)):
            found = rule.pattern.fullmatch(key or "")
            title = next((text for column in columns if (text := column[index]) and text.strip()), None)
            if found and title:
                self.titles.setdefault((generation, rule.of, found[1]), title.strip())

    def _custom(self, rows: Rows, match: Match) -> None:
        rule = match.rule
        pattern = rule.custom_fields
        if pattern is None:
            return
        accounts, offsets = rows.integers(rule.key).to_pylist(), rows.offsets.to_pylist()
        if rule.custom_name:  # a row each
            if {rule.custom_name, rule.custom_value} <= set(match.columns):
                named = [pattern.fullmatch(name or "") for name in rows.texts(rule.custom_name)]
                chosen = [index for index, found in enumerate(named) if found]
                texts = rows.take(chosen).texts(rule.custom_value, escaped=True)
                for index, text in zip(chosen, texts, strict=True):
                    self._keep(
                        match, rule.custom_value, named[index], (accounts[index], text, offsets[index])
                    )
            return
        for column in match.columns:
            if found := pattern.fullmatch(column):
                for one in zip(accounts, rows.texts(column, escaped=True), offsets, strict=True):
                    if one[1]:
                        self._keep(match, column, found, one)

    def _keep(
        self, match: Match, column: str, named: re.Match[str] | None, row: tuple[int | None, str | None, int]
    ) -> None:
        account, text, offset = row
        if named is None or account is None or not text or not text.strip():
            return
        key = (match.generation, match.table, named[1])
        if key not in self.custom:
            self.custom[key] = CustomField(match.table, column, match.generation, named[1])
        held = self.custom[key]
        held.accounts.append(account)
        held.values.append(text)
        held.offsets.append(offset)


def _meant(value: object, kind: str) -> str | None:
    """A text out of serialised ones; software has logged names where addresses belong, which are none."""
    if not isinstance(value, str) or (kind == "email" and "@" not in value):
        return None
    return html.unescape(value)
