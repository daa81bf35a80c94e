"""A XenForo forum with the tables of versions 1 and 2."""

from __future__ import annotations

from collections.abc import Iterator

from tests.integration.forum_truth import Truth, Value
from tests.integration.forums.board import EPOCH, NAMES, SECRETS, Board, listed, occurrence, packed
from tests.mariadb import insert

__all__ = ["XENFORO"]

_HASH, _SALT, _KEY, _TOKEN = SECRETS
_PEOPLE = tuple(enumerate(NAMES, start=1))
_SHOWN: tuple[tuple[str, tuple[tuple[str, int], ...]], ...] = (
    ('[QUOTE="any, post: 1, member: 7"]x[/QUOTE] [USER=9]@x[/USER]', (("quoted", 7), ("mentioned", 9))),
    (
        '[QUOTE="O\'Brien\'s"]by name[/QUOTE] [QUOTE="plain, post: 3"]y[/QUOTE]',
        (("quoted", 2), ("quoted", 1)),
    ),
    ('[QUOTE]of nobody, member: 5[/QUOTE] [QUOTE="nobody"]x[/QUOTE] [USER]x[/USER]', ()),
)


def _rows() -> Iterator[str]:
    states = {3: "email_confirm", 4: "moderated", 5: "email_confirm_edit", 6: "email_bounce"}
    yield insert(
        "xf_user",
        ("user_id", "username", "email", "register_date", "last_activity", "user_group_id", "secondary_group_ids",
         "user_state", "is_banned", "secret_key"),
        (
            (n, name, f"u{n}@example.org", EPOCH + n, EPOCH + 2 * n if n % 3 else 0, 2, b"3,4" if n == 7 else b"",
             states.get(n, "valid"), 1 if n == 7 else 0, _KEY.encode())
            for n, name in _PEOPLE
        ),
    )  # fmt: skip
    yield insert(
        "xf_user_authenticate",
        ("user_id", "scheme_class", "data", "remember_key"),
        (
            (n, "XF:Core12", f'{{"hash":"{_HASH}","salt":"{_SALT}"}}'.encode(), _TOKEN.encode())
            for n, _ in _PEOPLE
        ),
    )
    yield insert(
        "xf_user_profile",
        ("user_id", "dob_day", "dob_month", "dob_year", "homepage", "website", "location", "following", "signature",
         "ignored", "about", "custom_fields"),
        (
            (n, *((0, 0, 0), (n % 28 + 1, n % 12 + 1, 1980), (n % 28 + 1, n % 12 + 1, 0))[n % 3],
             f"https://example.net/{n}" if n % 4 == 0 else "", f"https://example.com/{n}" if n % 5 == 0 else "", name,
             "7,9,12" if n % 6 == 0 else "", _KEY, "", name, _TOKEN.encode())
            for n, name in _PEOPLE
        ),
    )  # fmt: skip
    yield insert(
        "xf_phrase",
        ("title", "phrase_text"),
        ((b"user_field_title.realname", "Real name"), (b"user_field_whereabouts", "Town"),
         (b"user_field_title.colour", "Colour"), (b"login_key", _TOKEN)),
    )  # fmt: skip
    yield insert(
        "xf_user_field_value",
        ("user_id", "field_id", "field_value"),
        (
            (n, field, value)
            for n, name in _PEOPLE
            for field, value in (
                (b"realname", name), (b"whereabouts", name[::-1]), (b"colour", name), (b"skype", f"sk{n}"),
            )
        ),
    )  # fmt: skip
    yield insert("xf_user_group", ("title",), (("Guests",), ("Registered",), ("Neu 'ling",), ("Ünit 4",)))
    yield insert(
        "xf_user_change_log",
        ("user_id", "field", "old_value", "new_value"),
        ((5, "username", "old 'n' \\", "Ярослав"), (6, "email", "before6@example.org", "u6@example.org"),
         (6, "signature", _TOKEN, _TOKEN)),
    )  # fmt: skip
    yield insert(
        "xf_change_log",
        ("content_type", "content_id", "field", "old_value", "new_value"),
        ((b"user", 8, "username", "then 8", "now 8"), (b"user", 9, "email", "before9@example.org", "u9@example.org"),
         (b"thread", 8, "username", "of a thread", "x")),
    )  # fmt: skip
    yield insert(
        "xf_username_change", ("user_id", "old_username", "new_username"), ((10, "then 10", "now 10"),)
    )
    yield insert(
        "xf_ip",
        ("user_id", "content_type", "content_id", "action", "ip", "log_date"),
        (
            (n % 40, b"user" if n % 3 else b"post", n, b"register" if n % 3 else b"insert",
             packed(f"39.92.{n}.44") if n % 2 else packed(f"2001:db8::{n:x}"), EPOCH + n)
            for n in range(1, 90)
        ),
    )  # fmt: skip
    yield insert(
        "xf_user_follow",
        ("user_id", "follow_user_id", "follow_date"),
        ((n, n % 9 + 1, EPOCH + n if n % 4 else 0) for n in range(1, 40)),
    )
    yield insert("xf_user_ignored", ("user_id", "ignored_user_id"), ((n, n % 7 + 1) for n in range(1, 20)))
    yield insert(
        "xf_conversation_master",
        ("conversation_id", "title", "user_id", "username", "start_date", "recipients"),
        ((n, "", n, f"u{n}", EPOCH, _TOKEN.encode()) for n in range(1, 6)),
    )
    yield insert(
        "xf_conversation_recipient",
        ("conversation_id", "user_id", "recipient_state"),
        ((n, user, "active" if user % 2 else "deleted") for n in range(1, 6) for user in (n, n + 10, n + 20)),
    )
    yield insert(
        "xf_conversation_message",
        ("conversation_id", "message_date", "user_id", "username", "message"),
        ((n % 5 + 1, EPOCH + n if n % 9 else 0, n % 13, f"then {n}", name) for n, name in _PEOPLE),
    )
    yield insert(
        "xf_thread",
        ("thread_id", "user_id", "username", "post_date"),
        ((n, n, f"then {NAMES[n]}"[:250], EPOCH - n) for n in range(1, 5)),
    )
    yield insert(
        "xf_post",
        ("post_id", "thread_id", "user_id", "username", "post_date", "message"),
        [(n, n % 4 + 1, n % 11, name, EPOCH + n, name) for n, name in _PEOPLE]
        + [(500 + n, 3, 4, "then 4", EPOCH, text) for n, (text, _) in enumerate(_SHOWN)],
    )
    yield insert("xf_profile_post", ("profile_user_id", "user_id", "message"), [(5, 6, _TOKEN)])
    yield insert(
        "xf_liked_content",
        ("content_type", "content_id", "like_user_id", "like_date", "content_user_id"),
        ((b"post", n, n % 12, EPOCH + n, n % 8 + 1) for n in range(1, 60)),
    )
    yield insert(
        "xf_reaction_content",
        ("content_type", "content_id", "reaction_user_id", "reaction_date", "content_user_id"),
        ((b"post", n, n % 14, EPOCH + n, n % 8 + 1) for n in range(1, 90)),
    )


XENFORO = Board(
    name="xenforo",
    rows=_rows,
    truth=Truth(
        values=(
            Value("user_id", "handle", "username", "xf_user", escaped=False),
            Value("user_id", "email", "email", "xf_user", escaped=False),
            Value("user_id", "date_of_birth", "CONCAT(dob_year,'-',LPAD(dob_month,2,0),'-',LPAD(dob_day,2,0))",
                  "xf_user_profile", "dob_year>0"),
            Value("user_id", "date_of_birth", "CONCAT('--',LPAD(dob_month,2,0),'-',LPAD(dob_day,2,0))",
                  "xf_user_profile", "dob_year=0 AND dob_day>0"),
            Value("user_id", "url", "homepage", "xf_user_profile"),
            Value("user_id", "url", "website", "xf_user_profile"),
            Value("user_id", "place", "location", "xf_user_profile", escaped=False),
            Value("user_id", "name", "field_value", "xf_user_field_value", "field_id='realname'"),
            Value("user_id", "place", "field_value", "xf_user_field_value", "field_id='whereabouts'"),
            Value("user_id", "handle", "field_value", "xf_user_field_value", "field_id='skype'", "skype"),
            *(
                Value(account, kind, column, table, f"{condition}field='{field}'", escaped=False)
                for account, table, condition in (
                    ("user_id", "xf_user_change_log", ""),
                    ("content_id", "xf_change_log", "content_type='user' AND "),
                )
                for kind, field in (("handle", "username"), ("email", "email"))
                for column in ("old_value", "new_value")
            ),
            Value("user_id", "handle", "old_username", "xf_username_change"),
            Value("user_id", "handle", "username", "xf_post", "user_id>0", escaped=False),
            Value("user_id", "handle", "username", "xf_thread", "user_id>0", escaped=False),
            Value("user_id", "handle", "username", "xf_conversation_message", "user_id>0", escaped=False),
        ),
        occurrences={
            ("follows", "account"): (
                occurrence("xf_user_follow", "user_id", "follow_user_id", "follow_date"),
                listed("xf_user_profile", "user_id", "following"),
            ),
            ("ignores", "account"): (occurrence("xf_user_ignored", "user_id", "ignored_user_id"),),
            ("reacted", "account"): (
                occurrence("xf_liked_content", "like_user_id", "content_user_id", "like_date"),
                occurrence("xf_reaction_content", "reaction_user_id", "content_user_id", "reaction_date"),
            ),
            ("posted_in", "topic"): (
                occurrence("xf_post", "user_id", "thread_id", "post_date"),
                occurrence("xf_thread", "user_id", "thread_id", "post_date"),
            ),
            ("used_ip", "ip"): (occurrence("xf_ip", "user_id", "INET6_NTOA(ip)", "log_date"),),
            ("messaged", "account"): (
                ("SELECT m.user_id s, o.u t, CONCAT('conversation:', m.conversation_id) p, m.message_date a "
                "FROM xf_conversation_message m JOIN participants o ON o.c = m.conversation_id"),
            ),
        },
        participants=" UNION ".join(
            f"SELECT conversation_id c, user_id u FROM xf_conversation_{table} WHERE user_id>0"
            for table in ("master", "recipient", "message")
        ),
    ),
    accounts="SELECT user_id, register_date, last_activity FROM xf_user",
    marked={
        2: (None, ["Registered"]),
        3: ("validating", ["Registered"]),
        4: ("moderated", ["Registered"]),
        6: ("email bounced", ["Registered"]),
        7: ("banned", ["Registered", "Neu 'ling", "Ünit 4"]),
    },
    unconfirmed={3, 5},
    quotes={(4, kind, who, "topic:3") for _, found in _SHOWN for kind, who in found},
)  # fmt: skip
