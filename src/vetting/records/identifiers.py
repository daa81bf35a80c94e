"""One identifier value of a person or an account: a name, handle, e-mail, phone, place, address."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from attrs import field, frozen

from vetting.errors import RecordError

__all__ = ["UNWEIGHED_ROLES", "Identifier", "IdentifierKind"]

UNWEIGHED_ROLES = frozenset({"registered"})
"""Roles of values that are held and shown, and never compared: they say nothing of whose an account is."""


class IdentifierKind(StrEnum):
    """What an identifier is; also the first word of its blocking keys."""

    NAME = "name"
    HANDLE = "handle"
    EMAIL = "email"
    PHONE = "phone"
    DATE_OF_BIRTH = "date_of_birth"
    PLACE = "place"
    URL = "url"


def _kind(given: str) -> IdentifierKind:
    return (
        given if type(given) is IdentifierKind else IdentifierKind(given)
    )  # asking the class takes ten times as long


@frozen(kw_only=True)
class Identifier:
    """A value that identifies a person or an account, as it was written at the source.

    The original text is never altered: what is compared is derived from it.

    Attributes:
        kind: What it is.
        value: The text as written, not empty.
        platform: For a handle, where it is used (``"twitter"``); ``None`` when unknown.
        role: ``"current"``, ``"display"``, ``"previous"`` (an earlier name or address of the same
            account), ``"posted_as"`` (seen on a post), ``"alias"``; ``"self_linked"`` for what a profile
            itself names as its holder's (a page, an address, an account elsewhere); ``"registered"`` for a
            handle of which an account finder only found that somebody has registered it.
        confirmed: Whether the holder proved control of it, as by a link back; ``None`` when unknown.
        record: Where it was read, for a citation; empty for what a user handed in.

    Example:
        >>> Identifier(kind=IdentifierKind.HANDLE, value="quillmere_19").value
        'quillmere_19'
    """

    kind: IdentifierKind = field(converter=_kind)
    value: str = field()
    platform: str | None = None
    role: str = "current"
    confirmed: bool | None = None
    record: str = ""

    @value.validator
    def _has_text(self, _attribute: object, value: object) -> None:
        if not isinstance(value, str):
            raise RecordError("Identifier", "value", f"text is wanted, not {type(value).__name__}")
        if not value.strip():
            raise RecordError("Identifier", "value", "empty")

    def __str__(self) -> str:
        return f"{self.platform}:{self.value}" if self.platform else self.value


Given = str | Identifier
GivenMany = Iterable[Given] | Given | None


def to_names(given: GivenMany) -> tuple[Identifier, ...]:
    """Convert what a constructor may be given as names; see :func:`_several`."""
    return _several(IdentifierKind.NAME, given)


def to_handles(given: GivenMany) -> tuple[Identifier, ...]:
    """Convert handles; one given as ``"platform:handle"`` is split."""
    return _several(IdentifierKind.HANDLE, given)


def to_emails(given: GivenMany) -> tuple[Identifier, ...]:
    """Convert e-mail addresses."""
    return _several(IdentifierKind.EMAIL, given)


def to_phones(given: GivenMany) -> tuple[Identifier, ...]:
    """Convert telephone numbers."""
    return _several(IdentifierKind.PHONE, given)


def to_places(given: GivenMany) -> tuple[Identifier, ...]:
    """Convert addresses, towns and postcodes."""
    return _several(IdentifierKind.PLACE, given)


def to_urls(given: GivenMany) -> tuple[Identifier, ...]:
    """Convert addresses of pages."""
    return _several(IdentifierKind.URL, given)


def _several(kind: IdentifierKind, given: GivenMany) -> tuple[Identifier, ...]:
    """``None``, one value or several, plain or not, to a tuple without repeats."""
    if type(given) is list or type(given) is tuple:  # as nearly all are
        if not given:
            return ()
        values: list[Given] | tuple[Given, ...] = given
    elif given is None:
        return ()
    else:
        values = [given] if isinstance(given, str | Identifier) else list(given)
    if len(values) == 1:
        return (_one(kind, values[0]),)
    return tuple(dict.fromkeys([_one(kind, value) for value in values]))


def _one(kind: IdentifierKind, value: Given) -> Identifier:
    if type(value) is str and (kind is not IdentifierKind.HANDLE or ":" not in value):
        return Identifier(kind=kind, value=value.strip())
    if not isinstance(value, str | Identifier):
        raise RecordError("Identifier", "value", f"text is wanted, not {type(value).__name__}")
    if isinstance(value, Identifier):
        if value.kind is not kind:
            raise RecordError("Identifier", "kind", f"{kind} is wanted here, not {value.kind}")
        return value
    if kind is IdentifierKind.HANDLE and ":" in value:
        platform, colon, handle = value.partition(":")
        if colon and platform.strip().isalnum() and handle.strip() and not handle.startswith("//"):
            return Identifier(kind=kind, value=handle.strip(), platform=platform.strip().lower())
    return Identifier(kind=kind, value=value.strip())
