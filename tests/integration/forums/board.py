"""What a forum of one software is to the tests: a schema, rows, what they show, and what must never be kept."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable, Iterator
from collections.abc import Set as AbstractSet

from attrs import frozen
from tests.integration.adversarial import NASTY
from tests.integration.forum_truth import Truth

__all__ = ["EPOCH", "NAMES", "SECRETS", "Board", "listed", "occurrence", "packed"]

EPOCH = 1_400_000_000
NAMES = tuple(name for name in NASTY if name.strip() and len(name) <= 255)

# Planted in every column that FORMATS section 5 wants kept out; of forms that a reader could not tell by itself.
SECRETS = (
    "$2y$10$Planted.value.not.the.hash.of.any.password.at.all",
    "PlantedSaltOfNone",
    "89abcdef0123456789abcdef01234567",
    "planted-login-token-of-nobody",
)


@frozen(kw_only=True)
class Board:
    """A forum.

    Attributes:
        name: Of the profile, and of the file with its schema.
        rows: Statements that fill it.
        truth: What it holds.
        accounts: The query of account, creation, last visit (NULL when unknown).
        marked: By account, its status and groups, as far as they are looked at.
        unconfirmed: Accounts whose current e-mail was not confirmed.
        quotes: Author, kind, target and place that posts show.
    """

    name: str
    rows: Callable[[], Iterator[str]]
    truth: Truth
    accounts: str
    marked: dict[int, tuple[str | None, list[str]]]
    unconfirmed: AbstractSet[int]
    quotes: AbstractSet[tuple[int, str, int, str | None]]


def packed(address: str) -> bytes:
    """An address as ``varbinary(16)`` holds it."""
    return ipaddress.ip_address(address).packed


def occurrence(table: str, source: str, target: str, at: str = "0", where: str = "1") -> str:
    """The query of occurrences of a table."""
    return f"SELECT {source} s, {target} t, '' p, {at} a FROM {table} WHERE {where}"


def listed(table: str, source: str, column: str, separator: str = ",") -> str:
    """The query of occurrences that a column with several ids holds."""
    items = (
        f"JSON_TABLE(CONCAT('[',REPLACE({column},'{separator}',','),']'), '$[*]' COLUMNS (v int PATH '$')) j"
    )
    return f"SELECT {source} s, j.v t, '' p, 0 a FROM {table}, {items} WHERE {column}<>''"
