"""Some people's blocking keys and handles: what is looked for on every list."""

from __future__ import annotations

from functools import cached_property

from attrs import frozen

from vetting.blocking.keys import OwnedKeys, blocking_keys, core_keys
from vetting.blocking.keys_of_one import keys_of_one
from vetting.blocking.postings import CompactForms, compact_forms, name_texts
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

    @cached_property
    def sketch(self) -> Sketch:
        """The people's values as a few numbers."""
        return Sketch.of(self.cohort.values)

    @cached_property
    def core_keys(self) -> tuple[OwnedKeys, OwnedKeys]:
        """Those of the keys by which names and handles meet: of names, and of handles."""
        return core_keys(self.cohort.values)
