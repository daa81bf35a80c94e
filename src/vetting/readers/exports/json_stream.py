"""Walks JSON of any size by parts: containers that are entered, and values in them that are decoded whole."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Callable, Iterator
from typing import Any

from attrs import define, field

from vetting.errors import InputError
from vetting.readers.archives import Member

__all__ = ["JsonStream", "Path", "text_chunks"]

Path = tuple[str, ...]
_CHUNK = 1 << 20
_LARGEST = 64 << 20  # characters of one value
_NEAR_END = 64  # an error so near to the buffer's end may be the cut and not the file
_BLANKS = frozenset(" \t\r\n")
_DIGITS = re.compile(r"[0-9.eE+-]*")
_SPACE = re.compile(r"[ \t\r\n]*")
_LOOSE_ESCAPE = re.compile(r"(?<!\\)((?:\\\\)*)\\x([0-9A-Fa-f]{2})")


def text_chunks(member: Member) -> Iterator[str]:
    """Decode a file: UTF-8, or UTF-16 if it has a byte order mark; what is neither becomes U+FFFD."""
    decoder: codecs.IncrementalDecoder | None = None
    for chunk in member.chunks(_CHUNK):
        if decoder is None:
            utf16 = chunk[:2] in {b"\xff\xfe", b"\xfe\xff"}
            decoder = codecs.getincrementaldecoder("utf-16" if utf16 else "utf-8-sig")("replace")
        if text := decoder.decode(chunk):
            yield text
    if decoder is not None and (text := decoder.decode(b"", final=True)):
        yield text


@define
class JsonStream:
    """A JSON document, read once.

    Attributes:
        member: The file.
        enter: Told a path (keys, and ``"*"`` for an array's places), whether to go into that container; any other
            value is handed over whole.
        truncated: Whether the document ended before its end.
        replaced: Characters that are not of the file's encoding.
        repaired: Escapes as Telegram writes them (backslash, x, two digits) that are not JSON.
        characters: Characters read.
        bytes_unread: Bytes behind the last whole value of a document that ended before its end.
    """

    member: Member
    enter: Callable[[Path], bool]
    truncated: bool = field(default=False, init=False)
    replaced: int = field(default=0, init=False)
    repaired: int = field(default=0, init=False)
    characters: int = field(default=0, init=False)
    bytes_unread: int = field(default=0, init=False)
    _chunks: Iterator[str] = field(init=False)
    _text: str = field(default="", init=False)
    _at: int = field(default=0, init=False)
    _ended: bool = field(default=False, init=False)
    _decode: Callable[[str, int], tuple[Any, int]] = field(init=False)
    _scan: Callable[[str, int], tuple[Any, int]] = field(init=False)

    def __attrs_post_init__(self) -> None:
        """Start at the first character."""
        self._chunks = text_chunks(self.member)
        decoder = json.JSONDecoder(strict=False, parse_constant=lambda _: None)
        self._decode = decoder.raw_decode
        self._scan = decoder.scan_once  # type: ignore[attr-defined]  # what raw_decode calls, spared its frame

    def items(self) -> Iterator[tuple[Path, Any]]:
        """Yield values with their paths; and for a container that was entered, at its end, ``(path + ("",), None)``.

        Raises:
            InputError: The text is no JSON, nested too deep, or one value is above 64 MiB. A document that is only
                cut short raises nothing: see `truncated`.
        """
        try:
            if self._peek() not in "[{":
                raise self._malformed()
            yield from self._value(())
        except _CutError:
            self._cut()

    def entries(self, root: dict[str, Any]) -> Iterator[tuple[Path, Any]]:
        """Yield what stands in the arrays that are entered, with its paths.

        Args:
            root: Is given the document's own values by their keys, those of containers that are not entered too.

        Raises:
            InputError: As `items`.
        """
        for path, value in self.items():
            if path[-1:] == ("*",):
                yield path, value
            elif len(path) == 1 and path != ("",):
                root[path[0]] = value

    def documents(self) -> Iterator[Any]:
        """Yield values that follow one another, as of JSON lines."""
        try:
            while self._peek(end_allowed=True):
                yield from self._run("")
                yield self._whole()
        except _CutError:
            self._cut()

    def _value(self, path: Path) -> Iterator[tuple[Path, Any]]:
        opening = self._peek()
        if opening not in "[{" or not self.enter(path):
            yield path, self._whole()
            return
        self._at += 1
        closing, key = ("]", "*") if opening == "[" else ("}", "")
        first = True
        while True:
            following = self._peek()
            if following == closing:
                self._at += 1
                break
            if not first:
                if following != ",":
                    raise self._malformed()
                self._at += 1
                self._peek()
            first = False
            if opening == "{":
                found = self._whole()
                if not isinstance(found, str) or self._peek() != ":":
                    raise self._malformed()
                key = found
                self._at += 1
            inner = (*path, key)
            if self._peek() in "[{" and self.enter(inner):
                yield from self._value(inner)
                continue
            if opening == "[" and not self.enter(inner):
                for value in self._run(","):
                    yield inner, value
            yield inner, self._whole()
        yield (*path, ""), None

    def _run(self, between: str) -> Iterator[Any]:
        """Yield as many values as lie in the buffer with another behind each: this is where the time goes.

        A value that something follows is whole, also a number. Anything else is left to `_whole`, which reads on or
        says what is wrong.
        """
        text, at, size, scan, space = self._text, self._at, len(self._text), self._scan, _SPACE.match
        while True:
            try:
                value, at = scan(text, at)
            except (StopIteration, ValueError, RecursionError):
                return
            if between:
                if not text.startswith(between, at):
                    at = space(text, at).end()  # type: ignore[union-attr]
                    if not text.startswith(between, at):
                        return
                at += 1
            elif _is_number(value) and text[at : at + 1] not in _BLANKS:
                return
            at = space(text, at).end()  # type: ignore[union-attr]
            if at == size:
                return
            self._at = at
            yield value

    def _whole(self) -> Any:
        wanted = _CHUNK
        while True:
            try:
                value, end = self._decode(self._text, self._at)
            except json.JSONDecodeError as error:
                if "escape" in error.msg and self._repair():
                    continue
                within = error.pos < len(self._text) - _NEAR_END and not error.msg.startswith("Unterminated")
                if within:
                    raise self._malformed() from error
                if not self._more(wanted):
                    raise _CutError from error
                wanted *= 2
                continue
            except RecursionError as error:
                raise self._refused(
                    "values are nested too deep", "No known export does so; check where it is from."
                ) from error
            except ValueError as error:  # a number of thousands of digits
                raise self._malformed() from error
            # Of a number that the buffer's end cuts, the beginning is a number as well.
            whole = end < len(self._text) and not (_is_number(value) and _DIGITS.fullmatch(self._text, end))
            if whole or not self._more(_CHUNK):
                self._at = end
                return value

    def _peek(self, *, end_allowed: bool = False) -> str:
        while True:
            found = _SPACE.match(self._text, self._at)
            self._at = found.end() if found else self._at
            if self._at < len(self._text):
                return self._text[self._at]
            if not self._more(_CHUNK):
                if end_allowed:
                    return ""
                raise _CutError

    def _more(self, wanted: int) -> bool:
        """Let go of what was used and read on."""
        if self._ended:
            return False
        parts = [self._text[self._at :]]
        if len(parts[0]) > _LARGEST:
            raise self._refused("one value is larger than 64 MiB", "Check where the file is from.")
        got = 0
        while got < wanted:
            text = next(self._chunks, None)
            if text is None:
                self._ended = True
                break
            got += len(text)
            self.replaced += text.count("\ufffd")
            parts.append(text)
        self.characters += got
        self._text, self._at = "".join(parts), 0
        return got > 0

    def _cut(self) -> None:
        self.truncated = True
        self.bytes_unread = len(self._text[self._at :].encode("utf-8", "surrogatepass"))

    def _repair(self) -> bool:
        rest, count = _LOOSE_ESCAPE.subn(r"\1\\u00\2", self._text[self._at :])
        if count:
            self._text, self._at = rest, 0
            self.repaired += count
        return count > 0

    @property
    def _place(self) -> str:
        return f"{self.member.name if self.member.name != self.member.path.name else 'file'}, near character {max(0, self.characters - len(self._text) + self._at)}"

    def _malformed(self) -> InputError:
        return self._refused(
            "this is no JSON", "Export it again, or cut the file there and say so in the passport."
        )

    def _refused(self, reason: str, remedy: str) -> InputError:
        return InputError(self.member.path, reason=reason, remedy=remedy, place=self._place)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


class _CutError(Exception):
    """The text ended within the document."""
