from __future__ import annotations

import numpy as np
import pytest

from vetting.evidence.chance import Alike, probabilities
from vetting.evidence.policy import SurfacingPolicy
from vetting.evidence.scores import EvidenceRows, PairScores

POLICY = SurfacingPolicy(expected_prevalence=0.01, second_account_rate=0.1)


def scores(*triples: tuple[int, int, float]) -> PairScores:
    left, right, bits = zip(*triples, strict=True) if triples else ((), (), ())
    arrays = np.array(left, np.int32), np.array(right, np.int32), np.array(bits, np.float64)
    return PairScores(*arrays, EvidenceRows.none())


def test_no_pairs_have_no_probabilities() -> None:
    assert probabilities(scores(), 10, POLICY).shape == (0,)


def test_evidence_of_0_bits_leaves_the_prior() -> None:
    (found,) = probabilities(scores((0, 0, 0.0)), 1000, POLICY)
    assert found == pytest.approx(0.01 / 0.99 / 1000, rel=0.01)


def test_one_more_bit_doubles_the_odds() -> None:
    (less,) = probabilities(scores((0, 0, 14.0)), 1000, POLICY)
    (more,) = probabilities(scores((0, 0, 15.0)), 1000, POLICY)
    assert more / (1 - more) == pytest.approx(2 * less / (1 - less))


def test_a_second_account_of_one_person_stays_possible_and_they_weaken_each_other() -> None:
    alone = probabilities(scores((0, 0, 22.0)), 1000, POLICY)[0]
    both = probabilities(scores((0, 0, 22.0), (0, 1, 22.0)), 1000, POLICY)
    assert both[0] == pytest.approx(both[1])
    assert 0.5 < both[0] < alone
    assert both.sum() > 1


def test_applicants_who_fit_the_same_account_exclude_one_another() -> None:
    found = probabilities(scores((0, 7, 30.0), (1, 7, 30.0), (2, 8, 30.0)), 1000, POLICY)
    assert found[0] == pytest.approx(found[1])
    assert found[:2].sum() <= 1 + 1e-9
    assert found[2] > found[0]


def same(*triples: tuple[int, int, float]) -> Alike:
    one, other, chance = zip(*triples, strict=True)
    return Alike(np.array(one, np.int32), np.array(other, np.int32), np.array(chance, np.float64))


def test_two_applications_of_one_person_do_not_take_the_account_from_one_another() -> None:
    held = scores((0, 7, 30.0), (1, 7, 30.0))
    apart = probabilities(held, 1000, POLICY)
    together = probabilities(held, 1000, POLICY, alike=same((0, 1, 0.999)))
    assert apart.max() < 0.51
    assert together.min() > 0.99


def test_whoever_is_surely_the_holder_lends_no_more_than_they_are_alike() -> None:
    held = scores((0, 7, 60.0), (1, 7, 20.0))
    found = probabilities(held, 1000, POLICY, alike=same((0, 1, 0.3)))
    assert found[0] > 0.99
    assert found[1] == pytest.approx(0.3, abs=0.01)


def test_a_pair_may_have_a_prevalence_of_its_own() -> None:
    held = scores((0, 0, 14.0), (1, 1, 14.0))
    stated = probabilities(held, 1000, POLICY)
    found = probabilities(held, 1000, POLICY, prevalence=np.array([0.01, 0.5]))
    assert found[0] == pytest.approx(stated[0])
    assert found[1] / (1 - found[1]) == pytest.approx(99 * stated[1] / (1 - stated[1]))
