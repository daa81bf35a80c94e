"""Delimited text: its encoding, its delimiter, and its records, read strictly."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from attrs import frozen

__all__ = [
    "DELIMITERS",
    "LARGEST_FIELD",
    "BadRecord",
    "EncodingProblem",
    "Record",
    "decoded",
    "excel_note",
    "field_limit",
    "quoting_problem",
    "records",
    "sniff_delimiter",
    "unicode_mark",
]

DELIMITERS = (",", ";", "\t", "|")
_PART = 1024  # records read at a time
_LINE = re.compile(r"[^\r\n]*+(?:\r\n|\r|\n)|[^\r\n]++")
LARGEST_FIELD = 1 << 20  # characters; a longer one is an unclosed quotation mark

_MARKS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)


class EncodingProblem(Exception):  # noqa: N818 - becomes an error with the file's name at once
    """Text that no one encoding explains.

    Attributes:
        line: Where, from 1.
        reason: What is wrong.
    """

    def __init__(self, line: int, reason: str) -> None:
        self.line = line
        self.reason = reason
        super().__init__(reason)


def unicode_mark(start: bytes) -> tuple[str, int]:
    """The encoding that the first bytes of a file show, and the length of its mark.

    Args:
        start: Some hundred bytes from the file's beginning.

    Returns:
        A codec's name, or an empty string if nothing is shown; and the bytes to skip.

    Example:
        >>> unicode_mark("id".encode("utf-16")), unicode_mark(b"id"), unicode_mark("id,x".encode("utf-16-be"))
        (('utf-16-le', 2), ('', 0), ('utf-16-be', 0))
    """
    for mark, name in _MARKS:
        if start.startswith(mark):
            return name, len(mark)
    # UTF-16 without its mark: every other byte of Latin text is zero.
    even, odd = start[0:512:2], start[1:512:2]
    if len(odd) > 1:
        if even.count(0) == 0 and odd.count(0) * 10 >= len(odd) * 9:
            return "utf-16-le", 0
        if odd.count(0) == 0 and even.count(0) * 10 >= len(even) * 9:
            return "utf-16-be", 0
    return "", 0


def decoded(raw: bytes) -> tuple[str, str]:
    """Decode a whole file: by its mark, else UTF-8, else Windows-1252; never two of them.

    Args:
        raw: The file.

    Returns:
        The text, and the encoding's name.

    Raises:
        EncodingProblem: The text mixes encodings, is in none of them, or is no text.
    """
    name, skip = unicode_mark(raw)
    try:
        text = raw[skip:].decode(name or "utf-8")
    except UnicodeDecodeError as problem:
        if name:
            line = raw[skip : skip + problem.start].decode(name, "replace").count("\n") + 1
            raise EncodingProblem(line, f"not {name.upper()}, though the file begins as such") from None
        text, name = _windows_text(raw), "cp1252"
    nul = text.find("\0")
    if nul >= 0:
        raise EncodingProblem(text.count("\n", 0, nul) + 1, "a NUL byte, which no text has")
    return text, name or "utf-8"


def _windows_text(raw: bytes) -> str:
    lone = accented = 0  # first line with a byte that is no UTF-8; first line with UTF-8 beyond ASCII
    for number, line in enumerate(raw.split(b"\n"), 1):
        if line.isascii():
            continue
        beyond = [c for c in line.decode("utf-8", "surrogateescape") if c > "\x7f"]
        lone = lone or number * any("\udc80" <= c <= "\udcff" for c in beyond)
        accented = accented or number * any(not "\udc80" <= c <= "\udcff" for c in beyond)
        if lone and accented:
            raise EncodingProblem(max(lone, accented), "another encoding than the lines before it")
    try:
        return raw.decode("cp1252")
    except UnicodeDecodeError as problem:
        line_number = raw.count(b"\n", 0, problem.start) + 1
        raise EncodingProblem(line_number, "neither UTF-8 nor Windows-1252 text") from None


def excel_note(text: str) -> tuple[str, str]:
    """Take the note that Excel writes above a table, ``sep=;``, off a text.

    Returns:
        The delimiter noted, or an empty string; and the text below the note.
    """
    if text.startswith("sep=") and text[4:5] in DELIMITERS and text[5:6] in {"\r", "\n"}:
        return text[4], text[5:].removeprefix("\r").removeprefix("\n")
    return "", text


def sniff_delimiter(text: str, known: Callable[[list[str]], int]) -> str:
    """The delimiter under which the header has the most columns that are known, then the most columns.

    Contents are not asked: a ``;`` inside cells separates values.

    Args:
        text: The file's beginning, the header at least.
        known: Counts the known columns among headers.

    Example:
        >>> sniff_delimiter("id;name,email", lambda headers: sum(h in {"id", "name"} for h in headers))
        ';'
    """
    header = text.lstrip("\r\n")[:LARGEST_FIELD]

    def merit(delimiter: str) -> tuple[int, int]:
        try:
            columns = next(csv.reader(io.StringIO(header, newline=""), delimiter=delimiter), [])
        except csv.Error:
            return (0, 0)
        return (known(columns), len(columns))

    return max(DELIMITERS, key=merit)


@frozen
class Record:
    """One record of delimited text: the line it begins on, from 1, and its fields."""

    line: int
    fields: list[str]


@frozen
class BadRecord:
    """A record that breaks the rules of quoting: the line it begins on, from 1, and what is wrong."""

    line: int
    reason: str


@contextmanager
def field_limit() -> Iterator[None]:
    """Raise the csv module's limit, which is the process's own, and put it back."""
    before = csv.field_size_limit(LARGEST_FIELD)
    try:
        yield
    finally:
        csv.field_size_limit(before)


def records(text: str, delimiter: str) -> Iterator[Record | BadRecord]:
    """Read delimited text strictly; empty lines are passed over.

    Args:
        text: The whole text.
        delimiter: One character.

    Yields:
        The records in order. A bad one is the last: where the next would begin is not known.
    """
    # The csv module wants lines, with the breaks inside quoted fields as they are.
    lines = (found[0] for found in _LINE.finditer(text))
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    line, ended = 1, False
    while not ended:
        part: list[Record | BadRecord] = []
        with field_limit():  # which must not stay raised while the caller works
            try:
                while len(part) < _PART:
                    fields = next(reader)
                    if fields:
                        part.append(Record(line, fields))
                    line = reader.line_num + 1
            except StopIteration:
                ended = True
            except csv.Error as problem:
                part.append(BadRecord(line, quoting_problem(problem)))
                ended = True
        yield from part


def quoting_problem(problem: csv.Error) -> str:
    """What an error of the csv module says, without the text that it happened in."""
    message = str(problem)
    if "field larger" in message or "unexpected end" in message:
        return "a quotation mark that is never closed"
    if "expected after" in message:
        return "text after a closing quotation mark"
    return "a line break or quotation mark out of place"
