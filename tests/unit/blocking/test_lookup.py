from __future__ import annotations

import numpy as np

from vetting.blocking.keys import OwnedKeys
from vetting.blocking.lookup import key_counts, look_up

KEYS = np.array([3, 5, 5, 5, 9, 2**64 - 1], np.uint64)
ROWS = np.array([0, 0, 1, 2, 1, 4], np.int32)


def probe(*pairs: tuple[int, int]) -> OwnedKeys:
    return OwnedKeys(
        np.array([row for row, _ in pairs], np.int32), np.array([key for _, key in pairs], np.uint64)
    )


def found(*pairs: tuple[int, int]) -> list[tuple[int, int]]:
    left, right = look_up(probe(*pairs), KEYS, ROWS)
    return list(zip(left.tolist(), right.tolist(), strict=True))


def test_each_key_is_found_with_its_place_and_count() -> None:
    first, count = key_counts(np.array([1, 3, 5, 10, 2**64 - 1], np.uint64), KEYS)
    assert count.tolist() == [0, 1, 3, 0, 1]
    assert first[1:3].tolist() == [0, 1]


def test_pairs_are_distinct_and_ascending() -> None:
    assert found((7, 9), (7, 5), (2, 5)) == [(2, 0), (2, 1), (2, 2), (7, 0), (7, 1), (7, 2)]


def test_a_key_that_nobody_has_finds_nobody() -> None:
    assert found((0, 4)) == []
    assert found() == []


def test_a_key_of_too_many_accounts_is_left_out() -> None:
    left, right = look_up(probe((0, 5), (0, 3)), KEYS, ROWS, most=2)
    assert (left.tolist(), right.tolist()) == ([0], [0])
