"""Reads what archives of Reddit hold, a comment, a submission or a user a line: Pushshift, Arctic Shift, the interface.

Such archives are not made where this is tested: the layout is that of the public interface's ``t1``, ``t2`` and ``t3``
objects, whose ``data`` the archives keep a line each.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from attrs import define, field

from vetting.readers.archives import Member
from vetting.readers.exports.gathering import Gathering, Told
from vetting.readers.exports.json_stream import JsonStream
from vetting.readers.exports.links import links_in
from vetting.readers.exports.values import as_dict, as_list, as_seconds, as_text, identity
from vetting.readers.social.lines import Lines

__all__ = ["read_reddit"]

_GONE = {"[deleted]", "[removed]", ""}
_THING = re.compile(r"t([13])_([0-9a-z]{1,11})")  # longer ones have no 63 bits
_NUMBER = re.compile(r"[0-9a-z]{1,11}")
_MENTION = re.compile(r"(?<![\w/])/?u/([A-Za-z0-9_-]{3,20})\b")
_LISTS = {(), ("data",), ("data", "children")}
_NEVER = np.iinfo(np.int64).max
_SLICE = 1 << 16
_FIELDS = (
    "id", "name", "author", "author_fullname", "author_created_utc", "parent_id", "subreddit", "created_utc", "body",
    "selftext", "title", "crosspost_parent_list", "kind", "data", "comment_karma", "link_karma", "public_description",
)  # fmt: skip


def read_reddit(members: Sequence[Member], gathered: Gathering) -> Iterator[tuple[Member, Told]]:
    """Read all files together: their lines, or the lists of an answer of the interface.

    Comments name what they answer to, not whom: whoever wrote that is known where it is in one of the files.

    Raises:
        InputError: A file is neither lines of JSON nor JSON.

    Cost: memory grows with authors and with distinct pairs of author and subreddit or author and author (some 700
        bytes a pair), and 70 bytes a comment.
    """
    reading = _Reading(gathered)
    for member in members:
        reading.files.append(member.name)
        lines = Lines(member)
        if lines.is_lines():
            for number, one in lines.objects(_FIELDS):
                reading.note(one, number)
            gathered.counts["lines that are no JSON"] += lines.unreadable
            yield member, lines
        else:
            stream = JsonStream(member, lambda path: path in _LISTS)
            for number, (path, value) in enumerate(stream.items(), 1):
                if path[-1:] == ("*",):
                    reading.note(as_dict(value), number)
            yield member, stream
    reading.finish()


@define
class _Author:
    name: str
    record: str
    fullname: str = ""
    seen: int | None = None
    created: int | None = None


def _columns(codes: str) -> Callable[[], tuple[array[int], ...]]:
    return lambda: tuple(array(code) for code in codes)


@define
class _Reading:
    """Files while they are read: who wrote which thing, by number, and who answered which."""

    gathered: Gathering
    files: list[str] = field(factory=list)
    _authors: dict[str, int] = field(factory=dict)
    _known: list[_Author] = field(factory=list)
    _subreddits: dict[str, int] = field(factory=dict)
    _wrote: tuple[array[int], ...] = field(factory=_columns("iiqqi"))  # author, place, when, thing, file
    _answers: tuple[array[int], ...] = field(factory=_columns("iiqqiq"))  # the same, and the thing answered
    _towards: dict[tuple[str, int, int, int], list[Any]] = field(factory=dict)
    _links: list[tuple[int, str, str]] = field(factory=list)

    def note(self, given: dict[str, Any], number: int) -> None:
        """Read one object."""
        kind = given.get("kind")
        if isinstance(given.get("data"), dict) and isinstance(kind, str):
            given = given["data"]
        if kind == "more":
            self.gathered.counts["comments that an answer only counts"] += 1
            return
        if kind == "t2" or ("author" not in given and "comment_karma" in given):
            self._user(given, number)
            return
        own = as_text(given.get("id")).removeprefix("t1_").removeprefix("t3_")
        comment = "body" in given or "parent_id" in given
        thing = int(own, 36) << 1 | comment if _NUMBER.fullmatch(own) else -number
        at = as_seconds(given.get("created_utc"))
        place = self._subreddit(as_text(given.get("subreddit")))
        author = self._writer(given, thing, at)
        about = (author, place, -1 if at is None else at, thing, len(self.files) - 1)
        _append(self._wrote, about)
        if author < 0:
            return
        self.gathered.counts["comments and submissions"] += 1
        parent = given.get("parent_id")
        found = _THING.fullmatch(parent) if isinstance(parent, str) else None
        if found:
            _append(self._answers, (*about, int(found[2], 36) << 1 | (found[1] == "1")))
        elif parent is not None:
            self.gathered.counts["answers to what cannot be told"] += 1
        self._named(given, (author, place), at, self._cited(thing, about[4]))

    def _writer(self, given: dict[str, Any], thing: int, at: int | None) -> int:
        """The author's number, -1 for one who is gone, and for nobody."""
        name = given.get("author")
        if isinstance(name, str) and name.strip() not in _GONE:
            return self._author(name.strip(), given, self._cited(thing, len(self.files) - 1), at)
        gone = isinstance(name, str) or ("author" in given and name is None)
        self.gathered.counts[
            "entries by accounts that were deleted" if gone else "entries without an account"
        ] += 1
        return -1

    def _user(self, given: dict[str, Any], number: int) -> None:
        name = as_text(given.get("name"))
        if name in _GONE:
            self.gathered.counts["entries without an account"] += 1
            return
        self.gathered.counts["accounts"] += 1
        own = identity(given.get("id")).removeprefix("t2_")
        record = f"{self.files[-1]}@{f't2_{own}' if own else number}"
        about = {
            "author_fullname": f"t2_{own}" if own else None,
            "author_created_utc": given.get("created_utc"),
        }
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

    def _cited(self, thing: int, file: int) -> str:
        """Where something is: by its id, or by the number of its line."""
        own = (
            f"t{1 if thing & 1 else 3}_{np.base_repr(thing >> 1, 36).lower()}" if thing >= 0 else str(-thing)
        )
        return f"{self.files[file]}@{own}"

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
        ids = [one.fullname or f"name:{one.name.casefold()}" for one in self._known]
        titles = list(self._subreddits)
        for id_, one in zip(ids, self._known, strict=True):
            self.gathered.account(id_, one.record, seen=one.seen, created=one.created)
            self.gathered.identifier(id_, "handle", one.name, one.record, platform="reddit")
        for account, link, record in self._links:
            self.gathered.self_link(ids[account], link, record)
        wrote = [np.array(column) for column in self._wrote]
        placed = (wrote[0] >= 0) & (wrote[1] >= 0)
        for (author, place), often, thing, file in _grouped([column[placed] for column in wrote], 2):
            target = ("topic", f"r/{titles[place]}")
            self.gathered.counted("posted_in", ids[author], target, often, ("", self._cited(thing, file)))
        for (author, place, other), often, thing, file in _grouped(self._resolved(wrote), 3):
            where = (f"topic:r/{titles[place]}" if place >= 0 else "", self._cited(thing, file))
            self.gathered.counted("quoted", ids[author], ("account", ids[other]), often, where)
        for (kind, author, other, place), (first, last, weight, record) in self._towards.items():
            where = (f"topic:r/{titles[place]}" if place >= 0 else "", record)
            self.gathered.counted(kind, ids[author], ("account", ids[other]), (first, last, weight), where)

    def _resolved(self, wrote: list[npt.NDArray[np.int64]]) -> list[npt.NDArray[np.int64]]:
        """Answers whose other side is known: author, place, other, when, thing, file."""
        author, place, at, thing, file, parent = (np.array(column) for column in self._answers)
        order = np.argsort(wrote[3], kind="stable")
        things = wrote[3][order]
        found = np.minimum(np.searchsorted(things, parent), max(len(things) - 1, 0))
        inside = things[found] == parent if len(things) else np.zeros(len(parent), np.bool_)
        other = np.where(inside, wrote[0][order][found], -2) if len(things) else np.full(len(parent), -2)
        self.gathered.counts["answers to what is not in the files"] += int((other == -2).sum())
        self.gathered.counts["answers to accounts that were deleted"] += int((other == -1).sum())
        known = other >= 0
        return [column[known] for column in (author, place, other, at, thing, file)]


def _append(columns: tuple[array[int], ...], values: tuple[int, ...]) -> None:
    for column, value in zip(columns, values, strict=True):
        column.append(value)


def _grouped(
    columns: list[npt.NDArray[np.int64]], keys: int
) -> Iterator[tuple[tuple[int, ...], tuple[int | None, int | None, int], int, int]]:
    """Group rows by their first columns: the keys, (first, last, how often), and the first row's thing and file."""
    if not len(columns[0]):
        return
    order = np.lexsort(columns[:keys][::-1])  # stable: within a group, as they came
    rows = [column[order] for column in columns]
    fresh = np.zeros(len(order), np.bool_)
    fresh[0] = True
    for column in rows[:keys]:
        fresh[1:] |= column[1:] != column[:-1]
    starts = np.flatnonzero(fresh)
    at = rows[keys]
    last = np.maximum.reduceat(at, starts)
    first = np.minimum.reduceat(np.where(at < 0, _NEVER, at), starts)
    sizes = np.diff(np.append(starts, len(order)))
    for begin in range(0, len(starts), _SLICE):
        part = slice(begin, begin + _SLICE)
        taken = [column[starts[part]].tolist() for column in rows]
        times = zip(first[part].tolist(), last[part].tolist(), sizes[part].tolist(), strict=True)
        for key, (early, late, size), thing, file in zip(
            zip(*taken[:keys], strict=True), times, taken[-2], taken[-1], strict=True
        ):
            yield key, (None if late < 0 else early, None if late < 0 else late, size), thing, file


def _count(held: dict[Any, list[Any]], key: Any, at: int | None, record: str) -> None:
    one = held.get(key)
    if one is None:
        held[key] = [at, at, 1, record]
        return
    one[2] += 1
    if at is not None:
        one[0] = at if one[0] is None or at < one[0] else one[0]
        one[1] = at if one[1] is None or at > one[1] else one[1]
