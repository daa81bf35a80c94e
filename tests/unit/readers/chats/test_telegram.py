"""Telegram Desktop's result.json. It needs an account to be made: its files are written by hand here."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from vetting.errors import InputError
from vetting.readers import read_list
from vetting.readers.exports.reading import read_export
from vetting.readers.inspect import inspect
from vetting.records.completeness import Completeness

CHAT: dict[str, Any] = {
    "name": "a chat",
    "type": "private_supergroup",
    "id": 77,
    "messages": [
        {"id": 1, "type": "message", "date_unixtime": "1620932400", "from": "Vornskald", "from_id": "user5", "text": "secret \x1b"},
        {"id": 2, "type": "message", "date_unixtime": "1620932460", "from": None, "from_id": 6, "reply_to_message_id": 1,
         "text": [{"type": "mention", "text": "@Oswin_T"}]},
        {"id": 3, "type": "service", "date_unixtime": "1620932520", "actor": "Vorn", "actor_id": "user5",
         "action": "invite_members", "members": ["Tilda Quillmere"]},
        {"id": 4, "type": "service", "date_unixtime": "NaN", "actor_id": "user6", "action": "join_group_by_link"},
    ],
}  # fmt: skip
ACCOUNT = {
    "personal_information": {"user_id": 5, "first_name": "Maren", "last_name": "Thornwick", "username": "@vorn",
                             "phone_number": "+44 7700 900123"},
    "contacts": {"about": "", "list": [{"user_id": 6, "first_name": "O", "phone_number": "+447700900124"}, {"user_id": 0}]},
    "chats": {"about": "", "list": [CHAT]},
}  # fmt: skip


def read(path: Path, document: object) -> tuple[dict[str, list[Any]], Completeness]:
    """Rows by table, and the report."""
    text = json.dumps(document).replace("\\u001b", "\\x1B")
    path.write_text(text)
    reading = read_list(path)
    return {batch.table: batch.rows.to_pylist() for batch in reading.batches()}, reading.completeness


@pytest.mark.parametrize("document", [CHAT, ACCOUNT])
def test_a_single_chat_and_a_whole_account_tell_the_same_relations(tmp_path: Path, document: object) -> None:
    rows, report = read(tmp_path / "any.name", document)
    found = {(one["kind"], one["source"], one["target"]) for one in rows["relations"]}
    assert found == {
        ("posted_in", "user5", "telegram:77"),
        ("posted_in", "user6", "telegram:77"),
        ("quoted", "user6", "user5"),
        ("mentioned", "user6", "@oswin_t"),
        ("added", "user5", "name:Tilda Quillmere"),
        ("joined", "user6", "telegram:77"),
    }
    assert "secret" not in str(rows)
    assert "repaired: 1" in report.tables[0].note
    assert report.profile == "telegram"
    assert report.complete


def test_the_owner_and_contacts_have_their_names_and_numbers_and_old_names_are_previous(
    tmp_path: Path,
) -> None:
    rows, report = read(tmp_path / "result.json", ACCOUNT)
    found = {(one["account_id"], one["kind"], one["value"], one["role"]) for one in rows["identifiers"]}
    assert found >= {
        ("user5", "handle", "vorn", "current"),
        ("user5", "phone", "+44 7700 900123", "current"),
        ("user6", "phone", "+447700900124", "current"),
        ("user5", "name", "Vorn", "display"),
        ("user5", "name", "Vornskald", "previous"),
    }
    assert "contacts without an account, left out: 1" in report.notes


def test_a_cut_file_is_not_complete_and_an_unknown_one_is_refused(tmp_path: Path) -> None:
    (tmp_path / "cut.json").write_text(json.dumps(CHAT)[:-40])
    reading = read_export(tmp_path / "cut.json")
    assert list(reading.batches())
    assert not reading.completeness.complete
    (tmp_path / "other.json").write_text('{"a": 1}')
    with pytest.raises(InputError, match="no export that is known"):
        read_export(tmp_path / "other.json")


def test_inspect_names_the_format_by_content(tmp_path: Path) -> None:
    (tmp_path / "members.csv").write_text(json.dumps(ACCOUNT))
    found = inspect(tmp_path / "members.csv")
    assert (found.format, found.profile) == ("chat", "telegram")
