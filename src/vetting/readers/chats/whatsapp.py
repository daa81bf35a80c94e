"""Reads chats as WhatsApp exports them: the text file, as an iPhone or an Android phone writes it.

The app cannot run where this is tested: the files of the tests are written by hand, after what others' readers take.

What the text does not show, no reader can: a line that somebody pasted, which starts like a message, is taken for
one; a contact's name with a colon and a space ends there; times are those of the exporting phone, in no known zone.
"""

from __future__ import annotations

import re

from attrs import define, field, frozen

from vetting.errors import InputError
from vetting.readers.archives import Member
from vetting.readers.chats.whatsapp_lines import (
    LAYOUTS,
    DateOrder,
    Event,
    TextRead,
    epoch,
    event_in,
    plain,
    split,
)
from vetting.readers.exports.familiar import Familiar
from vetting.readers.exports.gathering import Gathering

__all__ = ["read_whatsapp"]

_PHONE = re.compile(r"(?:\+|0)[0-9 ().-]{5,24}[0-9]")
_ATTACHED = re.compile(
    r"\u200e?<[^<>:]{1,40}: [^<>]{1,255}>|<Media omitted>$|\(file attached\)$|^\u200e.{1,40} omitted$"
)
_OF_AUTHOR = re.compile(
    r"(?i)(?:this message was deleted|you deleted this message|(?:missed )?(?:voice|video) call|location:|poll:)"
)
_TOLD_APART = re.compile(r",? and |, ")
_OTHERS = re.compile(r"([0-9]{1,6}) others?")
_LINES = 1 << 24  # orders the uses of names and numbers within one minute


def read_whatsapp(member: Member, gathered: Gathering) -> TextRead:
    """Read one chat, twice over: first for what only the whole file tells, which is the order of its dates.

    A participant is a phone number, a contact's name (the word of whoever exported), or a name of the person's own
    choice (after a tilde). Two contacts of one name are one account. A number that changed to a new one is one
    account with both, unless the new one was in the chat before: then it may be somebody else's. What is said in
    other languages than English by the app itself is counted and not understood.

    Raises:
        InputError: No line starts as a message does.
    """
    conversation = _conversation(member)
    survey = _Survey(exporter=f"whatsapp:exporter:{conversation}")
    for _, line in TextRead().lines(member):
        survey.note(line)
    if not survey.layout:
        raise InputError(
            member.path,
            reason="no line starts as a message of WhatsApp does",
            remedy="Hand in the chat's text file as exported, or say with --profile what it is.",
        )
    read = TextRead()
    chat = _Chat(file=member.name, conversation=conversation, gathered=gathered, survey=survey)
    begun = False
    for number, line in read.lines(member):
        stamp = LAYOUTS[survey.layout].match(line)
        if stamp:
            begun = True
            chat.line(number, stamp)
        elif not begun and line.strip():
            gathered.counts["lines before the first message"] += 1
    chat.end()
    return read


def _conversation(member: Member) -> str:
    name = re.sub(r"(?i)\.txt$", "", member.name)
    folder, _, file = name.rpartition("/")
    if file == "_chat":  # each export has one: the folder or the archive tells which
        name = folder or (member.path.stem if member.name != member.path.name else file)
    return f"whatsapp:{name}"


def _has_attachment(text: str) -> bool:
    may = (
        "<" in text or "omitted" in text or "attached" in text
    )  # one of them is in every form; a pattern is dear
    return may and _ATTACHED.search(text) is not None


@frozen
class _Said:
    """One line: who wrote it, or what the app tells by it."""

    author: str
    text: str
    by_app: bool
    event: Event | None


def _said(layout: str, body: str) -> _Said:
    author, text = split(body)
    if author and (layout != "ios" or not text.startswith("\u200e")):
        return _Said(author, text, by_app=False, event=None)
    by_app = not author or (
        # an iPhone puts a name before the app's own words too, and a mark that nobody types before them
        layout == "ios"
        and text.startswith("\u200e")
        and not _ATTACHED.search(text)
        and not _OF_AUTHOR.match(plain(text))
    )
    return _Said(author, text, by_app, event_in(text) if by_app else None)


@define(kw_only=True)
class _Survey:
    """What the whole file tells."""

    exporter: str  # the account of whoever exported: the text calls it "You" and does not say who it is
    layout: str = ""
    order: DateOrder = field(factory=DateOrder)
    names: set[str] = field(factory=set)  # of those who wrote
    same: dict[str, str] = field(factory=dict)  # account of a new number -> of the number before
    _met: set[str] = field(factory=set, init=False)

    def note(self, line: str) -> None:
        for layout in [self.layout] if self.layout else list(LAYOUTS):
            if stamp := LAYOUTS[layout].match(line):
                self.layout = layout
                self.order.note(stamp["date"])
                self._people(_said(layout, line[stamp.end() :]))
                return

    def account(self, name: str) -> str:
        key = self._key(name)
        while key in self.same:
            key = self.same[key]
        return key

    def _key(self, name: str) -> str:
        if name in {"You", "you"}:
            return self.exporter
        if _PHONE.fullmatch(name):
            return f"whatsapp:{re.sub(r'[^0-9+]', '', name)}"
        return f"whatsapp:name:{name}"

    def _people(self, said: _Said) -> None:
        if not said.by_app and said.author not in self.names:
            self.names.add(said.author)
            self._met.add(self._key(said.author))
        event = said.event
        if event is None:
            return
        if event.kind == "changed_number" and event.whom:
            new, old = self._key(event.whom), self.account(event.who)
            if new not in self._met and new not in self.same and old != new:
                self.same[new] = old
        else:
            self._met.update(self._key(name) for name in _TOLD_APART.split(event.whom))
        self._met.add(self._key(event.who))


@define(kw_only=True)
class _Chat:
    """One chat while it is read."""

    file: str
    conversation: str
    gathered: Gathering
    survey: _Survey
    people: Familiar[tuple[str, bool]] = field(init=False)
    _not_understood: set[str] = field(factory=set, init=False)
    _met: set[str] = field(factory=set, init=False)

    def __attrs_post_init__(self) -> None:
        self.people = Familiar(self._note)

    def line(self, number: int, stamp: re.Match[str]) -> None:
        counts = self.gathered.counts
        record = f"{self.file}@{number}"
        order = self.survey.order.order
        at = epoch(stamp, order)
        if order is None:
            counts["dates whose day, month and year cannot be told apart, left out"] += 1
        elif at is None:
            counts["messages without a time that is sure"] += 1
        else:
            counts["times of the exporting phone, in no known zone, kept as if UTC"] += 1
        use = (at or 0) * _LINES + number
        said = _said(self.survey.layout, stamp.string[stamp.end() :])
        if said.event:
            counts["service messages"] += 1
            self._event(said.event, at, use, record)
        elif said.by_app:
            counts["lines of the app that tell no relation or are not understood"] += 1
            self._not_understood.update({said.author} - {""})
        else:
            counts["messages"] += 1
            counts["attachments"] += _has_attachment(said.text)
            author = self._account(said.author, at, use, record)
            self.gathered.relation("messaged", author, ("conversation", self.conversation), at, ("", record))

    def end(self) -> None:
        """Say who was named by nothing but lines that are not understood: people, or the group itself."""
        self.people.end()
        unknown = len(self._not_understood - self._met)
        self.gathered.counts["names only before lines of the app that are not understood, left out"] += (
            unknown
        )

    def _event(self, event: Event, at: int | None, use: int, record: str) -> None:
        who = self._account(event.who, at, use, record) if event.who else ""
        if event.kind in {"added", "removed"}:
            for name in self._people(event.whom):
                other = self._account(name, None, use, record)
                if who:
                    place = f"conversation:{self.conversation}"
                    self.gathered.relation(event.kind, who, ("account", other), at, (place, record))
                else:
                    self.gathered.counts[f"people {event.kind}, without saying by whom"] += 1
            return
        if event.kind == "changed_number" and event.whom:
            self.gathered.identifier(who, "phone", event.whom, record, at=use + 1)
            if self.survey.account(event.whom) != who:
                self.gathered.counts[
                    "new numbers that were in the chat before, not taken for one account"
                ] += 1
        self.gathered.relation(event.kind, who, ("conversation", self.conversation), at, ("", record))

    def _people(self, listed: str) -> list[str]:
        if listed in self.survey.names:  # a contact's name may have a comma, or "and"
            return [listed]
        found = []
        for name in _TOLD_APART.split(listed):
            if others := _OTHERS.fullmatch(name):
                self.gathered.counts["people added or removed who are not named"] += int(others[1])
            elif name.strip():
                found.append(name.strip())
        return found

    def _account(self, name: str, at: int | None, use: int, record: str) -> str:
        return self.people.met((name, at is not None), record, use)

    def _note(self, told: tuple[str, bool], record: str, use: int | None) -> str:
        name, wrote = told
        at = use // _LINES if wrote and use is not None else None
        self._met.add(name)
        account = self.survey.account(name)
        self.gathered.account(account, record, seen=at)
        if account == self.survey.exporter and name in {"You", "you"}:
            return account
        if _PHONE.fullmatch(name):
            self.gathered.identifier(account, "phone", name, record, at=use)
            return account
        own = name.removeprefix("~").strip()
        self.gathered.identifier(account, "name", own, record, role="display", at=use)
        if name.startswith("~") and len(own.split()) == 1:  # one word is as often a handle as a name
            self.gathered.identifier(
                account, "handle", own, record, platform="whatsapp", role="display", at=use
            )
        return account
