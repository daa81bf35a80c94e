"""Signal, as signal-export writes it. An export needs an account: the files are written by hand here, after its source."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

from vetting.readers import read_list

LINES = [
    {"date": "2021-05-13T21:00:00.123", "sender": "HalvardQuennell", "body": "secret", "quote": "", "sticker": None,
     "reactions": [["NotetoSelf", "x"], ["447700900102", "x"]], "attachments": [{"name": "a", "path": "media/a"}]},
    {"date": "2021-05-13T21:01:00", "sender": "Me", "body": "secret", "quote": "\n\n> secret\n", "reactions": [["None2", "x"]],
     "attachments": []},
    {"date": "1970-01-01T01:00:00", "sender": "No-Sender", "body": "secret", "quote": "", "reactions": [], "attachments": []},
]  # fmt: skip
META = {
    "name": "Harrowby runners", "exported_by": "Bob Oakmarrow", "exported_on": "2021-05-14T10:00:00",
    "members": [{"name": "Halvard Quennell", "display_name": "Quennhal", "number": "+447700900103", "other_groups": ["Choir"]},
                {"name": None, "display_name": None, "number": None, "other_groups": []}],
}  # fmt: skip


def test_messages_and_the_list_of_a_group_are_read_apart_and_the_list_is_not_complete_without_an_author(
    tmp_path: Path,
) -> None:
    with zipfile.ZipFile(tmp_path / "signal.zip", "w") as archive:
        archive.writestr("Harrowbyrunners/data.json", "\n".join(map(json.dumps, LINES)) + "\n")
        archive.writestr("Harrowbyrunners/meta.json", json.dumps(META, indent=2))
        archive.writestr("Harrowbyrunners/media/a.jpg", b"\xff\xd8")
    reading = read_list(tmp_path / "signal.zip")
    rows = {batch.table: batch.rows.to_pylist() for batch in reading.batches()}
    assert {(one["kind"], one["source"], one["target"]) for one in rows["relations"]} == {
        ("messaged", "name:HalvardQuennell", "signal:Harrowbyrunners"),
        ("messaged", "owner", "signal:Harrowbyrunners"),
        ("reacted", "owner", "name:HalvardQuennell"),
        ("reacted", "name:447700900102", "name:HalvardQuennell"),
    }
    found = {(one["account_id"], one["kind"], one["value"], one["role"]) for one in rows["identifiers"]}
    assert found == {
        ("name:HalvardQuennell", "name", "HalvardQuennell", "display"),
        ("name:HalvardQuennell", "handle", "HalvardQuennell", "display"),
        ("name:447700900102", "phone", "+447700900102", "current"),
        ("owner", "name", "Bob Oakmarrow", "display"),
        ("listed:+447700900103", "phone", "+447700900103", "current"),
        ("listed:+447700900103", "name", "Quennhal", "display"),
        ("listed:+447700900103", "handle", "Quennhal", "display"),
        ("listed:+447700900103", "name", "Halvard Quennell", "alias"),
    }
    groups = {one["account_id"]: one["groups"] for one in rows["accounts"]}
    assert groups["listed:+447700900103"] == ["Harrowby runners", "Choir"]
    assert "secret" not in str(rows)
    report = reading.completeness
    assert (report.profile, report.complete, report.rows_quarantined) == ("signal-export", False, 1)
    assert {
        "quotes whose author is not told: 1",
        "reactions without names: 1",
        "times of the exporting computer, in no known zone, kept as if UTC: 2",
        "people listed in groups without a name or number, left out: 1",
        "files of no known format, not read: 1",
    } <= set(report.notes)
