"""From rules to bits: log2(m / u) for every distinct pair of forms of one kind."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

import numpy as np
import numpy.typing as npt

from vetting.compare.handles import HandleComparisons
from vetting.compare.levels import Comparisons, FormPairs, LevelCode
from vetting.compare.names import NameComparisons
from vetting.compare.places import PlaceComparisons
from vetting.compare.tokens import INITIAL, LOOSE, SPELLING, UNLIKE, VARIANT
from vetting.evidence.handle_model import inexact_bits
from vetting.evidence.named_handles import INITIALS
from vetting.evidence.rarity import DAYS, Rarity
from vetting.evidence.weights import WEIGHTS, Weights
from vetting.normalise.handles import compact_handle, handle_core
from vetting.normalise.names import first_and_last, name_variants
from vetting.records.dates import PartialDate

__all__ = ["Weighed", "weigh"]

Bits = npt.NDArray[np.float64]
Weighed = tuple[Bits, npt.NDArray[np.int32]]

# What agreement on a word of a name loses when it is not letter for letter: a variant stands for about
# four names, one edit for about ten likely spellings, several for the names that lie so near (sixty); an initial is one letter in about twelve.
LIKENESS_LOSS = np.zeros(6)
LIKENESS_LOSS[VARIANT] = 2.0
LIKENESS_LOSS[SPELLING] = 3.3
LIKENESS_LOSS[LOOSE] = 6.0
YEARLESS = frozenset({"birthday", "other_year"})
INITIAL_BITS = 3.6
# Given and family names go together by origin, so that two agreeing words are less independent than
# their counts say; each further word counts this part.
LATER_WORDS = 0.8
# Sums differ in the last place with the size of a batch; equal agreements must stay equal for all that.
DECIMALS = 6
LATER_PLACE_WORDS = 0.5
MOST_PLACE_BITS = 16.0  # a household is as near as an address gets

WHOLE_NAMES = ("given+family", "family+given", "all names")  # rules by which a handle holds two whole names


def weigh(
    kind: str, found: Comparisons, pairs: FormPairs, rarity: Rarity, *, weights: Weights = WEIGHTS
) -> Weighed:
    """Weigh comparisons of one kind.

    Args:
        kind: The evidence kind.
        found: The comparisons.
        pairs: What was compared.
        rarity: Shares in the population.
        weights: The documented table, or one with fitted m.

    Returns:
        Bits, shape (n,); and the number of others who have the shared value, shape (n,).
    """
    table = weights[kind]
    log_m = np.log2([table[rule.key].m for rule in found.rules])[found.rule]
    wider = np.array([table[rule.key].wider for rule in found.rules])[found.rule]
    at_most = np.array(
        [np.inf if table[rule.key].at_most is None else table[rule.key].at_most for rule in found.rules]
    )[found.rule]
    log_u, sharers = _log_shares(kind, found, pairs, rarity)
    agrees = found.level > LevelCode.CONFLICT
    # Two people nearly always differ, so that a contradiction is worth its m alone, whatever part agrees.
    log_u = np.where(agrees, np.minimum(log_u + wider, 0.0), 0.0)
    bits = np.minimum(log_m - log_u, at_most)
    if isinstance(found, HandleComparisons):
        bits[found.rows] = inexact_bits(found, pairs, rarity)
    # What agrees never counts against: at worst the agreement is too common to say anything.
    bits = np.round(np.where(agrees, np.maximum(bits, 0.0), np.minimum(bits, 0.0)), DECIMALS)
    return np.where(found.level == LevelCode.MISSING, 0.0, bits), np.where(agrees, sharers, 0).astype(
        np.int32
    )


def _log_shares(kind: str, found: Comparisons, pairs: FormPairs, rarity: Rarity) -> Weighed:
    """log2 of the share of the shared text, and its sharers; 0 where nothing is shared."""
    if isinstance(found, PlaceComparisons):
        return _places(found, rarity)
    if isinstance(found, NameComparisons):
        return _names(found, rarity), np.zeros(pairs.size, np.int32)
    match kind:
        case "date_of_birth":
            return _dates(found, pairs, rarity), np.zeros(pairs.size, np.int32)
        case "name_in_handle":
            return _names_in_handles(found, pairs, rarity)
        case "handle":
            return _handles(found, pairs, rarity)
    share: Callable[[Sequence[str]], Bits]
    match kind:
        case "email":
            share = partial(_email_shares, rarity)
        case "phone":
            share = rarity.phones
        case _:
            share = rarity.urls
    return _of_shared(found, found.shared >= 0, share, partial(rarity.sharers, kind))


def _of_shared(
    found: Comparisons,
    where: npt.NDArray[np.bool_],
    share: Callable[[Sequence[str]], Bits],
    sharers: Callable[[Sequence[str]], npt.NDArray[np.int64]],
) -> Weighed:
    """log2 of the share, and the sharers, of what is shared in some pairs; each text is looked up once."""
    rows = np.flatnonzero(where)
    used, back = np.unique(found.shared[rows], return_inverse=True)
    forms = [found.shared_forms[code] for code in used.tolist()]
    log_shares, others = np.zeros(len(found.rule)), np.zeros(len(found.rule), np.int32)
    log_shares[rows] = np.log2(share(forms))[back]
    others[rows] = sharers(forms)[back]
    return log_shares, others


def _email_shares(rarity: Rarity, forms: Sequence[str]) -> Bits:
    """Share of a mailbox, or of a local part where only that agrees."""
    whole = ["@" in form for form in forms]
    return np.where(whole, rarity.emails(forms), rarity.handles([compact_handle(form) for form in forms]))


def _at(values: npt.NDArray[np.generic], codes: npt.NDArray[np.int32]) -> npt.NDArray[np.float64]:
    return np.where(codes >= 0, values[codes], 0.0)


def _handles(found: Comparisons, pairs: FormPairs, rarity: Rarity) -> Weighed:
    """Handles that agree whole: how common the text is. Those that agree in part are weighed by the model."""
    whole = found.shared >= 0
    if isinstance(found, HandleComparisons):
        whole[found.rows] = False
    log_shares, sharers = _of_shared(found, whole, rarity.handles, partial(rarity.sharers, "handle"))
    if isinstance(found, HandleComparisons):
        evened = np.flatnonzero(whole & (found.level != LevelCode.EXACT))
        log_shares[evened], sharers[evened] = _evened(found, evened, pairs, rarity)
    return log_shares, sharers


def _evened(
    found: HandleComparisons, rows: npt.NDArray[np.int64], pairs: FormPairs, rarity: Rarity
) -> Weighed:
    """Handles that agree once disguise is undone are as common as the commoner of the two, digits aside.

    A disguised text is always a rare one, and says nothing of how many have the plain text beneath it.
    """
    log_shares, sharers = np.full(len(rows), -np.inf), np.zeros(len(rows), np.int32)
    for texts, codes in ((found.left_texts, pairs.left_codes), (found.right_texts, pairs.right_codes)):
        used, back = np.unique(codes[rows], return_inverse=True)
        cores = [handle_core(texts[code]) for code in used.tolist()]
        if cores:
            log_shares = np.maximum(log_shares, np.log2(rarity.handles(cores, cores=True))[back])
            sharers = np.maximum(sharers, rarity.sharers("core", cores)[back])
    return log_shares, sharers.astype(np.int32)


def _names(found: NameComparisons, rarity: Rarity) -> Bits:
    """Add the rarity of the aligned words, rarest first at full worth."""
    words = list(found.shared_forms)
    if not words:
        return np.zeros(len(found.rule))
    word_bits = -np.log2(rarity.words("name_word", words))
    aligned = found.likeness > UNLIKE
    each = np.where(aligned, word_bits[found.tokens] - LIKENESS_LOSS[found.likeness], 0.0)
    each = np.where(found.likeness == INITIAL, np.minimum(INITIAL_BITS, each), np.maximum(each, 0.0))
    each = -np.sort(-each, axis=1)
    discount = np.full(each.shape[1], LATER_WORDS)
    discount[0] = 1.0
    total: Bits = -(each * discount).sum(axis=1)
    return total


def _places(found: PlaceComparisons, rarity: Rarity) -> Weighed:
    """The rarity of the postcode, or of the rarest word in common, and half of each further word.

    The parts of an address depend on one another: a street is in its town.
    """
    forms = list(found.shared_forms)
    if not forms:
        return np.zeros(len(found.rule)), np.zeros(len(found.rule), np.int32)
    word_bits = -np.log2(rarity.words("place_word", forms))
    code_bits = -np.log2(rarity.words("postcode", forms))
    words = -np.sort(-np.where(found.words >= 0, word_bits[found.words], 0.0), axis=1)
    by_words = words[:, 0] + LATER_PLACE_WORDS * words[:, 1:].sum(axis=1)
    by_code = np.where(found.level >= LevelCode.CLOSE, _at(code_bits, found.shared), 0.0)
    sharers = np.maximum(rarity.sharers("postcode", forms), rarity.sharers("place_word", forms))
    total = np.minimum(np.maximum(by_words, by_code), MOST_PLACE_BITS)
    return -total, _at(sharers, found.shared).astype(np.int32)


def _dates(found: Comparisons, pairs: FormPairs, rarity: Rarity) -> Bits:
    """The share of people born on a day of that year; the year of the applicant, or else of the list.

    Where only the birthday agrees, the year says nothing: every day of a year is as usual as another.
    """
    years_left = [_year(form) for form in pairs.left]
    years_right = [_year(form) for form in pairs.right]
    day_left = np.log2(rarity.days(years_left))
    day_right = np.log2(rarity.days(years_right))
    known = np.array([bool(year) for year in years_left], np.bool_)
    days = np.where(known[pairs.left_codes], day_left[pairs.left_codes], day_right[pairs.right_codes])
    yearless = np.array([rule.key in YEARLESS for rule in found.rules])[found.rule]
    return np.where(yearless, -np.log2(DAYS), days)


def _year(form: str) -> str:
    return str(PartialDate.parse(form).readings[0][0] or "")


def _names_in_handles(found: Comparisons, pairs: FormPairs, rarity: Rarity) -> Weighed:
    """How common the letters are as a handle, and never rarer than the people who bear the name.

    Whoever is called John Smith may be johnsmith: the share of the handle is at least the share of the
    name's bearers times the rate at which people write it so.
    """
    key = np.array([rule.key for rule in found.rules])[found.rule]
    held = np.strings.startswith(key, "holds")
    whole_handle = (found.shared >= 0) & ~held
    log_shares, sharers = _of_shared(
        found, whole_handle, partial(rarity.handles, cores=True), partial(rarity.sharers, "core")
    )
    rate = np.array([WEIGHTS["name_in_handle"][rule.key].m for rule in found.rules])[found.rule]
    rows = np.flatnonzero(whole_handle)
    bearers = np.zeros(pairs.size)
    words = [_words_of_variant(pairs.left[code]) for code in pairs.left_codes[rows].tolist()]
    first = rarity.words("name_word", [pair[0] for pair in words])
    last = rarity.words("name_word", [pair[1] for pair in words])
    log_shares[held] = _held_parts(key[held], pairs.left_codes[held], pairs.left, rarity)
    key = key[rows]
    whole = np.isin(key, WHOLE_NAMES)
    initial_first = np.isin(key, ["initial+family", "family+initial", "initials+family"])
    with_initial = np.where(initial_first, last, first) / INITIALS
    bearers[rows] = np.where(whole, first * last, with_initial)
    # Where nothing is shared the share is 1 and bearers are 0.
    return np.log2(np.exp2(log_shares) + bearers * rate), sharers


def _held_parts(
    key: npt.NDArray[np.str_], codes: npt.NDArray[np.int32], names: Sequence[str], rarity: Rarity
) -> Bits:
    """log2 of the share of handles that hold these parts of a name, the rarer part at full worth."""
    used, back = np.unique(codes, return_inverse=True)
    words = [first_and_last(names[code]) for code in used.tolist()]
    given, family = (np.log2(rarity.parts([pair[side] for pair in words]))[back] for side in (0, 1))
    both = np.minimum(given, family) + LATER_WORDS * np.maximum(given, family)
    found: Bits = np.select(
        [key == "holds both", key == "holds initial+family", key == "holds family"],
        [both, family - np.log2(INITIALS), family],
        default=given,
    )
    return found


def _words_of_variant(form: str) -> tuple[str, str]:
    tokens = form.split()
    return (tokens[0], tokens[-1]) if name_variants(form) else ("", "")
