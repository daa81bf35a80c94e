"""Reads what archives of Reddit hold, a comment, a submission or a user a line: Pushshift, Arctic Shift, the interface.

Such archives are not made where this is tested: the layout is that of the public interface's ``t1``, ``t2`` and ``t3``
objects, whose ``data`` the archives keep a line each.
"""

from __future__ import annotations

import re
from array import array
from typing import Any

import numpy as np
from attrs import define, field

from vetting.readers.archives import Member
from vetting.readers.exports.gathering import Gathering
from vetting.readers.exports.json_stream import JsonStream
from vetting.readers.exports.links import links_in
from vetting.readers.exports.values import as_dict, as_list, as_seconds, as_text, identity
from vetting.readers.social.lines import Lines

__all__ = ["read_reddit"]

_GONE = {"[deleted]", "[removed]", ""}
_THING = re.compile(r"t([13])_([0-9a-z]{1,12})")
_NUMBER = re.compile(r"[0-9a-z]{1,12}")
_MENTION = re.compile(r"(?<![\w/])/?u/([A-Za-z0-9_-]{3,20})\b")
_LISTS = {(), ("data",), ("data", "children")}
_FIELDS = (
    "id", "name", "author", "author_fullname", "author_created_utc", "parent_id", "subreddit", "created_utc", "body",
    "selftext", "title", "crosspost_parent_list", "kind", "data", "comment_karma", "link_karma", "public_description",
)  # fmt: skip


def read_reddit(member: Member, gathered: Gathering) -> Lines | JsonStream:
    """Read one file; its lines, or the lists of an answer of the interface.

    Comments name what they answer to, not whom: whoever wrote that is known where it is in the same file.

    Raises:
        InputError: It is neither lines of JSON nor JSON.

    Cost: memory grows with authors and with distinct pairs of author and subreddit or author and author, and some 50
        bytes a comment.
    """
    reading = _Reading(member.name, gathered)
    lines = Lines(member)
    if lines.is_lines():
        for number, one in lines.objects(_FIELDS):
            reading.note(one, number)
        reading.finish()
        gathered.counts["lines that are no JSON"] += lines.unreadable
        return lines
    stream = JsonStream(member, lambda path: path in _LISTS)
    for number, (path, value) in enumerate(stream.items()):
        if path[-1:] == ("*",):
            reading.note(as_dict(value), number)
    reading.finish()
    return stream


@define
class _Author:
    name: str
    record: str
    fullname: str = ""
    seen: int | None = None
    created: int | None = None


@define
class _Reading:
    """One file while it is read: who wrote which thing, by number, and who answered which."""

    file: str
    gathered: Gathering
    _authors: dict[str, int] = field(factory=dict)
    _known: list[_Author] = field(factory=list)
    _subreddits: dict[str, int] = field(factory=dict)
    _things: array[int] = field(factory=lambda: array("q"))
    _writers: array[int] = field(factory=lambda: array("i"))
    _answers: tuple[array[int], ...] = field(factory=lambda: tuple(array("q") for _ in range(5)))
    _posted: dict[tuple[int, int], list[Any]] = field(factory=dict)
    _towards: dict[tuple[str, int, int, int], list[Any]] = field(factory=dict)
    _links: list[tuple[int, str, str]] = field(factory=list)

    def note(self, given: dict[str, Any], number: int) -> None:
        kind = given.get("kind")
        if isinstance(given.get("data"), dict) and isinstance(kind, str):
            given = given["data"]
        if kind == "t2" or ("author" not in given and "comment_karma" in given):
            self._user(given, number)
            return
        name = as_text(given.get("author"))
        if name in _GONE:
            self.gathered.counts["entries by accounts that were deleted"] += 1
            return
        self.gathered.counts["comments and submissions"] += 1
        at = as_seconds(given.get("created_utc"))
        comment = "body" in given or "parent_id" in given
        own = as_text(given.get("id"))
        record = f"{self.file}@{f't{1 if comment else 3}_{own}' if own else number}"
        author = self._author(name, given, record, at)
        place = self._subreddit(as_text(given.get("subreddit")))
        if place >= 0:
            _count(self._posted, (author, place), at, record)
        thing = -number
        if _NUMBER.fullmatch(own):
            thing = int(own, 36) << 1 | comment
            self._things.append(thing)
            self._writers.append(author)
        self._answered(given, (author, place, -1 if at is None else at, thing))
        self._named(given, (author, place), at, record)

    def _user(self, given: dict[str, Any], number: int) -> None:
        name = as_text(given.get("name"))
        if name in _GONE:
            self.gathered.counts["entries by accounts that were deleted"] += 1
            return
        self.gathered.counts["accounts"] += 1
        own = identity(given.get("id"))
        record = f"{self.file}@{f't2_{own}' if own else number}"
        about = {"author_fullname": f"t2_{own.removeprefix('t2_')}" if own else None,
                 "author_created_utc": given.get("created_utc")}  # fmt: skip
        author = self._author(name, about, record, None)
        profile = as_dict(given.get("subreddit"))
        for text in (profile.get("public_description"), given.get("public_description")):
            self._links += [(author, link, record) for link in links_in(text)]

    def _author(self, name: str, given: dict[str, Any], record: str, at: int | None) -> int:
        key = name.casefold()
        place = self._authors.get(key)
        if place is None:
            place = self._authors[key] = len(self._known)
            self._known.append(_Author(name, record))
        one = self._known[place]
        fullname = given.get("author_fullname")
        if not one.fullname and isinstance(fullname, str) and fullname.startswith("t2_"):
            one.fullname = fullname
        if one.created is None:
            one.created = as_seconds(given.get("author_created_utc"))
        if at is not None and (one.seen is None or at > one.seen):
            one.seen = at
        return place

    def _subreddit(self, name: str) -> int:
        return self._subreddits.setdefault(name, len(self._subreddits)) if name else -1

    def _answered(self, given: dict[str, Any], about: tuple[int, ...]) -> None:
        parent = given.get("parent_id")
        found = _THING.fullmatch(parent) if isinstance(parent, str) else None
        if found:
            parent = int(found[2], 36) << 1 | (found[1] == "1")
            for column, value in zip(self._answers, (parent, *about), strict=True):
                column.append(value)
        elif parent is not None:
            self.gathered.counts["answers to what cannot be told"] += 1

    def _named(self, given: dict[str, Any], who: tuple[int, int], at: int | None, record: str) -> None:
        author, place = who
        for key in ("body", "selftext", "title"):
            text = given.get(key)
            if isinstance(text, str) and "u/" in text:
                for name in dict.fromkeys(_MENTION.findall(text)):
                    other = self._author(name, {}, record, None)
                    _count(self._towards, ("mentioned", author, other, place), at, record)
        for one in as_list(given.get("crosspost_parent_list")):
            origin = as_dict(one)
            if (name := as_text(origin.get("author"))) not in _GONE:
                other = self._author(name, origin, record, as_seconds(origin.get("created_utc")))
                _count(self._towards, ("quoted", author, other, place), at, record)

    def finish(self) -> None:
        """Find out who answered whom, and hand everything over."""
        self._resolve()
        ids = [one.fullname or f"name:{one.name.casefold()}" for one in self._known]
        titles = list(self._subreddits)
        for id_, one in zip(ids, self._known, strict=True):
            self.gathered.account(id_, one.record, seen=one.seen, created=one.created)
            self.gathered.identifier(id_, "handle", one.name, one.record, platform="reddit")
        for account, link, record in self._links:
            self.gathered.self_link(ids[account], link, record)
        for (author, place), (first, last, weight, record) in self._posted.items():
            often, where = (first, last, weight), ("", record)
            self.gathered.counted("posted_in", ids[author], ("topic", f"r/{titles[place]}"), often, where)
        for (kind, author, other, place), (first, last, weight, record) in self._towards.items():
            where = (f"topic:r/{titles[place]}" if place >= 0 else "", record)
            self.gathered.counted(kind, ids[author], ("account", ids[other]), (first, last, weight), where)

    def _resolve(self) -> None:
        things, writers = np.array(self._things, np.int64), np.array(self._writers, np.int64)
        parents, authors, places, times, own = (np.array(column, np.int64) for column in self._answers)
        if not len(parents):
            return
        order = np.argsort(things, kind="stable")
        sorted_things = things[order]
        found = np.searchsorted(sorted_things, parents)
        inside = found < len(sorted_things)
        known = np.zeros(len(parents), np.bool_)
        known[inside] = sorted_things[found[inside]] == parents[inside]
        self.gathered.counts["answers to what is not in the file"] += int((~known).sum())
        others = writers[order[found[known]]]
        rows = zip(
            authors[known].tolist(), others.tolist(), places[known].tolist(), times[known].tolist(),
            own[known].tolist(), strict=True,
        )  # fmt: skip
        for author, other, place, at, thing in rows:
            cited = (
                f"t{1 if thing & 1 else 3}_{np.base_repr(thing >> 1, 36).lower()}" if thing >= 0 else -thing
            )
            _count(
                self._towards,
                ("quoted", author, other, place),
                None if at < 0 else at,
                f"{self.file}@{cited}",
            )


def _count(held: dict[Any, list[Any]], key: Any, at: int | None, record: str) -> None:
    one = held.get(key)
    if one is None:
        held[key] = [at, at, 1, record]
        return
    one[2] += 1
    if at is not None:
        one[0] = at if one[0] is None or at < one[0] else one[0]
        one[1] = at if one[1] is None or at > one[1] else one[1]
