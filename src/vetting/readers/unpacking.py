"""Decompresses streams of gzip and Zstandard, a bounded piece at a time; whoever calls counts what comes out."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterator
from typing import Any

__all__ = ["Unpacker", "UnpackingError", "gunzip", "unzstd", "zstd_window"]

Unpacker = Callable[[Iterator[bytes], int], Iterator[bytes]]
"""From the bytes of a compressed stream, and the most bytes of a piece, to pieces that are never empty."""

_ARCHIVES = (
    b"\x1f\x8b",
    b"PK\x03\x04",
    b"PK\x05\x06",
    b"7z\xbc\xaf\x27\x1c",
    b"\xfd7zXZ\x00",
    b"BZh",
    b"Rar!",
)
_ZSTD = re.compile(rb"\x28\xb5\x2f\xfd|[\x50-\x5f]\x2a\x4d\x18", re.DOTALL)
# One byte of a Zstandard stream may stand for 32 KiB: so much of it is handed over at a time that what comes out
# at once stays at 128 MiB, whoever wrote it.
_PIECE = 4096


class UnpackingError(Exception):
    """The stream cannot be decompressed.

    Attributes:
        reason: Why; empty where it is plainly damaged or cut short.
        remedy: What to do; empty with the reason.
    """

    def __init__(self, reason: str = "", remedy: str = "") -> None:
        super().__init__(reason)
        self.reason, self.remedy = reason, remedy


def is_zstd(start: bytes) -> bool:
    """Whether a file begins as a frame of Zstandard does, or as one to be skipped."""
    return bool(_ZSTD.match(start))


def is_tar(start: bytes) -> bool:
    """Whether a file begins as a tar archive does; 262 bytes are enough."""
    return start[257:262] == b"ustar"


def archive_inside(start: bytes) -> str:
    """Say what archive a file begins as; empty for none. An archive in an archive hides its expansion from the caps.

    Example:
        >>> archive_inside(bytes.fromhex("504b0304")), archive_inside(b"INSERT INTO")
        ('another archive', '')
    """
    if start.startswith(_ARCHIVES) or is_zstd(start):
        return "another archive"
    return "a tar archive" if is_tar(start) else ""


def gunzip(blocks: Iterator[bytes], size: int) -> Iterator[bytes]:
    """Decompress gzip, of one member or several, with or without the zero padding of a tape.

    Raises:
        UnpackingError: It is damaged or cut short.
    """
    inflate = zlib.decompressobj(31)
    begun = False  # whether the current member has had any input
    for read in blocks:
        block = read
        while block:
            if inflate.eof:  # the next member, or padding
                block = (inflate.unused_data or block).lstrip(b"\0")
                inflate, begun = zlib.decompressobj(31), False
                if not block:
                    break
            try:
                out = inflate.decompress(block, size)
            except zlib.error as error:
                raise UnpackingError from error
            begun = True
            if out:
                yield out
            block = inflate.unused_data if inflate.eof else inflate.unconsumed_tail
    if begun and not inflate.eof:
        raise UnpackingError


def zstd_window(start: bytes) -> int:
    """Return how many bytes of memory a Zstandard frame asks for, told by its first bytes; 0 where they do not tell.

    Raises:
        UnpackingError: The package that reads it is not installed.
    """
    zstandard = _zstandard()
    try:
        return int(zstandard.get_frame_parameters(start).window_size)
    except zstandard.ZstdError:
        return 0


def unzstd(blocks: Iterator[bytes], size: int, *, window: int) -> Iterator[bytes]:
    """Decompress Zstandard, of one frame or several, skippable ones among them.

    Args:
        blocks: The compressed bytes.
        size: Bytes of a piece at most.
        window: Bytes of memory that a frame may ask for, at least 1 KiB.

    Raises:
        UnpackingError: It is damaged or cut short, asks for more memory, or the package is not installed.
    """
    zstandard = _zstandard()
    context = zstandard.ZstdDecompressor(max_window_size=window)
    frame: Any = None
    held: list[bytes] = []
    length = 0
    try:
        for block in blocks:
            for at in range(0, len(block), _PIECE):
                piece = block[at : at + _PIECE]
                while piece:
                    if frame is None or frame.eof:
                        frame = context.decompressobj()
                    out = frame.decompress(piece)
                    piece = frame.unused_data if frame.eof else b""
                    if out:
                        held.append(out)
                        length += len(out)
                if length >= size:
                    yield from _cut(held, size)
                    length = 0
    except zstandard.ZstdError as error:
        if "memory" in str(error):
            raise UnpackingError(
                f"it asks for more than {window >> 20} MiB of memory to be decompressed",
                "If it is to be trusted, decompress it with zstd -d --long=31 and hand in what was inside.",
            ) from error
        if "ictionary" in str(error):
            raise UnpackingError(
                "it was compressed with a dictionary of its own",
                "Decompress it with zstd -d -D and that dictionary, and hand in what was inside.",
            ) from error
        raise UnpackingError from error
    yield from _cut(held, size)
    if frame is not None and not frame.eof:
        raise UnpackingError


def _cut(held: list[bytes], size: int) -> Iterator[bytes]:
    whole = b"".join(held)
    held.clear()
    for at in range(0, len(whole), size):
        yield whole[at : at + size]


def _zstandard() -> Any:
    try:
        import zstandard
    except ImportError as error:
        raise UnpackingError(
            "it is compressed with Zstandard, which an extra reads",
            "Install it with pip install 'vetting[zst]', or decompress the file with zstd -d.",
        ) from error
    return zstandard
