from __future__ import annotations

import numpy as np
import pytest
from tests.unit.evidence.test_chance import scores

from vetting.evidence.policy import SurfacingPolicy
from vetting.evidence.rates import alike, rates_seen, rivals

POLICY = SurfacingPolicy(expected_prevalence=0.001, second_account_rate=0.1)


def test_a_cohort_that_is_listed_beyond_doubt_raises_the_prevalence_for_the_others() -> None:
    sure = [(row, row, 60.0) for row in range(500)]
    found = rates_seen(scores(*sure, (999, 999, 20.0)), 1000, POLICY, applicants=1000)
    assert found.policy.expected_prevalence == pytest.approx(500.1 / 1099, rel=0.01)
    assert found.prevalence[-1] == pytest.approx(500.1 / 1099, rel=0.01)


def test_nobodys_own_evidence_raises_their_own_prevalence() -> None:
    alone = rates_seen(scores((0, 0, 60.0)), 1000, POLICY, applicants=1)
    assert alone.prevalence.tolist() == [0.001]
    among = rates_seen(scores((0, 0, 60.0), (1, 1, 10.0)), 1000, POLICY, applicants=50)
    assert among.prevalence[0] == 0.001
    assert among.prevalence[1] == pytest.approx(1.1 / 149)


def test_rates_are_never_lowered_and_no_pairs_change_nothing() -> None:
    many = rates_seen(scores((0, 0, 5.0)), 1000, POLICY, applicants=100_000)
    assert many.prevalence.tolist() == [0.001]
    assert rates_seen(scores(), 1000, POLICY, applicants=10).policy == POLICY


def test_people_with_two_sure_accounts_raise_the_rate_of_second_accounts() -> None:
    held = [(row, 2 * row + k, 60.0) for row in range(90) for k in (0, 1)]
    found = rates_seen(scores(*held), 1000, POLICY, applicants=1000)
    assert found.policy.second_account_rate == pytest.approx((1 + 90) / (10 + 90))


def test_applicants_who_fit_one_likely_account_are_rivals() -> None:
    held = scores((3, 7, 40.0), (1, 7, 12.0), (2, 7, 1.0), (4, 8, 9.0), (5, 8, 9.0), (6, 9, 40.0))
    one, other = rivals(held, 1000, POLICY)
    assert list(zip(one.tolist(), other.tolist(), strict=True)) == [(1, 3)]


def test_no_account_has_more_rivals_than_are_looked_at() -> None:
    held = scores(*[(row, 7, 40.0) for row in range(300)])
    one, _ = rivals(held, 1000, POLICY)
    assert len(one) == 20 * 19 // 2


def test_rivals_are_one_person_where_their_applications_say_so() -> None:
    pairs = np.array([0, 2], np.int32), np.array([1, 3], np.int32)
    found = alike(pairs, np.array([60.0, -3.0]), POLICY, applicants=100)
    assert found.same[0] > 0.999
    assert found.same[1] < 1e-3


def test_a_roster_of_duplicates_raises_the_rate_of_second_applications() -> None:
    count = 400
    pairs = np.arange(0, 2 * count, 2, dtype=np.int32), np.arange(1, 2 * count, 2, dtype=np.int32)
    bits = np.full(count, 60.0)
    bits[0] = 13.0
    assert alike(pairs, bits, POLICY, applicants=2 * count).same[0] > 0.8
    few = tuple(side[:1] for side in pairs)
    assert alike((few[0], few[1]), bits[:1], POLICY, applicants=2 * count).same[0] < 0.1
