"""One file of what was handed in, and what holds for all of them wherever they lie."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path, PurePosixPath

from attrs import field, frozen

from vetting.errors import ArchiveError
from vetting.readers.files import CHUNK, Limits
from vetting.readers.unpacking import archive_inside

__all__ = ["ArchiveLimits", "Member", "check_count", "check_names", "damaged", "leads_out"]


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
    """One file: as handed in by itself, in a folder, in a zip or in a tar.

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
            if first and (inside := archive_inside(chunk)):
                raise ArchiveError(
                    self.path,
                    reason=f"it holds {inside}",
                    remedy="Unpack it and hand in the file inside.",
                )
            first = False
            yield chunk

    def head(self, size: int = 1 << 16) -> bytes:
        """Return the first bytes."""
        return next(self.chunks(size), b"")[:size]


def check_count(path: Path, count: int, caps: ArchiveLimits) -> None:
    """Refuse an archive of too many files."""
    if count > caps.members:
        raise ArchiveError(
            path, reason=f"it holds more than {caps.members} files", remedy="Hand in those that matter."
        )


def check_names(path: Path, names: Sequence[str]) -> None:
    """Refuse an archive in which two files have one name, of which programs open now one, now the other."""
    if len(set(names)) != len(names):
        raise ArchiveError(
            path,
            reason="two files in it have one name",
            remedy="Unpack it and hand in the file that is meant.",
        )


def leads_out(name: str) -> bool:
    """Whether a file's name in an archive is a path out of it.

    Example:
        >>> leads_out("messages/inbox.json"), leads_out("../inbox.json")
        (False, True)
    """
    plain = PurePosixPath(name.replace("\\", "/"))
    return plain.is_absolute() or ".." in plain.parts or name[1:2] == ":"


def damaged(path: Path) -> ArchiveError:
    """Return the error of an archive that cannot be read."""
    return ArchiveError(
        path,
        reason="the compressed data are damaged or cut short",
        remedy="Fetch a whole copy and compare its hash with the passport's.",
    )
