"""Handles: the folded text, and the reduced forms under which two spellings meet."""

from __future__ import annotations

import re

from vetting.normalise.text import ascii_letters, fold_text

__all__ = ["compact_handle", "handle_core", "handle_form", "handle_tokens"]

_SEPARATORS = re.compile(r"[\s._\-~+*|/\\,:;!'\"()\[\]{}<>=]+")
_EDGE_DIGITS = re.compile(r"^\d+|\d+$")
_TOKENS = re.compile(r"[^\W\d_]+|\d+")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")


def handle_form(text: str) -> str:
    """Fold a handle; separators stay, a leading ``@`` goes.

    Example:
        >>> handle_form("@Vorn_Skald77")
        'vorn_skald77'
    """
    return fold_text(text).lstrip("@ ").strip()


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
    compact = _SEPARATORS.sub("", ascii_letters(form))
    return compact or form


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
    core = _EDGE_DIGITS.sub("", compact)
    return core if len(core) >= 3 else compact


def handle_tokens(text: str) -> list[str]:
    """Split a handle as written at separators, digits and inner capitals.

    Example:
        >>> handle_tokens("ThornwickVale_88")
        ['thornwick', 'vale', '88']
    """
    return [token.lower() for token in _TOKENS.findall(ascii_letters_keep_case(_CAMEL.sub(" ", text)))]


def ascii_letters_keep_case(text: str) -> str:
    """Transliterate without folding case, for splitting at inner capitals."""
    if text.isascii():
        return text
    from anyascii import anyascii

    return str(anyascii(text))
