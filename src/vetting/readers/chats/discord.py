"""Reads what DiscordChatExporter writes as JSON: one channel, or a part of one, a file."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from vetting.readers.archives import Member
from vetting.readers.exports.gathering import Gathering
from vetting.readers.exports.json_stream import JsonStream

__all__ = ["read_discord"]

_EPOCH = 1_420_070_400_000  # milliseconds; Discord's ids count from the start of 2015
_ATTACHED = ("attachments", "embeds", "stickers")


def read_discord(member: Member, gathered: Gathering) -> JsonStream:
    """Read one file; the stream tells afterwards whether it was whole.

    Raises:
        InputError: It is no JSON.
    """
    stream = JsonStream(member, lambda path: path in {(), ("messages",)})
    conversation, record, private = f"discord:{member.name}", "", True
    authors: dict[str, str] = {}  # message id -> author, for replies
    for path, value in stream.items():
        if path == ("channel",) and isinstance(value, dict):
            conversation = f"discord:{value.get('id') or member.name}"
            private = str(value.get("type", "")).startswith("Direct")
        elif path == ("messageCount",) and isinstance(value, int):
            gathered.counts["messages announced"] += value
        elif path == ("messages", "*"):
            record = f"{member.name}@{value.get('id') if isinstance(value, dict) else ''}"
            if not isinstance(value, dict) or not (
                author := _person(value.get("author"), gathered, record, value)
            ):
                gathered.counts["messages without an author"] += 1
                continue
            gathered.counts["messages"] += 1
            gathered.counts["attachments"] += sum(len(_list(value.get(name))) for name in _ATTACHED)
            at, where = _moment(value.get("timestamp")), (f"conversation:{conversation}", record)
            wrote = "messaged" if private else "posted_in"
            gathered.relation(wrote, author, ("conversation", conversation), at, ("", record))
            authors[str(value.get("id"))] = author
            for kind, other in _others(value, authors, gathered, record):
                if kind == "reacted":
                    gathered.relation(kind, other, ("account", author), None, where)
                else:
                    gathered.relation(kind, author, ("account", other), at, where)
    return stream


def _others(
    message: dict[str, Any], authors: dict[str, str], gathered: Gathering, record: str
) -> Iterator[tuple[str, str]]:
    joined = {"RecipientAdd": "added", "RecipientRemove": "removed"}.get(
        str(message.get("type")), "mentioned"
    )
    for one in _list(message.get("mentions")):
        if other := _person(one, gathered, record, message):
            yield joined, other
    reference = message.get("reference")
    if isinstance(reference, dict) and reference.get("messageId"):
        if replied := authors.get(str(reference["messageId"])):
            yield "quoted", replied
        else:
            gathered.counts["replies to messages that are not in the file"] += 1
    for reaction in _list(message.get("reactions")):
        users = _list(reaction.get("users")) if isinstance(reaction, dict) else []
        if isinstance(reaction, dict) and not users:
            gathered.counts["reactions without names"] += 1
        for one in users:
            if other := _person(one, gathered, record, {}):
                yield "reacted", other


def _person(given: object, gathered: Gathering, record: str, message: dict[str, Any]) -> str:
    if (
        not isinstance(given, dict)
        or not isinstance(given.get("id"), str | int)
        or not str(given["id"]).strip()
    ):
        return ""
    id_ = str(given["id"])
    at = _moment(message.get("timestamp"))
    wrote = given is message.get("author")
    created = (int(id_) >> 22) + _EPOCH if id_.isdecimal() and 17 <= len(id_) <= 20 else None
    account = gathered.account(
        id_, record, seen=at if wrote else None, created=None if created is None else created // 1000
    )
    if given.get("isBot") is True:
        account.status = "bot"
    for role in _list(given.get("roles")):
        if isinstance(role, dict) and isinstance(role.get("name"), str):
            account.groups[role["name"]] = None
    name, number = given.get("name"), str(given.get("discriminator") or "0")
    if isinstance(name, str) and number.strip("0"):
        gathered.identifier(
            id_, "handle", f"{name}#{number}", record, platform="discord", role="alias", at=at
        )
    gathered.identifier(id_, "handle", name, record, platform="discord", at=at)
    if given.get("nickname") != name:
        gathered.identifier(
            id_, "handle", given.get("nickname"), record, platform="discord", role="display", at=at
        )
    return id_


def _list(given: object) -> list[Any]:
    return given if isinstance(given, list) else []


def _moment(given: object) -> int | None:
    try:
        moment = datetime.fromisoformat(str(given))
        return int((moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp())
    except (ValueError, OverflowError):
        return None
