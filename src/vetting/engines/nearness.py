"""The second tier of blocking, through an engine: pairs whose handles are near, and names near to handles."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
from attrs import frozen

from vetting.blocking.nearest import LEAST_COSINE_OF_NAMES, MOST_FORMS_PER_NAME, near_pairs
from vetting.blocking.packing import NO_PAIRS, Packed, packed
from vetting.blocking.postings import CompactForms, Postings
from vetting.blocking.sought import Sought
from vetting.engines.columns import ListColumns
from vetting.engines.protocol import Engine
from vetting.normalise.columns import Ints

__all__ = ["NO_TIERS", "NearTiers", "near_tiers"]

_TEXTS = pa.schema([("tier", pa.int8()), ("text", pa.int32())])
_NEAR = pa.schema([("tier", pa.int8()), ("left_row", pa.int32()), ("right_row", pa.int32())])
_HANDLES, _NAMES = 0, 1
_FEW = 8  # so few texts, one applicant's, are not worth an engine


@frozen(eq=False)
class NearTiers:
    """Pairs of a person and an account, distinct, ascending.

    Attributes:
        handles: Their handles are near to one another.
        names: The person's name is near to the account's handle.
    """

    handles: Packed = NO_PAIRS
    names: Packed = NO_PAIRS

    def of(self, first: int, end: int) -> NearTiers:
        """Return the pairs of a range of people."""
        tiers = (
            tier[slice(*np.searchsorted(tier, [first << 32, end << 32]))]
            for tier in (self.handles, self.names)
        )
        return NearTiers(*tiers)

    def at(self, accounts: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> NearTiers:
        """Return the pairs of some accounts, which are marked."""
        return NearTiers(*(tier[accounts[tier & 0xFFFFFFFF]] for tier in (self.handles, self.names)))


NO_TIERS = NearTiers()


def near_tiers(sought: Sought, listed: ListColumns, engine: Engine) -> NearTiers:
    """Look up everybody's handles, and names as handles would write them, among the handles of a list.

    Args:
        sought: The people.
        listed: The list.
        engine: Where texts are looked up.

    Cost: some .2 ms a distinct text.
    """
    texts = [len(sought.handles.texts), len(sought.names.texts)]
    if sum(texts) <= _FEW:
        return NearTiers(*(packed(*tier) for tier in _near(sought.handles, sought.names, listed.postings)))
    table = pa.table(
        [
            np.repeat(np.array([_HANDLES, _NAMES], np.int8), texts),
            np.concatenate([np.arange(count, dtype=np.int32) for count in texts]),
        ],
        schema=_TEXTS,
    )
    found = engine.collect(engine.map(table, _Nearing(sought.handles, sought.names, listed), _NEAR))
    tier = found["tier"].to_numpy()
    pairs = packed(found["left_row"].to_numpy(), found["right_row"].to_numpy())
    return NearTiers(np.unique(pairs[tier == _HANDLES]), np.unique(pairs[tier == _NAMES]))


def _near(
    handles: CompactForms, names: CompactForms, postings: Postings
) -> tuple[tuple[Ints, Ints], tuple[Ints, Ints]]:
    """Look handles up, and names, of which fewer and nearer forms count."""
    return (
        near_pairs(handles, postings),
        near_pairs(names, postings, most=MOST_FORMS_PER_NAME, least=LEAST_COSINE_OF_NAMES),
    )


@frozen(eq=False)
class _Nearing:
    """Looks up a batch of texts."""

    handles: CompactForms
    names: CompactForms
    listed: ListColumns

    def __call__(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        tier, text = batch["tier"].to_numpy(), batch["text"].to_numpy()
        handles = self.handles.some(text[tier == _HANDLES])
        near = _near(handles, self.names.some(text[tier == _NAMES]), self.listed.postings)
        tiers = np.repeat(np.array([_HANDLES, _NAMES], np.int8), [len(left) for left, _ in near])
        sides = (np.concatenate(side) for side in zip(*near, strict=True))
        return pa.RecordBatch.from_arrays([pa.array(tiers), *map(pa.array, sides)], schema=_NEAR)
