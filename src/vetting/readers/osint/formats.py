"""The formats of account finders, and what in a file shows each."""

from __future__ import annotations

import re
from typing import Any

from vetting.readers.exports.formats import ExportFormat, ReadFiles
from vetting.readers.osint.findings import ANSWERS, NOT_CHECKED
from vetting.readers.osint.maigret import MAIGRET_COLUMNS, read_maigret

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
)
