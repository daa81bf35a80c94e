"""Reads the archive of a repository of the AT protocol (a CAR file): blocks of DAG-CBOR, one after another.

Source: the specifications "CARv1", "DAG-CBOR" and "Repository" (ipld.io, atproto.com).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Any

from vetting.errors import InputError
from vetting.readers.archives import Member

__all__ = ["CutError", "blocks", "decode"]

_LARGEST = 4 << 20  # bytes of a block; repositories allow 1 MiB
_DEEPEST = 64
_CID = 36  # bytes of the only kind of id that repositories use: version 1, SHA-256


class CutError(Exception):
    """The archive ends within a block."""


def blocks(member: Member) -> Iterator[dict[str, Any] | None]:
    """Yield the blocks that are maps, decoded; ``None`` for one that cannot be.

    Raises:
        CutError: The archive ends within a block.
        InputError: A block is larger than 4 MiB.
    """
    source = _Source(member)
    header = source.take(source.varint(first=True))
    if b"roots" not in header:
        raise InputError(
            member.path, reason="it does not begin as a CAR file does", remedy="Export the repository again."
        )
    while (size := source.varint(end_allowed=True)) is not None:
        block = source.take(size)
        try:
            value, _ = decode(block, _CID)
        except (ValueError, IndexError):
            yield None
            continue
        if isinstance(value, dict):
            yield value


def decode(data: bytes, at: int, depth: int = 0) -> tuple[Any, int]:
    """Decode one value of DAG-CBOR; an id of a block becomes ``None``.

    Args:
        data: Bytes.
        at: Where the value begins.
        depth: How deep it lies.

    Returns:
        The value, and where it ends.

    Raises:
        ValueError: It is no DAG-CBOR, or nested deeper than 64.
        IndexError: It ends within the value.

    Example:
        >>> decode(bytes.fromhex("a1616101"), 0)
        ({'a': 1}, 4)
    """
    if depth > _DEEPEST:
        raise ValueError("nested too deep")
    first = data[at]
    major, short = first >> 5, first & 31
    at += 1
    if major == 7:
        return _simple(data, at, short)
    number, at = _argument(data, at, short)
    if major == 0:
        return number, at
    if major == 1:
        return -1 - number, at
    if major in {2, 3}:
        if at + number > len(data):
            raise IndexError
        raw = data[at : at + number]
        return (raw.decode() if major == 3 else raw), at + number
    if number > len(data):
        raise IndexError
    if major == 4:
        listed = []
        for _ in range(number):
            value, at = decode(data, at, depth + 1)
            listed.append(value)
        return listed, at
    if major == 5:
        found = {}
        for _ in range(number):
            key, at = decode(data, at, depth + 1)
            found[str(key)], at = decode(data, at, depth + 1)
        return found, at
    _, at = decode(data, at, depth + 1)  # a tag: an id of a block
    return None, at


def _argument(data: bytes, at: int, short: int) -> tuple[int, int]:
    if short < 24:
        return short, at
    if short > 27:
        raise ValueError("a length that DAG-CBOR does not have")
    size = 1 << (short - 24)
    if at + size > len(data):
        raise IndexError
    return int.from_bytes(data[at : at + size], "big"), at + size


def _simple(data: bytes, at: int, short: int) -> tuple[Any, int]:
    if short in {20, 21, 22}:
        return {20: False, 21: True, 22: None}[short], at
    if short == 27 and at + 8 > len(data):
        raise IndexError
    if short == 27:
        return struct.unpack(">d", data[at : at + 8])[0], at + 8
    raise ValueError("a value that DAG-CBOR does not have")


class _Source:
    def __init__(self, member: Member) -> None:
        self._member = member
        self._chunks = member.chunks(1 << 20)
        self._held = b""
        self._at = 0

    def take(self, size: int | None) -> bytes:
        if size is None or size > _LARGEST:
            raise InputError(
                self._member.path,
                reason="a block in it is larger than 4 MiB",
                remedy="Check where the file is from.",
            )
        while len(self._held) - self._at < size:
            chunk = next(self._chunks, b"")
            if not chunk:
                raise CutError
            self._held = self._held[self._at :] + chunk
            self._at = 0
        self._at += size
        return self._held[self._at - size : self._at]

    def varint(self, *, first: bool = False, end_allowed: bool = False) -> int | None:
        number = 0
        for shift in range(0, 63, 7):
            try:
                byte = self.take(1)[0]
            except CutError:
                if end_allowed and not shift:
                    return None
                raise
            number |= (byte & 127) << shift
            if byte < 128:
                return number
        raise InputError(
            self._member.path,
            reason="a length in it is none",
            remedy="Export the repository again." if first else "Fetch a whole copy.",
        )
