"""Files in, records out: the only readers of other people's files."""

from __future__ import annotations

from os import PathLike
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vetting.readers.reading import Progress, Reading

__all__ = ["read_list"]


def read_list(
    path: str | PathLike[str],
    *,
    profile: str | PathLike[str] | None = None,
    mapping: str | PathLike[str] | None = None,
    progress: Progress | None = None,
) -> Reading:
    """Open a list's file, recognised by its content: a forum's SQL dump, an export, or a table of members.

    Args:
        path: The file; gzip, Zstandard (extra ``zst``), zip and tar are read as they are.
        profile: For an export (a chat, social accounts): the name of its format. For a dump: names of profiles joined by ``+``, or the path of a TOML file; ``None`` tries all.
        mapping: For a table: the path of a TOML file that says what its columns are; ``None`` goes by the
            header.
        progress: Called now and then with bytes consumed of the file as handed in, and its size.

    Returns:
        The reading; its `batches` do the work, and its `completeness` is known afterwards.

    Raises:
        InputError: If the file is empty, damaged or of no known kind; names file, place and remedy.
    """
    from vetting.readers.exports.known import EXPORT_FORMATS
    from vetting.readers.exports.reading import is_export, read_export
    from vetting.readers.files import InputFile
    from vetting.readers.recognition import is_sql_dump

    if profile in EXPORT_FORMATS or (mapping is None and profile is None and is_export(path)):
        return read_export(path, profile=None if profile is None else str(profile))
    if is_sql_dump(InputFile(path)):
        from vetting.readers.forum import read_forum

        return read_forum(path, profile=profile, progress=progress)
    from vetting.readers.tables import read_table

    return read_table(path, mapping=mapping, progress=progress)
