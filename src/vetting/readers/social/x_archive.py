"""Reads the archive that X (Twitter) makes of an account for its holder: scripts with lists of JSON in them.

The platform cannot make one where this is tested: the layout is that which open programs for such archives read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from attrs import evolve

from vetting.readers.archives import Member
from vetting.readers.exports.gathering import Gathering, Told
from vetting.readers.exports.json_stream import JsonStream
from vetting.readers.exports.links import links_in
from vetting.readers.exports.values import as_dict, as_list, as_seconds, as_text, identity
from vetting.readers.social.twitter_times import created, tweeted

__all__ = ["X_ARCHIVE_MARK", "read_x_archive"]

_OWN = ("account", "profile", "ageinfo", "phone_number", "screen_name_change", "email_address_change")
_OTHERS = ("follower", "following", "block", "mute", "tweets?", "deleted_tweets?", "like", "direct_messages?", "direct_messages_group",
           "direct_message_group", "ip_audit")  # fmt: skip
X_ARCHIVE_MARK = re.compile(rf"\A\s*window\.YTD\.({'|'.join((*_OWN, *_OTHERS))})\.part\d+\s*=\s*(?=\[)")
"""What a file of the archive that is read begins with; the others are not looked into."""

_PREFIX = re.compile(rb"\A(?:\xef\xbb\xbf)?\s*window\.YTD\.(\w+)\.part\d+\s*=\s*")
_EACH = ("*",)


def read_x_archive(members: Sequence[Member], gathered: Gathering) -> Iterator[tuple[Member, Told]]:
    """Read all files of an archive, those about its holder first: the others do not say whose they are.

    Raises:
        InputError: What follows the first line's beginning is no JSON.
    """
    reading = _Archive(gathered)
    parts = sorted(members, key=lambda one: (_part(one) not in _OWN, _part(one) != "account", one.name))
    for member in parts:
        stream = JsonStream(_script(member), lambda path: not path)
        part = _part(member)
        for number, (path, value) in enumerate(stream.items()):
            if path == _EACH:
                reading.entry(part, as_dict(value), f"{member.name}@{number}")
        yield member, stream
    reading.finish(members[0].name if members else "")


def _part(member: Member) -> str:
    found = _PREFIX.match(member.head())
    return found[1].decode() if found else ""


def _script(member: Member) -> Member:
    """The file without the script around its list."""

    def chunks(size: int) -> Iterator[bytes]:
        first = True
        for chunk in member.chunks(size):
            yield _PREFIX.sub(b"", chunk, count=1) if first else chunk
            first = False

    return evolve(member, source=chunks)


class _Archive:
    """An archive while it is read; ``owner`` is its holder's account."""

    def __init__(self, gathered: Gathering) -> None:
        self.gathered = gathered
        self.owner = "twitter:owner"  # until the file about the account is read, or for good
        self.record = ""

    def entry(self, part: str, given: dict[str, Any], record: str) -> None:
        """Read one entry of a file's list."""
        readers: dict[str, Callable[[dict[str, Any], str], None]] = {
            "account": self._account, "profile": self._profile, "ageinfo": self._age, "phone_number": self._phone,
            "screen_name_change": self._renamed, "email_address_change": self._moved, "follower": self._follower,
            "following": self._following, "block": self._blocked, "mute": self._blocked, "like": self._like,
            "ip_audit": self._address, "tweet": self._tweet, "tweets": self._tweet, "deleted_tweet": self._tweet, "deleted_tweets": self._tweet,
        }  # fmt: skip
        readers.get(part, self._conversation)(given, record)

    def finish(self, record: str) -> None:
        """Note the holder, of whom nothing else may have been there."""
        self.gathered.account(self.owner, self.record or record)
        self.gathered.counts["accounts"] += 1

    def _account(self, given: dict[str, Any], record: str) -> None:
        about = as_dict(given.get("account"))
        number = identity(about.get("accountId"))
        if number:
            self.owner = f"twitter:{number}"
        self.record = record
        self.gathered.account(
            self.owner, record, created=as_seconds(about.get("createdAt")) or created(number)
        )
        self._own("handle", about.get("username"), record, platform="twitter")
        self._own("name", about.get("accountDisplayName"), record, role="display")
        self._own("email", about.get("email"), record)
        self._own("phone", about.get("phoneNumber"), record)

    def _own(self, kind: str, value: object, record: str, **about: Any) -> None:
        self.gathered.identifier(self.owner, kind, value, record, **about)

    def _profile(self, given: dict[str, Any], record: str) -> None:
        about = as_dict(as_dict(given.get("profile")).get("description"))
        self._own("place", about.get("location"), record)
        for link in (as_text(about.get("website")), *links_in(about.get("bio"))):
            self.gathered.self_link(self.owner, link, record)

    def _age(self, given: dict[str, Any], record: str) -> None:
        about = as_dict(as_dict(given.get("ageMeta")).get("ageInfo"))
        self._own("date_of_birth", about.get("birthDate"), record)

    def _phone(self, given: dict[str, Any], record: str) -> None:
        self._own("phone", as_dict(given.get("device")).get("phoneNumber"), record)

    def _renamed(self, given: dict[str, Any], record: str) -> None:
        change = as_dict(as_dict(given.get("screenNameChange")).get("screenNameChange"))
        self._own("handle", change.get("changedFrom"), record, platform="twitter", role="previous")

    def _moved(self, given: dict[str, Any], record: str) -> None:
        change = as_dict(as_dict(given.get("emailAddressChange")).get("emailChange"))
        self._own("email", change.get("changedFrom"), record, role="previous")

    def _other(self, number: object, record: str) -> str:
        found = identity(number)
        if not found or found in {"0", "-1"}:
            return ""
        account = f"twitter:{found}"
        self.gathered.account(account, record, created=created(found))
        return account

    def _tied(self, given: dict[str, Any], key: str, record: str) -> str:
        other = self._other(as_dict(given.get(key)).get("accountId"), record)
        if not other:
            self.gathered.counts["entries without an account"] += 1
        return other

    def _follower(self, given: dict[str, Any], record: str) -> None:
        if other := self._tied(given, "follower", record):
            self.gathered.relation("follows", other, ("account", self.owner), None, ("", record))

    def _following(self, given: dict[str, Any], record: str) -> None:
        if other := self._tied(given, "following", record):
            self.gathered.relation("follows", self.owner, ("account", other), None, ("", record))

    def _blocked(self, given: dict[str, Any], record: str) -> None:
        if other := self._tied(given, "blocking" if "blocking" in given else "muting", record):
            self.gathered.relation("ignores", self.owner, ("account", other), None, ("", record))

    def _like(self, _given: dict[str, Any], _record: str) -> None:
        self.gathered.counts["likes, which do not say whose tweet it was"] += 1

    def _address(self, given: dict[str, Any], record: str) -> None:
        about = as_dict(given.get("ipAudit"))
        if address := as_text(about.get("loginIp")):
            at = as_seconds(about.get("createdAt"))
            self.gathered.relation("used_ip", self.owner, ("ip", address), at, ("", record))

    def _tweet(self, given: dict[str, Any], record: str) -> None:
        about = as_dict(given.get("tweet", given))
        self.gathered.counts["tweets"] += 1
        if number := identity(about.get("id_str") or about.get("id")):
            record = f"{record.partition('@')[0]}@{number}"
        at = tweeted(about.get("created_at"))
        self.gathered.account(self.owner, record, seen=at)
        answered = self._other(
            about.get("in_reply_to_user_id_str") or about.get("in_reply_to_user_id"), record
        )
        if answered:
            self._named(answered, about.get("in_reply_to_screen_name"), None, record)
            self.gathered.relation("quoted", self.owner, ("account", answered), at, ("", record))
        repeats = as_text(about.get("full_text")).startswith("RT @")
        for place, one in enumerate(as_list(as_dict(about.get("entities")).get("user_mentions"))):
            mention = as_dict(one)
            other = self._other(mention.get("id_str"), record)
            if not other:
                self.gathered.counts["people named without an id"] += 1
                continue
            self._named(other, mention.get("screen_name"), mention.get("name"), record)
            if other != answered:
                kind = "quoted" if repeats and not place else "mentioned"
                self.gathered.relation(kind, self.owner, ("account", other), at, ("", record))

    def _named(self, account: str, handle: object, name: object, record: str) -> None:
        self.gathered.identifier(account, "handle", handle, record, platform="twitter")
        self.gathered.identifier(account, "name", name, record, role="display")

    def _conversation(self, given: dict[str, Any], record: str) -> None:
        about = as_dict(given.get("dmConversation"))
        conversation = f"twitter:{identity(about.get('conversationId')) or record}"
        for one in as_list(about.get("messages")):
            for kind, event in as_dict(one).items():
                self._event(kind, as_dict(event), conversation, record)

    def _event(self, kind: str, event: dict[str, Any], conversation: str, record: str) -> None:
        at, counts = as_seconds(event.get("createdAt")), self.gathered.counts
        where = (f"conversation:{conversation}", record)
        if kind == "messageCreate":
            author = self._other(event.get("senderId"), record)
            if not author:
                counts["entries without an account"] += 1
                return
            counts["direct messages"] += 1
            self.gathered.account(author, record, seen=at)
            recipient = self._other(event.get("recipientId"), record)
            if recipient:
                self.gathered.relation("messaged", author, ("account", recipient), at, where)
            else:  # in a group
                self.gathered.relation("messaged", author, ("conversation", conversation), at, ("", record))
            for given in as_list(event.get("reactions")):
                if other := self._other(as_dict(given).get("senderId"), record):
                    self.gathered.relation("reacted", other, ("account", author), None, where)
        elif kind in {"participantsJoin", "participantsLeave"}:
            by = self._other(event.get("initiatingUserId"), record)
            for number in as_list(event.get("userIds")):
                other = self._other(number, record)
                if other and kind == "participantsJoin" and by and by != other:
                    self.gathered.relation("added", by, ("account", other), at, where)
                elif other:
                    did = "joined" if kind == "participantsJoin" else "left"
                    self.gathered.relation(did, other, ("conversation", conversation), at, ("", record))
        else:
            counts["other events of conversations, not read"] += 1
