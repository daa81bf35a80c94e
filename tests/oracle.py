"""The oracle: screening without blocking. Slow and obviously right; it says what blocking may have lost."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from unittest.mock import patch

import numpy as np
import pyarrow as pa
from attrs import fields

from vetting.engines.pairs import PAIR_SCHEMA, CandidatePairs
from vetting.evidence.policy import SurfacingPolicy
from vetting.evidence.screening_result import Screening
from vetting.ingestion import ListStore
from vetting.records.people import Applicant
from vetting.screening import screen

__all__ = ["screen_all_pairs"]


def screen_all_pairs(
    applicants: Sequence[Applicant], store: ListStore, *, policy: SurfacingPolicy | None = None
) -> Screening:
    """Compare every applicant with every account of every list, and ask the same policy.

    Only the choice of pairs is replaced; weights, probabilities and surfacing are those of a real run, so
    that a difference can only come from blocking.

    Cost: applicants times accounts comparisons.
    """

    def everybody(*_given: Any, **_named: Any) -> CandidatePairs:
        size = store.shard(list_ids.pop(0)).size
        left = np.repeat(np.arange(len(applicants)), size)
        right = np.tile(np.arange(size), len(applicants))
        table = pa.table([left.astype(np.int32), right.astype(np.int32)], schema=PAIR_SCHEMA)
        nothing_left_out = {one.name: 0 for one in fields(CandidatePairs) if one.name != "table"}
        return CandidatePairs(table=table, **nothing_left_out)

    list_ids = [held.id for held in store.lists()]
    with patch("vetting.engines.matching.candidate_pairs", everybody):
        return screen(applicants, store, policy=policy)
