"""Threads of Facebook and Instagram. An export needs an account: the files are written by hand here."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

from vetting.readers import read_list


def test_a_zip_of_threads_gives_people_with_their_names_repaired_and_counts_what_is_no_chat(
    tmp_path: Path,
) -> None:
    garbled = "Élodie".encode().decode("latin-1")
    thread = {
        "participants": [{"name": garbled}, {"name": "Bob Quillmere"}],
        "messages": [
            {"sender_name": garbled, "timestamp_ms": 1620932400123, "content": "secret", "photos": [{}],
             "reactions": [{"actor": "Bob Quillmere"}]},
        ],
    }  # fmt: skip
    with zipfile.ZipFile(tmp_path / "export.zip", "w") as archive:
        archive.writestr("messages/inbox/a/message_1.json", json.dumps(thread))
        archive.writestr("messages/inbox/a/photos/1.jpg", b"\xff\xd8")
    reading = read_list(tmp_path / "export.zip")
    rows = {batch.table: batch.rows.to_pylist() for batch in reading.batches()}
    assert [(one["kind"], one["source"], one["target"]) for one in rows["relations"]] == [
        ("messaged", "name:Élodie", "thread:messages/inbox/a"),
        ("reacted", "name:Bob Quillmere", "name:Élodie"),
    ]
    assert "secret" not in str(rows)
    assert {"attachments: 1", "files of no known format, not read: 1"} <= set(reading.completeness.notes)
