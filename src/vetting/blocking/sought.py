"""Some people's blocking keys and handles: what is looked for on every list."""

from __future__ import annotations

import numpy as np
from attrs import frozen

from vetting.blocking.keys import OwnedKeys, blocking_keys
from vetting.blocking.nearest import LEAST_COSINE_OF_NAMES, MOST_FORMS_PER_NAME, near_pairs
from vetting.blocking.postings import CompactForms, Postings, compact_forms, name_texts
from vetting.normalise.cohort import Cohort
from vetting.normalise.columns import Ints

__all__ = ["Sought"]


@frozen(eq=False)
class Sought:
    """People to look for, worked out once for all lists.

    Attributes:
        cohort: The people and their values.
        keys: Their blocking keys.
        handles: Their handles, for the second tier.
        names: Their names as handles would write them, for the same.
    """

    cohort: Cohort
    keys: OwnedKeys
    handles: CompactForms
    names: CompactForms

    @classmethod
    def of(cls, cohort: Cohort) -> Sought:
        """Work out keys and handles."""
        values = cohort.values
        return cls(cohort, blocking_keys(values), compact_forms(values), name_texts(values))

    def near(self, postings: Postings) -> tuple[Ints, Ints]:
        """Return the pairs of a person and an account whose handles are near, or a name and a handle.

        Args:
            postings: The list's.

        Returns:
            Rows of people and of accounts, distinct, ascending.
        """
        found = (
            near_pairs(self.handles, postings),
            near_pairs(self.names, postings, most=MOST_FORMS_PER_NAME, least=LEAST_COSINE_OF_NAMES),
        )
        packed = np.union1d(*(one.astype(np.int64) << 32 | other for one, other in found))
        return (packed >> 32).astype(np.int32), (packed & 0xFFFFFFFF).astype(np.int32)
