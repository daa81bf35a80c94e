"""Discourse in a real PostgreSQL: what pg_dump writes, in every plain form, is read as the server returns it."""

from __future__ import annotations

import gzip
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from tests.integration.dumps import contents, identifiers_in, relations_in, stored_texts
from tests.integration.forums.board import NAMES, SECRETS
from tests.postgres import Postgres
from tests.small_lists import passport

from vetting.errors import DumpError
from vetting.ingestion import ListStore
from vetting.readers import read_list
from vetting.readers.files import InputFile, file_sha256
from vetting.readers.inspect import inspect
from vetting.readers.sqldump import Dump
from vetting.readers.sqldump.literals import TextDecoder

pytestmark = pytest.mark.postgres

OPTIONS = {
    "copy": (),
    "inserts": ("--inserts",),
    "column inserts": ("--column-inserts",),
    "rows per insert": ("--rows-per-insert=7",),
    "column inserts, rows per insert": ("--column-inserts", "--rows-per-insert=100"),
    "on conflict": ("--inserts", "--on-conflict-do-nothing"),
    "no owner": ("--no-owner", "--no-privileges"),
    "inserts, no owner": ("--inserts", "--no-owner"),
    "clean": ("--clean", "--if-exists", "--create"),
    "data only": ("--data-only",),
    "quoted names": ("--quote-all-identifiers",),
    "no comments": ("--no-comments", "--no-security-labels"),
}
_NAMES = tuple(name for name in NAMES if "\0" not in name)  # which PostgreSQL does not store
_SCHEMA = Path(__file__).parent / "forum_schema" / "discourse.sql"
_TOKEN, _SALT, _DIGEST, _LOGIN = SECRETS


def _text(value: str | None) -> str:
    return "NULL" if value is None else f"convert_from('\\x{value.encode().hex()}','UTF8')"


def _when(number: int) -> str:
    return f"timestamp '2014-05-13 16:53:20.123456' + interval '{number} hours'"


def _birth(number: int) -> str:
    year = {0: "", 1: "1904-"}.get(number % 4, f"19{70 + number % 30}-")
    return f"date '{year}02-{number % 28 + 1:02}'" if year else "NULL"


def _insert(table: str, columns: str, rows: list[str]) -> str:
    return f"INSERT INTO {table} ({columns}) VALUES {','.join(f'({row})' for row in rows)};\n"


def _filled() -> str:
    people = [(number, name[:60].strip()) for number, name in enumerate(_NAMES, 1)]
    secret = f"{_text(_TOKEN)},{_text(_SALT)}"
    users = [
        f"{n},{_text(f'user_{n}')},{_when(n)},{_when(n)},{_text(name)},{secret},{n % 5 > 0},'user_{n}',"
        f"{_when(n + 99) if n % 3 else 'NULL'},{n == 4},1,{_when(9999) if n == 6 else 'NULL'},"
        f"{_birth(n)},"
        f"inet '{f'192.0.2.{n}' if n % 2 else f'2001:db8::{n:x}'}',{11 if n % 6 == 0 else 'NULL'},"
        f"inet '198.51.100.{n}',{n == 8}"
        for n, name in people
    ]
    users.append(
        f"-1,'system',{_when(0)},{_when(0)},'system',NULL,NULL,true,'system',NULL,true,4,NULL,NULL,NULL,NULL,NULL,false"
    )
    ids = [n for n, _ in people]
    body = [
        '[quote="user_3, post:1, topic:2"]\nsaid [/quote]\nand @user_5, not a@user_7.example.org or @nobody_here',
        '[quote="Real O\'Name, post:2, topic:1, username:user_9"]\tx[/quote]',
        "no one \\@ all; it's\r\n@user_2\\",
    ]
    posts = [
        f"{n},{n % 11 + 1},{n % 6 + 1},{n},{_text(body[n % 3] + _NAMES[n % len(_NAMES)].replace('@', ''))},{_when(n)}"
        for n in range(1, 90)
    ]
    return "".join([
        _insert(
            "users",
            "id,username,created_at,updated_at,name,password_hash,salt,active,username_lower,last_seen_at,admin,trust_level,"
            "suspended_till,date_of_birth,ip_address,primary_group_id,registration_ip_address,staged",
            users,
        ),
        _insert("user_passwords", "id,user_id,password_hash,password_salt", [f"{n},{n},{secret}" for n in ids]),
        _insert(
            "user_emails", 'id,user_id,email,"primary",created_at,updated_at',
            [f"{n},{n},'u{n}@example.org',true,{_when(n)},{_when(n)}" for n in ids]
            + [f"{900 + n},{n},'second{n}@example.net',false,{_when(n)},{_when(n)}" for n in ids[::4]],
        ),
        _insert("email_tokens", "id,user_id,email,confirmed,token_hash", [f"{n},{n},'u{n}@example.org',true,'{_LOGIN}'" for n in ids]),
        _insert(
            "email_change_requests", "id,user_id,old_email,new_email,change_state",
            [f"{n},{n},'old{n}@example.com','u{n}@example.org',3" for n in ids[::5]],
        ),
        _insert("user_auth_tokens", "id,user_id,auth_token,prev_auth_token", [f"{n},{n},'{_LOGIN}','{_DIGEST}'" for n in ids]),
        _insert("user_api_keys", "id,user_id,key,key_hash", [f"{n},{n},'{_LOGIN}','{_DIGEST}'" for n in ids]),
        _insert("api_keys", "id,user_id,key_hash", [f"{n},{n},'{_DIGEST}'" for n in ids]),
        _insert("user_second_factors", "id,user_id,data", [f"{n},{n},'{_LOGIN}'" for n in ids]),
        _insert(
            "user_histories", "id,action,acting_user_id,target_user_id,previous_value,new_value",
            [f"{n},{21 if n % 2 else 3},1,{n},'was_{n}','user_{n}'" for n in ids[::3]],
        ),
        _insert(
            "user_profiles", "user_id,location,website,bio_raw",
            [f"{n},{_text(name) if n % 2 else 'NULL'},'https://example.org/u/{n}','{_LOGIN}'" for n, name in people],
        ),
        _insert("user_fields", "id,name,field_type", ["1,'Location','text'", "2,'Favourite colour','text'", "7,'Skype','text'"]),
        _insert(
            "user_custom_fields", "id,user_id,name,value",
            [f"{n},{n},'user_field_{field}','field {field} of {n}'" for n in ids[::2] for field in (1, 2, 7)]
            + [f"9999,{ids[0]},'some_plugin','{_LOGIN}'"],
        ),
        _insert("groups", "id,name,automatic,user_count,email_password", [f"11,'north',false,3,'{_LOGIN}'", "12,'staff''s',true,2,NULL"]),
        _insert("group_users", "id,group_id,user_id", [f"{n},12,{n}" for n in ids[::7]]),
        _insert(
            "user_associated_accounts", "id,provider_name,provider_uid,user_id,info,credentials",
            [
                f"{n},'{('twitter', 'google_oauth2')[n % 2]}','{n}',{n},"
                f"'{{\"nickname\": \"tw_{n}\", \"name\": \"Person {n}\", \"email\": \"assoc{n}@example.com\"}}',"
                f"'{{\"token\": \"{_LOGIN}\"}}'"
                for n in ids[::3]
            ],
        ),
        _insert("twitter_user_infos", "id,user_id,screen_name,twitter_user_id", [f"{n},{n},'before_{n}',{n}" for n in ids[::8]]),
        _insert("github_user_infos", "id,user_id,screen_name,github_user_id", [f"{n},{n},'code_{n}',{n}" for n in ids[::9]]),
        _insert(
            "single_sign_on_records", "id,user_id,external_id,last_payload,external_username,external_email,external_name",
            [f"{n},{n},'{n}','nonce={_LOGIN}','sso_{n}','sso{n}@example.com','Sign {n}'" for n in ids[::6]],
        ),
        _insert("user_ip_address_histories", "id,user_id,ip_address,created_at", [f"{n},{n % 9 + 1},'203.0.113.{n % 4}',{_when(n)}" for n in range(1, 40)]),
        _insert("ignored_users", "id,user_id,ignored_user_id,created_at", [f"{n},{n},{n % 7 + 1},{_when(n)}" for n in ids[:15]]),
        _insert("muted_users", "id,user_id,muted_user_id,created_at", [f"{n},{n},{n % 5 + 2},{_when(n)}" for n in ids[:15]]),
        _insert("user_followers", "user_id,follower_id,created_at", [f"{n % 9 + 1},{n},{_when(n)}" for n in ids[:20]]),
        _insert(
            "topics", "id,title,created_at,user_id,archetype",
            [f"{n},'t;{n}',{_when(n)},{n},'{'private_message' if n in (5, 6) else 'regular'}'" for n in range(1, 7)],
        ),
        _insert("topic_allowed_users", "id,user_id,topic_id", [f"{n},{n % 4 + 3},{5 + n % 2}" for n in range(1, 9)]),
        _insert("posts", "id,user_id,topic_id,post_number,raw,created_at", posts),
        _insert(
            "post_actions", "id,post_id,user_id,post_action_type_id,created_at",
            [f"{n},{n},{n % 12 + 1},{2 if n % 3 else 1},{_when(n)}" for n in range(1, 80)],
        ),
    ])  # fmt: skip


_BIRTH = (
    "CASE extract(year FROM date_of_birth) WHEN 1904 THEN to_char(date_of_birth, '--MM-DD') "
    "ELSE to_char(date_of_birth, 'YYYY-MM-DD') END"
)
_TRUTH = (
    ("handle", None, "username", "users", "id"),
    ("name", None, "name", "users", "id"),
    ("date_of_birth", None, _BIRTH, "users", "id"),
    ("email", None, "email", "user_emails", "user_id"),
    ("email", None, "old_email", "email_change_requests", "user_id"),
    ("handle", None, "previous_value", "user_histories WHERE action=21", "target_user_id"),
    ("place", None, "location", "user_profiles", "user_id"),
    ("url", None, "website", "user_profiles", "user_id"),
    ("place", None, "value", "user_custom_fields WHERE name='user_field_1'", "user_id"),
    ("handle", "skype", "value", "user_custom_fields WHERE name='user_field_7'", "user_id"),
    (
        "handle",
        "twitter",
        "info->>'nickname'",
        "user_associated_accounts WHERE provider_name='twitter'",
        "user_id",
    ),
    ("name", None, "info->>'name'", "user_associated_accounts", "user_id"),
    ("email", None, "info->>'email'", "user_associated_accounts", "user_id"),
    ("handle", "twitter", "screen_name", "twitter_user_infos", "user_id"),
    ("handle", "github", "screen_name", "github_user_infos", "user_id"),
    ("handle", None, "external_username", "single_sign_on_records", "user_id"),
    ("email", None, "external_email", "single_sign_on_records", "user_id"),
    ("name", None, "external_name", "single_sign_on_records", "user_id"),
)
_PRIVATE = (
    "(SELECT id FROM topics WHERE archetype='private_message' UNION SELECT topic_id FROM topic_allowed_users)"
)
_PARTIES = (
    "(SELECT id t, user_id u FROM topics WHERE archetype='private_message' UNION SELECT topic_id, user_id FROM "
    f"topic_allowed_users UNION SELECT topic_id, user_id FROM posts WHERE topic_id IN {_PRIVATE})"
)
# Kind, kind of target, place, and the query of source, target, moment; two tables of one kind count the larger.
_RELATIONS = (
    ("follows", "account", "SELECT follower_id s, user_id t, created_at a, NULL p FROM user_followers"),
    ("ignores", "account", "SELECT user_id s, ignored_user_id t, created_at a, NULL p FROM ignored_users"),
    ("ignores", "account", "SELECT user_id s, muted_user_id t, created_at a, NULL p FROM muted_users"),
    ("posted_in", "topic", f"SELECT user_id s, topic_id t, created_at a, NULL p FROM posts WHERE topic_id NOT IN {_PRIVATE}"),
    ("posted_in", "topic", "SELECT user_id s, id t, created_at a, NULL p FROM topics WHERE archetype='regular'"),
    ("used_ip", "ip", ("SELECT id s, host(registration_ip_address) t, created_at a, NULL p FROM users UNION ALL "
                      "SELECT id, host(ip_address), last_seen_at, NULL FROM users")),
    ("used_ip", "ip", "SELECT user_id s, host(ip_address) t, created_at a, NULL p FROM user_ip_address_histories"),
    ("reacted", "account", ("SELECT a.user_id s, p.user_id t, a.created_at a, NULL p FROM post_actions a JOIN posts p "
                           "ON p.id=a.post_id WHERE post_action_type_id=2")),
    ("messaged", "account", ("SELECT p.user_id s, o.u t, p.created_at a, 'conversation:'||p.topic_id p FROM posts p "
                            f"JOIN {_PARTIES} o ON o.t=p.topic_id")),
)  # fmt: skip


@pytest.fixture(scope="module")
def server(postgres: Postgres) -> Postgres:
    postgres.create("discourse", _SCHEMA.read_text(), _filled())
    return postgres


@pytest.fixture(scope="module")
def dumps(server: Postgres, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("discourse")
    made = {}
    for at, (name, options) in enumerate(OPTIONS.items()):
        made[name] = folder / f"{at}.sql"
        made[name].write_bytes(server.dump("discourse", *options))
    made["gzip"] = folder / "copy.sql.gz"
    made["gzip"].write_bytes(gzip.compress(made["copy"].read_bytes()))
    return made


@pytest.fixture(scope="module")
def read(dumps: dict[str, Path]) -> dict[str, Counter[Any]]:
    return contents(read_list(dumps["copy"]))


@pytest.mark.parametrize("option", [*OPTIONS, "gzip"])
def test_every_option_gives_the_same_batches_and_nothing_is_unread(
    dumps: dict[str, Path], read: dict[str, Counter[Any]], option: str
) -> None:
    reading = read_list(dumps[option])
    assert contents(reading) == read
    found = reading.completeness
    assert (found.reader, found.profile, found.bytes_unread, found.ended_well) == (
        "pg_dump",
        "discourse",
        0,
        True,
    )
    assert all(table.rows_quarantined == 0 for table in found.tables)


@pytest.mark.parametrize("option", ["copy", "inserts", "column inserts, rows per insert"])
def test_every_value_of_every_table_is_what_the_server_returns(
    server: Postgres, dumps: dict[str, Path], option: str
) -> None:
    dump = Dump(InputFile(dumps[option]), want=lambda _table, columns: columns)
    decoder = TextDecoder("utf-8", escapes=False)
    found: dict[str, tuple[tuple[str, ...], list[Any]]] = {}
    for chunk in dump.chunks():
        texts = [decoder.texts(column, "t.c") for column in chunk.values]
        found.setdefault(chunk.table.name, (chunk.columns, []))[1].extend(zip(*texts, strict=True))
    filled = {table for table in dump.tables if server.select("discourse", f"SELECT 1 FROM {table} LIMIT 1")}
    assert set(found) == filled
    for table, (columns, rows) in found.items():
        kept = [place for place, name in enumerate(columns) if name != "title_length"]  # generated: DEFAULT
        cells = ",".join(
            f"regexp_replace(\"{name}\"::text, '/(32|128)$', '') AS c{at}"  # of addresses
            if (name := columns[place]).endswith(("ip_address", "client_ip"))
            else f'"{name}"::text AS c{at}'
            for at, place in enumerate(kept, 1)
        )
        told = server.select("discourse", f"SELECT {cells} FROM {table}")
        usual = {"true": "t", "false": "f"}
        assert Counter(
            tuple(usual.get(row[place] or "", row[place]) for place in kept) for row in rows
        ) == Counter(tuple(usual.get(cell or "", cell) for cell in row) for row in told), table


def test_identifiers_are_what_the_server_returns(server: Postgres, read: dict[str, Counter[Any]]) -> None:
    told = {
        (str(account), kind, platform, value.strip())
        for kind, platform, column, table, key in _TRUTH
        for account, value in server.select("discourse", f"SELECT {key} AS c1, {column} AS c2 FROM {table}")
        if value and value.strip() and account > 0
    }
    assert identifiers_in(read) == told
    unsure = {dict(row)["account_id"] for row in read["identifiers"] if dict(row)["confirmed"] is False}
    inactive = server.select("discourse", "SELECT id AS c1 FROM users WHERE NOT active AND id>0")
    assert unsure == {str(account) for (account,) in inactive}


def test_accounts_are_what_the_server_returns(server: Postgres, read: dict[str, Counter[Any]]) -> None:
    told = server.select(
        "discourse",
        "SELECT id AS c1, floor(extract(epoch FROM created_at)) AS c2, floor(extract(epoch FROM last_seen_at)) AS c3, "
        "CASE WHEN suspended_till IS NOT NULL THEN 'suspended' WHEN staged THEN 'staged' WHEN admin THEN 'admin' "
        "WHEN NOT active THEN 'validating' END AS c4, (SELECT array_agg(g.name ORDER BY g.name) FROM groups g WHERE "
        "g.id=primary_group_id OR g.id IN (SELECT group_id FROM group_users m WHERE m.user_id=users.id)) AS c5 "
        "FROM users WHERE id>0",
    )  # fmt: skip
    found = [
        (
            int(row["account_id"]),
            *(int(row[name].timestamp()) if row[name] else None for name in ("created_at", "last_seen")),
            row["status"],
            sorted(row["groups"] or []) or None,
        )
        for row in map(dict, read["accounts"])
    ]
    assert sorted(found) == sorted(map(tuple, told))


def test_relations_are_what_the_server_returns(server: Postgres, read: dict[str, Counter[Any]]) -> None:
    told: dict[tuple[Any, ...], tuple[Any, ...]] = {}
    for kind, target_kind, query in _RELATIONS:
        rows = server.select(
            "discourse",
            f"SELECT s::text AS c1, t::text AS c2, floor(extract(epoch FROM min(a))) AS c3, floor(extract(epoch FROM max(a))) AS c4, "
            f"count(*) AS c5, p AS c6 FROM ({query}) q WHERE s>0 AND t IS NOT NULL "
            f"{'AND s<>t AND t>0' if target_kind == 'account' else ''} GROUP BY s, t, p",
        )
        for source, target, first, last, weight, place in rows:
            key = (kind, source, target_kind, target, place)
            before = told.get(key, (first, last, weight))
            earliest = min(x for x in (before[0], first, float("inf")) if x is not None)
            latest = max(x for x in (before[1], last, 0) if x is not None)
            told[key] = (earliest, latest, max(before[2], weight))
    found = {
        (kind, source, target_kind, target, place): (first, last, weight)
        for kind, source, target_kind, target, first, last, weight, place in relations_in(read["relations"])
        if kind not in {"quoted", "mentioned"}
    }
    unknown = {
        key: (first if first != float("inf") else None, last or None, weight)
        for key, (first, last, weight) in told.items()
    }
    assert found == unknown


def test_quotes_and_mentions_of_public_topics_are_found(
    server: Postgres, read: dict[str, Counter[Any]]
) -> None:
    posts = server.select(
        "discourse",
        f"SELECT id AS c1, user_id AS c2, topic_id AS c3 FROM posts WHERE topic_id NOT IN {_PRIVATE}",
    )
    shown = {0: [("quoted", 3), ("mentioned", 5)], 1: [("quoted", 9)], 2: [("mentioned", 2)]}
    told = {
        (author, kind, target, f"topic:{topic}")
        for post, author, topic in posts
        for kind, target in shown[post % 3]
        if author != target
    }
    found = {
        (int(row["source"]), row["kind"], int(row["target"]), row["place"])
        for row in map(dict, read["relations"])
        if row["kind"] in {"quoted", "mentioned"}
    }
    assert found == told


@pytest.mark.parametrize("encoding", ["LATIN1", "WIN1252", "EUC_JP"])
def test_a_dump_in_another_encoding_is_read_by_what_it_declares(
    server: Postgres, tmp_path: Path, encoding: str
) -> None:
    names = {"LATIN1": "Zoë", "WIN1252": "Zoë €", "EUC_JP": "山田 太郎"}
    server.create("other", _SCHEMA.read_text())
    values = f"1,'u',now(),now(),{_text(names[encoding])},'u',1"
    server.run(
        _insert("users", "id,username,created_at,updated_at,name,username_lower,trust_level", [values]),
        database="other",
    )
    path = tmp_path / "dump.sql"
    path.write_bytes(server.dump("other", f"--encoding={encoding}"))
    assert ("1", "name", None, names[encoding]) in identifiers_in(contents(read_list(path)))


@pytest.mark.parametrize("form", ["custom", "tar"])
def test_an_archive_is_refused_with_the_command_that_writes_it_out(
    server: Postgres, tmp_path: Path, form: str
) -> None:
    path = tmp_path / "dump"
    path.write_bytes(server.dump("discourse", f"--format={form}"))
    with pytest.raises(DumpError, match="pg_restore -f"):
        read_list(path)
    with pytest.raises(DumpError, match="pg_restore -f"):
        inspect(path)


@pytest.mark.parametrize("option", ["copy", "inserts"])
def test_no_secret_is_anywhere_in_the_store(dumps: dict[str, Path], tmp_path: Path, option: str) -> None:
    planted = dumps[option].read_text()
    assert all(secret in planted for secret in SECRETS), "the dump holds what must be kept out"
    with ListStore.open(tmp_path / "lists") as store:
        store.ingest(dumps[option], passport(sha256=file_sha256(dumps[option])))
    held = list(stored_texts(tmp_path / "lists"))
    assert any("u7@example.org" in text for text in held), "the check sees what is stored"
    assert not {secret for secret in SECRETS for text in held if secret.casefold() in text.casefold()}


def test_inspect_names_discourse_and_says_why(dumps: dict[str, Path]) -> None:
    found = inspect(dumps["copy"])
    assert (found.writer, found.profile, found.charset) == ("pg_dump", "discourse", "utf8")
    assert any("discourse" in note and "members" in note for note in found.notes)
    dropped = {
        (table.name, column.name, column.why) for table in found.tables for column in table.columns_dropped
    }
    assert ("users", "password_hash", "credential") in dropped
    assert ("posts", "raw", "scanned, not kept") in dropped
