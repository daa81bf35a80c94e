"""Reads what Bluesky's interface answers, and repositories of the AT protocol: accounts, and who follows and answers whom.

No server runs where this is tested: the layouts are those of the published lexicons (``app.bsky.actor.defs``,
``app.bsky.graph.*``, ``app.bsky.feed.*``, ``com.atproto.repo.listRecords``).
"""

from __future__ import annotations

import re
from typing import Any

from vetting.readers.archives import Member
from vetting.readers.exports.gathering import Gathering, Told, WasRead
from vetting.readers.exports.json_stream import JsonStream
from vetting.readers.exports.links import links_in
from vetting.readers.exports.values import as_dict, as_list, as_seconds, as_text
from vetting.readers.social.car import CutError, blocks

__all__ = ["read_bluesky", "read_bluesky_repository"]

_DID = re.compile(r"did:[a-z0-9]{2,16}:[A-Za-z0-9._:%-]{1,200}")
_LISTS = {
    (),
    ("profiles",),
    ("actors",),
    ("followers",),
    ("follows",),
    ("records",),
    ("feed",),
    ("posts",),
    ("likes",),
    ("repostedBy",),
}
_OWN_DOMAINS = (".bsky.social", ".bsky.team", ".invalid")
_RECORDS = {
    "app.bsky.graph.follow": "follows", "app.bsky.graph.block": "ignores",
    "app.bsky.feed.like": "reacted", "app.bsky.feed.repost": "quoted",
}  # fmt: skip


def read_bluesky(member: Member, gathered: Gathering) -> JsonStream:
    """Read one answer, or one a line.

    Raises:
        InputError: It is no JSON.
    """
    stream = JsonStream(member, lambda path: path in _LISTS)
    reading = _Reading(member.name, gathered)
    root: dict[str, Any] = {}
    ties: list[tuple[str, str]] = []  # whose lists come before the answer says whose they are
    for path, value in stream.entries(root):
        ties.append((path[0] if len(path) == 2 else "", reading.thing(as_dict(value))))
    reading.answer(root, ties)
    for document in stream.documents():
        answer = as_dict(document)
        ties = [
            (key, reading.thing(as_dict(one)))
            for path in sorted(_LISTS - {()})
            for key in path
            for one in as_list(answer.get(key))
        ]
        reading.answer(answer, ties)
    return stream


def read_bluesky_repository(member: Member, gathered: Gathering) -> Told:
    """Read the archive of one account's repository (CAR), twice over: first for whose it is.

    Raises:
        InputError: It is no CAR file.
    """
    told = WasRead()
    owner = ""
    try:
        for block in blocks(member):
            if block is not None and not owner and _DID.fullmatch(as_text(block.get("did"))):
                owner = as_text(block.get("did"))  # the commit
    except CutError:
        told.truncated = True
    if not owner:
        gathered.counts["repositories that do not say whose they are"] += 1
        gathered.counts["entries without an account"] += 1
        return told
    reading = _Reading(member.name, gathered)
    gathered.account(owner, member.name)
    gathered.counts["accounts"] += 1
    try:
        for number, block in enumerate(blocks(member)):
            if block is None:
                gathered.counts["blocks that cannot be read"] += 1
                gathered.counts["entries without an account"] += 1
            elif isinstance(block.get("$type"), str):
                reading.record(block, owner, f"{member.name}@{number}")
    except CutError:
        told.truncated = True
    return told


class _Reading:
    def __init__(self, file: str, gathered: Gathering) -> None:
        self.file, self.gathered = file, gathered

    def answer(self, root: dict[str, Any], ties: list[tuple[str, str]]) -> None:
        """Read what stands beside an answer's lists: one account, or whose followers they are."""
        if "did" in root:
            self.profile(root)
            return
        if "uri" in root and "value" in root:
            self.thing(root)
            return
        subject = self.profile(as_dict(root.get("subject"))) if isinstance(root.get("subject"), dict) else ""
        for key, other in ties:
            if not subject or not other or key not in {"followers", "follows"}:
                continue
            source, target = (other, subject) if key == "followers" else (subject, other)
            self.gathered.relation("follows", source, ("account", target), None, ("", f"{self.file}@{other}"))

    def thing(self, given: dict[str, Any]) -> str:
        """Read an entry of a list; return the account that it is about."""
        if "did" in given:
            return self.profile(given)
        if isinstance(given.get("post"), dict):
            by = as_dict(as_dict(given.get("reason")).get("by"))
            author = self._post(given["post"])
            if by and (other := self.profile(by)):
                self.gathered.relation("quoted", other, ("account", author), None, ("", self.file))
            return author
        if isinstance(given.get("record"), dict) and isinstance(given.get("author"), dict):
            return self._post(given)
        if isinstance(given.get("actor"), dict):
            return self.profile(given["actor"])
        owner = self._owner(given.get("uri"))
        if not owner or not isinstance(given.get("value"), dict):
            self.gathered.counts["entries without an account"] += 1
            return ""
        self.record(given["value"], owner, f"{self.file}@{as_text(given.get('uri'))}")
        return owner

    def _post(self, given: dict[str, Any]) -> str:
        author = self.profile(as_dict(given.get("author")))
        if author:
            self.record(as_dict(given.get("record")), author, f"{self.file}@{as_text(given.get('uri'))}")
        return author

    def _owner(self, uri: object) -> str:
        """Whose record an address names."""
        owner = as_text(uri).removeprefix("at://").partition("/")[0]
        if not _DID.fullmatch(owner):
            return ""
        self.gathered.account(owner, self.file)
        return owner

    def profile(self, given: dict[str, Any]) -> str:
        """Read an account."""
        account = as_text(given.get("did"))
        if not _DID.fullmatch(account):
            self.gathered.counts["entries without an account"] += 1
            return ""
        record = f"{self.file}@{account}"
        self.gathered.counts["accounts"] += 1
        self.gathered.account(account, record, created=as_seconds(given.get("createdAt")))
        handle = as_text(given.get("handle"))
        if handle and handle != "handle.invalid":
            self.gathered.identifier(account, "handle", handle, record, platform="bluesky")
            if not handle.lower().endswith(_OWN_DOMAINS) and "." in handle:
                # Whoever has a domain as a handle has shown that it is theirs; a name below one may be the server's.
                proved = True if handle.count(".") == 1 else None
                self.gathered.self_link(account, f"https://{handle}", record, confirmed=proved)
        self._described(account, given, record)
        return account

    def _described(self, account: str, given: dict[str, Any], record: str) -> None:
        self.gathered.identifier(account, "name", given.get("displayName"), record, role="display")
        for link in links_in(given.get("description")):
            self.gathered.self_link(account, link, record)

    def record(self, given: dict[str, Any], owner: str, record: str) -> None:
        """Read one record of an account's repository."""
        kind, at = as_text(given.get("$type")), as_seconds(given.get("createdAt"))
        if kind == "app.bsky.actor.profile":
            self._described(owner, given, record)
        elif kind in _RECORDS:
            subject = given.get("subject")
            other = (
                self._owner(as_dict(subject).get("uri"))
                if isinstance(subject, dict)
                else self._owner(subject)
            )
            self._towards(_RECORDS[kind], owner, other, at, record)
        elif kind == "app.bsky.feed.post":
            self.gathered.counts["posts"] += 1
            self.gathered.account(owner, record, seen=at)
            self._told(given, owner, at, record)
        elif kind:
            self.gathered.counts["records of other kinds, not read"] += 1

    def _told(self, given: dict[str, Any], owner: str, at: int | None, record: str) -> None:
        parent = as_dict(as_dict(given.get("reply")).get("parent")).get("uri")
        answered = self._owner(parent) if parent else ""
        if parent:
            self._towards("quoted", owner, answered, at, record)
        embedded = as_dict(as_dict(given.get("embed")).get("record"))
        quoted = embedded.get("uri") or as_dict(embedded.get("record")).get("uri")
        if quoted:
            self._towards("quoted", owner, self._owner(quoted), at, record)
        for facet in as_list(given.get("facets")):
            for feature in as_list(as_dict(facet).get("features")):
                about = as_dict(feature)
                if str(about.get("$type")).endswith("#mention"):
                    other = self._owner(about.get("did"))
                    if other != answered:
                        self._towards("mentioned", owner, other, at, record)

    def _towards(self, kind: str, owner: str, other: str, at: int | None, record: str) -> None:
        if other:
            self.gathered.relation(kind, owner, ("account", other), at, ("", record))
        else:
            self.gathered.counts["things done towards somebody whom the address does not tell"] += 1
