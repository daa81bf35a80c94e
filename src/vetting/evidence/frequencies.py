"""How many people or accounts have which value: learned at ingest from a list, and from the cohort."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
from attrs import field, frozen

from vetting.blocking.hashing import Hashes, hash_text, hash_texts
from vetting.evidence.characters import ALPHABET, CharacterModel, count_trigrams
from vetting.evidence.holders import holders_of
from vetting.normalise.columns import Ints, KindColumn, ValueTable, derive
from vetting.normalise.handle_like import handle_like
from vetting.normalise.handle_parts import parts_of
from vetting.normalise.places import place_parts
from vetting.records.dates import PartialDate
from vetting.records.identifiers import IdentifierKind as Kind

__all__ = [
    "FREQUENCY_ARRAYS",
    "FREQUENCY_KINDS",
    "Frequencies",
    "HashCounts",
    "count_frequencies",
    "merge_frequencies",
]

FREQUENCY_KINDS = (
    "email", "phone", "handle", "core", "affix", "name_word", "postcode", "place_word", "url", "year"
)  # fmt: skip
FREQUENCY_ARRAYS = ("hashes", "counts", "starts", "owners", "trigrams")

# A value that one owner has is as rare as one never seen: only repeated values are held. The words of
# names are kept whole, since most names are made of words seen once or more.
_KEEP_SINGLE = frozenset({"name_word"})
_SIZE = len(ALPHABET)
_FEW = 4  # so many values are hashed faster one by one
_MOST_REMEMBERED = 1_000_000  # answers


@frozen(eq=False)
class HashCounts:
    """How many owners have each value of one kind, the values known by their 64-bit hashes.

    Two values in 60 million share a hash with a chance of .1; then their counts are added.

    Attributes:
        hashes: Shape (n,), ascending; may be memory-mapped.
        counts: Shape (n,): owners of each.
    """

    hashes: Hashes
    counts: npt.NDArray[np.int32]
    _known: dict[str, bool] = field(init=False, factory=dict, repr=False)

    @cached_property
    def _starts(self) -> list[int]:
        """Where the hashes begin that start with each 16 bits."""
        heads = np.arange(1 << 16, dtype=np.uint64) << np.uint64(48)
        return [*np.searchsorted(self.hashes, heads).tolist(), len(self.hashes)]

    def of(self, values: Sequence[str], *, hashes: Hashes | None = None) -> npt.NDArray[np.int64]:
        """Return the owners of each of some values, 0 where there are none; their hashes may be known."""
        if not len(self.hashes) or not len(values):
            return np.zeros(len(values), np.int64)
        if hashes is not None:
            asked = hashes
        elif len(values) <= _FEW:
            asked = np.array([hash_text(value) for value in values], np.uint64)
        else:
            asked = hash_texts(values)
        place = np.searchsorted(self.hashes, asked).clip(max=len(self.hashes) - 1)
        return np.where(self.hashes[place] == asked, self.counts[place], 0).astype(np.int64)

    @cached_property
    def most(self) -> int:
        """Owners of the value that most have."""
        return int(self.counts.max(initial=0))

    def learn(self, values: Sequence[str], hashes: Hashes) -> None:
        """Look some values up together, of which single questions will follow.

        Args:
            values: n values.
            hashes: Shape (n,): of :func:`vetting.blocking.hashing.hash_texts`.
        """
        if len(self._known) > _MOST_REMEMBERED:
            self._known.clear()
        if len(self.hashes):
            place = np.searchsorted(self.hashes, hashes).clip(max=len(self.hashes) - 1)
            self._known.update(zip(values, (self.hashes[place] == hashes).tolist(), strict=True))

    def __contains__(self, value: str) -> bool:
        known = self._known.get(value)
        if known is None:
            if len(self._known) > _MOST_REMEMBERED:
                self._known.clear()
            asked = hash_text(value)
            start, end = self._starts[asked >> 48 : (asked >> 48) + 2]
            place = bisect_left(self.hashes, asked, start, end)
            known = self._known[value] = place < end and bool(
                self.hashes[place] == asked and self.counts[place]
            )
        return known


@frozen(eq=False)
class Frequencies:
    """Counts of owners per value, and the trigrams of handles.

    Attributes:
        counts: Kind of value (one of :data:`FREQUENCY_KINDS`) -> owners of its values; values of one owner
            are left out, except words of names.
        owners: Kind of value -> owners that have any.
        trigrams: Shape (38 ** 3,), see :func:`vetting.evidence.characters.count_trigrams`.
    """

    counts: Mapping[str, HashCounts]
    owners: Mapping[str, int]
    trigrams: npt.NDArray[np.int64] = field(factory=lambda: np.zeros(_SIZE**3, np.int64))

    @cached_property
    def characters(self) -> CharacterModel:
        """The character model of these handles and of what ships with the package."""
        return CharacterModel(self.trigrams)

    def others(
        self, kind: str, values: Sequence[str], *, hashes: Hashes | None = None
    ) -> npt.NDArray[np.int64]:
        """Return how many owners have each value beside the one at hand.

        Args:
            kind: A kind of value.
            values: n values.
            hashes: Shape (n,): theirs, if they are known.

        Returns:
            Shape (n,), at least 0.
        """
        known = self.counts.get(kind)
        if known is None:
            return np.zeros(len(values), np.int64)
        return np.maximum(known.of(values, hashes=hashes) - 1, 0)

    def most_owners(self, kind: str) -> int:
        """How many owners have the commonest value of a kind."""
        return self.counts[kind].most if kind in self.counts else 0

    def learn(self, kind: str, values: Sequence[str], hashes: Hashes) -> None:
        """Look some values up together, of which :meth:`has` will be asked; see :meth:`HashCounts.learn`."""
        if kind in self.counts:
            self.counts[kind].learn(values, hashes)

    def has(self, kind: str, value: str) -> bool:
        """Whether a repeated value, or a word of a name, was seen."""
        return kind in self.counts and value in self.counts[kind]

    def to_arrays(self) -> dict[str, npt.NDArray[np.generic]]:
        """Return the counts as plain arrays for the store, kind after kind."""
        held = [self.counts.get(kind, _NONE) for kind in FREQUENCY_KINDS]
        return {
            "hashes": np.concatenate([one.hashes for one in held]),
            "counts": np.concatenate([one.counts for one in held]).astype(np.int32),
            "starts": np.cumsum([0, *(len(one.hashes) for one in held)]).astype(np.int64),
            "owners": np.array([self.owners.get(kind, 0) for kind in FREQUENCY_KINDS], np.int64),
            "trigrams": self.trigrams,
        }

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, npt.NDArray[Any]]) -> Frequencies:
        """Read back what :meth:`to_arrays` made; the arrays are not copied.

        Raises:
            ValueError: The arrays do not belong together.
        """
        starts = arrays["starts"].tolist()
        sizes = len(arrays["hashes"]), len(arrays["counts"])
        if len(starts) != len(FREQUENCY_KINDS) + 1 or sizes != (starts[-1], starts[-1]):
            raise ValueError("the arrays of the counts do not fit together")
        counts = {
            kind: HashCounts(arrays["hashes"][start:end], arrays["counts"][start:end])
            for kind, start, end in zip(FREQUENCY_KINDS, starts, starts[1:], strict=False)
        }
        owners = dict(zip(FREQUENCY_KINDS, arrays["owners"].tolist(), strict=True))
        return cls(counts, owners, arrays["trigrams"])


def merge_frequencies(parts: Iterable[Frequencies]) -> Frequencies:
    """Add up the counts of parts of one list, which have no owner in common.

    Args:
        parts: Counted with ``singles=True``; taken one at a time.

    Returns:
        The whole list's counts, without trigrams; values of one owner are left out now.

    Cost: 12 bytes per distinct value, twice.
    """
    gathered: dict[str, list[HashCounts]] = {kind: [] for kind in FREQUENCY_KINDS}
    owners = dict.fromkeys(FREQUENCY_KINDS, 0)
    for part in parts:
        for kind in FREQUENCY_KINDS:
            gathered[kind].append(part.counts.get(kind, _NONE))
            owners[kind] += part.owners.get(kind, 0)
    counts = {}
    for kind in FREQUENCY_KINDS:
        found = gathered.pop(kind) or [_NONE]
        merged = _summed(
            np.concatenate([one.hashes for one in found]), np.concatenate([one.counts for one in found])
        )
        counts[kind] = merged if kind in _KEEP_SINGLE else _repeated(merged)
    return Frequencies(counts, owners)


def count_frequencies(values: ValueTable, *, singles: bool = False) -> Frequencies:
    """Count the owners of every value.

    Args:
        values: Applicants, or a list's accounts.
        singles: Keep the values of one owner, to be merged with other parts of the list. The trigrams are left
            out then: a handle that several parts have is counted once, by whoever merges.

    Cost: one call per distinct form, then sorts of whole columns.
    """
    places = values.column(Kind.PLACE)
    like, reduced = handle_like(values).column, parts_of(values)
    handles = like.rewritten(reduced.compact)
    parts = {
        "email": values.column(Kind.EMAIL),
        "phone": values.column(Kind.PHONE),
        "handle": handles,
        "core": like.rewritten(reduced.core),
        "affix": like.spread(reduced.affix_counts, reduced.affixes),
        "name_word": derive(values.column(Kind.NAME), str.split),
        "postcode": derive(places, _postcode),
        "place_word": derive(places, lambda form: place_parts(form)[1]),
        "url": derive(values.column(Kind.URL), lambda form: [form.casefold()]),
        "year": derive(values.column(Kind.DATE_OF_BIRTH), year_of),
    }
    holders = holders_of(values)
    # Mailboxes and numbers are what tells holders; of these, accounts are counted.
    everybody = np.arange(values.owner_count, dtype=np.int32)
    counts, owners = {}, {}
    for kind, column in parts.items():
        people = everybody if kind in {"email", "phone"} else holders
        found = _owners_per_form(column, people)
        counts[kind] = found if singles or kind in _KEEP_SINGLE else _repeated(found)
        having = np.zeros(values.owner_count, np.bool_)
        having[people[column.owners]] = True
        owners[kind] = int(having.sum())
    if singles:
        return Frequencies(counts, owners)
    return Frequencies(counts, owners, count_trigrams(handles.forms))


def _owners_per_form(column: KindColumn, people: Ints) -> HashCounts:
    owned = people[column.owners].astype(np.int64) << 32 | column.codes
    owned.sort()  # np.unique would build a hash table
    fresh = np.ones(len(owned), np.bool_)
    fresh[1:] = owned[1:] != owned[:-1]
    counts = np.bincount(owned[fresh] & 0xFFFFFFFF, minlength=len(column.forms))
    return _summed(hash_texts(column.forms), counts.astype(np.int32))


def _summed(hashes: Hashes, counts: npt.NDArray[np.int32]) -> HashCounts:
    """Sort by hash, and add the counts of equal ones."""
    order = np.argsort(hashes, kind="stable")
    hashes = hashes[order]
    first = np.flatnonzero(np.concatenate(([True], hashes[1:] != hashes[:-1]))) if len(hashes) else _NO_PLACES
    summed = np.add.reduceat(counts[order], first) if len(first) else counts
    return HashCounts(hashes[first], summed.astype(np.int32))


def _repeated(found: HashCounts) -> HashCounts:
    kept = found.counts > 1
    return HashCounts(found.hashes[kept], found.counts[kept])


_NO_PLACES = np.empty(0, np.int64)
_NONE = HashCounts(np.empty(0, np.uint64), np.empty(0, np.int32))


def _postcode(form: str) -> list[str]:
    postcode, _ = place_parts(form)
    return [postcode] if postcode else []


def year_of(form: str) -> list[str]:
    year = PartialDate.parse(form).year
    return [str(year)] if year else []
