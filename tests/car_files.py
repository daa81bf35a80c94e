"""Writes archives of repositories of the AT protocol (CAR), after the specifications of CARv1 and DAG-CBOR."""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Sequence
from typing import Any

__all__ = ["car_file", "cbor"]

_CID = b"\x01\x71\x12\x20"  # version 1, DAG-CBOR, SHA-256 of 32 bytes


def cbor(value: Any) -> bytes:
    """Encode a value of JSON, or bytes, or an id of a block (32 bytes in a list of one, a tuple)."""
    if value is None or isinstance(value, bool):
        return {None: b"\xf6", True: b"\xf5", False: b"\xf4"}[value]
    if isinstance(value, int):
        return _head(0, value) if value >= 0 else _head(1, -1 - value)
    if isinstance(value, float):
        return b"\xfb" + struct.pack(">d", value)
    if isinstance(value, str):
        return _head(3, len(value.encode())) + value.encode()
    if isinstance(value, bytes):
        return _head(2, len(value)) + value
    if isinstance(value, tuple):
        return b"\xd8\x2a" + cbor(b"\x00" + _CID + value[0])
    if isinstance(value, list):
        return _head(4, len(value)) + b"".join(map(cbor, value))
    items = sorted((cbor(key), cbor(one)) for key, one in value.items())
    return _head(5, len(items)) + b"".join(key + one for key, one in items)


def car_file(blocks: Sequence[Any]) -> bytes:
    """An archive of these blocks."""
    header = cbor({"roots": [(bytes(32),)], "version": 1})
    parts = [_varint(len(header)) + header]
    for block in blocks:
        data = cbor(block)
        cid = _CID + hashlib.sha256(data).digest()
        parts.append(_varint(len(cid) + len(data)) + cid + data)
    return b"".join(parts)


def _head(major: int, number: int) -> bytes:
    if number < 24:
        return bytes([major << 5 | number])
    for short, size in ((24, 1), (25, 2), (26, 4), (27, 8)):
        if number < 1 << 8 * size:
            return bytes([major << 5 | short]) + number.to_bytes(size, "big")
    raise ValueError(number)


def _varint(number: int) -> bytes:
    parts = []
    while number > 127:
        parts.append(number & 127 | 128)
        number >>= 7
    return bytes([*parts, number])
