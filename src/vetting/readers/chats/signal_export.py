"""Reads conversations of Signal as signal-export writes them: ``data.json``, one message a line, and ``meta.json``."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

from vetting.readers.archives import Member
from vetting.readers.exports.familiar import Familiar
from vetting.readers.exports.gathering import Gathering
from vetting.readers.exports.json_stream import JsonStream
from vetting.readers.exports.values import as_list

__all__ = ["read_signal_export"]

_OWNER = "owner"
_OWN_NAMES = {"Me", "NotetoSelf", "Note to Self"}
_NOBODY = re.compile(r"(?:No-Sender|None|unnamed)[0-9]*")  # what is written for somebody without a name
_NUMBER = re.compile(r"[1-9][0-9]{6,14}")


def read_signal_export(member: Member, gathered: Gathering) -> JsonStream:
    """Read one file: the messages of a conversation, or the list of a group.

    People have no ids there. Names are those of the exporter's address book or of the profile, without anything
    but letters and digits; a contact without a name stands there by the number. The list of a group has numbers, and
    names as written: nobody in it is taken for somebody who wrote, for two may share a name.

    Raises:
        InputError: It is no JSON.
    """
    stream = JsonStream(member, lambda _: False)
    people: Familiar[str] = Familiar(lambda name, record, at: _noted(name, gathered, record, at))
    folder = member.name.rpartition("/")[0] or member.name
    for number, one in enumerate(stream.documents(), 1):
        record = f"{member.name}@{number}"
        if not isinstance(one, dict):
            gathered.counts["messages without an author"] += 1
        elif "sender" not in one and isinstance(one.get("members"), list):
            _group(one, gathered, record)
        else:
            _message(one, gathered, people, (f"signal:{folder}", record))
    people.end()
    return stream


def _message(
    given: dict[str, Any], gathered: Gathering, people: Familiar[str], where: tuple[str, str]
) -> None:
    conversation, record = where
    counts = gathered.counts
    at = _moment(given.get("date"))
    author = _person(given.get("sender"), people, record, at)
    if not author:
        counts["messages without an author"] += 1
        return
    counts["messages"] += 1
    if at is None:
        counts["messages without a time that is sure"] += 1
    else:
        counts["times of the exporting computer, in no known zone, kept as if UTC"] += 1
    counts["attachments"] += len(as_list(given.get("attachments")))
    counts["quotes whose author is not told"] += bool(given.get("quote"))
    gathered.relation("messaged", author, ("conversation", conversation), at, ("", record))
    for one in as_list(given.get("reactions")):
        name = one[0] if isinstance(one, list) and one else None
        if other := _person(name, people, record, None):
            place = (f"conversation:{conversation}", record)
            gathered.relation("reacted", other, ("account", author), None, place)
        else:
            counts["reactions without names"] += 1


def _person(name: object, people: Familiar[str], record: str, at: int | None) -> str:
    return people.met(name, record, at) if isinstance(name, str) else ""


def _noted(name: str, gathered: Gathering, record: str, at: int | None) -> str:
    if not name.strip() or _NOBODY.fullmatch(name):
        return ""
    account = _OWNER if name in _OWN_NAMES else f"name:{name.strip()}"
    gathered.account(account, record, seen=at)
    if account == _OWNER:
        return account
    if _NUMBER.fullmatch(name):
        gathered.identifier(account, "phone", f"+{name}", record, at=at)
        return account
    _named(account, name, gathered, record, at)
    return account


def _named(account: str, name: object, gathered: Gathering, record: str, at: int | None = None) -> None:
    gathered.identifier(account, "name", name, record, role="display", at=at)
    if isinstance(name, str) and len(name.split()) == 1:  # one word is as often a handle as a name
        gathered.identifier(account, "handle", name.strip(), record, platform="signal", role="display", at=at)


def _group(given: dict[str, Any], gathered: Gathering, record: str) -> None:
    group = given.get("name")
    if isinstance(by := given.get("exported_by"), str):
        gathered.account(_OWNER, record)
        _named(_OWNER, by, gathered, record)
    for one in as_list(given["members"]):
        number, name = (one.get("number"), one.get("name")) if isinstance(one, dict) else (None, None)
        key = number or name
        if not isinstance(key, str) or not key.strip():
            gathered.counts["people listed in groups without a name or number, left out"] += 1
            continue
        gathered.counts["people listed in groups"] += 1
        account = f"listed:{key.strip()}"
        held = gathered.account(account, record)
        gathered.identifier(account, "phone", number, record)
        _named(account, one.get("display_name"), gathered, record)
        if name != number:
            gathered.identifier(account, "name", name, record, role="alias")
        for title in (group, *as_list(one.get("other_groups"))):
            if isinstance(title, str):
                held.groups[title] = None


def _moment(given: object) -> int | None:
    try:
        moment = datetime.fromisoformat(given if isinstance(given, str) else str(given))
        found = int((moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp())
    except (ValueError, OverflowError):
        return None
    return found if found > 86_400 * 2 else None  # 1970 stands for a message without a time
