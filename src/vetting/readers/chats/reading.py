"""Opens chat exports: a file, a zip or a folder of files, each recognised by its content."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from os import PathLike
from pathlib import Path

from attrs import define, field, frozen

from vetting.errors import InputError
from vetting.readers.archives import Member, list_members
from vetting.readers.chats.discord import read_discord
from vetting.readers.chats.gathering import Gathering, Told
from vetting.readers.chats.messenger import read_messenger
from vetting.readers.chats.signal import read_signal
from vetting.readers.chats.signal_export import read_signal_export
from vetting.readers.chats.telegram import read_telegram
from vetting.readers.chats.whatsapp import read_whatsapp
from vetting.readers.chats.whatsapp_lines import WHATSAPP_MARK
from vetting.readers.files import file_sha256
from vetting.readers.reading import Reading, not_read_yet
from vetting.records.completeness import Completeness, TableReport
from vetting.records.schemas import Batch

__all__ = ["CHAT_FORMATS", "ChatFormat", "is_chat", "read_chat", "recognised"]

_NOBODYS = "messages without an author"  # whoever wrote them cannot be found: such a list is not complete


@frozen(kw_only=True)
class ChatFormat:
    """One format of chat exports.

    Attributes:
        name: As ``--profile`` takes it.
        why: What in a file shows it, in words.
        marks: Patterns that must all be in the first 64 KiB.
        read: Reads one file.
    """

    name: str
    why: str
    marks: tuple[re.Pattern[str], ...]
    read: Callable[[Member, Gathering], Told]


def _keys(*patterns: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern) for pattern in (r"^\s*\{", *patterns))


CHAT_FORMATS = {
    one.name: one
    for one in (
        ChatFormat(
            name="discord",
            why="an object with a guild and a channel, as DiscordChatExporter writes",
            marks=_keys(r'^\s*\{\s*"guild"\s*:\s*\{', r'"channel"\s*:\s*\{\s*"id"'),
            read=read_discord,
        ),
        ChatFormat(
            name="telegram",
            why="an object with a chat's type, id and messages, or with lists of chats, as Telegram Desktop writes",
            marks=_keys(
                r'"type"\s*:\s*"(?:personal_chat|bot_chat|saved_messages|(?:private|public)_(?:super)?(?:group|channel))'
                r'|"personal_information"\s*:\s*\{|"(?:chats|contacts)"\s*:\s*\{\s*"about"'
            ),
            read=read_telegram,
        ),
        ChatFormat(
            name="messenger",
            why="an object with participants and messages with sender names, as Facebook and Instagram export",
            marks=_keys(r'^\s*\{\s*"participants"\s*:\s*\[', r'"sender_name"\s*:'),
            read=read_messenger,
        ),
        ChatFormat(
            name="signal",
            why="a list of messages with a conversation or a time of sending, and Signal Desktop's own keys, as sigtop writes",
            marks=(
                re.compile(r"^\s*\[\s*\{"),
                re.compile(r'"(?:conversationId|sent_at|received_at|received_at_ms|serverTimestamp)"\s*:'),
                re.compile(
                    r'"(?:sourceServiceId|sourceUuid|sourceDevice|sendStateByConversationId|schemaVersion'
                    r'|seenStatus|readStatus|groupV2Change|unidentifiedDeliveries)"\s*:'
                ),
            ),
            read=read_signal,
        ),
        ChatFormat(
            name="signal-export",
            why="messages with a date, a sender and a body, one a line, or a group with who exported it, as signal-export writes",
            marks=_keys(
                r'^\s*\{\s*"date"\s*:\s*"[^"]{0,40}"\s*,\s*"sender"\s*:\s*(?:"[^"\n]*"|null)\s*,\s*"body"\s*:'
                r'|^\s*\{\s*"name"\s*:\s*"[^"\n]*"\s*,\s*"exported_by"\s*:'
            ),
            read=read_signal_export,
        ),
        ChatFormat(
            name="whatsapp",
            why="lines that start with a date and a time in one layout, as WhatsApp exports a chat",
            marks=(WHATSAPP_MARK,),
            read=read_whatsapp,
        ),
    )
}


def recognised(member: Member) -> tuple[ChatFormat, ...]:
    """Every format that a file may be of, by its first bytes; more than one is for a person to decide."""
    if member.problem:
        return ()
    head = member.head().decode("utf-8-sig", "replace")
    return tuple(one for one in CHAT_FORMATS.values() if all(mark.search(head) for mark in one.marks))


def is_chat(path: str | PathLike[str]) -> bool:
    """Whether a file, a zip or a folder holds a chat that is known; what cannot be opened is for others to name."""
    try:
        members = list_members(Path(path))
        return any(
            recognised(member)
            for member in members
            if len(members) == 1 or member.name.lower().endswith((".json", ".txt"))
        )
    except InputError:
        return False


def read_chat(path: str | PathLike[str], *, profile: str | None = None) -> Reading:
    """Open a chat export; only names and first bytes are read yet.

    Args:
        path: A file, a zip or a folder; files in it that are no chats (attachments) are counted and not read.
        profile: Name of the format; ``None`` to go by the content.

    Raises:
        InputError: No file is a chat that is known, or one may be of several formats.
        ArchiveError: An archive is damaged, or a file in it must not be opened.
    """
    where = Path(path)
    if profile is not None and profile not in CHAT_FORMATS:
        raise InputError(
            where,
            reason="no such chat format",
            remedy=f"The profiles of chats are: {', '.join(CHAT_FORMATS)}.",
        )
    chats: list[tuple[Member, ChatFormat]] = []
    others = 0
    members = list_members(where)
    for member in members:
        text = len(members) == 1 or member.name.lower().endswith((".json", ".txt"))
        found = recognised(member) if text else ()
        if profile is not None and text:
            found = (CHAT_FORMATS[profile],)
        if len(found) > 1:
            raise InputError(
                where,
                reason=f"it may be of several formats: {', '.join(one.name for one in found)}",
                remedy="Say which with --profile.",
            )
        if found:
            chats.append((member, found[0]))
        else:
            others += 1
    if not chats:
        raise InputError(
            where,
            reason="no chat export that is known is in it",
            remedy=f"Known are: {', '.join(CHAT_FORMATS)}. Say with --profile which it is.",
        )
    return _ChatReading(path=where, chats=chats, others=others)


@define(kw_only=True)
class _ChatReading:
    path: Path
    chats: list[tuple[Member, ChatFormat]]
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
        tables, notes, cut = [], [], 0
        for member, chat in self.chats:
            before = Counter(gathered.counts)
            stream = chat.read(member, gathered)
            cut += stream.truncated
            about = [
                (stream.truncated, "the file ends before its end"),
                (stream.replaced, f"characters that are not in the file's encoding: {stream.replaced}"),
                (stream.repaired, f"control characters repaired: {stream.repaired}"),
            ]
            tables.append(
                TableReport(
                    name=member.name,
                    role="messages",
                    rows=gathered.counts["messages"] - before["messages"],
                    rows_quarantined=gathered.counts[_NOBODYS] - before[_NOBODYS],
                    columns_dropped=("message texts", "attachments"),
                    note="; ".join(text for true, text in about if true),
                )
            )
        yield from gathered.batches()
        notes = [f"{what}: {count}" for what, count in sorted(gathered.counts.items()) if count]
        if self.others:
            notes.append(f"files that are no chats, not read: {self.others}")
        self._completeness = Completeness(
            file=self.path.name,
            sha256=file_sha256(self.path) if self.path.is_file() else "",
            size=sum(member.size for member, _ in self.chats)
            if self.path.is_dir()
            else self.path.stat().st_size,
            reader="chat",
            profile="+".join(sorted({chat.name for _, chat in self.chats})),
            ended_well=not cut,
            tables=tables,
            notes=notes,
        )
