"""A name of a person and a handle: is the handle a usual way to write the name?"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from vetting.compare.levels import Comparisons, FormPairs, LevelCode, Rule
from vetting.normalise.handles import handle_texts
from vetting.normalise.names import first_and_last, name_variants

__all__ = [
    "NAME_IN_HANDLE_RULES",
    "PARTS_OF_NAMES",
    "compare_names_with_handles",
    "known_variants",
    "name_in_handle_rule",
]

NAME_IN_HANDLE_RULES: tuple[Rule, ...] = (
    Rule("none", LevelCode.MISSING, "the handle is not written from the name"),
    Rule("given+family", LevelCode.CLOSE, "the handle is given name and family name"),
    Rule("family+given", LevelCode.CLOSE, "the handle is family name and given name"),
    Rule("all names", LevelCode.CLOSE, "the handle is all names in order"),
    Rule("initial+family", LevelCode.PLAUSIBLE, "the handle is an initial and the family name"),
    Rule("family+initial", LevelCode.PLAUSIBLE, "the handle is the family name and an initial"),
    Rule("given+initial", LevelCode.PLAUSIBLE, "the handle is the given name and an initial"),
    Rule("initials+family", LevelCode.PLAUSIBLE, "the handle is the initials and the family name"),
    Rule("holds both", LevelCode.CLOSE, "the handle holds given name and family name, among others"),
    Rule("holds initial+family", LevelCode.PLAUSIBLE, "the handle holds an initial and the family name"),
    Rule("holds family", LevelCode.PLAUSIBLE, "the handle holds the family name"),
    Rule("holds given", LevelCode.PLAUSIBLE, "the handle holds the given name"),
)
_INDEX = {rule.key: index for index, rule in enumerate(NAME_IN_HANDLE_RULES)}
PARTS_OF_NAMES: tuple[int, ...] = tuple(index for key, index in _INDEX.items() if key.startswith("holds"))
"""Numbers of the rules by which a handle holds parts of a name, and is not made of it."""

# Shorter names are inside other words too often to mean anything.
_SHORTEST_OF_BOTH, _SHORTEST_WITH_INITIAL, _SHORTEST_ALONE = 3, 4, 5
_LONGEST = 40


def compare_names_with_handles(pairs: FormPairs) -> Comparisons:
    """Compare name forms (left) with handle forms (right), digits at the handle's ends aside.

    A handle is a way to write the name, or holds parts of it beside other text.

    Args:
        pairs: Left forms of :func:`vetting.normalise.names.name_form`, right ones of
            :func:`vetting.normalise.handles.handle_form`.

    Returns:
        For each pair the strongest rule; ``shared`` points to the handle's letters.

    Cost: look-ups for whole names; a search inside the handle for parts, vectorised over the pairs.
    """
    cores: dict[str, int] = {}
    core_of = np.fromiter(
        (cores.setdefault(handle_texts(form).core, len(cores)) for form in pairs.right),
        np.int64,
        len(pairs.right),
    )
    known: dict[int, int] = {}
    for code, form in enumerate(pairs.left):
        for variant, way in known_variants(form).items():
            if variant in cores:
                known[code << 32 | cores[variant]] = _INDEX[way]
    asked = (pairs.left_codes.astype(np.int64) << 32) | core_of[pairs.right_codes]
    variants = np.array(sorted(known), np.int64)
    rules = np.array([known[variant] for variant in variants.tolist()], np.int16)
    rule = np.zeros(pairs.size, np.int16)
    if len(variants):
        place = np.searchsorted(variants, asked).clip(max=len(variants) - 1)
        rule = np.where(variants[place] == asked, rules[place], 0).astype(np.int16)
    if pairs.size:
        rule = np.where(rule > 0, rule, _parts(pairs, list(cores), core_of)).astype(np.int16)
    shared = np.where(rule > 0, core_of[pairs.right_codes], -1).astype(np.int32)
    return Comparisons(NAME_IN_HANDLE_RULES, rule, shared, list(cores))


def _parts(pairs: FormPairs, cores: Sequence[str], core_of: npt.NDArray[np.int64]) -> npt.NDArray[np.int16]:
    """The rule of what a handle holds of the name, 0 for nothing."""
    given, family = (
        _texts(side) for side in zip(*(first_and_last(form) for form in pairs.left), strict=True)
    )
    texts = _texts(cores)[core_of[pairs.right_codes]]
    given, family = given[pairs.left_codes], family[pairs.left_codes]
    long_g, long_f = np.strings.str_len(given), np.strings.str_len(family)
    at_g, at_f = np.strings.find(texts, given), np.strings.find(texts, family)
    in_g, in_f = (at_g >= 0) & (long_g >= _SHORTEST_OF_BOTH), (at_f >= 0) & (long_f >= _SHORTEST_OF_BOTH)
    apart = (at_g + long_g <= at_f) | (at_f + long_f <= at_g)
    initial = given.astype("<U1")
    beside = (np.strings.find(texts, np.strings.add(initial, family)) >= 0) | (
        np.strings.find(texts, np.strings.add(family, initial)) >= 0
    )
    return np.select(
        [
            in_g & in_f & apart,
            in_f & beside & (long_f >= _SHORTEST_WITH_INITIAL) & (long_g > 0),
            in_f & (long_f >= _SHORTEST_ALONE),
            in_g & (long_g >= _SHORTEST_ALONE),
        ],
        [_INDEX["holds both"], _INDEX["holds initial+family"], _INDEX["holds family"], _INDEX["holds given"]],
        default=0,
    ).astype(np.int16)


def _texts(texts: Sequence[str]) -> npt.NDArray[np.str_]:
    return np.array([text[:_LONGEST] for text in texts], np.str_)


def name_in_handle_rule(name: str, core: str) -> int:
    """Compare a name's form with a handle's core as :func:`compare_names_with_handles` does."""
    given, family = _ends(name)
    if given not in core and family not in core and name.isascii():
        return 0  # every way to write a name holds one of the two
    way = known_variants(name).get(core)
    if way:
        return _INDEX[way]
    core = core[:_LONGEST]
    at_g, at_f = core.find(given), core.find(family)
    in_g = at_g >= 0 and len(given) >= _SHORTEST_OF_BOTH
    in_f = at_f >= 0 and len(family) >= _SHORTEST_OF_BOTH
    if in_g and in_f and (at_g + len(given) <= at_f or at_f + len(family) <= at_g):
        return _INDEX["holds both"]
    beside = given[:1] + family in core or family + given[:1] in core
    if in_f and given and beside and len(family) >= _SHORTEST_WITH_INITIAL:
        return _INDEX["holds initial+family"]
    if in_f and len(family) >= _SHORTEST_ALONE:
        return _INDEX["holds family"]
    return _INDEX["holds given"] if in_g and len(given) >= _SHORTEST_ALONE else 0


known_variants = lru_cache(maxsize=65_536)(name_variants)


@lru_cache(maxsize=65_536)
def _ends(name: str) -> tuple[str, str]:
    given, family = first_and_last(name)
    return given[:_LONGEST], family[:_LONGEST]
