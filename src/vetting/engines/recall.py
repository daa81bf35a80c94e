"""What blocking loses, measured in the run itself: a few applicants against every account, without keys."""

from __future__ import annotations

import numpy as np
from attrs import frozen

from vetting.blocking.exhaustive import exhaustive_pairs
from vetting.blocking.packing import packed
from vetting.blocking.sought import Sought
from vetting.engines.matching import ListColumns, Matcher
from vetting.engines.pairs import CandidatePairs
from vetting.normalise.columns import Ints, KindColumn, ValueTable

__all__ = ["LEAST_BITS", "BlockingRecall", "blocking_recall"]

LEAST_BITS = 14.0
"""Pairs of less evidence are not worth finding: on lists of any size nobody would see them."""

# Comparisons of every value with every value; some tenths of a second.
_BUDGET = 4_000_000
_MOST, _FEWEST = 200, 10
_FEWEST_IN_COHORT = 100  # a run of a moment must not become one of seconds


@frozen(kw_only=True)
class BlockingRecall:
    """How many of the pairs worth finding were found.

    Attributes:
        applicants: Applicants who were compared with every account; 0 where it was not measured.
        pairs: Pairs of theirs with evidence of 14 bits or more.
        found: Those among them that blocking found.
    """

    applicants: int = 0
    pairs: int = 0
    found: int = 0


def blocking_recall(
    matcher: Matcher, sought: Sought, listed: ListColumns, size: int, pairs: CandidatePairs
) -> BlockingRecall:
    """Compare a sample of the applicants with all accounts, and count what the run's pairs lack.

    Args:
        matcher: Of the run.
        sought: The applicants.
        listed: The list.
        size: Its accounts.
        pairs: What the run found, before anything was set aside.

    Returns:
        The counts; of 0 applicants where the cohort is small or the list too long for it.
    """
    people = sought.cohort.values
    count = min(_MOST, _BUDGET // max(size, 1), people.owner_count)
    if people.owner_count < _FEWEST_IN_COHORT or count < _FEWEST or pairs.set_aside:
        return BlockingRecall()
    rows = np.unique(np.linspace(0, people.owner_count - 1, count).astype(np.int32))
    everybody = listed.values_of(np.arange(size, dtype=np.int32))
    left, right = exhaustive_pairs(_some(people, rows), everybody)
    worth = matcher.weighed(people, everybody, (left, right), listed) >= LEAST_BITS
    known = packed(pairs.table["left_row"].to_numpy(), pairs.table["right_row"].to_numpy())
    found = np.isin(packed(left[worth], right[worth]), known)
    return BlockingRecall(applicants=len(rows), pairs=len(found), found=int(found.sum()))


def _some(values: ValueTable, rows: Ints) -> ValueTable:
    """The values of some owners, under their own rows."""
    columns = {}
    for kind, column in values.columns.items():
        kept = np.isin(column.owners, rows)
        used, codes = np.unique(column.codes[kept], return_inverse=True)
        columns[kind] = KindColumn(
            column.owners[kept],
            codes.astype(np.int32),
            column.sources[kept],
            [column.forms[code] for code in used.tolist()],
        )
    return ValueTable(values.owner_count, columns)
