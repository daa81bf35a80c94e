"""How common is a handle that is put together from names, whatever its letters look like?

A character model takes ``zofiakowalski`` for a rare text. It is as common as the people called Zofia
Kowalski who write their name so. This holds whether or not the reader knows whose handle it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import numpy as np
import numpy.typing as npt

from vetting.evidence.weights import WEIGHTS
from vetting.normalise.handles import handle_core

__all__ = ["named_shares"]

Shares = npt.NDArray[np.float64]

_SHORTEST_NAME = 3
_LONGEST_CORE = 40
# Given and family names go together by origin, so that a pair is more common than its parts say.
_TOGETHER = 0.9
_INITIALS = 12.0  # as many given names as letters, in effect


def named_shares(
    texts: Sequence[str], known: Callable[[str], bool], shares: Callable[[Sequence[str]], Shares]
) -> Shares:
    """Share of people whose handle this is because of their name.

    Every way to split a text into a given and a family name, or an initial and a name, adds the bearers of
    these names times the rate at which people write their names so. Digits at the ends divide it.

    Args:
        texts: n compact handles or cores.
        known: Whether a word is a name that somebody has.
        shares: Share of people with each of some words in their name.

    Returns:
        Shape (n,), 0 for a text that holds no known name.
    """
    splits = [list(_splits(handle_core(text), known)) for text in texts]
    words = sorted({word for found in splits for _, *parts in found for word in parts})
    share = dict(zip(words, shares(words).tolist(), strict=True)) if words else {}
    total = np.zeros(len(texts))
    for row, (text, found) in enumerate(zip(texts, splits, strict=True)):
        if not found:
            continue
        bearers = sum(
            rate * float(np.prod([share[word] for word in parts])) ** _TOGETHER for rate, *parts in found
        )
        digits = len(text) - len(handle_core(text))
        total[row] = bearers * (0.5 * 10.0**-digits if digits else 1.0)
    return total


Split = tuple[float, *tuple[str, ...]]


def _splits(core: str, known: Callable[[str], bool]) -> Iterator[Split]:
    """Yield the ways in which a core is made of names: the rate of that way, and the names."""
    if not _SHORTEST_NAME < len(core) <= _LONGEST_CORE or not core.isalpha():
        return
    rates = {key: weight.m for key, weight in WEIGHTS["name_in_handle"].items()}
    for cut in range(_SHORTEST_NAME, len(core) - _SHORTEST_NAME + 1):
        first, second = core[:cut], core[cut:]
        if known(first) and known(second):
            yield rates["given+family"] + rates["family+given"], first, second
    if known(core[1:]):
        yield rates["initial+family"] / _INITIALS, core[1:]
    if known(core[:-1]):
        yield (rates["given+initial"] + rates["family+initial"]) / _INITIALS, core[:-1]
    if len(core) > _SHORTEST_NAME + 1 and known(core[2:]):
        yield rates["initials+family"] / _INITIALS**2, core[2:]
    if known(core):
        yield rates["single"], core
