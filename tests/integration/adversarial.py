"""A forum whose texts try everything that could lead a reader of dumps astray."""

from __future__ import annotations

import json
from collections.abc import Iterator
from html import escape

from tests.integration.odd_types import odd_rows
from tests.mariadb import insert

__all__ = ["LONG_TEXT", "MARKUP", "NASTY", "PLANTED_SECRETS", "forum_rows"]

# 1.2 MB of one value, more than a client's net_buffer_length.
LONG_TEXT = ("a),('b\\ " + "x" * 52) * 20_000 + "Ж😀"

NASTY = (
    "plain",
    "O'Brien's",
    '"double" quotes',
    "`back` ticks",
    "back\\slash",
    "two\\\\slashes",
    "ends in backslash\\",
    "ends in quote'",
    "\\'",
    "\\\\'",
    "''",
    "'",
    "nul\0inside",
    "backslash zero \\0 written",
    "line\nfeed",
    "carriage\r\nreturn",
    "tab\there",
    "control \x1a Z",
    "masks \x01 \x02 \\\x01 \\\x02 '\x01",
    "written \\n \\r \\t \\Z \\% \\_",
    "percent % and _",
    "a),(b",
    "'),('2','x",
    "x');\nINSERT INTO `core_members` (`member_id`,`name`) VALUES (999,'forged');\n",
    ";\nINSERT INTO core_members VALUES (998,'forged');",
    ";",
    "-- comment",
    "# comment",
    "/* open",
    "*/ closed",
    "/*!40101 SET NAMES latin1 */;",
    "DELIMITER ;;\nforged;;",
    "NULL",
    "0x41",
    "x'41'",
    "_binary 'x'",
    "-1",
    "1e300",
    "emoji 😀 👩‍👩‍👧 𝕸",
    "Кириллица Ярослав",
    "Ελληνικά",
    "日本語の名前",
    "umläut Zoë ß € ‚“",
    "combining e\u0301",
    "zero\u200bwidth \u202eright-to-left",
    "next line \u0085 and \u0080\u009f",
    "? literal question mark",
    "&amp; &lt;b&gt; &#39; escaped",
    "a" * 250,
)

PLANTED_SECRETS = (
    "$2y$13$Adversarial.test.value.not.a.hash.of.any.password",
    "AdversarialSaltOfNone1",
    "0123456789abcdef0123456789abcdef",
)

# Post's author and text, and what it shows: kind of relation and account. The first are IPS 4, the others IPB 3.
MARKUP: tuple[tuple[int, str, tuple[tuple[str, int], ...]], ...] = (
    (4, '<blockquote class="ipsQuote" data-ipsquote-username="O\'Brien" data-ipsquote-userid="6">x</blockquote>',
     (("quoted", 6),)),
    (5, '<p><a data-mentionid="8" href="/8">@a),(b</a> \\ <a href="/9" data-mentionid="9">@"x"</a></p>',
     (("mentioned", 8), ("mentioned", 9))),
    (6, '<blockquote data-ipsquote-userid="7">1</blockquote><blockquote data-ipsquote-userid="7">2</blockquote>',
     (("quoted", 7),)),
    (7, "<p>data-ipsquote-userid and data-mentionid= are words</p>", ()),
    (4, "[quote name='O&#39;Brien&#39;s' timestamp='1' post='3']x[/quote]", (("quoted", 2),)),
    (5, f"[quote name='{NASTY[39]}' post='3']x[/quote]\n[quote name='{NASTY[38]}' post='4']", (("quoted", 40), ("quoted", 39))),
    (6, "[quote name='nobody of that name' post='3']x[/quote]", ()),
    (7, "<blockquote data-author=\"plain\" data-cid='5'>x</blockquote>", (("quoted", 1),)),
)  # fmt: skip
_MARKUP_IPS4 = 4  # so many of them

_EPOCH = 1_400_000_000


def forum_rows() -> Iterator[str]:
    """INSERT statements that fill the tables of both generations and the odd ones."""
    yield from _members()
    yield from _profiles()
    yield from _talk()
    yield from _ties()
    yield from odd_rows(NASTY)


def _members() -> Iterator[str]:
    names = ("member_id", "name", "email", "joined", "last_activity", "last_visit", "ip_address")
    count = len(NASTY)
    secret, salt, key = PLANTED_SECRETS
    yield insert(
        "core_members",
        (*names, "member_group_id", "mgroup_others", "bday_day", "bday_month", "bday_year",
         "members_pass_hash", "members_pass_salt", "member_login_key", "members_cache", "mfa_details"),
        (
            (n, text, f"u{n}.{text[:60]}@example.org", _EPOCH + n, _EPOCH + 2 * n if n % 3 else 0, -n,
             f"198.18.0.{n}" if n % 2 else f"2001:db8::{n:x}", n % 4 + 1, "2,3" if n % 5 == 0 else "",
             n % 28 + 1 if n % 2 else None, n % 12 + 1 if n % 2 else None, 1970 + n % 30 if n % 4 == 1 else 0,
             secret, salt, key, LONG_TEXT if n == 7 else text, None)
            for n, text in enumerate(NASTY, start=1)
        ),
    )  # fmt: skip
    yield insert(
        "orig_members",
        (*names, "members_display_name", "members_l_display_name", "members_l_username",
         "members_pass_hash", "members_pass_salt", "member_banned", "twitter_id", "twitter_secret", "fb_uid"),
        (
            (n, escape(text), f"before{n}@example.net" if n % 2 else f"u{n}.{text[:60]}@example.org",
             _EPOCH + n, _EPOCH + n, _EPOCH, f"198.18.1.{n}", escape(f"was {text}"[:200]), "", "",
             key, "salt5", n % 2, "0" if n % 3 else f"tw_{n}", secret, n * 10_000_000_000 if n % 4 == 0 else 0)
            for n, text in [*list(enumerate(NASTY, start=1))[:count // 2], (count + 40, "only before\\")]
        ),
    )  # fmt: skip
    changes = [
        (n, kind, {"old": f"{at}old {text}"[:150], "new": f"{at}new {text}"[:150]})
        for n, text in enumerate(NASTY, start=1)
        for kind, at in (
            ("display_name", ""),
            ("email_change", f"u{n}@example.com, "),
            ("password_change", ""),
        )
        if n % 3 == 0
    ]
    yield insert(
        "core_member_history",
        ("log_app", "log_member", "log_by", "log_type", "log_data", "log_date", "log_ip_address"),
        [
            ("core", n, None, kind, json.dumps(data, ensure_ascii=n % 2 == 0), _EPOCH + n, "")
            for n, kind, data in changes
        ]
        + [
            ("nexus", 1, 1, "display_name", '{"old":"of another application"}', 1, ""),
            # Versions whose API wrote the name where the address belongs.
            ("core", 2, 1, "email_change", '{"old":"a name","new":"another name","by":"api"}', 1, ""),
        ],
    )
    yield insert(
        "core_dnames_change",
        ("dname_member_id", "dname_date", "dname_ip_address", "dname_previous", "dname_current"),
        (
            (n, _EPOCH + n, f"198.18.5.{n}", escape(f"once {text}"[:200]), escape(text))
            for n, text in enumerate(NASTY, start=1)
            if n % 4 == 0
        ),
    )
    yield insert(
        "orig_dnames_change",
        ("dname_member_id", "dname_date", "dname_ip_address", "dname_previous", "dname_current"),
        ((n, _EPOCH + n, f"198.18.2.{n}", escape(f"prev {text}"[:200]), escape(text))
         for n, text in enumerate(NASTY[: count // 2], start=1) if n % 2),
    )  # fmt: skip


def _profiles() -> Iterator[str]:
    titles = (("core_pfield_1", "Location"), ("core_pfield_2", "Website URL"), ("core_pfield_3", "Real name"),
              ("core_pfield_4", "Telegram"), ("core_pfield_5", "Phone"), ("core_pfield_6", "It's odd \\"),
              ("core_group_1", "Group 'one'"), ("core_group_2", "Gruppe Zwei ß"), ("unrelated", NASTY[23]))  # fmt: skip
    yield insert("core_sys_lang_words", ("word_key", "word_default"), titles)
    yield insert(
        "core_pfields_content",
        ("member_id", *(f"field_{at}" for at in range(1, 7))),
        (
            (n, text, None, text[::-1], f"tg_{n}", "" if n % 2 else f"07700 900{n:03}", text)
            for n, text in enumerate(NASTY, start=1)
        ),
    )
    yield insert("orig_pfields_data", ("pf_title",), (("AIM",), ("Location",)))
    yield insert(
        "orig_pfields_content",
        ("member_id", "field_1", "field_2"),
        ((n, f"aim{n}", escape(text)) for n, text in enumerate(NASTY, start=1) if n % 5 == 0),
    )


def _talk() -> Iterator[str]:
    post = ("pid", "author_id", "author_name", "ip_address", "post_date", "post", "topic_id")
    count = len(NASTY)
    for table, first in (("forums_posts", 1), ("orig_posts", 5)):
        yield insert(
            table,
            post,
            [
                (n, n % 11, f"guest {text}"[:200] if n % 11 == 0 else text, f"198.18.3.{n % 7 + 1}", _EPOCH + n, text,
                 n % 4 + 1)
                for n, text in enumerate(NASTY, start=first)
            ]
            + [(900 + first, 3, "x", "198.18.3.9", 0, LONG_TEXT, 2)]
            + [
                (700 + n, author, "x", "198.18.3.8", _EPOCH, text, 3)
                for n, (author, text, _) in enumerate(MARKUP)
                if (n < _MARKUP_IPS4) == (table == "forums_posts")
            ],
        )  # fmt: skip
    yield insert(
        "forums_topics",
        ("tid", "title", "starter_id", "start_date"),
        ((n, NASTY[n], n, _EPOCH - n) for n in range(1, 5)),
    )
    yield insert(
        "orig_topics",
        ("tid", "title", "starter_id", "start_date"),
        ((n, NASTY[n], n, _EPOCH - n) for n in range(1, 3)),
    )
    for prefix, shift in (("core", 0), ("orig", 2)):
        topic = ["mt_id", "mt_starter_id", "mt_to_member_id", "mt_title"]
        yield insert(
            f"{prefix}_message_topics",
            topic,
            ((n, n, n + 3 if n % 2 else 0, NASTY[n]) for n in range(1 + shift, 9 + shift)),
        )
        yield insert(
            f"{prefix}_message_posts",
            ("msg_topic_id", "msg_date", "msg_post", "msg_author_id", "msg_ip_address"),
            (
                (n % 8 + 1 + shift, _EPOCH + n if n % 9 else 0, text, n % 13, f"198.18.4.{n % 5 + 1}")
                for n, text in enumerate(NASTY, start=1)
            ),
        )
        yield insert(
            f"{prefix}_message_topic_user_map",
            ("map_user_id", "map_topic_id"),
            ((user, n) for n in range(1 + shift, 9 + shift) for user in (n, n + 20) if user <= count),
        )


def _ties() -> Iterator[str]:
    yield insert(
        "core_follow",
        ("follow_id", "follow_app", "follow_area", "follow_member_id", "follow_rel_id", "follow_added"),
        (
            (f"{n:032x}", "core" if n % 6 else "forums", "member" if n % 5 else "topic", n % 17, n % 23,
             _EPOCH + n if n % 4 else 0)
            for n in range(1, 120)
        ),
    )  # fmt: skip
    ignore = ("ignore_owner_id", "ignore_ignore_id")
    yield insert("core_ignored_users", ignore, ((n, n % 7 + 1) for n in range(1, 20)))
    yield insert("orig_ignored_users", ignore, ((n, n % 5 + 1) for n in range(1, 15)))
    yield insert(
        "orig_profile_friends",
        ("friends_member_id", "friends_friend_id", "friends_approved", "friends_added"),
        ((n, n % 9 + 1, 1, _EPOCH + n) for n in range(1, 25)),
    )
    yield insert(
        "core_reputation_index",
        ("member_id", "app", "type", "type_id", "rep_date", "rep_rating", "member_received"),
        ((n % 12, "forums", "pid", n, _EPOCH + n, -1 if n % 4 == 0 else 1, n % 8 + 1) for n in range(1, 80)),
    )
    yield insert(
        "orig_reputation_index",
        ("member_id", "app", "type", "type_id", "rep_date", "rep_rating"),
        (
            (n % 12, "forums" if n % 5 else "downloads", "pid" if n % 7 else "file_id", n, _EPOCH + n, 1)
            for n in range(1, 40)
        ),
    )
