"""False surfacing by group, on innocents of whom it is known who is surfaced."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.holdings import hold

import vetting
from vetting.forecasting import ErrorRates, GroupRate, error_rates
from vetting.records.accounts import ListedAccount
from vetting.records.people import Applicant

SURFACED = {0, 1, 2, 40}


@pytest.fixture
def store(tmp_path: Path) -> vetting.ListStore:
    listed = [
        ListedAccount(list_id="forum-2019", account_id=str(row), emails=f"unlike{row}kq@example.net")
        for row in range(50)
    ]
    # Person 0 has two accounts.
    listed += [
        ListedAccount(list_id="forum-2019", account_id=f"x{number}", emails=f"vorn{row}skald@example.org")
        for number, row in enumerate([*sorted(SURFACED), 0])
    ]
    return hold(tmp_path, listed)


def innocents() -> list[Applicant]:
    names = ["Maren Vale"] * 40 + ["Дмитрий Соколов"] * 20 + [None] * 5
    return [
        Applicant(
            id=f"I-{row}", names=name, emails=f"vorn{row}skald@example.org" if row in SURFACED else None
        )
        for row, name in enumerate(names)
    ]


def test_groups_are_scripts_unless_others_are_given(store: vetting.ListStore) -> None:
    told = error_rates(innocents(), store)
    assert [(one.group, one.people, one.surfaced, one.candidates) for one in told.groups] == [
        ("Latin", 40, 3, 4),
        ("Cyrillic", 20, 1, 1),
        ("no letters", 5, 0, 0),
    ]
    assert (told.everybody.people, told.everybody.surfaced, told.everybody.candidates) == (65, 4, 5)
    assert (told.lists, told.accounts) == (("forum-2019",), 55)


def test_rates_are_per_ten_thousand_with_intervals_that_hold_them(store: vetting.ListStore) -> None:
    told = error_rates(
        innocents(), store, group_of=lambda person: "odd" if int(person.id[2:]) % 2 else "even"
    )
    even, odd = told.groups
    assert (even.group, even.surfaced, odd.group, odd.surfaced) == ("even", 3, "odd", 1)
    assert even.rate == pytest.approx(3 / 33 * 10_000)
    assert even.low < even.rate < even.high <= 10_000
    assert told.apart == ()


def test_a_group_clearly_apart_is_named(store: vetting.ListStore) -> None:
    apart = GroupRate.of("a", people=1_000, surfaced=50, candidates=50)
    near = GroupRate.of("b", people=10_000, surfaced=100, candidates=100)
    everybody = GroupRate.of("everybody", people=11_000, surfaced=150, candidates=150)
    told = ErrorRates(
        groups=(apart, near),
        everybody=everybody,
        lists=("a",),
        accounts=1,
        policy=vetting.SurfacingPolicy(),
    )
    assert "a" in told.apart
    assert "Clearly apart from everybody's rate: a" in told.as_text()
    assert "There is one group only" in error_rates(innocents()[:3], store).as_text()


def test_an_interval_ends_at_everybody() -> None:
    assert GroupRate.of("a", people=2, surfaced=2, candidates=9).high == 10_000


def test_it_needs_somebody(store: vetting.ListStore) -> None:
    with pytest.raises(ValueError, match="at least one innocent"):
        error_rates([], store)
