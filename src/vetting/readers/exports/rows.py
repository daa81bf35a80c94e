"""Reads rows of delimited text with a header, one after another; the cells go by the header's names."""

from __future__ import annotations

import csv
from collections.abc import Iterator

from attrs import define, field

from vetting.errors import InputError
from vetting.readers.archives import Member
from vetting.readers.delimited import field_limit, quoting_problem, sniff_delimiter
from vetting.readers.exports.json_stream import text_chunks

__all__ = ["Rows"]

_LONGEST = 16 << 20  # characters of a line


@define
class Rows:
    """A file of delimited text, read once.

    Attributes:
        member: The file.
        names: Columns to expect, which tell the delimiter.
        truncated: Whether the last row ended before its end.
        replaced: Characters that are not of the file's encoding.
        repaired: Always 0: nothing is.
    """

    member: Member
    names: frozenset[str]
    truncated: bool = field(default=False, init=False)
    replaced: int = field(default=0, init=False)
    repaired: int = field(default=0, init=False)
    _ended: bool = field(default=True, init=False)

    def rows(self) -> Iterator[tuple[int, dict[str, str]]]:
        """Yield the line on which a row ends, and its cells; no cells where their number is not the header's.

        Raises:
            InputError: The quoting is broken, or a line has more than 16 Mi characters.
        """
        lines = self._lines()
        first = next(lines, "")
        delimiter = sniff_delimiter(first, lambda names: len(self.names.intersection(names)))
        with field_limit():
            reader = csv.reader(_chained(first, lines), delimiter=delimiter, strict=True)
            header: list[str] = []
            cells: list[str] = []
            try:
                for cells in reader:
                    if not header:
                        header = [name.strip() for name in cells]
                    elif cells:
                        whole = len(cells) == len(header)
                        yield reader.line_num, dict(zip(header, cells, strict=True)) if whole else {}
            except csv.Error as problem:
                if "unexpected end" not in str(problem):
                    raise InputError(
                        self.member.path,
                        reason=quoting_problem(problem),
                        remedy="Have the tool write the file again.",
                        place=f"line {reader.line_num}",
                    ) from problem
                self.truncated = True
            self.truncated = self.truncated or not self._ended

    def _lines(self) -> Iterator[str]:
        rest = ""
        for chunk in text_chunks(self.member):
            self.replaced += chunk.count("\ufffd")
            *whole, rest = (rest + chunk).split("\n")
            yield from (f"{line}\n" for line in whole)
            if len(rest) > _LONGEST:
                raise InputError(
                    self.member.path,
                    reason="a line is longer than 16 Mi characters",
                    remedy="Check where the file is from.",
                )
        if rest:
            self._ended = rest.endswith("\r")
            yield rest


def _chained(first: str, others: Iterator[str]) -> Iterator[str]:
    yield first
    yield from others
