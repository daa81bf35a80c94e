"""Profiles: what a forum's tables and columns mean, as data (TOML), so that a new forum is no new code."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from os import PathLike, fspath
from pathlib import Path
from typing import Any, TypeVar

from attrs import NOTHING, Attribute, Factory, evolve, field, fields, frozen

from vetting.errors import InputError
from vetting.readers.profile_rules import (
    AccountRule,
    ConversationRule,
    FieldTitle,
    IdentifierRule,
    MarkupRule,
    MembershipRule,
    OwnerRule,
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
        family: Profiles of one family share ids, as generations of one software do; by default the name.
        field_title: What custom fields hold, by title, before those that all profiles share.
        default_titles: Titles of the custom fields that come with the software.
    """

    name: str
    title: str
    table: tuple[TableRule, ...]
    family: str = field(default=Factory(lambda self: self.name, takes_self=True))
    field_title: tuple[FieldTitle, ...] = ()
    default_titles: Mapping[str, str] = field(factory=dict)

    def rule_for(self, table: str, columns: Sequence[str]) -> TableRule | None:
        """Return the rule with the longest suffix that fits, or ``None``."""
        fitting = [rule for rule in self.table if rule.fits(table, columns)]
        return max(fitting, key=lambda rule: len(rule.suffix), default=None)


_NESTED: dict[str, type] = {
    "table": TableRule, "field_title": FieldTitle, "account": AccountRule, "conversation": ConversationRule,
    "identifier": IdentifierRule, "relation": RelationRule, "markup": MarkupRule, "titles": TitlesRule,
    "members": Participants, "status": Status, "membership": MembershipRule, "owner": OwnerRule,
}  # fmt: skip
_Rule = TypeVar("_Rule")


def load_profiles(name: str | PathLike[str] | None = None) -> tuple[Profile, ...]:
    """Load profiles.

    Args:
        name: Names joined by ``+`` (``"ips4+ipb3"``); or the path of a TOML file, which is then the only one; or
            of a folder of them, tried before those that ship with vetting. ``None`` for the user's own folder
            (``$XDG_CONFIG_HOME/vetting/profiles``, else ``~/.config/vetting/profiles``) and all that ship with
            vetting. The first is preferred where two tell different things; one's own replaces a shipped one
            of the same name.

    Raises:
        InputError: If there is no such profile, or a file is malformed.

    Example:
        >>> [profile.name for profile in load_profiles("ips4+ipb3")]
        ['ips4', 'ipb3']
    """
    if name is not None and (fspath(name).endswith(".toml") or isinstance(name, PathLike)):
        path = Path(name)
        return _in_folder(path) if path.is_dir() else (_read(path),)
    known = {profile.name: profile for profile in _in_folder(_own_folder())}
    if name is None:
        return tuple(known.values())
    text = fspath(name)
    wanted = text.split("+")
    missing = [one for one in wanted if one not in known]
    if missing and Path(text).is_dir():
        return _in_folder(Path(text))
    if missing:
        raise InputError(
            text,
            reason=f"there is no profile {missing[0]!r}",
            remedy=f"Use one of {', '.join(known)}, several joined by +, or the path of a TOML file or a folder.",
        )
    return tuple(known[one] for one in wanted)


def _own_folder() -> Path:
    base = os.environ.get("XDG_CONFIG_HOME", "")
    return (Path(base) if base else Path("~/.config").expanduser()) / "vetting" / "profiles"


def _in_folder(folder: Path) -> tuple[Profile, ...]:
    """Those of a folder, by file name, and then the shipped ones that none of them replaces."""
    try:
        own = [_read(path) for path in sorted(folder.glob("*.toml"))] if folder.is_dir() else []
    except OSError as error:
        raise InputError(folder, reason="the folder of profiles cannot be read", remedy=_REMEDY) from error
    known = {profile.name: profile for profile in own}
    return tuple({**known, **{name: one for name, one in _shipped().items() if name not in known}}.values())


def _read(path: Path) -> Profile:
    try:
        return _profile(path.read_text("utf-8"), path)
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(path, reason="the profile cannot be read", remedy=_REMEDY) from error


@cache
def _shipped() -> dict[str, Profile]:
    folder = files("vetting.readers") / "profiles"
    found = sorted(
        (each for each in folder.iterdir() if each.name.endswith(".toml")), key=lambda each: each.name
    )
    # The newest generation first: where two disagree, it holds what is current.
    profiles = [_profile(each.read_text("utf-8"), Path(each.name)) for each in reversed(found)]
    return {profile.name: profile for profile in profiles}


@cache
def _shared_titles() -> tuple[FieldTitle, ...]:
    text = (files("vetting.readers") / "field_titles.toml").read_text("utf-8")
    return tuple(_made(FieldTitle, one) for one in tomllib.loads(text)["field_title"])


def _profile(text: str, path: Path) -> Profile:
    try:
        profile = _made(Profile, tomllib.loads(text))
        return evolve(profile, field_title=(*profile.field_title, *_shared_titles()))
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
