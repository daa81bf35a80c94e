"""The handles of a list that are nearest to a handle, by the rare pieces they have in common."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

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
_POSTINGS_TOGETHER = 32_768
_HIGH, _LOW = np.uint64(32), np.uint64(0xFFFFFFFF)


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

    Cost: at most 10,000 postings a text; some .2 ms, whatever the number of forms.

    Source:
        Salton & Buckley 1988, term weighting; walked in order of rarity under a budget.
    """
    found = [_NONE]
    for at in range(0, len(texts) if postings.form_count else 0, _BATCH):
        part = _batch(postings, texts[at : at + _BATCH], most=most, least=least)
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


def _batch(postings: Postings, texts: Sequence[str], *, most: int, least: float) -> Nearest:
    packed = gram_rows(texts)
    gram = (packed >> _HIGH).astype(np.uint32)
    query = (packed & _LOW).astype(np.int64)
    place, counts = postings.places_of(gram)
    weight = postings.weights(counts)
    length = np.sqrt(np.bincount(query, weights=weight.astype(np.float64) ** 2, minlength=len(texts)))
    # The rarest grams first, as far as the budget goes.
    walked = np.flatnonzero((counts > 0) & (counts <= MOST_FORMS_PER_GRAM))
    walked = walked[np.lexsort((gram[walked], counts[walked], query[walked]))]
    running = np.cumsum(counts[walked])
    of_earlier = np.concatenate(([0], running))[np.searchsorted(query[walked], np.arange(len(texts)))]
    walked = walked[running - of_earlier[query[walked]] <= _BUDGET]
    counts = counts[walked]
    begin = postings.starts[place[walked]].astype(np.int64)
    runs = list(zip(begin.tolist(), (begin + counts).tolist(), strict=True))
    # The square of a weight is what a common gram adds to the product of two vectors.
    added = (weight[walked] ** 2).view(np.uint32).astype(np.uint64)
    edges = np.searchsorted(query[walked], np.arange(len(texts) + 1))
    found = [_NONE]
    for first, last in _groups(np.concatenate(([0], np.cumsum(counts)))[edges], postings.form_count):
        start, end = edges[first], edges[last]
        if start == end:
            continue
        met = np.concatenate([postings.forms[begin:stop] for begin, stop in runs[start:end]])
        asked = np.repeat((query[walked[start:end]] - first).astype(np.uint64), counts[start:end])
        shared = np.repeat(added[start:end], counts[start:end])
        asking, form, product = _products(asked, met, shared, postings.form_count)
        cosine = product / (postings.norms[form] * length.astype(np.float32)[asking + first])
        near = _largest(asking, cosine, most=most, least=least)
        found.append(Nearest(asking[near] + np.int32(first), form[near], cosine[near]))
    return _joined(found)


def _groups(walked: npt.NDArray[np.integer], forms: int) -> Iterator[tuple[int, int]]:
    """Ranges of texts that are looked up together: few postings in all, so that they stay in the processor's cache.

    Args:
        walked: Shape (n + 1,): postings before each text.
        forms: On the list; a text's number has to fit above a form's in 32 bits.
    """
    most = 1 << (32 - max(forms, 1).bit_length())
    first = 0
    while first < len(walked) - 1:
        last = int(np.searchsorted(walked, walked[first] + _POSTINGS_TOGETHER, side="right")) - 1
        last = min(max(last, first + 1), first + most)
        yield first, last
        first = last


def _products(
    asked: npt.NDArray[np.uint64], met: Ints, added: npt.NDArray[np.uint64], forms: int
) -> tuple[Ints, Ints, npt.NDArray[np.float32]]:
    """Sum what each form has in common with each of some texts; forms with one gram of it are left out.

    Sorted as one number, text above form above weight: a table of all forms would be read from all over memory. One
    gram is no likeness: it makes a sixth of the shortest text there is.
    """
    form_bits = np.uint64(max(forms, 1).bit_length())
    both = (asked << form_bits | met.astype(np.uint64)) << _HIGH | added
    both.sort()
    pair = (both >> _HIGH).astype(np.uint32)
    begins = np.flatnonzero(np.concatenate(([True], pair[1:] != pair[:-1], [True])))
    several = np.flatnonzero(np.diff(begins) > 1)
    if not len(several):
        return np.empty(0, np.int32), np.empty(0, np.int32), np.empty(0, np.float32)
    weights = np.append(both.astype(np.uint32).view(np.float32), np.float32(0.0))
    spans = np.stack([begins[several], begins[several + 1]], axis=1).ravel()
    pairs = pair[begins[several]]
    asking = (pairs.astype(np.uint64) >> form_bits).astype(np.int32)
    form = (pairs & np.uint32((1 << int(form_bits)) - 1)).astype(np.int32)
    return asking, form, np.add.reduceat(weights, spans)[::2]


def _largest(
    asking: Ints, cosine: npt.NDArray[np.float32], *, most: int, least: float
) -> npt.NDArray[np.int64]:
    """Places of each text's largest values, largest first; equal ones in the order of their places."""
    place = np.flatnonzero(cosine >= least)
    place = place[np.lexsort((-cosine[place], asking[place]))]
    texts = asking[place]
    rank = np.arange(len(place)) - np.searchsorted(texts, texts)
    return place[rank < most]


_NONE = Nearest(np.empty(0, np.int32), np.empty(0, np.int32), np.empty(0, np.float32))


def _joined(parts: Sequence[Nearest]) -> Nearest:
    return Nearest(
        np.concatenate([part.query for part in parts]).astype(np.int32),
        np.concatenate([part.form for part in parts]).astype(np.int32),
        np.concatenate([part.cosine for part in parts]).astype(np.float32),
    )
