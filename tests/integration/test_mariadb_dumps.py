"""Whatever option a dump was taken with, the readers return what MariaDB itself returns."""

from __future__ import annotations

import gzip
import zipfile
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from tests.integration import adversarial, forum_truth, odd_types
from tests.integration.dumps import OPTIONS, contents, identifiers_in, raw_rows, relations_in, stored_texts
from tests.integration.ips_truth import IPS
from tests.mariadb import MariaDB, Row
from tests.small_lists import passport

from vetting.ingestion import ListStore
from vetting.readers import read_list
from vetting.readers.files import file_sha256

pytestmark = pytest.mark.mariadb

_DATABASE = "adversarial"
# Names that need quotes are not written by a client that was told not to quote.
_UNQUOTABLE = {"no quoted names": {"ext_odd_types"}}


@pytest.fixture(scope="module")
def forum(mariadb: MariaDB, forum_schema: tuple[Path, Path]) -> MariaDB:
    mariadb.create(_DATABASE, *forum_schema, odd_types.SCHEMA_EXTRAS, *adversarial.forum_rows())
    return mariadb


@pytest.fixture(scope="module")
def dumps(forum: MariaDB, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("dumps")
    made = {}
    for at, (name, options) in enumerate(OPTIONS.items()):
        tables = sorted(set(forum.tables(_DATABASE)) - _UNQUOTABLE.get(name, set()))
        views = [] if name in _UNQUOTABLE else ["a_first_view", "core_members_view"]
        made[name] = folder / f"{at}.sql"
        made[name].write_bytes(forum.dump(_DATABASE, *options, tables=[*views, *tables]))
    return made


@pytest.fixture(scope="module")
def default_reading(dumps: dict[str, Path]) -> dict[str, Counter[Any]]:
    return contents(read_list(dumps["default"]))


@pytest.fixture(scope="module")
def server_rows(forum: MariaDB) -> dict[str, Counter[Row]]:
    """Every row of every table, as the server returns it."""
    return {
        table: Counter(forum.rows(_DATABASE, table, list(forum.columns(_DATABASE, table))))
        for table in forum.tables(_DATABASE)
    }


@pytest.fixture(scope="module")
def server_identifiers(forum: MariaDB) -> set[forum_truth.Identifier]:
    return forum_truth.identifiers(forum, _DATABASE, IPS)


@pytest.mark.parametrize("option", OPTIONS)
def test_row_reader_returns_every_value_of_every_table(
    forum: MariaDB, server_rows: dict[str, Counter[Row]], dumps: dict[str, Path], option: str
) -> None:
    read = raw_rows(dumps[option])
    assert set(read) == {name for name, rows in server_rows.items() if rows} - _UNQUOTABLE.get(option, set())
    for table, (columns, rows) in read.items():
        assert list(columns) == list(forum.columns(_DATABASE, table)), table
        assert Counter(rows) == server_rows[table], table


@pytest.mark.parametrize("option", OPTIONS)
def test_identifiers_are_what_the_server_returns(
    server_identifiers: set[forum_truth.Identifier], dumps: dict[str, Path], option: str
) -> None:
    reading = read_list(dumps[option])
    assert identifiers_in(contents(reading)) == server_identifiers
    assert reading.completeness.bytes_unread == 0
    assert all(table.rows_quarantined == 0 for table in reading.completeness.tables)


def test_relations_are_what_the_server_returns(
    forum: MariaDB, default_reading: dict[str, Counter[Any]]
) -> None:
    rows = [dict(row) for row in default_reading["relations"]]
    read = relations_in(row for row in rows if row["kind"] not in {"quoted", "mentioned"})
    assert len(read) == len(set(read))
    assert set(read) == forum_truth.relations(forum, _DATABASE, IPS)


def test_quotes_and_mentions_are_found_in_markup(default_reading: dict[str, Counter[Any]]) -> None:
    rows = [dict(row) for row in default_reading["relations"]]
    read = {
        (int(row["source"]), row["kind"], int(row["target"]), row["weight"], row["place"])
        for row in rows
        if row["kind"] in {"quoted", "mentioned"}
    }
    shown = {
        (author, kind, target, 1, "topic:3")
        for author, _, found in adversarial.MARKUP
        for kind, target in found
    }
    assert read == shown


@pytest.mark.parametrize("option", [option for option in OPTIONS if option != "default"])
def test_every_option_gives_the_same_batches(
    dumps: dict[str, Path], default_reading: dict[str, Counter[Any]], option: str
) -> None:
    assert contents(read_list(dumps[option])) == default_reading


@pytest.mark.parametrize("packed", ["gzip", "zip"])
def test_packed_dumps_give_the_same_batches(
    dumps: dict[str, Path], default_reading: dict[str, Counter[Any]], packed: str, tmp_path: Path
) -> None:
    plain = dumps["default"].read_bytes()
    path = tmp_path / f"dump.sql.{'gz' if packed == 'gzip' else 'zip'}"
    if packed == "gzip":
        path.write_bytes(gzip.compress(plain, mtime=0))
    else:
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("dump.sql", plain)
    assert contents(read_list(path)) == default_reading


@pytest.mark.parametrize(
    ("options", "sign"),
    [(("--default-character-set=latin1",), "latin1"), (("--compatible=ansi",), "cp1252")],
    ids=["declared", "undeclared"],
)
def test_a_latin1_dump_is_read_as_the_server_wrote_it_and_flagged(
    forum: MariaDB, tmp_path: Path, options: tuple[str, ...], sign: str
) -> None:
    path = tmp_path / "latin1.sql"
    path.write_bytes(forum.dump(_DATABASE, *options))
    reading = read_list(path)
    read = identifiers_in(contents(reading))
    assert read == forum_truth.identifiers(forum, _DATABASE, IPS, charset="latin1")
    assert any(value == "umläut Zoë ß € ‚“" for _, _, _, value in read)
    lost = [value for _, kind, _, value in read if kind == "handle" and value.startswith("????")]
    assert lost, "the server replaces what latin1 lacks"
    assert any(sign in note for note in reading.completeness.notes)
    for table, (columns, rows) in raw_rows(path).items():
        assert Counter(rows) == Counter(forum.rows(_DATABASE, table, columns, charset="latin1")), table


def test_no_credential_is_captured(dumps: dict[str, Path]) -> None:
    reading = read_list(dumps["default"])
    values = {value for row in contents(reading)["identifiers"] for _, value in row}
    assert not any(secret in str(value) for value in values for secret in adversarial.PLANTED_SECRETS)
    kept = {column for table in reading.completeness.tables for column in table.columns_kept}
    secret_columns = {
        "members_pass_hash",
        "members_pass_salt",
        "member_login_key",
        "twitter_secret",
        "fb_token",
    }
    assert not kept & {*secret_columns, "mfa_details", "failed_logins", "twitter_token"}


def test_no_secret_is_anywhere_in_the_store(dumps: dict[str, Path], tmp_path: Path) -> None:
    with ListStore.open(tmp_path / "lists") as store:
        store.ingest(dumps["default"], passport(sha256=file_sha256(dumps["default"])))
    held = list(stored_texts(tmp_path / "lists"))
    assert any("before7@example.net" in text for text in held), "the check sees what is stored"
    secrets = [secret.casefold() for secret in adversarial.PLANTED_SECRETS]
    assert not [secret for secret in secrets for text in held if secret in text.casefold()]


def test_text_that_looks_like_a_statement_is_text(dumps: dict[str, Path]) -> None:
    accounts = {dict(row)["account_id"] for row in contents(read_list(dumps["default"]))["accounts"]}
    assert accounts == {*map(str, range(1, len(adversarial.NASTY) + 1)), str(len(adversarial.NASTY) + 40)}


@pytest.mark.parametrize("kept", [0.31, 0.62, 0.97])
def test_a_truncated_dump_says_so(dumps: dict[str, Path], kept: float, tmp_path: Path) -> None:
    plain = dumps["default"].read_bytes()
    path = tmp_path / "part.sql"
    path.write_bytes(plain[: int(len(plain) * kept)])
    reading = read_list(path)
    for _ in reading.batches():
        pass
    assert reading.completeness.ended_well is False
