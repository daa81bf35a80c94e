"""The list store: a folder of immutable shards that any number of processes read while one writes.

A shard is written beside the others under a hidden name, renamed in, and only then named in the
manifest, which is replaced in one step. Whoever is killed half-way leaves a hidden folder that the next
writer removes, and nothing else.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from os import PathLike
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from uuid import uuid4

from attrs import frozen

from vetting.errors import StoreError, StoreFormatError, UnknownListError
from vetting.store.checking import StoreCheck, check_store
from vetting.store.checksums import write_checksums
from vetting.store.layout import FORMAT_VERSION, MANIFEST_FILE, PASSPORT_FILE
from vetting.store.shard import Shard

__all__ = ["HeldList", "ShardFolder"]

_HIDDEN = ".incoming-"
_LEAVING = ".withdrawn-"
_SHARD = re.compile(r"^[^.].*-[0-9a-f]{8}$")


@frozen(kw_only=True)
class HeldList:
    """An entry of the manifest.

    Attributes:
        id: The list's id.
        title: Its title.
        sha256: Of the file that was ingested.
        accounts: Accounts on it.
        folder: The shard's folder within the store.
    """

    id: str
    title: str
    sha256: str
    accounts: int
    folder: str


class ShardFolder:
    """A store, open for reading; what is held is looked up anew at every call.

    Args:
        path: The store's folder; made if absent.

    Raises:
        StoreError: The path is no folder, or cannot be made.
        StoreFormatError: Another version of vetting wrote it.
    """

    def __init__(self, path: str | PathLike[str]) -> None:
        self.path = Path(path)
        self._shards: dict[str, Shard] = {}
        self._seen: tuple[tuple[int, int, int], tuple[HeldList, ...]] | None = None
        try:
            self.path.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreError(f"{self.path}: cannot be used as a store. Give the path of a folder.") from error
        self.lists()

    @classmethod
    def open(cls, path: str | PathLike[str]) -> Self:
        """Open a store, making the folder if there is none."""
        return cls(path)

    def close(self) -> None:
        """Let go of the shards that were opened."""
        self._shards.clear()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def lists(self) -> tuple[HeldList, ...]:
        """Return the lists held now, by id."""
        manifest = self.path / MANIFEST_FILE
        try:
            about = manifest.stat()
        except FileNotFoundError:
            return ()
        # It is only ever replaced by another file, so that the same file says the same.
        seen = about.st_ino, about.st_mtime_ns, about.st_size
        if self._seen is not None and self._seen[0] == seen:
            return self._seen[1]
        try:
            content = json.loads(manifest.read_text(encoding="utf-8"))
            version = content["format"]
            entries = content["lists"] if version == FORMAT_VERSION else []
            held = tuple(HeldList(**entry) for entry in entries)
        except (ValueError, KeyError, TypeError) as error:
            raise StoreFormatError(
                f"{manifest}: is no manifest of a list store. Give the folder of a store, or an empty one."
            ) from error
        if version != FORMAT_VERSION:
            raise StoreFormatError(
                f"{manifest}: the store has format {version}, and this version of vetting reads "
                f"{FORMAT_VERSION}. Ingest each list's file into a new store: "
                "vetting ingest FILE --passport P.toml --store NEW."
            )
        self._seen = seen, tuple(sorted(held, key=lambda entry: entry.id))
        return self._seen[1]

    def held(self, list_id: str) -> HeldList:
        """Return the manifest's entry of a list.

        Raises:
            UnknownListError: It is not held.
        """
        for entry in self.lists():
            if entry.id == list_id:
                return entry
        raise UnknownListError(list_id)

    def shard(self, list_id: str) -> Shard:
        """Open a list; the same object as long as the same version is held.

        Raises:
            UnknownListError: It is not held.
        """
        folder = self.held(list_id).folder
        if folder not in self._shards:
            self._shards[folder] = Shard(self.path / folder)
        return self._shards[folder]

    def withdraw(self, list_id: str) -> HeldList:
        """Remove a list and everything derived from it.

        Readers that have it open keep what they have read; everyone else no longer finds it.

        Returns:
            The manifest's entry of what was removed.

        Raises:
            UnknownListError: It is not held.
            StoreError: It is no longer held, and not all of its files could be removed.
        """
        with self._writing():
            entry = self.held(list_id)
            self._replace_manifest([other for other in self.lists() if other.id != list_id])
            leaving = self.path / f"{_LEAVING}{uuid4().hex}"
            (self.path / entry.folder).rename(leaving)
            self._shards.pop(entry.folder, None)
            shutil.rmtree(leaving, ignore_errors=True)  # a sweep may have been quicker
        if leaving.exists():
            raise StoreError(
                f"{leaving}: list {list_id!r} is no longer held, but this folder could not be removed. Remove it."
            )
        return entry

    def check(self, *, lists: Sequence[str] | None = None) -> StoreCheck:
        """Verify that every list is whole, as it was written, and consistent; see :func:`check_store`."""
        return check_store(self, lists=lists)

    @contextmanager
    def new_shard(self) -> Iterator[Path]:
        """Give a hidden folder to write a shard into; it is removed unless :meth:`admit` took it."""
        incoming = self.path / f"{_HIDDEN}{os.getpid()}-{uuid4().hex}"
        incoming.mkdir()
        try:
            yield incoming
        finally:
            shutil.rmtree(incoming, ignore_errors=True)

    def admit(self, incoming: Path, entry: HeldList) -> None:
        """Take a finished shard into the store: sum up, flush, rename, then name it in the manifest.

        Args:
            incoming: From :meth:`new_shard`.
            entry: What the manifest shall say.

        Raises:
            StoreError: A list of that id came in meanwhile.
        """
        write_checksums(incoming)
        for part in [*incoming.rglob("*"), incoming]:
            _flush(part)
        with self._writing():
            lists = self.lists()
            if any(other.id == entry.id for other in lists):
                raise StoreError(
                    f"list {entry.id!r} came into the store while it was being ingested. Nothing to do."
                )
            target = self.path / entry.folder
            if target.exists():  # left by a withdrawal or an admission that was killed half-way
                shutil.rmtree(target)
            incoming.rename(target)
            try:
                self._replace_manifest([*lists, entry])
            except OSError:
                shutil.rmtree(target, ignore_errors=True)
                raise

    def _replace_manifest(self, lists: list[HeldList]) -> None:
        content: dict[str, Any] = {
            "format": FORMAT_VERSION,
            "lists": [
                {name: getattr(entry, name) for name in ("id", "title", "sha256", "accounts", "folder")}
                for entry in sorted(lists, key=lambda entry: entry.id)
            ],
        }
        fresh = self.path / f".{MANIFEST_FILE}-{uuid4().hex}"
        fresh.write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
        _flush(fresh)
        fresh.replace(self.path / MANIFEST_FILE)
        self._seen = None
        _flush(self.path)

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """Keep two writers of the manifest apart; readers never wait."""
        lock = self.path / ".writing"
        with lock.open("a", encoding="utf-8") as handle:
            try:
                import fcntl
            except ImportError:  # no such lock on this system: ingest from one process at a time
                yield
                return
            fcntl.flock(handle, fcntl.LOCK_EX)
            try:
                yield
            finally:
                fcntl.flock(handle, fcntl.LOCK_UN)

    def sweep(self) -> None:
        """Remove what killed writers left: hidden folders whose process is gone, and shards never named."""
        for left in self.path.glob(f"{_HIDDEN}*"):
            process = left.name.removeprefix(_HIDDEN).split("-")[0]
            if process.isdigit() and not _is_running(int(process)):
                shutil.rmtree(left, ignore_errors=True)
        for left in self.path.glob(f"{_LEAVING}*"):
            shutil.rmtree(left, ignore_errors=True)
        with self._writing():
            for fresh in self.path.glob(f".{MANIFEST_FILE}-*"):
                fresh.unlink(missing_ok=True)
            named = {entry.folder for entry in self.lists()}
            for folder in self.path.iterdir():
                # Renamed in and not named: its writer was killed between the two.
                if (
                    folder.name not in named
                    and _SHARD.search(folder.name)
                    and (folder / PASSPORT_FILE).exists()
                ):
                    shutil.rmtree(folder, ignore_errors=True)


def _is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _flush(path: Path) -> None:
    """Bring a file or a folder's entries to the disk, where the system can."""
    try:
        handle = os.open(path, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(handle)
    except OSError:
        pass
    finally:
        os.close(handle)
