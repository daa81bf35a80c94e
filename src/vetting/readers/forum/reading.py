"""Reads a forum's dump with the profiles that fit: one pass over the file, then the batches."""

from __future__ import annotations

import html
from collections.abc import Iterable, Iterator, Sequence
from os import PathLike

import pyarrow as pa
from attrs import define, field

from vetting.errors import DumpError
from vetting.readers.files import InputFile, Limits
from vetting.readers.forum.columns import Rows
from vetting.readers.forum.identifiers import Origin
from vetting.readers.forum.matching import Matcher
from vetting.readers.forum.relations import Relations
from vetting.readers.forum.report import completeness_of
from vetting.readers.forum.tables import CustomField, Gathered
from vetting.readers.profiles import Profile, load_profiles
from vetting.readers.reading import Progress, not_read_yet
from vetting.readers.sqldump import Dump
from vetting.readers.sqldump.literals import TextDecoder
from vetting.records.completeness import Completeness
from vetting.records.schemas import Batch

__all__ = ["ForumReading", "read_forum"]


def read_forum(
    path: str | PathLike[str],
    *,
    profile: str | PathLike[str] | None = None,
    progress: Progress | None = None,
    roles: Iterable[str] = (),
    limits: Limits | None = None,
) -> ForumReading:
    """Open a forum's dump.

    Args:
        path: The dump, plain, gzip or zip.
        profile: As for :func:`vetting.readers.profiles.load_profiles`; ``None`` tries all.
        progress: Called with bytes consumed of the file as handed in, and its size.
        roles: Tables read, by their role in the profile (``"members"``); empty for all.
        limits: How far a compressed file may expand.

    Raises:
        InputError: If the file is empty or cannot be opened, or there is no such profile.
    """
    source = InputFile(path, progress=progress, limits=limits or Limits())
    return ForumReading(source, load_profiles(profile), frozenset(roles))


@define
class ForumReading:
    """A forum's dump, opened for reading once (a :class:`vetting.readers.reading.Reading`).

    Message bodies are looked at for quotes and mentions and never kept. Memory grows with accounts and
    distinct relations, not with the dump.
    """

    _file: InputFile
    _profiles: tuple[Profile, ...]
    _roles: frozenset[str] = frozenset()
    _completeness: Completeness | None = field(default=None, init=False)
    _begun: bool = field(default=False, init=False)

    @property
    def completeness(self) -> Completeness:
        """What was read and what was not.

        Raises:
            RuntimeError: Until `batches` is exhausted.
        """
        if self._completeness is None:
            raise not_read_yet()
        return self._completeness

    def batches(self) -> Iterator[Batch]:
        """Read the dump.

        Yields:
            Accounts, then relations, then identifiers.

        Raises:
            DumpError: If no profile knows a table of accounts in it, or it is no dump that can be read.
            ArchiveError: If the file is compressed and damaged or a bomb.
            RuntimeError: If called twice.
        """
        if self._begun:
            raise RuntimeError("a reading is iterated once. Open the file again.")
        self._begun = True
        matcher = Matcher(self._profiles, only=self._roles)

        def want(table: str, columns: tuple[str, ...]) -> Sequence[str] | None:
            match = matcher.match(table, columns)
            return match.columns if match is not None and match.columns else None

        dump = Dump(self._file, want=want, strict=False)
        gathered = Gathered()
        decoder: TextDecoder | None = None
        for chunk in dump.chunks():
            if decoder is None:
                decoder = TextDecoder(dump.header.encoding, escapes=not dump.header.no_backslash_escapes)
            gathered.take(Rows(chunk, decoder), matcher.matches[chunk.table.name])
        decoder = decoder or TextDecoder("")
        if not any(match.rule.account for match in matcher.matches.values()):
            known = ", ".join(profile.name for profile in self._profiles)
            raise DumpError(
                self._file.path,
                reason=f"none of its {len(dump.tables)} tables is a table of accounts that a profile ({known}) knows",
                remedy="Name a profile of your own with --profile, or export the accounts as CSV and use --mapping.",
                offset=dump.bytes_read,
            )
        mapped = _add_custom_fields(gathered, self._profiles)
        _add_posted_names(gathered, decoder)
        known_ids = gathered.accounts.ids()
        yield from gathered.accounts.batches(gathered.titles, gathered.unconfirmed)
        relations = Relations(gathered, decoder)
        yield from relations.batches()  # before the identifiers, among which quoted names are looked up
        yield from gathered.identifiers.batches(known_ids, gathered.unconfirmed)
        self._completeness = completeness_of(self._file, dump, matcher, gathered, relations, mapped)


def _add_custom_fields(gathered: Gathered, profiles: Sequence[Profile]) -> set[tuple[str, str]]:
    """Give custom fields the meaning of their titles; returns table and column of those that have one."""
    mapped = set()
    for custom in gathered.custom.values():
        profile = profiles[custom.generation]
        # What no table names may have a name that comes with the software, or one that speaks for itself.
        named = profile.default_titles.get(custom.name, custom.name.replace("_", " "))
        title = gathered.titles.get((custom.generation, "field", custom.name), named).strip().rstrip(":")
        for rule in profile.field_title:
            if found := rule.pattern.fullmatch(title):
                platform = found[1].lower() if rule.kind == "handle" and rule.pattern.groups else None
                mapped.add((custom.table, custom.column))
                _add_custom_field(gathered, custom, rule.kind, platform)
                break
    gathered.custom.clear()
    return mapped


def _add_custom_field(gathered: Gathered, custom: CustomField, kind: str, platform: str | None) -> None:
    origin = Origin(custom.table, custom.column, custom.generation, kind, "current", platform)
    # An e-mail typed into a profile field was confirmed by nobody; an empty link is no link.
    values = [
        None if kind == "url" and value.strip() in {"http://", "https://"} else value
        for value in custom.values
    ]
    gathered.identifiers.add(
        origin, pa.array(custom.accounts, pa.int64()), values, pa.array(custom.offsets, pa.int64())
    )


def _add_posted_names(gathered: Gathered, decoder: TextDecoder) -> None:
    for origin, escaped, tally in gathered.posted.values():
        counted = tally.result()
        if counted is None:
            continue
        column = f"{origin.table}.{origin.column}"
        texts = decoder.texts(counted["target"].to_pylist(), column)
        values = [html.unescape(text) if text and escaped else text for text in texts]
        gathered.identifiers.add(
            origin, counted["source"].combine_chunks(), values, counted["offset"].combine_chunks()
        )
    gathered.posted.clear()
