"""What an unverified link of a profile may be worth: people name others' pages in their profiles, too."""

from __future__ import annotations

from math import log2

from attrs import evolve

from vetting.evidence.results import Evidence

__all__ = ["LINKED_BY_OTHERS", "limited_links", "rests_on_link"]

LINKED_BY_OTHERS = 0.001
"""How many profiles of a list link to a page of an ordinary person who has none there: a judgement, as m is."""

_LINK = "self-linked"
_NOTE = "worth no more, for one in a thousand people is linked to by somebody else on a list"
_TOLD = "told once: a profile that names one page of somebody often names another"


def limited_links(evidence: tuple[Evidence, ...], accounts: int) -> tuple[tuple[Evidence, ...], float]:
    """Hold the unverified links of a profile to what they may be worth, and count them once.

    However rare a handle is, somebody else may name it: a friend, a fan, a foe. Of the accounts of a list as many
    name it by that as `LINKED_BY_OTHERS`, so that the link is worth log2 of the accounts over that at most. A second link
    of the same profile adds nothing.

    Args:
        evidence: Of one pair, in its order.
        accounts: Accounts on the list.

    Returns:
        The evidence, and by how many bits its sum is smaller for it.

    Example:
        >>> link = Evidence(kind="handle", level="exact", bits=26.0, counted=True, group="handle", basis="self-linked")
        >>> held, less = limited_links((link,), 1000)
        >>> round(held[0].bits, 1), round(less, 1)
        (19.9, 6.1)
    """
    if not any(_is_link(item) for item in evidence):
        return evidence, 0.0
    most = round(log2(max(accounts, 1) / LINKED_BY_OTHERS), 6)
    held = [
        evolve(item, bits=most, note=f"{item.note}; {_NOTE}") if _is_link(item) and item.bits > most else item
        for item in evidence
    ]
    kept = _counted(held)
    before = sum(item.bits for item in evidence if item.counted)
    ordered = sorted((item for item in kept if item.bits > 0), key=lambda item: -item.bits)
    found = (*ordered, *(item for item in kept if item.bits <= 0))
    return found, before - sum(item.bits for item in found if item.counted)


def rests_on_link(evidence: tuple[Evidence, ...]) -> bool:
    """Whether what counts most is an unverified link."""
    best = max((item for item in evidence if item.counted), key=lambda item: item.bits, default=None)
    return best is not None and _is_link(best)


def _is_link(item: Evidence) -> bool:
    return item.basis == _LINK and item.bits > 0


def _counted(items: list[Evidence]) -> list[Evidence]:
    """Of each fact the strongest counts; of all links of the profile the strongest."""
    order = sorted(
        (place for place, item in enumerate(items) if item.bits > 0), key=lambda place: -items[place].bits
    )
    facts: set[str] = set()
    linked = False
    counted = {}
    for place in order:
        item = items[place]
        again = _is_link(item) and linked
        counted[place] = item.group not in facts and not again
        if counted[place]:
            facts.add(item.group)
            linked = linked or _is_link(item)
        elif again and item.group not in facts:
            items[place] = evolve(item, note=f"{item.note}; {_TOLD}")
    return [
        evolve(item, counted=counted[place]) if place in counted and counted[place] != item.counted else item
        for place, item in enumerate(items)
    ]
