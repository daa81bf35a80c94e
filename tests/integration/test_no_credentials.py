"""Of every schema that the specification names, no credential column reaches the store, in no column and no file."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from tests.holdings import every_byte_and_cell, passport
from tests.reader_seeds import FORUMS, Columns, forum_dump, forum_tables
from tests.workbooks import write_workbook

from vetting.ingestion import ListStore

# By software and table, the columns that hold credentials; written out, not asked of the rules under test. A table
# with "*" is about credentials as a whole: everything but its first column, whose it is.
CREDENTIALS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "ips4": {
        "core_members": ("members_pass_hash", "members_pass_salt", "member_login_key", "failed_logins", "fb_token",
                         "twitter_token", "twitter_secret", "mfa_details"),
        "core_members_known_devices": ("login_key", "device_key"),
        "core_validating": ("vid", "user_verified_token"),
        "core_sessions": ("*", "id", "data"),
        "core_oauth_server_access_tokens": ("*", "access_token", "refresh_token"),
        "core_api_keys": ("*", "api_id"),
        "core_login_links": ("*", "token_login_method", "token_identifier", "token_access_token"),
    },
    "ipb3": {
        "members": ("members_pass_hash", "members_pass_salt", "member_login_key", "failed_logins", "fb_token",
                    "twitter_token", "twitter_secret", "live_token"),
        "members_converge": ("*", "converge_pass_hash", "converge_pass_salt"),
        "validating": ("*", "vid"),
        "sessions": ("*", "id", "session_msg_key"),
    },
    "phpbb": {
        "phpbb_users": ("user_password", "user_newpasswd", "user_actkey", "user_form_salt", "reset_token"),
        "phpbb_sessions": ("*", "session_id", "session_forwarded"),
        "phpbb_sessions_keys": ("*", "key_id"),
        "phpbb_oauth_tokens": ("*", "oauth_token"),
    },
    "vbulletin": {
        "user": ("password", "salt", "token", "scheme", "secret"),
        "passwordhistory": ("*", "password", "passworddate"),
        "useractivation": ("activationid",),
        "session": ("*", "sessionhash", "idhash"),
    },
    "xenforo": {
        "xf_user": ("secret_key",),
        "xf_user_authenticate": ("*", "scheme_class", "data", "remember_key"),
        "xf_session": ("*", "session_id", "session_data"),
        "xf_user_tfa": ("*", "provider_data"),
        "xf_oauth_token": ("*", "token_value"),
    },
    "mybb": {
        "mybb_users": ("password", "salt", "loginkey"),
        "mybb_sessions": ("*", "sid"),
    },
    "smf": {
        "smf_members": ("passwd", "password_salt", "secret_question", "secret_answer", "validation_code", "tfa_secret",
                        "tfa_backup"),
        "smf_sessions": ("*", "session_id", "data"),
    },
}  # fmt: skip
# Account tables of software whose dumps no profile of this branch knows; they are handed in as tables.
ACCOUNT_TABLES: Mapping[str, tuple[str, ...]] = {
    "Discourse": ("password_hash", "salt", "auth_token", "password_algorithm_salt", "api_key", "email_token"),
    "WordPress": ("user_pass", "user_activation_key", "session_tokens"),
    "Vanilla": ("Password", "HashMethod", "ResetToken"),
    "NodeBB": ("password", "rss_token", "password:shaWrapped"),
    "Flarum": ("password", "access_token", "remember_token"),
    **{
        software: tuple(
            dict.fromkeys(
                column for columns in tables.values() for column in columns if column not in {"*", "id"}
            )
        )
        for software, tables in CREDENTIALS.items()
    },
}


def _secret(table: str, column: str, row: int) -> str:
    """One secret of a column looks like nothing, so that only its name gives it away; the others like hashes."""
    plain = f"zq{hashlib.sha256(f'{table}.{column}'.encode()).hexdigest()[:12]}w"
    return plain if row == 1 else f"$2y$10${plain}{'x' * 38}"


def _part(table: str, column: str) -> bytes:
    return _secret(table, column, 1).encode()


def _held(folder: Path, source: Path) -> dict[str, bytes]:
    digest = hashlib.sha256(source.read_bytes()).hexdigest()
    with ListStore.open(folder / "lists") as store:
        report = store.ingest(source, passport(sha256=digest))
        assert report.accounts
    return {
        f"{at} {name}": content for at, (name, content) in enumerate(every_byte_and_cell(folder / "lists"))
    }


def _assert_absent(held: Mapping[str, bytes], planted: list[tuple[str, str]]) -> None:
    assert planted
    found = {
        f"{table}.{column} in {place}"
        for table, column in planted
        for place, content in held.items()
        if _part(table, column) in content or _part(table, column)[::-1] in content
    }
    assert not found


def _with_credentials(software: str) -> tuple[dict[str, Columns], list[tuple[str, str]]]:
    tables = forum_tables(software)
    planted = []
    for name, columns in CREDENTIALS[software].items():
        own = tables.setdefault(
            _as_named(name, tables), {"member_id" if "ip" in software else "user_id": "int"}
        )
        for column in columns:
            if column != "*":
                own[column] = "varchar"  # whatever it was: a secret is to fit
                planted.append((_as_named(name, tables), column))
    return tables, planted


def _as_named(table: str, tables: Mapping[str, Columns]) -> str:
    """The schema's own name for a table, since prefixes differ."""
    return next((own for own in tables if own == table or own.endswith(f"_{table}")), table)


@pytest.mark.parametrize("software", FORUMS)
def test_a_forum_s_dump_leaves_no_secret_in_any_column_or_file(software: str, tmp_path: Path) -> None:
    tables, planted = _with_credentials(software)
    secret = set(planted)

    def literal(table: str, column: str, row: int) -> str | None:
        return f"'{_secret(table, column, row)}'" if (table, column) in secret else None

    source = tmp_path / "forum.sql"
    source.write_bytes(forum_dump(tables, planted=literal))
    for table, column in planted:
        assert _part(table, column) in source.read_bytes()
    held = _held(tmp_path, source)
    assert any(b"vornskald_1" in content for content in held.values()), (
        "what is no secret must be found this way"
    )
    _assert_absent(held, planted)


def _rows(software: str) -> list[dict[str, str]]:
    return [
        {"id": str(row), "username": f"vornskald_{row}", "email": f"quillmere{row}@example.org"}
        | {column: _secret(software, column, row) for column in ACCOUNT_TABLES[software]}
        for row in (1, 2)
    ]


def _written(path: Path, rows: list[dict[str, str]]) -> Path:
    if path.suffix == ".xlsx":
        names = [chr(ord("A") + at) for at in range(len(rows[0]))]
        lines = [list(rows[0]), *(list(row.values()) for row in rows)]
        return write_workbook(
            path, {at: dict(zip(names, line, strict=True)) for at, line in enumerate(lines, 1)}
        )
    if path.suffix == ".parquet":
        pq.write_table(pa.Table.from_pylist(rows), path)
        return path
    delimiter = "\t" if path.suffix == ".tsv" else ","
    lines = [list(rows[0]), *(list(row.values()) for row in rows)]
    path.write_text("".join(delimiter.join(line) + "\n" for line in lines), encoding="utf-8")
    return path


@pytest.mark.parametrize("suffix", ["csv", "tsv", "xlsx", "parquet"])
@pytest.mark.parametrize("software", ACCOUNT_TABLES)
def test_an_account_table_leaves_no_secret_in_any_column_or_file(
    software: str, suffix: str, tmp_path: Path
) -> None:
    source = _written(tmp_path / f"accounts.{suffix}", _rows(software))
    held = _held(tmp_path, source)
    assert any(b"vornskald_1" in content for content in held.values())
    _assert_absent(held, [(software, column) for column in ACCOUNT_TABLES[software]])
