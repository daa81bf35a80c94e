"""The guard at the door of archives and folders: their files are listed and streamed, and never unpacked to disk."""

from __future__ import annotations

import stat
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath

from attrs import field, frozen

from vetting.errors import ArchiveError, InputError
from vetting.readers.files import CHUNK, InputFile, Limits

__all__ = ["ArchiveLimits", "Member", "list_members"]

_NESTED = (b"\x1f\x8b", b"PK\x03\x04", b"PK\x05\x06", b"7z\xbc\xaf\x27\x1c", b"\xfd7zXZ\x00", b"BZh", b"Rar!")


@frozen(kw_only=True)
class ArchiveLimits:
    """How much an archive or a folder may hold.

    Attributes:
        members: Files in it; more take more time to list than any known export needs.
        each: How far each file may expand.
    """

    members: int = 200_000
    each: Limits = field(factory=Limits)


@frozen(kw_only=True)
class Member:
    """One file: as handed in by itself, in a folder, or in a zip.

    Attributes:
        path: The file, folder or archive that was handed in.
        name: Its name in that, with ``/`` between folders.
        size: Bytes, unpacked, as announced; a guard does not rely on it.
        problem: Why it must not be opened; empty when it may be.
    """

    path: Path
    name: str
    size: int
    problem: str = ""
    _source: Callable[[int], Iterator[bytes]] = field(repr=False)

    def chunks(self, size: int = CHUNK) -> Iterator[bytes]:
        """Stream the bytes, within the limits.

        Raises:
            ArchiveError: It must not be opened, is damaged, holds another archive, or expands beyond its limits.
        """
        if self.problem:
            raise ArchiveError(
                self.path, reason=self.problem, remedy="Unpack it in a safe place and hand in the files."
            )
        first = True
        for chunk in self._source(size):
            if first and chunk.startswith(_NESTED):
                raise ArchiveError(
                    self.path,
                    reason="it holds another archive",
                    remedy="Unpack it and hand in the file inside.",
                )
            first = False
            yield chunk

    def head(self, size: int = 1 << 16) -> bytes:
        """Return the first bytes."""
        return next(self.chunks(size), b"")[:size]


def list_members(path: Path, limits: ArchiveLimits | None = None) -> tuple[Member, ...]:
    """List the files of a zip or a folder, by name; or the one file that is neither.

    Args:
        path: What was handed in.
        limits: How much it may hold.

    Returns:
        The files. One that must not be opened (encrypted, a link, a name that leads out of the archive) says so
        in `Member.problem`; it is for the caller to count or to open, which raises.

    Raises:
        ArchiveError: The archive is damaged, holds too many files or two of one name.
        InputError: The file cannot be opened or is empty.

    Example:
        >>> [member.name for member in list_members(Path("pyproject.toml"))]
        ['pyproject.toml']
    """
    caps = limits or ArchiveLimits()
    if path.is_dir():
        return _of_folder(path, caps)
    file = InputFile(path, limits=caps.each)
    if file.container == "zip":
        return _of_zip(path, caps)
    return (Member(path=path, name=path.name, size=file.size, source=file.chunks),)


def _of_folder(path: Path, caps: ArchiveLimits) -> tuple[Member, ...]:
    found: list[Member] = []
    for one in sorted(path.rglob("*")):  # does not follow links to folders
        if one.is_dir() and not one.is_symlink():
            continue
        _count(path, len(found) + 1, caps)
        problem = (
            ""
            if one.is_file() and not one.is_symlink()
            else "a file in the folder is a link or no plain file"
        )
        found.append(
            Member(
                path=path,
                name=one.relative_to(path).as_posix(),
                size=0 if problem else one.stat().st_size,
                problem=problem,
                source=_plain(one),
            )
        )
    return tuple(found)


def _plain(path: Path) -> Callable[[int], Iterator[bytes]]:
    def chunks(size: int) -> Iterator[bytes]:
        try:
            with path.open("rb") as raw:
                while chunk := raw.read(size):
                    yield chunk
        except OSError as error:
            raise InputError(
                path, reason=f"it cannot be read ({error.strerror})", remedy="Check its permissions."
            ) from error

    return chunks


def _of_zip(path: Path, caps: ArchiveLimits) -> tuple[Member, ...]:
    try:
        with zipfile.ZipFile(path) as archive:
            infos = [info for info in archive.infolist() if not info.is_dir()]
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise _damaged(path) from error
    _count(path, len(infos), caps)
    names = {info.filename for info in infos}
    if len(names) != len(infos):
        raise ArchiveError(
            path,
            reason="two files in it have one name",
            remedy="Unpack it and hand in the file that is meant.",
        )
    return tuple(
        Member(
            path=path,
            name=info.filename,
            size=info.file_size,
            problem=_problem(info),
            source=_packed(path, info, caps.each),
        )
        for info in sorted(infos, key=lambda info: info.filename)
    )


def _count(path: Path, count: int, caps: ArchiveLimits) -> None:
    if count > caps.members:
        raise ArchiveError(
            path, reason=f"it holds more than {caps.members} files", remedy="Hand in those that matter."
        )


def _problem(info: zipfile.ZipInfo) -> str:
    name = PurePosixPath(info.filename.replace("\\", "/"))
    if name.is_absolute() or ".." in name.parts or info.filename[1:2] == ":":
        return "a file's name in it is a path out of the archive"
    if stat.S_ISLNK(info.external_attr >> 16):
        return "a file in it is a link"
    if info.flag_bits & 1:
        return "a file in it is encrypted"
    if info.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        return "a file in it is packed by a rare method"
    return ""


def _packed(path: Path, info: zipfile.ZipInfo, limits: Limits) -> Callable[[int], Iterator[bytes]]:
    def chunks(size: int) -> Iterator[bytes]:
        produced = 0
        packed = max(1, min(info.compress_size, path.stat().st_size))
        try:
            with zipfile.ZipFile(path) as archive, archive.open(info) as stream:
                while chunk := stream.read(size):
                    produced += len(chunk)
                    if produced > limits.total or (
                        produced > limits.ratio_after and produced > limits.ratio * packed
                    ):
                        raise ArchiveError(
                            path,
                            reason="a file in it expands beyond its limits",
                            remedy="If it is to be trusted, unpack it and hand in what was inside.",
                            place=f"after {produced} decompressed bytes",
                        )
                    yield chunk
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError) as error:
            raise _damaged(path) from error

    return chunks


def _damaged(path: Path) -> ArchiveError:
    return ArchiveError(
        path,
        reason="the compressed data are damaged or cut short",
        remedy="Fetch a whole copy and compare its hash with the passport's.",
    )
