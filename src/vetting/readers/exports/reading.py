"""Opens exports: a file, a zip or a folder of files, each recognised by its content."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from os import PathLike
from pathlib import Path

from attrs import define, field

from vetting.errors import InputError
from vetting.readers.archives import Member, list_members
from vetting.readers.exports.answers import Answers, Controls
from vetting.readers.exports.controls import hashes_of, read_controls
from vetting.readers.exports.formats import ExportFormat
from vetting.readers.exports.gathering import Gathering, Told
from vetting.readers.exports.known import EXPORT_FORMATS
from vetting.readers.exports.watching import Watch
from vetting.readers.files import file_sha256
from vetting.readers.reading import Progress, Reading, not_read_yet
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
    start = member.head()
    utf16 = start.startswith((b"\xff\xfe", b"\xfe\xff"))
    head = start.decode("utf-16" if utf16 else "utf-8-sig", "replace")
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


def read_export(
    path: str | PathLike[str],
    *,
    profile: str | None = None,
    control: Sequence[str | PathLike[str]] = (),
    progress: Progress | None = None,
) -> Reading:
    """Open an export; of its files only names and first bytes are read yet, the controls whole.

    Args:
        path: A file, a zip or a folder; files in it of no format (attachments) are counted and not read.
        profile: Name of the format; ``None`` to go by the content.
        control: For an account finder's output: paths of the same tool's outputs about handles that were made up, at
            least three; sites that find any of them are dropped.
        progress: Called now and then with the share that was read, as bytes of the file as handed in, and its size.

    Raises:
        InputError: No file is of a format that is known, or one may be of several; or a control is not usable.
        ArchiveError: An archive is damaged, or a file in it must not be opened.
    """
    where = Path(path)
    if profile is not None and profile not in EXPORT_FORMATS:
        raise InputError(
            where,
            reason="no such format of exports",
            remedy=f"The profiles of exports are: {', '.join(EXPORT_FORMATS)}.",
        )
    found, others = _opened(where, profile)
    if not found:
        raise InputError(
            where,
            reason="no export that is known is in it",
            remedy=f"Known are: {', '.join(EXPORT_FORMATS)}. Say with --profile which it is.",
        )
    controls = read_controls(
        where,
        [EXPORT_FORMATS[name] for name in found],
        [(Path(one), _opened(Path(one), profile)[0]) for one in control],
    )
    hashes = hashes_of(control)
    watch = Watch(where, [member for members in found.values() for member in members], progress)
    return _ExportReading(
        path=where, found=found, others=others, controls=controls, hashes=hashes, watch=watch
    )


def _opened(where: Path, profile: str | None) -> tuple[dict[str, list[Member]], int]:
    """Sort the files of what was handed in by format; also how many are of none."""
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
    return found, others


@define(kw_only=True)
class _ExportReading:
    path: Path
    found: dict[str, list[Member]]
    others: int
    controls: Mapping[str, Controls]
    hashes: tuple[str, ...]
    watch: Watch
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
        cut, unread = False, 0
        said: list[str] = []
        for name, members in self.found.items():
            one = EXPORT_FORMATS[name]
            gathered.answers = Answers(controls=self.controls.get(name))
            before = Counter(gathered.counts)
            for member, told in one.read([self.watch.over(member) for member in members], gathered):
                cut = cut or told.truncated
                unread += getattr(told, "bytes_unread", 0)
                tables.append(_report(one, member, told, gathered.counts - before))
                before = Counter(gathered.counts)
            if one.family == "account-finder":
                self._refuse_own_control(gathered.answers)
                said += gathered.answers.notes(name)
        self.watch.end()
        yield from gathered.batches()
        notes = [f"{what}: {count}" for what, count in sorted(gathered.counts.items()) if count]
        notes += said
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
            encoding=self.watch.encoding,
            bytes_read=self.watch.bytes_read,
            bytes_unread=unread,
            ended_well=not cut,
            tables=tables,
            notes=notes,
            controls=self.hashes,
        )

    def _refuse_own_control(self, answers: Answers) -> None:
        """A handle cannot be made up and searched for."""
        if answers.controls is not None and answers.controls.handles & answers.handles:
            raise InputError(
                self.path,
                reason="a handle of the controls is searched for in the list's file, too",
                remedy="Run the controls for handles that were made up at random, and are nobody's.",
            )


def _report(one: ExportFormat, member: Member, told: Told, counts: Counter[str]) -> TableReport:
    about = [
        (told.truncated, "the file ends before its end"),
        (told.replaced, f"characters that are not in the file's encoding: {told.replaced}"),
        (told.repaired, f"control characters repaired: {told.repaired}"),
        (not counts[one.rows], f"nothing in it that counts among {one.rows}"),
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
