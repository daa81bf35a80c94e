"""The formats of account finders, and what in a file shows each."""

from __future__ import annotations

import re
from typing import Any

from vetting.readers.exports.formats import ExportFormat, ReadFiles, each
from vetting.readers.osint.blackbird import read_blackbird
from vetting.readers.osint.findings import ANSWERS, NOT_CHECKED
from vetting.readers.osint.maigret import MAIGRET_COLUMNS, read_maigret
from vetting.readers.osint.sherlock import SHERLOCK_COLUMNS, SHERLOCK_TEXT, read_sherlock
from vetting.readers.osint.spiderfoot import read_spiderfoot

__all__ = ["FINDER_FORMATS"]


def _finder(*, read: ReadFiles, **about: Any) -> ExportFormat:
    return ExportFormat(
        family="account-finder",
        read=read,
        rows=ANSWERS,
        lost=NOT_CHECKED,
        kept=("where a handle is registered", "what the page found says of its holder"),
        **about,
    )


def _header(*names: str, more: str = "") -> str:
    """Match a CSV file's first line: these columns in this order, and no other."""
    return r"^\s*" + "[,;\t]".join(f'"?{name}"?' for name in names) + more + r"\s*(?:\n|\Z)"


FINDER_FORMATS = (
    _finder(
        name="maigret",
        endings=(".json", ".ndjson", ".csv"),
        why="sites with a status about a username and the site's settings, or a table with `exists` and `http_status` "
        "and no time of an answer, as Maigret writes",
        marks=(
            re.compile(
                r'^\s*\{(?=[\s\S]*"url_main"\s*:)(?=[\s\S]*"url_user"\s*:)'
                r'(?=[\s\S]*"status"\s*:\s*\{\s*"username"\s*:\s*"[^"]*"\s*,\s*"site_name"\s*:)'
                "|" + _header(*MAIGRET_COLUMNS, more='(?:[,;\t]"?error_reason"?)?')
            ),
        ),
        read=read_maigret,
        dropped=("settings of sites", "cookies", "tags", "keywords", "reasons of errors"),
    ),
    _finder(
        name="sherlock",
        endings=(".csv", ".txt"),
        why="a table with `exists` and the time of an answer, or pages and how many, as Sherlock writes",
        marks=(re.compile(_header(*SHERLOCK_COLUMNS) + "|" + SHERLOCK_TEXT),),
        read=each(read_sherlock),
        dropped=("times of answers",),
    ),
    _finder(
        name="spiderfoot",
        endings=(".json", ".csv"),
        why="events with a type, a module named sfp_, a source and data, as SpiderFoot exports",
        marks=(
            re.compile(
                r'^\s*[\[{](?=[\s\S]*"module"\s*:\s*"(?:sfp_|SpiderFoot))(?=[\s\S]*"data"\s*:)'
                r'(?=[\s\S]*"(?:event_type|type)"\s*:)(?=[\s\S]*"(?:source_data|source|generated)"\s*:)'
                r'|^\s*"?(?:Scan Name"?[,;\t]"?)?Updated"?[,;\t]"?Type"?[,;\t]"?Module"?[,;\t]"?Source"?[,;\t]"?F/P"?[,;\t]"?Data"?\s*(?:\n|\Z)'
            ),
        ),
        read=each(read_spiderfoot),
        dropped=(
            "events of other types, breaches and leaks among them",
            "what is marked as a false positive",
        ),
    ),
    _finder(
        name="blackbird",
        endings=(".json",),
        why="sites with an answer, or a list of pages found by site with a status, as Blackbird writes",
        marks=(
            re.compile(
                r'^\s*(?:\{(?=[\s\S]*"search-params"\s*:)[\s\S]*"sites"\s*:\s*\[|\[\s*\{\s*"name"\s*:\s*"[^"]*"\s*,\s*"url"\s*:)'
            ),
            re.compile(r'"status"\s*:\s*"(?:FOUND|NOT[ -]FOUND|ERROR|NONE)"'),
        ),
        read=each(read_blackbird),
        dropped=("pictures", "times of answers"),
    ),
)
