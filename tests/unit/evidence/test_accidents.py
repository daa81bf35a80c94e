from __future__ import annotations

import numpy as np
import pytest

from vetting.evidence.accidents import Accidents, decoys_wanted, expected_coincidences


def test_the_bound_is_the_pairs_times_the_chance_and_never_more_than_the_pairs() -> None:
    bits = np.array([-3.0, 0.0, 10.0])
    assert expected_coincidences(bits, 1024).tolist() == [1024.0, 1024.0, 1.0]
    assert Accidents.bounded(1024).expected(bits).tolist() == [1024.0, 1024.0, 1.0]


def test_decoy_pairs_are_counted_and_scaled_to_the_run() -> None:
    seen = np.arange(1.0, 101.0)  # 100 pairs, with 1 to 100 bits
    accidents = Accidents.counted(10**9, seen, applicants=500, decoys=1_000)
    assert accidents.expected(np.array([51.0, 91.0])).tolist() == [25.0, 5.0]


def test_beyond_the_tenth_pair_each_bit_halves_the_number() -> None:
    accidents = Accidents.counted(10**9, np.full(10, 20.0), applicants=1_000, decoys=1_000)
    assert accidents.expected(np.array([20.0, 21.0, 30.0])) == pytest.approx([10.0, 5.0, 10 / 1024])


def test_a_tail_that_falls_off_slowly_goes_on_so() -> None:
    # 64 pairs above 10 bits, 32 above 12, 16 above 14 and so on: half as many every two bits.
    seen = 10.0 - 2.0 * np.log2((np.arange(64) + 0.5) / 64)
    accidents = Accidents.counted(10**9, seen, applicants=1_000, decoys=1_000)
    far = accidents.expected(np.array([30.0, 34.0]))
    assert far[0] / far[1] == pytest.approx(4.0, rel=0.15)


def test_with_fewer_than_ten_the_weakest_is_where_it_starts() -> None:
    accidents = Accidents.counted(10**9, np.array([12.5, 12.0]), applicants=1_000, decoys=1_000)
    assert accidents.expected(np.array([12.0, 13.0])) == pytest.approx([2.0, 1.0])


def test_decoys_that_show_nothing_leave_the_bound() -> None:
    accidents = Accidents.counted(1 << 20, np.empty(0), applicants=1_000, decoys=1_000)
    assert accidents.expected(np.array([10.0])) == pytest.approx([1024.0])


def test_evidence_of_no_bits_is_as_common_as_can_be() -> None:
    accidents = Accidents.counted(777, np.full(10, 20.0), applicants=1_000, decoys=1_000)
    assert accidents.expected(np.array([0.0, -4.0])).tolist() == [777.0, 777.0]


@pytest.mark.parametrize("applicants", [100, 1_000, 5_000, 40_000, 307_000])
def test_decoys_are_enough_to_count_on_and_few_beside_a_large_run(applicants: int) -> None:
    wanted = decoys_wanted(applicants)
    assert 1_000 <= wanted <= max(1_000, 5_000, applicants // 20)
