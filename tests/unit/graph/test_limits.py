from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vetting.errors import RecordError
from vetting.graph.limits import GraphLimits


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"hops": -1}, "hops must be"),
        ({"hub_cap": 0}, "hub_cap must be"),
        ({"kinds": "messaged"}, "several names"),
        ({"since": "2014-02-30"}, "since: a date as"),
        ({"until": "soon"}, "until: a date as"),
        ({"since": "0000"}, "since: a date as"),
        ({"since": "2014-03", "until": "2014-02"}, "before since"),
    ],
)
def test_limits_that_cannot_be_are_refused(wrong: Any, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        GraphLimits(**wrong)


def test_what_is_refused_is_never_said_again() -> None:
    with pytest.raises(RecordError) as refused:
        GraphLimits(since="quillmere@example.org")
    assert "quillmere" not in str(refused.value)


def test_kinds_are_the_same_in_any_order() -> None:
    assert GraphLimits(kinds=["messaged", "follows"]) == GraphLimits(kinds={"follows", "messaged"})


@given(st.dates(), st.dates())
def test_a_time_holds_whole_days_months_and_years(one: Any, other: Any) -> None:
    first, last = sorted([one, other])
    noon = [int(datetime(day.year, day.month, day.day, 12, tzinfo=UTC).timestamp()) for day in (first, last)]
    for length in (10, 7, 4):
        text = [day.isoformat()[:length] for day in (first, last)]
        window = GraphLimits(since=text[0], until=text[1]).window
        assert window is not None
        assert window[0] <= noon[0] <= noon[1] <= window[1]
    exact = GraphLimits(since=first.isoformat(), until=last.isoformat()).window
    assert exact == (noon[0] - 43_200, noon[1] + 43_199)


def test_no_time_asked_for_is_all_time() -> None:
    assert GraphLimits().window is None
    assert GraphLimits(until="2014").window is not None
