"""From blocking keys to candidate pairs.

The keys of a few applicants are looked up in the list's sorted arrays; those of many are joined by the
engine, in rounds of applicants. A single applicant goes without SQL. Both give the same pairs in the same order.
Pairs with near handles are added, and those set aside that could not surface.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from attrs import evolve, frozen

from vetting.blocking.keys import OwnedKeys
from vetting.blocking.lookup import key_counts, look_up
from vetting.blocking.packing import NO_PAIRS, Packed, packed, unpacked
from vetting.engines.nearness import NO_TIERS, NearTiers
from vetting.engines.protocol import Engine
from vetting.evidence.worth import NearPairs
from vetting.normalise.columns import Ints

__all__ = ["PAIR_SCHEMA", "CandidatePairs", "Keys", "Worth", "candidate_pairs", "pair_table"]

PAIR_SCHEMA = pa.schema([("left_row", pa.int32()), ("right_row", pa.int32())])

# Below this many keys (about 250 people) looking up beats starting a join.
_FEW_KEYS = 5_000
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
class Keys:
    """A list's keys.

    Attributes:
        keys: Shape (n,), ascending.
        rows: Shape (n,): the account of each.
        most: Accounts that may have a key that is used.
    """

    keys: npt.NDArray[np.uint64]
    rows: npt.NDArray[np.int32]
    most: int

    def at(self, accounts: Bools) -> Keys:
        """Return the keys of some accounts, which are marked."""
        kept = accounts[self.rows]
        return evolve(self, keys=self.keys[kept], rows=self.rows[kept])


@frozen(eq=False)
class CandidatePairs:
    """The pairs worth comparing, and what was left out.

    Attributes:
        table: ``left_row, right_row``, ascending.
        by_likeness: Pairs found that share no key; their handles are near.
        keys_skipped: Keys of the applicants that too many accounts have.
        pairs_skipped: Pairs that these would have added, counted once per key.
        set_aside: Pairs found and not compared, since they could not surface.
    """

    table: pa.Table
    by_likeness: int
    keys_skipped: int
    pairs_skipped: int
    set_aside: int = 0

    @property
    def packed(self) -> Packed:
        """The pairs as numbers."""
        return packed(self.table["left_row"].to_numpy(), self.table["right_row"].to_numpy())


@frozen(eq=False)
class Worth:
    """Which pairs are worth comparing.

    Attributes:
        core_keys: The applicants' keys by which names and handles meet: of names, and of handles.
        judge: Asked for each pair, by the rows of either side and what is known of them.
    """

    core_keys: tuple[OwnedKeys, OwnedKeys]
    judge: Callable[[tuple[Ints, Ints], NearPairs], Bools]


def candidate_pairs(
    probe: OwnedKeys, listed: Keys, engine: Engine, *, near: NearTiers = NO_TIERS, worth: Worth | None = None
) -> CandidatePairs:
    """Join the applicants' keys with a list's, and add the pairs whose handles are near.

    Args:
        probe: The applicants' keys.
        listed: The list's.
        engine: For the join of a batch.
        near: Pairs that are near.
        worth: Which pairs are worth comparing; ``None`` for all.

    Cost: memory for some 20 million pairs at a time, and for those that are worth comparing.
    """
    _, counts = key_counts(probe.keys, listed.keys)
    hot = counts > listed.most
    used = ~hot & (counts > 0)
    found, by_likeness, aside = [], 0, 0
    for first, end in _rounds(probe.owners[used], counts[used]):
        by_key = _joined(_between(probe, first, end, used), listed, engine)
        tiers = near.of(first, end)
        several = len(tiers.handles) + len(tiers.names) > 0
        pairs = np.unique(np.concatenate([by_key, tiers.handles, tiers.names])) if several else by_key
        by_likeness += len(pairs) - len(by_key)
        if worth is not None:
            cores = (packed(*_looked_up(_between(part, first, end), listed)) for part in worth.core_keys)
            named, naming = (_among(pairs, part) for part in cores)
            known = NearPairs(
                handles=_among(pairs, tiers.handles),
                names=_among(pairs, tiers.names),
                named=named,
                naming=naming,
            )
            kept = worth.judge(unpacked(pairs), known)
            aside += int((~kept).sum())
            pairs = pairs[kept]
        found.append(pairs)
    table = pair_table(np.concatenate([NO_PAIRS, *found]))
    skipped = len(np.unique(probe.keys[hot])), int(counts[hot].sum())
    return CandidatePairs(table, by_likeness, *skipped, set_aside=aside)


def pair_table(pairs: Packed) -> pa.Table:
    """Lay packed pairs out as a table of :data:`PAIR_SCHEMA`."""
    # Arrow's own way from an array looks for pandas first, which takes as long as one applicant's run.
    columns = [
        pa.Array.from_buffers(pa.int32(), len(side), [None, pa.py_buffer(side)]) for side in unpacked(pairs)
    ]
    return pa.Table.from_arrays(columns, schema=PAIR_SCHEMA)


def _rounds(owners: Ints, counts: npt.NDArray[np.int64]) -> Iterator[tuple[int, int]]:
    """Ranges of applicants that have about so many pairs together; the last is open."""
    per_owner = np.bincount(owners, weights=counts) if len(owners) else np.zeros(0)
    rounds = (np.cumsum(per_owner) // _PAIRS_AT_ONCE).astype(np.int64)
    edges = [0, *(np.flatnonzero(np.diff(rounds)) + 1).tolist(), _NO_END]
    return pairwise(edges)


def _between(keys: OwnedKeys, first: int, end: int, used: Bools | None = None) -> OwnedKeys:
    """The keys of a range of applicants."""
    inside = (keys.owners >= first) & (keys.owners < end)
    if used is not None:
        inside &= used
    return OwnedKeys(keys.owners[inside], keys.keys[inside])


def _looked_up(probe: OwnedKeys, listed: Keys) -> tuple[Ints, Ints]:
    return look_up(probe, listed.keys, listed.rows, most=listed.most)


def _joined(probe: OwnedKeys, listed: Keys, engine: Engine) -> Packed:
    if len(probe.keys) <= _FEW_KEYS:
        return packed(*_looked_up(probe, listed))
    # Spark has no unsigned numbers; the same bits, read as signed, join the same.
    table = engine.collect(
        engine.sql(
            _JOIN,
            probe=pa.table({"key": probe.keys.view(np.int64), "row": probe.owners}),
            listed=pa.table({"key": np.asarray(listed.keys).view(np.int64), "row": np.asarray(listed.rows)}),
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
