"""Which accounts are plainly one person's, so that rarity counts people and not accounts."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from vetting.blocking.hashing import combine, hash_texts
from vetting.normalise.columns import Ints, KindColumn, ValueTable
from vetting.records.identifiers import IdentifierKind as Kind

__all__ = ["holders_of"]

Hashes = npt.NDArray[np.uint64]

# A mailbox that more accounts have is a placeholder, and joins nobody.
_MOST_SHARING = 5
_SHORTEST_DATE = 10  # a whole date
_ROUNDS = 20


def holders_of(values: ValueTable) -> Ints:
    """Number the people behind accounts, as far as it is plain.

    Accounts with the same mailbox, or with the same whole name and full date of birth, are counted as one
    person's: somebody who registers three times does not make their own handle common. It is for counting
    only; no account is merged with another, and none is shown as another's.

    Args:
        values: A list's accounts, or applicants.

    Returns:
        Shape (owner_count,): equal numbers for one person's.

    Cost: sorts of the e-mail and name columns, and a few passes over what repeats.
    """
    links = [_linked(*_mailboxes(values)), _linked(*_named_and_born(values))]
    one = np.concatenate([pair[0] for pair in links])
    other = np.concatenate([pair[1] for pair in links])
    holders = np.arange(values.owner_count, dtype=np.int32)
    for _ in range(_ROUNDS):  # the smallest number spreads along the links
        smallest = np.minimum(holders[one], holders[other])
        fresh = holders.copy()
        np.minimum.at(fresh, one, smallest)
        np.minimum.at(fresh, other, smallest)
        fresh = fresh[fresh]
        if (fresh == holders).all():
            break
        holders = fresh
    return holders


def _mailboxes(values: ValueTable) -> tuple[Ints, npt.NDArray[np.uint64]]:
    column = values.column(Kind.EMAIL)
    return column.owners, column.codes.astype(np.uint64)


def _named_and_born(values: ValueTable) -> tuple[Ints, Hashes]:
    """A key for each name of an owner with one full date of birth."""
    names, born = values.column(Kind.NAME), values.column(Kind.DATE_OF_BIRTH)
    whole = np.fromiter((len(form) >= _SHORTEST_DATE for form in born.forms), np.bool_, len(born.forms))
    known = np.flatnonzero(whole[born.codes]) if born.size else np.empty(0, np.int64)
    date_of = np.full(values.owner_count, -1, np.int64)
    date_of[born.owners[known]] = born.codes[known]
    dated = np.flatnonzero(date_of[names.owners] >= 0) if names.size else np.empty(0, np.int64)
    owners = names.owners[dated]
    return owners, combine(_hashes(names)[dated], hash_texts(born.forms)[date_of[owners]])


def _hashes(column: KindColumn) -> Hashes:
    return hash_texts([" ".join(sorted(form.split())) for form in column.forms])[column.codes]


def _linked(owners: Ints, keys: npt.NDArray[np.uint64]) -> tuple[Ints, Ints]:
    """Pairs of neighbours among the owners of each key that few have."""
    order = np.lexsort((owners, keys))
    owners, keys = owners[order], keys[order]
    first = np.searchsorted(keys, keys, side="left")
    few = np.searchsorted(keys, keys, side="right") - first <= _MOST_SHARING
    next_to = np.flatnonzero((keys[1:] == keys[:-1]) & few[1:] & (owners[1:] != owners[:-1]))
    return owners[next_to], owners[next_to + 1]
