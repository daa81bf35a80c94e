"""Files in, records out: the only readers of other people's files."""

from __future__ import annotations

from collections.abc import Sequence
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
    control: Sequence[str | PathLike[str]] = (),
) -> Reading:
    """Open a list's file, recognised by its content: a forum's SQL dump, an export, or a table of members.

    Args:
        path: The file; gzip, Zstandard (extra ``zst``), zip and tar are read as they are.
        profile: For an export (a chat, social accounts, an account finder's output): the name of its format. For a
            dump: names of profiles joined by ``+``, or the path of a TOML file; ``None`` tries all.
        mapping: For a table: the path of a TOML file that says what its columns are; ``None`` goes by the
            header.
        progress: Called now and then with bytes consumed of the file as handed in, and its size.
        control: For an account finder's output: paths of the same tool's outputs about handles that were made up, at
            least three. Sites that find one of them find anybody: they are dropped and named.

    Returns:
        The reading; its `batches` do the work, and its `completeness` is known afterwards.

    Raises:
        InputError: If the file is empty, damaged or of no known kind, of a kind that no reader must exist for, or a
            control is not usable; names file, place and remedy.
    """
    from vetting.readers.exports.controls import not_account_finder
    from vetting.readers.exports.known import EXPORT_FORMATS
    from vetting.readers.exports.reading import is_export, read_export
    from vetting.readers.files import InputFile
    from vetting.readers.recognition import is_sql_dump
    from vetting.readers.refused import refuse_stolen

    refuse_stolen(path)
    if profile in EXPORT_FORMATS or (mapping is None and profile is None and is_export(path)):
        named = None if profile is None else str(profile)
        return read_export(path, profile=named, control=control, progress=progress)
    if control:
        raise not_account_finder(path)
    if is_sql_dump(InputFile(path)):
        from vetting.readers.forum import read_forum

        return read_forum(path, profile=profile, progress=progress)
    from vetting.readers.tables import read_table

    return read_table(path, mapping=mapping, progress=progress)
