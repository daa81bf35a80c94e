"""Which pairs are worth comparing? Asked of very many pairs, before any of them is compared.

A pair comes before a person by a contact, by a handle that is rare enough on its own, or by two kinds of evidence that
together make it likely (:mod:`vetting.evidence.surfacing`). From sketches of both sides and upper bounds of what an
applicant's values can be worth it is seen which pairs could get so far; the others are set aside, and counted.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
from attrs import frozen

from vetting.blocking.sketches import FULL, Codes, Sketch
from vetting.evidence.bits import LATER_WORDS
from vetting.evidence.ceilings import VARIANT_LOSS, Ceilings
from vetting.evidence.policy import SurfacingPolicy
from vetting.evidence.weights import WEIGHTS, Weights
from vetting.normalise.columns import Ints

__all__ = ["LARGE_LIST", "Floor", "NearPairs", "worth_comparing"]

Bools = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]

LARGE_LIST = 20_000
"""Accounts from which on pairs are set aside; on shorter lists all that blocking finds are compared."""

# Odds, at the stated prevalence, below which a pair matters neither to who surfaces nor to the probabilities
# of others: a prevalence of one in five, seen in the run, would not make it likelier than not.
_LEAST_ODDS = 1.0 / 250.0
_SURE_ODDS = 19.0
_YEARS_NEAR = 2
_CHUNK = 65_536  # pairs whose numbers stay in the processor's cache
_LETTER_BITS = np.uint32(0xFFFFFF)


@frozen(kw_only=True)
class Floor:
    """What a pair must be able to reach.

    Attributes:
        bits: Of two kinds of evidence together.
        alone: Of one kind.
        kind: Of each of two kinds.
    """

    bits: float
    alone: float
    kind: float

    @classmethod
    def of(
        cls,
        policy: SurfacingPolicy,
        *,
        accounts: int,
        pairs: int,
        prevalence: float = 0.0,
        weights: Weights = WEIGHTS,
    ) -> Floor:
        """Find the floor below which the policy surfaces nobody.

        Args:
            policy: The policy.
            accounts: Accounts on the list.
            pairs: Applicants times accounts of the whole run.
            prevalence: That the run shows, where it is known already.
            weights: The table in use.
        """
        shown = max(policy.expected_prevalence, prevalence)
        limit = policy.minimum_probability
        odds = min(_LEAST_ODDS, limit / (1.0 - limit) / 25.0)
        unlikely = float(np.log2(max(accounts, 1) * (1.0 - shown) / shown))
        # A handle that is rare enough surfaces alone; whatever is nearly sure tells of the run's prevalence.
        equal = min(weights["handle"][rule].m for rule in ("same", "separators"))
        rare = float(np.log2(max(pairs, 1) * equal / policy.strong_handle_coincidences))
        return cls(
            bits=unlikely + float(np.log2(odds)),
            alone=min(rare, unlikely + float(np.log2(_SURE_ODDS))),
            kind=policy.minimum_kind_bits,
        )

    @classmethod
    def of_run(
        cls,
        policy: SurfacingPolicy,
        *,
        accounts: int,
        pairs: int,
        prevalence: float = 0.0,
        weights: Weights = WEIGHTS,
    ) -> Floor | None:
        """Return the floor of a run on one list, or ``None`` where all pairs are compared; arguments of :meth:`of`."""
        if policy.include_unsurfaced or accounts < LARGE_LIST:
            return None
        return cls.of(policy, accounts=accounts, pairs=pairs, prevalence=prevalence, weights=weights)

    def holds(self, policy: SurfacingPolicy, *, accounts: int, prevalence: float) -> bool:
        """Whether pairs below the floor stay unlikely at the prevalence that a run has shown.

        Args:
            policy: The policy.
            accounts: Accounts on the list.
            prevalence: The highest that the run uses.
        """
        likely = float(np.exp2(self.bits)) * prevalence / (1.0 - prevalence) / max(accounts, 1)
        return prevalence <= policy.expected_prevalence or likely < 1.0


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
        Shape (n,). What is left out could not have surfaced: every number here is an upper bound.

    Cost: some five million pairs a second.
    """
    kept = np.zeros(len(pairs[0]), np.bool_)
    for at in range(0, len(kept), _CHUNK):
        rows = slice(at, at + _CHUNK)
        kept[rows] = _worth(sketches, ceilings, floor, (pairs[0][rows], pairs[1][rows]), near.part(rows))
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
    kinds = [handle, name, born, place, email, phone]
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
