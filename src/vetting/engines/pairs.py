"""Candidate pairs: applicants and accounts that share a blocking key, or whose handles are near.

A batch is a hash join in the engine, as many applicants at a time as keep the pairs in bounds; a few
applicants are range look-ups in the sorted arrays, without SQL. Both give the same pairs in the same order.
Near handles are looked up one by one in the list's postings, whatever the number of applicants. Of very many
pairs those are set aside that could not agree on two kinds of evidence.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from attrs import frozen

from vetting.blocking.keys import OwnedKeys
from vetting.blocking.lookup import MOST_ACCOUNTS_PER_KEY, key_counts, look_up
from vetting.blocking.packing import NO_PAIRS, Packed, packed, unpacked
from vetting.engines.protocol import Engine
from vetting.normalise.columns import Ints

__all__ = ["PAIR_SCHEMA", "CandidatePairs", "candidate_pairs"]

PAIR_SCHEMA = pa.schema([("left_row", pa.int32()), ("right_row", pa.int32())])

# Below this many keys (about 250 people) looking up beats starting a join.
_FEW_KEYS = 5_000
# So many pairs are worth a second look at which of them to compare.
MANY_PAIRS = 2_000_000
_PAIRS_AT_ONCE = 20_000_000
_NO_END = 1 << 30

Bools = npt.NDArray[np.bool_]

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
        by_likeness: Pairs found that share no key; their handles are near.
        keys_skipped: Keys of the applicants that too many accounts have.
        pairs_skipped: Pairs that these would have added, counted once per key.
        set_aside: Pairs found and not compared, since one kind of evidence at most could agree.
    """

    table: pa.Table
    by_likeness: int
    keys_skipped: int
    pairs_skipped: int
    set_aside: int = 0


Worth = Callable[[tuple[Ints, Ints], tuple[Bools, Bools]], Bools]
"""Which of some pairs are worth comparing, given which have near handles, and which a name near to a handle."""


def candidate_pairs(
    probe: OwnedKeys,
    keys: npt.NDArray[np.uint64],
    key_rows: npt.NDArray[np.int32],
    engine: Engine,
    *,
    near: tuple[Packed, Packed] = (NO_PAIRS, NO_PAIRS),
    worth: Worth | None = None,
) -> CandidatePairs:
    """Join the applicants' keys with a list's, and add the pairs whose handles are near.

    Args:
        probe: The applicants' keys.
        keys: The list's keys, ascending.
        key_rows: The account of each.
        engine: For the join of a batch.
        near: From :meth:`vetting.blocking.sought.Sought.near`.
        worth: Which pairs are worth comparing; asked only where there are very many. ``None`` for all.

    Cost: memory for some 20 million pairs at a time, and for those that are worth comparing.
    """
    _, counts = key_counts(probe.keys, keys)
    hot = counts > MOST_ACCOUNTS_PER_KEY
    used = ~hot & (counts > 0)
    many = worth is not None and int(counts[used].sum()) + sum(map(len, near)) > MANY_PAIRS
    found, by_likeness, aside = [], 0, 0
    for first, end in _rounds(probe.owners[used], counts[used]):
        inside = used & (probe.owners >= first) & (probe.owners < end)
        by_key = _joined(OwnedKeys(probe.owners[inside], probe.keys[inside]), keys, key_rows, engine)
        tiers = [tier[slice(*np.searchsorted(tier, [first << 32, end << 32]))] for tier in near]
        pairs = np.unique(np.concatenate([by_key, *tiers])) if any(map(len, tiers)) else by_key
        by_likeness += len(pairs) - len(by_key)
        if many and worth is not None:
            kept = worth(unpacked(pairs), (_among(pairs, tiers[0]), _among(pairs, tiers[1])))
            aside += int((~kept).sum())
            pairs = pairs[kept]
        found.append(pairs)
    rows = unpacked(np.concatenate([NO_PAIRS, *found]))
    # Arrow's own way from an array looks for pandas first, which takes as long as one applicant's run.
    columns = [pa.Array.from_buffers(pa.int32(), len(side), [None, pa.py_buffer(side)]) for side in rows]
    table = pa.Table.from_arrays(columns, schema=PAIR_SCHEMA)
    skipped = len(np.unique(probe.keys[hot])), int(counts[hot].sum())
    return CandidatePairs(table, by_likeness, *skipped, set_aside=aside)


def _rounds(owners: Ints, counts: npt.NDArray[np.int64]) -> Iterator[tuple[int, int]]:
    """Ranges of applicants that have about so many pairs together; the last is open."""
    per_owner = np.bincount(owners, weights=counts) if len(owners) else np.zeros(0)
    rounds = (np.cumsum(per_owner) // _PAIRS_AT_ONCE).astype(np.int64)
    edges = [0, *(np.flatnonzero(np.diff(rounds)) + 1).tolist(), _NO_END]
    return pairwise(edges)


def _joined(
    probe: OwnedKeys, keys: npt.NDArray[np.uint64], key_rows: npt.NDArray[np.int32], engine: Engine
) -> Packed:
    if len(probe.keys) <= _FEW_KEYS:
        return packed(*look_up(probe, keys, key_rows))
    # Spark has no unsigned numbers; the same bits, read as signed, join the same.
    table = engine.collect(
        engine.sql(
            _JOIN,
            probe=pa.table({"key": probe.keys.view(np.int64), "row": probe.owners}),
            listed=pa.table({"key": np.asarray(keys).view(np.int64), "row": np.asarray(key_rows)}),
        )
    ).cast(PAIR_SCHEMA)
    return packed(table["left_row"].to_numpy(), table["right_row"].to_numpy())


def _among(pairs: Packed, tier: Packed) -> Bools:
    """Which pairs are in a tier; both ascending."""
    if not len(tier):
        return np.zeros(len(pairs), np.bool_)
    place = np.searchsorted(tier, pairs).clip(max=len(tier) - 1)
    found: Bools = tier[place] == pairs
    return found
