"""A MyBB 1.8 forum."""

from __future__ import annotations

from collections.abc import Iterator

from tests.integration.forum_truth import Truth, Value, pairs
from tests.integration.forums.board import EPOCH, NAMES, SECRETS, Board, listed, occurrence, packed
from tests.mariadb import insert

__all__ = ["MYBB"]

_HASH, _SALT, _KEY, _TOKEN = SECRETS
_COUNT = len(NAMES)
# Text of a post by account 4 in topic 3, and whom it quotes; the post with number n is by account n % 11.
_QUOTES = (
    ('[quote="plain" pid=\'7\' dateline=\'1\']x[/quote] [quote="it\'s" pid="8"]y[/quote]', (7, 8)),
    ("[quote=\"O'Brien's\"]by name[/quote]", (2,)),
    ('[quote]of nobody[/quote] [quote="nobody of that name"]x[/quote]', ()),
)
# Message: author, moment, subject, and who has a copy in which folder.
_MESSAGES = (
    (5, EPOCH + 1, "Hello", ((6, 1), (5, 2))),
    (6, EPOCH + 2, "Re: Hello \\ 'x'", ((5, 1), (7, 1), (8, 1), (6, 2))),
    (6, EPOCH + 2, "Another of the same second", ((5, 1),)),
    (9, EPOCH + 3, "Draft", ((9, 3),)),
    (0, EPOCH + 4, "From the system", ((5, 1),)),
)


def _rows() -> Iterator[str]:
    yield insert(
        "mybb_users",
        ("uid", "username", "email", "password", "salt", "loginkey", "usergroup", "additionalgroups", "regdate",
         "lastactive", "lastvisit", "website", "icq", "skype", "birthday", "regip", "lastip", "buddylist",
         "ignorelist", "signature", "pmfolders", "usernotes"),
        (
            (n, name, f"u{n}@example.org", _HASH, _SALT, _TOKEN, {3: 5, 4: 7}.get(n, 2), "4,6" if n == 5 else "",
             EPOCH + n, EPOCH + 2 * n if n % 3 else 0, EPOCH + n + 5, "http://" if n % 2 else f"https://example.net/{n}",
             "0" if n % 2 else f"10{n}", f"sk{n}" if n % 4 == 0 else "",
             ("", f"{n % 28 + 1}-{n % 12 + 1}-1980", f"{n % 28 + 1}-{n % 12 + 1}-0", "31-2-1985")[n % 4],
             packed(f"198.18.39.{n}") if n % 2 else packed(f"2001:db8::{n:x}"),
             packed(f"198.18.92.{n}") if n % 5 else b"", "7,9,12" if n % 6 == 0 else "", "3" if n % 7 == 0 else "",
             _KEY, _TOKEN, name)
            for n, name in enumerate(NAMES, start=1)
        ),
    )  # fmt: skip
    yield insert(
        "mybb_awaitingactivation",
        ("uid", "code", "type"),
        ((10, _KEY, "r"), (11, _KEY, "e"), (12, _KEY, "p")),
    )
    yield insert(
        "mybb_profilefields",
        ("name", "description", "type"),
        [(name, "", "") for name in ("Location", "Bio", "Sex", "Telegram")],
    )
    yield insert(
        "mybb_userfields",
        ("ufid", "fid1", "fid2", "fid3", "fid4"),
        ((n, name, name, "", f"tg_{n}") for n, name in enumerate(NAMES, start=1)),
    )
    titles = [
        "Guests",
        "Registered",
        "Super Moderators",
        "Admin'istrators",
        "Awaiting Activation",
        "Ünit 6",
        "Banned",
    ]
    yield insert("mybb_usergroups", ("title", "description"), [(title, "") for title in titles])
    yield insert(
        "mybb_privatemessages",
        ("uid", "toid", "fromid", "recipients", "folder", "subject", "message", "dateline", "ipaddress"),
        (
            (
                holder,
                0,
                author,
                _recipients(copies),
                folder,
                subject,
                _TOKEN,
                at,
                packed(f"198.18.1.{author + 1}"),
            )
            for author, at, subject, copies in _MESSAGES
            for holder, folder in copies
        ),
    )
    yield insert(
        "mybb_threads",
        ("tid", "fid", "subject", "uid", "username", "dateline"),
        ((n, 1, NAMES[n], n, f"then {NAMES[n]}"[:250], EPOCH - n) for n in range(1, 5)),
    )
    yield insert(
        "mybb_posts",
        ("pid", "tid", "uid", "username", "dateline", "message", "ipaddress", "replyto"),
        [
            (n, n % 4 + 1, n % 11, name, EPOCH + n, name, packed(f"39.92.{n}.44"), 0)
            for n, name in enumerate(NAMES, start=1)
        ]
        + [(500 + n, 3, 4, NAMES[3], EPOCH, text, b"", 7) for n, (text, _) in enumerate(_QUOTES)],
    )
    yield insert(
        "mybb_reputation",
        ("uid", "adduid", "pid", "reputation", "dateline", "comments"),
        ((n % 8 + 1, n % 12, n, 1 - n % 3, EPOCH + n, "") for n in range(1, 60)),
    )
    yield insert("mybb_sessions", ("sid", "uid", "ip"), [(_KEY, 5, packed("198.18.77.77"))])


def _recipients(copies: tuple[tuple[int, int], ...]) -> str:
    holders = [holder for holder, folder in copies if folder == 1]
    listed_ids = "".join(f'i:{at};s:{len(str(one))}:"{one}";' for at, one in enumerate(holders))
    return f'a:1:{{s:2:"to";a:{len(holders)}:{{{listed_ids}}}}}'


# A message is known by the first of its copies.
_FIRST = "(SELECT MIN(pmid) m, fromid f, dateline d, subject b FROM mybb_privatemessages WHERE folder<>3 GROUP BY fromid, dateline, BINARY subject) q"
_COPIES = (
    f"mybb_privatemessages p JOIN {_FIRST} ON p.fromid=q.f AND p.dateline=q.d AND BINARY p.subject=BINARY q.b"
)
_TALK = [
    (number, one)
    for number, (author, _, _, copies) in zip((1, 3, 7, 8, 9), _MESSAGES, strict=True)
    if author != 9
    for one in (author, *(holder for holder, _ in copies))
]

MYBB = Board(
    name="mybb",
    rows=_rows,
    truth=Truth(
        values=(
            Value("uid", "handle", "username", "mybb_users", escaped=False),
            Value("uid", "email", "email", "mybb_users", escaped=False),
            Value("uid", "url", "website", "mybb_users", "website<>'http://'"),
            Value("uid", "handle", "icq", "mybb_users", "icq<>'0'", platform="icq"),
            Value("uid", "handle", "skype", "mybb_users", platform="skype"),
            Value("uid", "date_of_birth", "DATE_FORMAT(STR_TO_DATE(birthday,'%e-%c-%Y'),'%Y-%m-%d')", "mybb_users",
                  "uid%4=1"),
            Value("uid", "date_of_birth", "CONCAT('--',LPAD(uid%12+1,2,0),'-',LPAD(uid%28+1,2,0))", "mybb_users",
                  "uid%4=2"),
            Value("uid", "date_of_birth", "'1985-02'", "mybb_users", "uid%4=3"),
            Value("ufid", "place", "fid1", "mybb_userfields"),
            Value("ufid", "handle", "fid4", "mybb_userfields", platform="telegram"),
            Value("uid", "handle", "username", "mybb_posts", "uid>0", escaped=False),
            Value("uid", "handle", "username", "mybb_threads", "uid>0", escaped=False),
        ),
        occurrences={
            ("friend", "account"): (listed("mybb_users", "uid", "buddylist"),),
            ("ignores", "account"): (listed("mybb_users", "uid", "ignorelist"),),
            ("reacted", "account"): (occurrence("mybb_reputation", "adduid", "uid", "dateline"),),
            ("posted_in", "topic"): (
                occurrence("mybb_posts", "uid", "tid", "dateline"),
                occurrence("mybb_threads", "uid", "tid", "dateline"),
            ),
            ("used_ip", "ip"): (
                occurrence("mybb_users", "uid", "INET6_NTOA(regip)", "regdate")
                + " UNION ALL "
                + occurrence("mybb_users", "uid", "INET6_NTOA(lastip)", "lastactive", "lastip<>''"),
                occurrence("mybb_posts", "uid", "INET6_NTOA(ipaddress)", "dateline", "ipaddress<>''"),
                occurrence("mybb_privatemessages", "fromid", "INET6_NTOA(ipaddress)", "dateline"),
            ),
            ("messaged", "account"): (
                ("SELECT q.f s, o.u t, CONCAT('conversation:', q.m) p, q.d a "
                f"FROM {_FIRST} JOIN participants o ON o.c = q.m"),
            ),
        },
        participants=pairs(_TALK),
    ),
    accounts="SELECT uid, regdate, GREATEST(lastactive, lastvisit) FROM mybb_users",
    marked={
        3: ("validating", ["Awaiting Activation"]),
        4: ("banned", ["Banned"]),
        5: (None, ["Registered", "Admin'istrators", "Ünit 6"]),
        10: ("validating", ["Registered"]),
    },
    unconfirmed={3, 10},
    quotes={(4, "quoted", who, "topic:3") for _, found in _QUOTES for who in found},
)  # fmt: skip
