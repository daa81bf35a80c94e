"""The handles of a list that are nearest to a handle, by the rare pieces they have in common."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from attrs import frozen

from vetting.blocking.postings import MOST_ACCOUNTS_PER_FORM, CompactForms, Postings, gram_rows
from vetting.normalise.columns import Ints, expand

__all__ = ["LEAST_COSINE", "Nearest", "near_pairs", "nearest_forms"]

MOST_FORMS_PER_QUERY = 50
# Walked postings of one query, rarest grams first. More finds little: measured on 125,000 forms, 40,000
# instead of 10,000 found .001 more of the true accounts at three times the cost.
_BUDGET = 10_000
LEAST_COSINE = 0.15
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

    Cost: at most 10,000 postings a text; about .2 ms.

    Source:
        Salton & Buckley 1988, term weighting; walked in order of rarity under a budget.
    """
    sums = np.zeros(postings.form_count, np.float32)
    found = [
        _batch(postings, texts[at : at + _BATCH], sums, most=most, least=least)
        for at in range(0, len(texts), _BATCH)
    ]
    if not found:
        return Nearest(np.empty(0, np.int32), np.empty(0, np.int32), np.empty(0, np.float32))
    sizes = range(0, len(texts), _BATCH)
    return Nearest(
        np.concatenate([part.query + at for part, at in zip(found, sizes, strict=True)]).astype(np.int32),
        np.concatenate([part.form for part in found]),
        np.concatenate([part.cosine for part in found]),
    )


def near_pairs(applicants: CompactForms, postings: Postings) -> tuple[Ints, Ints]:
    """Return the pairs of an applicant and an account with handles near to one another.

    Two texts that are both taken from e-mail addresses are no pair: addresses have keys of their own.

    Args:
        applicants: The applicants' handles.
        postings: The list's.

    Returns:
        Applicant rows and account rows, distinct, ascending by applicant, then account.
    """
    near = nearest_forms(postings, applicants.texts)
    holders = np.diff(postings.account_starts)[near.form]
    kept = holders <= MOST_ACCOUNTS_PER_FORM
    query, form = near.query[kept], near.form[kept]
    left, left_declared = _holders(applicants.starts, applicants.owners, applicants.declared, query)
    # First every holder of the text, then for each of them every holder of the form.
    entry, position = left
    owner = applicants.owners[position]
    right, _ = _holders(postings.account_starts, postings.accounts, postings.declared, form[entry])
    again, place = right
    told = left_declared[again] | np.asarray(postings.declared)[place]
    packed = np.unique(owner[again][told].astype(np.int64) << 32 | postings.accounts[place][told])
    return (packed >> 32).astype(np.int32), (packed & 0xFFFFFFFF).astype(np.int32)


Places = tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]


def _holders(
    starts: npt.NDArray[np.int64], owners: Ints, declared: npt.NDArray[np.bool_], forms: Ints
) -> tuple[Places, npt.NDArray[np.bool_]]:
    """For each of some forms, the places of its holders, and whether they declared it."""
    entry, position = _ranges(starts[forms], starts[forms + 1] - starts[forms])
    return (entry, position), np.asarray(declared[position], np.bool_)


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
    gram, query = (
        (packed >> np.uint64(32)).astype(np.uint32),
        (packed & np.uint64(0xFFFFFFFF)).astype(np.int64),
    )
    place = np.searchsorted(postings.grams, gram).clip(max=max(len(postings.grams) - 1, 0))
    known = postings.grams[place] == gram if len(postings.grams) else np.zeros(len(gram), np.bool_)
    counts = (
        np.where(known, postings.counts[place], 0) if len(postings.grams) else np.zeros(len(gram), np.int64)
    )
    weight = postings.weights(counts)
    length = np.sqrt(np.bincount(query, weights=weight.astype(np.float64) ** 2, minlength=len(texts)))
    walked = np.flatnonzero(known)
    walked = walked[postings.starts[place[walked] + 1] > postings.starts[place[walked]]]
    walked = walked[np.lexsort((gram[walked], counts[walked], query[walked]))]
    running = np.cumsum(counts[walked], dtype=np.int64)
    start_of_query = np.searchsorted(query[walked], np.arange(len(texts)))
    before = np.concatenate(([0], running))[start_of_query][query[walked]]
    walked = walked[running - before <= _BUDGET]
    per_gram = counts[walked].astype(np.int64)
    _, position = _ranges(np.asarray(postings.starts)[place[walked]], per_gram)
    forms = np.asarray(postings.forms)[position]
    squares = np.repeat(weight[walked] ** 2, per_gram)
    ends = np.concatenate(
        ([0], np.cumsum(np.bincount(query[walked], weights=per_gram, minlength=len(texts))))
    )
    ends = ends.astype(np.int64)
    queries: list[npt.NDArray[np.int32]] = []
    found: list[Ints] = []
    cosines: list[npt.NDArray[np.float32]] = []
    for number in range(len(texts)):
        here = slice(ends[number], ends[number + 1])
        if ends[number] == ends[number + 1]:
            continue
        met, cosine = _best(
            forms[here], squares[here], sums, postings.norms, float(length[number]), most, least
        )
        queries.append(np.full(len(met), number, np.int32))
        found.append(met)
        cosines.append(cosine)
    if not found:
        return Nearest(np.empty(0, np.int32), np.empty(0, np.int32), np.empty(0, np.float32))
    return Nearest(np.concatenate(queries), np.concatenate(found), np.concatenate(cosines))


def _best(
    forms: Ints,
    squares: npt.NDArray[np.float32],
    sums: npt.NDArray[np.float32],
    norms: npt.NDArray[np.float32],
    length: float,
    most: int,
    least: float,
) -> tuple[Ints, npt.NDArray[np.float32]]:
    """The nearest forms of one text; equal ones in the order of their numbers. ``sums`` is zero again after."""
    np.add.at(sums, forms, squares)
    met = np.sort(forms)
    met = met[np.concatenate(([True], met[1:] != met[:-1]))]
    cosine = sums[met] / (norms[met] * np.float32(length))
    sums[met] = 0.0
    near = cosine >= least
    met, cosine = met[near], cosine[near]
    if len(met) > most:
        limit = np.partition(cosine, len(cosine) - most)[len(cosine) - most]
        met, cosine = met[cosine >= limit], cosine[cosine >= limit]
    order = np.lexsort((met, -cosine))[:most]
    return met[order], cosine[order]
