"""Small dumps of single traps that the schemas dumped by MariaDB do not hold."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from vetting.errors import DumpError
from vetting.readers.forum.reading import read_forum

HEAD = "-- MariaDB dump 10.19\n/*!40101 SET NAMES utf8mb4 */;\n"
SMF = (
    "INSERT INTO `smf_members` (`id_member`,`member_name`,`real_name`,`email_address`,`date_registered`,"
    "`member_ip`,`buddy_list`) VALUES "
)
MYBB = "INSERT INTO `mybb_users` (`uid`,`username`,`email`,`regdate`,`usergroup`,`buddylist`) VALUES "
TAIL = "-- Dump completed on 2017-11-21\n"


def read(tmp_path: Path, *statements: str) -> Any:
    path = tmp_path / "dump.sql"
    path.write_text(HEAD + "".join(f"{statement};\n" for statement in statements) + TAIL)
    reading = read_forum(path)
    rows = [(batch.table, row) for batch in reading.batches() for row in batch.rows.to_pylist()]
    return rows, reading.completeness


@pytest.mark.parametrize(
    ("literal", "address"),
    [
        ("'198.18.0.1'", "198.18.0.1"),  # SMF 2.0 writes text
        ("'198.18.0.1, 198.18.0.2'", "198.18.0.1"),
        ("'2001:db8::1'", "2001:db8::1"),
        ("'::1'", "::1"),
        ("'::12'", "58.58.49.50"),  # four bytes are a packed address
        ("0xC6120001", "198.18.0.1"),
        ("_binary '9/-1'", "57.47.45.49"),
        ("0x20010DB8000000000000000000000001", "2001:db8::1"),
        ("0x00000000000000000000FFFFC6120001", "198.18.0.1"),
        ("0x00000000", None),
        ("3323068417", "198.18.0.1"),  # XenForo 1.0 writes numbers
        ("4294967296", None),
        ("0", None),
        ("''", None),
        ("NULL", None),
        ("'nowhere'", None),
    ],
)
def test_addresses_are_text_or_packed(tmp_path: Path, literal: str, address: str | None) -> None:
    rows, _ = read(tmp_path, f"{SMF}(5,'a','a','a@example.org',1,{literal},'')")
    assert [row["target"] for _, row in rows if row.get("kind") == "used_ip"] == [address] * bool(address)


def test_a_forum_with_nothing_but_its_accounts_is_read(tmp_path: Path) -> None:
    rows, completeness = read(tmp_path, f"{MYBB}(5,'a','a@example.org',1400000000,2,'6,5,0')")
    assert [(row["source"], row["target"]) for _, row in rows if row.get("kind") == "friend"] == [("5", "6")]
    assert completeness.profile == "mybb"


def test_of_two_softwares_in_one_dump_one_is_read_and_the_other_named(tmp_path: Path) -> None:
    rows, completeness = read(
        tmp_path,
        f"{MYBB}(5,'a','a@example.org',1400000000,2,'6')",
        f"{SMF}(5,'b','b','b@example.org',1,'198.18.0.1','7')",
    )
    assert {row["value"] for table, row in rows if table == "identifiers"} == {"a", "a@example.org"}
    notes = {table.name: table.note for table in completeness.tables}
    assert "members of smf, whose ids are another forum's; not read" in notes["smf_members"]


def test_a_dump_without_accounts_is_refused_with_the_profiles_that_were_tried(tmp_path: Path) -> None:
    with pytest.raises(DumpError, match=r"xenforo, vbulletin, smf, phpbb, mybb, ips4, ipb3.*--profile"):
        read(tmp_path, "INSERT INTO `phpbb_zebra` (`user_id`,`zebra_id`,`friend`,`foe`) VALUES (1,2,1,0)")
