"""What all exports share: why a file is taken for one, and that nothing in it is passed over in silence."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest
from tests.reader_seeds import SEEDS

from vetting.errors import InputError
from vetting.readers import read_list
from vetting.readers.archives import list_members
from vetting.readers.exports.known import EXPORT_FORMATS
from vetting.readers.exports.reading import is_export, recognised
from vetting.readers.inspect import inspect

CHATS = {"Discord": "discord", "Telegram": "telegram", "Messenger": "messenger", "Signal": "signal", "WhatsApp": "whatsapp",
         "signal-export": "signal-export"}  # fmt: skip
FINDERS = {"Maigret, JSON": "maigret", "Maigret, ndjson": "maigret", "Maigret, CSV": "maigret", "Sherlock, CSV": "sherlock", "Sherlock, text": "sherlock",
           "SpiderFoot, JSON": "spiderfoot", "SpiderFoot, CSV": "spiderfoot", "Blackbird, older": "blackbird", "Blackbird": "blackbird"}  # fmt: skip
SOCIAL = {"Reddit": "reddit", "Reddit, Zstandard": "reddit", "VK": "vk", "X archive": "twitter-archive", "Twitter 1.1": "twitter",
          "Twitter 2": "twitter-v2", "Facebook": "facebook", "Facebook, friends": "facebook", "Instagram": "instagram", "Mastodon": "mastodon", "ActivityPub": "activitypub", "ActivityPub, outbox": "activitypub",
          "Bluesky": "bluesky", "Bluesky, repository": "bluesky-repository"}  # fmt: skip
FAMILIES = [("chat", CHATS), ("social", SOCIAL), ("account-finder", FINDERS)]
NO_EXPORTS = ("dump", "CSV", "TSV", "XLSX", "Parquet", "JSON")


@pytest.mark.parametrize(
    ("family", "seed", "name"),
    [(family, seed, name) for family, seeds in FAMILIES for seed, name in seeds.items()],
)
def test_inspect_says_which_export_it_is_and_why_and_no_other_format_claims_it(
    tmp_path: Path, family: str, seed: str, name: str
) -> None:
    path = tmp_path / "any.name"
    path.write_bytes(SEEDS[seed][0])
    found = inspect(path)
    assert (found.format, found.profile, found.ended_well) == (family, name, True)
    assert found.notes[0] == f"profile {name}: {EXPORT_FORMATS[name].why}"
    (member,) = list_members(path)
    assert [one.name for one in recognised(member)] == [name]


@pytest.mark.parametrize(
    "seed",
    [seed for seed in SEEDS if seed.startswith(NO_EXPORTS)],
)
def test_no_format_of_exports_claims_what_is_none(tmp_path: Path, seed: str) -> None:
    path = tmp_path / "any.name"
    path.write_bytes(SEEDS[seed][0])
    assert not is_export(path)


def test_inspect_honours_the_profile_that_is_given_for_a_file_that_shows_none(tmp_path: Path) -> None:
    (tmp_path / "bare.json").write_text('{"messages": [{"id": 1, "from": "Vornskald", "from_id": "user5"}]}')
    with pytest.raises(InputError):
        inspect(tmp_path / "bare.json")
    found = inspect(tmp_path / "bare.json", profile="telegram")
    assert (found.format, found.profile) == ("chat", "telegram")
    assert found.notes[0] == "profile telegram: as --profile says"
    assert [table.rows for table in found.tables] == [1]


@pytest.mark.parametrize(
    "document",
    [
        {"guild": {"id": "7"}, "channel": {"id": "8"}, "messages": [{"id": "1", "content": "x"}]},
        {"name": "x", "type": "private_group", "id": 7, "messages": [{"id": 1, "type": "message", "from": None}]},
        {"participants": [{"name": "Bob Quillmere"}], "messages": [{"sender_name": "", "timestamp_ms": 1}]},
        [{"id": "a", "sent_at": 1, "sourceDevice": 1, "body": "x"}],
    ],
    ids=["Discord", "Telegram", "Messenger", "Signal"],
)  # fmt: skip
def test_a_chat_with_a_message_of_nobody_is_not_complete(tmp_path: Path, document: object) -> None:
    (tmp_path / "chat.json").write_text(json.dumps(document))
    reading = read_list(tmp_path / "chat.json")
    list(reading.batches())
    assert (reading.completeness.rows_quarantined, reading.completeness.complete) == (1, False)


def test_a_folder_is_refused_where_one_file_with_one_hash_is_needed(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"it is a folder.*into a zip"):
        inspect(tmp_path)


def test_the_report_says_how_much_was_read_in_which_encoding_and_progress_is_told(tmp_path: Path) -> None:
    content = SEEDS["Telegram"][0]
    (tmp_path / "result.json").write_bytes(content.decode().encode("utf-16"))
    told: list[tuple[int, int]] = []
    reading = read_list(tmp_path / "result.json", progress=lambda done, size: told.append((done, size)))
    list(reading.batches())
    size = (tmp_path / "result.json").stat().st_size
    found = reading.completeness
    assert (found.encoding, found.bytes_read, found.bytes_unread) == ("utf-16", size, 0)
    assert told == sorted(told)
    assert told[-1] == (size, size)


@pytest.mark.parametrize("seed", ["Signal", "Telegram"])
def test_what_is_behind_the_last_whole_value_of_a_file_cut_short_is_counted(
    tmp_path: Path, seed: str
) -> None:
    content = SEEDS[seed][0]
    at = content.rindex(b'{"id": ')
    (tmp_path / "cut.json").write_bytes(content[: at + 40])
    reading = read_list(tmp_path / "cut.json", profile=CHATS[seed])
    list(reading.batches())
    found = reading.completeness
    assert (found.bytes_read, found.bytes_unread, found.ended_well) == (at + 40, 40, False)


def test_a_zip_is_read_to_its_end_as_its_progress_says(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "chats.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a/result.json", SEEDS["Telegram"][0])
        archive.writestr("b/message_1.json", SEEDS["Messenger"][0])
    told: list[tuple[int, int]] = []
    inspect(tmp_path / "chats.zip", progress=lambda done, size: told.append((done, size)))
    size = (tmp_path / "chats.zip").stat().st_size
    assert told[-1] == (size, size)
    assert {whole for _, whole in told} == {size}
