"""A listed account, a relation between two, and the citation of a record."""

from __future__ import annotations

from attrs import field, frozen
from attrs.validators import instance_of

from vetting.errors import RecordError
from vetting.records.holders import IdentifierHolder

__all__ = ["Citation", "ListedAccount", "Relation"]


@frozen(kw_only=True)
class Citation:
    """Where in which source a fact was read, so that a reviewer can open the original.

    Attributes:
        list_id: The list's id; its passport names the file and its hash.
        record: Table and place in it: ``"core_members@10482"`` is the row that starts 10,482 bytes into
            the decompressed dump; ``"row@17"`` is the 17th data row of a table.
    """

    list_id: str
    record: str

    def __str__(self) -> str:
        return f"{self.list_id}:{self.record}"


@frozen(kw_only=True)
class ListedAccount(IdentifierHolder):
    """An account, or an entry, on a list: what the list says, with every earlier name and address.

    Being listed shows what the list's passport says that presence means, and nothing more. Earlier
    names and addresses of the account have the role ``"previous"``. The other fields are those of
    :class:`IdentifierHolder`.

    Attributes:
        list_id: The list.
        account_id: The account's key in the list.
        record: The citation's place of the account's main record.

    Raises:
        RecordError: A field holds something that cannot be right.
    """

    list_id: str = field(validator=instance_of(str))
    account_id: str = field(validator=instance_of(str))
    record: str = ""

    @list_id.validator
    @account_id.validator
    def _has_text(self, attribute: object, value: str) -> None:
        if not value.strip():
            raise RecordError("ListedAccount", getattr(attribute, "name", "id"), "empty")


@frozen(kw_only=True)
class Relation:
    """Something that an account did towards another account, a topic, a conversation or an address.

    A relation is never evidence of identity, and never changes a candidate's bits.

    Attributes:
        list_id: The list that records it.
        kind: ``messaged``, ``follows``, ``friend``, ``ignores``, ``posted_in``, ``quoted``, ``mentioned``,
            ``reacted``, ``used_ip``; in chats also ``added``, ``removed``, ``joined``,
            ``left``, ``changed_number``.
        source: The acting account's id.
        target_kind: ``account``, ``topic``, ``conversation`` or ``ip``.
        target: The target's id within its kind.
        first: Time of the first occurrence, ISO 8601 in UTC; empty if unknown.
        last: Time of the last.
        weight: How often, at least 1.
        place: Where it happened (``"conversation:3"``); empty if nowhere in particular.
        record: The first record that shows it.
    """

    list_id: str
    kind: str
    source: str
    target_kind: str
    target: str
    first: str = ""
    last: str = ""
    weight: int = 1
    place: str = ""
    record: str = ""

    def __attrs_post_init__(self) -> None:
        if self.weight < 1:
            raise RecordError("Relation", "weight", "must be at least 1")
