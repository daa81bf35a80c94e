"""Applicants as columns: every identifier normalised, and what was missing or could not be used."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

import numpy as np

from vetting.normalise.columns import ValueTable, column_of
from vetting.normalise.forms import forms_of
from vetting.records.holders import IdentifierHolder
from vetting.records.identifiers import UNWEIGHED_ROLES, Identifier, IdentifierKind

__all__ = ["Cohort"]


class Cohort:
    """People (or accounts) held in memory, and their values as columns.

    Args:
        holders: Applicants, in the order of their rows.
        region: Country code in which national telephone numbers are read.

    Attributes:
        holders: As given.
        identifiers: Every identifier of everybody; a column's sources point into it.
        values: The usable values.
    """

    def __init__(self, holders: Sequence[IdentifierHolder], *, region: str) -> None:
        self.holders = holders
        owned = [(row, item) for row, holder in enumerate(holders) for item in holder.identifiers()]
        self.identifiers: list[Identifier] = [item for _, item in owned]
        owners = np.fromiter((row for row, _ in owned), np.int32, len(owned))
        columns = {}
        self._skipped: dict[str, int] = {}
        for kind in IdentifierKind:
            rows = np.fromiter(
                (
                    place
                    for place, item in enumerate(self.identifiers)
                    if item.kind is kind and item.role not in UNWEIGHED_ROLES
                ),
                np.int32,
            )
            forms = forms_of(kind, [self.identifiers[row].value for row in rows.tolist()], region=region)
            if len(rows):
                columns[kind] = column_of(owners[rows], forms, rows)
            self._skipped[str(kind)] = forms.count("")
        self.values = ValueTable(len(holders), columns)

    @property
    def skipped(self) -> Mapping[str, int]:
        """Kind -> values that could not be used."""
        return self._skipped

    @property
    def tried(self) -> Mapping[str, int]:
        """Kind -> values that are compared."""
        return {str(kind): self.values.column(kind).size for kind in IdentifierKind}

    @cached_property
    def missing(self) -> Mapping[int, tuple[str, ...]]:
        """Row -> kinds of which that person has no usable value; only rows that lack some."""
        lacking: dict[int, list[str]] = {}
        everybody = np.arange(len(self.holders))
        for kind in IdentifierKind:
            for row in np.setdiff1d(everybody, self.values.column(kind).owners).tolist():
                lacking.setdefault(row, []).append(str(kind))
        return {row: tuple(lacking[row]) for row in sorted(lacking)}

    def sharing(self, source: int, kind: IdentifierKind) -> int:
        """Return how many other people have the value at a source."""
        column = self.values.column(kind)
        place = np.flatnonzero(column.sources == source)
        if not len(place):
            return 0
        return len(np.unique(column.owners[column.codes == column.codes[place[0]]])) - 1
