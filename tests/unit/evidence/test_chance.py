from __future__ import annotations

import numpy as np
import pytest

from vetting.evidence.chance import expected_coincidences, probabilities
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


def test_coincidences_are_the_pairs_times_the_chance_and_never_more_than_the_pairs() -> None:
    assert expected_coincidences(np.array([-3.0, 0.0, 10.0]), 1024).tolist() == [1024.0, 1024.0, 1.0]
