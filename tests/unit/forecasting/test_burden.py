"""A forecast on lists whose burden is known."""

from __future__ import annotations

from pathlib import Path

import pytest
from attrs import evolve
from tests.holdings import hold

import vetting
from vetting.errors import UnknownListError
from vetting.evidence.decoys import DecoyMaker
from vetting.forecasting import Estimate, Forecast, forecast, forecasts
from vetting.records.accounts import ListedAccount
from vetting.records.people import Applicant


def roster(count: int = 20) -> list[Applicant]:
    return [
        Applicant(
            id=f"A-{row}",
            names=[f"{given} {family}"],
            date_of_birth=f"{1970 + row}-{1 + row % 12:02}-{1 + row:02}",
            emails=[f"{given}.{family}{row}@example.org"],
            handles=[f"wolf_{given}{row}"],
        )
        for row, (given, family) in enumerate(
            (given, family)
            for given in ("maren", "oswin", "tilda", "ivo", "bram")
            for family in ("vale", "tarn", "marl", "oakes")
        )
    ][:count]


def account(number: int, **held: object) -> ListedAccount:
    return ListedAccount(list_id="forum-2019", account_id=str(number), **held)  # type: ignore[arg-type]


@pytest.fixture
def unlike(tmp_path: Path) -> vetting.ListStore:
    return hold(tmp_path / "unlike", [account(row, handles=f"zyxo{row}qrr") for row in range(30)])


def test_a_list_that_no_decoy_resembles_gives_none_and_says_how_many_there_may_be(
    unlike: vetting.ListStore,
) -> None:
    told = forecast(roster(), unlike, decoys=100)
    assert (told.applicants, told.accounts, told.cohorts, told.decoys) == (20, 30, 5, 100)
    assert (told.candidates.counted, told.candidates.expected, told.candidates.low) == (0, 0.0, 0.0)
    assert told.candidates.high == pytest.approx(3.689 / 5, abs=1e-3)
    assert told.reasons == {}
    assert told.share_right == 1.0


def test_planted_decoys_are_counted_as_people_as_pairs_and_by_reason(tmp_path: Path) -> None:
    people = roster()
    # The very decoys that the forecast will screen: 3 of the first cohort by name and birth date, one twice.
    first = DecoyMaker(people).cohort(20, seed=0)
    listed = [
        account(1, names=first[0].names, date_of_birth=first[0].date_of_birth, handles="qoppa"),
        account(2, names=first[0].names, date_of_birth=first[0].date_of_birth, handles="sampi"),
        account(3, names=first[1].names, date_of_birth=first[1].date_of_birth, handles="digamma"),
        account(4, names=first[2].names, date_of_birth=first[2].date_of_birth, handles="stigma"),
        *(account(row, handles=f"zyxo{row}qrr") for row in range(5, 200)),
    ]
    store = hold(tmp_path, listed)
    told = forecast(people, store, decoys=20, seed=0)
    surfaced = vetting.screen(first, store).surfaced
    assert {one.account_id for one in surfaced} >= {"1", "2", "3", "4"}
    assert told.cohorts == 1
    assert told.candidates.counted == told.candidates.expected == len(surfaced)
    assert told.people.counted == len({one.applicant_id for one in surfaced})
    assert {reason: one.counted for reason, one in told.reasons.items()} == {
        "two independent kinds of evidence": len(surfaced)
    }
    counts = [row.observed.counted for row in told.calibration]
    assert counts == sorted(counts)
    assert counts[-1] >= 4


def test_a_made_up_mailbox_that_has_a_holder_is_no_accident(tmp_path: Path) -> None:
    people = roster()
    first = DecoyMaker(people).cohort(20, seed=0)
    store = hold(tmp_path, [account(1, emails=first[0].emails)])
    assert forecast(people, store, decoys=20).candidates.counted == 0


def test_it_is_the_same_for_a_seed_and_is_sharpened_cohort_by_cohort(unlike: vetting.ListStore) -> None:
    steps = list(forecasts(roster(), unlike, decoys=60, seed=3))
    assert [told.decoys for told in steps] == [20, 40, 60]
    assert steps[-1] == forecast(roster(), unlike, decoys=60, seed=3)


def test_a_cohort_larger_than_the_decoys_asked_for_is_screened_once_and_whole(
    unlike: vetting.ListStore,
) -> None:
    told = forecast(roster(), unlike, decoys=1)
    assert (told.cohorts, told.decoys) == (1, 20)


def test_one_applicant_has_a_bounded_number_of_cohorts(
    unlike: vetting.ListStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vetting.forecasting.burden._MOST_COHORTS", 7)
    told = forecast(roster()[0], unlike, decoys=1_000)
    assert (told.applicants, told.cohorts, told.decoys) == (1, 7, 7)


def test_the_policy_and_the_lists_are_those_of_the_run(tmp_path: Path) -> None:
    people = roster()
    first = DecoyMaker(people).cohort(20, seed=0)
    store = hold(tmp_path, [account(1, names=first[0].names, date_of_birth=first[0].date_of_birth)])
    strict = vetting.SurfacingPolicy(minimum_kind_bits=60.0)
    assert forecast(people, store, decoys=20).candidates.counted == 1
    assert forecast(people, store, decoys=20, policy=strict).candidates.counted == 0
    assert forecast(people, store, decoys=20, lists=[]).accounts == 0
    with pytest.raises(UnknownListError):
        forecast(people, store, decoys=20, lists=["nowhere"])


def test_it_needs_somebody_and_a_decoy(unlike: vetting.ListStore) -> None:
    with pytest.raises(ValueError, match="at least one applicant"):
        forecast([], unlike)
    with pytest.raises(ValueError, match="at least one decoy"):
        forecast(roster(), unlike, decoys=0)


def told(*, counted: int, cohorts: int = 10, applicants: int = 1_000) -> Forecast:
    one = Estimate(counted=counted, cohorts=cohorts)
    return Forecast(
        applicants=applicants,
        lists=("a", "b"),
        accounts=500,
        cohorts=cohorts,
        decoys=cohorts * applicants,
        candidates=one,
        people=one,
        reasons={"a strong identifier: the e-mail address": one},
        calibration=(),
        policy=vetting.SurfacingPolicy(expected_prevalence=0.001),
    )


def test_the_share_that_is_right_is_arithmetic_on_the_prevalence() -> None:
    said = told(counted=60)  # 6 by accident a run; 1,000 people x 2 lists / 1,000 = 2 listed
    assert said.expected_listed == pytest.approx(2.0)
    assert said.share_right == pytest.approx(0.25)
    low, high = said.share_right_interval
    assert low < 0.25 < high
    assert low == pytest.approx(2.0 / (2.0 + said.candidates.high))
    assert said.as_dict()["share_right"] == said.share_right
    assert said.as_dict()["candidates"]["low"] == said.candidates.low


def test_one_in_a_hundred_thousand_and_one_false_in_a_thousand_make_one_percent() -> None:
    said = told(counted=307, cohorts=1, applicants=307_452)
    said = evolve(said, lists=("a",), policy=vetting.SurfacingPolicy(expected_prevalence=1e-5))
    assert said.share_right == pytest.approx(0.01, abs=0.0005)


def test_its_words_state_the_assumption_and_pass_no_judgement() -> None:
    text = told(counted=60).as_text()
    assert "assumes that 1 in 1,000 applicants is on a given list" in " ".join(text.split())
    assert "25% of the candidates" in " ".join(text.split())
    for word in ("suspect", "hit", "cleared", "risk"):
        assert word not in text
