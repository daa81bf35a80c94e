"""Writes synthetic exports of any size, laid out as their producers write them; every person in them is invented.

A new format is measured by ``benchmarks/readers.py`` once its writer stands in `EXPORTS`. A writer yields the parts of
a file without end; between the head and the tail parts may be left out, so that a file of any size is whole.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

__all__ = ["EXPORTS", "Export", "write_export"]

_WORDS = (
    "harrowby mill the a of and quillmere lane said then who would not it is for we saw them again at noon café déjà "
    "oakmarrow vornskald maybe tomorrow yes no see below above that this with from when where"
).split()
_START = 1_600_000_000  # seconds since 1970
_PEOPLE = 5_000

Parts = tuple[str, Iterator[str], str]
"""What a file begins with, its entries without end (each with whatever parts it from the one before), its end."""


class Export:
    """A format: the file's name, what makes its parts, and what it is measured beside."""

    def __init__(
        self, file: str, parts: Callable[[random.Random], Parts], *, peer: str = "json.load"
    ) -> None:
        self.file, self.parts, self.peer = file, parts, peer


def write_export(path: Path, name: str, megabytes: int) -> None:
    """Write a file of a format, whole, of about so many megabytes; the same every time."""
    head, entries, tail = EXPORTS[name].parts(random.Random(7))
    with path.open("w", encoding="utf-8", newline="") as file:
        written = file.write(head)
        for entry in entries:
            file.write(entry)
            written += len(entry.encode())
            if written > megabytes * 1_000_000:
                break
        file.write(tail)


def _text(pick: random.Random) -> str:
    return " ".join(pick.choices(_WORDS, k=int(pick.expovariate(1 / 12)) + 1))


def _who(pick: random.Random) -> int:
    """A few write much and most little."""
    return int(_PEOPLE * pick.random() ** 3)


def _indented(value: object, indent: int, depth: int) -> str:
    """As a part of a document that is indented as a whole."""
    return json.dumps(value, ensure_ascii=False, indent=indent).replace("\n", "\n" + " " * indent * depth)


def _listed(entries: Iterator[str], between: str) -> Iterator[str]:
    yield next(entries)
    for entry in entries:
        yield between + entry


def _discord(pick: random.Random) -> Parts:
    def person(who: int) -> dict[str, object]:
        return {
            "id": str(90_000_000_000_000_000 + who * 7_919), "name": f"vornskald_{who}", "discriminator": "0000",
            "nickname": f"Vornskald {who}", "color": None, "isBot": False,
            "roles": [{"id": "900000000000000001", "name": "member", "color": "#3498DB", "position": 2}][: who % 2],
            "avatarUrl": f"https://cdn.example.org/avatars/{who}/{who * 7919:032x}.png?size=512",
        }  # fmt: skip

    def messages() -> Iterator[str]:
        for n in count(1):
            moment = _START + n * 37
            yield _indented({
                "id": str(750_000_000_000_000_000 + n * 4_194_304), "type": "Default" if n % 5 else "Reply",
                "timestamp": f"2020-{1 + moment // 86_400 % 12:02}-{1 + moment // 3_600 % 28:02}T{n // 60 % 24:02}:{n % 60:02}:11.{n % 1000:03}+00:00",
                "timestampEdited": None, "callEndedTimestamp": None, "isPinned": False, "content": _text(pick),
                "author": person(_who(pick)), "attachments": [], "embeds": [], "stickers": [],
                "reactions": [] if n % 9 else [
                    {"emoji": {"id": "", "name": "👍", "code": "thumbsup", "isAnimated": False,
                               "imageUrl": "https://cdn.example.org/1f44d.svg"}, "count": 2,
                     "users": [person(_who(pick)), person(_who(pick))]}],
                "mentions": [] if n % 7 else [person(_who(pick))], "inlineEmojis": [],
                **({} if n % 5 else {"reference": {"messageId": str(750_000_000_000_000_000 + (n - 3) * 4_194_304),
                                                   "channelId": "8", "guildId": "7"}}),
            }, 2, 2)  # fmt: skip

    head = (
        '{\n  "guild": {\n    "id": "7",\n    "name": "Harrowby",\n    "iconUrl": ""\n  },\n  "channel": {\n    "id": "8",\n'
        '    "type": "GuildTextChat",\n    "categoryId": "6",\n    "category": "Mill",\n    "name": "general",\n    "topic": null\n  },\n'
        '  "dateRange": {\n    "after": null,\n    "before": null\n  },\n  "exportedAt": "2021-01-01T00:00:00+00:00",\n  "messages": [\n    '
    )
    return head, _listed(messages(), ",\n    "), "\n  ]\n}"


def _telegram(pick: random.Random) -> Parts:
    def messages() -> Iterator[str]:
        for n in count(1):
            moment, who, text = _START + n * 37, _who(pick), _text(pick)
            entities: list[object] = [{"type": "plain", "text": text}]
            if not n % 7:
                entities.append({"type": "mention", "text": f"@vornskald{_who(pick)}"})
            yield _indented({
                "id": n, "type": "message", "date": f"2020-09-{1 + n // 5000 % 28:02}T{n // 60 % 24:02}:{n % 60:02}:11",
                "date_unixtime": str(moment), "from": f"Oakmarrow {who}", "from_id": f"user{5_000_000_000 + who}",
                **({} if n % 5 else {"reply_to_message_id": max(1, n - 3)}),
                "text": text if n % 7 else [text, entities[-1]], "text_entities": entities,
                **({} if n % 9 else {"reactions": [{"type": "emoji", "count": 1, "emoji": "👍", "recent": [
                    {"from": f"Oakmarrow {(who + 1) % _PEOPLE}", "from_id": f"user{5_000_000_000 + (who + 1) % _PEOPLE}",
                     "date": "2020-09-13T12:00:00"}]}]}),
            }, 1, 2)  # fmt: skip

    head = '{\n "name": "Harrowby",\n "type": "private_supergroup",\n "id": 77,\n "messages": [\n  '
    return head, _listed(messages(), ",\n  "), "\n ]\n}"


def _messenger(pick: random.Random) -> Parts:
    def messages() -> Iterator[str]:
        for n in count(1):
            given = {
                "sender_name": f"Maren Quillmere{_who(pick) % 50}", "timestamp_ms": (_START - n * 37) * 1000 + n % 1000,
                "content": _text(pick).encode().decode("latin-1"),
                **({} if n % 9 else {"reactions": [{"reaction": "\u00f0\u009f\u0091\u008d", "actor": f"Bo Oakmarrow{n % 50}"}]}),
                "is_geoblocked_for_viewer": False, "is_unsent_image_by_messenger_kid_parent": False,
            }  # fmt: skip
            yield json.dumps(given, indent=2).replace("\n", "\n    ")

    names = ",\n".join(f'    {{\n      "name": "Maren Quillmere{n}"\n    }}' for n in range(50))
    head = f'{{\n  "participants": [\n{names}\n  ],\n  "messages": [\n    '
    tail = (
        '\n  ],\n  "title": "Harrowby",\n  "is_still_participant": true,\n  "thread_path": "inbox/harrowby_7",\n'
        '  "magic_words": []\n}'
    )
    return head, _listed(messages(), ",\n    "), tail


def _signal(pick: random.Random) -> Parts:
    def service(who: int) -> str:
        return f"00000000-0000-4000-8000-{who:012x}"

    def messages() -> Iterator[str]:
        for n in count(1):
            moment, who = (_START + n * 37) * 1000, _who(pick) % 500
            yield json.dumps({
                "timestamp": moment, "attachments": [], "id": f"10000000-0000-4000-8000-{n:012x}",
                "conversationId": "20000000-0000-4000-8000-000000000001", "readStatus": 0, "received_at": n,
                "received_at_ms": moment + 500, "seenStatus": 2, "sent_at": moment, "serverTimestamp": moment + 100,
                "source": f"+4477009{who:05}", "sourceServiceId": service(who), "sourceDevice": 1, "type": "incoming",
                "unidentifiedDeliveryReceived": True, "schemaVersion": 14, "body": _text(pick), "bodyRanges": [],
                "contact": [], "decrypted_at": moment + 600, "errors": [], "flags": 0, "hasAttachments": 0,
                "isViewOnce": False, "preview": [], "requiredProtocolVersion": 0, "supportedVersionAtReceive": 7,
                **({} if n % 5 else {"quote": {"id": moment - 37_000, "authorAci": service((who + 1) % 500), "text": _text(pick),
                                               "attachments": [], "bodyRanges": []}}),
                **({} if n % 9 else {"reactions": [{"emoji": "👍", "fromId": f"+4477009{(who + 2) % 500:05}",
                                                    "targetTimestamp": moment, "timestamp": moment + 9_000}]}),
            }, ensure_ascii=False, separators=(",", ":"))  # fmt: skip

    return "[\n", _listed(messages(), ",\n"), "\n]\n"


def _signal_export(pick: random.Random) -> Parts:
    def messages() -> Iterator[str]:
        for n in count(1):
            yield json.dumps({
                "date": f"2020-09-{1 + n // 5000 % 28:02}T{n // 60 % 24:02}:{n % 60:02}:11",
                "sender": f"MarenQuillmere{_who(pick) % 500}", "body": _text(pick),
                "quote": "" if n % 5 else f"\n> {_text(pick)}\n", "sticker": "",
                "reactions": [] if n % 9 else [[f"BoOakmarrow{n % 500}", "👍"]], "attachments": [],
            }, ensure_ascii=False) + "\n"  # fmt: skip

    return "", messages(), ""


def _whatsapp(pick: random.Random) -> Parts:
    def lines() -> Iterator[str]:
        for n in count(1):
            who = _who(pick) % 200
            stamp = (
                f"[{1 + n // 5000 % 28:02}/09/{2014 + n // 200_000 % 9}, {n // 60 % 24:02}:{n % 60:02}:11]"
            )
            if n % 500:
                yield f"{stamp} Maren Quillmere{who}: {_text(pick)}\r\n"
            else:
                yield f"{stamp} Maren Quillmere{who}: \u200eMaren Quillmere{who} added Bo Oakmarrow{n // 500 % 500}\r\n"

    return "", lines(), ""


def _reddit(pick: random.Random) -> Parts:
    entries = (
        json.dumps({
            "id": _base36(number), "author": f"vornskald_{(who := _who(pick))}", "author_fullname": f"t2_{who:x}",
            "created_utc": _START + number, "parent_id": f"t1_{_base36(max(0, number - pick.randrange(1, 50)))}", "link_id": "t3_q",
            "subreddit": f"harrowby{int(40 * pick.random() ** 3)}", "body": _text(pick), "score": 1, "author_flair_text": None,
            "permalink": "/r/harrowby/comments/q/x/", "gilded": 0, "controversiality": 0, "stickied": False,
        }) + "\n"
        for number in count(1)
    )  # fmt: skip
    return "", entries, ""


def _base36(number: int) -> str:
    digits = ""
    while number:
        number, rest = divmod(number, 36)
        digits = "0123456789abcdefghijklmnopqrstuvwxyz"[rest] + digits
    return digits or "0"


def _mastodon(pick: random.Random) -> Parts:
    def account(who: int) -> dict[str, object]:
        name = f"vornskald_{who}"
        return {"id": str(who), "username": name, "acct": name, "display_name": f"Maren Quillmere {who}", "note": f"<p>{_text(pick)}</p>",
                "created_at": "2019-04-03T00:00:00.000Z", "url": f"https://social.example.org/@{name}", "followers_count": 3, "fields": []}  # fmt: skip

    def status(number: int) -> dict[str, object]:
        other = _who(pick)
        mention = {
            "id": str(other),
            "username": f"vornskald_{other}",
            "acct": f"vornskald_{other}",
            "url": f"https://social.example.org/@vornskald_{other}",
        }
        return {"id": str(number), "created_at": "2020-01-01T10:00:00.000Z", "in_reply_to_account_id": str(other), "content": f"<p>{_text(pick)}</p>",
                "account": account(_who(pick)), "mentions": [mention], "reblog": None, "visibility": "public"}  # fmt: skip

    return "[", _listed((json.dumps(status(number)) for number in count(1)), ","), "]"


def _twitter(pick: random.Random) -> Parts:
    def user(who: int) -> dict[str, object]:
        return {"id": who, "id_str": str(who), "screen_name": f"vornskald_{who}", "name": f"Maren Quillmere {who}", "location": "Harrowby",
                "description": _text(pick), "created_at": "Fri Feb 23 22:34:37 +0000 2018", "followers_count": 3, "verified": False}  # fmt: skip

    def tweet(number: int) -> dict[str, object]:
        other = _who(pick) + 1
        return {"id_str": str(number), "created_at": "Fri Feb 23 22:34:37 +0000 2018", "full_text": _text(pick), "user": user(_who(pick) + 1),
                "in_reply_to_user_id_str": str(other), "in_reply_to_screen_name": f"vornskald_{other}",
                "entities": {"user_mentions": [{"id_str": str(other), "screen_name": f"vornskald_{other}", "name": "x"}]}}  # fmt: skip

    return "[", _listed((json.dumps(tweet(number)) for number in count(1)), ","), "]"


def _vk(pick: random.Random) -> Parts:
    users = (
        json.dumps({
            "id": number, "first_name": "Maren", "last_name": f"Quillmere{number}", "screen_name": f"vornskald{number}", "bdate": "3.4.1990",
            "is_closed": False, "city": {"id": 1, "title": "Harrowby"}, "about": _text(pick), "site": f"https://example.org/{number}",
            "connections": {"twitter": f"oakmarrow{number}"}, "career": [], "military": [],
        })
        for number in count(1)
    )  # fmt: skip
    return '{"response": [', _listed(users, ","), "]}"


def _maigret(pick: random.Random) -> Parts:
    rows = (
        f"vornskald_{number // 3000},Site{number % 3000},https://example.org/{number % 3000},https://example.org/{number % 3000}/vornskald_{number // 3000},"
        f"{pick.choice(('Available', 'Available', 'Claimed', 'Unknown'))},200\r\n"
        for number in count()
    )
    return "username,name,url_main,url_user,exists,http_status\r\n", rows, ""


EXPORTS: dict[str, Export] = {
    "Discord": Export("discord.json", _discord),
    "Telegram": Export("result.json", _telegram),
    "Messenger": Export("message_1.json", _messenger),
    "Signal": Export("Harrowby (group).json", _signal),
    "signal-export": Export("data.json", _signal_export, peer="json.loads"),
    "WhatsApp": Export("_chat.txt", _whatsapp, peer="re"),
    "Reddit": Export("RC.ndjson", _reddit, peer="json.loads"),
    "Mastodon": Export("statuses.json", _mastodon),
    "Twitter 1.1": Export("tweets.json", _twitter),
    "VK": Export("users.json", _vk),
    "Maigret, CSV": Export("report.csv", _maigret, peer="csv.DictReader"),
}
"""By the name of the seed in ``tests/reader_seeds.py``."""
