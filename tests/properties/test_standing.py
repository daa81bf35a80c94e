"""Laws of what still stands: the sum made again is the scorer's sum."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from tests import strategies

from vetting.evidence.assessing import assess
from vetting.evidence.results import Assessment, Evidence
from vetting.evidence.standing import standing
from vetting.records.accounts import ListedAccount
from vetting.records.people import Applicant

Held = dict[str, Any]
FIELDS = ("names", "handles", "emails", "phones", "places", "urls", "date_of_birth")


def compared(left: Held, right: Held) -> Assessment:
    return assess(Applicant(id="A-1", **left), ListedAccount(list_id="forum-2019", account_id="41", **right))


@st.composite
def related(draw: st.DrawFn, *, most: int = 2) -> tuple[Held, Held]:
    """Two holdings of which each value of the second is that of the first or one of its own."""
    left, other = draw(strategies.holdings(most=most)), draw(strategies.holdings(most=most))
    return left, {field: draw(st.sampled_from([left[field], left[field], other[field]])) for field in FIELDS}


TOLD_THREE_TIMES: Held = {
    "names": ["Oswin Thornwick"],
    "handles": ["oswinthornwick88"],
    "emails": ["oswinthornwick88@example.org"],
    "phones": ["01632 960111"],
    "date_of_birth": "1981-05-04",
}


@given(related())
@example((TOLD_THREE_TIMES, TOLD_THREE_TIMES))
def test_leaving_nothing_out_gives_the_bits_and_leaving_out_all_support_the_contradictions(
    pair: tuple[Held, Held],
) -> None:
    seen = compared(*pair)
    assert standing(seen, without=()).bits == seen.bits
    supporting = [place for place, item in enumerate(seen.evidence) if item.bits > 0]
    against = sum(item.bits for item in seen.contradicting)
    assert standing(seen, without=supporting).bits == pytest.approx(against)


@given(related(), st.data())
@example((TOLD_THREE_TIMES, TOLD_THREE_TIMES), None)
def test_whatever_is_left_out_each_fact_left_counts_once_by_its_strongest(
    pair: tuple[Held, Held], data: st.DataObject | None
) -> None:
    seen = compared(*pair)
    every = range(len(seen.evidence))
    without = {0} if data is None else data.draw(st.sets(st.sampled_from(every)))
    left = standing(seen, without=without)
    facts: dict[str, float] = {}
    for place, item in enumerate(seen.evidence):
        if item.bits > 0 and place not in without:
            facts[item.group] = max(facts.get(item.group, 0.0), item.bits)
    assert Counter(item.group for item in left.supporting) == Counter(dict.fromkeys(facts, 1))
    against = sum(
        item.bits for place, item in enumerate(seen.evidence) if item.bits < 0 and place not in without
    )
    assert left.bits == pytest.approx(sum(facts.values()) + against)


VALUES = ("handles", "emails", "phones", "places", "date_of_birth")


def facts_of(items: list[Evidence]) -> set[frozenset[tuple[Any, ...]]]:
    """The items by fact, without how the facts are called and what of them is counted."""
    groups: dict[str, set[tuple[Any, ...]]] = {}
    for item in items:
        group = item.group if item.bits > 0 else f"silent {item.kind}"
        told = (item.kind, item.applicant_value, item.listed_value, item.rule, item.bits)
        groups.setdefault(group, set()).add(told)
    return {frozenset(group) for group in groups.values()}


def compare_again(pair: tuple[Held, Held], field: str) -> tuple[Assessment, set[int], Assessment]:
    """The assessment, what a field's one value tells in it, and the assessment without that value."""
    left, right = pair
    seen = compared(left, right)
    values = {str(left[field][0]) if isinstance(left[field], list) else str(left[field])}
    told = {place for place, item in enumerate(seen.evidence) if item.applicant_value in values}
    return seen, told, compared({**left, field: None if field == "date_of_birth" else []}, right)


@given(related(most=1), st.sampled_from(VALUES))
@example((TOLD_THREE_TIMES, TOLD_THREE_TIMES), "emails")
@example((TOLD_THREE_TIMES, TOLD_THREE_TIMES), "handles")
@example((TOLD_THREE_TIMES, TOLD_THREE_TIMES), "phones")
def test_leaving_out_one_value_is_assessing_without_it(pair: tuple[Held, Held], field: str) -> None:
    assume(pair[0][field])
    seen, told, again = compare_again(pair, field)
    kept = [item for place, item in enumerate(seen.evidence) if place not in told and item.bits]
    # It is well defined where the value's absence changes nothing of what the others tell: a value may join two
    # facts into one, and every comparison tried has its price.
    assume(facts_of(kept) == facts_of([item for item in again.evidence if item.bits]))
    left = standing(seen, without=told)
    assert left.bits == pytest.approx(again.bits)
    assert [(item.kind, item.bits) for item in left.supporting] == [
        (item.kind, item.bits) for item in again.supporting if item.counted
    ]


@pytest.mark.parametrize("field", ["emails", "phones", "date_of_birth"])
def test_the_law_is_not_empty_for_one_string_told_three_times(field: str) -> None:
    seen, told, again = compare_again((TOLD_THREE_TIMES, TOLD_THREE_TIMES), field)
    kept = [item for place, item in enumerate(seen.evidence) if place not in told and item.bits]
    assert told
    assert facts_of(kept) == facts_of([item for item in again.evidence if item.bits])
    assert standing(seen, without=told).bits == pytest.approx(again.bits)
