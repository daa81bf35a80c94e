"""What each key of a list passport must hold, checked all at once."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from difflib import get_close_matches

from vetting.records.grades import GRADE_SCHEMES

__all__ = ["OPTIONAL_KEYS", "PASSPORT_KEYS", "PLACEHOLDER", "as_date", "is_blank", "key_problems"]

PLACEHOLDER = "FILL IN"
"""Begins every value of the template that somebody has to replace."""

PASSPORT_KEYS = (
    *("id", "title", "kind", "organisation", "organisation_kind", "legal_status", "origin", "obtained"),
    *("events", "leaked", "sha256", "lawful_basis", "purpose", "grade", "grade_scheme", "presence_means"),
    *("emails_confirmed", "contamination", "prohibited_by", "handling", "expires"),
)
OPTIONAL_KEYS = frozenset({"leaked", "contamination", "prohibited_by", "handling"})

_KINDS = ("leak", "open-source", "membership")
_ANSWERS = ("yes", "no", "unknown")
_SLUG = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")
_YEAR = re.compile(r"(?<!\d)(1[6-9]|20)\d\d(?!\d)")
_NOT_A_DATE = "a date is wanted, as YYYY-MM-DD"

Check = Callable[[object], str | None]


def as_date(value: object) -> date | None:
    """The day that a value means: a date, or text as YYYY-MM-DD; ``None`` when it is neither."""
    if isinstance(value, datetime):  # a moment is no day: its time zone would have to be guessed
        return None
    if isinstance(value, date):
        return value
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value.strip()):
        try:
            return date.fromisoformat(value.strip())
        except ValueError:
            return None
    return None


def is_blank(value: object) -> bool:
    """Whether an optional key is as good as left out."""
    return value is None or (isinstance(value, str) and not value.strip())


def key_problems(values: Mapping[str, object]) -> list[str]:
    """Everything that is wrong with a passport's keys.

    Args:
        values: The passport's keys and values, as read from TOML or as given to the constructor.

    Returns:
        One phrase for each missing, unknown or wrong key, in the passport's order and without the
        values; empty when the passport is right.
    """
    missing = [key for key in PASSPORT_KEYS if key not in values and key not in OPTIONAL_KEYS]
    if values.get("kind") == "leak" and is_blank(values.get("leaked")):
        missing.append("leaked (optional for open-source and membership lists only)")
    template = [key for key in PASSPORT_KEYS if _is_template(values.get(key))]
    problems = [f"missing {', '.join(missing)}"] if missing else []
    if template:
        problems.append(f"still the template's text in {', '.join(template)}")
    problems.extend(_unknown(key) for key in values if key not in PASSPORT_KEYS)
    for key in PASSPORT_KEYS:
        value = values.get(key)
        if key not in values or key in template or (key in OPTIONAL_KEYS and is_blank(value)):
            continue
        problem = _CHECKS.get(key, _text)(value)
        if problem:
            problems.append(f"{key}: {problem}")
    problems.extend(_grade_problem(values, template))
    return problems


def _is_template(value: object) -> bool:
    if isinstance(value, list | tuple):
        return any(_is_template(item) for item in value)
    return isinstance(value, str) and PLACEHOLDER in value


def _unknown(key: str) -> str:
    near = get_close_matches(key.casefold().replace("-", "_"), PASSPORT_KEYS, n=1)
    shown = ascii(key[:40])
    return f"unknown key {shown} (did you mean {near[0]}?)" if near else f"unknown key {shown}"


def _text(value: object) -> str | None:
    if not isinstance(value, str):
        return "text in quotation marks is wanted"
    if not value.strip():
        return "empty"
    if not value.isascii() and any("\ud800" <= c <= "\udfff" for c in value):
        return "not valid Unicode text"
    return None


def _one_of(choices: tuple[str, ...]) -> Check:
    def check(value: object) -> str | None:
        if isinstance(value, str) and value in choices:
            return None
        near = get_close_matches(value.strip().casefold(), choices, n=1) if isinstance(value, str) else []
        hint = f" (did you mean {near[0]}?)" if near else ""
        return f"one of {', '.join(choices)} is wanted{hint}"

    return check


def _day(value: object) -> str | None:
    return None if as_date(value) else _NOT_A_DATE


def _id(value: object) -> str | None:
    # It becomes a folder's name, so nothing that a file system could read as a path.
    if isinstance(value, str) and _SLUG.fullmatch(value):
        return None
    return "lower-case letters, digits, dots, hyphens and underscores are wanted, 64 at most"


def _sha256(value: object) -> str | None:
    if isinstance(value, str) and re.fullmatch(r"[0-9a-fA-F]{64}", value.strip()):
        return None
    return "64 hexadecimal digits are wanted, as `sha256sum FILE` prints them"


def _events(value: object) -> str | None:
    if not isinstance(value, list | tuple) or len(value) != 2:
        return "two dates are wanted, the first and the last day of what the list records"
    first, last = as_date(value[0]), as_date(value[1])
    if first is None or last is None:
        return "two dates are wanted, as YYYY-MM-DD"
    return "the first date is after the last" if first > last else None


def _prohibited_by(value: object) -> str | None:
    if isinstance(value, str) and not _YEAR.search(value):
        return "the rule is to be cited with its date, at least its year"
    return _text(value)


def _grade_problem(values: Mapping[str, object], template: list[str]) -> list[str]:
    grade, name = values.get("grade"), values.get("grade_scheme")
    if "grade" in template or not isinstance(grade, str) or not grade.strip():
        return []
    scheme = GRADE_SCHEMES.get(name) if isinstance(name, str) else None
    if scheme is None or scheme.knows(grade.strip().upper()):
        return []
    return [f"grade: the scheme {name} has grades {scheme.pattern}"]


_CHECKS: dict[str, Check] = {
    "id": _id,
    "kind": _one_of(_KINDS),
    "events": _events,
    "leaked": _day,
    "sha256": _sha256,
    "grade_scheme": _one_of(tuple(GRADE_SCHEMES)),
    "emails_confirmed": _one_of(_ANSWERS),
    "prohibited_by": _prohibited_by,
    "expires": _day,
}
