"""The handles of a list that are nearest to a handle, by the rare pieces they have in common."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from attrs import frozen

from vetting.blocking.packing import packed, unpacked
from vetting.blocking.postings import (
    MOST_ACCOUNTS_PER_FORM,
    MOST_FORMS_PER_GRAM,
    CompactForms,
    Postings,
    gram_rows,
)
from vetting.normalise.columns import Ints, expand

__all__ = [
    "LEAST_COSINE",
    "LEAST_COSINE_OF_NAMES",
    "MOST_FORMS_PER_NAME",
    "Nearest",
    "near_pairs",
    "nearest_forms",
]

MOST_FORMS_PER_QUERY = 50
# Walked postings of one query, rarest grams first. More finds little: measured on 125,000 forms, 40,000
# instead of 10,000 found .001 more of the true accounts at three times the cost.
_BUDGET = 10_000
# On 5,581 labelled handles against 125,000 accounts: floor, true accounts found, forms a handle:
# none .742 50; .10 .739 41; .15 .726 29; .20 .707 18; .30 .650 6. Those lost agree on three letters or so.
LEAST_COSINE = 0.15
# A name is nobody's handle yet: fewer forms of more likeness.
MOST_FORMS_PER_NAME, LEAST_COSINE_OF_NAMES = 20, 0.3
_SLACK = 1e-5  # of lengths in single precision
_GRAM_BITS, _GRAM_MASK = 7, 127  # a text of 32 characters has 99 grams

Near = tuple[Ints, npt.NDArray[np.float32]]
"""Numbers of forms, the nearest first, and their cosines."""


@frozen(eq=False)
class Nearest:
    """Forms near to some texts.

    Attributes:
        query: Shape (n,): number of the text, ascending; within a text the nearest first.
        form: Shape (n,): number of the list's form.
        cosine: Shape (n,): of the vectors of gram weights, counting the walked grams.
    """

    query: Ints
    form: Ints
    cosine: npt.NDArray[np.float32]


def nearest_forms(
    postings: Postings, texts: Sequence[str], *, most: int = MOST_FORMS_PER_QUERY, least: float = LEAST_COSINE
) -> Nearest:
    """Find the forms nearest to each text by TF-IDF cosine.

    Each text is looked up on its own, so that the outcome does not depend on what else is asked.

    Args:
        postings: The list's.
        texts: Compact handles.
        most: Forms per text.
        least: Cosine below which a form is left out.

    Cost: at most 10,000 postings a text, sorted; .1 to .2 ms, however many forms the list has.

    Source:
        Salton & Buckley 1988, term weighting; walked in order of rarity under a budget.
    """
    packed_grams = gram_rows(texts)
    gram = (packed_grams >> np.uint64(32)).astype(np.uint32)
    query = (packed_grams & np.uint64(0xFFFFFFFF)).astype(np.int64)
    gram = gram[np.argsort(query, kind="stable")]
    ends = np.cumsum(np.bincount(query, minlength=len(texts))).tolist()
    found = [
        _nearest(postings, gram[start:end], most=most, least=least)
        for start, end in zip([0, *ends], ends, strict=False)
    ]
    numbers = np.repeat(np.arange(len(found), dtype=np.int32), [len(forms) for forms, _ in found])
    return Nearest(
        numbers,
        np.concatenate([_NONE[0], *(forms for forms, _ in found)]),
        np.concatenate([_NONE[1], *(cosine for _, cosine in found)]),
    )


def near_pairs(
    applicants: CompactForms,
    postings: Postings,
    *,
    most: int = MOST_FORMS_PER_QUERY,
    least: float = LEAST_COSINE,
) -> tuple[Ints, Ints]:
    """Return the pairs of an applicant and an account with handles near to one another.

    Two texts that are both taken from e-mail addresses are no pair: addresses have keys of their own.

    Args:
        applicants: The applicants' handles, or their names as handles.
        postings: The list's.
        most: Forms per text.
        least: Cosine below which a form is left out.

    Returns:
        Applicant rows and account rows, distinct, ascending by applicant, then account.
    """
    near = nearest_forms(postings, applicants.texts, most=most, least=least)
    starts = postings.account_starts
    holders = starts[near.form + 1] - starts[near.form]
    kept = holders <= MOST_ACCOUNTS_PER_FORM
    query, form, holders = near.query[kept], near.form[kept], holders[kept]
    # First every holder of the text, then for each of them every holder of the form.
    begins = applicants.starts[query]
    entry, holder = _ranges(begins, applicants.starts[query + 1] - begins)
    again, account = _ranges(starts[form[entry]], holders[entry])
    holder = holder[again]
    told = applicants.declared[holder] | np.asarray(postings.declared[account])
    return unpacked(np.unique(packed(applicants.owners[holder][told], postings.accounts[account][told])))


def _ranges(
    first: npt.NDArray[np.int64], counts: npt.NDArray[np.int64]
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Unroll ranges: for each number in them, which range it is of, and the number."""
    entries, place = expand(np.arange(len(counts)), counts)
    return entries, first[entries] + place - (np.cumsum(counts) - counts)[entries]


def _nearest(postings: Postings, grams: npt.NDArray[np.uint32], *, most: int, least: float) -> Near:
    """The forms nearest to the text of some distinct grams, and their cosines."""
    if not len(grams) or not len(postings.grams):
        return _NONE
    place = np.searchsorted(postings.grams, grams).clip(max=len(postings.grams) - 1)
    counts = np.where(postings.grams[place] == grams, postings.counts[place], 0)
    weight = postings.weights(counts).astype(np.float64)
    square = weight * weight  # what a common gram adds to the product of two vectors
    length = float(np.sqrt(square.sum()))
    # The rarest grams first, as far as the budget goes.
    order = np.lexsort((grams, counts))
    order = order[(counts[order] > 0) & (counts[order] <= MOST_FORMS_PER_GRAM)]
    order = order[np.cumsum(counts[order]) <= _BUDGET]
    if not len(order):
        return _NONE
    sizes = counts[order]
    starts = postings.starts[place[order]].tolist()
    forms = np.concatenate(
        [postings.forms[start : start + size] for start, size in zip(starts, sizes.tolist(), strict=True)]
    )
    # Sorted with the number of the gram beside it, so that nothing as long as the list is laid out.
    met = np.sort(forms.astype(np.int64) << _GRAM_BITS | np.repeat(np.arange(len(order)), sizes))
    added = square[order][met & _GRAM_MASK]
    met >>= _GRAM_BITS
    first = np.flatnonzero(np.append(True, met[1:] != met[:-1]))
    products = np.add.reduceat(added, first)
    # A form is at least as long as what it has in common: of many the lengths need not be read.
    maybe = np.flatnonzero(products >= (least * length) ** 2 * (1.0 - _SLACK))
    found = met[first[maybe]]
    cosine = (products[maybe] / (postings.norms[found] * length)).astype(np.float32)
    chosen = _largest(cosine, most=most, least=least)
    return found[chosen].astype(np.int32), cosine[chosen]


def _largest(cosine: npt.NDArray[np.float32], *, most: int, least: float) -> npt.NDArray[np.int64]:
    """Places of the largest values, largest first; equal ones in the order of their places."""
    place = np.flatnonzero(cosine >= least)
    if len(place) > most:
        limit = np.partition(cosine[place], len(place) - most)[len(place) - most]
        place = place[cosine[place] >= limit]
    return place[np.argsort(-cosine[place], kind="stable")][:most]


_NONE: Near = np.empty(0, np.int32), np.empty(0, np.float32)
