"""Handles: the folded text, and the reduced forms under which two spellings meet."""

from __future__ import annotations

import re
from functools import lru_cache
from operator import itemgetter
from typing import NamedTuple
from unicodedata import normalize

from vetting.normalise.text import ascii_letters, fold_text

__all__ = [
    "MACHINE_END",
    "PLAIN_HANDLE",
    "WORD_EDGE",
    "WORD_EDGES",
    "HandleTexts",
    "compact_handle",
    "evened_handle",
    "handle_affixes",
    "handle_core",
    "handle_form",
    "handle_texts",
    "handle_tokens",
]

WORD_EDGE = "\u00b7"
"""Stands in a form where a capital began a word: the form of "VornSkald" is "vorn·skald"."""

_SEPARATORS = re.compile(r"[\s._\-~+*|/\\,:;!'\"()\[\]{}<>=\u00b7]+")
_EDGE_DIGITS = re.compile(r"^\d+|\d+$")
_TOKENS = re.compile(r"[^\W\d_]+|\d+")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z]{2})")
# What platforms put around a handle: Discord's number, a Fediverse server, Bluesky's domain, Reddit's "u/".
_MACHINE_START = re.compile(r"^(?:/?u/|[@\s])+", re.IGNORECASE)
_MACHINE_END = re.compile(r"(?:#\d{4}|@[a-z0-9\-]+(?:\.[a-z0-9\-]+)+|\.bsky\.social|\s)+$", re.IGNORECASE)
# The same for very many at once (RE2): handles without anything around them but perhaps a domain's end, and where
# capitals begin words.
PLAIN_HANDLE = r"^[A-Za-z0-9._\-]+$"
MACHINE_END = r"(?i)\.bsky\.social$"
WORD_EDGES = ("([a-z])([A-Z])", "([A-Z])([A-Z][a-z]{2})")
# Digits that stand for letters inside a word, and letters that look like them.
_LEET = str.maketrans("0134578l", "oieastbi")
_IN_WORD = re.compile(r"(?<=[a-z])[013457]+(?=[a-z])|(?<=[a-z])8(?=[a-z])")
_REPEATED = re.compile(r"(.)\1+")
_ONCE = itemgetter(1)  # a template of one group takes five times as long
# Letters of other scripts that are taken for Latin ones, by their looks (Unicode TR 39, the usual ones).
_LOOKS = str.maketrans(
    "\u0430\u0432\u0435\u0437\u0438\u043a\u043c\u043d\u043e\u0440\u0441\u0442\u0443\u0445\u0456\u0458\u0455\u0501\u051b\u051d"
    "\u03b1\u03b2\u03b5\u03b9\u03ba\u03bd\u03bf\u03c1\u03c4\u03c5\u03c7\u03c9",
    "abe3ukmhopctyxijsdqwabeikvoptuxw",
)
_LATIN = re.compile(r"[a-z]")


def handle_form(text: str) -> str:
    """Fold a handle; separators stay, and what a platform puts around it goes.

    Args:
        text: As written: ``@name``, ``u/name``, ``name#1234``, ``name@server.example`` and
            ``name.bsky.social`` are all the handle ``name``.

    Returns:
        Lower case, with :data:`WORD_EDGE` where a capital began a word inside.

    Example:
        >>> handle_form("@Vorn_Skald77"), handle_form("VornSkald#1234")
        ('vorn_skald77', 'vorn·skald')
    """
    if not text.isascii():
        text = normalize("NFKC", text)
    if text.lower() != text:
        text = _CAMEL.sub(WORD_EDGE, text)
    form = _MACHINE_START.sub("", fold_text(text))
    return _MACHINE_END.sub("", form) or form


def compact_handle(form: str) -> str:
    """Drop separators and write it in ASCII letters: the form in which exact agreement is judged.

    Args:
        form: What :func:`handle_form` returns.

    Returns:
        Letters, digits and whatever symbols the transliteration leaves; empty if nothing is left.

    Example:
        >>> compact_handle("thorn.wick-vale_88")
        'thornwickvale88'
    """
    letters = ascii_letters(form)
    return letters if letters.isalnum() else _SEPARATORS.sub("", letters) or form


def handle_core(compact: str) -> str:
    """Drop the digits at both ends, which people change from site to site.

    Args:
        compact: What :func:`compact_handle` returns.

    Returns:
        The core; the whole text where dropping leaves fewer than three characters.

    Example:
        >>> handle_core("88thornwick19"), handle_core("x1988")
        ('thornwick', 'x1988')
    """
    core = compact.strip("0123456789") if compact.isascii() else _EDGE_DIGITS.sub("", compact)
    return core if len(core) >= 3 else compact


def handle_tokens(form: str) -> list[str]:
    """Split a handle's form into words and numbers: at separators, digits and where a capital began a word.

    Example:
        >>> handle_tokens(handle_form("ThornwickVale_88"))
        ['thornwick', 'vale', '88']
    """
    return _TOKENS.findall(ascii_letters(form.replace(WORD_EDGE, " ")).replace("'", ""))


def handle_affixes(form: str) -> list[str]:
    """Return the words at the ends of a handle that has several words, in order of the alphabet.

    Example:
        >>> handle_affixes("vorn_skald_77"), handle_affixes("vorn_77")
        (['skald', 'vorn'], [])
    """
    words = [token for token in handle_tokens(form) if token.isalpha()]
    return sorted({words[0], words[-1]}) if len(words) > 1 else []


class HandleTexts(NamedTuple):
    """The texts under which a handle is compared.

    Attributes:
        written: The form, without marks where a capital began a word.
        compact: See :func:`compact_handle`.
        core: See :func:`handle_core`, of the compact text.
        evened: See :func:`evened_handle`.
        turned: Its words and numbers in order of the alphabet, where there are several; else empty.
        bare: Whether no digit stands at either end.
    """

    written: str
    compact: str
    core: str
    evened: str
    turned: str
    bare: bool


@lru_cache(maxsize=131_072)
def handle_texts(form: str) -> HandleTexts:
    """Work out the texts under which a handle's form is compared; remembered, since forms repeat."""
    compact = compact_handle(form)
    words = sorted(handle_tokens(form))
    return HandleTexts(
        form.replace(WORD_EDGE, ""),
        compact,
        handle_core(compact),
        evened_handle(form),
        " ".join(words) if len(words) > 1 else "",
        not compact[:1].isdigit() and not compact[-1:].isdigit(),
    )


def evened_handle(form: str) -> str:
    """Even out what people write differently on purpose: the form in which disguised handles meet.

    Letters of another script that look like Latin ones are read as those, where both are mixed; digits inside
    a word as the letters they stand for; repeated letters as one; digits at the ends go.

    Args:
        form: What :func:`handle_form` returns.

    Returns:
        A text to compare with others of its kind only: "l" is written "i" in it.

    Example:
        >>> evened_handle("v0rn_skaaald77") == evened_handle("vornskald")
        True
    """
    if not form.isascii() and _LATIN.search(form):
        form = form.translate(_LOOKS)
    core = handle_core(compact_handle(form))
    if not core.isalpha():
        core = _IN_WORD.sub(lambda digits: digits[0].translate(_LEET), core)
    return _REPEATED.sub(_ONCE, core.replace("l", "i"))
