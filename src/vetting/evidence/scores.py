"""Scored pairs and their items of evidence, as arrays and as a table that an engine can carry."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from attrs import fields, frozen

from vetting.normalise.columns import Ints

__all__ = [
    "SCORE_SCHEMA",
    "EvidenceRows",
    "PairScores",
    "first_of_each",
    "joined_scores",
    "scores_from_table",
    "scores_to_batch",
]


@frozen(eq=False, kw_only=True)
class EvidenceRows:
    """Items of evidence, a row each: two values of one kind compared for one pair.

    Attributes:
        pair: Shape (n,): which pair.
        kind: Shape (n,): index into ``EVIDENCE_KINDS``.
        level: Shape (n,): a ``LevelCode``, never MISSING.
        rule: Shape (n,): index into the kind's ``EVIDENCE_RULES``.
        bits: Shape (n,).
        left: Shape (n,): the applicant's value, as its source row.
        right: Shape (n,): the listed value, as its source row.
        fact: Shape (n,): the applicant's fact that an agreement rests on; -1 for what does not agree.
        sharers: Shape (n,): others who have the shared value.
        tried: Shape (n,): comparisons that an agreement is the best of; it has paid log2 of it.
        counted: Shape (n,): whether the bits are in the sum.
    """

    pair: Ints
    kind: npt.NDArray[np.int8]
    level: npt.NDArray[np.int8]
    rule: npt.NDArray[np.int16]
    bits: npt.NDArray[np.float64]
    left: Ints
    right: Ints
    fact: Ints
    sharers: Ints
    tried: Ints
    counted: npt.NDArray[np.bool_]

    @classmethod
    def none(cls) -> EvidenceRows:
        """No evidence."""
        return cls(**{name: np.empty(0, kind.to_pandas_dtype()) for name, kind in _TYPES.items()})

    @classmethod
    def stacked(cls, parts: Sequence[EvidenceRows]) -> EvidenceRows:
        """Put several together."""
        return cls(**{name: np.concatenate([getattr(part, name) for part in parts]) for name in _TYPES})

    def taken(self, places: npt.NDArray[Any]) -> EvidenceRows:
        """Return some rows, by place or by mask."""
        return EvidenceRows(**{name: getattr(self, name)[places] for name in _TYPES})

    def in_order(self) -> EvidenceRows:
        """Return the rows by pair, then kind, then the most bits."""
        return self.taken(np.lexsort((self.right, self.left, -self.bits, self.kind, self.pair)))


_TYPES: dict[str, pa.DataType] = {
    "pair": pa.int32(),
    "kind": pa.int8(),
    "level": pa.int8(),
    "rule": pa.int16(),
    "bits": pa.float64(),
    "left": pa.int32(),
    "right": pa.int32(),
    "fact": pa.int32(),
    "sharers": pa.int32(),
    "tried": pa.int32(),
    "counted": pa.bool_(),
}
assert list(_TYPES) == [attribute.name for attribute in fields(EvidenceRows)]


@frozen(eq=False)
class PairScores:
    """Candidate pairs, scored.

    Attributes:
        left_rows: Shape (n,): applicants.
        right_rows: Shape (n,): accounts.
        bits: Shape (n,): sum of what counts.
        rows: The evidence, by pair.
    """

    left_rows: Ints
    right_rows: Ints
    bits: npt.NDArray[np.float64]
    rows: EvidenceRows

    def rows_of(self, pair: int) -> range:
        """Return the places of a pair's evidence."""
        first, end = np.searchsorted(self.rows.pair, [pair, pair + 1])
        return range(int(first), int(end))

    def any_row(self, where: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
        """Return which pairs have evidence among some rows; shape (n,)."""
        return np.bincount(self.rows.pair[where], minlength=len(self.bits)) > 0

    def kept(self, where: npt.NDArray[np.bool_]) -> PairScores:
        """Return some of the pairs with their evidence."""
        number = np.cumsum(where) - 1
        rows = self.rows.taken(where[self.rows.pair])
        rows.pair[:] = number[rows.pair]
        return PairScores(self.left_rows[where], self.right_rows[where], self.bits[where], rows)


def joined_scores(one: PairScores, other: PairScores) -> PairScores:
    """Put the scores of different pairs together; the pair with the most bits comes first."""
    return scores_from_table(pa.Table.from_batches([scores_to_batch(one), scores_to_batch(other)]))


def first_of_each(*sorted_columns: npt.NDArray[Any]) -> npt.NDArray[np.bool_]:
    """Mark the first row of each run of equal values in columns that are sorted together."""
    fresh = np.zeros(len(sorted_columns[0]), np.bool_)
    fresh[:1] = True
    for column in sorted_columns:
        fresh[1:] |= column[1:] != column[:-1]
    return fresh


SCORE_SCHEMA = pa.schema(
    [
        ("left_row", pa.int32()),
        ("right_row", pa.int32()),
        ("pair_bits", pa.float64()),
        *((name, kind) for name, kind in _TYPES.items() if name != "pair"),
    ]
)


def scores_to_batch(scores: PairScores) -> pa.RecordBatch:
    """Flatten scores: a row per item of evidence, with its pair; pairs without evidence are left out."""
    rows = scores.rows
    columns = [scores.left_rows[rows.pair], scores.right_rows[rows.pair], scores.bits[rows.pair]]
    columns += [getattr(rows, name) for name in _TYPES if name != "pair"]
    arrays = [pa.array(column, field.type) for column, field in zip(columns, SCORE_SCHEMA, strict=True)]
    return pa.RecordBatch.from_arrays(arrays, schema=SCORE_SCHEMA)


def scores_from_table(table: pa.Table) -> PairScores:
    """Read back what :func:`scores_to_batch` flattened; the pair with the most bits comes first."""
    columns = {
        name: table[name].combine_chunks().to_numpy(zero_copy_only=False) for name in SCORE_SCHEMA.names
    }
    order = np.lexsort(
        (
            columns["right"],
            columns["left"],
            -columns["bits"],
            columns["kind"],
            columns["right_row"],
            columns["left_row"],
            -columns["pair_bits"],
        )
    )
    columns = {name: column[order] for name, column in columns.items()}
    fresh = first_of_each(columns["left_row"], columns["right_row"])
    pair = (np.cumsum(fresh) - 1).astype(np.int32)
    rows = EvidenceRows(pair=pair, **{name: columns[name].copy() for name in _TYPES if name != "pair"})
    return PairScores(
        columns["left_row"][fresh].astype(np.int32),
        columns["right_row"][fresh].astype(np.int32),
        columns["pair_bits"][fresh].astype(np.float64),
        rows,
    )
