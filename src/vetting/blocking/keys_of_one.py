"""Blocking keys of one person: :func:`vetting.blocking.keys.blocking_keys` without a column for each rule."""

from __future__ import annotations

import numpy as np

from vetting.blocking.hashing import combine_one, hash_texts
from vetting.blocking.keys import ALONE, CROSSED, KeyTexts, OwnedKeys
from vetting.normalise.columns import ValueTable
from vetting.records.identifiers import IdentifierKind as Kind

__all__ = ["keys_of_one"]


def keys_of_one(values: ValueTable) -> OwnedKeys:
    """Return the keys of the only owner of some values; the same as :func:`blocking_keys` returns.

    Args:
        values: Of one applicant or account.

    Cost: some hundred texts hashed together.
    """
    single = [text for kind, texts_of in ALONE for text in _texts(values, kind, texts_of)]
    pairs = [
        (left, right)
        for ours, left_of, theirs, right_of in CROSSED
        if ours in values.columns and theirs in values.columns
        for right in _texts(values, theirs, right_of)
        for left in _texts(values, ours, left_of)
    ]
    distinct = list(dict.fromkeys([*single, *(text for pair in pairs for text in pair)]))
    hashes = dict(zip(distinct, hash_texts(distinct).tolist(), strict=True))
    found = {hashes[text] for text in single}
    found.update(combine_one(hashes[left], hashes[right]) for left, right in pairs)
    return OwnedKeys(np.zeros(len(found), np.int32), np.array(sorted(found), np.uint64))


def _texts(values: ValueTable, kind: Kind, texts_of: KeyTexts) -> list[str]:
    return list(dict.fromkeys(text for form in values.column(kind).forms for text in texts_of(form)))
