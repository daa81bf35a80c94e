"""The guard at the door of archives and folders: their files are listed and streamed, and never unpacked to disk."""

from __future__ import annotations

import stat
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

from vetting.errors import ArchiveError, InputError
from vetting.readers.files import InputFile, Limits
from vetting.readers.members import ArchiveLimits, Member, check_count, check_names, damaged, leads_out
from vetting.readers.tars import tar_members
from vetting.readers.unpacking import is_tar

__all__ = ["ArchiveLimits", "Member", "list_members"]


def list_members(path: Path, limits: ArchiveLimits | None = None) -> tuple[Member, ...]:
    """List the files of a zip, a tar (packed or not) or a folder, by name; or the one file that is none of them.

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
    if is_tar(InputFile(path, limits=caps.each, archives=True).head(512)):
        return tar_members(path, caps)
    return (Member(path=path, name=path.name, size=file.size, source=file.chunks),)


def _of_folder(path: Path, caps: ArchiveLimits) -> tuple[Member, ...]:
    found: list[Member] = []
    for one in sorted(path.rglob("*")):  # does not follow links to folders
        if one.is_dir() and not one.is_symlink():
            continue
        check_count(path, len(found) + 1, caps)
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
        raise damaged(path) from error
    check_count(path, len(infos), caps)
    check_names(path, [info.filename for info in infos])
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


def _problem(info: zipfile.ZipInfo) -> str:
    if leads_out(info.filename):
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
            raise damaged(path) from error

    return chunks
