"""Text folded to a width in pixels: broken into lines, and no character is lost.

For pictures whose text is drawn by whatever face is there; the widths are those of a wide common one.
"""

from __future__ import annotations

import re
import unicodedata

__all__ = ["few_marks", "folded", "plain_width", "text_width"]

_NARROW = frozenset("ijltfrI.,:;|!'()[]{}/\\-` ")
_WIDE = frozenset("MWm@%\u2014\u2026")
_BOLD = 1.12
# More marks on one letter than any orthography has would be drawn over the lines above and below.
_MARKS = r"[\u0300-\u036f\u0483-\u0489\u064b-\u065f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
_MANY_MARKS = re.compile(rf"(?<={_MARKS}{{3}}){_MARKS}+")
_LAST_PLAIN = "\u052f"  # Latin, Greek and Cyrillic: their widths are known well enough


def text_width(text: str, size: int, *, bold: bool = False) -> float:
    """Estimate the width of a text in pixels, rather too wide than too narrow.

    Example:
        >>> text_width("mill", 10) < text_width("MILL", 10)
        True
    """
    return sum(map(_letter_width, text)) * size * (_BOLD if bold else 1.0)


def plain_width(text: str) -> bool:
    """Whether the widths of all letters are known well: false for scripts and signs that vary much.

    Example:
        >>> plain_width("Łukasz_77"), plain_width("花子")
        (True, False)
    """
    return all(letter <= _LAST_PLAIN or "\u2010" <= letter <= "\u2027" for letter in text)


def few_marks(text: str) -> str:
    """Write the fourth and later mark on one letter as code points.

    Example:
        >>> few_marks("a" + "\u0301" * 4) == "a" + "\u0301" * 3 + "<U+0301>"
        True
    """
    return _MANY_MARKS.sub(lambda found: "".join(f"<U+{ord(mark):04X}>" for mark in found[0]), text)


def folded(text: str, width: float, size: int, *, bold: bool = False) -> list[str]:
    """Break a text into lines, after a space where there is one, inside a word where there is none.

    Args:
        text: On one line.
        width: Of a line, in pixels. A letter that is wider has a line of its own.
        size: Of the letters, in pixels.
        bold: Whether they are bold.

    Returns:
        The lines; joined they are the text again. At least one.

    Example:
        >>> folded("an uncommonly_long_handle", 100, 14)
        ['an ', 'uncommonly', '_long_handle']
    """
    room = width / (size * (_BOLD if bold else 1.0))
    lines: list[str] = []
    start, after_space, used, used_at_space = 0, 0, 0.0, 0.0
    for place, letter in enumerate(text):
        wide = _letter_width(letter)
        if used + wide > room and place > start and letter != " " and wide:
            if after_space > start:
                lines.append(text[start:after_space])
                start, used = after_space, used - used_at_space
            if used + wide > room and place > start:
                lines.append(text[start:place])
                start, used = place, 0.0
        used += wide
        if letter == " ":
            after_space, used_at_space = place + 1, used
    return [*lines, text[start:]]


def _letter_width(letter: str) -> float:
    """In the size of the letters."""
    if letter in _NARROW:
        return 0.42
    if letter in _WIDE:
        return 1.0
    if "0" <= letter <= "9" or "a" <= letter <= "z":
        return 0.82 if letter == "w" else 0.64
    if letter <= "~":
        return 0.55 if letter in '_"*' else 0.84 if not letter.isupper() else 0.78
    if unicodedata.combining(letter) or unicodedata.category(letter) in {"Mn", "Me"}:
        return 0.0
    if letter >= "\U0001f000":
        return 1.4
    if unicodedata.east_asian_width(letter) in {"W", "F"}:
        return 1.05
    return 0.9 if letter.isupper() else 0.75
