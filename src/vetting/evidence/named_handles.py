"""How common is a handle that is put together from names, whatever its letters look like?

A character model takes ``zofiakowalski`` for a rare text. It is as common as the people called Zofia
Kowalski who write their name so. This holds whether or not the reader knows whose handle it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from math import prod

import numpy as np
import numpy.typing as npt
from attrs import frozen

from vetting.evidence.weights import WEIGHTS
from vetting.normalise.handles import handle_core

__all__ = ["NameCounts", "name_stems", "named_parts", "named_shares"]

Shares = npt.NDArray[np.float64]

_SHORTEST_NAME = 3
_LONGEST_CORE = 40
# Given and family names go together by origin, so that a pair is more common than its parts say.
_TOGETHER = 0.9
_SHORTEST_AFFIX, _LONGEST_AFFIX = 2, 10
INITIALS = 12.0  # as many given names as letters, in effect
_RATES = {key: weight.m for key, weight in WEIGHTS["name_in_handle"].items()}
# How many of the bearers of these names have the text as their handle.
_WHOLE: Mapping[str, float] = {
    "names": _RATES["given+family"] + _RATES["family+given"],
    "initial first": _RATES["initial+family"] / INITIALS,
    "initial last": (_RATES["given+initial"] + _RATES["family+initial"]) / INITIALS,
    "initials first": _RATES["initials+family"] / INITIALS**2,
    "single": 0.02,  # no rule of a comparer: a given or family name alone says too little
}
# How many have it somewhere in their handle: at most half write their names out, and a family name is
# in most ways to write a name.
_PART: Mapping[str, float] = {
    "names": 0.5,
    "initial first": 0.5 / INITIALS,
    "initial last": 0.5 / INITIALS,
    "initials first": 0.5 / INITIALS**2,
    "single": 0.5,
}


def named_shares(texts: Sequence[str], people: NameCounts) -> Shares:
    """Share of people whose handle this is because of their name.

    Every way to split a text into a given and a family name, or an initial and a name, adds the bearers of
    these names times the rate at which people write their names so. Digits at the ends divide it, and so
    does a word at an end that others have there too (``_uk``, ``the``, ``official``), by its share.

    Args:
        texts: n compact handles or cores.
        people: The names and the affixes that people have.

    Returns:
        Shape (n,), 0 for a text that holds no known name.
    """
    found = [
        [
            (_WHOLE[way] * _digits(text), parts, affix)
            for way, parts, affix in _readings(handle_core(text), people)
        ]
        for text in texts
    ]
    return _total(found, people)


def named_parts(texts: Sequence[str], people: NameCounts) -> Shares:
    """Share of people whose handle holds this text because of their name: a bound, since not all write it.

    Args:
        texts: n pieces of compact handles.
        people: The names that people have.

    Returns:
        Shape (n,), 0 for a text that is not made of known names.
    """
    found = [[(_PART[way], parts, "") for way, parts in _splits(text, people.known)] for text in texts]
    return _total(found, people)


@frozen(eq=False)
class NameCounts:
    """Which words are names, and how many people have them.

    Attributes:
        known: Whether a word is a name that somebody has.
        shares: Share of people with each of some words in their name.
        is_affix: Whether a word was seen at an end of several handles.
        affixes: Share of handles with each of some such words at an end.
    """

    known: Callable[[str], bool]
    shares: Callable[[Sequence[str]], Shares]
    is_affix: Callable[[str], bool]
    affixes: Callable[[Sequence[str]], Shares]


Reading = tuple[float, tuple[str, ...], str]
"""The rate of a way to write names, the names, and an affix or none."""


def _total(found: Sequence[Sequence[Reading]], people: NameCounts) -> Shares:
    words = sorted({word for readings in found for _, parts, _ in readings for word in parts})
    share = dict(zip(words, people.shares(words).tolist(), strict=True)) if words else {}
    affixes = sorted({affix for readings in found for _, _, affix in readings if affix})
    affixed = dict(zip(affixes, people.affixes(affixes).tolist(), strict=True)) if affixes else {}
    total = np.zeros(len(found))
    for row, readings in enumerate(found):
        for rate, parts, affix in readings:
            total[row] += rate * prod(share[word] for word in parts) * (affixed[affix] if affix else 1.0)
    return total


def _digits(text: str) -> float:
    """The part of people who put just these digits at the ends."""
    digits = len(text) - len(handle_core(text))
    return 0.5 * 10.0**-digits if digits else 1.0


def _readings(core: str, people: NameCounts) -> Iterator[tuple[str, tuple[str, ...], str]]:
    """Yield the ways in which a core is made of names, alone and with a word at either end."""
    for way, parts in _splits(core, people.known):
        yield way, parts, ""
    for cut in range(_SHORTEST_AFFIX, min(_LONGEST_AFFIX, len(core) - _SHORTEST_NAME) + 1):
        for affix, stem in ((core[:cut], core[cut:]), (core[-cut:], core[:-cut])):
            if people.is_affix(affix):
                for way, parts in _splits(stem, people.known):
                    yield way, parts, affix


def name_stems(core: str) -> Iterator[str]:
    """Yield what may be asked of ``known`` where a core is split into names; some of it twice."""
    if _SHORTEST_NAME < len(core) <= _LONGEST_CORE and core.isalpha():
        for cut in range(_SHORTEST_NAME, len(core)):
            yield core[:cut]
            yield core[-cut:]
        yield core


def _splits(core: str, known: Callable[[str], bool]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the ways in which a core is made of names alone: the way, and the names."""
    if not _SHORTEST_NAME < len(core) <= _LONGEST_CORE or not core.isalpha():
        return
    for cut in range(_SHORTEST_NAME, len(core) - _SHORTEST_NAME + 1):
        first, second = core[:cut], core[cut:]
        if known(first) and known(second):
            yield "names", (first, second)
    if known(core[1:]):
        yield "initial first", (core[1:],)
    if known(core[:-1]):
        yield "initial last", (core[:-1],)
    if len(core) > _SHORTEST_NAME + 1 and known(core[2:]):
        yield "initials first", (core[2:],)
    if known(core):
        yield "single", (core,)
