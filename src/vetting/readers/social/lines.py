"""Reads JSON lines: an object a line, of which only the wanted fields are built."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from attrs import define, field

from vetting.errors import InputError
from vetting.readers.archives import Member

__all__ = ["Lines", "decoder"]

_LONGEST = 64 << 20
_BOM = b"\xef\xbb\xbf"


@define
class Lines:
    """A file of JSON lines, read once.

    Attributes:
        member: The file.
        truncated: Whether the last line ended before its end.
        replaced: Always 0: a line that is no UTF-8 is unreadable as a whole.
        repaired: Always 0: nothing is.
        unreadable: Lines that are no JSON object.
    """

    member: Member
    truncated: bool = field(default=False, init=False)
    replaced: int = field(default=0, init=False)
    repaired: int = field(default=0, init=False)
    unreadable: int = field(default=0, init=False)

    def is_lines(self) -> bool:
        """Whether one of the first lines is a JSON object by itself, and no answer of an interface."""
        start = self.member.head().removeprefix(_BOM).lstrip()
        lines = start.split(b"\n")
        if len(lines) == 1 and len(start) >= 1 << 16:
            return start.startswith(b"{")  # one long line
        return any(map(_is_entry, lines[:4]))

    def objects(self, fields: Sequence[str]) -> Iterator[tuple[int, dict[str, Any]]]:
        """Yield each object with the number of its line, from 1; only some of its fields.

        Args:
            fields: Names; what an object lacks is not in what is yielded.

        Raises:
            InputError: A line is larger than 64 MiB.
        """
        decode = decoder(fields)
        last = b""
        number = 0
        for number, line in self._lines():
            last = line
            if not line or line.isspace():
                continue
            found = decode(line)
            if found is None:
                self.unreadable += 1
            else:
                yield number, found
        self.truncated = bool(last.strip()) and decode(last) is None
        self.unreadable -= self.truncated

    def _lines(self) -> Iterator[tuple[int, bytes]]:
        number, rest = 0, b""
        for chunk in self.member.chunks():
            *whole, rest = (rest + chunk).split(b"\n")
            for line in whole:
                number += 1
                yield number, line.removeprefix(_BOM) if number == 1 else line
            if len(rest) > _LONGEST:
                raise InputError(
                    self.member.path,
                    reason="a line is larger than 64 MiB",
                    remedy="Check where the file is from.",
                    place=f"line {number + 1}",
                )
        if rest:
            yield number + 1, rest.removeprefix(_BOM) if number == 0 else rest


def decoder(fields: Sequence[str]) -> Callable[[bytes], dict[str, Any] | None]:
    """Return what reads a line's wanted fields, or ``None`` for what is no JSON object; msgspec does it where it is there."""
    try:
        import msgspec
    except ImportError:
        return lambda line: _wanted(line, fields)
    shape = msgspec.defstruct("Wanted", [(name, Any, msgspec.UNSET) for name in fields])
    decode = msgspec.json.Decoder(shape).decode
    unset = msgspec.UNSET

    def found(line: bytes) -> dict[str, Any] | None:
        try:
            one = decode(line)
        except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
            return _wanted(line, fields)  # it is stricter: NaN, lone surrogates
        return {name: value for name in fields if (value := getattr(one, name)) is not unset}

    return found


def _wanted(line: bytes, fields: Sequence[str]) -> dict[str, Any] | None:
    found = _plain(line)
    return {name: found[name] for name in fields if name in found} if isinstance(found, dict) else None


def _is_entry(line: bytes) -> bool:
    found = _plain(line) if line.startswith(b"{") else None
    within = found.get("data") if isinstance(found, dict) else []
    return not isinstance(within, list) and not (isinstance(within, dict) and "children" in within)


def _plain(line: bytes) -> Any:
    try:
        return json.loads(line, parse_constant=lambda _: None)
    except (ValueError, RecursionError):
        return None
