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
    "MembershipRule",
    "OwnerRule",
    "Participants",
    "RelationRule",
    "Status",
    "TableRule",
    "TitlesRule",
]

Where = Mapping[str, tuple[str, ...]]
DIALECTS = ("discourse", "ips4", "ipb3", "mybb", "phpbb", "smf", "vbulletin", "xenforo")
DATES = ("date_parts", "day_month_year", "month_day_year", "year_month_day")
FORMS = ("id", "csv_ids", "php_ids", "php_keys", "tagged_ids")
"""How a column holds ids: one; several with commas or spaces; the values or the keys of PHP's serialised arrays
(read as numbers only, never unserialised); or phpBB's list of addresses (``u_2:u_7:g_3``)."""


def _where(given: Mapping[str, Sequence[str]]) -> Where:
    return {column: tuple(str(value) for value in values) for column, values in given.items()}


def _compiled(text: str) -> re.Pattern[str]:
    return re.compile(text)


def _folded(text: str) -> re.Pattern[str]:
    return re.compile(text, re.IGNORECASE)


@frozen(kw_only=True)
class Status:
    """A column that is not empty and not 0, or that holds one of `values`, gives the account a status."""

    column: str
    text: str
    values: tuple[str, ...] = field(default=(), converter=tuple)


@frozen(kw_only=True)
class AccountRule:
    """Columns of the account itself; moments are seconds since 1970 (0 is unknown) or written out in UTC.

    Rows that `nobody` describes are no accounts: the forum's own guest and its robots.
    """

    created_at: str = ""
    last_seen: tuple[str, ...] = field(default=(), converter=tuple)
    group: str = ""
    other_groups: str = ""
    status: tuple[Status, ...] = ()
    nobody: Where = field(factory=dict, converter=_where)


@frozen(kw_only=True)
class MembershipRule:
    """A table in which each row puts the account in its key column into a group."""

    group: str
    unless: Where = field(factory=dict, converter=_where)


@frozen(kw_only=True)
class OwnerRule:
    """Columns that say whose a post is, for tables that name only the post."""

    of: str
    id: str
    author: str


@frozen(kw_only=True)
class IdentifierRule:
    """Columns that hold one identifier of the account in the table's key column.

    Attributes:
        kind: An :class:`~vetting.records.identifiers.IdentifierKind`.
        columns: One column, or year, month and day for ``date_parts``.
        role: As in :class:`~vetting.records.identifiers.Identifier`.
        text: ``plain``; ``html`` (escaped); ``json`` (values of `json_keys`, in JSON or PHP's serialised text);
            ``php_texts`` (all strings of such a text); ``date_parts``; or one of the other `DATES`.
        json_keys: Of an object.
        platform: Of a handle.
        empty: Texts that stand for nothing.
        no_year: Years of a written date that stand for none.
        where: Only rows with one of these texts in a column.
    """

    kind: str = field(validator=in_([str(kind) for kind in IdentifierKind]))
    columns: tuple[str, ...] = field(converter=tuple)
    role: str = field(
        default="current", validator=in_(["current", "display", "previous", "posted_as", "alias"])
    )
    text: str = field(default="plain", validator=in_(["plain", "html", "json", "php_texts", *DATES]))
    json_keys: tuple[str, ...] = field(default=(), converter=tuple)
    platform: str | None = None
    empty: tuple[str, ...] = field(default=(), converter=tuple)
    no_year: tuple[str, ...] = field(default=(), converter=tuple)
    where: Where = field(factory=dict, converter=_where)


@frozen(kw_only=True)
class RelationRule:
    """Columns that relate an account to another account, a topic or an address.

    Attributes:
        kind: Of the relation.
        source: The column with the account.
        target: The column with what it relates to.
        target_kind: What that is.
        form: How `target` holds ids.
        through: `target` names posts, and their owners (see :class:`OwnerRule`) are meant.
        at: The column with the moment.
        where: Only rows with one of these texts in a column.
        public: A space of conversations (see :class:`ConversationRule`) whose private ones are left out.
    """

    kind: str
    source: str
    target: str
    target_kind: str = field(default="account", validator=in_(["account", "topic", "ip"]))
    form: str = field(default="id", validator=in_(FORMS))
    through: str = ""
    at: str = ""
    where: Where = field(factory=dict, converter=_where)
    public: str = ""


@frozen(kw_only=True)
class Participants:
    """A column with the ids of those who take part."""

    column: str
    form: str = field(default="id", validator=in_(FORMS))


@frozen(kw_only=True)
class ConversationRule:
    """Columns that show who takes part in a private conversation, and who wrote when.

    Attributes:
        id: The column with the conversation's id.
        members: Who takes part.
        author: Who wrote.
        at: When.
        copies: Columns alike in the copies of one message, a row a holder; the first's id stands for all.
        unless: Not rows with one of these texts in a column: drafts.
        space: What else numbers them, where the ids of another table mean other conversations.
        listed: Posts of public topics stand in the same table, so only ids that other rows tell of count.
    """

    id: str
    members: tuple[Participants, ...] = ()
    author: str = ""
    at: str = ""
    copies: tuple[str, ...] = field(default=(), converter=tuple)
    unless: Where = field(factory=dict, converter=_where)
    space: str = ""
    listed: bool = False


@frozen(kw_only=True)
class MarkupRule:
    """A body that is scanned for quotes and mentions in a markup dialect, and then dropped.

    With `through`, the author's column names a post whose owner is meant (see :class:`OwnerRule`); `public` is as
    for :class:`RelationRule`.
    """

    dialect: str = field(validator=in_(DIALECTS))
    author: str
    column: str
    through: str = ""
    at: str = ""
    place: str = ""
    place_kind: str = ""
    public: str = ""


@frozen(kw_only=True)
class TitlesRule:
    """A table that names custom fields or groups: `pattern` fits the key and captures the number or word."""

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
        unconfirmed_where: Only rows with one of these texts in each of these columns.
        unconfirmed_any: Only rows with one of these texts in any of these columns.
        unconfirmed_unless: Not rows with one of these texts in a column.
        custom_fields: Pattern of columns whose meaning their title tells; it captures what titles are kept by.
        custom_name: The column that holds such a name, where each field is a row of its own.
        custom_value: The column with its value.
    """

    role: str
    suffix: str
    requires: tuple[str, ...] = field(default=(), converter=tuple)
    key: str = ""
    unconfirmed: bool = False
    unconfirmed_where: Where = field(factory=dict, converter=_where)
    unconfirmed_any: Where = field(factory=dict, converter=_where)
    unconfirmed_unless: Where = field(factory=dict, converter=_where)
    custom_fields: re.Pattern[str] | None = field(default=None, converter=optional(_compiled))
    custom_name: str = ""
    custom_value: str = ""
    account: AccountRule | None = None
    membership: MembershipRule | None = None
    owner: OwnerRule | None = None
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
        named = self._named() | self.compared
        return tuple(
            column
            for column in columns
            if (column in named or self.is_custom(column)) and not column_denied(table, column)
        )

    def is_custom(self, column: str) -> bool:
        """Whether a column holds custom fields, which are kept only when their title tells what they are."""
        if self.custom_name:
            return column == self.custom_value
        return bool(self.custom_fields and self.custom_fields.fullmatch(column))

    @property
    def compared(self) -> frozenset[str]:
        """Columns that are looked at only to find copies of one message, and never kept."""
        return frozenset(self.conversation.copies if self.conversation else ()) - self._named()

    def _named(self) -> set[str]:
        named = {self.key, self.custom_name, self.custom_value, *self.unconfirmed_where}
        named.update(self.unconfirmed_any, self.unconfirmed_unless)
        for title in self.titles:
            named.update((title.key, *title.text))
        for identifier in self.identifier:
            named.update(identifier.columns, identifier.where)
        for relation in self.relation:
            named.update((relation.source, relation.target, relation.at), relation.where)
        for markup in self.markup:
            named.update((markup.author, markup.column, markup.at, markup.place))
        if (account := self.account) is not None:
            named.update((account.created_at, account.group, account.other_groups), account.last_seen)
            named.update((status.column for status in account.status), account.nobody)
        if (talk := self.conversation) is not None:
            named.update((talk.id, talk.author, talk.at), (one.column for one in talk.members))
            named.update(talk.unless)
        if (joined := self.membership) is not None:
            named.update((joined.group,), joined.unless)
        if (owner := self.owner) is not None:
            named.update((owner.id, owner.author))
        return named
