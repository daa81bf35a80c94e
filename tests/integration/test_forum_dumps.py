"""Of each forum software: what a real dump gives is what MariaDB itself returns, and no secret is stored."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from tests.integration import forum_truth
from tests.integration.dumps import OPTIONS, contents, identifiers_in, relations_in, stored_texts
from tests.integration.forums.board import SECRETS, Board
from tests.integration.forums.mybb import MYBB
from tests.integration.forums.phpbb import PHPBB
from tests.integration.forums.smf import SMF
from tests.integration.forums.vbulletin import VBULLETIN
from tests.integration.forums.xenforo import XENFORO
from tests.mariadb import MariaDB
from tests.small_lists import passport

from vetting.ingestion import ListStore
from vetting.readers import read_list
from vetting.readers.files import file_sha256
from vetting.readers.inspect import inspect

pytestmark = pytest.mark.mariadb

BOARDS = {board.name: board for board in (MYBB, PHPBB, SMF, XENFORO, VBULLETIN)}
_SCHEMAS = Path(__file__).parent / "forum_schema"


@pytest.fixture(scope="module", params=BOARDS)
def board(request: pytest.FixtureRequest, mariadb: MariaDB) -> Board:
    found = BOARDS[request.param]
    mariadb.create(found.name, _SCHEMAS / f"{found.name}.sql", *found.rows())
    return found


@pytest.fixture(scope="module")
def dumps(board: Board, mariadb: MariaDB, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp(board.name)
    made = {}
    for at, (name, options) in enumerate(OPTIONS.items()):
        made[name] = folder / f"{at}.sql"
        made[name].write_bytes(mariadb.dump(board.name, *options))
    return made


@pytest.fixture(scope="module")
def read(dumps: dict[str, Path]) -> dict[str, Counter[Any]]:
    return contents(read_list(dumps["default"]))


@pytest.fixture(scope="module")
def server_identifiers(board: Board, mariadb: MariaDB) -> set[forum_truth.Identifier]:
    return forum_truth.identifiers(mariadb, board.name, board.truth)


@pytest.mark.parametrize("option", OPTIONS)
def test_every_option_gives_the_identifiers_of_the_server_and_the_same_batches(
    dumps: dict[str, Path],
    read: dict[str, Counter[Any]],
    server_identifiers: set[forum_truth.Identifier],
    option: str,
) -> None:
    reading = read_list(dumps[option])
    found = contents(reading)
    assert identifiers_in(found) == server_identifiers
    assert found == read
    assert reading.completeness.bytes_unread == 0
    assert all(table.rows_quarantined == 0 for table in reading.completeness.tables)


def test_accounts_are_those_of_the_server(
    board: Board, mariadb: MariaDB, read: dict[str, Counter[Any]]
) -> None:
    accounts = {int(row["account_id"]): row for row in map(dict, read["accounts"])}
    told = {
        int(key or b""): tuple(int(moment or b"0") or None for moment in moments)
        for key, *moments in mariadb.select(board.name, board.accounts, width=3)
    }
    found = {
        key: tuple(int(row[name].timestamp()) if row[name] else None for name in ("created_at", "last_seen"))
        for key, row in accounts.items()
    }
    assert found == told
    marked = {key: (accounts[key]["status"], list(accounts[key]["groups"])) for key in board.marked}
    assert marked == board.marked


def test_only_what_was_not_confirmed_is_called_so(board: Board, read: dict[str, Counter[Any]]) -> None:
    rows = [dict(row) for row in read["identifiers"]]
    assert {int(row["account_id"]) for row in rows if row["confirmed"] is False} == board.unconfirmed
    assert not any(row["confirmed"] for row in rows)


def test_relations_are_what_the_server_returns(
    board: Board, mariadb: MariaDB, read: dict[str, Counter[Any]]
) -> None:
    scanned = {"quoted", "mentioned"} - {kind for kind, _ in board.truth.occurrences}
    rows = [dict(row) for row in read["relations"]]
    found = relations_in(row for row in rows if row["kind"] not in scanned)
    assert len(found) == len(set(found))
    told = forum_truth.relations(mariadb, board.name, board.truth)
    mariadb.run("DROP TABLE participants", database=board.name)
    assert {kind for kind, *_ in told} == {kind for kind, _ in board.truth.occurrences}
    assert set(found) == told


def test_quotes_and_mentions_are_found_in_markup(board: Board, read: dict[str, Counter[Any]]) -> None:
    asked = {kind for kind, _ in board.truth.occurrences}
    found = {
        (int(row["source"]), row["kind"], int(row["target"]), row["place"])
        for row in map(dict, read["relations"])
        if row["kind"] in {"quoted", "mentioned"} - asked
    }
    assert found == board.quotes


def test_a_latin1_dump_is_read_as_the_server_wrote_it_and_flagged(
    board: Board, mariadb: MariaDB, tmp_path: Path
) -> None:
    path = tmp_path / "latin1.sql"
    path.write_bytes(mariadb.dump(board.name, "--default-character-set=latin1"))
    reading = read_list(path)
    found = identifiers_in(contents(reading))
    assert found == forum_truth.identifiers(mariadb, board.name, board.truth, charset="latin1")
    assert any("latin1" in note for note in reading.completeness.notes)


@pytest.mark.parametrize("option", ["default", "hexadecimal", "ansi"])
def test_inspect_names_the_forum_and_says_why(dumps: dict[str, Path], board: Board, option: str) -> None:
    found = inspect(dumps[option])
    assert found.profile == board.name
    assert any(board.name in note and "members" in note for note in found.notes)
    why = {column.why for table in found.tables for column in table.columns_dropped}
    assert {"credential", "not mapped"} <= why


def test_no_secret_is_anywhere_in_the_store(board: Board, dumps: dict[str, Path], tmp_path: Path) -> None:
    planted = dumps["default"].read_bytes().decode("latin-1")
    assert all(secret in planted for secret in SECRETS), "the dump holds what must be kept out"
    with ListStore.open(tmp_path / "lists") as store:
        report = store.ingest(dumps["default"], passport(sha256=file_sha256(dumps["default"])))
    assert report.completeness.profile == board.name
    held = list(stored_texts(tmp_path / "lists"))
    assert any("u7@example.org" in text for text in held), "the check sees what is stored"
    begun = [secret[:16].casefold() for secret in SECRETS]  # some columns are too short for the whole
    assert not [secret for secret in begun for text in held if secret in text.casefold()]
