"""Reads conversations of Signal as sigtop writes them in JSON: what Signal Desktop itself keeps of each message."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from attrs import define, field

from vetting.readers.archives import Member
from vetting.readers.exports.familiar import Familiar
from vetting.readers.exports.gathering import Gathering
from vetting.readers.exports.json_stream import JsonStream
from vetting.readers.exports.values import as_list

__all__ = ["read_signal"]

_PHONE = re.compile(r"\+[1-9][0-9]{6,14}")
_SERVICE = re.compile(r"(?i)(?:PNI:)?[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_USERNAME = re.compile(r"\w{3,32}\.[0-9]{2,9}")
_FILE = re.compile(r"(?P<name>.+) \((?P<detail>[^()]+)\)\.json")
_SOURCES = ("sourceServiceId", "sourceUuid")
_JOINS = {"member-add-from-invite", "member-add-from-link", "member-add-from-admin-approval"}
_LOCAL = "people whom the file names by a local id only, left out: "


def read_signal(member: Member, gathered: Gathering) -> JsonStream:
    """Read one conversation, twice over: first for which number belongs to which id, and who the owner is.

    An account is Signal's own id of it, or its number in messages from before there were ids. A number that was
    seen with one id is that account; a number that was seen with two is an account apart.

    Raises:
        InputError: It is no JSON.
    """
    survey = _Survey(member)
    for one in _messages(_stream(member)):
        survey.note(one)
    stream = _stream(member)
    chat = _Chat(file=member.name, gathered=gathered, survey=survey)
    chat.contact()
    for number, one in enumerate(_messages(stream), 1):
        chat.message(number, one)
    chat.people.end()
    return stream


def _stream(member: Member) -> JsonStream:
    return JsonStream(member, lambda path: path == ())


def _messages(stream: JsonStream) -> Iterator[dict[str, Any]]:
    for path, value in stream.items():
        if path == ("*",):
            yield value if isinstance(value, dict) else {}


class _Survey:
    """What only the whole file tells."""

    def __init__(self, member: Member) -> None:
        self.conversation = ""  # Signal Desktop's own id, which nobody else uses
        self._services: dict[str, set[str]] = defaultdict(set)  # by number
        self._authors: set[str] = set()
        self._owners: set[str] = set()
        found = _FILE.fullmatch(member.name.rpartition("/")[2])
        self.name, self.detail = (found["name"], found["detail"]) if found else ("", "")

    def note(self, message: dict[str, Any]) -> None:
        service, phone = _given(message, *_SOURCES), _given(message, "source")
        if service and phone:
            self._services[phone].add(service)
        if not self.conversation and isinstance(message.get("conversationId"), str):
            self.conversation = message["conversationId"]
        if service or phone:
            {"incoming": self._authors, "outgoing": self._owners}.get(str(message.get("type")), set()).add(
                service or phone
            )

    def account(self, given: str) -> str:
        """Account of an id or a number."""
        services = self._services.get(given, set())
        return next(iter(services)) if len(services) == 1 else given

    @property
    def owner(self) -> str:
        """Whose copy it is; a name of our own where no message tells."""
        found = {self.account(one) for one in self._owners}
        return found.pop() if len(found) == 1 else "owner"

    @property
    def contact(self) -> str:
        """The other one, in a conversation of two; empty when it is not plain who."""
        if self.detail == "group":
            return ""
        if _SERVICE.fullmatch(self.detail):
            return self.detail.lower()
        number = self.detail if _PHONE.fullmatch(self.detail) else ""
        if self.account(number) != number:
            return self.account(number)
        found = {self.account(one) for one in self._authors}
        if len(found) != 1:
            return number
        author = found.pop()
        others = any(author in services for services in self._services.values())
        return number if number and others else author  # who is known by another number is somebody else


@define(kw_only=True)
class _Chat:
    """One conversation while it is read."""

    file: str
    gathered: Gathering
    survey: _Survey
    conversation: str = field(init=False)
    people: Familiar[tuple[str, str]] = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.people = Familiar(self._note)
        self.conversation = f"signal:{self.survey.conversation or self.file}"

    def contact(self) -> None:
        """Keep what the file's name says of the other one: sigtop puts a name and a number, username or id there."""
        name, detail, contact = self.survey.name, self.survey.detail, self.survey.contact
        known = [one for one in (_PHONE, _SERVICE, _USERNAME) if one.fullmatch(detail)]
        if not contact or not known:
            return
        self.gathered.account(contact, self.file)
        if known == [_PHONE]:
            self.gathered.identifier(contact, "phone", detail, self.file)
        elif known == [_USERNAME]:
            self.gathered.identifier(contact, "handle", detail, self.file, platform="signal")
        if name not in {detail, "Unknown"} and not _PHONE.fullmatch(name):
            self.gathered.identifier(contact, "name", name, self.file, role="alias")

    def message(self, number: int, given: dict[str, Any]) -> None:
        counts = self.gathered.counts
        record = f"{self.file}@{given.get('id') or number}"
        at = _seconds(given.get("sent_at")) or _seconds(given.get("timestamp"))
        where = (f"conversation:{self.conversation}", record)
        kind = given.get("type")
        kind = kind if kind is None or isinstance(kind, str) else str(kind)
        if kind in {"group-v2-change", "group", "profile-change"} or "group_update" in given:
            counts["service messages"] += 1
            self._service(given, at, where)
            return
        if kind not in {"incoming", "outgoing", None}:
            counts["notices and stories, not read"] += 1
            return
        author = self._account(given, at, record)
        if not author:
            counts["messages without an author"] += 1
            return
        counts["messages"] += 1
        counts["messages without a time that is sure"] += at is None
        counts["attachments"] += len(as_list(given.get("attachments")))
        self.gathered.relation("messaged", author, ("conversation", self.conversation), at, ("", record))
        quote = given.get("quote")
        if isinstance(quote, dict):
            if other := self._whom(_given(quote, "authorAci", "authorUuid", "author"), record):
                self.gathered.relation("quoted", author, ("account", other), at, where)
            else:
                counts["quotes whose author is not told"] += 1
        for one in as_list(given.get("bodyRanges")):
            if isinstance(one, dict) and (
                other := self._whom(_given(one, "mentionAci", "mentionUuid"), record)
            ):
                self.gathered.relation("mentioned", author, ("account", other), at, where)
        self._reactions(given, author, where)

    def _reactions(self, given: dict[str, Any], author: str, where: tuple[str, str]) -> None:
        for one in as_list(given.get("reactions")):
            if not isinstance(one, dict) or not one.get("emoji"):
                self.gathered.counts["reactions taken back"] += 1
            elif other := self._local(one.get("fromId"), where[1], "reactions"):
                moment = _seconds(one.get("timestamp"))
                self.gathered.relation("reacted", other, ("account", author), moment, where)

    def _service(self, given: dict[str, Any], at: int | None, where: tuple[str, str]) -> None:
        record = where[1]
        renamed, update = given.get("profileChange"), given.get("group_update")
        if isinstance(renamed, dict):
            who = self._local(given.get("changedId"), record, "changes of name")
            for name, moment in (("oldName", (at or 1) - 1), ("newName", at)) if who else ():
                self.gathered.identifier(who, "name", renamed.get(name), record, role="display", at=moment)
        if isinstance(update, dict):
            author = self._account(given, at, record)
            for one in as_list(update.get("joined")):
                if other := self._local(one, record, "who joined"):
                    self._member("member-add", author, other, at, where)
            if update.get("left") and (other := self._local(update["left"], record, "who left")):
                self._member("member-remove", other, other, at, where)
        change = given.get("groupV2Change")
        if isinstance(change, dict):
            author = self._whom(_given(change, "from"), record)
            for one in as_list(change.get("details")):
                other = self._whom(_given(one, "aci", "uuid"), record) if isinstance(one, dict) else ""
                if other:
                    self._member(str(one.get("type")), author, other, at, where)
                else:
                    self.gathered.counts["changes of groups that tell of nobody by an id"] += 1

    def _member(self, change: str, author: str, other: str, at: int | None, where: tuple[str, str]) -> None:
        alone = {"member-add": "joined", "member-remove": "left"} if author == other else {}
        towards = {"member-add": "added", "member-remove": "removed"} if author else {}
        if change in _JOINS or change in alone:
            kind = alone.get(change, "joined")
            self.gathered.relation(kind, other, ("conversation", self.conversation), at, ("", where[1]))
        elif change in towards:
            self.gathered.relation(towards[change], author, ("account", other), at, where)
        else:
            self.gathered.counts["changes of groups that do not tell who joined or left, or by whom"] += 1

    def _account(self, given: dict[str, Any], at: int | None, record: str) -> str:
        """Who wrote a message."""
        service, phone = _given(given, *_SOURCES), _given(given, "source")
        found = self.survey.account(service or phone)
        if given.get("type") == "outgoing":
            found = found or self.survey.owner
        return self.people.met((found, phone), record, at) if found else ""

    def _note(self, told: tuple[str, str], record: str, at: int | None) -> str:
        self.gathered.account(told[0], record, seen=at)
        self.gathered.identifier(told[0], "phone", told[1], record, at=at)
        return told[0]

    def _whom(self, given: str, record: str) -> str:
        """Whom an id or a number means."""
        found = self.survey.account(given)
        return (
            self.people.met((found, given if _PHONE.fullmatch(given) else ""), record, None) if found else ""
        )

    def _local(self, given: object, record: str, what: str) -> str:
        """Whom an id of Signal Desktop's own means: only the contact of a conversation of two is known by it."""
        if isinstance(given, str) and _PHONE.fullmatch(given):
            return self._whom(given, record)
        if given == "You":
            return self._whom(self.survey.owner, record)
        if given and given == self.survey.conversation and self.survey.contact:
            return self._whom(self.survey.contact, record)
        self.gathered.counts[_LOCAL + what] += 1
        return ""


def _given(given: dict[str, Any], *names: str) -> str:
    """Return the first of the keys that holds an id or a number."""
    for name in names:
        value = given.get(name)
        if isinstance(value, str) and (found := _id_or_number(value)):
            return found
    return ""


@lru_cache(maxsize=1 << 16)
def _id_or_number(text: str) -> str:
    return text.lower() if _SERVICE.fullmatch(text) or _PHONE.fullmatch(text) else ""


def _seconds(given: Any) -> int | None:
    usable = isinstance(given, int) and not isinstance(given, bool) and 0 < given < 1 << 47
    return given // 1000 if usable else None
