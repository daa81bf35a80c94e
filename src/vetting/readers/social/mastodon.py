"""Reads answers of Mastodon's interface, which Gab, Truth Social and others share: accounts, and statuses with theirs.

No server runs where this is tested: the layout is that of the documented entities Account and Status.
"""

from __future__ import annotations

from typing import Any

from vetting.readers.archives import Member
from vetting.readers.exports.gathering import Gathering
from vetting.readers.exports.json_stream import JsonStream
from vetting.readers.exports.links import links_in, text_of
from vetting.readers.exports.values import as_dict, as_list, as_seconds, as_text, identity
from vetting.readers.social.fediverse_names import address, address_in

__all__ = ["read_mastodon"]

_LISTS = {(), ("accounts",), ("statuses",), ("ancestors",), ("descendants",)}


def read_mastodon(member: Member, gathered: Gathering) -> JsonStream:
    """Read one answer, or one a line; all are taken to be of one server, whose own accounts it names without it.

    Raises:
        InputError: It is no JSON.
    """
    stream = JsonStream(member, lambda path: path in _LISTS)
    reading = _Reading(member.name, gathered)
    root: dict[str, Any] = {}
    for _, value in stream.entries(root):
        reading.thing(as_dict(value))
    if "acct" in root or "account" in root:
        reading.thing(root)
    for document in stream.documents():
        answer = as_dict(document)
        listed = [one for (key,) in sorted(_LISTS - {()}) for one in as_list(answer.get(key))]
        for one in listed or (document if isinstance(document, list) else [answer]):
            reading.thing(as_dict(one))
    reading.finish()
    return stream


class _Reading:
    def __init__(self, file: str, gathered: Gathering) -> None:
        self.file, self.gathered = file, gathered
        self.local: dict[str, str] = {}  # the server's own id of an account -> account
        self.answers: list[tuple[str, str, int | None, str]] = []
        self.seen: set[str] = set()

    def thing(self, given: dict[str, Any]) -> None:
        if "acct" in given:
            self.account(given)
        elif isinstance(given.get("account"), dict):
            self.status(given)
        else:
            self.gathered.counts["entries without an account"] += 1

    def account(self, given: dict[str, Any]) -> str:
        """Read an account; return its key."""
        own = _address(given)
        if not own:
            self.gathered.counts["entries without an account"] += 1
            return ""
        account = f"fediverse:{own.lower()}"
        number = identity(given.get("id"))
        if number:
            self.local.setdefault(number, account)
        record = f"{self.file}@{number or own}"
        gathered = self.gathered
        gathered.account(
            account,
            record,
            created=as_seconds(given.get("created_at")),
            seen=as_seconds(given.get("last_status_at")),
        )
        if account in self.seen:
            return account
        self.seen.add(account)
        gathered.counts["accounts"] += 1
        if given.get("suspended") is True:
            gathered.account(account, record).status = "suspended"
        gathered.identifier(account, "handle", own, record, platform="fediverse")
        gathered.identifier(account, "name", text_of(given.get("display_name")), record, role="display")
        for one in as_list(given.get("fields")):
            about = as_dict(one)
            checked = True if as_text(about.get("verified_at")) else None
            for link in links_in(about.get("value")):
                gathered.self_link(account, link, record, confirmed=checked)
        for link in links_in(given.get("note")):
            gathered.self_link(account, link, record)
        if isinstance(given.get("moved"), dict) and (moved := _address(given["moved"])):
            gathered.self_link(account, f"@{moved}", record)
            self.account(given["moved"])
        return account

    def status(self, given: dict[str, Any]) -> str:
        """Read a status; return whose it is."""
        author = self.account(as_dict(given.get("account")))
        number = identity(given.get("id"))
        record = f"{self.file}@{number}"
        if not author or f"status {number}" in self.seen:
            return author
        self.seen.add(f"status {number}")
        self.gathered.counts["statuses"] += 1
        at = as_seconds(given.get("created_at"))
        self.gathered.account(author, record, seen=at)
        if isinstance(given.get("reblog"), dict) and (other := self.status(given["reblog"])):
            self.gathered.relation("quoted", author, ("account", other), at, ("", record))
        answered = identity(given.get("in_reply_to_account_id"))
        if answered:
            self.answers.append((author, answered, at, record))
        for one in as_list(given.get("mentions")):
            mention = as_dict(one)
            whom = _address(mention)
            if not whom:
                self.gathered.counts["people named without an address"] += 1
                continue
            other = f"fediverse:{whom.lower()}"
            self.local.setdefault(identity(mention.get("id")), other)
            self.gathered.account(other, record)
            self.gathered.identifier(other, "handle", whom, record, platform="fediverse")
            if identity(mention.get("id")) != answered:
                self.gathered.relation("mentioned", author, ("account", other), at, ("", record))
        return author

    def finish(self) -> None:
        """Find whom the server's own ids mean."""
        for author, answered, at, record in self.answers:
            if other := self.local.get(answered):
                self.gathered.relation("quoted", author, ("account", other), at, ("", record))
            else:
                self.gathered.counts["answers to accounts that are not in the file"] += 1


def _address(given: dict[str, Any]) -> str:
    """``user@server``: the server's own accounts are named without it, and their page tells."""
    acct = as_text(given.get("acct"))
    if "@" in acct:
        return address(acct)
    for key in ("url", "uri"):
        server = address_in(given.get(key)).partition("@")[2]
        if not server and "://" in as_text(given.get(key)):
            server = as_text(given.get(key)).split("/")[2]
        if found := address(acct or given.get("username"), server=server):
            return found
    return ""
