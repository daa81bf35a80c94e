"""Opens exports: a file, a zip or a folder of files, each recognised by its content."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from os import PathLike
from pathlib import Path

from attrs import define, field

from vetting.errors import InputError
from vetting.readers.archives import Member, list_members
from vetting.readers.exports.formats import ExportFormat
from vetting.readers.exports.gathering import Gathering, Told
from vetting.readers.exports.known import EXPORT_FORMATS
from vetting.readers.files import file_sha256
from vetting.readers.reading import Reading, not_read_yet
from vetting.records.completeness import Completeness, TableReport
from vetting.records.schemas import Batch

__all__ = ["is_export", "read_export", "recognised"]


def recognised(member: Member, *, alone: bool = True) -> tuple[ExportFormat, ...]:
    """Every format that a file may be of, by its first bytes; more than one is for a person to decide.

    Args:
        member: The file.
        alone: Whether it is the only one that was handed in; its name then counts for nothing.
    """
    if member.problem or not (alone or _may_be(member, *EXPORT_FORMATS.values())):
        return ()
    head = member.head().decode("utf-8-sig", "replace")
    return tuple(
        one
        for one in EXPORT_FORMATS.values()
        if (alone or _may_be(member, one)) and all(mark.search(head) for mark in one.marks)
    )


def _may_be(member: Member, *formats: ExportFormat) -> bool:
    return any(member.name.lower().endswith(one.endings) for one in formats)


def is_export(path: str | PathLike[str]) -> bool:
    """Whether a file, a zip or a folder holds an export that is known; what cannot be opened is for others to name."""
    try:
        members = list_members(Path(path))
        return any(recognised(member, alone=len(members) == 1) for member in members)
    except InputError:
        return False


def read_export(path: str | PathLike[str], *, profile: str | None = None) -> Reading:
    """Open an export; only names and first bytes are read yet.

    Args:
        path: A file, a zip or a folder; files in it of no format (attachments) are counted and not read.
        profile: Name of the format; ``None`` to go by the content.

    Raises:
        InputError: No file is of a format that is known, or one may be of several.
        ArchiveError: An archive is damaged, or a file in it must not be opened.
    """
    where = Path(path)
    if profile is not None and profile not in EXPORT_FORMATS:
        raise InputError(
            where,
            reason="no such format of exports",
            remedy=f"The profiles of exports are: {', '.join(EXPORT_FORMATS)}.",
        )
    found: dict[str, list[Member]] = {}
    others = 0
    members = list_members(where)
    alone = len(members) == 1
    for member in members:
        if profile is None:
            formats = recognised(member, alone=alone)
        else:
            named = EXPORT_FORMATS[profile]
            formats = (named,) if alone or _may_be(member, named) else ()
        if len(formats) > 1:
            raise InputError(
                where,
                reason=f"it may be of several formats: {', '.join(one.name for one in formats)}",
                remedy="Say which with --profile.",
            )
        if formats:
            found.setdefault(formats[0].name, []).append(member)
        else:
            others += 1
    if not found:
        raise InputError(
            where,
            reason="no export that is known is in it",
            remedy=f"Known are: {', '.join(EXPORT_FORMATS)}. Say with --profile which it is.",
        )
    return _ExportReading(path=where, found=found, others=others)


@define(kw_only=True)
class _ExportReading:
    path: Path
    found: dict[str, list[Member]]
    others: int
    _completeness: Completeness | None = field(default=None, init=False)
    _begun: bool = field(default=False, init=False)

    @property
    def completeness(self) -> Completeness:
        if self._completeness is None:
            raise not_read_yet()
        return self._completeness

    def batches(self) -> Iterator[Batch]:
        if self._begun:
            raise RuntimeError("a reading is iterated once. Open the file again.")
        self._begun = True
        gathered = Gathering()
        tables: list[TableReport] = []
        cut = False
        for name, members in self.found.items():
            one = EXPORT_FORMATS[name]
            before = Counter(gathered.counts)
            for member, told in one.read(members, gathered):
                cut = cut or told.truncated
                tables.append(_report(one, member, told, gathered.counts - before))
                before = Counter(gathered.counts)
        yield from gathered.batches()
        notes = [f"{what}: {count}" for what, count in sorted(gathered.counts.items()) if count]
        if self.others:
            notes.append(f"files of no known format, not read: {self.others}")
        self._completeness = Completeness(
            file=self.path.name,
            sha256=file_sha256(self.path) if self.path.is_file() else "",
            size=sum(member.size for members in self.found.values() for member in members)
            if self.path.is_dir()
            else self.path.stat().st_size,
            reader="+".join(sorted({EXPORT_FORMATS[name].family for name in self.found})),
            profile="+".join(sorted(self.found)),
            ended_well=not cut,
            tables=tables,
            notes=notes,
        )


def _report(one: ExportFormat, member: Member, told: Told, counts: Counter[str]) -> TableReport:
    about = [
        (told.truncated, "the file ends before its end"),
        (told.replaced, f"characters that are not in the file's encoding: {told.replaced}"),
        (told.repaired, f"control characters repaired: {told.repaired}"),
    ]
    return TableReport(
        name=member.name,
        role=one.rows,
        rows=counts[one.rows],
        rows_quarantined=sum(counts[name] for name in one.lost),
        columns_kept=one.kept,
        columns_dropped=one.dropped,
        note="; ".join(text for true, text in about if true),
    )
