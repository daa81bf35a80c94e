"""What two handles have in common, how rare it is, and how many accounts of the list are as close by chance."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from attrs import evolve

from vetting.compare.handle_features import GAP
from vetting.compare.handles import HANDLE_RULES, compare_handles
from vetting.compare.levels import FormPairs
from vetting.evidence.rarity import Rarity
from vetting.evidence.results import Evidence, Level
from vetting.evidence.weights import Weights
from vetting.evidence.words import round_count
from vetting.normalise.contacts import email_form, email_local, url_form
from vetting.normalise.handles import handle_form
from vetting.normalise.pages import url_handle

__all__ = ["told_closeness"]

_RULE_KEYS = {rule.text: rule.key for rule in HANDLE_RULES}
_BEYOND_SEEN, _FEW = 100, 1_000
_WHOLE = frozenset({"same", "separators", "evened"})


def told_closeness(
    evidence: Sequence[Evidence], rarity: Rarity, accounts: int, weights: Weights
) -> tuple[Evidence, ...]:
    """Add to agreeing handles what they share, its rarity, and the closeness to expect by chance.

    Args:
        evidence: Of one pair.
        rarity: Shares in the population of this list and cohort.
        accounts: Accounts on the list.
        weights: What the evidence was weighed with.

    Returns:
        The evidence in its order.
    """
    return tuple(
        evolve(item, note="; ".join(filter(None, [*_notes(item, rarity, accounts, weights), item.note])))
        if item.kind == "handle" and item.bits > 0 and item.level is not Level.CONFLICT
        else item
        for item in evidence
    )


def _notes(item: Evidence, rarity: Rarity, accounts: int, weights: Weights) -> list[str]:
    rule = _RULE_KEYS[item.rule]
    whole = rule in _WHOLE
    notes = [] if whole else _shared(item, rarity)
    # For whole handles u is m times 2 ** -bits; for parts 2 ** -bits is a bound.
    expected = accounts * (weights["handle"][rule].m if whole else 1.0) * 2.0**-item.bits
    notes.append(_expected(expected, accounts))
    return notes


def _shared(item: Evidence, rarity: Rarity) -> list[str]:
    """Say the pieces that both handles hold, and how many handles hold them."""
    left, right = _handle_text(item.applicant_value), _handle_text(item.listed_value)
    zero = np.zeros(1, np.int32)
    found = compare_handles(FormPairs([left], [right], zero, zero))
    if found.shared[0] < 0:
        return []
    text = found.shared_forms[found.shared[0]]
    one_in = float(np.prod([1.0 / share for share in rarity.parts(text.split(GAP)).tolist()]))
    # What nobody else was seen to have may be rarer still, but no list can show it.
    seen = _BEYOND_SEEN * max(rarity.population("handle"), _FEW)
    few = "fewer than " if one_in > seen else "about "
    return [f"in common: {text}, which {few}1 in {round_count(min(max(one_in, 1.0), seen))} handles holds"]


def _expected(expected: float, accounts: int) -> str:
    if expected >= 1:
        return f"about {round_count(expected)} of the {accounts:,} accounts on this list would be as close by chance"
    return (
        f"about 1 in {round_count(1 / expected)} lists of this size ({accounts:,} accounts) "
        "has an account as close by chance"
    )


def _handle_text(value: str | None) -> str:
    """The form of a handle, of a page's account, or of an address's part before the @."""
    text = value or ""
    address = email_form(text)
    if address:
        return email_local(address)
    page = url_handle(url_form(text))
    return handle_form(page[1] if page else text.rpartition(":")[2])
