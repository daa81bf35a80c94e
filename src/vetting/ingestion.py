"""One ingest, start to finish: a list's file and its passport become a shard of the store."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from os import PathLike
from pathlib import Path

from attrs import evolve, frozen

from vetting.errors import (
    HashMismatchError,
    InputError,
    ListExistsError,
    OtherControlsError,
    StoreError,
    WorkerError,
)
from vetting.readers import read_list
from vetting.readers.exports.controls import hashes_of
from vetting.readers.files import file_sha256
from vetting.readers.reading import Progress, Reading
from vetting.records.completeness import Completeness
from vetting.records.passports import ListPassport
from vetting.records.schemas import Batch
from vetting.store.folder import HeldList, ShardFolder
from vetting.store.writing import ShardCounts, write_papers, write_shard

__all__ = ["IngestReport", "ListStore"]


@frozen(kw_only=True)
class IngestReport:
    """What an ingest did.

    Attributes:
        list_id: The list.
        already_held: True when this very file was held before, and nothing was changed.
        accounts: Accounts on the list.
        counts: What the shard holds; ``None`` when it was held already.
        completeness: What was read of the file and what was dropped.
    """

    list_id: str
    already_held: bool
    accounts: int
    counts: ShardCounts | None
    completeness: Completeness

    @property
    def columns_dropped(self) -> dict[str, tuple[str, ...]]:
        """Table -> columns that were not kept, credentials among them."""
        return {
            table.name: table.columns_dropped for table in self.completeness.tables if table.columns_dropped
        }


class ListStore(ShardFolder):
    """A folder of lists to screen against.

    Any number of processes may read it while one ingests.

    Attributes:
        workers: Processes that an ingest may use for the ranges of a long list; ``None`` for one a processor. What
            is stored does not depend on it.

    Example:
        >>> import tempfile
        >>> with ListStore.open(tempfile.mkdtemp()) as store:
        ...     store.lists()
        ()
    """

    workers: int | None = None

    def ingest(  # noqa: PLR0913 - keywords, of a call that people write
        self,
        path: str | PathLike[str],
        passport: ListPassport,
        *,
        profile: str | None = None,
        mapping: str | PathLike[str] | None = None,
        region: str = "GB",
        progress: Progress | None = None,
        control: Sequence[str | PathLike[str]] = (),
    ) -> IngestReport:
        """Read a list's file and take it into the store, whole or not at all.

        Args:
            path: A database dump, an export or a member table, plain, ``.gz`` or ``.zip``.
            passport: The list's passport; its hash must be the file's.
            profile: Name of an export's format or of a forum profile, or the path of one; ``None`` to detect it.
            mapping: Path of a table's column mapping; ``None`` to go by the headers.
            region: Country code in which the list's national telephone numbers are read.
            progress: Called now and then with bytes read and bytes in all.
            control: For an account finder's output: the same tool's outputs about handles that were made up, at
                least three. Sites that find one of them find anybody: they are dropped and named.

        Returns:
            The report; the same file a second time changes nothing and says so.

        Raises:
            PassportError: The passport has expired.
            HashMismatchError: The file is not the one that the passport describes.
            ListExistsError: A list of this id is held, from another file.
            OtherControlsError: It is held, from this file and judged by other controls.
            InputError: The file cannot be read; the store is as it was.
            StoreError: The shard cannot be written, or a process that worked on it died; the store is as it was.

        Cost: some 50 CPU microseconds an account; the ids in memory, and the values of some hundred thousand
            accounts in each process; scratch space in the store of about twice the size of the shard.
        """
        passport.check_usable(datetime.now(UTC).date())
        sha256 = file_sha256(path)
        if sha256 != passport.sha256:
            raise HashMismatchError(
                path,
                reason="its SHA-256 is not the one in the passport",
                remedy="Use the file that the passport describes, or check how the passport got its hash.",
            )
        self.sweep()
        for entry in self.lists():
            if entry.id == passport.id:
                if entry.sha256 != sha256:
                    raise ListExistsError(passport.id)
                held = self.shard(entry.id)
                if held.completeness.controls != hashes_of(control):
                    raise OtherControlsError(passport.id)
                return IngestReport(
                    list_id=entry.id,
                    already_held=True,
                    accounts=entry.accounts,
                    counts=None,
                    completeness=held.completeness,
                )
        reading = read_list(path, profile=profile, mapping=mapping, progress=progress, control=control)
        try:
            counts, completeness = self._written(path, reading, passport, region)
        except OSError as error:
            raise StoreError(
                f"{self.path}: list {passport.id!r} could not be written ({error.strerror or 'no reason given'}). "
                "The store is as it was; make room and ingest the file again."
            ) from error
        except WorkerError as error:
            raise StoreError(
                f"{self.path}: list {passport.id!r} could not be written (a worker process {error.reason}). The store "
                "is as it was; make memory free, or set the store's `workers` to 1, and ingest the file again."
            ) from error
        return IngestReport(
            list_id=passport.id,
            already_held=False,
            accounts=counts.accounts,
            counts=counts,
            completeness=completeness,
        )

    def _written(
        self, path: str | PathLike[str], reading: Reading, passport: ListPassport, region: str
    ) -> tuple[ShardCounts, Completeness]:
        with self.new_shard() as incoming:
            counts = write_shard(incoming, _read(path, reading), region=region, workers=self.workers)
            completeness = _with_empty_list_note(reading.completeness, accounts=counts.accounts)
            write_papers(incoming, passport, completeness)
            entry = HeldList(
                id=passport.id,
                title=passport.title,
                sha256=passport.sha256,
                accounts=counts.accounts,
                folder=f"{passport.id}-{passport.sha256[:8]}",
            )
            self.admit(incoming, entry)
        return counts, completeness


def _read(path: str | PathLike[str], reading: Reading) -> Iterator[Batch]:
    """Tell a source that cannot be read from a store that cannot be written."""
    try:
        yield from reading.batches()
    except OSError as error:
        raise InputError(
            path, reason="cannot be read to its end", remedy="Check the disk it lies on, and try again."
        ) from error


def _with_empty_list_note(completeness: Completeness, *, accounts: int) -> Completeness:
    if accounts:
        return completeness
    note = (
        f"No account was found in {Path(completeness.file).name}: nothing can be screened against this list."
    )
    return evolve(completeness, notes=(*completeness.notes, note))
