"""How many kinds of evidence could agree? Asked of very many pairs, before any of them is compared.

Nearly all pairs of a large run agree on one common thing: a name, a word in a handle, a day. One kind of
evidence puts nobody before a person, unless it is a contact or the whole of a handle. Everybody's values are
reduced to a few numbers, and pairs that could not have a second kind are set aside, and counted.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from attrs import frozen

from vetting.blocking.hashing import hash_texts
from vetting.errors import RecordError
from vetting.normalise.columns import Ints, KindColumn, ValueTable, derive, stack
from vetting.normalise.handle_like import handle_like
from vetting.normalise.handles import compact_handle, evened_handle, handle_core
from vetting.normalise.places import place_parts
from vetting.normalise.skeletons import skeletons
from vetting.records.dates import PartialDate
from vetting.records.identifiers import IdentifierKind as Kind

__all__ = ["Sketch", "worth_comparing"]

Codes = npt.NDArray[np.uint32]
Bools = npt.NDArray[np.bool_]

_CHUNK = 500_000
_YEARS_NEAR = 2
# Slots for codes of each kind; what is beyond is not looked at, and lets a pair pass rather than fall.
_NAMES, _PLACES, _CONTACTS, _HANDLES = 6, 5, 4, 6
_FULL = np.uint32(0xFFFFFFFF)


@frozen(eq=False)
class Sketch:
    """Everybody's values as a few numbers; 0 where there is none.

    Attributes:
        names: Shape (n, 6): codes of the skeletons of the words of names.
        initials: Shape (n,): a bit for each first letter of a word.
        places: Shape (n, 5): codes of postcodes and telling words.
        contacts: Shape (n, 4): codes of mailboxes, numbers and pages.
        handles: Shape (n, 6): codes of handles and local parts, without edge digits and evened out.
        years: Shape (n,): of birth.
        days: Shape (n,): month and day of birth.
    """

    names: Codes
    initials: Codes
    places: Codes
    contacts: Codes
    handles: Codes
    years: npt.NDArray[np.int16]
    days: npt.NDArray[np.int16]

    @classmethod
    def of(cls, values: ValueTable) -> Sketch:
        """Reduce the values of some applicants or accounts.

        Cost: a call for each distinct value; 96 bytes an owner.
        """
        count = values.owner_count
        names = values.column(Kind.NAME)
        contacts = stack([
            values.column(Kind.EMAIL),
            derive(values.column(Kind.PHONE), lambda form: [form.lstrip("~+")[-9:]]),
            derive(values.column(Kind.URL), lambda form: [form.casefold()]),
        ])  # fmt: skip
        years, days = _births(values)
        return cls(
            names=_slots(derive(names, _skeletons), count, _NAMES),
            initials=_initials(derive(names, _first_letters), count),
            places=_slots(derive(values.column(Kind.PLACE), _places), count, _PLACES),
            contacts=_slots(contacts, count, _CONTACTS),
            handles=_slots(derive(handle_like(values).column, _cores), count, _HANDLES),
            years=years,
            days=days,
        )


def worth_comparing(
    left: Sketch, right: Sketch, pairs: tuple[Ints, Ints], near: tuple[Bools, Bools]
) -> Bools:
    """Which pairs could agree on a contact, a whole handle, or on two kinds of evidence?

    Args:
        left: The applicants.
        right: The accounts.
        pairs: Rows of either, shape (n,).
        near: Whether their handles are near, and whether a handle is near to a name, which tells the same
            as the name; each of shape (n,).

    Returns:
        Shape (n,).

    Cost: some ten million pairs a second; chunks of half a million.
    """
    count = len(pairs[0])
    kept = np.zeros(count, np.bool_)
    for at in range(0, count, _CHUNK):
        rows = slice(at, at + _CHUNK)
        a, b = pairs[0][rows], pairs[1][rows]
        whole = _shared(left.contacts[a], right.contacts[b]) | _shared(left.handles[a], right.handles[b])
        day = _equal(left.days[a], right.days[b])
        year = _equal(left.years[a], right.years[b])
        apart = np.abs(left.years[a] - right.years[b]) <= _YEARS_NEAR
        born = day | (apart & (left.years[a] > 0) & (right.years[b] > 0))
        name = _shared(left.names[a], right.names[b])
        name |= near[1][rows] | day & year & ((left.initials[a] & right.initials[b]) > 0)
        place = _shared(left.places[a], right.places[b])
        kinds = near[0][rows].astype(np.int8) + born + name + place
        kept[rows] = whole | (kinds > 1)
    return kept


def _shared(left: Codes, right: Codes) -> Bools:
    """Whether two rows of codes have one in common."""
    found = np.zeros(len(left), np.bool_)
    for place in range(left.shape[1]):
        column = left[:, place]
        own = column > 0
        if not own.any():
            break
        found |= own & (right == column[:, None]).any(axis=1)
    found |= (left[:, -1] == _FULL) & (right[:, 0] > 0)
    found |= (right[:, -1] == _FULL) & (left[:, 0] > 0)
    return found


def _equal(left: npt.NDArray[np.int16], right: npt.NDArray[np.int16]) -> Bools:
    same: Bools = (left == right) & (left > 0)
    return same


def _slots(column: KindColumn, count: int, width: int) -> Codes:
    """Lay everybody's codes side by side; where there are more than slots, the last says so."""
    codes = (hash_texts(column.forms) >> np.uint64(33)).astype(np.uint32) + np.uint32(1)
    owned = (
        np.unique(column.owners.astype(np.int64) << 32 | codes[column.codes])
        if column.size
        else np.empty(0, np.int64)
    )
    owners = (owned >> 32).astype(np.int64)
    place = np.arange(len(owned)) - np.searchsorted(owners, owners, side="left")
    table = np.zeros((count, width), np.uint32)
    fits = place < width
    table[owners[fits], place[fits]] = (owned[fits] & 0xFFFFFFFF).astype(np.uint32)
    table[owners[~fits], width - 1] = _FULL
    return table


def _initials(column: KindColumn, count: int) -> Codes:
    bits = np.array([1 << (ord(letter) % 31) for letter in column.forms] or [0], np.uint32)
    found = np.zeros(count, np.uint32)
    np.bitwise_or.at(found, column.owners, bits[column.codes])
    return found


def _births(values: ValueTable) -> tuple[npt.NDArray[np.int16], npt.NDArray[np.int16]]:
    born = values.column(Kind.DATE_OF_BIRTH)
    fields = np.array([_fields(form) for form in born.forms] or [(0, 0)], np.int16)
    years, days = np.zeros(values.owner_count, np.int16), np.zeros(values.owner_count, np.int16)
    years[born.owners], days[born.owners] = fields[born.codes].T if born.size else ((), ())
    return years, days


def _fields(form: str) -> tuple[int, int]:
    try:
        date = PartialDate.parse(form)
    except RecordError:
        return 0, 0
    year, month, day = date.readings[0]
    several = len(date.readings) > 1
    # Of a date that is read in two ways only the year is sure; a placeholder has no day.
    known = month and day and not several and not date.is_placeholder
    return (year or 0), (month or 0) * 32 + (day or 0) if known else 0


def _skeletons(form: str) -> Sequence[str]:
    return list(dict.fromkeys(way for word in form.split() if len(word) > 1 for way in skeletons(word)[:2]))


def _first_letters(form: str) -> Sequence[str]:
    return sorted({letter for word in form.split() for letter in (word[0], skeletons(word)[0][0].lower())})


def _places(form: str) -> Sequence[str]:
    postcode, words = place_parts(form)
    return [*words, postcode] if postcode else words


def _cores(form: str) -> Sequence[str]:
    return [f"c {handle_core(compact_handle(form))}", f"v {evened_handle(form)}"]
