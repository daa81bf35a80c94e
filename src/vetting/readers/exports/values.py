"""Takes values of JSON as what they should be, or as nothing: other people's files hold anything anywhere."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

__all__ = ["as_dict", "as_list", "as_seconds", "as_text", "identity", "ungarbled"]

_SINCE, _UNTIL = 86_400 * 365, 1 << 33  # from 1971 to 2242: before and after, a number is no time


def as_dict(given: object) -> dict[str, Any]:
    """Return a JSON object, or an empty one."""
    return given if isinstance(given, dict) else {}


def as_list(given: object) -> list[Any]:
    """Return a JSON array, or an empty one."""
    return given if isinstance(given, list) else []


def as_text(given: object) -> str:
    """Return a text without spaces around it, or an empty one."""
    return given.strip() if isinstance(given, str) else ""


def identity(given: object) -> str:
    """Return an id as text, exactly; an empty text for what cannot be one.

    Example:
        >>> identity(9007199254740993), identity(" 17 "), identity(True), identity(1.5)
        ('9007199254740993', '17', '', '')
    """
    if isinstance(given, int) and not isinstance(given, bool):
        return str(given) if abs(given) < 1 << 128 else ""
    return as_text(given)


def as_seconds(given: object) -> int | None:
    """Return seconds since 1970 UTC of a number of seconds or milliseconds, or of an ISO 8601 text; else ``None``.

    A text without a time zone is taken as UTC.

    Example:
        >>> as_seconds("1500000000"), as_seconds(1500000000123), as_seconds("2017-07-14T02:40:00Z"), as_seconds("never")
        (1500000000, 1500000000, 1500000000, None)
    """
    if isinstance(given, str):
        text = given.strip()
        try:
            return _bounded(float(text))
        except ValueError:
            pass
        try:
            moment = datetime.fromisoformat(text)
            return _bounded((moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp())
        except (ValueError, OverflowError):
            return None
    if isinstance(given, int | float) and not isinstance(given, bool):
        return _bounded(given)
    return None


def _bounded(given: float) -> int | None:
    if not abs(given) < 1e15:  # nor what is no number
        return None
    seconds = int(given // 1000) if given >= _UNTIL else int(given)
    return seconds if _SINCE <= seconds < _UNTIL else None


def ungarbled(text: str) -> str:
    """Undo the fault of Facebook's and Instagram's exports: each byte of UTF-8 written as a character of its own.

    Example:
        >>> ungarbled("M\u00c3\u00a4ren"), ungarbled("Mären")
        ('Mären', 'Mären')
    """
    try:
        return text.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return text  # written rightly
