"""The script that a text is written in, for grouping people whose names are written alike."""

from __future__ import annotations

from functools import lru_cache
from unicodedata import name

__all__ = ["SCRIPT_GROUPS", "script_group"]

SCRIPT_GROUPS = (
    "Latin",
    "Cyrillic",
    "Arabic",
    "Hebrew",
    "Han, Hangul or Kana",
    "other scripts",
    "several scripts",
    "no letters",
)
"""What :func:`script_group` returns, in the order in which tables show them."""

_EAST_ASIAN = frozenset({"CJK", "HANGUL", "HIRAGANA", "KATAKANA", "BOPOMOFO"})
_NAMED = {"LATIN": "Latin", "CYRILLIC": "Cyrillic", "ARABIC": "Arabic", "HEBREW": "Hebrew"}


@lru_cache(maxsize=65_536)
def script_group(text: str) -> str:
    """Name the script of a text's letters.

    Args:
        text: Any text; what is no letter says nothing.

    Returns:
        One of :data:`SCRIPT_GROUPS`.

    Example:
        >>> script_group("Oswin Vale"), script_group("Дмитрий"), script_group("Lee 山田")
        ('Latin', 'Cyrillic', 'several scripts')
    """
    if text.isascii():
        return "Latin" if any(map(str.isalpha, text)) else "no letters"
    groups = {_group(letter) for letter in text if letter.isalpha()}
    if not groups:
        return "no letters"
    return groups.pop() if len(groups) == 1 else "several scripts"


def _group(letter: str) -> str:
    # A character's name starts with its script; half and full width forms say it second.
    words = name(letter, "").removeprefix("FULLWIDTH ").removeprefix("HALFWIDTH ").split(" ", 1)
    if words[0] in _EAST_ASIAN:
        return "Han, Hangul or Kana"
    return _NAMED.get(words[0], "other scripts")
