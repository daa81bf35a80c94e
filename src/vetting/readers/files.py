"""Bounded opening of the files that people hand in: plain, gzip, Zstandard or zip, streamed and hashed.

A file is recognised by its first bytes, never by its name. Nothing is ever unpacked to disk.
"""

from __future__ import annotations

import hashlib
import stat
import zipfile
import zlib
from collections.abc import Iterator
from functools import partial
from io import BufferedReader
from os import PathLike, fspath
from pathlib import Path, PurePosixPath
from typing import Literal

from attrs import define, field, frozen

from vetting.errors import ArchiveError, InputError
from vetting.readers.reading import Progress
from vetting.readers.unpacking import (
    Unpacker,
    UnpackingError,
    archive_inside,
    gunzip,
    is_zstd,
    unzstd,
    zstd_window,
)

__all__ = ["Container", "InputFile", "Limits", "file_sha256"]

Container = Literal["plain", "gzip", "zip", "zstd"]

CHUNK = 4 << 20
_RAW = 1 << 20
_FRAME_HEADER = 18  # bytes at most
_WINDOW = 1 << 27  # memory that a frame may ask for, by zstd's own default
_REDDIT_WINDOW = 1 << 31
_REDDIT = (b'"subreddit"', b'"author"', b'"created_utc"')


@frozen(kw_only=True)
class Limits:
    """How far a compressed file may expand.

    Attributes:
        total: Decompressed bytes in all. 64 GiB is far above any known forum's dump and still a bound.
        ratio: Decompressed bytes per compressed byte; SQL text reaches about 10, a bomb 1,000.
        ratio_after: Decompressed bytes from which the ratio counts, so that a small repetitive file passes.
    """

    total: int = 64 << 30
    ratio: int = 200
    ratio_after: int = 64 << 20


def _path(given: str | PathLike[str]) -> Path:
    return Path(fspath(given))


@define
class InputFile:
    """One file as handed in, to be streamed once.

    Attributes:
        path: The file.
        member: In a zip, which member; ``None`` when there is only one.
        limits: How far it may expand.
        progress: Called with bytes consumed of the file as handed in, and its size.
        archives: Whether an archive may be inside, since the caller guards what comes out of that.
        size: Bytes of the file as handed in.
        container: What the first bytes show.
        sha256: Of the file as handed in, 64 hexadecimal digits; empty until it was read to the end.

    Raises:
        InputError: If the file is empty or cannot be opened.
    """

    path: Path = field(converter=_path)
    member: str | None = field(default=None, kw_only=True)
    limits: Limits = field(factory=Limits, kw_only=True)
    progress: Progress | None = field(default=None, kw_only=True)
    archives: bool = field(default=False, kw_only=True)
    size: int = field(init=False)
    container: Container = field(init=False)
    sha256: str = field(init=False, default="")

    def __attrs_post_init__(self) -> None:
        """Look at the size and the first bytes."""
        with _open(self.path) as raw:
            self.size = raw.seek(0, 2)
            raw.seek(0)
            start = raw.read(4)
        if not self.size:
            raise InputError(
                self.path, reason="the file is empty", remedy="Fetch it again, or check its name."
            )
        self.container = (
            "gzip"
            if start[:2] == b"\x1f\x8b"
            else "zip"
            if start in {b"PK\x03\x04", b"PK\x05\x06"}
            else "zstd"
            if is_zstd(start)
            else "plain"
        )

    def chunks(self, size: int = CHUNK) -> Iterator[bytes]:
        """Stream the decompressed bytes.

        Args:
            size: Bytes of a chunk at most.

        Yields:
            Chunks that are never empty; concatenated they are the decompressed file.

        Raises:
            ArchiveError: The file is damaged, encrypted, nested, ambiguous, or expands beyond its limits.
        """
        readers = {"plain": self._plain, "gzip": self._gzip, "zip": self._zip, "zstd": self._zstd}
        source = readers[self.container](size)
        first = True
        for chunk in source:
            if first and not self.archives and (nested := archive_inside(chunk)):
                what = f"it holds {nested}" if self.container != "plain" else f"it is {nested}"
                raise ArchiveError(
                    self.path, reason=what, remedy="Unpack it first and hand in the file inside."
                )
            first = False
            yield chunk
        if first:
            raise ArchiveError(
                self.path,
                reason="nothing is inside",
                remedy="Fetch the file again, or check which file was packed.",
            )

    def head(self, size: int = 1 << 16) -> bytes:
        """Return the first decompressed bytes, without touching the hash or the progress."""
        twin = InputFile(self.path, member=self.member, limits=self.limits, archives=self.archives)
        return next(twin.chunks(size), b"")[:size]

    def _plain(self, size: int) -> Iterator[bytes]:
        digest = hashlib.sha256()
        done = 0
        with _open(self.path) as raw:
            while chunk := raw.read(size):
                digest.update(chunk)
                done += len(chunk)
                self._told(done)
                yield chunk
        self.sha256 = digest.hexdigest()

    def _stream(self, unpack: Unpacker, size: int) -> Iterator[bytes]:
        digest = hashlib.sha256()
        consumed = produced = 0

        def blocks() -> Iterator[bytes]:
            nonlocal consumed
            with _open(self.path) as raw:
                while block := raw.read(_RAW):
                    digest.update(block)
                    consumed += len(block)
                    self._told(consumed)
                    yield block

        try:
            for chunk in unpack(blocks(), size):
                produced += len(chunk)
                self._within(produced, consumed)
                yield chunk
        except UnpackingError as error:
            if error.reason:
                raise ArchiveError(self.path, reason=error.reason, remedy=error.remedy) from error
            raise self._damaged(produced) from error
        self.sha256 = digest.hexdigest()

    def _gzip(self, size: int) -> Iterator[bytes]:
        return self._stream(gunzip, size)

    def _zstd(self, size: int) -> Iterator[bytes]:
        with _open(self.path) as raw:
            start = raw.read(_FRAME_HEADER)
        try:
            large = zstd_window(start) > _WINDOW
        except UnpackingError as error:
            raise ArchiveError(self.path, reason=error.reason, remedy=error.remedy) from error
        window = _REDDIT_WINDOW if large and self._is_reddit() else _WINDOW
        return self._stream(partial(unzstd, window=window), size)

    def _is_reddit(self) -> bool:
        """Whether the file begins as the archives of Reddit do, which are made with the largest window there is."""
        twin = InputFile(self.path, limits=self.limits)
        start = next(twin._stream(partial(unzstd, window=_REDDIT_WINDOW), _RAW), b"")
        return all(mark in start for mark in _REDDIT)

    def _zip(self, size: int) -> Iterator[bytes]:
        produced = 0
        try:
            with zipfile.ZipFile(self.path) as archive:
                info = self._the_member(archive)
                packed = max(1, min(info.compress_size, self.size))
                with archive.open(info) as stream:
                    while chunk := stream.read(size):
                        produced += len(chunk)
                        self._within(produced, packed)
                        self._told(min(self.size, self.size * produced // max(1, info.file_size)))
                        yield chunk
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError) as error:
            raise self._damaged(produced) from error
        self.sha256 = file_sha256(self.path)

    def _the_member(self, archive: zipfile.ZipFile) -> zipfile.ZipInfo:
        files = [info for info in archive.infolist() if not info.is_dir()]
        if self.member is not None:
            files = [info for info in files if info.filename == self.member]
        if len(files) != 1:
            raise ArchiveError(
                self.path,
                reason=f"{len(files)} files inside match where one is wanted",
                remedy="Name the member to read, or pack one file alone.",
            )
        info = files[0]
        name = PurePosixPath(info.filename.replace("\\", "/"))
        if (
            name.is_absolute()
            or ".." in name.parts
            or ":" in info.filename
            or stat.S_ISLNK(info.external_attr >> 16)
        ):
            raise ArchiveError(
                self.path,
                reason="the member's name is a path out of the archive, or a link",
                remedy="Have it packed again as a plain file.",
            )
        if info.flag_bits & 1:
            raise ArchiveError(
                self.path, reason="the member is encrypted", remedy="Unpack it with its password first."
            )
        if info.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            raise ArchiveError(
                self.path,
                reason="the member is packed by a rare method",
                remedy="Unpack it and hand in the file.",
            )
        return info

    def _within(self, produced: int, consumed: int) -> None:
        bomb = produced > self.limits.ratio_after and produced > self.limits.ratio * consumed
        if bomb or produced > self.limits.total:
            what = f"{self.limits.ratio} times its size" if bomb else f"{self.limits.total} bytes"
            raise ArchiveError(
                self.path,
                reason=f"it expands beyond {what}",
                remedy="If the file is to be trusted, unpack it and hand in what was inside.",
                place=f"after {produced} decompressed bytes",
            )

    def _damaged(self, produced: int) -> ArchiveError:
        return ArchiveError(
            self.path,
            reason="the compressed data are damaged or cut short",
            remedy="Fetch a whole copy and compare its hash with the passport's.",
            place=f"after {produced} decompressed bytes",
        )

    def _told(self, consumed: int) -> None:
        if self.progress is not None:
            self.progress(consumed, self.size)


def file_sha256(path: str | PathLike[str]) -> str:
    """Return the SHA-256 of a file as handed in, 64 hexadecimal digits.

    Raises:
        InputError: If it cannot be opened.
    """
    with _open(Path(path)) as raw:
        return hashlib.file_digest(raw, "sha256").hexdigest()


def _open(path: Path) -> BufferedReader:
    try:
        return path.open("rb")
    except IsADirectoryError as error:
        raise InputError(
            path,
            reason="it is a folder, and a list is one file with one hash",
            remedy="Pack the folder into a zip, put the hash of that into the passport, and hand in the zip.",
        ) from error
    except OSError as error:
        raise InputError(
            path,
            reason=f"it cannot be opened ({error.strerror})",
            remedy="Check the path and its permissions.",
        ) from error
