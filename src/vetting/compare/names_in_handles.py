"""A name of a person and a handle: is the handle a usual way to write the name?"""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from vetting.compare.levels import Comparisons, FormPairs, LevelCode, Rule
from vetting.normalise.handles import compact_handle, handle_core
from vetting.normalise.names import name_variants

__all__ = ["NAME_IN_HANDLE_RULES", "compare_names_with_handles", "known_variants", "name_in_handle_rule"]

NAME_IN_HANDLE_RULES: tuple[Rule, ...] = (
    Rule("none", LevelCode.MISSING, "the handle is not written from the name"),
    Rule("given+family", LevelCode.CLOSE, "the handle is given name and family name"),
    Rule("family+given", LevelCode.CLOSE, "the handle is family name and given name"),
    Rule("all names", LevelCode.CLOSE, "the handle is all names in order"),
    Rule("initial+family", LevelCode.PLAUSIBLE, "the handle is an initial and the family name"),
    Rule("family+initial", LevelCode.PLAUSIBLE, "the handle is the family name and an initial"),
    Rule("given+initial", LevelCode.PLAUSIBLE, "the handle is the given name and an initial"),
    Rule("initials+family", LevelCode.PLAUSIBLE, "the handle is the initials and the family name"),
)
_INDEX = {rule.key: index for index, rule in enumerate(NAME_IN_HANDLE_RULES)}


def compare_names_with_handles(pairs: FormPairs) -> Comparisons:
    """Compare name forms (left) with handle forms (right), digits at the handle's ends aside.

    Args:
        pairs: Left forms of :func:`vetting.normalise.names.name_form`, right ones of
            :func:`vetting.normalise.handles.handle_form`.

    Returns:
        For each pair the variant that the handle is; ``shared`` points to its letters.
    """
    cores: dict[str, int] = {}
    core_of = np.fromiter(
        (cores.setdefault(handle_core(compact_handle(form)), len(cores)) for form in pairs.right),
        np.int64,
        len(pairs.right),
    )
    known: dict[int, int] = {}
    for code, form in enumerate(pairs.left):
        for variant, way in name_variants(form).items():
            if variant in cores:
                known[code << 32 | cores[variant]] = _INDEX[way]
    asked = (pairs.left_codes.astype(np.int64) << 32) | core_of[pairs.right_codes]
    variants = np.array(sorted(known), np.int64)
    rules = np.array([known[variant] for variant in variants.tolist()], np.int16)
    rule = np.zeros(pairs.size, np.int16)
    if len(variants):
        place = np.searchsorted(variants, asked).clip(max=len(variants) - 1)
        rule = np.where(variants[place] == asked, rules[place], 0).astype(np.int16)
    shared = np.where(rule > 0, core_of[pairs.right_codes], -1).astype(np.int32)
    return Comparisons(NAME_IN_HANDLE_RULES, rule, shared, list(cores))


def name_in_handle_rule(name: str, core: str) -> int:
    """Compare a name's form with a handle's core as :func:`compare_names_with_handles` does."""
    way = known_variants(name).get(core)
    return _INDEX[way] if way else 0


known_variants = lru_cache(maxsize=65_536)(name_variants)
