"""The most that agreement with an applicant's values can be worth, before anything is compared.

Of every value of an applicant, and of every rule by which it could agree, the bits are bounded from above. What
such bounds cannot lift over the floor of a run need not be compared (:mod:`vetting.evidence.worth`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from math import log2

import numpy as np
import numpy.typing as npt
from attrs import frozen

from vetting.blocking.sketches import Sketch, skeleton_codes, slots, text_codes
from vetting.compare.handle_features import LONGEST
from vetting.evidence.bits import INITIAL_BITS, LATER_WORDS, LIKENESS_LOSS, MOST_PLACE_BITS
from vetting.evidence.handle_model import FEATURES, LOG_SAME, handle_model
from vetting.evidence.rarity import DAYS, Rarity
from vetting.evidence.weights import RuleWeight, Weights
from vetting.normalise.columns import KindColumn, ValueTable, expand
from vetting.normalise.contacts import email_local
from vetting.normalise.handle_like import handle_like
from vetting.normalise.handle_parts import parts_of
from vetting.normalise.handles import compact_handle
from vetting.records.identifiers import IdentifierKind as Kind

__all__ = ["VARIANT_LOSS", "Ceilings"]

Floats = npt.NDArray[np.float64]

VARIANT_LOSS = float(LIKENESS_LOSS[LIKENESS_LOSS > 0].min())
"""What a word loses at least that does not agree letter for letter."""
_INITIAL = INITIAL_BITS + VARIANT_LOSS  # a letter loses nothing for standing for a word
_MOST_HANDLE_BITS = 40.0  # no text is taken for rarer


@frozen(eq=False, kw_only=True)
class Ceilings:
    """Upper bounds in bits, a row for each applicant; slots as in their :class:`Sketch`.

    Attributes:
        name_words: Shape (n, 6): of the words of names.
        all_words: Shape (n,): of all words of a name together, letters that stand for words included.
        name: Shape (n,): of a name as a whole.
        in_handle: Shape (n,): of a name, or a listed one, in a handle.
        handle_codes: Shape (n, 6): of whole handles.
        handle: Shape (n,): of a handle that is only alike.
        handles: Shape (n,): of all handles together, whole or alike.
        day: Shape (n,): of a birth date that agrees to the day.
        misread: Shape (n,): of two full dates that are read as one, with a digit or day and month changed.
        partial: Shape (n,): of a date that agrees so far as it is known.
        birthday: Of a day without its year, whoever's.
        other_year: Of a day of different years.
        email: Shape (n,): of an address with a slip in it.
        phone: Of a number with a slip in it.
        place: Of a place.
    """

    name_words: Floats
    all_words: Floats
    name: Floats
    in_handle: Floats
    handle_codes: Floats
    handle: Floats
    handles: Floats
    day: Floats
    misread: Floats
    partial: Floats
    birthday: float
    other_year: float
    email: Floats
    phone: float
    place: float

    @classmethod
    def of(cls, values: ValueTable, sketch: Sketch, rarity: Rarity, weights: Weights) -> Ceilings:
        """Bound what the values of some applicants can be worth on a list.

        Args:
            values: Of the applicants.
            sketch: The same as a few numbers.
            rarity: Shares in the population of the list and the cohort.
            weights: The table in use.

        Cost: a few microseconds for each distinct value.
        """
        words, all_words, whole, spelled = _names(values, sketch, rarity, weights)
        codes, alike, together, longest = _handles(values, sketch, rarity, weights)
        born = weights["date_of_birth"]
        years = [str(year) if year else "" for year in sketch.years.tolist()]
        distinct, back = np.unique(np.array(years or [""]), return_inverse=True)
        day = -np.log2(rarity.days(distinct.tolist()))[back][: len(years)]
        return cls(
            name_words=words,
            all_words=all_words,
            name=whole,
            in_handle=np.maximum(spelled, longest),
            handle_codes=codes,
            handle=alike,
            handles=together,
            day=day + _best(born, "same_day", "one_reading"),
            misread=day + _best(born, "swapped", "one_digit"),
            partial=day + _best(born, "same_month", "same_year", "year_apart", "two_years_apart"),
            birthday=log2(DAYS) + max(_best(born, "birthday", "other_year"), 0.0),
            other_year=max(log2(DAYS) + _best(born, "other_year"), 0.0),
            email=_emails(values, rarity, weights),
            phone=weights["phone"]["one_digit"].at_most or _MOST_HANDLE_BITS,
            place=MOST_PLACE_BITS + max(_best(weights["place"]), 0.0),
        )


def _best(rules: Mapping[str, RuleWeight], *keys: str) -> float:
    """The most that any of some rules adds to the rarity of what is shared."""
    found = (rules[key] for key in keys or rules)
    bits = [float(log2(rule.m)) - rule.wider for rule in found if rule.at_most is None or rule.at_most > 0]
    return max(bits)


def _names(
    values: ValueTable, sketch: Sketch, rarity: Rarity, weights: Weights
) -> tuple[Floats, Floats, Floats, Floats]:
    """Bits of the words in their slots, of all of them, of whole names, and of names written as handles."""
    names = values.column(Kind.NAME)
    count = values.owner_count
    words = sorted({word for form in names.forms for word in form.split()})
    bits: dict[str, float] = (
        dict(zip(words, (-np.log2(rarity.words("name_word", words))).tolist(), strict=True)) if words else {}
    )
    shape = max(_best(weights["name"]), 0.0)

    def coded(form: str) -> Iterable[tuple[str, float]]:
        return ((code, bits[word]) for word in form.split() for code in skeleton_codes(word))

    def whole(form: str) -> float:
        first, *others = sorted((bits[word] for word in form.split()), reverse=True)
        return first + LATER_WORDS * sum(others) + shape

    together = [
        sum(bits[word] if len(word) > 1 else _INITIAL for word in form.split()) for form in names.forms
    ]
    spelled = max(_best(weights["name_in_handle"]) + 1.0, 0.0) + INITIAL_BITS
    return (
        _in_slots(names, coded, count, sketch.names.shape[1]),
        _most(names, together, count),
        _most(names, [whole(form) for form in names.forms], count),
        _most(names, [bits + spelled for bits in together], count),
    )


def _handles(
    values: ValueTable, sketch: Sketch, rarity: Rarity, weights: Weights
) -> tuple[Floats, Floats, Floats, Floats]:
    """Bits of whole handles in their slots, of one that is alike, of all together, and of what one may hold."""
    column, parts = handle_like(values).column, parts_of(values)
    count = values.owner_count
    if not column.size:
        return np.zeros(sketch.handles.shape), np.zeros(count), np.zeros(count), np.zeros(count)
    rules, compacts = weights["handle"], list(parts.compact)
    # By count and letters alone a text is at most so rare; names make it only more common.
    equal = -np.log2(rarity.spellings(compacts))
    even = _best(rules, "evened") - np.log2(rarity.spellings(list(parts.core)))
    letters = rarity.characters.letter_bits(compacts, width=LONGEST).sum(axis=1).astype(np.float64)
    alike = np.minimum(_most_alike(letters, rarity), LOG_SAME + equal)
    equal += max(_best(rules, "same", "separators"), LOG_SAME)
    reduced = np.maximum(alike, even)
    whole, *others = (text_codes(texts) for texts in (compacts, parts.core, parts.evened))
    codes = np.stack([whole, *others])
    worth = np.stack([equal, *(np.where(code == whole, equal, reduced) for code in others)])
    in_slots = slots(
        np.tile(column.owners, len(codes)),
        codes[:, column.codes].ravel(),
        count,
        sketch.handles.shape[1],
        worth=worth[:, column.codes].ravel(),
    )[1]
    return (
        in_slots,
        _most(column, alike.tolist(), count),
        np.bincount(column.owners, weights=np.maximum(equal, reduced)[column.codes], minlength=count).astype(
            np.float64
        ),
        _most(column, np.minimum(letters, _MOST_HANDLE_BITS).tolist(), count),
    )


def _most_alike(letters: Floats, rarity: Rarity) -> Floats:
    """The most that the model makes of handles of so many bits of letters."""
    model = handle_model()
    forms = rarity.postings.form_count if rarity.postings is not None else 0
    # The rarest piece is one that no third handle has.
    most: dict[str, Floats | float] = {
        "shared": letters,
        "left_over": 0.0,
        "piece": np.log2(2.0 * forms + 2_000.0),
    }
    total: Floats = np.full(len(letters), model.constant)
    for name, weight in zip(FEATURES, model.weights.tolist(), strict=True):
        total = total + max(weight, 0.0) * most.get(name, 1.0)
    return total


def _emails(values: ValueTable, rarity: Rarity, weights: Weights) -> Floats:
    """Bits of an address of which the local part has a slip in it."""
    column = values.column(Kind.EMAIL)
    if not column.size:
        return np.zeros(values.owner_count)
    shares = rarity.spellings([compact_handle(email_local(form)) for form in column.forms])
    return _most(
        column, (_best(weights["email"], "local_typo") - np.log2(shares)).tolist(), values.owner_count
    )


def _most(column: KindColumn, bits: Sequence[float], count: int) -> Floats:
    """The largest number of each owner's values; 0 without any."""
    found = np.zeros(count)
    if column.size:
        np.maximum.at(found, column.owners, np.array(bits)[column.codes])
    return found


def _in_slots(
    column: KindColumn, coded: Callable[[str], Iterable[tuple[str, float]]], count: int, width: int
) -> Floats:
    """Lay bits where the sketch has the codes of the same texts."""
    parts = [list(coded(form)) for form in column.forms]
    flat = [part for one in parts for part in one]
    picked, position = expand(column.codes, np.array([len(one) for one in parts], np.int64))
    codes = text_codes([text for text, _ in flat])
    worth = np.array([bits for _, bits in flat], np.float64)
    return slots(column.owners[picked], codes[position], count, width, worth=worth[position])[1]
