"""One small whole file for each reader, to be mutated, measured, or planted with secrets. Everybody is invented.

A new reader is covered by the fuzzing and its laws once its seed stands in `SEEDS`.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import zstandard
from tests.car_files import car_file
from tests.workbooks import write_workbook

from vetting.readers import read_list
from vetting.readers.roster import read_roster

__all__ = [
    "FORUMS",
    "PERSONAL",
    "SEEDS",
    "Columns",
    "forum_dump",
    "forum_tables",
    "read_as_list",
    "read_as_roster",
]

Columns = dict[str, str]  # name to type
Read = Callable[[Path], object]

# Every personal text of every seed holds one of these, so that a message that quotes a value can be told.
PERSONAL = ("quillmere", "vornskald", "oakmarrow", "harrowby", "7700900")
_SCHEMAS = Path(__file__).parent / "integration" / "forum_schema"
FORUMS = ("ips4", "ipb3", "mybb", "phpbb", "smf", "vbulletin", "xenforo")
_HEAD = "-- MariaDB dump 10.19  Distrib 10.11.6-MariaDB\n/*!40101 SET NAMES utf8mb4 */;\n"
_TABLE = re.compile(r"^CREATE TABLE (?:IF NOT EXISTS )?`?(\w+)`? \((.*?)^\)", re.MULTILINE | re.DOTALL)
_COLUMN = re.compile(r"^\s+`?(\w+)`?\s+([a-z]+)", re.MULTILINE)
_NO_COLUMN = {"primary", "key", "unique", "index", "constraint", "fulltext"}
_MOMENT = 1_400_000_000


def forum_tables(software: str) -> dict[str, Columns]:
    """Return the tables of a forum software: for each, its columns and their types."""
    text = (_SCHEMAS / f"{software}.sql").read_text(encoding="utf-8")
    return {
        table: {name: kind for name, kind in _COLUMN.findall(body) if name.lower() not in _NO_COLUMN}
        for table, body in _TABLE.findall(text)
    }


def forum_dump(
    tables: Mapping[str, Columns],
    *,
    rows: int = 3,
    planted: Callable[[str, str, int], str | None] | None = None,
) -> bytes:
    """Write a dump of tables with a few rows each, as mariadb-dump does.

    Args:
        tables: Their columns and types.
        rows: In each table.
        planted: Gives the literal of a table's column in a row; ``None`` leaves it to what the column's name says.
    """
    parts = [_HEAD]
    for table, columns in tables.items():
        listed = ",\n".join(f"  `{name}` {kind}" for name, kind in columns.items())
        parts.append(f"CREATE TABLE `{table}` (\n{listed}\n) ENGINE=InnoDB;\nINSERT INTO `{table}` VALUES\n")
        written = []
        for row in range(1, rows + 1):
            cells = (
                (planted and planted(table, name, row)) or _cell(name, kind, row)
                for name, kind in columns.items()
            )
            written.append(f"({','.join(cells)})")
        parts.append(",\n".join(written) + ";\n")
    return "".join([*parts, "-- Dump completed on 2017-11-21 10:00:00\n"]).encode()


def _cell(column: str, kind: str, row: int) -> str:
    if re.search(r"date|time|joined|visit|activ|login|added|start$", column) and "int" in kind:
        return str(_MOMENT + row)
    if "int" in kind or kind in {"decimal", "float", "double"}:
        return str(row)
    if kind in {"date", "datetime", "timestamp"}:
        return f"'1987-0{row}-1{row}'"
    if "mail" in column:
        return f"'quillmere{row}@example.org'"
    if "ip" in column:
        return f"'198.51.100.{row}'" if row < 255 else f"'198.18.{row >> 8 & 255}.{row & 255}'"
    if re.search(r"post|body|text|message|content", column):
        return (
            f"'[quote=\"vornskald_{row}\" pid=\\'1\\']harrowby[/quote] it\\'s [USER={row}]@vornskald[/USER]'"
        )
    if re.search(r"name|nick|user", column):
        return f"'vornskald_{row}'"
    return f"'oakmarrow {column} {row}'"


_ROWS = [
    {
        "id": str(row),
        "name": f"Maren Quillmere{row}",
        "username": f"vornskald_{row}",
        "email": f"quillmere{row}@example.org",
        "phone": f"+44 7700900{row:03}",
        "dob": f"198{row}-02-03",
        "address": f"{row} Oakmarrow Lane, Harrowby",
        "status": "lapsed",
    }
    for row in range(1, 7)
]


def _csv(delimiter: str = ",", codec: str = "utf-8") -> bytes:
    lines = [
        delimiter.join(_ROWS[0]),
        *(delimiter.join(f'"{cell}"' for cell in row.values()) for row in _ROWS),
    ]
    return ("\r\n".join(lines) + "\r\n").encode(codec)


def _parquet() -> bytes:
    out = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(_ROWS), out)
    return out.getvalue()


def _workbook() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        rows = {1: dict(zip("ABCDEFGH", _ROWS[0], strict=True))}
        rows |= {at: dict(zip("ABCDEFGH", row.values(), strict=True)) for at, row in enumerate(_ROWS, 2)}
        return write_workbook(Path(folder) / "t.xlsx", rows).read_bytes()


def _roster() -> bytes:
    head = "id,name,date_of_birth,email,phone,handle,address,postcode,url"
    rows = (
        f"A-{row},Maren Quillmere{row};Maren Harrowby,198{row}-02-03,quillmere{row}@example.org,+44 7700900{row:03},"
        f'twitter:vornskald_{row},"{row} Oakmarrow Lane, Harrowby",,https://example.org/vornskald_{row}'
        for row in range(1, 7)
    )
    return "\n".join([head, *rows, ""]).encode()


def _copy_dump() -> bytes:
    """A few of Discourse's tables, as pg_dump writes them."""
    tables = {
        "users": (
            (
                "id integer, username varchar(60), username_lower varchar(60), name varchar, created_at timestamp, "
                "trust_level integer, active boolean"
            ),
            "{n}\tvornskald_{n}\tvornskald_{n}\tMaren Quillmere{n}\t2014-05-13 10:00:0{n}\t1\tt",
        ),
        "user_emails": (
            'id integer, user_id integer, email varchar, "primary" boolean, created_at timestamp',
            "{n}\t{n}\tquillmere{n}@example.org\tt\t2014-05-13 10:00:0{n}",
        ),
    }
    parts = ["--\n-- PostgreSQL database dump\n--\n\nSET client_encoding = 'UTF8';\n"]
    for name, (columns, row) in tables.items():
        listed = ", ".join(column.split()[0] for column in columns.split(", "))
        rows = "".join(row.format(n=n) + "\n" for n in range(1, 5))
        parts.append(
            f"CREATE TABLE public.{name} ({columns});\nCOPY public.{name} ({listed}) FROM stdin;\n{rows}\\.\n\n"
        )
    return "".join([*parts, "--\n-- PostgreSQL database dump complete\n--\n"]).encode()


def _chats() -> Iterator[tuple[str, bytes]]:
    people = [
        {"id": f"90000000000000000{n}", "name": f"vornskald_{n}", "discriminator": "0000"} for n in (1, 2)
    ]
    yield "Discord", json.dumps({
        "guild": {"id": "7"},
        "channel": {"id": "8", "type": "GuildTextChat"},
        "messages": [
            {"id": str(n), "type": "Default", "timestamp": f"2021-05-13T21:0{n}:00+02:00", "author": people[n % 2],
             "content": "harrowby", "reference": {"messageId": "1"}, "mentions": people}
            for n in range(1, 6)
        ],
    }).encode()  # fmt: skip
    yield "Telegram", json.dumps({
        "name": "harrowby", "type": "private_supergroup", "id": 77,
        "messages": [
            {"id": n, "type": "message", "date_unixtime": f"162093240{n}", "from": "Oakmarrow", "from_id": f"user{n}",
             "text": ["harrowby", {"type": "mention", "text": "@quillmere"}], "reply_to_message_id": 1}
            for n in range(1, 6)
        ],
    }).encode()  # fmt: skip
    yield "Messenger", json.dumps({
        "participants": [{"name": "Maren Quillmere"}, {"name": "Oakmarrow"}],
        "messages": [
            {"sender_name": "Maren Quillmere", "timestamp_ms": 1620932400123 + n, "content": "harrowby",
             "reactions": [{"actor": "Oakmarrow"}]}
            for n in range(5)
        ],
    }).encode()  # fmt: skip
    yield "Signal", json.dumps([
        {"id": str(n), "type": "incoming", "conversationId": "c", "sent_at": 1620932400000 + n, "source": f"+44770090010{n}",
         "body": "harrowby", "quote": {"author": "+447700900101", "text": "oakmarrow"},
         "reactions": [{"emoji": "x", "fromId": "+447700900102"}], "sourceDevice": 1}
        for n in range(1, 6)
    ]).encode()  # fmt: skip
    yield "signal-export", b"\n".join(
        json.dumps({"date": "2021-05-13T21:00:00", "sender": f"vornskald{n % 2}", "body": "harrowby", "quote": "",
                    "reactions": [["vornskald0", "x"]], "attachments": []}).encode()
        for n in range(1, 6)
    )  # fmt: skip
    yield (
        "WhatsApp",
        "".join(
            f"[{n + 12}/03/2019, 21:04:11] Maren Quillmere: harrowby\n[{n + 12}/03/2019, 21:05:00] Oakmarrow: \u200eOakmarrow added Bob\n"
            for n in range(4)
        ).encode(),
    )


def _finders() -> Iterator[tuple[str, bytes]]:
    sites = ("GitHub", "Chess", "Locked Out")
    reports = [
        {
            "site": {"urlMain": f"https://example.org/{n}", "usernameClaimed": "oakmarrow", "headers": {"authorization": "x"}},
            "username": "vornskald_7", "parsing_enabled": True, "url_main": f"https://example.org/{n}", "cookies": None,
            "url_user": f"https://example.org/{n}/vornskald_7",
            "status": {
                "username": "vornskald_7", "site_name": site, "url": f"https://example.org/{n}/vornskald_7",
                "status": "Claimed", "tags": ["forum"],
                "ids": {"fullname": "Maren Quillmere", "location": "Harrowby", "links": "['https://example.net/quillmere']",
                        "twitter_username": "quillmere_m", "created_at": "2014-05-13T10:00:00Z", "follower_count": "3"},
            },
            "http_status": 200, "is_similar": False, "rank": n,
        }
        for n, site in enumerate(sites)
    ]  # fmt: skip
    yield "Maigret, JSON", json.dumps(dict(zip(sites, reports, strict=True))).encode()
    lines = [json.dumps({**report, "sitename": site}) for site, report in zip(sites, reports, strict=True)]
    yield "Maigret, ndjson", "".join(f"{line}\n" for line in lines).encode()
    answers = ("Claimed,200,", "Available,404,", "Unknown,403,Access denied error: 403 status code")
    rows = [
        f"vornskald_7,{site},https://example.org/{n},https://example.org/{n}/vornskald_7,{answers[n]}\r\n"
        for n, site in enumerate(sites)
    ]
    head = "username,name,url_main,url_user,exists,http_status,error_reason\r\n"
    yield "Maigret, CSV", "".join([head, *rows]).encode()


def _reddit_and_vk() -> Iterator[tuple[str, bytes]]:
    yield "Reddit", b"\n".join(
        json.dumps({"id": f"c{n}", "author": f"vornskald{n % 2}", "author_fullname": f"t2_{n % 2}a", "subreddit": "oakmarrow",
                    "created_utc": 1500000000 + n, "parent_id": f"t1_c{n - 1}", "link_id": "t3_s", "body": "harrowby u/vornskald0"}).encode()
        for n in range(1, 6)
    )  # fmt: skip
    yield "VK", json.dumps({
        "response": [
            {"id": 100 + n, "first_name": "Maren", "last_name": f"Quillmere{n}", "screen_name": f"vornskald{n}", "bdate": "3.4.1990",
             "is_closed": False, "city": {"id": 1, "title": "Harrowby"}, "site": "https://example.org/oakmarrow",
             "connections": {"twitter": f"oakmarrow{n}"}, "mobile_phone": "+447700900101", "military": [{"unit": "x"}]}
            for n in range(4)
        ],
    }).encode()  # fmt: skip


def _x_and_meta() -> Iterator[tuple[str, bytes]]:
    yield "X archive", b"window.YTD.tweets.part0 = " + json.dumps([
        {"tweet": {"id_str": f"96716400000000000{n}", "created_at": "Fri Feb 23 22:34:37 +0000 2018", "full_text": "harrowby",
                   "in_reply_to_user_id_str": "7", "in_reply_to_screen_name": "vornskald",
                   "entities": {"user_mentions": [{"screen_name": "oakmarrow", "name": "Maren Quillmere", "id_str": "9"}]}}}
        for n in range(4)
    ]).encode()  # fmt: skip
    user = {"id": 7, "id_str": "7", "screen_name": "vornskald", "name": "Maren Quillmere", "location": "Harrowby",
            "created_at": "Fri Feb 23 22:34:37 +0000 2018", "description": "http://example.org/me",
            "entities": {"url": {"urls": [{"expanded_url": "https://example.org/oakmarrow"}]}}}  # fmt: skip
    yield "Twitter 1.1", json.dumps([
        {"id_str": f"1{n}", "created_at": "Fri Feb 23 22:34:37 +0000 2018", "full_text": "harrowby", "user": user,
         "entities": {"user_mentions": [{"screen_name": "oakmarrow", "id_str": "9"}]}}
        for n in range(4)
    ]).encode()  # fmt: skip
    yield "Twitter 2", json.dumps({
        "data": [
            {"id": f"96716400000000000{n}", "author_id": "7", "text": "harrowby", "in_reply_to_user_id": "9",
             "referenced_tweets": [{"type": "quoted", "id": "967164000000000001"}],
             "entities": {"mentions": [{"username": "oakmarrow", "id": "9"}]}}
            for n in range(4)
        ],
        "includes": {"users": [{"id": "7", "username": "vornskald", "name": "Maren Quillmere", "location": "Harrowby"}]},
    }).encode()  # fmt: skip
    yield "Facebook", json.dumps({
        "profile_v2": {
            "name": {"full_name": "Maren Quillmere"}, "emails": {"emails": ["maren.quillmere@example.org"]},
            "birthday": {"year": 1990, "month": 4, "day": 3}, "websites": [{"address": "https://example.org/oakmarrow"}],
            "previous_names": [{"name": "Maren Harrowby"}], "phone_numbers": [{"phone_number": "+447700900101", "verified": True}],
            "screen_names": [{"service_name": "Skype", "names": [{"name": "vornskald"}]}],
        },
    }).encode()  # fmt: skip
    yield (
        "Facebook, friends",
        json.dumps(
            {"friends_v2": [{"name": f"Quillmere {n}", "timestamp": 1500000000 + n} for n in range(4)]}
        ).encode(),
    )
    yield "Instagram", json.dumps({
        "relationships_following": [
            {"title": "", "string_list_data": [
                {"href": f"https://www.instagram.com/vornskald_{n}", "value": f"vornskald_{n}", "timestamp": 1500000000}]}
            for n in range(4)
        ],
    }).encode()  # fmt: skip


def _fediverse() -> Iterator[tuple[str, bytes]]:
    accounts = [
        {"id": f"10{n}", "username": f"vornskald{n}", "acct": f"vornskald{n}", "display_name": "Maren Quillmere",
         "created_at": "2019-04-03T00:00:00.000Z", "note": '<p>see <a href="https://example.net/harrowby">this</a></p>',
         "url": f"https://social.example.org/@vornskald{n}",
         "fields": [{"name": "Page", "value": '<a href="https://example.org/oakmarrow">x</a>', "verified_at": "2020-01-01T00:00:00Z"}]}
        for n in range(3)
    ]  # fmt: skip
    yield "Mastodon", json.dumps([
        {"id": str(n), "created_at": "2020-01-01T10:00:00Z", "account": one, "in_reply_to_account_id": "100", "content": "harrowby",
         "mentions": [{"id": "100", "username": "vornskald0", "acct": "vornskald0", "url": "https://social.example.org/@vornskald0"}]}
        for n, one in enumerate(accounts)
    ]).encode()  # fmt: skip
    yield "ActivityPub", json.dumps({
        "@context": "https://www.w3.org/ns/activitystreams", "id": "https://social.example.org/users/vornskald", "type": "Person",
        "preferredUsername": "vornskald", "name": "Maren Quillmere", "published": "2019-04-03T00:00:00Z", "summary": "https://example.net/harrowby",
        "attachment": [{"type": "PropertyValue", "name": "x", "value": "https://example.org/oakmarrow"}],
        "alsoKnownAs": ["https://other.example.org/users/oakmarrow"], "publicKey": {"publicKeyPem": "x"},
    }).encode()  # fmt: skip
    yield "ActivityPub, outbox", json.dumps({
        "@context": "https://www.w3.org/ns/activitystreams", "type": "OrderedCollection", "totalItems": 4,
        "orderedItems": [
            {"id": f"https://social.example.org/users/vornskald/statuses/{n}/activity", "type": "Create", "published": "2020-01-01T10:00:00Z",
             "actor": "https://social.example.org/users/vornskald",
             "object": {"type": "Note", "content": "harrowby", "inReplyTo": "https://other.example.org/users/oakmarrow/statuses/1",
                        "tag": [{"type": "Mention", "name": "@quillmere@other.example.org", "href": "https://other.example.org/users/quillmere"}]}}
            for n in range(4)
        ],
    }).encode()  # fmt: skip
    yield "Bluesky", json.dumps({
        "subject": {"did": "did:plc:vornskald", "handle": "vornskald.bsky.social", "displayName": "Maren Quillmere"},
        "followers": [
            {"did": f"did:plc:oakmarrow{n}", "handle": f"oakmarrow{n}.example.org", "description": "https://example.net/harrowby",
             "createdAt": "2023-05-13T10:00:00Z"}
            for n in range(4)
        ],
    }).encode()  # fmt: skip
    yield "Bluesky, repository", car_file([
        {"$type": "app.bsky.actor.profile", "displayName": "Maren Quillmere", "description": "https://example.net/harrowby"},
        {"$type": "app.bsky.graph.follow", "subject": "did:plc:oakmarrow", "createdAt": "2023-05-13T10:00:00Z"},
        {"$type": "app.bsky.feed.post", "text": "harrowby", "createdAt": "2023-05-14T10:00:00Z",
         "reply": {"parent": {"uri": "at://did:plc:oakmarrow/app.bsky.feed.post/1"}}},
        {"did": "did:plc:vornskald", "version": 3, "rev": "x", "prev": None},
    ])  # fmt: skip


def _other_finders() -> Iterator[tuple[str, bytes]]:
    yield (
        "Sherlock, CSV",
        (
            b"username,name,url_main,url_user,exists,http_status,response_time_s\r\n"
            b"vornskald_7,GitHub,https://example.org/,https://example.org/vornskald_7,Claimed,200,0.1\r\n"
            b"vornskald_7,Chess,https://example.net/,https://example.net/vornskald_7,Available,404,0.1\r\n"
            b"vornskald_7,Shut,https://example.com/,https://example.com/vornskald_7,WAF,403,\r\n"
        ),
    )
    yield (
        "Sherlock, text",
        (
            b"https://example.org/vornskald_7\nhttps://example.net/u/vornskald_7\nTotal Websites Username Detected On : 2\n"
        ),
    )
    events = [
        {"data": f"Site{n} (Category: social)\nhttps://example.org/{n}/vornskald_7", "event_type": "ACCOUNT_EXTERNAL_OWNED",
         "module": "sfp_accounts", "source_data": "vornskald_7", "false_positive": 0, "last_seen": "2024-01-01 10:00:00",
         "scan_name": "x", "scan_target": "vornskald_7"}
        for n in range(3)
    ]  # fmt: skip
    name = {
        "event_type": "HUMAN_NAME",
        "data": "Maren Quillmere",
        "source_data": events[0]["data"],
        "module": "sfp_names",
    }
    yield "SpiderFoot, JSON", json.dumps([*events, events[0] | name]).encode()
    out = io.StringIO()
    table = csv.writer(out)
    table.writerow(["Updated", "Type", "Module", "Source", "F/P", "Data"])
    table.writerows(
        ["2024-01-01 10:00:00", one["event_type"], one["module"], one["source_data"], "0", one["data"]]
        for one in events
    )
    yield "SpiderFoot, CSV", out.getvalue().encode()
    yield "Blackbird, older", json.dumps({
        "search-params": {"username": "vornskald_7", "sites-number": 3, "date": "x", "execution-time": 1.0},
        "sites": [
            {"id": n, "app": site, "url": f"https://example.org/{n}/vornskald_7", "response-status": "200 OK", "status": status,
             "error-message": None, "metadata": [{"type": "generic-data", "key": "Name", "value": "Maren Quillmere"}]}
            for n, (site, status) in enumerate((("GitHub", "FOUND"), ("Chess", "NOT FOUND"), ("Shut", "ERROR")))
        ],
    }).encode()  # fmt: skip
    yield "Blackbird", json.dumps([
        {"name": f"Site{n}", "url": f"https://example.org/{n}/vornskald_7", "category": "social", "status": "FOUND",
         "metadata": [{"schema": "JSON", "type": "String", "name": "Name", "path": ["x"], "value": "Maren Quillmere"}]}
        for n in range(3)
    ]).encode()  # fmt: skip


def _zip(content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("inside", content)
    return out.getvalue()


def _json() -> bytes:  # no reader takes it yet: it must be refused in words
    return json.dumps([{**row, "deep": {"deeper": [row]}} for row in _ROWS]).encode()


def read_as_list(path: Path) -> int:
    """Read a list's file to its end; returns rows."""
    reading = read_list(path)
    rows: int = sum(batch.rows.num_rows for batch in reading.batches())
    _ = reading.completeness
    return rows


def read_as_roster(path: Path) -> int:
    """Read a roster; returns applicants."""
    return len(read_roster(path))


def _list_seeds() -> Iterator[tuple[str, bytes]]:
    for software in FORUMS:
        yield f"dump of {software}", forum_dump(forum_tables(software))
    smallest = forum_dump(dict(list(forum_tables("mybb").items())[:3]))
    yield "dump, gzip", gzip.compress(smallest, mtime=0)
    yield "dump, zip", _zip(smallest)
    yield "CSV", _csv()
    yield "CSV, cp1252", _csv(";", "cp1252")
    yield "TSV", _csv("\t")
    yield "TSV, UTF-16", _csv("\t", "utf-16")
    yield "CSV, gzip", gzip.compress(_csv(), mtime=0)
    yield "XLSX", _workbook()
    yield "Parquet", _parquet()
    yield "dump of discourse", _copy_dump()
    yield from _chats()
    yield from _finders()
    yield from _other_finders()
    yield from _reddit_and_vk()
    yield from _x_and_meta()
    yield from _fediverse()
    yield "Reddit, Zstandard", zstandard.ZstdCompressor().compress(dict(_reddit_and_vk())["Reddit"])
    yield "JSON", _json()


@cache
def _seeds() -> dict[str, tuple[bytes, Read]]:
    made: dict[str, tuple[bytes, Read]] = {name: (content, read_as_list) for name, content in _list_seeds()}
    return made | {
        "roster, CSV": (_roster(), read_as_roster),
        "roster, XLSX": (_workbook(), read_as_roster),
        "roster, Parquet": (_parquet(), read_as_roster),
    }


SEEDS: Mapping[str, tuple[bytes, Read]] = _seeds()
"""By name: the bytes of a whole file, and how it is read."""
