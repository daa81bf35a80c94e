"""A vBulletin forum: the posts and messages of 3 and 4, and the nodes of 5 beside them."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from tests.integration.forum_truth import Truth, Value, pairs
from tests.integration.forums.board import EPOCH, NAMES, SECRETS, Board, listed, occurrence
from tests.mariadb import insert

__all__ = ["VBULLETIN"]

_HASH, _SALT, _KEY, _TOKEN = SECRETS
_PEOPLE = tuple(enumerate(NAMES, start=1))
# Post n is by account n % 11; node 2000 + n too.
_SHOWN: tuple[tuple[str, tuple[tuple[str, int], ...]], ...] = (
    ("[QUOTE=anybody;17]x[/QUOTE] [MENTION=9]x[/MENTION]", (("quoted", 6), ("mentioned", 9))),
    ("[QUOTE=O'Brien's]by name[/QUOTE] [quote=plain]y[/quote]", (("quoted", 2), ("quoted", 1))),
    ("[QUOTE=x;99999]a post that is not there[/QUOTE] [QUOTE]z[/QUOTE]", ()),
)
_NODES = (
    ('[QUOTE=anybody;n2018]x[/QUOTE] [USER="8"]x[/USER]', (("quoted", 7), ("mentioned", 8))),
    ("[QUOTE=a),(b;n2020]x[/QUOTE]", (("quoted", 9),)),
)
# Author, moment, recipients, holders besides the author.
_MESSAGES = ((5, EPOCH + 1, (6, 42), (6,)), (6, 0, (5,), ()), (0, EPOCH + 3, (5,), (5,)))
# Private nodes: id, first of the conversation, author, recipients.
_PRIVATE = ((3001, 3001, 5, (6, 7)), (3002, 3001, 6, (5, 7)))


def _rows() -> Iterator[str]:
    yield insert(
        "user",
        ("userid", "usergroupid", "membergroupids", "username", "displayname", "email", "joindate", "lastactivity",
         "lastvisit", "birthday", "homepage", "icq", "skype", "ipaddress", "password", "salt", "token", "scheme",
         "secret"),
        (
            (n, {3: 3, 4: 8, 6: 4}.get(n, 2), "7,9" if n == 5 else "", escape(name)[:255], f"shown {n} &amp; co",
             f"u{n}@example.org", EPOCH + n, EPOCH + 2 * n if n % 3 else 0, EPOCH + n + 1,
             ("", f"{n % 12 + 1:02}-{n % 28 + 1:02}-1980", f"{n % 12 + 1:02}-{n % 28 + 1:02}-0000", "00-00-0000")[n % 4],
             f"https://example.net/?a=1&amp;b={n}" if n % 3 == 0 else "http://", f"40{n}" if n % 4 == 0 else "",
             f"sk{n}" if n % 5 == 0 else "", f"198.18.0.{n}, 198.18.9.9" if n % 2 else f"2001:db8::{n:x}",
             _KEY, _SALT, _HASH, "blowfish:10", _TOKEN)
            for n, name in _PEOPLE
        ),
    )  # fmt: skip
    yield insert("useractivation", ("userid", "activationid", "type"), ((10, _KEY, 0), (11, _KEY, 1)))
    yield insert(
        "ipdata",
        ("userid", "rectype", "dateline", "ip", "altip"),
        (
            (n % 15, "logon" if n % 2 else "register", EPOCH + n, f"198.18.6.{n}", f"2001:db8:6::{n:x}" if n % 3 else "0.0.0.0")
            for n in range(1, 40)
        ),
    )  # fmt: skip
    yield insert("passwordhistory", ("userid", "password", "passworddate"), [(5, _KEY, "2015-01-01")])
    yield insert("phrase", ("varname", "text"), (("field5_title", "Telegram"), ("login_token", _TOKEN)))
    yield insert(
        "userfield",
        ("userid", "temp", "field1", "field2", "field5"),
        ((n, _TOKEN, name, escape(name), f"tg_{n}") for n, name in _PEOPLE),
    )
    titles = (
        (2, "Registered Users"),
        (3, "Awaiting"),
        (4, "(COPPA)"),
        (7, "Mod'erators"),
        (8, "Banned"),
        (9, "Ünit"),
    )
    yield insert("usergroup", ("usergroupid", "title"), titles)
    yield insert(
        "userchangelog",
        ("userid", "fieldname", "oldvalue", "newvalue"),
        ((5, "username", "old &quot;n&quot; \\", "Ярослав"), (6, "email", "before6@example.org", "u6@example.org"),
         (6, "usergroupid", _TOKEN, "2")),
    )  # fmt: skip
    yield insert(
        "userlist",
        ("userid", "relationid", "type", "friend"),
        (
            (n, n % 9 + 10, ("buddy", "ignore", "follow")[n % 3], "yes" if n % 2 else "no")
            for n in range(1, 30)
        ),
    )
    yield insert(
        "usertextfield",
        ("userid", "pmfolders", "buddylist", "ignorelist", "signature"),
        ((n, _TOKEN, "7 9 12" if n % 6 == 0 else "", "3" if n % 7 == 0 else "", name) for n, name in _PEOPLE),
    )
    yield insert(
        "pmtext",
        ("pmtextid", "fromuserid", "fromusername", "message", "touserarray", "dateline"),
        (
            (n, author, f"then {author}", _TOKEN, _recipients(to), at)
            for n, (author, at, to, _) in enumerate(_MESSAGES, start=1)
        ),
    )
    yield insert(
        "pm",
        ("pmtextid", "userid"),
        (
            (n, holder)
            for n, (author, _, _, more) in enumerate(_MESSAGES, start=1)
            for holder in (author, *more)
        ),
    )
    yield insert(
        "thread",
        ("threadid", "postuserid", "postusername", "dateline"),
        ((n, n, escape(f"then {NAMES[n]}")[:250], EPOCH - n) for n in range(1, 5)),
    )
    yield insert(
        "post",
        ("postid", "threadid", "userid", "username", "dateline", "pagetext", "ipaddress"),
        [
            (n, n % 4 + 1, n % 11, escape(name)[:255], EPOCH + n, name, f"198.18.3.{n % 7 + 1}")
            for n, name in _PEOPLE
        ]
        + [(500 + n, 3, 4, "then 4", EPOCH, text, "") for n, (text, _) in enumerate(_SHOWN)],
    )
    yield insert(
        "reputation",
        ("postid", "userid", "whoadded", "dateline"),
        ((n, n % 8 + 1, n % 12, EPOCH + n) for n in range(1, 60)),
    )
    yield insert("post_thanks", ("userid", "date", "postid"), ((n % 12, EPOCH + n, n) for n in range(1, 60)))
    yield insert(
        "contenttype", ("contenttypeid", "class"), ((1, b"Text"), (2, b"PrivateMessage"), (3, b"Channel"))
    )
    node = ("nodeid", "contenttypeid", "parentid", "starter", "userid", "authorname", "created", "ipaddress")
    yield insert(
        "node",
        node,
        [(1, 3, 0, 0, 1, "channel", EPOCH, "")]
        + [
            (2000 + n, 1, 2001, 2001 + n % 3, n % 11, escape(name)[:255], EPOCH + n, f"198.18.6.{n}")
            for n, name in _PEOPLE
        ]
        + [(2500 + n, 1, 2001, 2001, 4, "then 4", EPOCH, "") for n in range(len(_NODES))]
        + [(n, 2, 8, starter, author, f"then {author}", EPOCH + n, "") for n, starter, author, _ in _PRIVATE],
    )
    yield insert(
        "text",
        ("nodeid", "rawtext"),
        [(2000 + n, name) for n, name in _PEOPLE]
        + [(2500 + n, text) for n, (text, _) in enumerate(_NODES)]
        + [(n, _TOKEN) for n, *_ in _PRIVATE],
    )
    yield insert(
        "sentto",
        ("nodeid", "userid", "folderid"),
        ((n, one, 1) for n, _, author, to in _PRIVATE for one in (author, *to)),
    )


def _recipients(to: tuple[int, ...]) -> str:
    """The ids are keys; a name may look like one."""
    names = "".join(f'i:{one};s:9:"i:42;x\'{one:02}";' for one in to)
    return f'a:1:{{s:2:"cc";a:{len(to)}:{{{names}}}}}'


_TALK = [
    (n, one)
    for n, (author, _, to, more) in enumerate(_MESSAGES, start=1)
    for one in (author, *to, *more)
    if one
] + [(n, one) for n, _, author, to in _PRIVATE for one in (author, *to)]

VBULLETIN = Board(
    name="vbulletin",
    rows=_rows,
    truth=Truth(
        values=(
            Value("userid", "handle", "username", "user"),
            Value("userid", "handle", "displayname", "user"),
            Value("userid", "email", "email", "user", escaped=False),
            Value("userid", "date_of_birth", "DATE_FORMAT(STR_TO_DATE(birthday,'%m-%d-%Y'),'%Y-%m-%d')", "user", "userid%4=1"),
            Value("userid", "date_of_birth", "CONCAT('--',LEFT(birthday,5))", "user", "userid%4=2"),
            Value("userid", "url", "homepage", "user", "homepage<>'http://'"),
            Value("userid", "handle", "icq", "user", platform="icq"),
            Value("userid", "handle", "skype", "user", platform="skype"),
            Value("userid", "place", "field2", "userfield"),
            Value("userid", "handle", "field5", "userfield", platform="telegram"),
            *(
                Value("userid", kind, column, "userchangelog", f"fieldname='{field}'")
                for kind, field in (("handle", "username"), ("email", "email"))
                for column in ("oldvalue", "newvalue")
            ),
            Value("fromuserid", "handle", "fromusername", "pmtext", "fromuserid>0"),
            Value("postuserid", "handle", "postusername", "thread"),
            Value("userid", "handle", "username", "post", "userid>0"),
            Value("userid", "handle", "authorname", "node", "userid>0"),
        ),
        occurrences={
            ("friend", "account"): (
                occurrence("userlist", "userid", "relationid", where="type='buddy'"),
                listed("usertextfield", "userid", "buddylist", " "),
            ),
            ("follows", "account"): (occurrence("userlist", "userid", "relationid", where="type='follow'"),),
            ("ignores", "account"): (
                occurrence("userlist", "userid", "relationid", where="type='ignore'"),
                listed("usertextfield", "userid", "ignorelist", " "),
            ),
            ("reacted", "account"): (
                occurrence("reputation", "whoadded", "userid", "dateline"),
                "SELECT h.userid s, p.userid t, '' p, h.date a FROM post_thanks h JOIN post p USING (postid)",
            ),
            ("posted_in", "topic"): (
                occurrence("post", "userid", "threadid", "dateline"),
                occurrence("thread", "postuserid", "threadid", "dateline"),
                occurrence("node", "userid", "starter", "created", "contenttypeid=1"),
            ),
            ("used_ip", "ip"): (
                occurrence("user", "userid", "SUBSTRING_INDEX(ipaddress,',',1)", "joindate"),
                occurrence("post", "userid", "ipaddress", "dateline"),
                occurrence("node", "userid", "ipaddress", "created"),
                occurrence("ipdata", "userid", "ip", "dateline")
                + " UNION ALL "
                + occurrence("ipdata", "userid", "altip", "dateline", "altip<>'0.0.0.0'"),
            ),
            ("messaged", "account"): (
                ("SELECT m.fromuserid s, o.u t, CONCAT('conversation:', m.pmtextid) p, m.dateline a "
                "FROM pmtext m JOIN participants o ON o.c = m.pmtextid"),
                ("SELECT m.userid s, o.u t, CONCAT('node:', m.nodeid) p, m.created a "
                "FROM node m JOIN participants o ON o.c = m.nodeid WHERE m.contenttypeid=2"),
            ),
        },
        participants=pairs(_TALK),
    ),
    accounts="SELECT userid, joindate, GREATEST(lastactivity, lastvisit) FROM user",
    marked={
        2: (None, ["Registered Users"]),
        3: ("validating", ["Awaiting"]),
        4: ("banned", ["Banned"]),
        5: (None, ["Registered Users", "Mod'erators", "Ünit"]),
        6: ("moderated", ["(COPPA)"]),
        10: ("validating", ["Registered Users"]),
    },
    unconfirmed={3, 10},
    quotes={(4, kind, who, "topic:3") for _, found in _SHOWN for kind, who in found}
    | {(4, kind, who, None) for _, found in _NODES for kind, who in found},
)  # fmt: skip
