"""Reads what Maigret writes: JSON (simple and ndjson) of the sites that found a handle, CSV of all that were asked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from vetting.readers.archives import Member
from vetting.readers.exports.answers import Status, site_key
from vetting.readers.exports.gathering import Gathering, Told
from vetting.readers.exports.json_stream import JsonStream
from vetting.readers.exports.rows import Rows
from vetting.readers.osint.findings import Findings

__all__ = ["MAIGRET_COLUMNS", "read_maigret"]

MAIGRET_COLUMNS = ("username", "name", "url_main", "url_user", "exists", "http_status")
"""The header of its CSV; newer versions add ``error_reason``."""

# "Illegal": the site's rules do not allow such a handle, as Maigret's data has them; the site was not asked.
_STATUS: dict[str, Status] = {"Claimed": "found", "Available": "absent"}
_ONE_LINE = re.compile(r'\s*\{\s*"(?:site|username|keywords|parsing_enabled|url_main|url_user|sitename)"\s*:')


def read_maigret(members: Sequence[Member], gathered: Gathering) -> Iterator[tuple[Member, Told]]:
    """Read reports, each about one handle or several.

    A site whose answer is neither ``Claimed`` nor ``Available`` was not checked. JSON names no site but those that
    found the handle. A site that answers with similar handles has not found this one: JSON tells which they are, and
    is read first, for CSV beside it does not.

    Raises:
        InputError: It is no JSON, or its quoting is broken.
    """
    similar: set[str] = set()
    for member in sorted(members, key=lambda one: not _is_json(one)):
        findings = Findings(gathered, member.name)
        read = _json if _is_json(member) else _csv
        yield member, read(member, findings, similar)


def _is_json(member: Member) -> bool:
    return _head(member).startswith("{")


def _head(member: Member) -> str:
    return member.head(4096).decode("utf-8-sig", "replace").lstrip()


def _json(member: Member, findings: Findings, similar: set[str]) -> JsonStream:
    one_line = bool(_ONE_LINE.match(_head(member)))
    stream = JsonStream(member, lambda path: not one_line and path == ())
    findings.found_only()
    for record, site, given in _lines(stream) if one_line else _sites(stream):
        if isinstance(given, dict) and given.get("is_similar") and isinstance(site, str):
            similar.add(site_key(site))
        _found(given, site, findings, record)
    return stream


def _lines(stream: JsonStream) -> Iterator[tuple[str, object, object]]:
    for number, given in enumerate(stream.documents(), 1):
        yield str(number), given.get("sitename") if isinstance(given, dict) else None, given


def _sites(stream: JsonStream) -> Iterator[tuple[str, object, object]]:
    for path, given in stream.items():
        if path and path[-1]:
            yield path[0], path[0], given


def _found(given: object, site: object, findings: Findings, record: str) -> None:
    about = given.get("status") if isinstance(given, dict) else None
    if not isinstance(given, dict) or not isinstance(about, dict):
        findings.unusable()
        return
    handle = _text(about.get("username")) or _text(given.get("username"))
    status = _STATUS.get(_text(about.get("status")), "not-checked")
    if given.get("is_similar"):
        status = _only_similar(findings)
    account = findings.answer(
        _text(site) or _text(about.get("site_name")),
        handle,
        status,
        url=_text(given.get("url_user")) or _text(about.get("url")),
        record=record,
    )
    ids: Any = about.get("ids")
    if account and isinstance(ids, dict):
        findings.extracted(account, ids, record)


def _only_similar(findings: Findings) -> Status:
    findings.gathered.counts["sites that answer with similar handles, which is no finding"] += 1
    return "not-checked"


def _csv(member: Member, findings: Findings, similar: set[str]) -> Rows:
    rows = Rows(member, frozenset(MAIGRET_COLUMNS))
    for line, cells in rows.rows():
        if not cells:
            findings.unusable()
            continue
        site = cells.get("name", "")
        status = _STATUS.get(cells.get("exists", "").strip(), "not-checked")
        if status == "found" and site_key(site) in similar:
            status = _only_similar(findings)
        findings.answer(
            site,
            cells.get("username", ""),
            status,
            url=cells.get("url_user", ""),
            record=str(line),
        )
    return rows


def _text(given: object) -> str:
    return given if isinstance(given, str) else ""
