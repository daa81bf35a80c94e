"""Reads message threads as Facebook and Instagram export them; both write one layout, with garbled text."""

from __future__ import annotations

from typing import Any

from vetting.readers.archives import Member
from vetting.readers.exports.familiar import Familiar
from vetting.readers.exports.gathering import Gathering
from vetting.readers.exports.json_stream import JsonStream
from vetting.readers.exports.values import ungarbled

__all__ = ["read_messenger"]

_ATTACHED = ("photos", "videos", "audio_files", "files", "gifs", "sticker")


def read_messenger(member: Member, gathered: Gathering) -> JsonStream:
    """Read one file of a thread; the stream tells afterwards whether it was whole.

    People have no ids there: two of one name are one account, and a name that was changed is another.

    Raises:
        InputError: It is no JSON.
    """
    stream = JsonStream(member, lambda path: path in {(), ("participants",), ("messages",)})
    thread = f"thread:{member.name.rpartition('/')[0] or member.name}"
    people: Familiar[str] = Familiar(lambda name, record, at: _noted(name, gathered, record, at))
    for number, (path, value) in enumerate(stream.items(), 1):
        if path[-1] != "*" or not isinstance(value, dict):
            continue
        record = f"{member.name}@{number}"
        if path[0] == "participants":
            _person(value.get("name"), people, record, None)
            continue
        at = _seconds(value.get("timestamp_ms"))
        author = _person(value.get("sender_name"), people, record, at)
        if not author:
            gathered.counts["messages without an author"] += 1
            continue
        gathered.counts["messages"] += 1
        gathered.counts["attachments"] += sum([bool(value.get(key)) for key in _ATTACHED])
        gathered.relation("messaged", author, ("conversation", thread), at, ("", record))
        reactions = value.get("reactions")
        for one in reactions if isinstance(reactions, list) else []:
            if isinstance(one, dict) and (other := _person(one.get("actor"), people, record, None)):
                gathered.relation(
                    "reacted", other, ("account", author), None, (f"conversation:{thread}", record)
                )
    people.end()
    return stream


def _person(name: object, people: Familiar[str], record: str, at: int | None) -> str:
    return people.met(name, record, at) if isinstance(name, str) and name.strip() else ""


def _noted(name: str, gathered: Gathering, record: str, at: int | None) -> str:
    text = ungarbled(name).strip()
    account = f"name:{text}"
    gathered.account(account, record, seen=at)
    gathered.identifier(account, "name", text, record, role="display", at=at)
    if len(text.split()) == 1:  # one word is as often a handle as a name
        gathered.identifier(account, "handle", text, record, role="display", at=at)
    return account


def _seconds(given: Any) -> int | None:
    usable = isinstance(given, int) and not isinstance(given, bool) and 0 <= given < 1 << 47
    return given // 1000 if usable else None
