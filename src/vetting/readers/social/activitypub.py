"""Reads documents of ActivityPub: actors, and what the archive of a Mastodon account has beside one.

No server runs where this is tested: the layouts are those of the ActivityPub vocabulary, and of Mastodon's archives as
its own documentation and source describe them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from vetting.readers.archives import Member
from vetting.readers.exports.gathering import Gathering, Told
from vetting.readers.exports.json_stream import JsonStream
from vetting.readers.exports.links import links_in, text_of
from vetting.readers.exports.values import as_dict, as_seconds, as_text
from vetting.readers.social.fediverse_names import address, address_in, key_of

__all__ = ["read_activitypub"]

_ACTORS = {"Person", "Service", "Group", "Organization", "Application"}
_LISTS = {(), ("orderedItems",), ("items",)}
_ABOUT_HOLDER = {"likes.json": "reacted", "bookmarks.json": ""}


def read_activitypub(members: Sequence[Member], gathered: Gathering) -> Iterator[tuple[Member, Told]]:
    """Read all documents, actors first: likes and bookmarks of an archive do not say whose they are.

    Raises:
        InputError: A document is no JSON.
    """
    reading = _Reading(gathered)
    for member in sorted(members, key=lambda one: (not one.name.endswith("actor.json"), one.name)):
        stream = JsonStream(member, lambda path: path in _LISTS)
        root: dict[str, Any] = {}
        for number, (path, value) in enumerate(stream.items()):
            if path[-1] == "*":
                reading.item(value, member.name, number)
            elif len(path) == 1 and path != ("",):
                root[path[0]] = value
        if _is_actor(root):
            reading.actor(root, member.name)
        elif root and "Collection" not in str(root.get("type")):
            reading.item(root, member.name, 0)
        for number, document in enumerate(stream.documents(), 1):
            one = as_dict(document)
            if _is_actor(one):
                reading.actor(one, member.name)
            else:
                reading.item(one, member.name, number)
        yield member, stream
    reading.finish()


def _is_actor(given: dict[str, Any]) -> bool:
    kinds = given.get("type")
    return bool(_ACTORS & set(map(str, kinds if isinstance(kinds, list) else [kinds])))


class _Reading:
    def __init__(self, gathered: Gathering) -> None:
        self.gathered = gathered
        self.holder = ""  # of the archive: its only actor
        self.also: dict[str, dict[str, str]] = {}  # account -> what it says is its own, by key, as written
        self.alias: dict[str, str] = {}  # what an actor's id reads like -> the account that it is
        self.done: list[
            tuple[str, str, str, int | None, str]
        ] = []  # kind, by whom, towards whom, when, record

    def actor(self, given: dict[str, Any], file: str) -> None:
        """Read an actor."""
        uri, gathered = as_text(given.get("id")), self.gathered
        server = uri.split("/")[2] if uri.count("/") > 2 else ""
        own = address(given.get("webfinger"))
        if own and own.partition("@")[2] != server.lower():
            gathered.counts["addresses of another server than the actor's, not believed"] += 1
            own = ""
        own = own or address(given.get("preferredUsername"), server=server)
        account = f"fediverse:{own.lower()}" if own else key_of(uri)
        if not account:
            gathered.counts["entries without an account"] += 1
            return
        gathered.counts["accounts"] += 1
        record = f"{file}@{uri or own}"
        self.holder = account
        self.alias[key_of(uri)] = account
        gathered.account(account, record, created=as_seconds(given.get("published")))
        gathered.identifier(account, "handle", own, record, platform="fediverse")
        gathered.identifier(account, "name", text_of(given.get("name")), record, role="display")
        for one in _many(given.get("attachment")):
            about = as_dict(one)
            for link in links_in(about.get("value")) or links_in(about.get("href")):
                gathered.self_link(account, link, record)
        for link in links_in(given.get("summary")):
            gathered.self_link(account, link, record)
        gathered.self_link(account, given.get("movedTo"), record)
        for one in _many(given.get("alsoKnownAs")):
            if isinstance(one, str) and one.strip():
                self.also.setdefault(account, {})[key_of(one) or one] = one

    def item(self, given: object, file: str, number: int) -> None:
        """Read one entry of a collection, or an activity by itself."""
        record = f"{file}@{number}"
        if isinstance(given, str):
            self._reference(given, file.rpartition("/")[2], record)
            return
        about = as_dict(given)
        if _is_actor(about):
            self.actor(about, file)
            return
        note = as_dict(about.get("object")) or about
        author = key_of(about.get("actor")) or key_of(note.get("attributedTo"))
        kind = as_text(about.get("type"))
        if not author or kind not in {
            "Create",
            "Announce",
            "Note",
            "Article",
            "Question",
            "Like",
            "Follow",
            "Block",
            "Update",
        }:
            lost = "entries without an account" if not author else "activities of other kinds, not read"
            self.gathered.counts[lost] += 1
            return
        record = f"{file}@{as_text(about.get('id')) or number}"
        at = as_seconds(about.get("published") or note.get("published"))
        self.gathered.counts["activities"] += 1
        self.done.append(("", author, "", at, record))
        target = about.get("object")
        if kind in {"Follow", "Block"}:
            self._towards("follows" if kind == "Follow" else "ignores", author, key_of(target), at, record)
        elif isinstance(target, str):
            self._towards("reacted" if kind == "Like" else "quoted", author, _author_of(target), at, record)
        else:
            self._note(note, author, at, record)

    def _note(self, note: dict[str, Any], author: str, at: int | None, record: str) -> None:
        reply = note.get("inReplyTo")
        answered = _author_of(reply) if reply else ""
        if reply:
            self._towards("quoted", author, answered, at, record)
        for one in _many(note.get("tag")):
            tag = as_dict(one)
            if tag.get("type") != "Mention":
                continue
            whom = address(tag.get("name"))
            other = f"fediverse:{whom.lower()}" if whom else key_of(tag.get("href"))
            if other and whom:
                self.gathered.account(other, record)
                self.gathered.identifier(other, "handle", whom, record, platform="fediverse")
            if other != answered:
                self._towards("mentioned", author, other, at, record)

    def _reference(self, uri: str, file: str, record: str) -> None:
        kind = _ABOUT_HOLDER.get(file)
        if kind and self.holder:
            self._towards(kind, self.holder, _author_of(uri), None, record)
        else:
            self.gathered.counts["bookmarks and other references, not kept"] += 1

    def _towards(self, kind: str, author: str, other: str, at: int | None, record: str) -> None:
        if not other:
            self.gathered.counts["things done towards somebody whom the address does not tell"] += 1
            return
        self.done.append((kind, author, other, at, record))

    def finish(self) -> None:
        """Hand over what was done, by and towards the accounts that the actors' ids turned out to be.

        An account that says that it is another's too is believed where that one says the same.
        """
        for kind, author, other, at, record in self.done:
            who, whom = self.alias.get(author, author), self.alias.get(other, other)
            self.gathered.account(who, record, seen=at)
            if kind:
                self.gathered.account(whom, record)
                self.gathered.relation(kind, who, ("account", whom), at, ("", record))
        for account, others in self.also.items():
            for key, written in others.items():
                other = self.alias.get(key, key)
                back = {self.alias.get(one, one) for one in self.also.get(other, {})}
                named = other.removeprefix("fediverse:")
                link = f"@{named}" if other != key and "@" in named else written
                self.gathered.self_link(account, link, written, confirmed=True if account in back else None)


def _author_of(uri: object) -> str:
    """Whose page something is on, where the address tells."""
    found = address_in(uri)
    return f"fediverse:{found.lower()}" if found else ""


def _many(given: object) -> list[Any]:
    """A property of ActivityPub: one value, or several."""
    return [] if given is None else given if isinstance(given, list) else [given]
