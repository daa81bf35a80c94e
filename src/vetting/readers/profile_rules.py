"""The rules of which a profile is made: what a table is, and what its columns mean."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from attrs import field, frozen
from attrs.converters import optional
from attrs.validators import in_

from vetting.readers.credentials import column_denied
from vetting.records.identifiers import IdentifierKind

__all__ = [
    "AccountRule",
    "ConversationRule",
    "FieldTitle",
    "IdentifierRule",
    "MarkupRule",
    "Participants",
    "RelationRule",
    "Status",
    "TableRule",
    "TitlesRule",
]

Where = Mapping[str, tuple[str, ...]]
DIALECTS = ("ips4", "ipb3")


def _where(given: Mapping[str, Sequence[str]]) -> Where:
    return {column: tuple(str(value) for value in values) for column, values in given.items()}


def _compiled(text: str) -> re.Pattern[str]:
    return re.compile(text)


def _folded(text: str) -> re.Pattern[str]:
    return re.compile(text, re.IGNORECASE)


@frozen(kw_only=True)
class Status:
    """A column that is not empty and not 0 gives the account a status."""

    column: str
    text: str


@frozen(kw_only=True)
class AccountRule:
    """Columns of the account itself; moments are seconds since 1970, 0 is unknown."""

    created_at: str = ""
    last_seen: tuple[str, ...] = field(default=(), converter=tuple)
    group: str = ""
    other_groups: str = ""
    status: tuple[Status, ...] = ()


@frozen(kw_only=True)
class IdentifierRule:
    """Columns that hold one identifier of the account in the table's key column.

    Attributes:
        kind: An :class:`~vetting.records.identifiers.IdentifierKind`.
        columns: One column, or year, month and day for ``date_parts``.
        role: As in :class:`~vetting.records.identifiers.Identifier`.
        text: ``plain``; ``html`` (escaped); ``json`` (values of `json_keys`); ``date_parts``.
        json_keys: Of an object in JSON.
        platform: Of a handle.
        empty: Texts that stand for nothing.
        where: Only rows with one of these texts in a column.
    """

    kind: str = field(validator=in_([str(kind) for kind in IdentifierKind]))
    columns: tuple[str, ...] = field(converter=tuple)
    role: str = field(
        default="current", validator=in_(["current", "display", "previous", "posted_as", "alias"])
    )
    text: str = field(default="plain", validator=in_(["plain", "html", "json", "date_parts"]))
    json_keys: tuple[str, ...] = field(default=(), converter=tuple)
    platform: str | None = None
    empty: tuple[str, ...] = field(default=(), converter=tuple)
    where: Where = field(factory=dict, converter=_where)


@frozen(kw_only=True)
class RelationRule:
    """Columns that relate an account to another account, a topic or an address."""

    kind: str
    source: str
    target: str
    target_kind: str = field(default="account", validator=in_(["account", "topic", "ip"]))
    at: str = ""
    where: Where = field(factory=dict, converter=_where)


@frozen(kw_only=True)
class Participants:
    """A column with one id, ids in PHP's serialised text (read as numbers only), or ids with commas."""

    column: str
    form: str = field(default="id", validator=in_(["id", "php_ids", "csv_ids"]))


@frozen(kw_only=True)
class ConversationRule:
    """Columns that show who takes part in a private conversation, and who wrote when."""

    id: str
    members: tuple[Participants, ...] = ()
    author: str = ""
    at: str = ""


@frozen(kw_only=True)
class MarkupRule:
    """A body that is scanned for quotes and mentions in a markup dialect, and then dropped."""

    dialect: str = field(validator=in_(DIALECTS))
    author: str
    column: str
    at: str = ""
    place: str = ""
    place_kind: str = ""


@frozen(kw_only=True)
class TitlesRule:
    """A table that names custom fields or groups: `pattern` fits the key and captures the number."""

    of: str = field(validator=in_(["field", "group"]))
    key: str
    pattern: re.Pattern[str] = field(converter=_compiled)
    text: tuple[str, ...] = field(converter=tuple)


@frozen(kw_only=True)
class FieldTitle:
    """Which identifier a custom field holds, by its title; a group in `pattern` is the platform."""

    pattern: re.Pattern[str] = field(converter=_folded)
    kind: str = field(validator=in_([str(kind) for kind in IdentifierKind]))


@frozen(kw_only=True)
class TableRule:
    """What one table means.

    Attributes:
        role: The profile's name for it.
        suffix: The end of its name; a prefix may stand before.
        requires: Columns without which it is another table.
        key: The column with the account's id.
        unconfirmed: Whether an account in this table has not confirmed its e-mail.
        custom_fields: Pattern of the columns whose meaning their title tells.
    """

    role: str
    suffix: str
    requires: tuple[str, ...] = field(default=(), converter=tuple)
    key: str = ""
    unconfirmed: bool = False
    custom_fields: re.Pattern[str] | None = field(default=None, converter=optional(_compiled))
    account: AccountRule | None = None
    conversation: ConversationRule | None = None
    identifier: tuple[IdentifierRule, ...] = ()
    relation: tuple[RelationRule, ...] = ()
    markup: tuple[MarkupRule, ...] = ()
    titles: tuple[TitlesRule, ...] = ()

    def fits(self, table: str, columns: Iterable[str]) -> bool:
        """Whether a table's name ends as it should and its columns are there."""
        return table.lower().endswith(self.suffix) and set(self.requires) <= set(columns)

    def mapped(self, table: str, columns: Sequence[str]) -> tuple[str, ...]:
        """Return those of a table's columns that this rule reads; credentials are never among them."""
        named = {self.key} | {title.key for title in self.titles}
        named.update(*(title.text for title in self.titles))
        for identifier in self.identifier:
            named.update(identifier.columns, identifier.where)
        for relation in self.relation:
            named.update((relation.source, relation.target, relation.at), relation.where)
        for markup in self.markup:
            named.update((markup.author, markup.column, markup.at, markup.place))
        if (account := self.account) is not None:
            named.update((account.created_at, account.group, account.other_groups), account.last_seen)
            named.update(status.column for status in account.status)
        if (talk := self.conversation) is not None:
            named.update((talk.id, talk.author, talk.at), (one.column for one in talk.members))
        pattern = self.custom_fields
        return tuple(
            column
            for column in columns
            if (column in named or (pattern and pattern.fullmatch(column)))
            and not column_denied(table, column)
        )
