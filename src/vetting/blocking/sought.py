"""Some people's blocking keys and handles: what is looked for on every list."""

from __future__ import annotations

from functools import cached_property

from attrs import frozen

from vetting.blocking.keys import OwnedKeys, blocking_keys
from vetting.blocking.keys_of_one import keys_of_one
from vetting.blocking.nearest import LEAST_COSINE_OF_NAMES, MOST_FORMS_PER_NAME, near_pairs
from vetting.blocking.packing import Packed, packed
from vetting.blocking.postings import CompactForms, Postings, compact_forms, name_texts
from vetting.blocking.sketches import Sketch
from vetting.normalise.cohort import Cohort

__all__ = ["Sought"]


@frozen(eq=False, slots=False)
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
        keys = keys_of_one(values) if values.owner_count == 1 else blocking_keys(values)
        return cls(cohort, keys, compact_forms(values), name_texts(values))

    def near(self, postings: Postings) -> tuple[Packed, Packed]:
        """Return the pairs of a person and an account whose handles are near, and of a name near to a handle.

        Args:
            postings: The list's.

        Returns:
            For either tier the pairs, distinct, ascending: the person's row in the upper 32 bits, the account's
            in the lower.
        """
        by_handle = near_pairs(self.handles, postings)
        by_name = near_pairs(self.names, postings, most=MOST_FORMS_PER_NAME, least=LEAST_COSINE_OF_NAMES)
        return packed(*by_handle), packed(*by_name)

    @cached_property
    def sketch(self) -> Sketch:
        """The people's values as a few numbers."""
        return Sketch.of(self.cohort.values)
