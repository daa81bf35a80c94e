"""Pairs found without keys: every value against every value. Slow; the check on what blocking loses."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz
from rapidfuzz.distance import Indel, Levenshtein
from rapidfuzz.process import cdist

from vetting.blocking.packing import packed, unpacked
from vetting.normalise.columns import Ints, KindColumn, ValueTable, derive, expand
from vetting.normalise.handle_parts import compact_column
from vetting.normalise.places import place_parts
from vetting.records.identifiers import IdentifierKind as Kind

__all__ = ["exhaustive_pairs"]

# Generous: most pairs of values that pass are worth nothing, and those that do not are worth less.
_HANDLES = 0.6
_NAMES = 65.0
_ONE_DIGIT = 1
_CELLS = 20_000_000  # of a likeness table at a time

Scorer = Callable[..., Any]


def exhaustive_pairs(left: ValueTable, right: ValueTable, *, workers: int = 1) -> tuple[Ints, Ints]:
    """Compare every value of some applicants with every value of a list, and keep pairs that are at all alike.

    Handles and local parts of addresses by common characters, names by their words in any order, numbers to
    within a digit, birth dates, pages and postcodes as they are.

    Args:
        left: Applicants.
        right: Accounts.
        workers: Threads of RapidFuzz.

    Returns:
        Rows of applicants and of accounts, distinct, ascending.

    Cost: the distinct values of one side times those of the other, some 50 million a second and core.
    """
    handles = [compact_column(side) for side in (left, right)]
    found = [
        _alike(handles[0], handles[1], Indel.normalized_similarity, _HANDLES, workers),
        _alike(left.column(Kind.NAME), right.column(Kind.NAME), fuzz.token_sort_ratio, _NAMES, workers),
        _alike(_tails(left), _tails(right), Levenshtein.distance, _ONE_DIGIT, workers, distance=True),
        *(
            _equal(left.column(kind), right.column(kind))
            for kind in (Kind.EMAIL, Kind.DATE_OF_BIRTH, Kind.URL)
        ),
        _equal(_postcodes(left), _postcodes(right)),
    ]
    return unpacked(np.unique(np.concatenate(found)))


def _tails(values: ValueTable) -> KindColumn:
    return derive(values.column(Kind.PHONE), lambda form: [form.lstrip("~+")[-9:]])


def _postcodes(values: ValueTable) -> KindColumn:
    return derive(values.column(Kind.PLACE), lambda form: [code] if (code := place_parts(form)[0]) else [])


def _alike(
    left: KindColumn,
    right: KindColumn,
    scorer: Scorer,
    cutoff: float,
    workers: int,
    *,
    distance: bool = False,
) -> npt.NDArray[np.int64]:
    """Pairs of owners of values that are alike."""
    if not left.size or not right.size:
        return np.empty(0, np.int64)
    step = max(_CELLS // len(right.forms), 1)
    lefts, rights = [], []
    for at in range(0, len(left.forms), step):
        table = cdist(
            left.forms[at : at + step], right.forms, scorer=scorer, score_cutoff=cutoff, workers=workers
        )
        one, other = np.nonzero(table <= cutoff if distance else table > 0)
        lefts.append(one + at)
        rights.append(other)
    return _owners(left, right, np.concatenate(lefts), np.concatenate(rights))


def _equal(left: KindColumn, right: KindColumn) -> npt.NDArray[np.int64]:
    """Pairs of owners of the same value."""
    place = {form: code for code, form in enumerate(right.forms)}
    met = [(code, place[form]) for code, form in enumerate(left.forms) if form in place]
    if not met:
        return np.empty(0, np.int64)
    one, other = np.array(met, np.int64).T
    return _owners(left, right, one, other)


def _owners(
    left: KindColumn, right: KindColumn, one: npt.NDArray[np.int64], other: npt.NDArray[np.int64]
) -> npt.NDArray[np.int64]:
    """From pairs of forms to pairs of everybody who has them, packed into one number."""
    by_left, by_right = _by_form(left), _by_form(right)
    first = expand(one, by_left[1])
    second = expand(other[first[0]], by_right[1])
    return packed(by_left[0][first[1]][second[0]], by_right[0][second[1]])


def _by_form(column: KindColumn) -> tuple[Ints, npt.NDArray[np.int64]]:
    """Owners, form by form, and how many each form has."""
    order = np.argsort(column.codes, kind="stable")
    return column.owners[order], np.bincount(column.codes, minlength=len(column.forms)).astype(np.int64)
