"""Reads Telegram Desktop's result.json: a single chat, or a whole account with its contacts."""

from __future__ import annotations

from typing import Any

from vetting.readers.archives import Member
from vetting.readers.exports.familiar import Familiar
from vetting.readers.exports.gathering import Gathering
from vetting.readers.exports.json_stream import JsonStream
from vetting.readers.exports.values import as_list

__all__ = ["read_telegram"]

_CHATS = ("chats", "left_chats")
_PRIVATE = {"personal_chat", "bot_chat", "private_group", "saved_messages"}
_ACTIONS = {"invite_members": "added", "remove_members": "removed", "create_group": "added"}
_ATTACHED = frozenset({"file", "photo", "media_type"})
_JOINS = {"join_group_by_link", "join_group_by_request"}


def read_telegram(member: Member, gathered: Gathering) -> JsonStream:
    """Read one file; the stream tells afterwards whether it was whole.

    Raises:
        InputError: It is no JSON, even with its control characters repaired.
    """
    stream = JsonStream(member, _entered)
    people = _People(gathered)
    chat = _Chat(member.name, people)
    for path, value in stream.items():
        if path[-2:] == ("messages", "*"):
            chat.message(value)
        elif path[-1] in {"id", "type"} and path[:-1] in {(), *((each, "list", "*") for each in _CHATS)}:
            setattr(chat, path[-1], str(value))
        elif path == ("personal_information",) and isinstance(value, dict):
            _owner(value, people, member.name)
        elif path == ("contacts", "list", "*") and isinstance(value, dict):
            _contact(value, people, member.name)
        elif path[-1] == "" and path[:-2] in {("chats", "list"), ("left_chats", "list")}:
            chat = _Chat(member.name, people)
    people.end()
    return stream


def _entered(path: tuple[str, ...]) -> bool:
    if not path or path in {("messages",), ("contacts",), ("contacts", "list")}:
        return True
    shape = (path[0] in _CHATS, *path[1:])
    return shape in {(True,), (True, "list"), (True, "list", "*"), (True, "list", "*", "messages")}


class _Chat:
    """One chat while it is read."""

    def __init__(self, file: str, people: _People) -> None:
        self.file, self.people, self.gathered = file, people, people.gathered
        self.id = self.type = ""
        self.authors: dict[int, str] = {}  # message id -> who wrote it

    def message(self, given: object) -> None:
        gathered = self.gathered
        if not isinstance(given, dict):
            gathered.counts["messages without an author"] += 1
            return
        record = f"{self.file}/{self.id or 'chat'}@{given.get('id')}"
        at = _seconds(given.get("date_unixtime"))
        if at is None:
            gathered.counts["messages without a time that is sure"] += 1
        service = given.get("type") == "service"
        who, name = (
            (given.get("actor_id"), given.get("actor"))
            if service
            else (given.get("from_id"), given.get("from"))
        )
        author = self.people.account(who, name, record, at)
        if not author:
            gathered.counts["messages without an author"] += 1
            return
        gathered.counts["service messages" if service else "messages"] += 1
        conversation = f"telegram:{self.id or self.file}"
        where = (f"conversation:{conversation}", record)
        if service:
            self._service(given, author, at, where)
            return
        gathered.counts["attachments"] += not _ATTACHED.isdisjoint(given)
        kind = "messaged" if self.type in _PRIVATE else "posted_in"
        gathered.relation(kind, author, ("conversation", conversation), at, ("", record))
        if isinstance(given.get("id"), int):
            self.authors[given["id"]] = author
        reply = given.get("reply_to_message_id")
        if reply is not None and "reply_to_peer_id" not in given:
            if other := self.authors.get(reply if isinstance(reply, int) else -1):
                gathered.relation("quoted", author, ("account", other), at, where)
            else:
                gathered.counts["replies to messages that are not in the file"] += 1
        self._mentions(given, author, at, where)
        for reaction in as_list(given.get("reactions")):
            for one in as_list(reaction.get("recent")) if isinstance(reaction, dict) else []:
                if isinstance(one, dict) and (
                    other := self.people.account(one.get("from_id"), one.get("from"), record, None)
                ):
                    gathered.relation("reacted", other, ("account", author), None, where)

    def _mentions(self, given: dict[str, Any], author: str, at: int | None, where: tuple[str, str]) -> None:
        for entity in as_list(given.get("text_entities")) or as_list(given.get("text")):
            if not isinstance(entity, dict):
                continue
            text = entity.get("text")
            if entity.get("type") == "mention_name":
                other = self.people.account(entity.get("user_id"), None, where[1], None)
            elif entity.get("type") == "mention" and isinstance(text, str) and len(text) > 1:
                other = f"@{text.removeprefix('@').casefold()}"
                self.gathered.account(other, where[1])
                self.gathered.identifier(
                    other, "handle", text.removeprefix("@"), where[1], platform="telegram"
                )
            else:
                continue
            if other:
                self.gathered.relation("mentioned", author, ("account", other), at, where)

    def _service(self, given: dict[str, Any], author: str, at: int | None, where: tuple[str, str]) -> None:
        action = str(given.get("action"))
        if action in _JOINS:
            self.gathered.relation(
                "joined", author, ("conversation", where[0].partition(":")[2]), at, ("", where[1])
            )
        for name in as_list(given.get("members")) if action in _ACTIONS else []:
            if isinstance(name, str) and name.strip():
                other = self.people.account(None, name, where[1], None)
                self.gathered.relation(_ACTIONS[action], author, ("account", other), at, where)


class _People:
    """Whoever one file names."""

    def __init__(self, gathered: Gathering) -> None:
        self.gathered = gathered
        self._familiar: Familiar[tuple[str, str]] = Familiar(self._note)
        self.end = self._familiar.end

    def account(self, id_: object, name: object, record: str, at: int | None) -> str:
        """Id of somebody; who is named without an id is an account apart, for two people may share a name."""
        if isinstance(id_, str) and id_.strip():
            found = id_.strip()
        elif isinstance(id_, int) and not isinstance(id_, bool):
            found = f"user{id_}"
        elif isinstance(name, str) and name.strip():
            found = f"name:{name.strip()}"
            self.gathered.counts["people named without an id"] += 1
        else:
            return ""
        if name is not None and not isinstance(name, str):
            self.gathered.identifier(found, "name", name, record)  # which counts it
        return self._familiar.met((found, name if isinstance(name, str) else ""), record, at)

    def _note(self, told: tuple[str, str], record: str, at: int | None) -> str:
        account, name = told
        note = self.gathered.identifier
        self.gathered.account(account, record, seen=at)
        note(account, "name", name, record, role="display", at=at)
        if len(name.split()) == 1:  # one word is as often a handle as a name
            note(account, "handle", name.strip(), record, platform="telegram", role="display", at=at)
        return account


def _owner(given: dict[str, Any], people: _People, file: str) -> None:
    gathered = people.gathered
    record = f"{file}/personal_information"
    owner = people.account(given.get("user_id"), _full_name(given) or "owner", record, None)
    username = given.get("username")
    gathered.identifier(
        owner,
        "handle",
        username.removeprefix("@") if isinstance(username, str) else None,
        record,
        platform="telegram",
    )
    gathered.identifier(owner, "phone", given.get("phone_number"), record)


def _contact(given: dict[str, Any], people: _People, file: str) -> None:
    gathered = people.gathered
    record = f"{file}/contacts@{given.get('user_id', '')}"
    if not given.get("user_id"):  # 0: somebody in the address book who does not use Telegram
        gathered.counts["contacts without an account, left out"] += 1
        return
    account = people.account(given["user_id"], None, record, None)
    gathered.identifier(account, "name", _full_name(given), record, role="alias")
    gathered.identifier(account, "phone", given.get("phone_number"), record)


def _full_name(given: dict[str, Any]) -> str:
    return " ".join(
        one for key in ("first_name", "last_name") if isinstance(one := given.get(key), str) and one.strip()
    )


def _seconds(given: object) -> int | None:
    text = str(given)
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 12 else None
