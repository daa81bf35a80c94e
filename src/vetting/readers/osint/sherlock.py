"""Reads what Sherlock writes: CSV of the sites that were asked, and text with the pages found."""

from __future__ import annotations

import re
from typing import Final

from vetting.readers.archives import Member
from vetting.readers.exports.answers import Status
from vetting.readers.exports.gathering import Gathering, Told, WasRead
from vetting.readers.exports.json_stream import text_chunks
from vetting.readers.exports.rows import Rows
from vetting.readers.osint.findings import Findings
from vetting.readers.osint.handles_in_pages import handle_of, site_of

__all__ = ["SHERLOCK_COLUMNS", "SHERLOCK_TEXT", "read_sherlock"]

SHERLOCK_COLUMNS: Final = (
    "username",
    "name",
    "url_main",
    "url_user",
    "exists",
    "http_status",
    "response_time_s",
)
"""The header of its CSV."""
SHERLOCK_TEXT = (
    r"\A\s*(?:https?://\S{3,2000}\s*\n){0,5000}Total Websites Username Detected On\s*:\s*\d{1,6}\s*\Z"
)
"""What its text is: pages, and how many. Maigret's text report is the same."""

# "Illegal": the site does not allow such a handle, and was not asked. "WAF": it was blocked on the way there.
_STATUS: dict[str, Status] = {"Claimed": "found", "Available": "absent"}
# What Sherlock calls "Available", and is a refusal or a failure of the site.
_NO_ANSWER = re.compile(r"401|403|407|408|429|451|5\d\d")
_PAGE = re.compile(r"https?://\S{3,2000}")
_LONGEST = 4 << 20  # characters; some thousand pages have a tenth of it


def read_sherlock(member: Member, gathered: Gathering) -> Told:
    """Read one output. The text names no handle but in its file's name and in the pages, and no site but those that found it.

    Raises:
        InputError: The CSV's quoting is broken.
    """
    findings = Findings(gathered, member.name)
    if member.head(64).lstrip(b'\xef\xbb\xbf "\r\n').startswith(b"username"):
        return _csv(member, findings)
    return _text(member, findings)


def _csv(member: Member, findings: Findings) -> Rows:
    rows = Rows(member, frozenset(SHERLOCK_COLUMNS))
    others = False
    for line, cells in rows.rows():
        if not cells:
            findings.unusable()
            continue
        said = cells.get("exists", "").strip()
        others = others or said != "Claimed"
        status = _STATUS.get(said, "not-checked")
        if status == "absent" and _NO_ANSWER.fullmatch(cells.get("http_status", "").strip()):
            status = "not-checked"
        findings.answer(
            cells.get("name", ""),
            cells.get("username", ""),
            status,
            url=cells.get("url_user", ""),
            record=str(line),
        )
    if not others:  # without --print-all it writes no other sites
        findings.found_only()
    return rows


def _text(member: Member, findings: Findings) -> WasRead:
    told = WasRead()
    parts: list[str] = []
    length = 0
    for chunk in text_chunks(member):
        told.replaced += chunk.count("\ufffd")
        parts.append(chunk)
        length += len(chunk)
        if length > _LONGEST:
            told.truncated = True
            break
    lines = [line.strip() for line in "".join(parts).splitlines()]
    told.truncated = told.truncated or not any(line.startswith("Total Websites") for line in lines)
    pages = {number: line for number, line in enumerate(lines, 1) if _PAGE.fullmatch(line)}
    name = member.name.rpartition("/")[2].removesuffix(".txt")
    handle = handle_of(name, list(pages.values()))
    findings.found_only()
    findings.searched(handle)
    for number, page in pages.items():
        if handle:
            findings.answer(site_of(page), handle, "found", url=page, record=str(number))
        else:
            findings.unusable()
    return told
