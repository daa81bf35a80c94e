"""A sliding window over a stream of bytes that knows its offset and grows only as far as it must."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from vetting.errors import DumpError
from vetting.readers.sqldump.grammar import mask

__all__ = ["Window"]


class Window:
    """What is in memory of the dump: an unread tail and the next chunk.

    Attributes:
        raw: The bytes held.
        position: The next byte to look at, in `raw`.
        base: Offset of `raw` in the decompressed dump.
        ended: Whether the stream has no more.
        escapes: False for a dump whose strings know no backslash escapes.
    """

    def __init__(self, chunks: Iterator[bytes], path: Path | None = None) -> None:
        self._chunks = chunks
        self._path = path or Path("dump")
        self._masked: bytes | None = None
        self.mask_bytes = (b"\x01", b"\x02")
        self.raw = b""
        self.position = 0
        self.base = 0
        self.ended = False
        self.escapes = True

    @property
    def offset(self) -> int:
        """Offset of the next byte in the decompressed dump."""
        return self.base + self.position

    @property
    def left(self) -> int:
        """Bytes held and not looked at yet."""
        return len(self.raw) - self.position

    @property
    def code(self) -> bytes:
        """The window with its escapes masked: same length, every quote a real one.

        Raises:
            DumpError: If no two bytes are left to mask with.
        """
        if self._masked is None:
            try:
                self._masked, self.mask_bytes = (
                    mask(self.raw) if self.escapes else (self.raw, self.mask_bytes)
                )
            except ValueError as error:
                raise DumpError(
                    self._path,
                    reason="its texts escape every control byte, which no program that writes dumps does",
                    remedy="Take the dump again with --hex-blob.",
                    offset=self.offset,
                ) from error
        return self._masked

    def more(self) -> bool:
        """Forget what was looked at and read on, doubling the tail so that long rows cost linear time.

        Returns:
            False when the stream has ended and nothing was added.
        """
        tail = self.raw[self.position :]
        parts, size = [tail], 0
        while not self.ended and size < max(1, len(tail)):
            chunk = next(self._chunks, b"")
            if chunk:
                parts.append(chunk)
                size += len(chunk)
            else:
                self.ended = True
        if size or self.position:
            self.base += self.position
            self.position = 0
            self.raw = b"".join(parts) if size else tail
            self._masked = None
        return size > 0

    def ensure(self, size: int) -> bool:
        """Hold at least `size` bytes ahead unless the stream ends; False when nothing at all is left."""
        while self.left < size and self.more():
            pass
        return self.left > 0

    def pass_over(self, needle: bytes) -> bool:
        """Move just behind the next `needle` of the raw bytes, keeping nothing in between; False at the end."""
        while (found := self.raw.find(needle, self.position)) < 0:
            self.position = max(self.position, len(self.raw) - len(needle) + 1)
            if not self.more():
                self.position = len(self.raw)
                return False
        self.position = found + len(needle)
        return True

    def pass_over_pattern(self, pattern: re.Pattern[bytes], longest: int = 256) -> bool:
        """As `pass_over`, for a pattern whose match is never longer than `longest`."""
        while True:
            found = pattern.search(self.raw, self.position)
            # A match at the very end may be another one once more is known.
            if found and (self.ended or found.end() <= len(self.raw) - longest):
                self.position = found.end()
                return True
            self.position = max(self.position, len(self.raw) - longest)
            if found:
                self.position = min(self.position, found.start())
            if not self.more() and not (found := pattern.search(self.raw, self.position)):
                self.position = len(self.raw)
                return False
