"""Signal, as sigtop writes it. An export needs an account: the files are written by hand here, after Signal Desktop's types."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from vetting.readers import read_list
from vetting.records.completeness import Completeness

MAREN, BOB, TILDA = (f"{n}0d70b7f-fe4a-41af-9fd5-e74268d13f6e" for n in "123")
GROUP: list[dict[str, Any]] = [
    {"id": "a", "type": "incoming", "conversationId": "g", "sent_at": 1620932400123, "source": "+447700900101", "body": "secret",
     "sourceDevice": 1},
    {"id": "b", "type": "incoming", "conversationId": "g", "sent_at": 1620932401000, "source": "+447700900101",
     "sourceServiceId": MAREN.upper(), "body": "secret", "attachments": [{}],
     "reactions": [{"emoji": "x", "fromId": "+447700900102", "timestamp": 1620932409000}, {"emoji": "x", "fromId": "local"}]},
    {"id": "c", "type": "outgoing", "conversationId": "g", "sent_at": 1620932402000, "sourceServiceId": BOB,
     "quote": {"id": 1, "authorAci": MAREN, "text": "secret"}, "bodyRanges": [{"start": 0, "mentionUuid": TILDA}, {"style": 1}]},
    {"id": "d", "type": "group-v2-change", "conversationId": "g", "sent_at": 1620932403000, "groupV2Change": {"from": BOB,
     "details": [{"type": "member-add", "aci": TILDA}, {"type": "title", "newTitle": "secret"}]}},
    {"id": "e", "type": "group-v2-change", "conversationId": "g", "sent_at": 1620932404000,
     "groupV2Change": {"from": TILDA, "details": [{"type": "member-remove", "aci": TILDA}]}},
    {"id": "f", "type": "group-v2-change", "conversationId": "g", "sent_at": 1620932404000,
     "groupV2Change": {"details": [{"type": "member-add-from-link", "uuid": MAREN}, {"type": "member-add", "aci": BOB}]}},
    {"id": "g", "type": "keychange", "conversationId": "g", "sent_at": 1620932404000},
    {"id": "h", "type": "incoming", "conversationId": "g", "body": "secret"},
]  # fmt: skip


def read(path: Path, document: object) -> tuple[dict[str, list[Any]], Completeness]:
    """Rows by table, and the report."""
    path.write_text(json.dumps(document), encoding="utf-8")
    reading = read_list(path)
    return {batch.table: batch.rows.to_pylist() for batch in reading.batches()}, reading.completeness


def test_a_group_tells_who_wrote_quoted_mentioned_reacted_joined_and_left(tmp_path: Path) -> None:
    rows, report = read(tmp_path / "Harrowby (group).json", GROUP)
    found = {(one["kind"], one["source"], one["target"], one["weight"]) for one in rows["relations"]}
    assert found == {
        ("messaged", MAREN, "signal:g", 2),  # once by number, once by id
        ("messaged", BOB, "signal:g", 1),
        ("quoted", BOB, MAREN, 1),
        ("mentioned", BOB, TILDA, 1),
        ("reacted", "+447700900102", MAREN, 1),
        ("added", BOB, TILDA, 1),
        ("left", TILDA, "signal:g", 1),
        ("joined", MAREN, "signal:g", 1),
    }
    assert {one["account_id"] for one in rows["accounts"]} == {MAREN, BOB, TILDA, "+447700900102"}
    assert {"secret", "Harrowby"} & {str(one["value"]) for one in rows["identifiers"]} == set()
    assert "secret" not in str(rows) + str(report)
    (first,) = [one for one in rows["relations"] if one["kind"] == "quoted"]
    assert (first["place"], first["record"]) == ("conversation:signal:g", "Harrowby (group).json@c")


def test_what_a_group_does_not_tell_is_counted_and_a_message_of_nobody_makes_it_incomplete(
    tmp_path: Path,
) -> None:
    _, report = read(tmp_path / "Harrowby (group).json", GROUP)
    assert set(report.notes) >= {
        "attachments: 1",
        "messages without an author: 1",
        "people whom the file names by a local id only, left out: reactions: 1",
        "changes of groups that tell of nobody by an id: 1",
        "changes of groups that do not tell who joined or left, or by whom: 1",
        "notices and stories, not read: 1",
    }
    assert report.profile == "signal"
    assert not report.complete
    _, whole = read(tmp_path / "whole (group).json", GROUP[:-1])
    assert whole.complete


def test_in_a_conversation_of_two_the_files_name_and_the_local_id_mean_the_other_one(tmp_path: Path) -> None:
    rows, report = read(tmp_path / "Maren Thornwick (+447700900101).json", [
        {"id": "a", "type": "incoming", "conversationId": "c", "sent_at": 1620932400000, "sourceServiceId": MAREN},
        {"id": "b", "type": "outgoing", "conversationId": "c", "sent_at": 1620932401000,
         "reactions": [{"emoji": "x", "fromId": "c"}]},
        {"id": "c", "type": "profile-change", "conversationId": "c", "sent_at": 1620932402000, "changedId": "c",
         "profileChange": {"type": "name", "oldName": "Vornskald", "newName": "Maren T"}},
    ])  # fmt: skip
    found = {(one["account_id"], one["kind"], one["value"], one["role"]) for one in rows["identifiers"]}
    assert found == {
        (MAREN, "phone", "+447700900101", "current"),
        (MAREN, "name", "Maren Thornwick", "alias"),
        (MAREN, "name", "Maren T", "display"),
        (MAREN, "name", "Vornskald", "previous"),
    }
    assert ("reacted", MAREN, "owner") in {(r["kind"], r["source"], r["target"]) for r in rows["relations"]}
    assert report.complete


def test_a_number_that_two_ids_had_is_neithers_and_the_name_of_a_file_is_not_given_to_somebody_else(
    tmp_path: Path,
) -> None:
    number = "+447700900101"
    rows, _ = read(tmp_path / f"Maren Thornwick ({number}).json", [
        {"id": "a", "type": "incoming", "conversationId": "c", "source": number, "sourceUuid": MAREN, "sent_at": 1},
        {"id": "b", "type": "incoming", "conversationId": "c", "source": number, "sourceUuid": BOB, "sent_at": 1},
        {"id": "c", "type": "incoming", "conversationId": "c", "source": number, "sent_at": 1},
    ])  # fmt: skip
    assert {one["source"] for one in rows["relations"]} == {MAREN, BOB, number}
    assert {one["account_id"] for one in rows["identifiers"] if one["kind"] == "name"} == {number}
    rows, _ = read(tmp_path / "Maren Thornwick (+447700900109).json", [
        {"id": "a", "type": "incoming", "conversationId": "c", "source": number, "sourceUuid": BOB, "sent_at": 1},
    ])  # fmt: skip
    assert {one["account_id"] for one in rows["identifiers"] if one["kind"] == "name"} == {"+447700900109"}
