"""Which evidence counts: what was said before in other words is left out, or shown and not counted."""

from __future__ import annotations

import numpy as np

from vetting.compare.levels import LevelCode
from vetting.compare.names_in_handles import PARTS_OF_NAMES
from vetting.evidence.scores import EvidenceRows, first_of_each

__all__ = ["counted_once", "told_by_names"]


def told_by_names(rows: EvidenceRows, name: int, name_in_handle: int) -> EvidenceRows:
    """Leave out parts of a name in a handle where the names themselves disagree.

    A brother's address holds the family name too: what the names say of it has been said.

    Args:
        rows: In any order.
        name: Number of the kind of names.
        name_in_handle: Number of the kind of names in handles.
    """
    against = np.unique(rows.pair[(rows.kind == name) & (rows.level == LevelCode.CONFLICT)])
    part = (rows.kind == name_in_handle) & np.isin(rows.rule, PARTS_OF_NAMES)
    return rows.taken(~(part & np.isin(rows.pair, against)))


def counted_once(rows: EvidenceRows) -> EvidenceRows:
    """Of what agrees on one fact count the strongest; what contradicts always counts.

    Args:
        rows: In the order of :meth:`EvidenceRows.in_order`; ``counted`` is set in place.
    """
    agrees = np.flatnonzero((rows.bits > 0) & (rows.fact >= 0))
    order = agrees[np.lexsort((rows.kind[agrees], -rows.bits[agrees], rows.fact[agrees], rows.pair[agrees]))]
    rows.counted[agrees] = False
    rows.counted[order[first_of_each(rows.pair[order], rows.fact[order])]] = True
    return rows
