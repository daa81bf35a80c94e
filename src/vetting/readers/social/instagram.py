"""Reads what Instagram's own export tells in JSON of its holder and of whom the holder is tied to.

The platform cannot make one where this is tested: the layout is that which open programs for such exports read.
Message threads are read by the format of chats. The labels of the holder's profile are in the holder's language: those
in English are understood.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from vetting.readers.archives import Member
from vetting.readers.exports.gathering import Gathering, Told
from vetting.readers.exports.json_stream import JsonStream
from vetting.readers.exports.links import links_in
from vetting.readers.exports.values import as_dict, as_list, as_seconds, as_text, ungarbled

__all__ = ["read_instagram"]

_PROFILE, _CHANGES, _LINKED = "profile_user", "profile_profile_change", "profile_linked_meta_accounts"
_TIES = {
    "": ("follows", "from"),  # followers_1.json is a bare list
    "relationships_followers": ("follows", "from"),
    "relationships_following": ("follows", "to"),
    "relationships_blocked_users": ("ignores", "to"),
    "relationships_restricted_users": ("ignores", "to"),
}
_PAGE = re.compile(r"https?://(?:www\.)?instagram\.com/(?:_u/)?([\w.]{1,30})/?")
_HANDLE = re.compile(r"[\w.]{1,30}")
_LABELS = {
    "Username": ("handle", {"platform": "instagram"}),
    "Name": ("name", {"role": "display"}),
    "Email": ("email", {}),
    "Email address": ("email", {}),
    "Phone Number": ("phone", {}),
    "Phone number": ("phone", {}),
    "Date of birth": ("date_of_birth", {}),
    "Date of Birth": ("date_of_birth", {}),
}
_TEXTS = ("Bio", "Website")
_CHANGED = {"Username": ("handle", {"platform": "instagram"}), "Name": ("name", {}), "Email": ("email", {}),
            "Phone Number": ("phone", {})}  # fmt: skip


def read_instagram(members: Sequence[Member], gathered: Gathering) -> Iterator[tuple[Member, Told]]:
    """Read all files of an export, the holder's profile first: the others do not say whose they are.

    Raises:
        InputError: A file is no JSON.
    """
    reading = _Export(gathered)
    profiles = {one.name for one in members if f'"{_PROFILE}"' in one.head(4096).decode("utf-8", "replace")}
    for member in sorted(members, key=lambda one: (one.name not in profiles, one.name)):
        stream = JsonStream(member, lambda path: len(path) < 2 and path[:1] != ("*",))
        for number, (path, value) in enumerate(stream.items()):
            record = f"{member.name}@{number}"
            if path[-1] == "*":
                reading.entry(path[0] if len(path) == 2 else "", as_dict(value), record)
        yield member, stream
    reading.finish(members[0].name if members else "")


class _Export:
    """An export while it is read."""

    def __init__(self, gathered: Gathering) -> None:
        self.gathered = gathered
        self.owner = "instagram:owner"  # until the profile is read, or for good
        self.record = ""

    def finish(self, record: str) -> None:
        """Note the holder, of whom nothing else may have been there."""
        self.gathered.account(self.owner, self.record or record)
        self.gathered.counts["accounts"] += 1

    def entry(self, part: str, given: dict[str, Any], record: str) -> None:
        """Read one entry of a list."""
        if part == _PROFILE:
            self._profile(as_dict(given.get("string_map_data")), record)
        elif part == _CHANGES:
            self._changed(as_dict(given.get("string_map_data")), record)
        elif part == _LINKED:
            self._linked(as_dict(given.get("string_map_data")), record)
        elif part in _TIES:
            self._tied(part, given, record)
        else:
            name = part.removeprefix("relationships_").replace("_", " ")
            self.gathered.counts[f"{name}, not kept"] += 1

    def _profile(self, given: dict[str, Any], record: str) -> None:
        told = {label: ungarbled(as_text(as_dict(about).get("value"))) for label, about in given.items()}
        handle = told.get("Username", "")
        self.owner = f"instagram:{handle.casefold()}" if handle else self.owner
        self.record = record
        self.gathered.account(self.owner, record)
        for label, value in told.items():
            if label in _LABELS:
                kind, about = _LABELS[label]
                self.gathered.identifier(self.owner, kind, value, record, **about)
            elif label in _TEXTS:
                links = links_in(value) or ((value,) if label == "Website" else ())
                for link in links:
                    self.gathered.self_link(self.owner, link, record)
            elif value:
                self.gathered.counts["fields of the profile that are not kept or not understood"] += 1

    def _changed(self, given: dict[str, Any], record: str) -> None:
        what = as_text(as_dict(given.get("Changed")).get("value"))
        before = ungarbled(as_text(as_dict(given.get("Previous Value")).get("value")))
        if what in _CHANGED and before:
            kind, about = _CHANGED[what]
            self.gathered.identifier(self.owner, kind, before, record, role="previous", **about)
        else:
            self.gathered.counts["changes of the profile that are not kept or not understood"] += 1

    def _linked(self, given: dict[str, Any], record: str) -> None:
        """Another account of the holder, which the platform itself ties to this one."""
        told = {
            label.casefold().replace(" ", ""): ungarbled(as_text(as_dict(about).get("value")))
            for label, about in given.items()
        }
        about: dict[str, Any] = {"role": "self_linked", "confirmed": True}
        platform = "".join(filter(str.isalnum, told.get("accounttype", "facebook").casefold()))
        self.gathered.identifier(
            self.owner, "handle", told.get("username"), record, platform=platform, **about
        )
        self.gathered.identifier(
            self.owner, "email", told.get("emailaddress") or told.get("email"), record, **about
        )
        self.gathered.identifier(self.owner, "phone", told.get("phonenumber"), record, **about)

    def _tied(self, part: str, given: dict[str, Any], record: str) -> None:
        kind, direction = _TIES[part]
        listed = [as_dict(one) for one in as_list(given.get("string_list_data"))] or [{}]
        for one in listed:
            handle = _handle(one, given)
            if not handle:
                self.gathered.counts["entries without an account"] += 1
                continue
            other = f"instagram:{handle.casefold()}"
            self.gathered.account(other, record)
            self.gathered.identifier(other, "handle", handle, record, platform="instagram")
            ends = (self.owner, other) if direction == "to" else (other, self.owner)
            at = as_seconds(one.get("timestamp"))
            self.gathered.relation(kind, ends[0], ("account", ends[1]), at, ("", record))


def _handle(one: dict[str, Any], given: dict[str, Any]) -> str:
    """The handle, wherever the version of the export puts it."""
    page = _PAGE.fullmatch(as_text(one.get("href")))
    for text in (as_text(one.get("value")), page[1] if page else "", as_text(given.get("title"))):
        if _HANDLE.fullmatch(text):
            return text
    return ""
