"""Reads what Blackbird writes in JSON: sites with their answers (to 2023), or a list of those that found a handle (since)."""

from __future__ import annotations

import re
from typing import Any

from vetting.readers.archives import Member
from vetting.readers.exports.answers import Status
from vetting.readers.exports.gathering import Gathering
from vetting.readers.exports.json_stream import JsonStream
from vetting.readers.exports.values import as_dict, as_list, as_text
from vetting.readers.osint.findings import Findings
from vetting.readers.osint.handles_in_pages import handle_of

__all__ = ["read_blackbird"]

_STATUS: dict[str, Status] = {"FOUND": "found", "NOT FOUND": "absent", "NOT-FOUND": "absent"}
_FAILED = re.compile(r"401|403|407|408|429|451|5\d\d")  # with such an answer "not found" is no answer
_NAME = re.compile(r"(?P<handle>.+?)(?:_\d\d_\d\d_\d{4}_blackbird)?\.json")


def read_blackbird(member: Member, gathered: Gathering) -> JsonStream:
    """Read one output. The newer one names no handle but in its file's name and in the pages, and only sites that found it.

    Raises:
        InputError: It is no JSON.
    """
    stream = JsonStream(member, lambda path: path in {(), ("sites",)})
    findings = Findings(gathered, member.name)
    parameters: dict[str, Any] = {}
    sites: list[dict[str, Any]] = []
    listed = False
    for path, value in stream.items():
        if path == ("search-params",):
            parameters = as_dict(value)
        elif path[-1:] == ("*",):
            listed = listed or len(path) == 1
            sites.append(as_dict(value))
    if listed or not parameters:
        findings.found_only()
    handle = as_text(parameters.get("username")) or _handle(member, sites)
    if "@" in handle:
        gathered.counts[
            "answers about an e-mail address: who asks sites for those gets no reader here, not kept"
        ] += len(sites)
        for _ in sites:
            findings.unusable()
        return stream
    findings.searched(handle)
    for number, one in enumerate(sites, 1):
        _answered(one, handle, findings, str(number))
    return stream


def _handle(member: Member, sites: list[dict[str, Any]]) -> str:
    named = _NAME.fullmatch(member.name.rpartition("/")[2])
    urls = [url for one in sites if (url := as_text(one.get("url")))]
    name = named["handle"] if named else ""
    return name if "@" in name else handle_of(name, urls)


def _answered(given: dict[str, Any], handle: str, findings: Findings, record: str) -> None:
    site = as_text(given.get("app")) or as_text(given.get("name"))
    if not site or not handle:
        findings.unusable()
        return
    status = _STATUS.get(as_text(given.get("status")).upper(), "not-checked")
    if status == "absent" and _FAILED.match(as_text(given.get("response-status"))):
        status = "not-checked"
    account = findings.answer(site, handle, status, url=as_text(given.get("url")), record=record)
    fields: dict[str, Any] = {}
    for one in as_list(given.get("metadata")):
        about = as_dict(one)
        key = as_text(about.get("key")) or as_text(about.get("name"))
        if key and as_text(about.get("type")) not in {"image", "Image"}:
            fields[key] = about.get("value")
    findings.extracted(account, fields, record)
