"""The list passport: what a list is, how it came here, and why it may be read. No passport, no list."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from datetime import date
from os import PathLike
from pathlib import Path
from typing import Any, Self, cast

from attrs import field, fields, frozen

from vetting.errors import PassportError, PassportRefusedError
from vetting.records.grades import GRADE_SCHEMES
from vetting.records.passport_rules import as_date, is_blank, key_problems
from vetting.records.refusals import LAWFUL_PARTY, refused_kind

__all__ = ["ListPassport"]

_LARGEST = 1 << 20  # a passport is a page of text; more is another file
_UNNAMED = "list passport"  # stands for the file when a passport is made in code


# The converters keep what they cannot convert, so that the validation can name every wrong key at once.


def _trimmed(value: Any) -> Any:
    return value.strip() if isinstance(value, str) else value


def _text(value: str) -> str:
    return cast("str", _trimmed(value))


def _optional_text(value: str | None) -> str:
    return "" if value is None else _text(value)


def _upper(value: str) -> str:
    text = _trimmed(value)
    return text.upper() if isinstance(text, str) else text


def _lower(value: str) -> str:
    text = _trimmed(value)
    return text.lower() if isinstance(text, str) else text


def _day(value: date | str) -> date:
    return as_date(value) or cast("date", value)


def _optional_day(value: date | str | None) -> date | None:
    return None if value is None or is_blank(value) else _day(value)


def _period(value: Sequence[date | str]) -> tuple[date, date]:
    days: Any = value
    return cast("tuple[date, date]", tuple(map(_day, days)) if isinstance(days, list | tuple) else days)


@frozen(kw_only=True)
class ListPassport:
    """What has to be known of a list before it is read.

    Attributes:
        id: Short name of the list; lower-case, and safe as a folder's name.
        title: For people.
        kind: ``"leak"``, ``"open-source"`` or ``"membership"``.
        organisation: Whose list it is.
        organisation_kind: What sort of organisation; some kinds are refused.
        legal_status: Of the organisation, with dates.
        origin: Where the list came from.
        obtained: How it came to the holder.
        events: First and last day of what it records.
        leaked: When it leaked; ``None`` is possible for open sources and membership lists.
        sha256: Of the file as ingested, 64 lower-case hexadecimal digits.
        lawful_basis: The law under which it is processed.
        purpose: What for.
        grade: The source grade in its native scheme, such as ``"2D"``.
        grade_scheme: ``"3x5x2"``, ``"5x5x5"`` or ``"admiralty"``.
        presence_means: What being listed shows, and what it does not.
        emails_confirmed: ``"yes"``, ``"no"`` or ``"unknown"``: did account holders prove their address.
        contamination: Known false or foreign entries; may be empty.
        prohibited_by: The rule that prohibits membership for this post, with its date; may be empty.
        handling: Handling code, kept as text; may be empty.
        expires: The last day on which the list may be used.

    Raises:
        PassportRefusedError: The organisation is of a kind that must never be screened against.
        PassportError: One or more keys are missing, unknown or wrong; the message names every one.
    """

    id: str
    title: str = field(converter=_text)
    kind: str
    organisation: str = field(converter=_text)
    organisation_kind: str = field(converter=_text)
    legal_status: str = field(converter=_text)
    origin: str = field(converter=_text)
    obtained: str = field(converter=_text)
    events: tuple[date, date] = field(converter=_period)
    leaked: date | None = field(default=None, converter=_optional_day)
    sha256: str = field(converter=_lower)
    lawful_basis: str = field(converter=_text)
    purpose: str = field(converter=_text)
    grade: str = field(converter=_upper)
    grade_scheme: str
    presence_means: str = field(converter=_text)
    emails_confirmed: str
    contamination: str = field(default="", converter=_optional_text)
    prohibited_by: str = field(default="", converter=_optional_text)
    handling: str = field(default="", converter=_optional_text)
    expires: date = field(converter=_day)

    def __attrs_post_init__(self) -> None:
        _check({a.name: getattr(self, a.name) for a in fields(type(self))}, _UNNAMED)

    @classmethod
    def read(cls, path: str | PathLike[str]) -> Self:
        """Read a passport from a TOML file.

        Args:
            path: The file, in UTF-8, with the keys at its top level.

        Returns:
            The passport. Whether it has expired is for :meth:`check_usable` to say.

        Raises:
            PassportRefusedError: The organisation is of a kind that must never be screened against.
            PassportError: The file cannot be read, is no TOML, or has keys that are missing, unknown or
                wrong; the message names every one.
        """
        values = _parsed(path)
        _check(values, path)
        return cls(**values)

    def as_dict(self) -> dict[str, Any]:
        """The passport as plain values in its own order: dates as ISO text, keys without a value left out."""
        values: dict[str, Any] = {}
        for attribute in fields(type(self)):
            value = getattr(self, attribute.name)
            if isinstance(value, date):
                value = value.isoformat()
            elif isinstance(value, tuple):
                value = [day.isoformat() for day in value]
            if value is not None and value != "":
                values[attribute.name] = value
        return values

    def to_toml(self) -> str:
        """The passport as a TOML document that :meth:`read` reads back to an equal passport."""
        return "".join(f"{key} = {_toml(value)}\n" for key, value in self.as_dict().items())

    @property
    def grade_meaning(self) -> str:
        """The grade in words, one sentence, in its own scheme."""
        return GRADE_SCHEMES[self.grade_scheme].meaning(self.grade)

    def check_usable(self, on: date) -> None:
        """Refuse a passport that has expired; called at ingest and at every screening.

        Args:
            on: The day of use, which the caller states so that a result can be reproduced.

        Raises:
            PassportError: The passport expired before that day.
        """
        if self.expires < on:
            raise PassportError(
                _UNNAMED,
                place=f"list {self.id}, key expires",
                reason=f"the passport expired on {self.expires.isoformat()}",
                remedy="Review whether the list may still be held and date the passport anew, "
                "or withdraw the list.",
            )


def _parsed(path: str | PathLike[str]) -> dict[str, Any]:
    try:
        with Path(path).open("rb") as file:
            raw = file.read(_LARGEST + 1)
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        reason = "no such file" if isinstance(error, FileNotFoundError) else "the file cannot be opened"
        raise PassportError(
            path, reason=reason, remedy="Give the path of a passport; `vetting passport` writes a template."
        ) from None
    if len(raw) > _LARGEST:
        raise PassportError(
            path, reason="larger than 1 MiB, so this is no passport", remedy="Give the passport's TOML file."
        )
    try:
        return tomllib.loads(raw.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise PassportError(path, reason="not UTF-8 text", remedy="Save the passport as UTF-8.") from None
    except (ValueError, RecursionError) as error:  # TOMLDecodeError is a ValueError, as are endless numbers
        found = re.search(r"at line (\d+), column (\d+)", str(error))
        raise PassportError(
            path,
            place=f"line {found[1]}, column {found[2]}" if found else "",
            reason="not valid TOML",
            remedy='Write each key as key = "text"; `vetting passport` writes a template.',
        ) from None


def _check(values: Mapping[str, object], file: str | PathLike[str]) -> None:
    _refuse(values, file)
    problems = key_problems(values)
    if problems:
        raise PassportError(
            file,
            reason="; ".join(problems),
            remedy="Correct these keys; `vetting passport` writes a template that explains each.",
        )


def _refuse(values: Mapping[str, object], file: str | PathLike[str]) -> None:
    given = values.get("organisation_kind")
    refused = refused_kind(given) if isinstance(given, str) else None
    if refused is None:
        return
    if refused != LAWFUL_PARTY:
        raise PassportRefusedError(
            file,
            place="key organisation_kind",
            reason=f"lists of the kind {refused} are never screened against",
            remedy="Do not hold or use this list; to match people against it would be blacklisting.",
        )
    if is_blank(values.get("prohibited_by")):
        raise PassportRefusedError(
            file,
            place="key organisation_kind",
            reason=f"lists of the kind {refused} are not screened against",
            remedy="Only where a rule prohibits membership for this post: cite it, with its date, "
            "in prohibited_by.",
        )


def _toml(value: object) -> str:
    if isinstance(value, list):
        return f"[{', '.join(map(_toml, value))}]"
    escaped = str(value).replace("\\", "\\\\").replace('"', '\\"')
    return '"' + re.sub(r"[\x00-\x1f\x7f]", lambda found: f"\\u{ord(found[0]):04x}", escaped) + '"'
