"""Reads what SpiderFoot exports: events as JSON or CSV from its pages, and as JSON from its command line."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from html import unescape
from typing import Any, Final

from attrs import define, field, frozen

from vetting.readers.archives import Member
from vetting.readers.exports.gathering import Gathering, Told
from vetting.readers.exports.json_stream import JsonStream
from vetting.readers.exports.rows import Rows
from vetting.readers.exports.values import as_dict, as_text
from vetting.readers.osint.findings import Findings
from vetting.readers.osint.handles_in_pages import handle_in

__all__ = ["SPIDERFOOT_COLUMNS", "read_spiderfoot"]

SPIDERFOOT_COLUMNS: Final = ("Updated", "Type", "Module", "Source", "F/P", "Data")
"""The header of its CSV; that of several scans begins with ``Scan Name``."""

# The command line writes the title of a type where the pages write its name.
_TITLES = {
    "Account on External Site": "ACCOUNT_EXTERNAL_OWNED", "Similar Account on External Site": "SIMILAR_ACCOUNT_EXTERNAL",
    "Social Media Presence": "SOCIAL_MEDIA", "Username": "USERNAME", "Human Name": "HUMAN_NAME",
    "Email Address": "EMAILADDR", "Phone Number": "PHONE_NUMBER", "Physical Location": "GEOINFO",
    "Physical Address": "PHYSICAL_ADDRESS", "Linked URL - External": "LINKED_URL_EXTERNAL",
}  # fmt: skip
_ACCOUNTS = {"ACCOUNT_EXTERNAL_OWNED", "SOCIAL_MEDIA"}
_SIMILAR = "SIMILAR_ACCOUNT_EXTERNAL"
# What an account's page said: kept where the event's source is an account that was found.
_FIELDS = {
    "HUMAN_NAME": "fullname", "EMAILADDR": "email", "PHONE_NUMBER": "phone", "GEOINFO": "location",
    "PHYSICAL_ADDRESS": "address", "USERNAME": "username", "LINKED_URL_EXTERNAL": "links",
}  # fmt: skip
_URL = re.compile(r"https?://[^\s<>]{3,2000}")
_SITE = re.compile(r"\s*([^\n(:]{1,80}?)\s*(?:\(Category:[^)\n]*\)|:)\s*")
_MARKS = re.compile(r"</?SFURL>")


@frozen
class _Event:
    kind: str
    data: str
    source: str
    record: str


def read_spiderfoot(member: Member, gathered: Gathering) -> Told:
    """Read one export. It tells what was found and never what was not checked: it can show no absence.

    Raises:
        InputError: It is no JSON, or the CSV's quoting is broken.
    """
    reading = _Reading(Findings(gathered, member.name), gathered)
    reading.findings.found_only()
    if member.head(64).lstrip(b"\xef\xbb\xbf \r\n")[:1] in {b"[", b"{"}:
        stream = JsonStream(member, lambda path: path == ())
        for number, given in enumerate(_objects(stream), 1):
            reading.event(given, str(number))
        reading.finish()
        return stream
    rows = Rows(member, frozenset(SPIDERFOOT_COLUMNS))
    for line, cells in rows.rows():
        named = {
            "event_type": cells.get("Type"), "data": cells.get("Data"), "source_data": cells.get("Source"),
            "false_positive": cells.get("F/P"),
        }  # fmt: skip
        reading.event(named if cells else {}, str(line))
    reading.finish()
    return rows


def _objects(stream: JsonStream) -> Iterator[dict[str, Any]]:
    root: dict[str, Any] = {}
    for _, value in stream.entries(root):
        yield as_dict(value)
    if root:
        yield root  # the first of events that come a line each
    for document in stream.documents():
        yield as_dict(document)


@define
class _Reading:
    findings: Findings
    gathered: Gathering
    _accounts: dict[str, str] = field(
        factory=dict, init=False
    )  # what an event says -> the account that it is
    _pending: list[_Event] = field(factory=list, init=False)
    _left: Counter[str] = field(factory=Counter, init=False)

    def event(self, given: dict[str, Any], record: str) -> None:
        """Read one event."""
        kind = as_text(given.get("event_type")) or as_text(given.get("type"))
        kind = _TITLES.get(kind, kind)
        data = _bare(given.get("data"))
        if not kind or not data:
            self.findings.unusable()
            return
        target = as_text(given.get("scan_target")).strip("\"'")
        if re.fullmatch(r"[\w.\-]{2,64}", target) and "." not in target:
            self.findings.searched(target)
        if str(given.get("false_positive")).strip() in {"1", "True", "true"}:
            self.gathered.counts["events marked as false positives, left out"] += 1
            return
        event = _Event(kind, data, _bare(given.get("source_data") or given.get("source")), record)
        if kind in _ACCOUNTS:
            self._account(event)
        elif kind == _SIMILAR:
            self.gathered.counts["accounts of similar handles, which is no finding"] += 1
        elif kind in _FIELDS:
            self._pending.append(event)
        else:
            self._left[kind if re.fullmatch(r"[A-Z_]{3,60}", kind) else "of other types"] += 1

    def _account(self, event: _Event) -> None:
        page = _URL.search(event.data)
        site = _SITE.match(event.data)
        url = page[0] if page else ""
        handle = handle_in(url, event.source if re.fullmatch(r"[\w.\-]{2,64}", event.source) else "")
        if not site or not handle:
            self.findings.unusable()
            return
        account = self.findings.answer(site[1], handle, "found", url=url, record=event.record)
        if account:
            self._accounts[event.data] = account

    def finish(self) -> None:
        """Give what pages said to the accounts that they are of."""
        for event in self._pending:
            account = self._accounts.get(event.source)
            if account:
                self.findings.extracted(account, {_FIELDS[event.kind]: event.data}, event.record)
            else:
                self._left[event.kind] += 1
        for kind, count in self._left.items():
            self.gathered.counts[f"events that belong to no account, not kept: {kind}"] += count


def _bare(given: object) -> str:
    text = as_text(given)
    if "&lt;SFURL&gt;" in text:  # an export of search results is written for HTML
        text = unescape(text)
    return _MARKS.sub("", text)
