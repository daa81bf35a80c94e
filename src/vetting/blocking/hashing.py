"""64-bit hashes of many short texts at once."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from vetting.normalise.texts import utf8

__all__ = ["Hashes", "combine", "combine_one", "hash_text", "hash_texts"]

Hashes = npt.NDArray[np.uint64]

_OFFSET = np.uint64(0xCBF29CE484222325)
_PRIME = np.uint64(0x100000001B3)
_MIX_1 = np.uint64(0xBF58476D1CE4E5B9)
_MIX_2 = np.uint64(0x94D049BB133111EB)
_ALL = 0xFFFFFFFFFFFFFFFF
_GOLDEN = np.uint64(0x9E3779B97F4A7C15)


def hash_texts(texts: Sequence[str], *, prefix: str = "") -> Hashes:
    """Hash texts by their UTF-8 bytes: FNV-1a, then a finaliser that spreads every bit.

    The same text has the same hash in every process and on every machine. With n distinct keys the
    expected number of colliding pairs is n^2 / 2^65: 0.1 at 60 million.

    Args:
        texts: n texts, in a list or an Arrow array.
        prefix: What each text is taken to begin with.

    Returns:
        Shape (n,).

    Source:
        Fowler, Noll & Vo, FNV-1a; Steele, Lea & Flood 2014 (the SplitMix64 finaliser).

    Cost: one pass over the bytes, vectorised across texts.
    """
    starts, content = utf8(texts)
    count = len(starts) - 1
    if not count:
        return np.empty(0, np.uint64)
    lengths = np.diff(starts)
    # Longest first, so that the texts that still have a byte at position i are always a prefix.
    shorter = lengths.max() - lengths
    order = np.argsort(shorter.astype(np.uint16) if shorter.max() < 2**16 else shorter, kind="stable")
    starts, descending = starts[:-1][order], lengths[order]
    running = np.full(count, _absorbed(prefix))
    # How many texts are longer than each position.
    alive = count - np.cumsum(np.bincount(lengths))
    for position in range(int(descending[0])):
        here = running[: alive[position]]
        here ^= content[starts[: alive[position]] + position]
        here *= _PRIME
    hashes = np.empty_like(running)
    hashes[order] = _finalise(running)
    return hashes


def hash_text(text: str) -> int:
    """Hash one text as :func:`hash_texts` does, quicker for a single short one.

    Example:
        >>> hash_text("vorn") == int(hash_texts(["vorn"])[0])
        True
    """
    running = int(_absorbed(text))
    running = (running ^ running >> 30) * 0xBF58476D1CE4E5B9 & _ALL
    running = (running ^ running >> 27) * 0x94D049BB133111EB & _ALL
    return running ^ running >> 31


def _absorbed(text: str) -> np.uint64:
    """FNV-1a of a text, not finalised."""
    running = int(_OFFSET)
    for byte in text.encode():
        running = (running ^ byte) * 0x100000001B3 & _ALL
    return np.uint64(running)


def combine_one(left: int, right: int) -> int:
    """Hash one pair of hashes as :func:`combine` does."""
    running = (left * 0x100000001B3 & _ALL) ^ (right + 0x9E3779B97F4A7C15 & _ALL)
    running = (running ^ running >> 30) * 0xBF58476D1CE4E5B9 & _ALL
    running = (running ^ running >> 27) * 0x94D049BB133111EB & _ALL
    return running ^ running >> 31


def combine(left: Hashes, right: Hashes) -> Hashes:
    """Hash pairs of hashes, order mattering.

    Args:
        left: Shape (n,).
        right: Shape (n,).
    """
    return _finalise((left * _PRIME) ^ (right + _GOLDEN))


def _finalise(hashes: Hashes) -> Hashes:
    hashes = (hashes ^ (hashes >> np.uint64(30))) * _MIX_1
    hashes = (hashes ^ (hashes >> np.uint64(27))) * _MIX_2
    return hashes ^ (hashes >> np.uint64(31))
