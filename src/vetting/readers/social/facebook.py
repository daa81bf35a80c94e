"""Reads what Facebook's own export tells in JSON of its holder and of whom the holder is tied to.

The platform cannot make one where this is tested: the layout is that of its "download your information" in both of its
generations, as open programs for such exports read it. Message threads are read by the format of chats.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from vetting.readers.archives import Member
from vetting.readers.exports.gathering import Gathering, Told
from vetting.readers.exports.json_stream import JsonStream
from vetting.readers.exports.values import as_dict, as_list, as_seconds, as_text, ungarbled

__all__ = ["FACEBOOK_MARK", "read_facebook"]

_PROFILE = re.compile(r"profile(?:_v\d)?")
_TIES = {
    "friends": ("friend", "to"), "following": ("follows", "to"), "followers": ("follows", "from"),
    "blocked_users": ("ignores", "to"), "deleted_friends": ("friend", "to"), "removed_friends": ("friend", "to"),
}  # fmt: skip
_ONLY_COUNTED = ("received_requests", "sent_requests", "rejected_requests")
_GROUPS = ("groups_joined", "groups_admined")
_PAGES = ("page_likes", "pages_followed")
_VERSION = re.compile(r"_v\d$")
FACEBOOK_MARK = re.compile(
    rf'\A\s*\{{\s*"(?:profile|{"|".join((*_TIES, *_ONLY_COUNTED, *_GROUPS, *_PAGES))})(?:_v\d)?"\s*:'
    r'(?=[\s\S]*"(?:timestamp|name)"\s*:)(?![\s\S]*"(?:did|acct|relationships_\w+|string_list_data)"\s*:)'
)
"""What a file of the export that is read begins with; the others are not looked into."""

_NOT_KEPT = ("relationship", "family_members", "education_experiences", "work_experiences", "religious_view", "political_view",
             "interested_in", "languages", "blood_info", "gender", "favorite_quotes", "interests", "entity_contact_info")  # fmt: skip


def read_facebook(members: Sequence[Member], gathered: Gathering) -> Iterator[tuple[Member, Told]]:
    """Read all files of an export, the holder's profile first: the others do not say whose they are.

    People have no ids there but their names, as in the threads: two friends of one name are one account.

    Raises:
        InputError: A file is no JSON.
    """
    reading = _Export(gathered)
    profiles = {
        one.name
        for one in members
        if re.search(r'\A\s*\{\s*"profile', one.head(64).decode("utf-8", "replace"))
    }
    for member in sorted(members, key=lambda one: (one.name not in profiles, one.name)):
        stream = JsonStream(
            member, lambda path: not path or (len(path) == 1 and not _PROFILE.fullmatch(path[0]))
        )
        for number, (path, value) in enumerate(stream.items()):
            record = f"{member.name}@{number}"
            if len(path) == 1 and _PROFILE.fullmatch(path[0]):
                reading.profile(as_dict(value), record)
            elif len(path) == 2 and path[1] == "*":
                reading.entry(_VERSION.sub("", path[0]), as_dict(value), record)
        yield member, stream
    reading.finish(members[0].name if members else "")


class _Export:
    """An export while it is read."""

    def __init__(self, gathered: Gathering) -> None:
        self.gathered = gathered
        self.owner = "owner"  # until the profile is read, or for good
        self.record = ""

    def finish(self, record: str) -> None:
        """Note the holder, of whom nothing else may have been there."""
        self.gathered.account(self.owner, self.record or record)
        self.gathered.counts["accounts"] += 1

    def profile(self, given: dict[str, Any], record: str) -> None:
        """Read the holder's profile."""
        names = as_dict(given.get("name"))
        full = (
            _text(names.get("full_name"))
            or _text(given.get("name"))
            or " ".join(
                filter(None, (_text(names.get(key)) for key in ("first_name", "middle_name", "last_name")))
            )
        )
        self.owner = f"name:{full}" if full else "owner"
        self.record = record
        self.gathered.account(self.owner, record, created=as_seconds(given.get("registration_timestamp")))
        self._own("name", full, record, role="display")
        self._own("handle", _text(given.get("username")), record, platform="facebook")
        for key, role in (("previous_names", "previous"), ("other_names", "alias")):
            for one in as_list(given.get(key)):
                self._own("name", _text(as_dict(one).get("name")), record, role=role)
        self._contacts(given, record)
        born = as_dict(given.get("birthday"))
        if date := _date(born):
            self._own("date_of_birth", date, record)
        for key, role in (("current_city", "current"), ("hometown", "previous")):
            self._own("place", _text(as_dict(given.get(key)).get("name")), record, role=role)
        address = as_dict(given.get("address"))
        parts = [_text(address.get(key)) for key in ("street", "city", "zipcode", "region", "country")]
        self._own("place", ", ".join(filter(None, parts)), record, role="previous")
        for key in _NOT_KEPT:
            self.gathered.counts[f"field not kept: {key}"] += bool(given.get(key))

    def _contacts(self, given: dict[str, Any], record: str) -> None:
        emails = as_dict(given.get("emails"))
        for key, role in (("emails", "current"), ("previous_emails", "previous")):
            for one in as_list(emails.get(key)):
                self._own("email", _text(one), record, role=role)
        for one in as_list(given.get("phone_numbers")):
            about = as_dict(one)
            confirmed = about.get("verified") if isinstance(about.get("verified"), bool) else None
            self._own("phone", _text(about.get("phone_number")), record, confirmed=confirmed)
        for one in as_list(given.get("websites")):
            self.gathered.self_link(self.owner, _text(as_dict(one).get("address")) or _text(one), record)
        for one in as_list(given.get("screen_names")):
            about = as_dict(one)
            platform = "".join(filter(str.isalnum, _text(about.get("service_name")).casefold()))
            for name in as_list(about.get("names")):
                handle = _text(as_dict(name).get("name"))
                self._own("handle", handle, record, platform=platform, role="self_linked")

    def _own(self, kind: str, value: str, record: str, **about: Any) -> None:
        self.gathered.identifier(self.owner, kind, value, record, **about)

    def entry(self, part: str, given: dict[str, Any], record: str) -> None:
        """Read one entry of a list."""
        at, name = as_seconds(given.get("timestamp")), _text(given.get("name"))
        if part in _GROUPS:
            self._group(given, record)
        elif part in _PAGES:  # they tell of faith and party
            self.gathered.counts["pages followed or liked, not kept"] += 1
        elif part in _ONLY_COUNTED:
            self.gathered.counts[f"{part.replace('_', ' ')}, not kept"] += 1
        elif part in _TIES and name:
            kind, direction = _TIES[part]
            other = f"name:{name}"
            removed = part in {"deleted_friends", "removed_friends"}
            self.gathered.counts["friends who were removed, kept as friends until then"] += removed
            self.gathered.account(other, record)
            self.gathered.identifier(other, "name", name, record, role="display")
            self.gathered.counts["friends of the holder's own name, whom nothing tells apart"] += (
                other == self.owner
            )
            ends = (self.owner, other) if direction == "to" else (other, self.owner)
            self.gathered.counted(
                kind, ends[0], ("account", ends[1]), (None if removed else at, at, 1), ("", record)
            )
        elif part in _TIES:
            self.gathered.counts["entries without an account"] += 1
        else:
            self.gathered.counts["entries of other lists, not read"] += 1

    def _group(self, given: dict[str, Any], record: str) -> None:
        held = self.gathered.account(self.owner, record)
        names = [_text(as_dict(one).get("name")) for one in as_list(given.get("data"))] or [
            _text(given.get("name"))
        ]
        for name in filter(None, names):
            held.groups[name] = None


def _text(given: object) -> str:
    return ungarbled(as_text(given))


def _date(given: dict[str, Any]) -> str:
    year, month, day = (given.get(key) for key in ("year", "month", "day"))
    if not (isinstance(month, int) and isinstance(day, int) and 1 <= month <= 12 and 1 <= day <= 31):
        return ""
    known = isinstance(year, int) and 1900 <= year < 2200
    return f"{year if known else '-'}-{month:02}-{day:02}"
