"""A phpBB 3 forum, with the profile columns of 3.0 and the profile fields of later versions."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from tests.integration.forum_truth import Truth, Value, pairs
from tests.integration.forums.board import EPOCH, NAMES, SECRETS, Board, occurrence
from tests.mariadb import insert

__all__ = ["PHPBB"]

_HASH, _SALT, _KEY, _TOKEN = SECRETS
# Account 1 is the guest; the first person has 2, robots come last.
_PEOPLE = tuple(enumerate(NAMES, start=2))
_ROBOT = 900
_QUOTES = (
    ('<r><QUOTE author="x" post_id="3" time="1" user_id="7"><s>[quote="x"]</s>1</QUOTE></r>', (7,)),
    ("<r><QUOTE author=\"O'Brien's\"><s>[quote=\"O'Brien's\"]</s>by name</QUOTE></r>", (3,)),
    ("[quote=&quot;plain&quot;:1ab2c3d4]of 3.0[/quote:1ab2c3d4] [quote=&quot;a),(b&quot;:1ab2c3d4]", (2, 23)),
    ('<t>user_id="9" without a tag, <QUOTE><s>[quote]</s></QUOTE></t>', ()),
    ('<r><QUOTE author="guest" user_id="1">x</QUOTE></r>', ()),
)
# Author, moment, to, bcc, holders besides these.
_MESSAGES = (
    (5, EPOCH + 1, "u_6:u_7", "", ()),
    (6, EPOCH + 2, "u_5:g_8", "u_12", (9, 10)),
    (7, 0, "g_8", "", (6,)),
    (1, EPOCH + 4, "u_5", "", ()),
    (5, EPOCH + 5, "u_1", "", ()),
)
_CHANGED = ((5, "old 'name' \\", 'new;"}name'), (6, "Ярослав", "O&amp;K"))


def _rows() -> Iterator[str]:
    names = ("user_id", "user_type", "username", "username_clean", "user_email", "group_id", "user_regdate",
             "user_lastvisit", "user_last_active", "user_inactive_reason", "user_birthday", "user_ip", "user_from", "user_website",
             "user_icq", "user_jabber", "user_password", "user_newpasswd", "user_actkey", "user_form_salt",
             "reset_token", "user_permissions", "user_sig", "user_interests")  # fmt: skip
    secrets = (_HASH, _HASH, _KEY, _KEY, _TOKEN, _KEY, _SALT, _SALT)
    yield insert(
        "phpbb_users",
        names,
        [(1, 2, "Anonymous", "anonymous", "", 1, 0, 0, 0, 0, "", "", "", "", "", "", *secrets),
         (_ROBOT, 2, "Robot [Bot]", "robot [bot]", "", 6, EPOCH, 0, 0, 0, "", "", "", "", "", "", *secrets)]
        + [
            (n, {3: 1, 4: 1, 5: 3}.get(n, 0), escape(name), name.lower(), f"u{n}@example.org", 2, EPOCH + n,
             EPOCH + 2 * n if n % 3 else 0, EPOCH + 3 * n if n % 4 == 0 else 0, {3: 1, 4: 3}.get(n, 0),
             (" 0- 0-   0", f"{n % 28 + 1:2}-{n % 12 + 1:2}-1980", f"{n % 28 + 1:2}-{n % 12 + 1:2}-   0", "")[n % 4],
             f"198.18.0.{n}" if n % 2 else f"2001:db8::{n:x}", escape(name)[:100] if n % 5 == 0 else "",
             f"https://example.net/?a=1&amp;b={n}" if n % 3 == 0 else "", f"20{n}" if n % 4 == 0 else "",
             f"j{n}@example.com" if n % 7 == 0 else "", *secrets)
            for n, name in _PEOPLE
        ],
    )  # fmt: skip
    fields = ("phpbb_location", "phpbb_website", "phpbb_interests", "phpbb_skype", "real_name", "colour",
              "phpbb_aol", "phpbb_wlm", "phpbb_googleplus")  # fmt: skip
    yield insert("phpbb_profile_fields", ("field_name", "field_ident"), [(name, name) for name in fields])
    yield insert(
        "phpbb_profile_fields_data",
        ("user_id", *(f"pf_{name}" for name in fields)),
        (
            (
                n,
                escape(name),
                None,
                "x",
                f"sk{n}" if n % 2 else "",
                f"Name {n}",
                name,
                f"aol{n}" if n % 3 else "",
                f"wlm{n}@example.net" if n % 4 == 0 else "",
                f"+g{n}" if n % 5 == 0 else None,
            )
            for n, name in _PEOPLE
        ),
    )
    yield insert(
        "phpbb_groups",
        ("group_id", "group_name", "group_desc"),
        (
            (1, "GUESTS", ""),
            (2, "REGISTERED", ""),
            (6, "BOTS", ""),
            (8, "Gruppe 'Süd'", ""),
            (9, "Wanted", ""),
        ),
    )
    yield insert(
        "phpbb_user_group",
        ("group_id", "user_id", "user_pending"),
        [(2, n, 0) for n, _ in _PEOPLE] + [(8, 5, 0), (9, 5, 1), (8, 6, 0)],
    )
    yield insert(
        "phpbb_log",
        ("log_type", "user_id", "reportee_id", "log_ip", "log_operation", "log_data"),
        [(3, 2, who, "198.18.5.5", "LOG_USER_UPDATE_NAME", _serialised(old, new)) for who, old, new in _CHANGED]
        + [(3, 5, 5, "", "LOG_USER_UPDATE_EMAIL", _serialised("name", "before5@example.org", "u5@example.org")),
           (3, 2, 5, "", "LOG_USER_FEEDBACK", _serialised("a remark")),
           (0, 2, 0, "", "LOG_USER_NEW_PASSWORD", _serialised(_TOKEN))],
    )  # fmt: skip
    yield insert(
        "phpbb_zebra",
        ("user_id", "zebra_id", "friend", "foe"),
        ((n, n % 9 + 10, n % 2, 1 - n % 2) for n in range(2, 30)),
    )
    yield insert(
        "phpbb_privmsgs",
        ("msg_id", "author_id", "author_ip", "message_time", "message_text", "to_address", "bcc_address"),
        (
            (n, author, f"198.18.4.{author}", at, _TOKEN, to, bcc)
            for n, (author, at, to, bcc, _) in enumerate(_MESSAGES, start=1)
        ),
    )
    yield insert(
        "phpbb_privmsgs_to",
        ("msg_id", "user_id", "author_id"),
        (
            (n, holder, author)
            for n, (author, *_, more) in enumerate(_MESSAGES, start=1)
            for holder in (author, *more)
        ),
    )
    yield insert(
        "phpbb_topics",
        ("topic_id", "topic_title", "topic_poster", "topic_time", "topic_first_poster_name"),
        ((n, "", n, EPOCH - n, escape(f"then {NAMES[n]}")[:250]) for n in range(1, 6)),
    )
    yield insert(
        "phpbb_posts",
        ("post_id", "topic_id", "poster_id", "poster_ip", "post_time", "post_username", "post_text"),
        [
            (
                n,
                n % 4 + 1,
                n % 11 + 1,
                f"198.18.3.{n % 7 + 1}",
                EPOCH + n,
                f"guest {n}" if n % 11 == 0 else "",
                name,
            )
            for n, name in _PEOPLE
        ]
        + [(500 + n, 3, 4, "", EPOCH, "", text) for n, (text, _) in enumerate(_QUOTES)],
    )
    yield insert(
        "phpbb_thanks",
        ("post_id", "poster_id", "user_id", "thanks_time"),
        ((n, n % 8 + 1, n % 12 + 1, EPOCH + n) for n in range(1, 60)),
    )
    yield insert("phpbb_sessions", ("session_id", "session_user_id"), [(_KEY, 5)])


def _serialised(*texts: str) -> str:
    inner = "".join(f'i:{at};s:{len(text.encode())}:"{text}";' for at, text in enumerate(texts))
    return f"a:{len(texts)}:{{{inner}}}"


def _talk() -> list[tuple[int, int]]:
    return [
        (n, one)
        for n, (author, _, to, bcc, more) in enumerate(_MESSAGES, start=1)
        for one in (
            author,
            *more,
            *(int(tag[2:]) for tag in f"{to}:{bcc}".split(":") if tag.startswith("u_")),
        )
        if one > 1
    ]


PHPBB = Board(
    name="phpbb",
    rows=_rows,
    truth=Truth(
        values=(
            Value("user_id", "handle", "username", "phpbb_users", "user_type<>2"),
            Value("user_id", "email", "user_email", "phpbb_users", escaped=False),
            Value("user_id", "place", "user_from", "phpbb_users"),
            Value("user_id", "url", "user_website", "phpbb_users"),
            Value("user_id", "handle", "user_icq", "phpbb_users", platform="icq"),
            Value("user_id", "handle", "user_jabber", "phpbb_users", platform="jabber"),
            Value("user_id", "date_of_birth", "DATE_FORMAT(STR_TO_DATE(REPLACE(user_birthday,' ',''),'%e-%c-%Y'),"
                  "'%Y-%m-%d')", "phpbb_users", "user_type<>2 AND user_id%4=1"),
            Value("user_id", "date_of_birth", "CONCAT('--',LPAD(user_id%12+1,2,0),'-',LPAD(user_id%28+1,2,0))",
                  "phpbb_users", "user_type<>2 AND user_id%4=2"),
            Value("user_id", "place", "pf_phpbb_location", "phpbb_profile_fields_data"),
            Value("user_id", "handle", "pf_phpbb_skype", "phpbb_profile_fields_data", platform="skype"),
            Value("user_id", "handle", "pf_phpbb_aol", "phpbb_profile_fields_data", platform="aim"),
            Value("user_id", "handle", "pf_phpbb_wlm", "phpbb_profile_fields_data", platform="msn"),
            Value("user_id", "handle", "COALESCE(pf_phpbb_googleplus,'')", "phpbb_profile_fields_data", platform="google"),
            Value("user_id", "name", "pf_real_name", "phpbb_profile_fields_data"),
            Value("topic_poster", "handle", "topic_first_poster_name", "phpbb_topics", "topic_poster>1"),
            *(
                Value("reportee_id", "handle", f"REGEXP_SUBSTR(log_data,'{pattern}')", "phpbb_log",
                      "log_type=3 AND log_operation='LOG_USER_UPDATE_NAME'")
                for pattern in (r"(?<=i:0;s:.{2}:\").*(?=\";i:1;)", r"(?<=i:1;s:.{2}:\").*(?=\";\\})",
                                r"(?<=i:1;s:.:\").*(?=\";\\})")
            ),
            Value("reportee_id", "email", "'before5@example.org'", "phpbb_log", "log_operation='LOG_USER_UPDATE_EMAIL'"),
        ),
        occurrences={
            ("friend", "account"): (occurrence("phpbb_zebra", "user_id", "zebra_id", where="friend=1"),),
            ("ignores", "account"): (occurrence("phpbb_zebra", "user_id", "zebra_id", where="foe=1"),),
            ("reacted", "account"): (
                occurrence("phpbb_thanks", "user_id", "poster_id", "thanks_time", "user_id>1 AND poster_id>1"),
            ),
            ("posted_in", "topic"): (
                occurrence("phpbb_posts", "poster_id", "topic_id", "post_time", "poster_id>1"),
                occurrence("phpbb_topics", "topic_poster", "topic_id", "topic_time", "topic_poster>1"),
            ),
            ("used_ip", "ip"): (
                occurrence("phpbb_users", "user_id", "user_ip", "user_regdate"),
                occurrence("phpbb_log", "user_id", "log_ip", "log_time", "user_id>1"),
                occurrence("phpbb_posts", "poster_id", "poster_ip", "post_time", "poster_id>1"),
                occurrence("phpbb_privmsgs", "author_id", "author_ip", "message_time", "author_id>1"),
            ),
            ("messaged", "account"): (
                ("SELECT m.author_id s, o.u t, CONCAT('conversation:', m.msg_id) p, m.message_time a "
                "FROM phpbb_privmsgs m JOIN participants o ON o.c = m.msg_id WHERE m.author_id>1"),
            ),
        },
        participants=pairs(_talk()),
    ),
    accounts="SELECT user_id, user_regdate, GREATEST(user_last_active, user_lastvisit) FROM phpbb_users WHERE user_type<>2",
    marked={
        2: (None, ["REGISTERED"]),
        3: ("validating", ["REGISTERED"]),
        4: ("inactive", ["REGISTERED"]),
        5: ("founder", ["REGISTERED", "Gruppe 'Süd'"]),
    },
    unconfirmed={3},
    quotes={(4, "quoted", who, "topic:3") for _, found in _QUOTES for who in found},
)  # fmt: skip
