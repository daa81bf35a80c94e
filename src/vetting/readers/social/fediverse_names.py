"""Names accounts of the fediverse by ``user@server``, however a file names them."""

from __future__ import annotations

import re

from vetting.normalise.contacts import url_form
from vetting.normalise.pages import url_handle

__all__ = ["address", "address_in", "key_of"]

_ADDRESS = re.compile(r"@?([\w.\-]{1,64})@([\w\-]{1,63}(?:\.[\w\-]{1,63}){1,8})")
_PAGE = re.compile(
    r"https?://([^/\s?#]{3,255})/(?:users/|@|u/|accounts/|profile/|channel/|c/)([\w.\-]{1,64})(?:[/?#].*)?",
    re.DOTALL,
)
_ACTOR = re.compile(r"https?://[^\s\"<>]{3,2000}")


def address(given: object, *, server: str = "") -> str:
    """Return ``user@server`` of an address as written; of a bare name with the server that is given.

    Example:
        >>> address("@Sam_Ex@social.example.org"), address("sam_ex", server="social.example.org"), address("a b")
        ('Sam_Ex@social.example.org', 'sam_ex@social.example.org', '')
    """
    if not isinstance(given, str):
        return ""
    text = given.strip()
    if found := _ADDRESS.fullmatch(text):
        return f"{found[1]}@{found[2].lower()}"
    return f"{text}@{server.lower()}" if server and re.fullmatch(r"[\w.\-]{1,64}", text) else ""


def address_in(uri: object) -> str:
    """Return ``user@server`` of an account's page or id, or of something that it published; else an empty text.

    Example:
        >>> address_in("https://social.example.org/users/sam_ex/statuses/17")
        'sam_ex@social.example.org'
        >>> address_in("https://social.example.org/notes/17")
        ''
    """
    found = _PAGE.fullmatch(uri.strip()) if isinstance(uri, str) else None
    return f"{found[2]}@{found[1].lower()}" if found else ""


def key_of(given: object) -> str:
    """Return an account's key: its address in small letters, or its id where that tells none; else an empty text.

    Example:
        >>> key_of("https://Social.example.org/@Sam_Ex"), key_of("https://mk.example.org/ids/9x")
        ('fediverse:sam_ex@social.example.org', 'fediverse:https://mk.example.org/ids/9x')
    """
    found = address_in(given) or address(given)
    if found:
        return f"fediverse:{found.lower()}"
    text = given.strip() if isinstance(given, str) else ""
    page = url_handle(url_form(text)) if text else None
    if page and page[0] == "fediverse":
        return f"fediverse:{page[1].lower()}"
    return f"fediverse:{text}" if _ACTOR.fullmatch(text) else ""
