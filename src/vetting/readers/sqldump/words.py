"""Reads columns of numbers and addresses eight characters at a time, without cutting the literals out."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from vetting.readers.sqldump.structure import Ints

__all__ = ["packed_addresses", "plain_integers", "unpacked_addresses"]

_Words = npt.NDArray[np.uint64]

_MARGIN = 24  # bytes that may be looked at before and behind a literal
_DIGITS = 16  # a word's worth twice; longer numbers are read one by one
_ZEROS = np.uint64(0x3030303030303030)
_LOW = np.uint64(0x0F0F0F0F0F0F0F0F)
_HIGH = np.uint64(0xF0F0F0F0F0F0F0F0)
_SIXES = np.uint64(0x0606060606060606)
_NULL = np.uint64(int.from_bytes(b"NULL", "little"))
_PAIRS, _QUADS, _HALVES = (np.uint64(one) for one in (0x00FF00FF00FF00FF, 0x0000FFFF0000FFFF, 0xFFFFFFFF))
_CHARACTERS = np.frombuffer(b"0123456789\0\0\0\0.\0", dtype=np.uint8)
# By how many of its characters count: masks that keep the last, or the first, of a word.
_KEEP_LAST = np.array(
    [0, *(((1 << 64) - 1) ^ ((1 << (64 - 8 * n)) - 1) for n in range(1, 9))], dtype=np.uint64
)
_KEEP_FIRST = np.array([(1 << (8 * n)) - 1 for n in range(9)], dtype=np.uint64)


def plain_integers(text: bytes, starts: Ints, ends: Ints) -> tuple[Ints, npt.NDArray[np.bool_]] | None:
    """Read ``NULL`` and up to 16 digits with or without a minus.

    Args:
        text: In which the literals lie.
        starts: Of each, ascending; not empty.
        ends: Of each.

    Returns:
        Numbers and where they are null; ``None`` when anything else is there.

    Example:
        >>> numbers, nulls = plain_integers(b"17,-4,NULL,", np.array([0, 3, 6]), np.array([2, 5, 10]))
        >>> numbers.tolist(), nulls.tolist()
        ([17, -4, 0], [False, False, True])
    """
    words, pad = _words(text, int(starts[0]), int(ends[-1]))
    first = words[starts + pad]
    nulls = first & _HALVES == _NULL
    initial = first & np.uint64(0xFF)
    negative = initial == ord("-")
    lengths = ends - starts - negative
    if nulls.any():
        if (lengths[nulls] != 4).any():
            return None
        lengths[nulls] = 1  # the L is masked below
    if int(lengths.max()) > _DIGITS or int(lengths.min()) < 1:
        return None
    behind = ends + pad
    held = np.minimum(lengths, 8)
    low = (words[behind - 8] ^ _ZEROS) & _KEEP_LAST[held]
    if nulls.any():
        low[nulls] = 0
    wrong = ((low + _SIXES) | low) & _HIGH
    numbers = _value(low)
    if int(lengths.max()) > 8:
        high = (words[behind - 16] ^ _ZEROS) & _KEEP_LAST[np.maximum(lengths - 8, 0)]
        wrong |= ((high + _SIXES) | high) & _HIGH
        numbers += _value(high) * np.uint64(10**8)
    if wrong.any():
        return None
    found: Ints = numbers.astype(np.int64)
    if negative.any():
        np.negative(found, out=found, where=negative)
    return found, nulls


def packed_addresses(text: bytes, starts: Ints, ends: Ints) -> Ints:
    """Pack quoted texts of up to 15 digits and points into one number each, 4 bits a character.

    Args:
        text: In which the literals lie.
        starts: Of each, ascending; not empty.
        ends: Of each.

    Returns:
        Numbers from which :func:`unpacked_addresses` makes the literals again; -1 for any other literal.

    Example:
        >>> text = b"'192.0.2.7',NULL,"
        >>> packed = packed_addresses(text, np.array([0, 12]), np.array([11, 16]))
        >>> (packed >= 0).tolist(), unpacked_addresses(packed[:1]).to_pylist()
        ([True, False], [b"'192.0.2.7'"])
    """
    words, pad = _words(text, int(starts[0]), int(ends[-1]))
    codes: npt.NDArray[np.uint8] = np.frombuffer(text, dtype=np.uint8)
    lengths = ends - starts - 2
    usual = (codes[starts] == ord("'")) & (codes[ends - 1] == ord("'")) & (lengths > 0) & (lengths < 16)
    begin = np.where(usual, starts, 0) + (pad + 1)
    held = np.where(usual, lengths, 0)
    nibbles = []
    for offset, count in ((0, np.minimum(held, 8)), (8, np.maximum(held - 8, 0))):
        keep = _KEEP_FIRST[count]
        word = words[begin + offset] & keep
        low = word & _LOW
        # A character is a digit, or else the point; anything else differs from both.
        points = word ^ (np.uint64(0x2E2E2E2E2E2E2E2E) & keep)
        digits = word ^ (_ZEROS & keep)
        point = _zero_bytes(points) & keep
        usual &= ((((digits + _SIXES) | digits) & _HIGH) & ~point) == 0
        nibbles.append(_squeezed((low & keep) | (_LOW & ~keep)))
    packed: Ints = (nibbles[0] | (nibbles[1] << np.uint64(32))).astype(np.int64) & ((1 << 60) - 1)
    packed[~usual] = -1
    return packed


def unpacked_addresses(packed: Ints) -> pa.Array:
    """Make the literals again that :func:`packed_addresses` packed; an Arrow ``binary`` array."""
    characters = np.empty((len(packed), 17), dtype=np.uint8)
    characters[:, 0] = ord("'")
    for place in range(15):
        characters[:, place + 1] = _CHARACTERS[(packed >> (4 * place)) & 15]
    ends = (characters[:, 1:16] != 0).sum(axis=1) + 1
    characters[:, 16] = 0
    characters[np.arange(len(packed)), ends] = ord("'")
    offsets = np.zeros(len(packed) + 1, dtype=np.int64)
    np.cumsum(ends + 1, out=offsets[1:])
    buffers = [None, pa.py_buffer(offsets), pa.py_buffer(characters[characters != 0])]
    return pa.Array.from_buffers(pa.large_binary(), len(packed), buffers).cast(pa.binary())


def _words(text: bytes, first: int, last: int) -> tuple[_Words, int]:
    """Every eight bytes of a text as a number, wherever they start, and how far behind they now are."""
    pad = 0 if first >= _MARGIN and last + _MARGIN <= len(text) else _MARGIN
    padded = b"".join((bytes(pad), text, bytes(pad))) if pad else text
    return np.ndarray(len(padded) - 7, dtype="<u8", buffer=padded, strides=(1,)), pad


def _value(digits: _Words) -> _Words:
    """The number that eight digits make, the first in the lowest byte."""
    digits = (digits * np.uint64(10) + (digits >> np.uint64(8))) & _PAIRS
    digits = (digits * np.uint64(100) + (digits >> np.uint64(16))) & _QUADS
    return (digits * np.uint64(10_000) + (digits >> np.uint64(32))) & _HALVES


def _squeezed(nibbles: _Words) -> _Words:
    """Put the low halves of eight bytes side by side."""
    nibbles = (nibbles | (nibbles >> np.uint64(4))) & _PAIRS
    nibbles = (nibbles | (nibbles >> np.uint64(8))) & _QUADS
    return (nibbles | (nibbles >> np.uint64(16))) & _HALVES


def _zero_bytes(word: _Words) -> _Words:
    """All ones in each byte that is zero."""
    some = (word & np.uint64(0x7F7F7F7F7F7F7F7F)) + np.uint64(0x7F7F7F7F7F7F7F7F) | word
    flags = (~some & np.uint64(0x8080808080808080)) >> np.uint64(7)
    return flags * np.uint64(0xFF)
