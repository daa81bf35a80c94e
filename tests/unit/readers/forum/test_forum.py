"""Forums: two generations, every identifier and relation, and not one credential."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import Any

import pytest

from vetting.errors import DumpError
from vetting.readers import read_list
from vetting.readers.forum.reading import read_forum
from vetting.readers.inspect import inspect
from vetting.records.schemas import SCHEMAS

CORPUS = Path(__file__).parents[3] / "corpus" / "dumps"


def read(path: Path, **options: Any) -> Any:
    reading = read_list(path, **options)
    tables: dict[str, list[Any]] = {name: [] for name in SCHEMAS}
    for batch in reading.batches():
        assert batch.rows.schema == SCHEMAS[batch.table]
        tables[batch.table] += batch.rows.to_pylist()
    return tables, reading.completeness


def identifiers(tables: Any, account: str) -> Any:
    return {
        (row["kind"], row["value"], row["role"])
        for row in tables["identifiers"]
        if row["account_id"] == account and row["platform"] is None
    }


def edges(tables: Any, kind: str) -> Any:
    return {
        (row["source"], row["target"], row["weight"], row["place"])
        for row in tables["relations"]
        if row["kind"] == kind
    }


@pytest.fixture(scope="module")
def ips4() -> Any:
    return read(CORPUS / "ips4.sql")


@pytest.fixture(scope="module")
def both() -> Any:
    return read(CORPUS / "two_generations.sql")


def test_accounts(ips4: Any) -> None:
    accounts = {row["account_id"]: row for row in ips4[0]["accounts"]}
    assert set(accounts) == {"1", "2", "3", "5"}
    assert accounts["1"]["created_at"].timestamp() == 1_400_000_000
    assert accounts["1"]["last_seen"].timestamp() == 1_500_000_500
    assert accounts["1"]["groups"] == ["Members", "Old Guard", "7"]
    assert accounts["2"]["created_at"] is None
    assert [accounts[number]["status"] for number in "1235"] == [None, "validating", "banned", "validating"]


def test_identifiers(ips4: Any) -> None:
    tables, _ = ips4
    assert identifiers(tables, "1") == {
        ("handle", "vornskald_77", "current"),
        ("handle", "MossFord77", "previous"),
        ("handle", "OddMoss", "posted_as"),
        ("email", "vornskald@example.org", "current"),
        ("email", "old.moss@example.com", "previous"),
        ("date_of_birth", "1990-04-03", "current"),
        ("place", "Ashmoor", "current"),
        ("name", "Vorn & Skald", "current"),
    }
    assert identifiers(tables, "2") == {
        ("handle", "Ö. O'Fen & Co", "current"),
        ("email", "fen@example.net", "current"),
        ("date_of_birth", "--04-03", "current"),
    }
    assert ("handle", "Квилмир 🐸", "current") in identifiers(tables, "3")
    assert ("date_of_birth", "1985", "current") in identifiers(tables, "3")
    assert identifiers(tables, "5") == {("handle", "quiet_one", "current")}  # 31 February is no date
    assert [(row["value"], row["platform"]) for row in tables["identifiers"] if row["platform"]] == [
        ("quill.skype", "skype")
    ]


def test_only_a_waiting_account_has_an_unconfirmed_email(ips4: Any) -> None:
    confirmed = {row["value"]: row["confirmed"] for row in ips4[0]["identifiers"] if row["kind"] == "email"}
    assert confirmed == {
        "vornskald@example.org": None,
        "old.moss@example.com": None,
        "fen@example.net": False,
        "quill@example.com": None,
    }


def test_relations(ips4: Any) -> None:
    tables, report = ips4
    assert edges(tables, "follows") == {("1", "2", 1, None)}
    assert edges(tables, "ignores") == {("2", "3", 1, None)}
    assert edges(tables, "posted_in") == {("1", "20", 2, None), ("2", "21", 1, None)}
    assert edges(tables, "quoted") == {("1", "2", 1, "topic:20")}
    assert edges(tables, "mentioned") == {("1", "3", 1, "topic:20")}
    conversation = "conversation:10"
    assert edges(tables, "messaged") == {
        *(("1", other, 2, conversation) for other in ("2", "3", "5", "99")),
        *(("5", other, 1, conversation) for other in ("1", "2", "3", "99")),
    }
    assert {row[:2] for row in edges(tables, "used_ip")} == {
        ("1", "192.0.2.1"),
        ("2", "2001:db8::1"),
        ("2", "192.0.2.7"),
        ("5", "192.0.2.5"),
    }
    assert any("guests" in note for note in report.notes)


def test_citations_open_the_original(ips4: Any) -> None:
    content = (CORPUS / "ips4.sql").read_bytes()
    for rows in ips4[0].values():
        for row in rows:
            table, _, offset = row["record"].partition("@")
            assert content[int(offset) : int(offset) + 1] == b"("
            assert content.rindex(b"INSERT INTO `" + table.encode(), 0, int(offset)) > 0


def test_no_credential_and_no_body_in_any_batch(ips4: Any, both: Any) -> None:
    for tables, report in (ips4, both):
        everything = repr(tables) + repr(report)
        for planted in ("PLANTED", "5f4dcc3b", "BODY", "NotAName", "UNMAPPED-TEXT", "192.0.2.200"):
            assert planted not in everything
        for table in report.tables:
            assert not {
                "members_pass_hash",
                "members_pass_salt",
                "member_login_key",
                "twitter_token",
                "vid",
                "post",
            } & set(table.columns_kept)


def test_completeness(ips4: Any) -> None:
    _, report = ips4
    assert report.profile == "ips4"
    assert report.complete
    assert report.ended_well is True
    assert report.bytes_read == report.size == (CORPUS / "ips4.sql").stat().st_size
    tables = {table.name: table for table in report.tables}
    assert tables["core_members"].rows == 4
    assert {"members_pass_hash", "mfa_details", "signature"} <= set(tables["core_members"].columns_dropped)
    assert tables["core_pfields_content"].columns_dropped == ("field_2",)
    assert "not read" in tables["core_sessions"].note


def test_two_generations_feed_one_account(both: Any) -> None:
    tables, report = both
    assert report.profile == "ips4+ipb3"
    assert [row["record"].split("@")[0] for row in tables["accounts"] if row["account_id"] == "7"] == [
        "core_members",
        "orig_members",
    ]
    assert identifiers(tables, "7") == {
        ("handle", "Sedgewren", "current"),
        ("handle", "sedge_login", "previous"),
        ("handle", "ReedPipit", "previous"),
        ("email", "sedge@example.org", "current"),
        ("email", "sedge.old@example.net", "previous"),
        ("date_of_birth", "1988-12-01", "current"),
    }
    assert identifiers(tables, "8") == {
        ("handle", "gone_member", "current"),
        ("handle", "Gone <3", "display"),
        ("email", "gone@example.net", "current"),
    }
    # The same posts lie in both generations, so the larger count stands and nothing is counted twice.
    assert ("7", "3", 3, None) in edges(tables, "posted_in")
    assert edges(tables, "quoted") == {("8", "7", 1, "topic:3")}
    assert edges(tables, "friend") == {("7", "8", 1, None)}


def test_compressed_is_the_same(tmp_path: Path, ips4: Any) -> None:
    path = tmp_path / "dump.bin"
    path.write_bytes(gzip.compress((CORPUS / "ips4.sql").read_bytes()))
    assert read(path)[0] == ips4[0]


def test_completeness_comes_last_and_batches_once() -> None:
    reading = read_list(CORPUS / "ips4.sql")
    with pytest.raises(RuntimeError, match="Iterate it first"):
        _ = reading.completeness
    assert list(reading.batches())
    with pytest.raises(RuntimeError, match="once"):
        list(reading.batches())


def test_a_truncated_dump_is_never_complete(tmp_path: Path) -> None:
    content = (CORPUS / "ips4.sql").read_bytes()
    path = tmp_path / "half.sql"
    path.write_bytes(content[: content.index(b"(3,'\xd0") + 8])
    tables, report = read(path)
    assert {row["account_id"] for row in tables["accounts"]} == {"1", "2"}
    assert report.ended_well is False
    assert not report.complete
    assert report.bytes_unread == 9  # with the line end before the row


def test_a_dump_that_no_profile_knows(tmp_path: Path) -> None:
    path = tmp_path / "other.sql"
    path.write_text(
        "CREATE TABLE `wp_users` (`ID` int, `user_login` text);\nINSERT INTO `wp_users` VALUES (1,'x');\n"
    )
    with pytest.raises(DumpError, match=r"none of its 1 tables.*--profile"):
        read(path)
    assert "no table of accounts that a profile knows" in inspect(path).notes


def test_hashes_in_a_mapped_column_are_refused(tmp_path: Path) -> None:
    hashes = [f"{number:032x}" for number in range(5)]
    rows = ",".join(
        f"({number},'{text}','m{number}@example.org',1400000000)" for number, text in enumerate(hashes, 1)
    )
    path = tmp_path / "sly.sql"
    path.write_text(
        "CREATE TABLE `core_members` (`member_id` int, `name` text, `email` text, `joined` int);\n"
        f"INSERT INTO `core_members` VALUES {rows};\n"
    )
    tables, report = read(path)
    assert {row["kind"] for row in tables["identifiers"]} == {"email"}
    assert "name" in report.tables[0].columns_dropped
    assert "refused" in report.tables[0].note


def test_a_latin1_dump_is_flagged_as_lossy(tmp_path: Path) -> None:
    path = tmp_path / "latin.sql"
    path.write_bytes(
        b"-- MySQL dump 10.13\n/*!40101 SET NAMES latin1 */;\n"
        b"CREATE TABLE `core_members` (`member_id` int, `name` text, `email` text, `joined` int);\n"
        b"INSERT INTO `core_members` VALUES (1,'Zo\xeb','',1),(2,'????','',1);\n-- Dump completed\n"
    )
    tables, report = read(path)
    assert {row["value"] for row in tables["identifiers"]} == {"Zoë", "????"}
    assert any("latin1" in note and "1 values" in note for note in report.notes)


def test_quarantined_rows_are_counted(tmp_path: Path) -> None:
    path = tmp_path / "odd.sql"
    path.write_text(
        "CREATE TABLE `core_members` (`member_id` int, `name` text, `email` text, `joined` int);\n"
        "INSERT INTO `core_members` VALUES (1,'a','',1),(2,'b'),(3,'c','',1);\n"
    )
    _, report = read(path)
    assert report.rows_quarantined == 1
    assert not report.complete


def test_restricted_to_members() -> None:
    reading = read_forum(CORPUS / "ips4.sql", roles=["members"])
    kinds = {batch.table: batch.rows.num_rows for batch in reading.batches()}
    assert kinds["accounts"] == 4
    assert reading.completeness.profile == "ips4"


def test_utf16_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "powershell.sql"
    path.write_text("-- MySQL dump 10.13\nCREATE TABLE `t` (`a` int);\n", encoding="utf-16")
    with pytest.raises(DumpError, match="UTF-16"):
        read_list(path)
