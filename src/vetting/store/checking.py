"""A store verified: that every list's shard is whole, as it was written, and consistent in itself."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import frozen

from vetting.errors import InputError, StoreFormatError
from vetting.records.completeness import completeness_from_dict
from vetting.records.passports import ListPassport
from vetting.store import layout
from vetting.store.checksums import checksum_of, read_checksums, shard_files
from vetting.store.opened import Flaw
from vetting.store.soundness import flaws_of

if TYPE_CHECKING:
    from vetting.store.folder import HeldList, ShardFolder

__all__ = ["ShardCheck", "StoreCheck", "StoreFault", "check_store"]


@frozen(kw_only=True)
class StoreFault:
    """Something in a store that is not as it must be.

    Attributes:
        file: Its path.
        place: Where in it: a row or an entry; empty for the whole file.
        reason: What is wrong, without a personal value.
        remedy: What to do about it, a whole sentence.
    """

    file: str
    place: str
    reason: str
    remedy: str

    def __str__(self) -> str:
        where = f"{self.file}, {self.place}" if self.place else self.file
        return f"{where}: {self.reason}. {self.remedy}"


@frozen(kw_only=True)
class ShardCheck:
    """What a check found of one list.

    Attributes:
        list_id: The list.
        accounts: Accounts on it, as the manifest has it.
        files: Files looked at.
        bytes: Their size.
        verifiable: Whether the shard has checksums. Without, its indexes are checked all the same, and that
            no byte has changed since ingest cannot be shown.
        faults: What is wrong; empty where nothing is.
    """

    list_id: str
    accounts: int
    files: int
    bytes: int
    verifiable: bool
    faults: tuple[StoreFault, ...] = ()


@frozen(kw_only=True)
class StoreCheck:
    """What a check found of a store.

    Attributes:
        lists: By id.
    """

    lists: tuple[ShardCheck, ...]

    @property
    def faults(self) -> tuple[StoreFault, ...]:
        """Everything that is wrong, list by list."""
        return tuple(fault for one in self.lists for fault in one.faults)


def check_store(store: ShardFolder, *, lists: Sequence[str] | None = None) -> StoreCheck:
    """Verify the lists of a store; nothing in it is changed.

    Args:
        store: The store.
        lists: Ids of the lists to verify; ``None`` for all.

    Raises:
        UnknownListError: A list asked for is not held.
        StoreFormatError: The manifest cannot be read.

    Cost: every byte of the shards is read, twice.
    """
    wanted = store.lists() if lists is None else [store.held(one) for one in sorted(set(lists))]
    found = [(one, _checked(store.path / one.folder, one)) for one in wanted]
    held = store.lists()
    # A list that was withdrawn meanwhile is not broken: it is gone.
    return StoreCheck(lists=tuple(check for one, check in found if not check.faults or one in held))


def _checked(folder: Path, entry: HeldList) -> ShardCheck:
    flaws: list[Flaw] = []
    files, size, verifiable = 0, 0, True
    if folder.is_dir():
        files, size, verifiable = _compared(folder, flaws)
        for flaw in (*_papers(folder, entry), *flaws_of(folder, entry.accounts)):
            if flaw.file not in {known.file for known in flaws}:  # one fault a file: the rest follows from it
                flaws.append(flaw)
    else:
        flaws.append(Flaw("", "", "the shard is missing"))
    remedy = f"Withdraw list {entry.id!r} and ingest its file again."
    return ShardCheck(
        list_id=entry.id,
        accounts=entry.accounts,
        files=files,
        bytes=size,
        verifiable=verifiable,
        faults=tuple(
            StoreFault(file=str(folder / flaw.file), place=flaw.place, reason=flaw.reason, remedy=remedy)
            for flaw in flaws
        ),
    )


def _compared(folder: Path, flaws: list[Flaw]) -> tuple[int, int, bool]:
    """Compare the files with their checksums: how many, how large, and whether there are checksums."""
    names = shard_files(folder)
    try:
        known = read_checksums(folder)
    except StoreFormatError:
        flaws.append(Flaw(layout.CHECKSUMS_FILE, "", "cannot be read"))
        known = None
    if known is None:
        return len(names), sum(_size(folder / name) for name in names), bool(flaws)
    size = 0
    for name in names:
        if name not in known:
            flaws.append(Flaw(name, "", "was not there when the list was ingested"))
            continue
        try:
            found = checksum_of(folder / name)
        except OSError:
            flaws.append(Flaw(name, "", "cannot be read"))
            continue
        size += found.bytes
        if found != known[name]:
            flaws.append(Flaw(name, "", "is not as it was written"))
    flaws += [Flaw(name, "", "is missing") for name in sorted(known.keys() - set(names))]
    return len(names), size, True


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:  # gone meanwhile
        return 0


def _papers(folder: Path, entry: HeldList) -> Iterator[Flaw]:
    """Compare passport and completeness report with the manifest."""
    try:
        passport = ListPassport.read(folder / layout.PASSPORT_FILE)
    except InputError:
        yield Flaw(layout.PASSPORT_FILE, "", "is missing or cannot be read")
    else:
        if (passport.id, passport.sha256) != (entry.id, entry.sha256):
            yield Flaw(layout.PASSPORT_FILE, "", "is not of the list that the manifest names")
    try:
        text = (folder / layout.COMPLETENESS_FILE).read_text(encoding="utf-8")
        completeness_from_dict(json.loads(text))
    except (OSError, ValueError, TypeError, AttributeError, KeyError):
        yield Flaw(layout.COMPLETENESS_FILE, "", "is missing or cannot be read")
