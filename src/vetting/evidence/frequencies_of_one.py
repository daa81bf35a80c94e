"""What one applicant adds to the counts of a list: :func:`vetting.evidence.frequencies.count_frequencies` for one."""

from __future__ import annotations

import numpy as np

from vetting.blocking.hashing import hash_texts
from vetting.compare.handle_pair import handle_writing
from vetting.evidence.characters import count_trigrams
from vetting.evidence.frequencies import Frequencies, HashCounts, year_of
from vetting.normalise.columns import ValueTable
from vetting.normalise.handles import handle_affixes
from vetting.normalise.holding import holdings_of
from vetting.normalise.places import place_parts

__all__ = ["frequencies_of_one"]


def frequencies_of_one(values: ValueTable) -> Frequencies:
    """Count the values of a cohort of one; nobody else has any of them.

    Args:
        values: Of one applicant.
    """
    (held,) = holdings_of(values, [0])
    words = list(dict.fromkeys(word for form, _ in held.names for word in form.split()))
    parts = [place_parts(form) for form, _ in held.places]
    owned = {
        "email": held.emails,
        "phone": held.phones,
        "handle": held.handle_like,
        "core": held.handle_like,
        "affix": any(handle_affixes(form) for form, _ in held.handle_like),
        "name_word": words,
        "postcode": any(postcode for postcode, _ in parts),
        "place_word": any(telling for _, telling in parts),
        "url": held.urls,
        "year": any(year_of(form) for form, _ in held.dates),
    }
    hashes = np.unique(hash_texts(words))
    compacts = dict.fromkeys(handle_writing(form).compact for form, _ in held.handle_like)
    return Frequencies(
        {"name_word": HashCounts(hashes, np.ones(len(hashes), np.int32))},
        {kind: int(bool(has)) for kind, has in owned.items()},
        count_trigrams(list(compacts)),
    )
