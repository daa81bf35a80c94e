"""Watches the files of an export being read: how far, in which encoding, and who is to be told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from attrs import evolve

from vetting.readers.members import Member
from vetting.readers.reading import Progress

__all__ = ["Watch"]


class Watch:
    """Counts what is read of files, each once, though a reader may go over it twice.

    Args:
        path: What was handed in.
        members: Its files that will be read.
        progress: Told of the share of them that was read, as bytes of what was handed in; ``None`` for nobody.
    """

    def __init__(self, path: Path, members: Sequence[Member], progress: Progress | None) -> None:
        self._progress = progress
        self._unpacked = sum(member.size for member in members)  # as announced
        self._size = path.stat().st_size if path.is_file() else self._unpacked
        self._read: dict[str, int] = {}
        self._encodings: dict[str, None] = {}

    @property
    def bytes_read(self) -> int:
        """Decompressed bytes looked at."""
        return sum(self._read.values())

    @property
    def encoding(self) -> str:
        """What the files are in, by their first bytes; joined by ``+`` where they differ."""
        return "+".join(self._encodings)

    def over(self, member: Member) -> Member:
        """Return the file, so that its reading is seen."""

        def chunks(size: int) -> Iterator[bytes]:
            done = 0
            for chunk in source(size):
                if not done:
                    utf16 = chunk.startswith((b"\xff\xfe", b"\xfe\xff"))
                    self._encodings["utf-16" if utf16 else "utf-8"] = None
                done += len(chunk)
                if done > self._read.get(member.name, 0):
                    self._read[member.name] = done
                    self._tell()
                yield chunk

        source = member._source  # noqa: SLF001 - what chunks() itself streams, behind the same guards
        return evolve(member, source=chunks)

    def end(self) -> None:
        """Tell that all is read."""
        if self._progress is not None:
            self._progress(self._size, self._size)

    def _tell(self) -> None:
        if self._progress is not None:
            share = self.bytes_read * self._size // max(1, self._unpacked)
            self._progress(min(self._size, share), self._size)
