from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from vetting.evidence.scores import (
    SCORE_SCHEMA,
    EvidenceRows,
    PairScores,
    first_of_each,
    scores_from_table,
    scores_to_batch,
)

PARTS = ("pair", "kind", "level", "rule", "bits", "left", "right", "fact", "sharers", "tried", "counted")


def rows(*given: tuple[int, int, float]) -> EvidenceRows:
    """Items as (pair, kind, bits); the rest is made up, but different from row to row."""
    none = EvidenceRows.none()
    values: dict[str, Any] = {
        name: np.arange(len(given)).astype(getattr(none, name).dtype) for name in PARTS if name != "counted"
    }
    for place, name in enumerate(("pair", "kind", "bits")):
        values[name] = np.array([one[place] for one in given], getattr(none, name).dtype)
    return EvidenceRows(**values, counted=np.arange(len(given)) % 2 == 0)


SCORES = PairScores(
    np.array([4, 0, 2], np.int32),
    np.array([7, 9, 1], np.int32),
    np.array([3.0, 12.5, -1.0]),
    rows((0, 1, 3.0), (1, 0, 10.0), (1, 2, 2.5), (2, 5, -1.0)),
)


def test_the_evidence_of_a_pair_is_found_by_its_number() -> None:
    assert [list(SCORES.rows_of(pair)) for pair in range(3)] == [[0], [1, 2], [3]]
    assert SCORES.any_row(SCORES.rows.bits > 2.6).tolist() == [True, True, False]


def test_pairs_that_are_kept_keep_their_evidence_under_new_numbers() -> None:
    kept = SCORES.kept(np.array([False, True, True]))
    assert (kept.left_rows.tolist(), kept.right_rows.tolist()) == ([0, 2], [9, 1])
    assert kept.rows.pair.tolist() == [0, 0, 1]
    assert kept.rows.bits.tolist() == [10.0, 2.5, -1.0]
    assert SCORES.rows.pair.tolist() == [0, 1, 1, 2]


@pytest.mark.parametrize("cut", [0, 1, 2, 4])
def test_scores_survive_their_table_strongest_pair_first(cut: int) -> None:
    batch = scores_to_batch(SCORES)
    assert batch.schema == SCORE_SCHEMA
    back = scores_from_table(pa.Table.from_batches([batch.slice(cut), batch.slice(0, cut)]))
    assert back.bits.tolist() == [12.5, 3.0, -1.0]
    assert list(zip(back.left_rows.tolist(), back.right_rows.tolist(), strict=True)) == [
        (0, 9),
        (4, 7),
        (2, 1),
    ]
    assert back.rows.pair.tolist() == [0, 0, 1, 2]
    order = [1, 2, 0, 3]
    for part in PARTS[1:]:
        assert getattr(back.rows, part).tolist() == getattr(SCORES.rows, part)[order].tolist()


def test_an_empty_table_has_no_scores_and_no_evidence_is_no_rows() -> None:
    assert scores_from_table(SCORE_SCHEMA.empty_table()).bits.shape == (0,)
    assert len(EvidenceRows.none().bits) == 0
    assert len(EvidenceRows.stacked([EvidenceRows.none(), SCORES.rows]).bits) == 4


def test_items_are_ordered_by_pair_then_kind_then_most_bits() -> None:
    mixed = rows((1, 0, 1.0), (0, 3, 2.0), (0, 3, 5.0), (0, 1, 0.0)).in_order()
    assert list(zip(mixed.pair.tolist(), mixed.kind.tolist(), mixed.bits.tolist(), strict=True)) == [
        *((0, 1, 0.0), (0, 3, 5.0), (0, 3, 2.0), (1, 0, 1.0)),
    ]


def test_the_first_of_each_run_is_marked() -> None:
    assert first_of_each(np.array([1, 1, 2, 2]), np.array([5, 5, 5, 6])).tolist() == [True, False, True, True]
    assert first_of_each(np.array([])).tolist() == []
