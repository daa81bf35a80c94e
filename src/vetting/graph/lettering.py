"""How wide a text will be when it is drawn, and what of it fits."""

from __future__ import annotations

import unicodedata

__all__ = ["shortened", "text_width"]


def text_width(text: str, size: int, *, bold: bool = False) -> float:
    """Estimate the width of a text in pixels, for a wide common face: it is drawn by whatever is there."""
    return sum(map(_letter_width, text)) * size * (0.63 if bold else 0.58)


def shortened(text: str, width: int, size: int, *, bold: bool = False) -> str:
    """Cut a text to a width in pixels, with an ellipsis.

    Example:
        >>> shortened("an uncommonly long handle indeed", 120, 14)
        'an uncommonly…'
    """
    if text_width(text, size, bold=bold) <= width:
        return text
    while text and text_width(text, size, bold=bold) > width - size:
        text = text[:-1]
    return f"{text.rstrip()}…"


def _letter_width(letter: str) -> float:
    if unicodedata.combining(letter):
        return 0.0
    if unicodedata.east_asian_width(letter) in {"W", "F"}:
        return 1.8
    return 1.4 if letter in "MW@m" else 0.55 if letter in "il.,:;|!' " else 1.0
