"""Addresses, towns and postcodes."""

from __future__ import annotations

import re

from vetting.normalise.text import ascii_letters, fold_text

__all__ = ["place_form", "place_parts"]

# Outward and inward part of a British postcode, with or without the space (BS 7666).
_POSTCODE = re.compile(r"\b([a-z]{1,2}\d[a-z\d]?) ?(\d[abd-hjlnp-uw-z]{2})\b")
# A code of digits alone stands at the end of an address (in a form: before the bar).
_DIGITS_CODE = re.compile(r"(?:(?<= )|^)(\d{4,6})(?=\||$)")
_BETWEEN = re.compile(r"[^a-z0-9|]+")
_WORD = re.compile(r"[a-z0-9]+")
# Words of addresses that tell no place.
_EMPTY = frozenset(
    "street st road rd avenue ave lane ln close drive court house flat apartment apt unit floor the of and "
    "near great little upper lower north south east west uk gb england scotland wales united kingdom "
    "city town county village home here earth world internet unknown none".split()
)


def place_form(text: str) -> str:
    """Reduce an address to a postcode and words: ``"sw1a1aa|12 downing street london"``.

    Args:
        text: An address, a town, or a postcode alone.

    Returns:
        Postcode without its space (may be empty), a bar, and the words in order; empty for
        a text with neither a postcode nor a telling word.

    Example:
        >>> place_form("4 Mill Lane, Harrowby, SW1A 1AA")
        'sw1a1aa|4 mill lane harrowby'
    """
    folded = _BETWEEN.sub(" ", ascii_letters(fold_text(text)).replace("'", "")).strip()
    postcode = ""
    found = _POSTCODE.search(folded)
    if found:
        postcode = found[1] + found[2]
    elif found := _DIGITS_CODE.search(folded):
        postcode = found[1]
    if found:
        folded = folded[: found.start()] + " " + folded[found.end() :]
    words = _WORD.findall(folded)
    form = f"{postcode}|{' '.join(words)}"
    return form if postcode or place_parts(form)[1] else ""


def place_parts(form: str) -> tuple[str, tuple[str, ...]]:
    """Return the postcode and the telling words of a place's form.

    Example:
        >>> place_parts("sw1a1aa|4 mill lane harrowby")
        ('sw1a1aa', ('mill', 'harrowby'))
    """
    postcode, _, words = form.partition("|")
    telling = tuple(
        word for word in words.split() if word not in _EMPTY and not word.isdigit() and len(word) > 2
    )
    return postcode, telling
