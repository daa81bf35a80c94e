"""Laws of probabilities, words and coincidences."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from vetting.evidence.accidents import Accidents, expected_coincidences
from vetting.evidence.chance import probabilities
from vetting.evidence.likelihood import LIKELIHOOD_TERMS, likelihood_term
from vetting.evidence.policy import SurfacingPolicy
from vetting.evidence.scores import EvidenceRows, PairScores

BITS = st.floats(-60, 300, allow_nan=False)
POLICY = SurfacingPolicy()


def probability(
    bits: list[float], *, applicants: list[int] | None = None, accounts: int = 1000
) -> list[float]:
    """Probabilities of pairs of one applicant (or of those given) with an account each."""
    left = np.array(applicants or [0] * len(bits), np.int32)
    scores = PairScores(left, np.arange(len(bits), dtype=np.int32), np.array(bits), EvidenceRows.none())
    return list(probabilities(scores, accounts, POLICY))


@given(st.lists(BITS, min_size=1, max_size=8), st.integers(0, 2), st.integers(1, 10**8))
def test_probabilities_are_strictly_between_0_and_1(bits: list[float], people: int, accounts: int) -> None:
    rows = [row % (people + 1) for row in range(len(bits))]
    assert all(0 < found < 1 for found in probability(bits, applicants=rows, accounts=accounts))


@given(st.lists(BITS, min_size=2, max_size=6), st.floats(0.1, 40))
def test_more_bits_for_a_pair_never_make_it_less_probable(bits: list[float], more: float) -> None:
    assert probability([bits[0] + more, *bits[1:]])[0] >= probability(bits)[0] - 1e-12


@given(st.lists(BITS, min_size=2, max_size=6))
def test_of_one_applicants_candidates_the_one_with_more_bits_is_no_less_probable(bits: list[float]) -> None:
    found = probability(sorted(bits))
    assert all(later >= earlier - 1e-12 for earlier, later in pairwise(found))


@given(BITS, st.integers(1, 10**7))
def test_a_longer_list_never_makes_the_same_evidence_more_probable(bits: float, accounts: int) -> None:
    assert probability([bits], accounts=accounts * 10)[0] <= probability([bits], accounts=accounts)[0]


@given(st.lists(BITS, min_size=1, max_size=8))
def test_other_applicants_with_accounts_of_their_own_change_nothing(bits: list[float]) -> None:
    among = probability(bits, applicants=list(range(len(bits))))
    assert abs(among[0] - probability(bits[:1])[0]) < 1e-12


@given(BITS, BITS)
def test_a_rival_for_the_same_account_never_makes_the_first_more_probable(bits: float, rival: float) -> None:
    both = PairScores(
        np.array([0, 1], np.int32), np.array([7, 7], np.int32), np.array([bits, rival]), EvidenceRows.none()
    )
    assert probabilities(both, 1000, POLICY)[0] <= probability([bits])[0] + 1e-12


@given(st.lists(BITS, min_size=2, max_size=20), st.integers(1, 10**9))
def test_fewer_coincidences_are_expected_of_more_bits_and_more_of_more_pairs(
    bits: list[float], pairs: int
) -> None:
    ordered = np.sort(np.array(bits))
    found = expected_coincidences(ordered, pairs)
    assert (np.diff(found) <= 0).all()
    assert (found >= 0).all()
    assert (found <= pairs).all()
    assert (expected_coincidences(ordered, pairs * 2) >= found).all()


@given(
    st.lists(BITS, min_size=2, max_size=20),
    st.lists(st.floats(0.01, 60), max_size=40),
    st.integers(1, 10**9),
    st.integers(1, 5_000),
)
def test_counted_on_decoys_fewer_coincidences_are_expected_of_more_bits_and_none_is_impossible(
    bits: list[float], seen: list[float], pairs: int, applicants: int
) -> None:
    accidents = Accidents.counted(pairs, np.array(seen), applicants=applicants, decoys=1_000)
    found = accidents.expected(np.sort(np.array(bits)))
    assert (np.diff(found) <= 0).all()
    assert (found > 0).all()
    assert (found <= pairs).all()


@given(st.floats(0, 1), st.floats(0, 1))
def test_a_higher_probability_never_has_a_lower_word(first: float, second: float) -> None:
    low, high = sorted((first, second))
    order = LIKELIHOOD_TERMS.index
    assert order(likelihood_term(low)) <= order(likelihood_term(high))
