"""Chats as WhatsApp exports them. The app needs a phone and an account: the files are written by hand here."""

from __future__ import annotations

import zipfile
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given
from tests.strategies import whatsapp_chats

from vetting.errors import InputError
from vetting.readers import read_list
from vetting.readers.chats.whatsapp_lines import LAYOUTS, DateOrder, epoch
from vetting.readers.exports.reading import is_export, read_export
from vetting.records.completeness import Completeness

IOS = (
    "\ufeff[13/03/2019, 21:04:11] Harrowby: \u200eMessages and calls are end-to-end encrypted.\r\n"
    "[13/03/2019, 21:04:12] Maren: \u200eMaren created group \u201ca: b\u201d\r\n"
    "[13/03/2019, 21:05:00] \u202a+44\u00a07700\u00a0900123\u202c: secret: words\r\n"
    "Bob left\r\n"
    "[13/03/2019, 21:06:00] Tilda: Maren removed Oswin\r\n"
    "\u200e[13/03/2019, 21:07:00] Tilda: \u200eimage omitted\r\n"
    "[13/03/2019, 21:08:00] Maren: \u200eMaren added \u202a+44 7700 900124\u202c, Oswin, and 2 others\r\n"
    "[13/03/2019, 21:09:00] Harrowby: \u200eYou removed Oswin\r\n"
)
ANDROID = (
    "13/03/19, 21:04 - Messages to this group are now secured with end-to-end encryption.\n"
    '13/03/19, 21:04 - Maren created group "a: b"\n'
    "13/03/19, 21:05 - +44 7700 900123: secret: words\n"
    "Bob left\n"
    "13/03/19, 21:06 - Tilda: Maren removed Oswin\n"
    "13/03/19, 21:07 - Tilda: <Media omitted>\n"
    "13/03/19, 21:08 - Maren added +44 7700 900124, Oswin and 2 others\n"
    "13/03/19, 21:09 - You removed Oswin\n"
)


def read(path: Path, text: str, profile: str | None = None) -> tuple[dict[str, list[Any]], Completeness]:
    """Rows by table, and the report."""
    path.write_bytes(text.encode())
    reading = read_list(path, profile=profile)
    return {batch.table: batch.rows.to_pylist() for batch in reading.batches()}, reading.completeness


def told(rows: dict[str, list[Any]]) -> set[tuple[str, str, str]]:
    """Relations without the prefix of their ends."""
    return {
        (one["kind"], one["source"].removeprefix("whatsapp:"), one["target"].removeprefix("whatsapp:"))
        for one in rows["relations"]
    }


@pytest.mark.parametrize("text", [IOS, ANDROID])
def test_both_layouts_tell_who_wrote_and_who_let_whom_in_and_only_the_app_is_believed(
    tmp_path: Path, text: str
) -> None:
    rows, report = read(tmp_path / "c.txt", text)
    assert told(rows) == {
        ("joined", "name:Maren", "c"),
        ("messaged", "+447700900123", "c"),
        ("messaged", "name:Tilda", "c"),
        ("added", "name:Maren", "+447700900124"),
        ("added", "name:Maren", "name:Oswin"),
        ("removed", "exporter:whatsapp:c", "name:Oswin"),
    }
    assert {(one["kind"], one["value"], one["role"]) for one in rows["identifiers"]} == {
        ("name", "Maren", "display"),
        ("name", "Tilda", "display"),
        ("name", "Oswin", "display"),
        ("phone", "+44 7700 900123", "current"),
        ("phone", "+44 7700 900124", "current"),
    }
    assert "secret" not in str(rows)
    assert report.profile == "whatsapp"
    assert {
        "attachments: 1",
        "messages: 3",
        "people added or removed who are not named: 2",
        "lines of the app that tell no relation or are not understood: 1",
        "times of the exporting phone, in no known zone, kept as if UTC: 7",
    } <= set(report.notes)


def test_a_new_number_stays_with_its_account_unless_it_was_in_the_chat_before(tmp_path: Path) -> None:
    text = (
        "13/03/19, 21:04 - +44 7700 900100: a\n"
        "13/03/19, 21:04 - +44 7700 900100 changed to +44 7700 900101\n"
        "13/03/19, 21:04 - +44 7700 900101: b\n"
        "13/03/19, 21:05 - +44 7700 900102: c\n"
        "13/03/19, 21:06 - +44 7700 900101 changed to +44 7700 900102\n"
        "13/03/19, 21:07 - Maren changed their phone number to a new number. Tap to message or add the new number.\n"
    )
    rows, report = read(tmp_path / "c.txt", text)
    found = {(one["account_id"], one["value"][-3:], one["role"]) for one in rows["identifiers"]}
    assert found == {
        ("whatsapp:+447700900100", "100", "previous"),
        ("whatsapp:+447700900100", "101", "previous"),
        ("whatsapp:+447700900100", "102", "current"),
        ("whatsapp:+447700900102", "102", "current"),
        ("whatsapp:name:Maren", "ren", "display"),
    }
    assert {source for kind, source, _ in told(rows) if kind == "changed_number"} == {
        "+447700900100",
        "name:Maren",
    }
    assert "new numbers that were in the chat before, not taken for one account: 1" in report.notes


@pytest.mark.parametrize(
    ("line", "kind", "who"),
    [
        ("Bob joined using this group's invite link", "joined", "name:Bob"),
        ("~\u202fBob joined from the community", "joined", "name:~ Bob"),
        ("Bob left", "left", "name:Bob"),
        ("You left", "left", "exporter:whatsapp:c"),
        ("Maren removed this group's icon", None, None),
        ("Bob was added", None, None),
        ("Bob ha abandonado el grupo", None, None),
        ('Maren changed the subject from "a: b" to "c"', None, None),
    ],
)
def test_lines_of_the_app_tell_relations_or_are_counted(
    tmp_path: Path, line: str, kind: str | None, who: str | None
) -> None:
    rows, report = read(tmp_path / "c.txt", f"13/03/19, 21:04 - A: x\n13/03/19, 21:04 - {line}\n" * 2)
    assert told(rows) - {("messaged", "name:A", "c")} == ({(kind, who, "c")} if kind else set())
    counted = {"service messages: 2", "lines of the app that tell no relation or are not understood: 2"}
    assert counted & set(report.notes)


@pytest.mark.parametrize(
    ("dates", "order"),
    [
        (["12/03/2019", "13/03/2019"], "dmy"),
        (["3/12/19", "3/13/19"], "mdy"),
        (["2019-03-12"], "ymd"),
        (["12. 3. 2019", "31. 3. 2019"], "dmy"),
        (["12/03/2019", "11/03/2019"], None),
        (["13/03/2019", "03/13/2019"], None),
        (["19-03-12", "19-03-13", "19-04-14"], None),  # years may stand first
        (["13/03/2562"], None),  # another calendar
    ],
)
def test_the_order_of_dates_is_told_by_all_of_them_or_not_at_all(dates: list[str], order: str | None) -> None:
    found = DateOrder()
    for one in dates:
        found.note(one)
    assert found.order == order


def test_a_chat_whose_dates_are_ambiguous_has_none_and_says_so(tmp_path: Path) -> None:
    rows, report = read(tmp_path / "c.txt", "1/2/19, 9:04 PM - A: x\n" * 3)
    assert [(one["first"], one["weight"]) for one in rows["relations"]] == [(None, 3)]
    assert "dates whose day, month and year cannot be told apart, left out: 3" in report.notes


@pytest.mark.parametrize(
    ("time", "hour"),
    [("12:05\u202fAM", 0), ("12:05 pm", 12), ("9:05\u00a0p.\u00a0m.", 21), ("21.05", 21), ("13:05 PM", None)],
)
def test_clocks_of_twelve_hours_are_read_and_impossible_times_are_not(time: str, hour: int | None) -> None:
    stamp = LAYOUTS["android"].match(f"13.03.2019, {time} - A: x")
    assert stamp
    at = epoch(stamp, "dmy")
    assert at == (None if hour is None else datetime(2019, 3, 13, hour, 5, tzinfo=UTC).timestamp())


@given(whatsapp_chats())
def test_what_was_written_as_a_chat_comes_back_and_no_text_does(chat: dict[str, Any]) -> None:
    with TemporaryDirectory() as folder:
        rows, report = read(Path(folder) / "c.txt", chat["text"])
    expected: dict[str, list[int]] = {}
    for who, at in chat["messages"]:
        key = who.replace(" ", "") if who.startswith("+") else f"name:{who}"
        expected.setdefault(f"whatsapp:{key}", []).append(at)
    assert {
        one["source"]: (one["first"].timestamp(), one["last"].timestamp(), one["weight"])
        for one in rows["relations"]
    } == {key: (min(times), max(times), len(times)) for key, times in expected.items()}
    names = {who for who, _ in chat["messages"]}
    assert {one["value"] for one in rows["identifiers"]} == names
    assert not any(text in str(rows) for text in chat["texts"])
    assert f"messages: {len(chat['messages'])}" in report.notes


def test_a_zip_gives_the_chat_and_counts_what_lies_beside_it(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "WhatsApp Chat - a.zip", "w") as archive:
        archive.writestr("_chat.txt", IOS)
        archive.writestr("00000001-PHOTO.jpg", b"\xff\xd8")
        archive.writestr("notes.txt", "no chat\n")
    reading = read_list(tmp_path / "WhatsApp Chat - a.zip")
    rows: dict[str, list[Any]] = {batch.table: batch.rows.to_pylist() for batch in reading.batches()}
    assert ("messaged", "name:Tilda", "WhatsApp Chat - a") in told(rows)
    assert "files of no known format, not read: 2" in reading.completeness.notes


@pytest.mark.parametrize(
    "text",
    [
        "13/03/19, 21:04 - A: x\n" * 2,
        "13/03/19, 21:04 - A: x\n[13/03/19, 21:04:00] A: x\n" + "13/03/19, 21:04 - A: x\n",
        "id,text\n" + "13/03/19, 21:04 - A: x\n" * 3,
        "name,email\nA,a@example.org\n",
    ],
)
def test_a_text_that_is_not_surely_a_chat_stays_what_it_was_whatever_its_name(
    tmp_path: Path, text: str
) -> None:
    (tmp_path / "WhatsApp Chat with A.txt").write_text(text)
    assert not is_export(tmp_path / "WhatsApp Chat with A.txt")


def test_a_text_without_a_message_is_refused_when_it_is_said_to_be_a_chat(tmp_path: Path) -> None:
    (tmp_path / "c.txt").write_text("name,email\n")
    with pytest.raises(InputError, match="no line starts as a message"):
        list(read_export(tmp_path / "c.txt", profile="whatsapp").batches())
