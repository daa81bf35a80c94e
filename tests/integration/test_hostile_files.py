"""Each kind of bad input from file to store or to what a reviewer sees, once."""

from __future__ import annotations

import ast
import csv
import hashlib
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from tests.holdings import passport
from tests.reader_seeds import forum_dump, forum_tables

import vetting
from vetting.errors import ArchiveError, InputError
from vetting.ingestion import ListStore
from vetting.readers import read_list
from vetting.readers.files import InputFile
from vetting.reports.page import screening_html

SOURCE = Path(vetting.__file__).parent
_BIG = 9_007_199_254_740_993  # 2 ** 53 + 1, which no double holds


def rows(path: Path, table: str) -> list[dict[str, Any]]:
    return [
        row for batch in read_list(path).batches() if batch.table == table for row in batch.rows.to_pylist()
    ]


def ips4(folder: Path, changes: dict[tuple[str, str, int], str]) -> Path:
    """A dump of IPS 4 with other literals in some places."""
    path = folder / "forum.sql"
    path.write_bytes(forum_dump(forum_tables("ips4"), planted=lambda *at: changes.get(at)))
    return path


def test_a_zstandard_file_that_is_none_is_refused(tmp_path: Path) -> None:
    (tmp_path / "bomb.zst").write_bytes(b"\x28\xb5\x2f\xfd" + bytes(500))
    with pytest.raises(ArchiveError, match="damaged or cut short"):
        list(InputFile(tmp_path / "bomb.zst").chunks())
    with pytest.raises(InputError):
        list(read_list(tmp_path / "bomb.zst").batches())


def test_a_row_of_more_than_64_mib_is_refused_or_what_is_long_is_left_out_and_counted(tmp_path: Path) -> None:
    path = ips4(tmp_path, {("core_members", "name", 2): "'" + "oakmarrow" * (8 << 20) + "'"})
    assert path.stat().st_size > 64 << 20
    reading = read_list(path)
    try:
        list(reading.batches())
    except InputError as error:
        assert "oakmarrow" not in str(error)
    else:
        found = reading.completeness
        assert found.bytes_unread or "1 values were left out for their length" in found.notes


def test_a_line_of_64_mib_in_a_table_is_refused_or_left_out_and_counted(tmp_path: Path) -> None:
    path = tmp_path / "members.csv"
    path.write_text(f'id,username\n1,"{"oakmarrow" * (8 << 20)}"\n2,vornskald\n', encoding="utf-8")
    try:
        reading = read_list(path)
        found = [row for batch in reading.batches() for row in batch.rows.to_pylist()]
    except InputError as error:
        assert "oakmarrow" not in str(error)
    else:
        assert not [row for row in found if len(row.get("value") or "") > 1 << 20]
        assert reading.completeness.tables[0].rows_quarantined


@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000,
        '{"old":' * 1_000 + "1" + "}" * 1_000,
        '{"old": NaN, "new": 1e999}',
        '{"old": ' + "9" * 5000 + "}",
    ],
)
def test_json_that_is_deep_endless_or_no_number_in_a_history_is_no_name(text: str, tmp_path: Path) -> None:
    places = {("core_member_history", "log_data", row): f"'{text}'" for row in (1, 2, 3)}
    kinds = {("core_member_history", "log_type", row): "'display_name'" for row in (1, 2, 3)}
    app = {("core_member_history", "log_app", row): "'core'" for row in (1, 2, 3)}
    found = rows(ips4(tmp_path, places | kinds | app), "identifiers")
    assert any(row["value"] == "vornskald_1" for row in found)
    assert not [row for row in found if row["record"].startswith("core_member_history")]


def test_of_keys_that_come_twice_the_last_is_read_as_php_does(tmp_path: Path) -> None:
    changes = {
        ("core_member_history", "log_data", 1): '\'{"old": "harrowby", "old": "thornwick", "new": "x"}\'',
        ("core_member_history", "log_type", 1): "'display_name'",
        ("core_member_history", "log_app", 1): "'core'",
    }
    values = {
        row["value"]
        for row in rows(ips4(tmp_path, changes), "identifiers")
        if row["record"].startswith("core_member_history")
    }
    assert "thornwick" in values
    assert "harrowby" not in values


@pytest.mark.parametrize("literal", ["'NaN'", "NULL", "-1", "99999999999999999999", "1e400", "'Infinity'"])
def test_a_moment_that_is_none_is_missing(literal: str, tmp_path: Path) -> None:
    path = ips4(tmp_path, {("core_members", "joined", 1): literal})
    (account,) = (
        row for row in rows(path, "accounts") if row["account_id"] == "1" and "core_members@" in row["record"]
    )
    assert account["created_at"] is None


@pytest.mark.parametrize("text", ["NaN", "nan", "inf", "NaT", "0000-00-00", "9999-99-99"])
def test_a_date_of_birth_that_is_none_is_missing_in_a_table(text: str, tmp_path: Path) -> None:
    path = tmp_path / "members.csv"
    path.write_text(f"id,username,date of birth\n1,vornskald,{text}\n", encoding="utf-8")
    found = rows(path, "identifiers")
    assert [row["value"] for row in found if row["kind"] == "handle"] == ["vornskald"]
    assert not [row for row in found if row["kind"] == "date_of_birth"]


def test_ids_beyond_2_to_the_53_stay_apart_in_accounts_and_relations(tmp_path: Path) -> None:
    changes = {("core_members", "member_id", row): str(_BIG - 2 + row) for row in (1, 2, 3)}
    changes |= {("core_follow", "follow_member_id", row): str(_BIG - 1) for row in (1, 2, 3)}
    changes |= {("core_follow", "follow_rel_id", row): str(_BIG) for row in (1, 2, 3)}
    changes |= {("core_follow", "follow_app", row): "'core'" for row in (1, 2, 3)}
    changes |= {("core_follow", "follow_area", row): "'member'" for row in (1, 2, 3)}
    path = ips4(tmp_path, changes)
    assert {str(_BIG - 1), str(_BIG), str(_BIG + 1)} <= {row["account_id"] for row in rows(path, "accounts")}
    follows = [row for row in rows(path, "relations") if row["kind"] == "follows"]
    assert {(row["source"], row["target"]) for row in follows} == {(str(_BIG - 1), str(_BIG))}
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    with ListStore.open(tmp_path / "lists") as store:
        store.ingest(path, passport(sha256=digest))
    (held,) = (tmp_path / "lists").rglob("accounts.parquet")
    assert {str(_BIG - 1), str(_BIG), str(_BIG + 1)} <= set(pq.read_table(held)["account_id"].to_pylist())


def test_only_one_module_writes_csv_and_that_one_quotes_what_spreadsheets_compute() -> None:
    writers = {
        path.relative_to(SOURCE).as_posix()
        for path in SOURCE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute)
        and ((isinstance(node.value, ast.Name) and node.value.id == "csv" and node.attr in {"writer", "DictWriter"})
             or node.attr in {"to_csv", "write_csv"})
    }  # fmt: skip
    # What it writes is held by tests/unit/graph/test_export_i2.py.
    assert writers == {"graph/exports/i2_csv.py"}


_NAMES = ("<script>alert(1)</script>", "vorn\u202edlaks\u202c", "a\u2066b\u2069", "\x1b[2Jwiped", "x\u200by")


@pytest.fixture
def screened(tmp_path: Path) -> Any:
    """A screening in which every listed handle is hostile."""
    source = tmp_path / "members.csv"
    with source.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "username", "email"])
        writer.writerows([at, name, f"quillmere{at}@example.org"] for at, name in enumerate(_NAMES, 1))
    digest = hashlib.sha256(source.read_bytes()).hexdigest()
    applicants = [
        vetting.Applicant(
            id=f"A-{at}", names=["Maren Quillmere"], emails=[f"quillmere{at}@example.org"], handles=[name]
        )
        for at, name in enumerate(_NAMES, 1)
        if "\x1b" not in name
    ]
    with ListStore.open(tmp_path / "lists") as store:
        store.ingest(source, passport(sha256=digest))
        yield vetting.screen(applicants, store)


def test_hostile_handles_are_shown_and_do_nothing_in_terminal_and_page(screened: Any) -> None:
    assert len(screened.candidates) >= len(_NAMES) - 1
    for candidate in screened.candidates:
        text = candidate.as_text()
        assert all(letter.isprintable() or letter == "\n" for letter in text)
    shown = "".join(candidate.as_text() for candidate in screened.candidates)
    assert "<U+202E>" in shown
    page = screening_html(screened)
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page
    assert not {"\u202e", "\u2066", "\x1b", "\u200b"} & set(page)
    assert "&lt;U+202E&gt;" in page
