"""Inspecting: everything counted, nothing captured, and a reason for each column that would be dropped."""

from __future__ import annotations

import hashlib
from pathlib import Path

from vetting.readers.inspect import inspect

CORPUS = Path(__file__).parents[2] / "corpus" / "dumps"


def test_an_ips4_dump() -> None:
    path = CORPUS / "ips4.sql"
    found = inspect(path)
    assert (found.format, found.container, found.writer, found.charset) == (
        "sql-dump",
        "plain",
        "mariadb-dump",
        "utf8mb4",
    )
    assert (found.profile, found.ended_well) == ("ips4", True)
    assert found.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    tables = {table.name: table for table in found.tables}
    members = tables["core_members"]
    assert (members.role, members.rows) == ("members", 4)
    assert "name" in members.columns_kept
    why = {column.name: column.why for column in members.columns_dropped}
    assert why["members_pass_hash"] == "credential"
    assert why["signature"] == "not mapped"
    assert {column.name: column.why for column in tables["forums_posts"].columns_dropped}[
        "post"
    ] == "scanned, not kept"
    assert (tables["core_sessions"].role, tables["core_sessions"].rows) == ("", 1)
    assert "vornskald" not in repr(found)


def test_two_generations() -> None:
    found = inspect(CORPUS / "two_generations.sql")
    assert found.profile == "ips4+ipb3"
    assert {table.profile for table in found.tables} == {"ips4", "ipb3"}


def test_a_table_of_members(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("id,name,email,password\n1,Sam Example,sam@example.org,PLANTED\n")
    found = inspect(path)
    assert found.format == "table"
    assert found.tables[0].rows == 1
    assert {column.name: column.why for column in found.tables[0].columns_dropped} == {
        "password": "credential"
    }
    assert "Sam" not in repr(found)


def test_what_is_only_compared_is_not_called_kept(tmp_path: Path) -> None:
    path = tmp_path / "dump.sql"
    path.write_text(
        "INSERT INTO `mybb_privatemessages` (`pmid`,`uid`,`toid`,`fromid`,`subject`,`dateline`,`message`)"
        " VALUES (1,2,2,3,'PLANTED',1,'PLANTED');\n"
    )
    (table,) = inspect(path).tables
    assert (table.profile, table.role) == ("mybb", "messages")
    why = {column.name: column.why for column in table.columns_dropped}
    assert why == {"subject": "scanned, not kept", "message": "not mapped"}


def test_a_profile_of_ones_own_is_named(tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text(
        'name = "own"\ntitle = "Our board"\n[[table]]\nrole = "people"\nsuffix = "people"\nrequires = ["pid"]\n'
        'key = "pid"\n[table.account]\ncreated_at = "since"\n'
    )
    path = tmp_path / "dump.sql"
    path.write_text("INSERT INTO `x_people` (`pid`,`since`,`nick`) VALUES (1,2,'PLANTED');\n")
    assert inspect(path).profile == ""
    found = inspect(path, profile=tmp_path / "own.toml")
    assert found.profile == "own"
    assert (
        "profile own (Our board): the name of x_people ends in 'people' and it has pid: its people"
        in found.notes
    )
