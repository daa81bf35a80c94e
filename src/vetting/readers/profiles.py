"""Profiles: what a forum's tables and columns mean, as data (TOML), so that a new forum is no new code."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from os import PathLike, fspath
from pathlib import Path
from typing import Any, TypeVar

from attrs import NOTHING, Attribute, fields, frozen

from vetting.errors import InputError
from vetting.readers.profile_rules import (
    AccountRule,
    ConversationRule,
    FieldTitle,
    IdentifierRule,
    MarkupRule,
    Participants,
    RelationRule,
    Status,
    TableRule,
    TitlesRule,
)

__all__ = ["Profile", "load_profiles"]

_REMEDY = "Correct it after the profiles that ship with vetting, readers/profiles/*.toml."


@frozen(kw_only=True)
class Profile:
    """What the tables of one forum software mean.

    Attributes:
        name: Short name (``"ips4"``).
        title: The software's name.
        table: Its tables.
        field_title: What custom fields hold, by title.
    """

    name: str
    title: str
    table: tuple[TableRule, ...]
    field_title: tuple[FieldTitle, ...] = ()

    def rule_for(self, table: str, columns: Sequence[str]) -> TableRule | None:
        """Return the rule with the longest suffix that fits, or ``None``."""
        fitting = [rule for rule in self.table if rule.fits(table, columns)]
        return max(fitting, key=lambda rule: len(rule.suffix), default=None)


_NESTED: dict[str, type] = {
    "table": TableRule, "field_title": FieldTitle, "account": AccountRule, "conversation": ConversationRule,
    "identifier": IdentifierRule, "relation": RelationRule, "markup": MarkupRule, "titles": TitlesRule,
    "members": Participants, "status": Status,
}  # fmt: skip
_Rule = TypeVar("_Rule")


def load_profiles(name: str | PathLike[str] | None = None) -> tuple[Profile, ...]:
    """Load profiles.

    Args:
        name: Names joined by ``+`` (``"ips4+ipb3"``), or the path of a TOML file; ``None`` for all that
            ship with vetting. The first is preferred where two tell different things.

    Raises:
        InputError: If there is no such profile, or a file is malformed.

    Example:
        >>> [profile.name for profile in load_profiles()]
        ['ips4', 'ipb3']
    """
    shipped = _shipped()
    if name is None:
        return tuple(shipped.values())
    text = fspath(name)
    if text.endswith(".toml") or isinstance(name, PathLike):
        path = Path(text)
        try:
            return (_profile(path.read_text("utf-8"), path),)
        except (OSError, UnicodeDecodeError) as error:
            raise InputError(path, reason="the profile cannot be read", remedy=_REMEDY) from error
    wanted = text.split("+")
    if missing := [one for one in wanted if one not in shipped]:
        raise InputError(
            text,
            reason=f"there is no profile {missing[0]!r}",
            remedy=f"Use one of {', '.join(shipped)}, several joined by +, or the path of a TOML file.",
        )
    return tuple(shipped[one] for one in wanted)


@cache
def _shipped() -> dict[str, Profile]:
    folder = files("vetting.readers") / "profiles"
    found = sorted(
        (each for each in folder.iterdir() if each.name.endswith(".toml")), key=lambda each: each.name
    )
    # The newest generation first: where two disagree, it holds what is current.
    profiles = [_profile(each.read_text("utf-8"), Path(each.name)) for each in reversed(found)]
    return {profile.name: profile for profile in profiles}


def _profile(text: str, path: Path) -> Profile:
    try:
        return _made(Profile, tomllib.loads(text))
    except (tomllib.TOMLDecodeError, TypeError, ValueError, AttributeError, re.error) as error:
        reason = str(error).splitlines()[0] if error.args else "malformed"
        raise InputError(path, reason=f"the profile is malformed ({reason})", remedy=_REMEDY) from error


def _made(rule: type[_Rule], given: Any) -> _Rule:
    if not isinstance(given, Mapping):
        raise ValueError(f"{rule.__name__} must be a table")  # noqa: TRY004 (one family of errors)
    known: dict[str, Attribute[Any]] = {one.name: one for one in fields(rule)}  # type: ignore[arg-type]
    if unknown := set(given) - set(known):
        raise ValueError(f"{rule.__name__} has no {min(unknown)!r}")
    if missing := [name for name, one in known.items() if one.default is NOTHING and name not in given]:
        raise ValueError(f"{rule.__name__} lacks {missing[0]!r}")
    values: dict[str, Any] = {}
    for name, value in given.items():
        if (inner := _NESTED.get(name)) is not None:
            values[name] = (
                tuple(_made(inner, one) for one in value) if isinstance(value, list) else _made(inner, value)
            )
        else:
            values[name] = value
    return rule(**values)
