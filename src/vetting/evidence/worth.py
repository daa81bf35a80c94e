"""Which pairs are worth comparing? Asked of very many pairs, before any of them is compared.

A pair comes before a person by a contact, by a handle that is rare enough on its own, or by two kinds of evidence that
together make it likely (:mod:`vetting.evidence.surfacing`). From sketches of both sides and upper bounds of what an
applicant's values can be worth it is seen which pairs could get so far; the others are set aside, and counted.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import numpy.typing as npt
from attrs import frozen

from vetting.blocking.sketches import FULL, Codes, Sketch
from vetting.evidence.bits import LATER_WORDS
from vetting.evidence.ceilings import VARIANT_LOSS, Ceilings
from vetting.evidence.floors import Floor
from vetting.normalise.columns import Ints
from vetting.processes import processors

__all__ = ["NearPairs", "worth_comparing"]

Bools = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]

_YEARS_NEAR = 2
_CHUNK = 65_536  # pairs whose numbers stay in the processor's cache
_LETTER_BITS = np.uint32(0xFFFFFF)


@frozen(eq=False, kw_only=True)
class NearPairs:
    """What was found of pairs on the way to them, each of shape (n,).

    Attributes:
        handles: Their handles are near to one another.
        names: A name is near to a handle.
        named: The applicant's name, written as a handle, is a key of the account.
        naming: A handle of the applicant's is a key of the account: of its handle, or of its name.
    """

    handles: Bools
    names: Bools
    named: Bools
    naming: Bools

    def part(self, rows: slice) -> NearPairs:
        """Return some of them."""
        return NearPairs(
            handles=self.handles[rows],
            names=self.names[rows],
            named=self.named[rows],
            naming=self.naming[rows],
        )


def worth_comparing(
    sketches: tuple[Sketch, Sketch],
    ceilings: Ceilings,
    floor: Floor,
    pairs: tuple[Ints, Ints],
    near: NearPairs,
) -> Bools:
    """Which pairs could agree on a contact, on a handle rare enough, or on two kinds of evidence with bits enough?

    Args:
        sketches: Of the applicants and of the accounts.
        ceilings: Of the applicants.
        floor: What has to be reached.
        pairs: Rows of either, shape (n,).
        near: What is known of the same pairs.

    Returns:
        Shape (n,). What is left out could not have surfaced. Not seen are parts of a name inside a handle that is not near
        to it (decision 0009).

    Cost: some three million pairs a second and processor.
    """
    kept = np.zeros(len(pairs[0]), np.bool_)

    def judge(at: int) -> None:
        rows = slice(at, at + _CHUNK)
        kept[rows] = _worth(sketches, ceilings, floor, (pairs[0][rows], pairs[1][rows]), near.part(rows))

    starts = range(0, len(kept), _CHUNK)
    if len(starts) > 1:
        # Threads are enough: nearly all of it is numpy's, which lets others run meanwhile.
        with ThreadPoolExecutor(processors()) as threads:
            list(threads.map(judge, starts))
    else:
        for at in starts:
            judge(at)
    return kept


def _worth(
    sketches: tuple[Sketch, Sketch],
    ceilings: Ceilings,
    floor: Floor,
    pairs: tuple[Ints, Ints],
    near: NearPairs,
) -> Bools:
    (left, right), (a, b) = sketches, pairs
    contact = np.zeros(len(a), np.bool_)
    for _, met in _met(left.contacts[a], right.contacts[b]):
        contact |= met
    whole = np.zeros(len(a))
    worth = ceilings.handle_codes[a]
    for slot, met in _met(left.handles[a], right.handles[b]):
        whole = np.maximum(whole, np.where(met, np.where(slot < 0, np.inf, worth[:, slot]), 0.0))
    handle = np.maximum(whole, np.where(near.handles, ceilings.handle[a], 0.0))
    born, exact = _born(left, right, a, b, ceilings)
    name, words = _names(left, right, a, b, ceilings)
    initial = exact & ((left.initials[a] & right.initials[b]) > 0)
    name = np.where(initial & ~words, ceilings.name[a], name)
    # A key of both is a handle or a name of both, or else a name in a handle.
    written = near.names | (near.named & ~words) | (near.naming & (whole == 0))
    own_name = name
    name = np.maximum(name, np.where(written, ceilings.in_handle[a], 0.0))
    email = np.where(_one_letter(left.mailboxes[a], right.mailboxes[b]), ceilings.email[a], 0.0)
    phone = np.where(_one_digit(left.numbers[a], right.numbers[b]), ceilings.phone, 0.0)
    place = np.zeros(len(a))
    for _, met in _met(left.places[a], right.places[b]):
        place[met] = ceilings.place
    # Several handles may agree, each a fact of its own.
    together = np.where(handle > 0, np.maximum(handle, ceilings.handles[a]), 0.0)
    kinds = [together, name, born, place, email, phone]
    several = sum(((bits > 0) & (bits >= floor.kind)).astype(np.int8) for bits in kinds) > 1
    alone = np.maximum(handle, own_name) >= floor.alone
    return contact | alone | (several & (sum(kinds) >= floor.bits))


def _names(left: Sketch, right: Sketch, a: Ints, b: Ints, ceilings: Ceilings) -> tuple[Floats, Bools]:
    """Bits of the words that names share, and of the others as far as they may be variants; and who shares any."""
    worth = ceilings.name_words[a]
    whole = ceilings.name[a]
    shared, any_met, full = np.zeros(len(a)), np.zeros(len(a), np.bool_), np.zeros(len(a), np.bool_)
    for slot, met in _met(left.names[a], right.names[b]):
        any_met |= met
        if slot < 0:
            full = met
        else:
            shared += np.where(met, worth[:, slot], 0.0)
    others = np.maximum(ceilings.all_words[a] - shared - VARIANT_LOSS, 0.0)
    bits = np.where(full, whole, np.minimum(whole, shared + LATER_WORDS * others))
    return np.where(any_met, bits, 0.0), any_met


def _born(left: Sketch, right: Sketch, a: Ints, b: Ints, ceilings: Ceilings) -> tuple[Floats, Bools]:
    """Bits of birth dates, and which pairs may have been born on one day."""
    years, days = (left.years[a], right.years[b]), (left.days[a], right.days[b])
    both = (years[0] > 0) & (years[1] > 0)
    year = both & (years[0] == years[1])
    apart = both & (np.abs(years[0] - years[1]) <= _YEARS_NEAR)
    day = (days[0] == days[1]) & (days[0] > 0)
    unsure = (days[0] < 0) | (days[1] < 0)
    unknown = (days[0] == 0) | (days[1] == 0)
    whole = both & ~unsure & ~unknown
    misread = whole & (_one_digit(_digits(years[0], days[0]), _digits(years[1], days[1])))
    misread |= whole & year & (_SWAPPED[days[0]] == days[1])
    exact = year & (day | unsure)
    bits = np.where(
        day | (unsure & ~unknown), np.where(both & day, ceilings.other_year, ceilings.birthday), 0.0
    )
    bits = np.maximum(bits, np.where(misread | (unsure & both), ceilings.misread[a], 0.0))
    bits = np.maximum(bits, np.where(apart & unknown, ceilings.partial[a], 0.0))
    return np.where(exact, np.maximum(ceilings.day[a], bits), bits), exact


def _digits(years: npt.NDArray[np.int16], days: npt.NDArray[np.int16]) -> Codes:
    """Full dates as eight digits of four bits each."""
    digits: Codes = _YEAR_DIGITS[years] | _DAY_DIGITS[np.maximum(days, 0)]
    return digits


def _day_tables() -> tuple[Codes, npt.NDArray[np.int16]]:
    """For each month and day as a sketch writes them: their digits, and the same with the two swapped."""
    digits, swapped = np.zeros(512, np.uint32), np.full(512, -1, np.int16)
    for month in range(1, 13):
        for day in range(1, 32):
            digits[month * 32 + day] = int(f"{month:02}{day:02}", 16)
            swapped[month * 32 + day] = day * 32 + month if day <= 12 else -1
    return digits, swapped


_YEAR_DIGITS = np.array([int(f"{year:04}0000", 16) for year in range(10_000)], np.uint32)
_DAY_DIGITS, _SWAPPED = _day_tables()


def _one_letter(left: Codes, right: Codes) -> Bools:
    """Whether local parts at one domain may differ by a letter: then at most two classes of letters differ."""
    differ = left ^ right
    near = (differ >> np.uint32(24) == 0) & (np.bitwise_count(differ & _LETTER_BITS) <= 2)
    known = (left > 0) & (right > 0)
    found: Bools = known & (near | (left == FULL) | (right == FULL))
    return found


def _one_digit(left: Codes, right: Codes) -> Bools:
    """Whether numbers may differ by one digit."""
    differ = left ^ right
    one = np.zeros(len(differ), np.bool_)
    for digit in range(8):
        one |= (differ & np.uint32(0xFFFFFFFF ^ (0xF << 4 * digit))) == 0
    found: Bools = (left > 0) & (right > 0) & (one | (left == FULL) | (right == FULL))
    return found


def _met(left: Codes, right: Codes) -> Iterator[tuple[int, Bools]]:
    """For each slot of the left, whether its code stands in any slot of the right; -1 for what has no slot."""
    columns = [np.ascontiguousarray(right[:, slot]) for slot in range(right.shape[1])]
    used = [column for column in columns if column.any()]
    for slot in range(left.shape[1]):
        own = np.ascontiguousarray(left[:, slot])
        if not own.any():
            break
        met = np.zeros(len(own), np.bool_)
        for column in used:
            met |= own == column
        yield slot, met & (own > 0)
    over = (left[:, -1] == FULL) & (right[:, 0] > 0)
    over |= (right[:, -1] == FULL) & (left[:, 0] > 0)
    if over.any():
        yield -1, over
