"""Reads answers of VK's interface: users.get, friends.get and groups.getMembers with fields, and wall.get.

The interface cannot be asked where this is tested: the layout is that of VK's own description of the objects
(github.com/VKCOM/vk-api-schema, ``users_user_full`` and ``wall_wallpost_full``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from vetting.readers.archives import Member
from vetting.readers.exports.gathering import Gathering
from vetting.readers.exports.json_stream import JsonStream
from vetting.readers.exports.links import links_in
from vetting.readers.exports.values import as_dict, as_list, as_seconds, as_text, identity

__all__ = ["read_vk"]

_LISTS = {
    (),
    ("response",),
    *((*above, name) for above in ((), ("response",)) for name in ("items", "profiles", "groups", "wall")),
}
_CONNECTIONS = ("skype", "facebook", "twitter", "instagram", "livejournal")
_LINKED_TEXTS = ("site", "about", "status", "activities", "interests")
_PHONES = ("mobile_phone", "home_phone")
_NOT_KEPT = ("career", "military", "relatives", "relation", "relation_partner", "personal", "universities",
             "schools", "education", "occupation", "tv", "movies", "music", "books", "games", "quotes")  # fmt: skip
_NUMBERED = re.compile(r"(?:id|club|public)\d+")
_MENTION = re.compile(r"\[id(\d{1,12})\|[^\]]{0,200}\]")
_DIGITS = re.compile(r"\d")
_BORN = re.compile(r"(\d{1,2})\.(\d{1,2})(?:\.(\d{4}))?")


def read_vk(member: Member, gathered: Gathering) -> JsonStream:
    """Read one answer, a list of users, or one such thing a line.

    Raises:
        InputError: It is no JSON.
    """
    stream = JsonStream(member, lambda path: path in _LISTS)
    for place, given in enumerate(_objects(stream)):
        if "from_id" in given or "owner_id" in given:
            _post(given, gathered, member.name)
        elif "first_name" not in given and "name" in given:
            gathered.counts["groups, not read"] += 1
        else:
            _user(given, gathered, f"{member.name}@{identity(given.get('id')) or place}")
    return stream


def _objects(stream: JsonStream) -> Iterator[dict[str, Any]]:
    """Yield whatever stands in the lists of an answer; what is no object counts as an empty one."""
    roots: dict[tuple[str, ...], dict[str, Any]] = {(): {}, ("response",): {}}
    for path, value in stream.items():
        if path[-1] == "*" and path[:-1] in _LISTS:
            yield as_dict(value)
        elif path[:-1] in roots and path[-1]:
            roots[path[:-1]][path[-1]] = value
    yield from filter(_is_entry, roots.values())
    for document in stream.documents():
        answer = as_dict(document).get("response", document)
        about = as_dict(answer)
        listed = [one for name in ("items", "wall", "profiles", "groups") for one in as_list(about.get(name))]
        for one in listed or as_list(answer) or [answer]:
            yield as_dict(one)


def _is_entry(given: dict[str, Any]) -> bool:
    return "first_name" in given or "from_id" in given


def _user(given: dict[str, Any], gathered: Gathering, record: str) -> None:
    number = identity(given.get("id") or given.get("uid"))
    if not number or number == "0":
        gathered.counts["entries without an account"] += 1
        return
    gathered.counts["accounts"] += 1
    account = f"vk:{number}"
    held = gathered.account(account, record, seen=as_seconds(as_dict(given.get("last_seen")).get("time")))
    if state := as_text(given.get("deactivated")):
        held.status = state
    gathered.counts["profiles that are closed"] += given.get("is_closed") is True
    _names(given, account, gathered, record)
    for key in ("screen_name", "domain"):
        handle = as_text(given.get(key))
        if handle and not _NUMBERED.fullmatch(handle):
            gathered.identifier(account, "handle", handle, record, platform="vk")
    born = as_text(given.get("bdate"))
    gathered.identifier(account, "date_of_birth", _born(born), record)
    gathered.counts["birth dates that are none"] += bool(born) and not _born(born)
    _places(given, account, gathered, record)
    _links(given, account, gathered, record)
    for key in _NOT_KEPT:
        gathered.counts[f"field not kept: {key}"] += bool(given.get(key))


def _names(given: dict[str, Any], account: str, gathered: Gathering, record: str) -> None:
    first, last = as_text(given.get("first_name")), as_text(given.get("last_name"))
    if first == "DELETED":  # what stands there once an account is gone
        gathered.counts["accounts without a name, since they were deleted"] += 1
        return
    middle, maiden = as_text(given.get("nickname")), as_text(given.get("maiden_name"))
    gathered.identifier(account, "name", f"{first} {last}".strip(), record, role="display")
    if middle and " " not in middle:  # where a patronymic stands, or whatever else somebody put there
        gathered.identifier(account, "name", f"{first} {middle} {last}", record, role="alias")
    if maiden:
        gathered.identifier(account, "name", f"{first} {maiden}", record, role="alias")


def _places(given: dict[str, Any], account: str, gathered: Gathering, record: str) -> None:
    country = as_text(as_dict(given.get("country")).get("title"))
    towns = {
        "current": as_text(as_dict(given.get("city")).get("title")),
        "previous": as_text(given.get("home_town")),
    }
    for role, town in towns.items():
        if town:
            gathered.identifier(account, "place", ", ".join(filter(None, [town, country])), record, role=role)


def _links(given: dict[str, Any], account: str, gathered: Gathering, record: str) -> None:
    for platform in _CONNECTIONS:
        where = as_dict(given.get("connections")) | given
        name = where.get(platform)
        gathered.identifier(account, "handle", name, record, platform=platform, role="self_linked")
    for key in _LINKED_TEXTS:
        text = as_text(given.get(key))
        links = links_in(text)
        if key == "site" and not links and "." in text:
            links = tuple(text.replace(",", " ").split())
        for link in links:
            gathered.self_link(account, link, record)
    for key in _PHONES:
        number = as_text((as_dict(given.get("contacts")) | given).get(key))
        if len(_DIGITS.findall(number)) >= 7:
            gathered.identifier(account, "phone", number, record)
        else:
            gathered.counts["telephone numbers that are none"] += bool(number)


def _post(given: dict[str, Any], gathered: Gathering, file: str) -> None:
    author = identity(given.get("from_id"))
    wall = identity(given.get("owner_id") or given.get("to_id"))  # as older versions name it
    record = f"{file}@wall{wall}_{identity(given.get('id'))}"
    gathered.counts["posts repeated from elsewhere, not kept"] += len(as_list(given.get("copy_history")))
    if author.startswith("-"):
        author = identity(given.get("signer_id"))  # who signed what a group posted
        if not author:
            gathered.counts["posts by groups"] += 1
            return
    if not author or author == "0" or not wall:
        gathered.counts["entries without an account"] += 1
        return
    gathered.counts["posts"] += 1
    at, account, topic = as_seconds(given.get("date")), f"vk:{author}", f"vk:wall{wall}"
    gathered.account(account, record, seen=at)
    gathered.relation("posted_in", account, ("topic", topic), at, ("", record))
    for number in dict.fromkeys(_MENTION.findall(as_text(given.get("text")))):
        gathered.account(f"vk:{number}", record)
        gathered.relation("mentioned", account, ("account", f"vk:{number}"), at, (f"topic:{topic}", record))


def _born(text: str) -> str:
    """A date as VK writes it, day first, in ISO form; the year may be hidden."""
    found = _BORN.fullmatch(text)
    if not found:
        return ""
    day, month, year = int(found[1]), int(found[2]), int(found[3] or 2000)  # a year that has every day
    try:
        date(year, month, day)
    except ValueError:
        return ""
    return f"{found[3] or '-'}-{month:02}-{day:02}"
