"""One format of exports: what shows it, what it is read by, and what of it counts as a row."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from attrs import field, frozen

from vetting.readers.archives import Member
from vetting.readers.exports.gathering import Gathering, Told

__all__ = ["ExportFormat", "ReadFiles", "each", "keys"]

ReadFiles = Callable[[Sequence[Member], Gathering], Iterator[tuple[Member, Told]]]
"""Reads all files of one format of what was handed in, and yields each once it is read."""


def _names(given: str | tuple[str, ...]) -> tuple[str, ...]:
    return (given,) if isinstance(given, str) else given


@frozen(kw_only=True)
class ExportFormat:
    """One format of exports.

    Attributes:
        name: As ``--profile`` takes it.
        family: ``"chat"``, ``"social"`` or ``"account-finder"``.
        why: What in a file shows it, in words.
        marks: Patterns that must all be in the first 64 KiB of a file of it.
        read: Reads its files, those of one archive together, for one may tell whose the others are.
        endings: In a folder or zip, only files whose names end so are looked at.
        rows: Which of the gathering's counts are the file's rows.
        lost: Which of them (one name, or several) are rows that could not be used; a list with any is not complete.
        kept: What of a file is kept, in words.
        dropped: What of a file is never kept, in words.
    """

    name: str
    family: str
    why: str
    marks: tuple[re.Pattern[str], ...]
    read: ReadFiles
    endings: tuple[str, ...] = (".json",)
    rows: str = "accounts"
    lost: tuple[str, ...] = field(default="entries without an account", converter=_names)
    kept: tuple[str, ...] = ("accounts and what they call themselves",)
    dropped: tuple[str, ...] = ()


def each(read: Callable[[Member, Gathering], Told]) -> ReadFiles:
    """Make a reader of many files of one that reads a file by itself."""

    def files(members: Sequence[Member], gathered: Gathering) -> Iterator[tuple[Member, Told]]:
        for member in members:
            yield member, read(member, gathered)

    return files


def keys(*patterns: str) -> tuple[re.Pattern[str], ...]:
    """Marks of a JSON object: that it is one, and these.

    Example:
        >>> [bool(mark.search('{"orderedItems": []}')) for mark in keys('"orderedItems"')]
        [True, True]
    """
    return tuple(re.compile(pattern) for pattern in (r"^\s*\{", *patterns))
