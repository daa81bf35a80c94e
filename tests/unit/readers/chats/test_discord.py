"""DiscordChatExporter's JSON. The exporter needs an account to run: its files are written by hand here."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from vetting.readers.archives import list_members
from vetting.readers.chats.discord import read_discord
from vetting.readers.exports.gathering import Gathering

MAREN: dict[str, Any] = {
    "id": "900000000000000001",
    "name": "vornskald",
    "discriminator": "0000",
    "nickname": "Vorn",
}
OSWIN: dict[str, Any] = {
    "id": "900000000000000002",
    "name": "oswin",
    "discriminator": "4821",
    "nickname": "<b>\u202eO",
}


def message(id_: str, author: dict[str, Any], minute: int, **more: Any) -> dict[str, Any]:
    return {
        "id": id_,
        "type": "Default",
        "timestamp": f"2021-05-13T21:{minute:02}:00+02:00",
        "author": author,
    } | more


def read(
    folder: Path, messages: list[Any], kind: str = "GuildTextChat"
) -> tuple[dict[str, list[Any]], Gathering]:
    """Rows by table."""
    document = {"guild": {"id": "7"}, "channel": {"id": "8", "type": kind}, "messages": messages}
    (folder / "general.json").write_text(json.dumps(document))
    gathered = Gathering()
    (member,) = list_members(folder / "general.json")
    assert not read_discord(member, gathered).truncated
    return {batch.table: batch.rows.to_pylist() for batch in gathered.batches()}, gathered


def test_who_wrote_replied_mentioned_and_reacted_is_kept_with_its_record_and_the_text_is_not(
    tmp_path: Path,
) -> None:
    rows, gathered = read(
        tmp_path,
        [
            message("1", MAREN, 1, content="secret words", attachments=[{"id": "5"}]),
            message("2", OSWIN, 2, reference={"messageId": "1"}, mentions=[MAREN]),
            message("3", MAREN, 3, reactions=[{"users": [OSWIN]}, {"count": 2}]),
        ],
    )
    found = {
        (one["kind"], one["source"][-1], one["target"][-1], one["weight"], one["record"])
        for one in rows["relations"]
    }
    assert found == {
        ("posted_in", "1", "8", 2, "general.json@1"),
        ("posted_in", "2", "8", 1, "general.json@2"),
        ("quoted", "2", "1", 1, "general.json@2"),
        ("mentioned", "2", "1", 1, "general.json@2"),
        ("reacted", "2", "1", 1, "general.json@3"),
    }
    wrote = next(one for one in rows["relations"] if one["weight"] == 2)
    assert (wrote["first"].isoformat(), wrote["last"].minute) == ("2021-05-13T19:01:00+00:00", 3)
    assert "secret" not in str(rows)
    assert gathered.counts["attachments"] == gathered.counts["reactions without names"] == 1


def test_names_are_kept_as_written_and_an_earlier_one_is_previous(tmp_path: Path) -> None:
    rows, _ = read(
        tmp_path,
        [message("1", MAREN, 1), message("2", MAREN | {"name": "vornskald_77"}, 2), message("3", OSWIN, 3)],
    )
    assert {(one["value"], one["role"]) for one in rows["identifiers"]} == {
        ("vornskald_77", "current"),
        ("vornskald", "previous"),
        ("Vorn", "display"),
        ("oswin", "current"),
        ("oswin#4821", "alias"),
        ("<b>\u202eO", "display"),
    }


def test_a_private_channel_is_told_from_a_server_and_odd_values_are_counted(tmp_path: Path) -> None:
    odd = [message("1", {"id": (1 << 62) + 1, "name": None}, 1, timestamp=None), {"id": "2"}, 7]
    rows, gathered = read(tmp_path, odd, "DirectTextChat")
    assert [(one["kind"], one["source"], one["first"]) for one in rows["relations"]] == [
        ("messaged", str((1 << 62) + 1), None)
    ]
    assert gathered.counts["messages without an author"] == 2
