"""Some people's blocking keys and handles: what is looked for on every list."""

from __future__ import annotations

from attrs import frozen

from vetting.blocking.keys import OwnedKeys, blocking_keys
from vetting.blocking.postings import CompactForms, compact_forms
from vetting.normalise.cohort import Cohort

__all__ = ["Sought"]


@frozen(eq=False)
class Sought:
    """People to look for, worked out once for all lists.

    Attributes:
        cohort: The people and their values.
        keys: Their blocking keys.
        handles: Their handles, for the second tier.
    """

    cohort: Cohort
    keys: OwnedKeys
    handles: CompactForms

    @classmethod
    def of(cls, cohort: Cohort) -> Sought:
        """Work out keys and handles."""
        return cls(cohort, blocking_keys(cohort.values), compact_forms(cohort.values))
