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
_BATCH = 512


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

    Cost: at most 10,000 postings a text; .15 to .3 ms, .7 ms on a million forms.

    Source:
        Salton & Buckley 1988, term weighting; walked in order of rarity under a budget.
    """
    sums = np.zeros(postings.form_count, np.float32)
    found = [_NONE]
    for at in range(0, len(texts), _BATCH):
        part = _batch(postings, texts[at : at + _BATCH], sums, most=most, least=least)
        found.append(Nearest(part.query + np.int32(at), part.form, part.cosine))
    return _joined(found)


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


def _batch(
    postings: Postings, texts: Sequence[str], sums: npt.NDArray[np.float32], *, most: int, least: float
) -> Nearest:
    packed = gram_rows(texts)
    gram = (packed >> np.uint64(32)).astype(np.uint32)
    query = (packed & np.uint64(0xFFFFFFFF)).astype(np.int64)
    counts = postings.counts_of(gram)
    weight = postings.weights(counts)
    length = np.sqrt(np.bincount(query, weights=weight.astype(np.float64) ** 2, minlength=len(texts)))
    # The rarest grams first, as far as the budget goes.
    walked = np.flatnonzero((counts > 0) & (counts <= MOST_FORMS_PER_GRAM))
    walked = walked[np.lexsort((gram[walked], counts[walked], query[walked]))]
    running = np.cumsum(counts[walked])
    of_earlier = np.concatenate(([0], running))[np.searchsorted(query[walked], np.arange(len(texts)))]
    walked = walked[running - of_earlier[query[walked]] <= _BUDGET]
    _, position = _ranges(
        np.asarray(postings.starts[np.searchsorted(postings.grams, gram[walked])]), counts[walked]
    )
    forms = np.asarray(postings.forms[position])
    # The square of a weight is what a common gram adds to the product of two vectors.
    added = np.repeat(weight[walked] ** 2, counts[walked])
    sizes = np.bincount(query[walked], weights=counts[walked], minlength=len(texts)).astype(np.int64)
    ends = np.cumsum(sizes)
    found = [_NONE]
    for number in np.flatnonzero(sizes).tolist():
        here = slice(ends[number] - sizes[number], ends[number])
        np.add.at(sums, forms[here], added[here])
        met = np.sort(forms[here])  # np.unique would build a hash table for every text
        met = met[np.append(True, met[1:] != met[:-1])]
        cosine = sums[met] / (postings.norms[met] * np.float32(length[number]))
        sums[met] = 0.0
        place = _largest(cosine, most=most, least=least)
        found.append(Nearest(np.full(len(place), number, np.int32), met[place], cosine[place]))
    return _joined(found)


def _largest(cosine: npt.NDArray[np.float32], *, most: int, least: float) -> npt.NDArray[np.int64]:
    """Places of the largest values, largest first; equal ones in the order of their places."""
    place = np.flatnonzero(cosine >= least)
    if len(place) > most:
        limit = np.partition(cosine[place], len(place) - most)[len(place) - most]
        place = place[cosine[place] >= limit]
    return place[np.argsort(-cosine[place], kind="stable")][:most]


_NONE = Nearest(np.empty(0, np.int32), np.empty(0, np.int32), np.empty(0, np.float32))


def _joined(parts: Sequence[Nearest]) -> Nearest:
    return Nearest(
        np.concatenate([part.query for part in parts]).astype(np.int32),
        np.concatenate([part.form for part in parts]).astype(np.int32),
        np.concatenate([part.cosine for part in parts]).astype(np.float32),
    )
