"""What a forum's identifiers and relations are, asked of MariaDB in SQL: the oracle for readers of its dumps."""

from __future__ import annotations

import codecs
import html
import ipaddress
from collections.abc import Callable, Iterator, Mapping

from attrs import frozen
from tests.mariadb import MariaDB

__all__ = ["Decode", "Told", "Truth", "Value", "cp1252", "identifiers", "pairs", "relations", "utf8"]

Decode = Callable[[bytes], str]
Identifier = tuple[str, str, str | None, str]  # account, kind, platform, value
Told = tuple[bytes | None, str, str]  # account, kind, text
Relation = tuple[str, str, str, str, int | None, int | None, int, str | None]


@frozen
class Value:
    """A column of identifiers, in SQL.

    Attributes:
        account: Whose.
        kind: Of what kind.
        value: The text.
        table: Where it stands.
        condition: In which rows.
        platform: Of a handle.
        escaped: Whether the text was escaped for HTML.
    """

    account: str
    kind: str
    value: str
    table: str
    condition: str = "1"
    platform: str | None = None
    escaped: bool = True


@frozen(kw_only=True)
class Truth:
    """What a forum holds, in SQL.

    Attributes:
        values: Its identifiers; texts are unescaped and trimmed.
        occurrences: By kind and kind of target, queries of source ``s``, target ``t``, place ``p`` and moment
            ``a`` for each occurrence; a query for each table, since the larger count of two tables stands.
        participants: The query that says who (``u``) takes part in which conversation (``c``).
        more: Identifiers that only code can take out of their columns.
    """

    values: tuple[Value, ...]
    occurrences: Mapping[tuple[str, str], tuple[str, ...]]
    participants: str
    more: Callable[[MariaDB, str, str, Decode], Iterator[Told]] | None = None


def pairs(found: list[tuple[int, int]]) -> str:
    """Write pairs of a conversation and an account as a query."""
    return " UNION ".join(f"SELECT {one} c, {other} u" for one, other in found)


def utf8(value: bytes) -> str:
    """Decode what a utf8mb4 connection hands over."""
    return value.decode()


def cp1252(value: bytes) -> str:
    """Decode what a latin1 connection hands over: cp1252, its five open places as control characters."""
    table = "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in range(256))
    return codecs.charmap_decode(value, "strict", table)[0]


def identifiers(server: MariaDB, database: str, truth: Truth, *, charset: str = "utf8mb4") -> set[Identifier]:
    """Every identifier of the forum's accounts.

    Args:
        server: The server.
        database: The forum.
        truth: What it holds.
        charset: Of the connection over which the dump was taken; characters it lacks are question marks.
    """
    decode = utf8 if charset == "utf8mb4" else cp1252
    found: set[Identifier] = set()

    def add(key: bytes | None, kind: str, platform: str | None, text: str) -> None:
        if value := text.strip().replace("\0", ""):
            found.add(((key or b"").decode(), kind, platform, value))

    for one in truth.values:
        query = (
            f"SELECT {one.account}, CONVERT({one.value} USING {charset}) FROM {one.table} "
            f"WHERE {one.condition}"
        )
        for key, text in server.select(database, query, width=2):
            plain = decode(text or b"")
            add(key, one.kind, one.platform, html.unescape(plain) if one.escaped else plain)
    if truth.more is not None:
        for key, kind, told in truth.more(server, database, charset, decode):
            add(key, kind, None, html.unescape(told))
    return found


def relations(server: MariaDB, database: str, truth: Truth) -> set[Relation]:
    """Every relation between accounts, topics and addresses, without those of guests (account 0)."""
    return set(_relations(server, database, truth))


def _relations(server: MariaDB, database: str, truth: Truth) -> Iterator[Relation]:
    table = f"CREATE OR REPLACE TABLE participants (c int, u int, PRIMARY KEY (c, u)) AS {truth.participants}"
    for (kind, target_kind), tables in truth.occurrences.items():
        counted = " UNION ALL ".join(
            f"SELECT s, t, p, MIN(IF(a>0,a,NULL)) f, MAX(IF(a>0,a,NULL)) l, COUNT(*) n "
            f"FROM ({occurred}) o{at} WHERE s>0 GROUP BY s, t, p"
            for at, occurred in enumerate(tables)
        )
        strangers = "s<>t AND t>0" if target_kind == "account" else "t<>''"
        query = (
            f"SELECT s, t, NULLIF(p,''), MIN(f), MAX(l), MAX(n) FROM ({counted}) c WHERE {strangers} "
            "GROUP BY s, t, p"
        )
        # Read twice in one query, which a temporary table cannot be: so it is a real one.
        before = table if kind == "messaged" else ""
        for source, target, place, first, last, weight in server.select(
            database, query, width=6, before=before
        ):
            text = (target or b"").decode()
            yield (
                kind,
                (source or b"").decode(),
                target_kind,
                str(ipaddress.ip_address(text)) if target_kind == "ip" else text,
                int(first) if first else None,
                int(last) if last else None,
                int(weight or b"0"),
                place.decode() if place else None,
            )
