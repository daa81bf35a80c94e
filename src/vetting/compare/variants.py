"""Which names stand for one another: short forms, spellings that no rule covers, and a user's own table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from os import PathLike
from pathlib import Path

from vetting.errors import PolicyError
from vetting.normalise.names import name_form

__all__ = ["NameVariants", "known_variants", "read_name_variants"]

NameVariants = Mapping[str, frozenset[str]]
"""A word of a name's form -> the words that it may stand for."""


@cache
def known_variants() -> NameVariants:
    """Return for each name the names that stand for it, whichever way round.

    Source: the ``nicknames`` package (permissive licence) for short and pet forms of English given names;
    ``name_variants.csv`` beside this module for spellings across languages and romanisations.
    """
    from nicknames import NickNamer

    lines = (files("vetting.compare") / "name_variants.csv").read_text(encoding="utf-8").splitlines()
    groups = [[name, *nicknames] for name, nicknames in NickNamer().nickname_lookup.items()]
    return _extended({}, _pairs_with_first(groups), *map(_groups, lines))


def read_name_variants(path: str | PathLike[str]) -> NameVariants:
    """Read a user's table, and add it to the known variants.

    Args:
        path: CSV: on each line names that stand for one another, in any script. After ``>`` come pet forms: each
            stands for each name before it, and nothing else on the line for anything else. ``#`` starts a comment.

    Raises:
        PolicyError: The file cannot be read, or a line has a name of several words or fewer than two
            names. The error holds the line's number.
    """
    try:
        lines = Path(path).read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise PolicyError(path, reason="cannot be read", remedy="Give a CSV file in UTF-8.") from error
    for number, line in enumerate(lines, 1):
        names = _names(_written(line).replace(">", ","))
        if _written(line) and (len(names) < 2 or any(" " in name for name in names)):
            raise PolicyError(
                path,
                place=f"line {number}",
                reason="is no set of names",
                remedy="Write two or more single names, with commas between.",
            )
    return _extended(known_variants(), *map(_groups, lines))


def _written(line: str) -> str:
    return line.partition("#")[0].strip()


def _names(text: str) -> list[str]:
    return [form for form in map(name_form, text.split(",")) if form]


def _groups(line: str) -> list[list[str]]:
    """The names of a line that stand for one another, or each pet form with each of its names."""
    names, short, pets = _written(line).partition(">")
    if not short:
        return [_names(names)]
    return [[name, pet] for name in _names(names) for pet in _names(pets)]


def _pairs_with_first(groups: Iterable[list[str]]) -> Iterable[list[str]]:
    """A short form stands for its name, not for the other short forms."""
    for first, *others in groups:
        for other in others:
            yield [first, other]


def _extended(known: NameVariants, *more: Iterable[list[str]]) -> NameVariants:
    variants: dict[str, set[str]] = {name: set(others) for name, others in known.items()}
    for groups in more:
        for group in groups:
            for name in group:
                variants.setdefault(name, set()).update(group)
    return {name: frozenset(others - {name}) for name, others in variants.items()}
