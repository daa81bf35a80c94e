"""Every error that vetting raises on purpose.

::

    VettingError                      catch this at the rim of a program
    ├── RecordError                   a value handed to a constructor cannot be right
    ├── InputError                    a file cannot be used; names file, place and remedy
    │   ├── RosterError               the applicants' file
    │   ├── PassportError             a list passport is missing, incomplete or malformed
    │   │   └── PassportRefusedError  a list that must never be screened against
    │   ├── HashMismatchError         the file is not the one that its passport describes
    │   ├── ListRefusedError          a kind of file for which there must be no reader
    │   ├── DumpError                 an SQL dump cannot be read on from here
    │   ├── TableError                a member table or its mapping
    │   ├── ArchiveError              a compressed file that is damaged, encrypted or a bomb
    │   └── PolicyError               a surfacing policy
    ├── StoreError                    the list store
    │   ├── UnknownListError          no list of that id is held
    │   ├── ListExistsError           that id is held already, with other content
    │   ├── OtherControlsError        that file is held already, judged by other controls
    │   └── StoreFormatError          a store written by another version, or damaged
    ├── MissingPartError              an extra or engine that is not installed
    └── WorkerError                   a process that did part of the work died

No message holds a personal value: files, tables, rows, offsets and identifiers of
records only. The last sentence of a message says what to do.
"""

from __future__ import annotations

from os import PathLike, fspath

__all__ = [
    "ArchiveError",
    "DumpError",
    "HashMismatchError",
    "InputError",
    "ListExistsError",
    "ListRefusedError",
    "MissingPartError",
    "OtherControlsError",
    "PassportError",
    "PassportRefusedError",
    "PolicyError",
    "RecordError",
    "RosterError",
    "StoreError",
    "StoreFormatError",
    "TableError",
    "UnknownListError",
    "VettingError",
    "WorkerError",
]


class VettingError(Exception):
    """Root of the tree. Catch it where a program must not end in a traceback."""


class RecordError(VettingError, ValueError):
    """A value handed to a record's constructor cannot be right.

    Attributes:
        record: The class that refused it.
        field: The field's name.
        reason: What is wrong, without the value.
    """

    def __init__(self, record: str, field: str, reason: str) -> None:
        self.record = record
        self.field = field
        self.reason = reason
        super().__init__(f"{record}.{field}: {reason}")


class InputError(VettingError):
    """A file cannot be used.

    Attributes:
        file: The file's path as the caller gave it.
        place: Where in it: a line, row, column, table or byte offset; empty for the whole file.
        reason: What is wrong, without the value.
        remedy: What to do about it, a whole sentence.
    """

    def __init__(self, file: str | PathLike[str], *, reason: str, remedy: str, place: str = "") -> None:
        self.file = fspath(file)
        self.place = place
        self.reason = reason
        self.remedy = remedy
        where = f"{self.file}, {place}" if place else self.file
        super().__init__(f"{where}: {reason}. {remedy}")


class RosterError(InputError):
    """The applicants' file cannot be used. Nothing was screened."""


class PassportError(InputError):
    """A list passport is missing, incomplete or malformed. The list was not read."""


class PassportRefusedError(PassportError):
    """A list that must never be screened against, whatever its passport says."""


class HashMismatchError(InputError):
    """The file is not the one that its passport describes. Nothing was read."""


class ListRefusedError(InputError):
    """A kind of file for which there must be no reader: stolen, or got by misuse, and no evidence of association."""


class DumpError(InputError):
    """An SQL dump cannot be read on from a place.

    Attributes:
        offset: Bytes from the start of the decompressed dump.
        table: The table being read, or an empty string.
    """

    def __init__(
        self,
        file: str | PathLike[str],
        *,
        reason: str,
        remedy: str,
        offset: int = 0,
        table: str = "",
    ) -> None:
        self.offset = offset
        self.table = table
        place = f"table {table}, byte {offset}" if table else f"byte {offset}"
        super().__init__(file, reason=reason, remedy=remedy, place=place)


class TableError(InputError):
    """A member table, or the mapping of its columns, cannot be used."""


class ArchiveError(InputError):
    """A compressed file is damaged, encrypted, nested, or expands beyond its limits."""


class PolicyError(InputError):
    """A surfacing policy's file cannot be used."""


class StoreError(VettingError):
    """The list store cannot do this. What it holds is unharmed."""


class UnknownListError(StoreError):
    """No list of that id is held.

    Attributes:
        list_id: The id asked for.
    """

    def __init__(self, list_id: str) -> None:
        self.list_id = list_id
        super().__init__(
            f"no list {list_id!r} is held in this store. See which are held with `vetting lists`."
        )


class ListExistsError(StoreError):
    """A list of that id is held already, with other content.

    Attributes:
        list_id: The id of both.
    """

    def __init__(self, list_id: str) -> None:
        self.list_id = list_id
        super().__init__(
            f"list {list_id!r} is held already, from a file with another hash. "
            "Withdraw it first, or give the new version an id of its own."
        )


class OtherControlsError(StoreError):
    """An account finder's output is held already, and its sites were judged by other controls, or by none.

    Attributes:
        list_id: The list's id.
    """

    def __init__(self, list_id: str) -> None:
        self.list_id = list_id
        super().__init__(
            f"list {list_id!r} is held already, from this file with other controls (--control). "
            "Withdraw it first, and ingest it with the controls that are to count."
        )


class StoreFormatError(StoreError):
    """A store that another version wrote, or a shard that is damaged."""


class MissingPartError(VettingError):
    """An optional part is not installed.

    Attributes:
        part: What is missing.
        remedy: The command that installs it.
    """

    def __init__(self, part: str, remedy: str) -> None:
        self.part = part
        self.remedy = remedy
        super().__init__(f"{part} is not installed. {remedy}")


class WorkerError(VettingError):
    """A process that did part of the work is gone, or what it raised could not be sent back.

    Attributes:
        status: Its exit status, negative for the signal that ended it; ``None`` when it lives.
        reason: What it did.
    """

    def __init__(self, status: int | None, reason: str = "") -> None:
        self.status = status
        self.reason = reason or f"ended with status {status}"
        super().__init__(
            f"a worker process {self.reason}. Look for a shortage of memory, and run it again with fewer workers."
        )

    def __reduce__(self) -> tuple[type[WorkerError], tuple[int | None, str]]:
        return WorkerError, (self.status, self.reason)
