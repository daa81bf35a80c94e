"""The formats of chats, and what in a file shows each."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from vetting.readers.archives import Member
from vetting.readers.chats.discord import read_discord
from vetting.readers.chats.messenger import read_messenger
from vetting.readers.chats.signal import read_signal
from vetting.readers.chats.signal_export import read_signal_export
from vetting.readers.chats.telegram import read_telegram
from vetting.readers.chats.whatsapp import read_whatsapp
from vetting.readers.chats.whatsapp_lines import WHATSAPP_MARK
from vetting.readers.exports.formats import ExportFormat, each, keys
from vetting.readers.exports.gathering import Gathering, Told

__all__ = ["CHAT_FORMATS"]


def _chat(*, read: Callable[[Member, Gathering], Told], **about: Any) -> ExportFormat:
    return ExportFormat(
        family="chat",
        read=each(read),
        rows="messages",
        lost="messages without an author",  # whoever wrote them cannot be found
        kept=("who wrote", "when", "where and to whom", "names and numbers of people"),
        dropped=("message texts", "attachments"),
        **about,
    )


CHAT_FORMATS = (
    _chat(
        name="discord",
        why="an object with a guild and a channel, as DiscordChatExporter writes",
        marks=keys(r'^\s*\{\s*"guild"\s*:\s*\{', r'"channel"\s*:\s*\{\s*"id"'),
        read=read_discord,
    ),
    _chat(
        name="telegram",
        why="an object with a chat's type, id and messages, or with lists of chats, as Telegram Desktop writes",
        marks=keys(
            r'"type"\s*:\s*"(?:personal_chat|bot_chat|saved_messages|(?:private|public)_(?:super)?(?:group|channel))'
            r'|"personal_information"\s*:\s*\{|"(?:chats|contacts)"\s*:\s*\{\s*"about"'
        ),
        read=read_telegram,
    ),
    _chat(
        name="messenger",
        why="an object with participants and messages with sender names, as Facebook and Instagram export",
        marks=keys(r'^\s*\{\s*"participants"\s*:\s*\[', r'"sender_name"\s*:'),
        read=read_messenger,
    ),
    _chat(
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
    _chat(
        name="signal-export",
        why="messages with a date, a sender and a body, one a line, or a group with who exported it, as signal-export writes",
        marks=keys(
            r'^\s*\{\s*"date"\s*:\s*"[^"]{0,40}"\s*,\s*"sender"\s*:\s*(?:"[^"\n]*"|null)\s*,\s*"body"\s*:'
            r'|^\s*\{\s*"name"\s*:\s*"[^"\n]*"\s*,\s*"exported_by"\s*:'
        ),
        read=read_signal_export,
    ),
    _chat(
        name="whatsapp",
        endings=(".txt",),
        why="lines that start with a date and a time in one layout, as WhatsApp exports a chat",
        marks=(WHATSAPP_MARK,),
        read=read_whatsapp,
    ),
)
