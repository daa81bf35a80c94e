"""The attributes that every node and edge has, how nodes are named, and how strong an edge is.

Attributes have one type each and are never absent, so that every export format can hold them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Literal

from vetting.evidence.results import Evidence, Level
from vetting.records.passports import ListPassport

__all__ = [
    "ASSOCIATION",
    "EDGE_DEFAULTS",
    "IDENTITY",
    "NODE_DEFAULTS",
    "Strength",
    "association_strength",
    "cited",
    "email_confirmed",
    "given_id",
    "identity_strength",
    "natural_order",
    "node_name",
]

IDENTITY = "identity"
ASSOCIATION = "association"

Strength = Literal["confirmed", "unconfirmed", "tentative"]

NODE_DEFAULTS: Mapping[str, str | int | bool] = {
    "kind": "",  # applicant, identifier, account, topic, conversation, ip
    "label": "",  # for people; a third party's is a pseudonym unless asked otherwise
    "list_id": "",
    "step": 0,  # columns of the picture: applicant 0, identifier 1, listed account 2, associations 3 on
    "candidate": False,  # an account that is one of the candidates
    "third_party": False,  # somebody else's account
    "held": True,  # False for an account that the list names without holding it
    "hub": False,  # has more relations than the hub cap: shown, never followed
    "relations_total": 0,  # on the whole list, shown here or not
    "record": "",
}

EDGE_DEFAULTS: Mapping[str, str | int | bool] = {
    "kind": "",  # see the catalogue of edge kinds
    "edge_class": "",  # identity or association, never both
    "strength": "unconfirmed",
    "level": "",  # of an identity edge
    "first": "",  # ISO 8601, UTC
    "last": "",
    "weight": 1,  # how often
    "grade": "",  # the list's source grade, in its own scheme
    "place": "",
    "note": "",
    "list_id": "",
    "record": "",  # the citation, "list:record"
}

# What each scheme says of a source that can be relied on, and of information suspected to be false.
_GOOD = {"3x5x2": ("1", "AB"), "5x5x5": ("AB", "123"), "admiralty": ("AB", "12")}
_BAD = {"3x5x2": ("3", "E"), "5x5x5": ("D", "5"), "admiralty": ("E", "5")}

_NUMBER = re.compile(r"([0-9]+)")
_LONGEST_NUMBER = 20
_UNSAFE = re.compile(r"[^\w.@+:/~-]|%", re.ASCII)


def node_name(kind: str, *parts: str) -> str:
    """Return a node's key: ``account:forum-2019:41``.

    Characters that not every export format can carry are percent-encoded, so that two ids never meet
    in one key.

    Example:
        >>> node_name("account", "forum-2019", "41"), node_name("topic", "f", "a b%")
        ('account:forum-2019:41', 'topic:f:a%20b%25')
    """
    return ":".join([kind, *(_UNSAFE.sub(_percent, part) for part in parts)])


def _percent(found: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in found[0].encode("utf-8", "surrogatepass"))


def given_id(name: str, list_id: str = "") -> str:
    """Return the id from which :func:`node_name` made a node's key.

    Example:
        >>> given_id("applicant:A-17"), given_id("topic:f:a%20b%25", "f")
        ('A-17', 'a b%')
    """
    _, _, given = name.partition(":")
    return _PERCENT.sub(_given, given.removeprefix(node_name("", list_id)[1:] + ":" if list_id else ""))


_PERCENT = re.compile(r"(?:%[0-9A-F]{2})+", re.ASCII)


def _given(found: re.Match[str]) -> str:
    return bytes.fromhex(found[0].replace("%", "")).decode("utf-8", "surrogatepass")


def natural_order(text: str) -> tuple[tuple[int, int, str], ...]:
    """Return a sort key under which ``account 9`` comes before ``account 10``.

    Example:
        >>> sorted(["t:10", "t:9", "s:11"], key=natural_order)
        ['s:11', 't:9', 't:10']
    """
    # Every second part is digits; a number too long for its place is compared as text.
    return tuple(
        (0, int(part), part) if place % 2 and len(part) < _LONGEST_NUMBER else (1, 0, part)
        for place, part in enumerate(_NUMBER.split(text))
        if part
    )


def cited(list_id: str, record: str) -> str:
    """Return a citation as ``list:record``, empty when there is none."""
    return record if not record or record.startswith(f"{list_id}:") else f"{list_id}:{record}"


def association_strength(passport: ListPassport | None) -> Strength:
    """Say how strong what a list records is, from its source grade.

    Confirmed needs a reliable source and corroborated information; an untested leak is unconfirmed; a
    source that is not reliable, or information suspected to be false, is tentative.
    """
    if passport is None:
        return "unconfirmed"
    source, information = passport.grade[:1], passport.grade[1:2]
    bad_source, bad_information = _BAD[passport.grade_scheme]
    if source in bad_source or information in bad_information:
        return "tentative"
    good_source, good_information = _GOOD[passport.grade_scheme]
    return "confirmed" if source in good_source and information in good_information else "unconfirmed"


def identity_strength(item: Evidence, passport: ListPassport | None, *, proved: bool) -> Strength:
    """Say how strongly an agreement ties an identifier to an account.

    Confirmed is an e-mail address or telephone number that agrees exactly and whose control the account's
    holder proved, and what a profile links to if the platform saw it link back. Everything else that agrees well is unconfirmed: anybody can choose a handle. What
    merely could be the same, and any value on a list suspected to be false, is tentative.

    Args:
        item: The evidence.
        passport: Of the list; ``None`` when it is not held any more.
        proved: Whether the account's holder proved control of this value.
    """
    if item.level is Level.PLAUSIBLE or association_strength(passport) == "tentative":
        return "tentative"
    if item.level is Level.EXACT and item.basis == "self-linked, verified":
        return "confirmed"
    if proved and item.level is Level.EXACT and item.kind in {"email", "phone"}:
        return "confirmed"
    return "unconfirmed"


def email_confirmed(confirmed: bool | None, passport: ListPassport | None) -> bool:  # noqa: FBT001 - a record's field
    """Whether control of an address was proved: what its record says, else what the passport says."""
    if confirmed is not None:
        return confirmed
    return passport is not None and passport.emails_confirmed == "yes"


def complete(defaults: Mapping[str, Any], given: Mapping[str, Any]) -> dict[str, Any]:
    """Return all attributes in their order, each of its default's type.

    Raises:
        KeyError: An attribute is not one of them.
    """
    unknown = given.keys() - defaults.keys()
    if unknown:
        raise KeyError(*sorted(unknown))
    whole = {**defaults, **given}
    for name, value in given.items():
        wanted = type(defaults[name])
        if type(value) is not wanted:
            whole[name] = wanted(value)
    return whole
