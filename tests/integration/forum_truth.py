"""What a forum's identifiers and relations are, asked of MariaDB in SQL: the oracle for readers of its dumps."""

from __future__ import annotations

import codecs
import html
import ipaddress
import json
from collections.abc import Callable, Iterator

from tests.mariadb import MariaDB

__all__ = ["Decode", "cp1252", "identifiers", "relations", "utf8"]

Decode = Callable[[bytes], str]
Identifier = tuple[str, str, str | None, str]  # account, kind, platform, value
Relation = tuple[str, str, str, str, int | None, int | None, int, str | None]

# Account, kind, platform, SQL of the value, table, condition; texts are unescaped and trimmed.
_VALUES = (
    ("member_id", "handle", None, "name", "core_members", "1"),
    ("member_id", "email", None, "email", "core_members", "1"),
    ("member_id", "handle", None, "name", "orig_members", "1"),
    ("member_id", "handle", None, "members_display_name", "orig_members", "1"),
    ("member_id", "email", None, "email", "orig_members", "1"),
    ("member_id", "handle", "twitter", "twitter_id", "orig_members", "twitter_id<>'0'"),
    ("member_id", "handle", "facebook", "fb_uid", "orig_members", "fb_uid<>0"),
    ("dname_member_id", "handle", None, "dname_previous", "orig_dnames_change", "1"),
    ("dname_member_id", "handle", None, "dname_current", "orig_dnames_change", "1"),
    ("member_id", "place", None, "field_1", "core_pfields_content", "1"),
    ("member_id", "url", None, "field_2", "core_pfields_content", "1"),
    ("member_id", "name", None, "field_3", "core_pfields_content", "1"),
    ("member_id", "handle", "telegram", "field_4", "core_pfields_content", "1"),
    ("member_id", "phone", None, "field_5", "core_pfields_content", "1"),
    ("member_id", "handle", "aim", "field_1", "orig_pfields_content", "1"),
    ("member_id", "place", None, "field_2", "orig_pfields_content", "1"),
    ("author_id", "handle", None, "author_name", "forums_posts", "author_id>0"),
    ("author_id", "handle", None, "author_name", "orig_posts", "author_id>0"),
)
_BIRTHDAY = """
    SELECT member_id, IF(bday_year>1, CONCAT(bday_year,'-',LPAD(bday_month,2,'0'),'-',LPAD(bday_day,2,'0')),
                         CONCAT('--',LPAD(bday_month,2,'0'),'-',LPAD(bday_day,2,'0')))
    FROM core_members WHERE bday_day IS NOT NULL"""

# Each occurrence: source, target, place, moment. Kind and kind of target; a table each, since the larger
# count of two tables stands.
_OCCURRENCES: dict[tuple[str, str], tuple[str, ...]] = {
    ("follows", "account"): (
        (
            "SELECT follow_member_id s, follow_rel_id t, '' p, follow_added a FROM core_follow "
            "WHERE follow_app='core' AND follow_area='member'"
        ),
    ),
    ("ignores", "account"): (
        "SELECT ignore_owner_id s, ignore_ignore_id t, '' p, 0 a FROM core_ignored_users",
        "SELECT ignore_owner_id s, ignore_ignore_id t, '' p, 0 a FROM orig_ignored_users",
    ),
    ("friend", "account"): (
        "SELECT friends_member_id s, friends_friend_id t, '' p, friends_added a FROM orig_profile_friends",
    ),
    ("reacted", "account"): (
        "SELECT member_id s, member_received t, '' p, rep_date a FROM core_reputation_index",
    ),
    ("posted_in", "topic"): (
        "SELECT author_id s, topic_id t, '' p, post_date a FROM forums_posts",
        "SELECT author_id s, topic_id t, '' p, post_date a FROM orig_posts",
        "SELECT starter_id s, tid t, '' p, start_date a FROM forums_topics",
        "SELECT starter_id s, tid t, '' p, start_date a FROM orig_topics",
    ),
    ("used_ip", "ip"): tuple(
        f"SELECT {source} s, {address} t, '' p, {at} a FROM {table}"
        for source, address, at, table in (
            ("member_id", "ip_address", "joined", "core_members"),
            ("member_id", "ip_address", "joined", "orig_members"),
            ("dname_member_id", "dname_ip_address", "dname_date", "orig_dnames_change"),
            ("author_id", "ip_address", "post_date", "forums_posts"),
            ("author_id", "ip_address", "post_date", "orig_posts"),
            ("msg_author_id", "msg_ip_address", "msg_date", "core_message_posts"),
            ("msg_author_id", "msg_ip_address", "msg_date", "orig_message_posts"),
        )
    ),
    ("messaged", "account"): tuple(
        f"SELECT m.msg_author_id s, o.u t, CONCAT('conversation:', m.msg_topic_id) p, m.msg_date a "
        f"FROM {generation}_message_posts m JOIN participants o ON o.c = m.msg_topic_id"
        for generation in ("core", "orig")
    ),
}
_PARTICIPANTS = "CREATE OR REPLACE TABLE participants (c int, u int, PRIMARY KEY (c, u)) AS " + (
    " UNION ".join(
        f"SELECT {topic} c, {user} u FROM {generation}_{table} WHERE {user} > 0"
        for generation in ("core", "orig")
        for table, topic, user in (
            ("message_topics", "mt_id", "mt_starter_id"),
            ("message_topics", "mt_id", "mt_to_member_id"),
            ("message_posts", "msg_topic_id", "msg_author_id"),
            ("message_topic_user_map", "map_topic_id", "map_user_id"),
        )
    )
)


def utf8(value: bytes) -> str:
    """Decode what a utf8mb4 connection hands over."""
    return value.decode()


def cp1252(value: bytes) -> str:
    """Decode what a latin1 connection hands over: cp1252, its five open places as control characters."""
    table = "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in range(256))
    return codecs.charmap_decode(value, "strict", table)[0]


def identifiers(server: MariaDB, database: str, *, charset: str = "utf8mb4") -> set[Identifier]:
    """Every identifier of the forum's accounts.

    Args:
        server: The server.
        database: The forum.
        charset: Of the connection over which the dump was taken; characters it lacks are question marks.
    """
    decode = utf8 if charset == "utf8mb4" else cp1252
    found: set[Identifier] = set()
    for account, kind, platform, value, table, condition in _VALUES:
        query = f"SELECT {account}, CONVERT({value} USING {charset}) FROM {table} WHERE {condition}"
        for key, text in server.select(database, query, width=2):
            _add(found, key, kind, platform, decode(text or b""), unescape=kind != "email")
    query = (
        f"SELECT log_member, log_type, CONVERT(log_data USING {charset}) FROM core_member_history "
        "WHERE log_app='core' AND log_type IN ('display_name','email_change')"
    )
    for key, sort, text in server.select(database, query, width=3):
        changed = json.loads(decode(text or b""))
        for name in ("old", "new"):
            kind = "handle" if sort == b"display_name" else "email"
            _add(found, key, kind, None, changed[name], unescape=True)
    for key, text in server.select(database, _BIRTHDAY, width=2):
        _add(found, key, "date_of_birth", None, decode(text or b""), unescape=False)
    return found


def _add(
    found: set[Identifier], key: bytes | None, kind: str, platform: str | None, text: str, *, unescape: bool
) -> None:
    value = (html.unescape(text) if unescape else text).strip().replace("\0", "")
    if value:
        found.add(((key or b"").decode(), kind, platform, value))


def relations(server: MariaDB, database: str) -> set[Relation]:
    """Every relation between accounts, topics and addresses, without those of guests (account 0)."""
    return set(_relations(server, database))


def _relations(server: MariaDB, database: str) -> Iterator[Relation]:
    for (kind, target_kind), tables in _OCCURRENCES.items():
        counted = " UNION ALL ".join(
            f"SELECT s, t, p, MIN(IF(a>0,a,NULL)) f, MAX(IF(a>0,a,NULL)) l, COUNT(*) n "
            f"FROM ({table}) o{at} WHERE s>0 GROUP BY s, t, p"
            for at, table in enumerate(tables)
        )
        strangers = "s<>t AND t>0" if target_kind == "account" else "t<>''"
        query = (
            f"SELECT s, t, NULLIF(p,''), MIN(f), MAX(l), MAX(n) FROM ({counted}) c WHERE {strangers} "
            "GROUP BY s, t, p"
        )
        # Read twice in one query, which a temporary table cannot be: so it is a real one.
        before = _PARTICIPANTS if kind == "messaged" else ""
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
