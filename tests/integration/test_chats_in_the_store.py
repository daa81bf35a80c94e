"""Chats from file to store: what is kept is read back, and no text of a message is in any file."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import numpy as np
import pytest
from tests.holdings import every_byte_and_cell, passport

from vetting.errors import InputError
from vetting.ingestion import ListStore
from vetting.readers.files import file_sha256

SECRET = "zwyntharquolle"  # in every text; no name and no id has it
MAREN, BOB = (f"{n}0d70b7f-fe4a-41af-9fd5-e74268d13f6e" for n in "12")
PEOPLE = (MAREN, BOB, "user5", "900000000000000001", "name:Bob Quillmere")
FILES = {
    "signal/Maren Thornwick (+447700900101).json": [
        {"id": "a", "type": "incoming", "conversationId": "c", "sent_at": 1620932400000, "sourceServiceId": MAREN,
         "body": f"{SECRET} one", "editHistory": [{"body": SECRET}]},
        {"id": "b", "type": "outgoing", "conversationId": "c", "sent_at": 1620932401000, "sourceServiceId": BOB,
         "body": SECRET, "quote": {"id": 1, "authorAci": MAREN, "text": SECRET}},
    ],
    "telegram/result.json": {
        "name": "x", "type": "private_supergroup", "id": 77, "messages": [
            {"id": 1, "type": "message", "date_unixtime": "1620932400", "from": "Vornskald", "from_id": "user5",
             "text": [SECRET, {"type": "bold", "text": SECRET}], "text_entities": [{"type": "plain", "text": SECRET}]}],
    },
    "discord/a.json": {
        "guild": {"id": "7", "name": "x"}, "channel": {"id": "8", "type": "GuildTextChat", "topic": SECRET}, "messages": [
            {"id": "1", "type": "Default", "timestamp": "2021-05-13T21:00:00+02:00", "content": SECRET,
             "author": {"id": "900000000000000001", "name": "oakmarrow_1"}, "embeds": [{"title": SECRET}]}],
    },
    "messages/inbox/a/message_1.json": {
        "participants": [{"name": "Bob Quillmere"}],
        "messages": [{"sender_name": "Bob Quillmere", "timestamp_ms": 1620932400123, "content": SECRET}],
    },
}  # fmt: skip


def test_a_zip_of_chats_is_read_back_from_the_store_and_no_text_is_in_any_of_its_files(
    tmp_path: Path,
) -> None:
    with zipfile.ZipFile(tmp_path / "chats.zip", "w") as archive:
        for name, document in FILES.items():
            archive.writestr(name, json.dumps(document))
    with ListStore.open(tmp_path / "store") as store:
        report = store.ingest(
            tmp_path / "chats.zip", passport(sha256=file_sha256(tmp_path / "chats.zip")), region="GB"
        )
        assert report.completeness.complete
        held = store.shard("forum-2019")
        rows = {name: held.row_of(name) for name in PEOPLE}
        values = {
            (name, item.value)
            for name, row in rows.items()
            if row is not None
            for item in held.account(row).identifiers()
        }
        relations = held.relations_at(np.arange(held.relations.num_rows))
    assert values == {
        (MAREN, "+447700900101"),
        (MAREN, "Maren Thornwick"),
        ("user5", "Vornskald"),
        ("900000000000000001", "oakmarrow_1"),
        ("name:Bob Quillmere", "Bob Quillmere"),
    }
    assert {(one.kind, one.source, one.target) for one in relations} == {
        ("messaged", MAREN, "signal:c"),
        ("messaged", BOB, "signal:c"),
        ("quoted", BOB, MAREN),
        ("posted_in", "user5", "telegram:77"),
        ("posted_in", "900000000000000001", "discord:8"),
        ("messaged", "name:Bob Quillmere", "thread:messages/inbox/a"),
    }
    (quote,) = [one for one in relations if one.kind == "quoted"]
    assert quote.record == "signal/Maren Thornwick (+447700900101).json@b"
    found = dict(every_byte_and_cell(tmp_path / "store"))
    assert any(b"oakmarrow_1" in content for content in found.values())  # what is kept is found this way
    assert [place for place, content in found.items() if SECRET.encode() in content] == []


def test_a_folder_is_refused_with_the_remedy_and_the_store_stays_empty(tmp_path: Path) -> None:
    (tmp_path / "export").mkdir()
    with ListStore.open(tmp_path / "store") as store:
        with pytest.raises(InputError, match=r"it is a folder.*Pack the folder into a zip"):
            store.ingest(tmp_path / "export", passport())
        assert store.lists() == ()
