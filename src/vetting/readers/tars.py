"""Lists and streams the files of a tar, packed or not, from its beginning to its end and never to disk."""

from __future__ import annotations

import tarfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Self

from vetting.errors import ArchiveError
from vetting.readers.files import InputFile
from vetting.readers.members import ArchiveLimits, Member, check_count, check_names, damaged, leads_out

__all__ = ["tar_members"]

_BUFFER = 1 << 20
_SMALL = 1 << 16  # such files are kept when they are listed, so that a packed tar is not read again for each
_KEPT = 256 << 20  # bytes of them in all
_LARGEST_HEADER = 64 << 20
_ENDLESS = 1 << 62


def tar_members(path: Path, caps: ArchiveLimits) -> tuple[Member, ...]:
    """List the files of a tar, by name.

    Args:
        path: The archive, as it is or packed by gzip or Zstandard.
        caps: How much it may hold; the limits of a file hold for the whole of it.

    Raises:
        ArchiveError: The archive is damaged, expands beyond its limits, holds too many files or two of one name.

    Cost: The archive is read once to list it, and again for each file above 64 KiB that is opened.
    """
    found: list[Member] = []
    kept = 0
    for archive, info in _entries(path, caps):
        place = len(found)
        check_count(path, place + 1, caps)
        problem = _problem(info)
        source = _streamed(path, place, caps)
        if not problem and info.size <= _SMALL and kept + info.size <= _KEPT:
            kept += info.size
            source = _held(b"".join(_content(path, archive, info, _SMALL)))
        found.append(Member(path=path, name=info.name, size=info.size, problem=problem, source=source))
    check_names(path, [one.name for one in found])
    return tuple(sorted(found, key=lambda one: one.name))


def _problem(info: tarfile.TarInfo) -> str:
    if leads_out(info.name):
        return "a file's name in it is a path out of the archive"
    if info.issym() or info.islnk():
        return "a file in it is a link"
    if not info.isreg() or info.issparse():
        return "a file in it is no plain file"
    return ""


def _held(content: bytes) -> Callable[[int], Iterator[bytes]]:
    def chunks(size: int) -> Iterator[bytes]:
        for at in range(0, len(content), size):
            yield content[at : at + size]

    return chunks


def _streamed(path: Path, place: int, caps: ArchiveLimits) -> Callable[[int], Iterator[bytes]]:
    def chunks(size: int) -> Iterator[bytes]:
        for number, (archive, info) in enumerate(_entries(path, caps)):
            if number == place:
                yield from _content(path, archive, info, size)
                return

    return chunks


def _content(path: Path, archive: tarfile.TarFile, info: tarfile.TarInfo, size: int) -> Iterator[bytes]:
    try:
        content = archive.extractfile(info)
        while content is not None and (chunk := content.read(size)):
            yield chunk
    except (tarfile.TarError, EOFError, ValueError) as error:
        raise damaged(path) from error


def _entries(path: Path, caps: ArchiveLimits) -> Iterator[tuple[tarfile.TarFile, tarfile.TarInfo]]:
    """Yield whatever is no folder; its content can be read until the next is asked for."""
    stream = _Stream(InputFile(path, limits=caps.each, archives=True))
    try:
        with tarfile.open(fileobj=stream, mode="r|", bufsize=_BUFFER, tarinfo=_Strict) as archive:  # type: ignore[call-overload]
            while (info := archive.next()) is not None:
                archive.members = []  # it would keep all of them
                stream.allowed = info.size + _LARGEST_HEADER
                if not info.isdir():
                    yield archive, info
            stream.allowed = _ENDLESS
            while rest := archive.fileobj.read(_BUFFER):
                if rest.strip(b"\0"):
                    raise ArchiveError(
                        path,
                        reason="something follows the archive's end",
                        remedy="Unpack it and hand in the files: two archives were perhaps put into one.",
                    )
    except (tarfile.TarError, EOFError, ValueError, OverflowError) as error:
        raise damaged(path) from error


class _Strict(tarfile.TarInfo):
    """A header. By itself tarfile takes one that is damaged, cut or missing for the archive's end, if it is not the first."""

    @classmethod
    def fromtarfile(cls, tarfile_: tarfile.TarFile) -> Self:
        try:
            return super().fromtarfile(tarfile_)
        except tarfile.EOFHeaderError:  # type: ignore[attr-defined]
            raise  # the mark of the end
        except tarfile.HeaderError as error:
            raise tarfile.ReadError from error


class _Stream:
    """Decompressed bytes as tarfile reads them; a header's word on its own size is not taken on trust."""

    def __init__(self, file: InputFile) -> None:
        self._path = file.path
        self._chunks = file.chunks(_BUFFER)
        self._rest = b""
        self.allowed = _LARGEST_HEADER  # bytes until the next entry is to be there

    def read(self, size: int) -> bytes:
        self.allowed -= size
        if self.allowed < 0:
            raise ArchiveError(
                self._path,
                reason="a header in it is larger than 64 MiB",
                remedy="Unpack it in a safe place and hand in the files.",
            )
        parts, wanted = [self._rest], size - len(self._rest)
        while wanted > 0 and (chunk := next(self._chunks, b"")):
            parts.append(chunk)
            wanted -= len(chunk)
        whole = b"".join(parts)
        self._rest = whole[size:]
        return whole[:size]
