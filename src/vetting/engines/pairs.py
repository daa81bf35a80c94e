"""Candidate pairs: applicants and accounts that share a blocking key, or whose handles are near.

A batch is a hash join in the engine; a few applicants are range look-ups in the sorted arrays, without
SQL. Both give the same pairs in the same order. Near handles are looked up one by one in the list's
postings, whatever the number of applicants.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from attrs import frozen

from vetting.blocking.keys import OwnedKeys
from vetting.blocking.lookup import MOST_ACCOUNTS_PER_KEY, key_counts, look_up
from vetting.engines.protocol import Engine
from vetting.normalise.columns import Ints

__all__ = ["PAIR_SCHEMA", "CandidatePairs", "candidate_pairs"]

PAIR_SCHEMA = pa.schema([("left_row", pa.int32()), ("right_row", pa.int32())])

# Below this many keys (about 250 people) looking up beats starting a join.
_FEW_KEYS = 5_000

_JOIN = """
    WITH pairs AS (
        SELECT DISTINCT probe.row AS left_row, listed.row AS right_row
        FROM probe JOIN listed ON probe.key = listed.key
    )
    SELECT left_row, right_row FROM pairs ORDER BY left_row, right_row
"""


@frozen(eq=False)
class CandidatePairs:
    """The pairs worth comparing, and what was left out.

    Attributes:
        table: ``left_row, right_row``, ascending.
        by_likeness: Pairs among them that share no key; their handles are near.
        keys_skipped: Keys of the applicants that too many accounts have.
        pairs_skipped: Pairs that these would have added, counted once per key.
    """

    table: pa.Table
    by_likeness: int
    keys_skipped: int
    pairs_skipped: int


def candidate_pairs(
    probe: OwnedKeys,
    keys: npt.NDArray[np.uint64],
    key_rows: npt.NDArray[np.int32],
    engine: Engine,
    *,
    near: tuple[Ints, Ints] | None = None,
) -> CandidatePairs:
    """Join the applicants' keys with a list's, and add the pairs whose handles are near.

    Args:
        probe: The applicants' keys.
        keys: The list's keys, ascending.
        key_rows: The account of each.
        engine: For the join of a batch.
        near: Applicant and account rows from :func:`vetting.blocking.nearest.near_pairs`; ``None`` for none.
    """
    _, counts = key_counts(probe.keys, keys)
    hot = counts > MOST_ACCOUNTS_PER_KEY
    used = OwnedKeys(probe.owners[~hot & (counts > 0)], probe.keys[~hot & (counts > 0)])
    if len(probe.keys) <= _FEW_KEYS:
        left, right = look_up(used, keys, key_rows)
        table = pa.table([left, right], schema=PAIR_SCHEMA)
    else:
        # Spark has no unsigned numbers; the same bits, read as signed, join the same.
        table = engine.collect(
            engine.sql(
                _JOIN,
                probe=pa.table({"key": used.keys.view(np.int64), "row": used.owners}),
                listed=pa.table({"key": np.asarray(keys).view(np.int64), "row": np.asarray(key_rows)}),
            )
        ).cast(PAIR_SCHEMA)
    table, by_likeness = _united(table, near)
    return CandidatePairs(table, by_likeness, len(np.unique(probe.keys[hot])), int(counts[hot].sum()))


def _united(table: pa.Table, near: tuple[Ints, Ints] | None) -> tuple[pa.Table, int]:
    """The pairs of both tiers, in order, each once; and how many the second adds."""
    if near is None or not len(near[0]):
        return table, 0
    by_key = _packed(table["left_row"].to_numpy(), table["right_row"].to_numpy())
    pairs = np.union1d(by_key, _packed(*near))
    rows = [(pairs >> 32).astype(np.int32), (pairs & 0xFFFFFFFF).astype(np.int32)]
    return pa.table(rows, schema=PAIR_SCHEMA), len(pairs) - len(by_key)


def _packed(left: Ints, right: Ints) -> npt.NDArray[np.int64]:
    packed: npt.NDArray[np.int64] = left.astype(np.int64) << 32 | right
    return packed
