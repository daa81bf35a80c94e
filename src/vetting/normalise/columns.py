"""Identifier values as columns: owners, and codes into a dictionary of distinct forms per kind.

Everything from blocking to bits works on these arrays. A value is normalised once, and a pair of
distinct forms is compared once, however many owners share them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from itertools import chain
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from attrs import field, frozen

from vetting.normalise.texts import Texts, encoded
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

    def rewritten(self, texts: Sequence[str]) -> KindColumn:
        """Return the same values under other texts.

        Args:
            texts: One for each form; equal ones become one form.
        """
        codes, distinct = encoded(texts)
        return KindColumn(self.owners, codes[self.codes] if self.size else self.codes, self.sources, distinct)

    def kept(self, marked: npt.NDArray[np.bool_]) -> KindColumn:
        """Return some of the values; forms that nobody has any more are left out.

        Args:
            marked: Shape (n,): which.
        """
        used, codes = np.unique(self.codes[marked], return_inverse=True)
        if isinstance(self.forms, Texts):
            forms: Sequence[str] = Texts(pa.array(self.forms).take(pa.array(used)))
        else:
            forms = [self.forms[code] for code in used.tolist()]
        return KindColumn(self.owners[marked], codes.astype(np.int32), self.sources[marked], forms)

    def spread(self, counts: npt.NDArray[np.int64], texts: Sequence[str]) -> KindColumn:
        """Return a column of texts that belong to the forms, any number to each.

        Args:
            counts: Shape (forms,): how many texts each form has.
            texts: The texts, form by form.

        Returns:
            One row per owner's value and text, owners ascending; its forms are the distinct texts.
        """
        codes, distinct = encoded(texts)
        picked, position = expand(self.codes, counts)
        return KindColumn(self.owners[picked], codes[position], self.sources[picked], distinct)

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

    def at(self, owners: Ints) -> ValueTable:
        """Return the values of some owners, under the same rows; the others have none.

        Args:
            owners: Rows, in any order.
        """
        marked = np.zeros(self.owner_count, np.bool_)
        marked[owners] = True
        if marked.all():
            return self
        columns = {kind: column.kept(marked[column.owners]) for kind, column in self.columns.items()}
        return ValueTable(self.owner_count, {kind: some for kind, some in columns.items() if some.size})


def column_of(owners: Ints, forms: Sequence[str], sources: Ints) -> KindColumn:
    """Dictionary-encode values.

    Args:
        owners: Shape (n,), ascending.
        forms: n normalised forms; values with an empty form are left out.
        sources: Shape (n,): where each came from.
    """
    codes, distinct = encoded(forms)
    if isinstance(distinct, list):
        blank = distinct.index("") if "" in distinct else -1
    else:
        blank = int(pc.index(pa.array(distinct), "").as_py())
    if blank < 0:
        return KindColumn(owners, codes, sources, distinct)
    kept = codes != blank
    codes = codes[kept] - (codes[kept] > blank).astype(np.int32)
    if isinstance(distinct, list):
        return KindColumn(owners[kept], codes, sources[kept], [form for form in distinct if form])
    named = np.arange(len(distinct)) != blank
    return KindColumn(owners[kept], codes, sources[kept], Texts(pa.array(distinct).filter(pa.array(named))))


def derive(column: KindColumn, texts_of: Callable[[str], Sequence[str]]) -> KindColumn:
    """Make a column of texts derived from forms, any number for each; its forms are the distinct texts.

    Args:
        column: The column to derive from.
        texts_of: Called once per distinct form.

    Returns:
        One row per owner's value and derived text, owners ascending.
    """
    found = [texts_of(form) for form in column.forms]
    counts = np.fromiter(map(len, found), np.int64, len(found))
    return column.spread(counts, list(chain.from_iterable(found)))


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
    if all(isinstance(column.forms, list | tuple) for column in columns):
        codes, distinct = encoded([form for column in columns for form in column.forms])
    else:
        codes, distinct = encoded(
            pa.concat_arrays([pa.array(column.forms, pa.large_string()) for column in columns])
        )
    ends = np.cumsum([len(column.forms) for column in columns])
    own = [
        codes[end - len(column.forms) : end][column.codes] if column.size else column.codes
        for column, end in zip(columns, ends.tolist(), strict=True)
    ]
    return KindColumn(
        owners[order],
        np.concatenate(own)[order],
        np.concatenate([column.sources for column in columns])[order],
        distinct,
    )


_NONE = np.empty(0, np.int32)
_EMPTY = KindColumn(_NONE, _NONE, _NONE, ())
