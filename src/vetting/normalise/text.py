"""Text to comparable text: case, marks, invisible characters, scripts."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

__all__ = ["ascii_letters", "fold_text", "visible_text"]

_SPACE = re.compile(r"\s+")


def fold_text(text: str) -> str:
    """Fold case, compatibility forms, combining marks and invisible characters; keep the script.

    ASCII takes a fast path. Folding twice changes nothing.

    Args:
        text: Any text.

    Returns:
        The folded text, runs of white space as one space, none at the ends.

    Example:
        >>> fold_text("  José\u200b  ÁLVAREZ ")
        'jose alvarez'
    """
    if text.isascii():
        folded = text.lower()
        if folded.isprintable() and "  " not in folded:
            return folded.strip()
        return _SPACE.sub(" ", "".join(c if c.isprintable() else " " for c in folded)).strip()
    return _fold_unicode(text)


@lru_cache(maxsize=65_536)
def _fold_unicode(text: str) -> str:
    # Casefolding may yield marks and compatibility forms again, hence to a fixed point (two rounds do).
    for _ in range(4):
        folded = unicodedata.normalize("NFKD", text).casefold()
        folded = "".join(
            " " if unicodedata.category(c) in {"Cc", "Zs", "Zl", "Zp"} else c
            for c in unicodedata.normalize("NFKD", folded)
            if unicodedata.category(c) not in {"Mn", "Me", "Cf", "Cs", "Co", "Cn"}
        )
        folded = _SPACE.sub(" ", unicodedata.normalize("NFKC", folded)).strip()
        if folded == text:
            break
        text = folded
    return text


@lru_cache(maxsize=65_536)
def _transliterate(text: str) -> str:
    from anyascii import anyascii

    return str(anyascii(text)).lower()


def ascii_letters(text: str) -> str:
    """Write any script in lower-case ASCII letters, digits and punctuation.

    Args:
        text: Any text, folded or not.

    Returns:
        The transliteration; for ASCII text its lower case.

    Example:
        >>> ascii_letters("Дмитрий"), ascii_letters("Łukasz")
        ('dmitriy', 'lukasz')
    """
    return text.lower() if text.isascii() else _transliterate(text)


def visible_text(text: str) -> str:
    """Make invisible and direction-changing characters visible as code points, for pages and terminals.

    Example:
        >>> visible_text("ab\u202ecd")
        'ab<U+202E>cd'
    """
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else f"<U+{ord(c):04X}>" for c in text)
