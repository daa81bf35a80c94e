"""What the adversarial forum of two generations, IPS 4 and IPB 3, holds."""

from __future__ import annotations

import json
from collections.abc import Iterator

from tests.integration.forum_truth import Decode, Told, Truth, Value
from tests.mariadb import MariaDB

__all__ = ["IPS"]

_VALUES = (
    Value("member_id", "handle", "name", "core_members"),
    Value("member_id", "email", "email", "core_members", escaped=False),
    Value("member_id", "handle", "name", "orig_members"),
    Value("member_id", "handle", "members_display_name", "orig_members"),
    Value("member_id", "email", "email", "orig_members", escaped=False),
    Value("member_id", "handle", "twitter_id", "orig_members", "twitter_id<>'0'", platform="twitter"),
    Value("member_id", "handle", "fb_uid", "orig_members", "fb_uid<>0", platform="facebook"),
    Value("dname_member_id", "handle", "dname_previous", "core_dnames_change"),
    Value("dname_member_id", "handle", "dname_current", "core_dnames_change"),
    Value("dname_member_id", "handle", "dname_previous", "orig_dnames_change"),
    Value("dname_member_id", "handle", "dname_current", "orig_dnames_change"),
    Value("member_id", "place", "field_1", "core_pfields_content"),
    Value("member_id", "url", "field_2", "core_pfields_content"),
    Value("member_id", "name", "field_3", "core_pfields_content"),
    Value("member_id", "handle", "field_4", "core_pfields_content", platform="telegram"),
    Value("member_id", "phone", "field_5", "core_pfields_content"),
    Value("member_id", "handle", "field_1", "orig_pfields_content", platform="aim"),
    Value("member_id", "place", "field_2", "orig_pfields_content"),
    Value("author_id", "handle", "author_name", "forums_posts", "author_id>0"),
    Value("author_id", "handle", "author_name", "orig_posts", "author_id>0"),
    Value(
        "member_id",
        "date_of_birth",
        "IF(bday_year>1, CONCAT(bday_year,'-',LPAD(bday_month,2,'0'),'-',LPAD(bday_day,2,'0')),"
        " CONCAT('--',LPAD(bday_month,2,'0'),'-',LPAD(bday_day,2,'0')))",
        "core_members",
        "bday_day IS NOT NULL",
    ),
)

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
        (
            "SELECT r.member_id s, o.author_id t, '' p, rep_date a FROM orig_reputation_index r "
            "JOIN orig_posts o ON o.pid = r.type_id WHERE app='forums' AND type='pid'"
        ),
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
            ("dname_member_id", "dname_ip_address", "dname_date", "core_dnames_change"),
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
_PARTICIPANTS = " UNION ".join(
    f"SELECT {topic} c, {user} u FROM {generation}_{table} WHERE {user} > 0"
    for generation in ("core", "orig")
    for table, topic, user in (
        ("message_topics", "mt_id", "mt_starter_id"),
        ("message_topics", "mt_id", "mt_to_member_id"),
        ("message_posts", "msg_topic_id", "msg_author_id"),
        ("message_topic_user_map", "map_topic_id", "map_user_id"),
    )
)


def _history(server: MariaDB, database: str, charset: str, decode: Decode) -> Iterator[Told]:
    query = (
        f"SELECT log_member, log_type, CONVERT(log_data USING {charset}) FROM core_member_history "
        "WHERE log_app='core' AND log_type IN ('display_name','email_change')"
    )
    for key, sort, text in server.select(database, query, width=3):
        changed = json.loads(decode(text or b""))
        kind = "handle" if sort == b"display_name" else "email"
        for name in ("old", "new"):
            if kind == "handle" or "@" in changed[name]:
                yield key, kind, changed[name]


IPS = Truth(values=_VALUES, occurrences=_OCCURRENCES, participants=_PARTICIPANTS, more=_history)
