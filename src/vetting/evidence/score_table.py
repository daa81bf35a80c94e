"""Scored pairs as an Arrow table and back, so that an engine can carry them."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
from attrs import fields

from vetting.evidence.scoring import EVIDENCE_KINDS, KindScores, PairScores

__all__ = ["SCORE_SCHEMA", "scores_from_table", "scores_to_batch"]

_TYPES = {
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
_PARTS = [attribute.name for attribute in fields(KindScores)]

SCORE_SCHEMA = pa.schema(
    [
        ("left_row", pa.int32()),
        ("right_row", pa.int32()),
        ("bits", pa.float64()),
        *((f"{kind}_{part}", _TYPES[part]) for kind in EVIDENCE_KINDS for part in _PARTS),
    ]
)


def scores_to_batch(scores: PairScores) -> pa.RecordBatch:
    """Flatten scores: a column per kind and part."""
    columns = [pa.array(scores.left_rows), pa.array(scores.right_rows), pa.array(scores.bits)]
    columns += [
        pa.array(getattr(scores.kinds[kind], part), _TYPES[part])
        for kind in EVIDENCE_KINDS
        for part in _PARTS
    ]
    return pa.RecordBatch.from_arrays(columns, schema=SCORE_SCHEMA)


def scores_from_table(table: pa.Table) -> PairScores:
    """Read back what :func:`scores_to_batch` flattened."""

    def column(name: str) -> np.ndarray[tuple[int], np.dtype[np.generic]]:
        array: np.ndarray[tuple[int], np.dtype[np.generic]] = (
            table[name].combine_chunks().to_numpy(zero_copy_only=False)
        )
        return array

    kinds = {
        kind: KindScores(**{part: column(f"{kind}_{part}") for part in _PARTS})  # type: ignore[arg-type]  # typed by _TYPES
        for kind in EVIDENCE_KINDS
    }
    return PairScores(
        column("left_row").astype(np.int32),
        column("right_row").astype(np.int32),
        kinds,
        column("bits").astype(np.float64),
    )
