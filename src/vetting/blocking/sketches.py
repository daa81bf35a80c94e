"""Everybody's values as a few numbers: enough to see what a pair could agree on, before it is compared.

Nearly all pairs of a large run agree on one common thing: a name, a word in a handle, a day. Which of them are worth
comparing is asked of these numbers (:mod:`vetting.evidence.worth`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt
from attrs import frozen

from vetting.blocking.hashing import hash_texts
from vetting.errors import RecordError
from vetting.normalise.columns import KindColumn, ValueTable, derive, stack
from vetting.normalise.handle_like import handle_like
from vetting.normalise.handle_parts import parts_of
from vetting.normalise.places import place_parts
from vetting.normalise.skeletons import skeletons
from vetting.normalise.texts import utf8
from vetting.records.dates import PartialDate
from vetting.records.identifiers import IdentifierKind as Kind

__all__ = ["FULL", "Sketch", "skeleton_codes", "slots", "text_codes"]

Codes = npt.NDArray[np.uint32]
Floats = npt.NDArray[np.float64]
# Slots for codes of each kind; what is beyond is not looked at, and lets a pair pass rather than fall.
_NAMES, _PLACES, _CONTACTS, _HANDLES = 6, 5, 4, 6
FULL = np.uint32(0xFFFFFFFF)
"""In a last slot: there are more values than slots, and anything may agree."""
_LETTERS, _DOMAINS = 24, 255


@frozen(eq=False)
class Sketch:
    """Everybody's values as a few numbers; 0 where there is none.

    Attributes:
        names: Shape (n, 6): codes of the skeletons of the words of names.
        initials: Shape (n,): a bit for each first letter of a word.
        places: Shape (n, 5): codes of postcodes and telling words.
        contacts: Shape (n, 4): codes of mailboxes, numbers and pages.
        handles: Shape (n, 6): codes of handles and local parts: compact, without edge digits, evened out.
        years: Shape (n,): of birth.
        days: Shape (n,): month and day of birth; -1 where a date can be read in several ways.
        mailboxes: Shape (n,): which letters a local part has, a bit for each of 24 classes, with the domain
            above them; full where there are several addresses.
        numbers: Shape (n,): last eight digits of a telephone number, four bits each; full for several numbers.
    """

    names: Codes
    initials: Codes
    places: Codes
    contacts: Codes
    handles: Codes
    years: npt.NDArray[np.int16]
    days: npt.NDArray[np.int16]
    mailboxes: Codes
    numbers: Codes

    @classmethod
    def of(cls, values: ValueTable) -> Sketch:
        """Reduce the values of some applicants or accounts.

        Cost: a call for each distinct value; 104 bytes an owner.
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
            names=_coded(derive(names, skeleton_codes), count, _NAMES),
            initials=_initials(derive(names, _first_letters), count),
            places=_coded(derive(values.column(Kind.PLACE), _places), count, _PLACES),
            contacts=_coded(contacts, count, _CONTACTS),
            handles=_handles(values, count),
            years=years,
            days=days,
            mailboxes=_one_each(values.column(Kind.EMAIL), _mailboxes, count),
            numbers=_one_each(values.column(Kind.PHONE), _numbers, count),
        )


def text_codes(texts: Sequence[str]) -> Codes:
    """Return the code of each text, never 0."""
    codes: Codes = (hash_texts(texts) >> np.uint64(33)).astype(np.uint32) + np.uint32(1)
    return codes


def slots(
    owners: npt.NDArray[np.integer], codes: Codes, count: int, width: int, *, worth: Floats | None = None
) -> tuple[Codes, Floats]:
    """Lay everybody's codes side by side, ascending; where there are more than slots, the last says so.

    Args:
        owners: Shape (n,).
        codes: Shape (n,): of their values.
        count: Owners there are.
        width: Slots.
        worth: Shape (n,): a number for each value; of equal codes of one owner the largest counts.

    Returns:
        The codes, shape (count, width), 0 where there is none; and the number of each.
    """
    table, worths = np.zeros((count, width), np.uint32), np.zeros((count, width))
    if not len(owners):
        return table, worths
    both = owners.astype(np.int64) << 32 | codes
    owned, back = np.unique(both, return_inverse=True) if worth is not None else (np.unique(both), None)
    owner = (owned >> 32).astype(np.int64)
    place = np.arange(len(owned)) - np.searchsorted(owner, owner, side="left")
    fits = place < width
    table[owner[fits], place[fits]] = (owned[fits] & 0xFFFFFFFF).astype(np.uint32)
    if back is not None and worth is not None:
        most = np.zeros(len(owned))
        np.maximum.at(most, back, worth)
        worths[owner[fits], place[fits]] = most[fits]
    table[owner[~fits], width - 1] = FULL
    return table, worths


def _coded(column: KindColumn, count: int, width: int) -> Codes:
    return slots(column.owners, text_codes(column.forms)[column.codes], count, width)[0]


def _handles(values: ValueTable, count: int) -> Codes:
    """Codes of handles: compact, without edge digits, and evened out; equal ones of one handle fall together."""
    column, parts = handle_like(values).column, parts_of(values)
    codes = [
        text_codes(texts)[column.codes] for texts in (parts.compact, parts.core, parts.evened) if column.size
    ]
    if not codes:
        return np.zeros((count, _HANDLES), np.uint32)
    return slots(np.tile(column.owners, len(codes)), np.concatenate(codes), count, _HANDLES)[0]


def _one_each(column: KindColumn, numbers_of: Callable[[Sequence[str]], Codes], count: int) -> Codes:
    """The number of everybody's one value of a kind; of several different ones, all bits."""
    found = np.zeros(count, np.uint32)
    if column.size:
        numbers = numbers_of(column.forms)[column.codes]
        found[column.owners] = numbers
        found[column.owners[found[column.owners] != numbers]] = FULL
    return found


def _mailboxes(forms: Sequence[str]) -> Codes:
    split = [form.rpartition("@") for form in forms]
    domains = hash_texts([domain for _, _, domain in split]) % np.uint64(_DOMAINS) + np.uint64(1)
    starts, content = utf8([local for local, _, _ in split])
    letters = np.append(np.uint32(1) << (content % _LETTERS).astype(np.uint32), np.uint32(0))
    classes = np.where(np.diff(starts) > 0, np.bitwise_or.reduceat(letters, starts[:-1]), 0)
    found: Codes = (domains.astype(np.uint32) << np.uint32(_LETTERS)) | classes.astype(np.uint32)
    # A letter beyond ASCII is several bytes, of which one slip may change all.
    found[np.fromiter((not local.isascii() for local, _, _ in split), np.bool_, len(forms))] = FULL
    return found


def _numbers(forms: Sequence[str]) -> Codes:
    return np.array([int(form.lstrip("~+")[-8:] or "0", 16) for form in forms], np.uint32)


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
    if several:
        return (year or 0), -1
    known = month and day and not date.is_placeholder
    return (year or 0), (month or 0) * 32 + (day or 0) if known else 0


def skeleton_codes(form: str) -> Sequence[str]:
    """Return the texts by which the words of a name are coded."""
    return list(dict.fromkeys(way for word in form.split() if len(word) > 1 for way in skeletons(word)[:2]))


def _first_letters(form: str) -> Sequence[str]:
    return sorted({letter for word in form.split() for letter in (word[0], skeletons(word)[0][0].lower())})


def _places(form: str) -> Sequence[str]:
    postcode, words = place_parts(form)
    return [*words, postcode] if postcode else words
