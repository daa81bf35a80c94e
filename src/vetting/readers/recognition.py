"""Recognises what a file is by its first bytes, never by its name."""

from __future__ import annotations

import re
import zipfile

from vetting.errors import DumpError, InputError
from vetting.readers.files import InputFile

__all__ = ["is_sql_dump"]

_SQL = re.compile(
    rb"^[ \t]*(?:-- (?:MySQL|MariaDB) dump|-- phpMyAdmin|-- Adminer|-- PostgreSQL database|COPY [^;\n]+ FROM stdin;|/\*!\d{5} |/\*M!\d+"
    rb"|(?:CREATE|DROP|LOCK)\s+TABLE\s|(?:INSERT|REPLACE)\s+(?:IGNORE\s+)?INTO\s|SET\s+(?:NAMES|SQL_MODE|client_encoding)\b|USE\s+`)",
    re.IGNORECASE | re.MULTILINE,
)
# Spreadsheets are zips too, of many members.
_SPREADSHEET = {"[Content_Types].xml", "mimetype"}


def is_sql_dump(file: InputFile) -> bool:
    """Whether a file, decompressed, begins as a dump does.

    Raises:
        DumpError: For a dump in UTF-16, as PowerShell's ``>`` writes them, and for an archive of pg_dump.
        ArchiveError: If the file is compressed and damaged.
    """
    if file.container == "zip":
        try:
            with zipfile.ZipFile(file.path) as archive:
                if _SPREADSHEET & set(archive.namelist()):
                    return False
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
            pass  # reading says what is wrong with it
    _refuse_archive(file)
    try:
        head = file.head()
    except InputError:
        if file.container == "plain":
            return False  # some archive that only another reader may know
        raise
    if head[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        if _SQL.search(head.decode("utf-16", "replace").encode("utf-8", "replace")):
            raise DumpError(
                file.path,
                reason="it is encoded in UTF-16",
                remedy="Convert it first: iconv -f UTF-16 -t UTF-8.",
            )
        return False
    return bool(_SQL.search(head.removeprefix(b"\xef\xbb\xbf")))


def _refuse_archive(file: InputFile) -> None:
    """Refuse what ``pg_dump -Fc``, ``-Ft`` and ``-Fd`` write: only pg_restore knows their versions."""
    if file.container == "plain":
        with file.path.open("rb") as raw:
            head = raw.read(8)
    else:
        try:
            head = file.head(8)
        except InputError:
            return
    if head.startswith((b"PGDMP", b"toc.dat\0")):
        raise DumpError(
            file.path,
            reason="it is an archive of pg_dump (custom, directory or tar format), not SQL",
            remedy="Write it out as SQL first, without a server: pg_restore -f dump.sql ARCHIVE.",
        )
