"""Ways of damaging a file, each decided by numbers, so that hypothesis and a plain random generator share them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

__all__ = ["MUTATIONS", "Step", "mutated"]

Step = tuple[int, float, float]
"""Which mutation, and two places in the file from 0 to 1."""

_HOSTILE = (
    b"\0", b"\0" * 64, b"\x01\x02\x1b[2J", b"\xff\xfe", b"\xef\xbb\xbf", b"\xc3\x28", b"\xed\xa0\x80", b"\xf4\x90\x80\x80",
    b"9" * 400, b"-1e99999", b"18446744073709551616", b"NaN", b"9007199254740993", b"0x" + b"F" * 99, b"\\", b"\\" * 99,
    b"'", b'"', b"''", b"`", b"(", b")" * 9, b",", b";", b";\n", b"\n", b"\r", b"\r\n\r\n", b"/*", b"*/", b"-- ", b"--", b"#",
    b"DELIMITER ;;\n", b"INSERT INTO `core_members` VALUES (", b"\\.\n", b"COPY public.users (id) FROM stdin;\n",
    b"a:9:{s:1:", b"[" * 1000, b'{"a":' * 1000, b"<blockquote " * 50, b"[quote=" * 50, b"=cmd|'/c calc'!A0",
    "\u202e\u2066".encode(), "\u2028".encode(), b"0000-00-00", b"9999-99-99", b"NULL", b"\\N", b"_binary '", b"x'", b"b'",
    b"PK\x03\x04", b"\x1f\x8b\x08", b"\x28\xb5\x2f\xfd", b"SET NAMES utf7;\n", b"/*!40101 SET NAMES gbk */;\n",
    b"/*!40101 SET SQL_MODE='NO_BACKSLASH_ESCAPES' */;\n",
)  # fmt: skip
_BLOCK = 200
_CODECS = ("utf-16", "utf-16-be", "utf-32", "cp1252", "cp037", "utf-8-sig")


def _at(data: bytes, place: float) -> int:
    return min(len(data), int(place * (len(data) + 1)))


def _truncate(data: bytes, a: float, b: float) -> bytes:
    return data[: _at(data, a)] if b < 0.7 else data[_at(data, a) :]


def _flip_bit(data: bytes, a: float, b: float) -> bytes:
    at = _at(data, a)
    return data[:at] + bytes(byte ^ (1 << int(b * 8) % 8) for byte in data[at : at + 1]) + data[at + 1 :]


def _set_byte(data: bytes, a: float, b: float) -> bytes:
    at = _at(data, a)
    return data[:at] + bytes([int(b * 256) % 256]) + data[at + 1 :]


def _delete(data: bytes, a: float, b: float) -> bytes:
    at = _at(data, a)
    return data[:at] + data[at + 1 + int(b * _BLOCK) :]


def _duplicate(data: bytes, a: float, b: float) -> bytes:
    at, size = _at(data, a), 1 + int(b * _BLOCK)
    return data[: at + size] + data[at : at + size] * (1 + int(b * 7)) + data[at + size :]


def _splice(data: bytes, a: float, b: float) -> bytes:
    return data[: _at(data, a)] + data[_at(data, b) :]


def _swap(data: bytes, a: float, b: float) -> bytes:
    low, high = sorted((_at(data, a), _at(data, b)))
    size = min(_BLOCK, (high - low) // 2)
    return (
        data[:low]
        + data[high - size : high]
        + data[low + size : high - size]
        + data[low : low + size]
        + data[high:]
    )


def _insert(data: bytes, a: float, b: float) -> bytes:
    at = _at(data, a)
    return data[:at] + _HOSTILE[int(b * len(_HOSTILE)) % len(_HOSTILE)] + data[at:]


def _huge_number(data: bytes, a: float, b: float) -> bytes:
    """Put a hostile text in the place of the next run of digits."""
    start = _at(data, a)
    while start < len(data) and not data[start : start + 1].isdigit():
        start += 1
    end = start
    while end < len(data) and data[end : end + 1].isdigit():
        end += 1
    return data[:start] + _HOSTILE[int(b * len(_HOSTILE)) % len(_HOSTILE)] + data[end:]


def _other_encoding(data: bytes, a: float, b: float) -> bytes:
    codec = _CODECS[int(b * len(_CODECS)) % len(_CODECS)]
    if a < 0.5:
        return data.decode("utf-8", "replace").encode(codec, "replace")
    at = _at(data, (a - 0.5) * 2)
    return data[:at] + data[at:].decode("utf-8", "replace").encode(codec, "replace")


def _swap_lines(data: bytes, a: float, b: float) -> bytes:
    lines = data.split(b"\n")
    one, other = int(a * len(lines)) % len(lines), int(b * len(lines)) % len(lines)
    lines[one], lines[other] = lines[other], lines[one]
    return b"\n".join(lines)


MUTATIONS: Sequence[Callable[[bytes, float, float], bytes]] = (
    _truncate, _flip_bit, _set_byte, _delete, _duplicate, _splice, _swap, _insert, _insert, _huge_number, _other_encoding,
    _swap_lines,
)  # fmt: skip


def mutated(seed: bytes, steps: Sequence[Step]) -> bytes:
    """Apply mutations one after the other."""
    for which, a, b in steps:
        seed = MUTATIONS[which % len(MUTATIONS)](seed, a, b)
    return seed
