"""An SMF 2 forum."""

from __future__ import annotations

import json
from collections.abc import Iterator
from html import escape

from tests.integration.forum_truth import Truth, Value, pairs
from tests.integration.forums.board import EPOCH, NAMES, SECRETS, Board, listed, occurrence, packed
from tests.mariadb import insert

__all__ = ["SMF"]

_HASH, _SALT, _KEY, _TOKEN = SECRETS
_PEOPLE = tuple(enumerate(NAMES, start=1))
# Post n is by account n % 11.
_QUOTES = (
    ("[quote author=anybody link=msg=17 date=1400000000]x[/quote]", (6,)),
    ("[quote author=O&#039;Brien&#039;s link=topic=1.msg20#msg20 date=1]x[/quote]", (9,)),
    ("[quote author=O&#039;Brien&#039;s]by name[/quote] [quote author=plain date=14]y[/quote]", (2, 1)),
    ("[quote author=x link=msg=99999 date=1]a post that is not there[/quote] [quote]z[/quote]", ()),
)
# Author, moment, recipients.
_MESSAGES = ((5, EPOCH + 1, (6, 7)), (6, 0, (5,)), (0, EPOCH + 3, (5,)))


def _rows() -> Iterator[str]:
    yield insert(
        "smf_members",
        ("id_member", "member_name", "real_name", "email_address", "date_registered", "last_login", "id_group",
         "additional_groups", "is_activated", "birthdate", "website_url", "location", "icq", "member_ip",
         "member_ip2", "buddy_list", "pm_ignore_list", "signature", "passwd", "password_salt", "secret_question",
         "secret_answer", "validation_code", "tfa_secret", "tfa_backup"),
        (
            (n, f"login{n}&amp;x", escape(name)[:255], f"u{n}@example.org", EPOCH + n, EPOCH + 2 * n if n % 3 else 0,
             2 if n == 5 else 0, "4,6" if n == 5 else "", {3: 0, 4: 11, 5: 12, 6: 3}.get(n, 1),
             ("1004-01-01", f"1980-{n % 12 + 1}-{n % 28 + 1}", f"1004-{n % 11 + 2}-{n % 28 + 1}", "0001-01-01")[n % 4],
             f"https://example.net/?a=1&amp;b={n}" if n % 3 == 0 else "http://", escape(name)[:100] if n % 5 == 0 else "",
             f"20{n}" if n % 4 == 0 else "", packed(f"198.18.39.{n}") if n % 2 else packed(f"2001:db8::{n:x}"),
             packed("58.58.49.50") if n == 9 else None, "7,9,12" if n % 6 == 0 else "", "3" if n % 7 == 0 else None,
             _SALT, _HASH, _SALT, _TOKEN, _KEY, "12345", _KEY[:24], _KEY)
            for n, name in _PEOPLE
        ),
    )  # fmt: skip
    yield insert(
        "smf_custom_fields",
        ("col_name", "field_name"),
        (
            ("cust_loca", "{location}"),
            ("cust_skype", "{skype}"),
            ("cust_realna", "Real name"),
            ("cust_gender", "Gender"),
        ),
    )
    yield insert(
        "smf_themes",
        ("id_member", "id_theme", "variable", "value"),
        [
            (n, 1, variable, value)
            for n, name in _PEOPLE
            for variable, value in (
                ("cust_skype", f"sk{n}"), ("cust_realna", escape(name)), ("cust_gender", name),
                ("cust_loca", f"place {n}"),
                ("cust_icq", f"30{n}"), ("popup_messages", _TOKEN),
            )
        ] + [(0, 1, "cust_skype", "the default"), (-1, 1, "theme_dir", "/x")],
    )  # fmt: skip
    yield insert(
        "smf_membergroups",
        ("id_group", "group_name", "description"),
        ((2, "Global Moderator", ""), (4, "Neu 'ling", ""), (6, "Ünit 6", "")),
    )
    yield insert(
        "smf_log_actions",
        ("id_log", "id_member", "action", "extra"),
        (
            (
                2,
                5,
                "real_name",
                json.dumps({"previous": 'old "n" \\', "new": "Ярослав", "applicator": 2}, ensure_ascii=False),
            ),
            (
                2,
                6,
                "member_name",
                'a:3:{s:8:"previous";s:9:"was";"it";s:3:"new";s:6:"is now";s:10:"applicator";i:2;}',
            ),
            (2, 7, "email_address", json.dumps({"previous": "before7@example.org", "new": "u7@example.org"})),
            (2, 7, "personal_text", json.dumps({"previous": _TOKEN, "new": "x"})),
            (3, 7, "real_name", json.dumps({"previous": "of another log", "new": "x"})),
        ),
    )
    yield insert(
        "smf_member_logins",
        ("id_member", "time", "ip", "ip2"),
        ((n, EPOCH + n, packed(f"198.18.92.{n}"), packed(f"39.92.{n}.44")) for n in range(1, 40)),
    )
    yield insert(
        "smf_personal_messages",
        ("id_pm", "id_pm_head", "id_member_from", "from_name", "msgtime", "body"),
        (
            (n, 1, author, f"then {author}", at, _TOKEN)
            for n, (author, at, _) in enumerate(_MESSAGES, start=1)
        ),
    )
    yield insert(
        "smf_pm_recipients",
        ("id_pm", "id_member"),
        ((n, one) for n, (_, _, to) in enumerate(_MESSAGES, start=1) for one in to),
    )
    yield insert("smf_topics", ("id_topic", "id_member_started"), ((n, n % 11 + 1) for n in range(1, 6)))
    yield insert(
        "smf_messages",
        ("id_msg", "id_topic", "id_member", "poster_time", "poster_name", "poster_email", "poster_ip", "body"),
        [
            (n, n % 4 + 1, n % 11, EPOCH + n, escape(name)[:255], f"p{n}@example.com" if n % 5 == 0 else "",
             packed(f"198.18.3.{n % 7 + 1}"), escape(name))
            for n, name in _PEOPLE
        ]
        + [(500 + n, 3, 4, EPOCH, "then 4", "", None, text) for n, (text, _) in enumerate(_QUOTES)],
    )  # fmt: skip
    yield insert(
        "smf_user_likes",
        ("id_member", "content_type", "content_id", "like_time"),
        ((n % 12, "msg" if n % 5 else "pm", n, EPOCH + n) for n in range(1, 60)),
    )
    yield insert(
        "smf_mentions",
        ("content_id", "content_type", "id_mentioned", "id_member", "time"),
        ((n, "msg", n % 8 + 1, n % 12, EPOCH + n) for n in range(1, 40)),
    )


SMF = Board(
    name="smf",
    rows=_rows,
    truth=Truth(
        values=(
            Value("id_member", "handle", "member_name", "smf_members"),
            Value("id_member", "handle", "real_name", "smf_members"),
            Value("id_member", "email", "email_address", "smf_members", escaped=False),
            Value("id_member", "date_of_birth", "DATE_FORMAT(birthdate,'%Y-%m-%d')", "smf_members", "YEAR(birthdate)>1800"),
            Value("id_member", "date_of_birth", "DATE_FORMAT(birthdate,'--%m-%d')", "smf_members", "id_member%4=2"),
            Value("id_member", "url", "website_url", "smf_members", "website_url<>'http://'"),
            Value("id_member", "place", "location", "smf_members"),
            Value("id_member", "handle", "icq", "smf_members", platform="icq"),
            Value("id_member", "handle", "value", "smf_themes", "variable='cust_skype' AND id_member>0", "skype"),
            Value("id_member", "handle", "value", "smf_themes", "variable='cust_icq'", "icq"),
            Value("id_member", "place", "value", "smf_themes", "variable='cust_loca'"),
            Value("id_member", "name", "value", "smf_themes", "variable='cust_realna'"),
            Value("id_member", "handle", "JSON_VALUE(extra,'$.previous')", "smf_log_actions", "id_action=1"),
            Value("id_member", "handle", "JSON_VALUE(extra,'$.new')", "smf_log_actions", "id_action=1"),
            Value("id_member", "handle", "'was\";\"it'", "smf_log_actions", "id_action=2"),
            Value("id_member", "handle", "'is now'", "smf_log_actions", "id_action=2"),
            Value("id_member", "email", "JSON_VALUE(extra,'$.previous')", "smf_log_actions", "id_action=3"),
            Value("id_member", "handle", "poster_name", "smf_messages", "id_member>0"),
            Value("id_member", "email", "poster_email", "smf_messages", "id_member>0"),
            Value("id_member_from", "handle", "from_name", "smf_personal_messages", "id_member_from>0"),
        ),
        occurrences={
            ("friend", "account"): (listed("smf_members", "id_member", "buddy_list"),),
            ("ignores", "account"): (listed("smf_members", "id_member", "pm_ignore_list"),),
            ("reacted", "account"): (
                ("SELECT l.id_member s, m.id_member t, '' p, like_time a FROM smf_user_likes l "
                "JOIN smf_messages m ON m.id_msg = l.content_id AND l.content_type='msg'"),
            ),
            ("mentioned", "account"): (occurrence("smf_mentions", "id_member", "id_mentioned", "time"),),
            ("posted_in", "topic"): (
                occurrence("smf_messages", "id_member", "id_topic", "poster_time"),
                occurrence("smf_topics", "id_member_started", "id_topic"),
            ),
            ("used_ip", "ip"): (
                occurrence("smf_members", "id_member", "INET6_NTOA(member_ip)", "last_login")
                + " UNION ALL "
                + occurrence("smf_members", "id_member", "INET6_NTOA(member_ip2)", "last_login", "member_ip2<>''"),
                occurrence("smf_member_logins", "id_member", "INET6_NTOA(ip)", "time")
                + " UNION ALL "
                + occurrence("smf_member_logins", "id_member", "INET6_NTOA(ip2)", "time"),
                occurrence("smf_messages", "id_member", "INET6_NTOA(poster_ip)", "poster_time", "poster_ip<>''"),
            ),
            ("messaged", "account"): (
                ("SELECT m.id_member_from s, o.u t, CONCAT('conversation:', m.id_pm) p, m.msgtime a "
                "FROM smf_personal_messages m JOIN participants o ON o.c = m.id_pm"),
            ),
        },
        participants=pairs(
            [(n, one) for n, (author, _, to) in enumerate(_MESSAGES, start=1) for one in (author, *to) if one]
        ),
    ),
    accounts="SELECT id_member, date_registered, last_login FROM smf_members",
    marked={
        2: (None, []),
        3: ("validating", []),
        4: ("banned", []),
        5: ("banned", ["Global Moderator", "Neu 'ling", "Ünit 6"]),
    },
    unconfirmed={3, 5},
    quotes={(4, "quoted", who, "topic:3") for _, found in _QUOTES for who in found},
)  # fmt: skip
