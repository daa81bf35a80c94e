"""Finds the handle that an output is about where it does not say: in the file's name, or in the pages found."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from vetting.normalise.contacts import url_form
from vetting.normalise.pages import url_handle

__all__ = ["handle_in", "handle_of", "site_of"]

_PARTS = re.compile(r"[/?=&#~@:]+")
_HANDLE = re.compile(r"[\w.\-]{2,64}")
_SHARE = 0.6  # of the pages that must have it, since some sites fold or change it
_QUOTED = re.compile(r"(?:%[0-9A-Fa-f]{2})+")
_NOT_A_HANDLE = frozenset(
    "user users profile profiles people member members u channel about index.html".split()
)


def site_of(url: str) -> str:
    """Name a site by the host of its page.

    Example:
        >>> site_of("https://www.example.org/u/oakmarrow")
        'example.org'
    """
    return url_form(url).partition("/")[0]


def handle_in(url: str, hint: str) -> str:
    """Return the handle that a page is about: the hint where the page has it, else what the platform's way of writing tells."""
    if hint and _has(url, hint):
        return hint
    page = url_handle(url_form(url))
    if page:
        return page[1].partition("@")[0] if page[0] == "fediverse" else page[1]
    return ""


def handle_of(name: str, urls: Sequence[str]) -> str:
    """Return the handle that all these pages were searched for; empty where neither the name nor the pages tell.

    Args:
        name: What the file's name says.
        urls: Pages found.

    Example:
        >>> handle_of("report", ["https://example.org/u/oakmarrow", "https://oakmarrow.example.net/", "https://example.com/oakmarrow"])
        'oakmarrow'
    """
    if not urls:
        return name if _HANDLE.fullmatch(name) else ""
    shared = Counter(part for url in urls for part in {*_parts(url)})
    wanted = max(2, round(_SHARE * len(urls))) if len(urls) > 1 else 1
    if name and sum(_has(url, name) for url in urls) >= wanted:
        return name
    found = [part for part, count in shared.items() if count >= wanted]
    best = max(found, key=lambda part: (shared[part], len(part), part), default="")
    if not best:
        return ""
    written = [part for url in urls for part in _written(url) if part.casefold() == best]
    return Counter(written).most_common(1)[0][0]


def _has(url: str, handle: str) -> bool:
    """Whether a page has a handle as a whole, in its path or before the site's own name."""
    host, path = _told(url)
    wanted = rf"(?<![^\W_]){re.escape(handle)}(?![^\W_])"
    return host.casefold() == handle.casefold() or bool(re.search(wanted, path, re.IGNORECASE))


def _told(url: str) -> tuple[str, str]:
    """What of an address may be a handle: the host's first label, where the site has two more, and the path."""
    host, _, path = _unquoted(url).partition("://")[2].partition("/")
    first = host.split(".", 1)[0] if host.count(".") > 1 else ""
    return "" if first == "www" else first, path


def _written(url: str) -> list[str]:
    host, path = _told(url)
    return [
        part
        for part in (host, *_PARTS.split(path))
        if _HANDLE.fullmatch(part) and part.casefold() not in _NOT_A_HANDLE
    ]


def _parts(url: str) -> list[str]:
    return [part.casefold() for part in _written(url)]


def _unquoted(url: str) -> str:
    return _QUOTED.sub(lambda found: bytes.fromhex(found[0].replace("%", "")).decode("utf-8", "replace"), url)
