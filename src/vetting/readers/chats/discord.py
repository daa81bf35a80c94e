"""Reads what DiscordChatExporter writes as JSON: one channel, or a part of one, a file."""

from __future__ import annotations

from datetime import UTC, datetime

from vetting.readers.archives import Member
from vetting.readers.exports.familiar import Familiar
from vetting.readers.exports.gathering import Gathering
from vetting.readers.exports.json_stream import JsonStream
from vetting.readers.exports.values import as_list

__all__ = ["read_discord"]

_EPOCH = 1_420_070_400_000  # milliseconds; Discord's ids count from the start of 2015
_ATTACHED = ("attachments", "embeds", "stickers")
_JOINED = {"RecipientAdd": "added", "RecipientRemove": "removed"}
# Id, name, discriminator, nickname, whether a bot, roles, whether the author of a message.
_Told = tuple[str, str | None, str, str | None, bool, tuple[str, ...], bool]


def read_discord(member: Member, gathered: Gathering) -> JsonStream:
    """Read one file; the stream tells afterwards whether it was whole.

    Raises:
        InputError: It is no JSON.
    """
    stream = JsonStream(member, lambda path: path in {(), ("messages",)})
    channel = _Channel(member.name, gathered)
    for path, value in stream.items():
        if path == ("messages", "*"):
            channel.message(value)
        elif path == ("channel",) and isinstance(value, dict):
            channel.id = f"discord:{value.get('id') or member.name}"
            channel.private = str(value.get("type", "")).startswith("Direct")
        elif path == ("messageCount",) and isinstance(value, int):
            gathered.counts["messages announced"] += value
    channel.people.end()
    return stream


class _Channel:
    """One channel while it is read."""

    def __init__(self, file: str, gathered: Gathering) -> None:
        self.file, self.gathered = file, gathered
        self.id, self.private = f"discord:{file}", True
        self.authors: dict[str, str] = {}  # message id -> author, for replies
        self.people: Familiar[_Told] = Familiar(self._note)

    def message(self, given: object) -> None:
        gathered, counts = self.gathered, self.gathered.counts
        record = f"{self.file}@{given.get('id') if isinstance(given, dict) else ''}"
        at = _moment(given.get("timestamp")) if isinstance(given, dict) else None
        if not isinstance(given, dict) or not (
            author := self._person(given.get("author"), record, at, wrote=True)
        ):
            counts["messages without an author"] += 1
            return
        counts["messages"] += 1
        counts["attachments"] += sum([len(as_list(given.get(name))) for name in _ATTACHED])
        wrote, where = ("messaged" if self.private else "posted_in"), (f"conversation:{self.id}", record)
        gathered.relation(wrote, author, ("conversation", self.id), at, ("", record))
        self.authors[str(given.get("id"))] = author
        for one in as_list(given.get("mentions")):
            if other := self._person(one, record, at):
                joined = _JOINED.get(str(given.get("type")), "mentioned")
                gathered.relation(joined, author, ("account", other), at, where)
        reference = given.get("reference")
        if isinstance(reference, dict) and reference.get("messageId"):
            if replied := self.authors.get(str(reference["messageId"])):
                gathered.relation("quoted", author, ("account", replied), at, where)
            else:
                counts["replies to messages that are not in the file"] += 1
        for reaction in as_list(given.get("reactions")):
            users = as_list(reaction.get("users")) if isinstance(reaction, dict) else []
            if isinstance(reaction, dict) and not users:
                counts["reactions without names"] += 1
            for one in users:
                if other := self._person(one, record, None):
                    gathered.relation("reacted", other, ("account", author), None, where)

    def _person(self, given: object, record: str, at: int | None, *, wrote: bool = False) -> str:
        if not isinstance(given, dict):
            return ""
        id_, name, nickname = given.get("id"), given.get("name"), given.get("nickname")
        if not isinstance(id_, str | int) or not (key := str(id_)).strip():
            return ""
        for other in (name, nickname):
            if other is not None and not isinstance(other, str):
                self.gathered.identifier(key, "handle", other, record)  # which counts it
        told = (
            key,
            name if isinstance(name, str) else None,
            str(given.get("discriminator") or "0"),
            nickname if isinstance(nickname, str) and nickname != name else None,
            given.get("isBot") is True,
            tuple(
                [
                    role["name"]
                    for role in as_list(given.get("roles"))
                    if isinstance(role, dict) and isinstance(role.get("name"), str)
                ]
            ),
            wrote,
        )
        return self.people.met(told, record, at)

    def _note(self, told: _Told, record: str, at: int | None) -> str:
        id_, name, number, nickname, bot, roles, wrote = told
        created = (int(id_) >> 22) + _EPOCH if id_.isdecimal() and 17 <= len(id_) <= 20 else None
        account = self.gathered.account(
            id_, record, seen=at if wrote else None, created=None if created is None else created // 1000
        )
        if bot:
            account.status = "bot"
        account.groups.update(dict.fromkeys(roles))
        note = self.gathered.identifier
        if name is not None and number.strip("0"):
            note(id_, "handle", f"{name}#{number}", record, platform="discord", role="alias", at=at)
        note(id_, "handle", name, record, platform="discord", at=at)
        note(id_, "handle", nickname, record, platform="discord", role="display", at=at)
        return id_


def _moment(given: object) -> int | None:
    try:
        moment = datetime.fromisoformat(given if isinstance(given, str) else str(given))
        return int((moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp())
    except (ValueError, OverflowError):
        return None
