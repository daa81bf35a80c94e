"""Identifier values as columns: owners, and codes into a dictionary of distinct forms per kind.

Everything from blocking to bits works on these arrays. A value is normalised once, and a pair of
distinct forms is compared once, however many owners share them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
from attrs import field, frozen

from vetting.records.identifiers import IdentifierKind

__all__ = ["Ints", "KindColumn", "ValueTable", "column_of", "derive", "expand", "stack"]

Ints = npt.NDArray[np.int32]
# So many owners are looked up in an index of all of them; a few, by bisection.
_MANY = 10_000


@frozen(eq=False)
class KindColumn:
    """All usable values of one kind.

    Attributes:
        owners: Shape (n,): the row of the applicant or account that has the value, ascending.
        codes: Shape (n,): index into ``forms``.
        sources: Shape (n,): row of the table that the values came from, to show them as written.
        forms: Distinct normalised forms, none empty.
    """

    owners: Ints
    codes: Ints
    sources: Ints
    forms: Sequence[str]

    @property
    def size(self) -> int:
        """How many values there are."""
        return len(self.owners)

    @cached_property
    def _owners_of_forms(self) -> npt.NDArray[np.int64]:
        return np.unique(self.owners.astype(np.int64) << 32 | self.codes) >> 32

    @cached_property
    def _starts(self) -> Ints:
        return _starts_of(self.owners)

    @cached_property
    def _starts_of_forms(self) -> Ints:
        return _starts_of(self._owners_of_forms)

    def forms_of(self, owners: Ints) -> npt.NDArray[np.int64]:
        """Return how many distinct forms each of some owners has."""
        if len(owners) > _MANY:
            starts = self._starts_of_forms
            places = np.minimum(owners, len(starts) - 2)
            counts: npt.NDArray[np.int64] = (starts[places + 1] - starts[places]).astype(np.int64)
            return counts
        first = np.searchsorted(self._owners_of_forms, owners, side="left")
        return np.searchsorted(self._owners_of_forms, owners, side="right") - first

    def spans(self, owners: Ints) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        """Return where the values of each of some owners start, and how many they are."""
        if len(owners) > _MANY:
            starts = self._starts
            places = np.minimum(owners, len(starts) - 2)
            first = starts[places].astype(np.int64)
            return first, starts[places + 1].astype(np.int64) - first
        first = np.searchsorted(self.owners, owners, side="left")
        return first, np.searchsorted(self.owners, owners, side="right") - first


def _starts_of(owners: npt.NDArray[np.integer]) -> Ints:
    """Where the entries of each owner start, one further owner without any at the end."""
    last = int(owners[-1]) if len(owners) else -1
    return np.searchsorted(owners, np.arange(last + 3)).astype(np.int32)


@frozen(eq=False)
class ValueTable:
    """The usable values of some applicants, or of a list's accounts.

    Attributes:
        owner_count: How many applicants or accounts; owners are ``0 .. owner_count - 1``.
        columns: A column for each kind that occurs.
        derived: What was worked out from the columns and is worth keeping, by name.
    """

    owner_count: int
    columns: Mapping[IdentifierKind, KindColumn] = field(factory=dict)
    derived: dict[str, Any] = field(factory=dict, repr=False)

    def column(self, kind: IdentifierKind) -> KindColumn:
        """Return the column of a kind, empty if nobody has such a value."""
        return self.columns.get(kind, _EMPTY)


def column_of(owners: Ints, forms: Sequence[str], sources: Ints) -> KindColumn:
    """Dictionary-encode values.

    Args:
        owners: Shape (n,), ascending.
        forms: n normalised forms; values with an empty form are left out.
        sources: Shape (n,): where each came from.
    """
    distinct: dict[str, int] = {}
    codes = np.fromiter((distinct.setdefault(form, len(distinct)) for form in forms), np.int32, len(forms))
    blank = distinct.get("")
    if blank is None:
        return KindColumn(owners, codes, sources, list(distinct))
    kept = codes != blank
    codes = codes[kept] - (codes[kept] > blank).astype(np.int32)
    return KindColumn(owners[kept], codes, sources[kept], [form for form in distinct if form])


def derive(column: KindColumn, texts_of: Callable[[str], Sequence[str]]) -> KindColumn:
    """Make a column of texts derived from forms, any number for each; its forms are the distinct texts.

    Args:
        column: The column to derive from.
        texts_of: Called once per distinct form.

    Returns:
        One row per owner's value and derived text, owners ascending.
    """
    distinct: dict[str, int] = {}
    places: list[int] = []
    counts = np.zeros(len(column.forms), np.int64)
    for code, form in enumerate(column.forms):
        texts = texts_of(form)
        counts[code] = len(texts)
        places.extend(distinct.setdefault(text, len(distinct)) for text in texts)
    picked, position = expand(column.codes, counts)
    codes = np.array(places, np.int32)[position]
    return KindColumn(column.owners[picked], codes, column.sources[picked], list(distinct))


def expand(
    codes: npt.NDArray[np.integer], counts: npt.NDArray[np.int64]
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Repeat each entry as often as its code has parts, and number the parts.

    Args:
        codes: Shape (n,): index into ``counts``.
        counts: Shape (m,): how many parts each code has; parts lie one code after the other.

    Returns:
        For each repetition, the entry it comes from and the position of its part.
    """
    starts = np.cumsum(counts) - counts
    repeats = counts[codes]
    entries = np.repeat(np.arange(len(codes)), repeats)
    within = np.arange(len(entries)) - np.repeat(np.cumsum(repeats) - repeats, repeats)
    return entries, np.repeat(starts[codes], repeats) + within


def stack(columns: Sequence[KindColumn]) -> KindColumn:
    """Put columns into one, owners ascending, equal forms with one code."""
    owners = np.concatenate([column.owners for column in columns])
    order = np.argsort(owners, kind="stable")
    forms: dict[str, int] = {}
    codes = [
        np.array([forms.setdefault(form, len(forms)) for form in column.forms] or [0], np.int32)[column.codes]
        for column in columns
    ]
    return KindColumn(
        owners[order],
        np.concatenate(codes)[order],
        np.concatenate([column.sources for column in columns])[order],
        list(forms),
    )


_NONE = np.empty(0, np.int32)
_EMPTY = KindColumn(_NONE, _NONE, _NONE, ())
