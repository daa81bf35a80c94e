"""Blocking keys: two records that share one are worth a look.

Every rule is symmetric: applicants and accounts get their keys from the same function. Names, handles
and the local parts of e-mail addresses share one namespace of cores, so that a name written as a handle
meets the handle. A name is never a key together with nothing but its first letter; names meet by two
tokens or the skeletons of two, by an initial together with a birth date or a postcode, by a skeleton
together with a birthday, and by a skeleton and an initial together with a year of birth. A dwelling is a
key of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import combinations

import numpy as np
from attrs import frozen

from vetting.blocking.hashing import Hashes, combine, hash_texts
from vetting.errors import RecordError
from vetting.normalise.columns import Ints, KindColumn, ValueTable, derive, expand
from vetting.normalise.contacts import email_local, url_handle
from vetting.normalise.handles import (
    compact_handle,
    evened_handle,
    handle_core,
    handle_form,
    handle_tokens,
)
from vetting.normalise.names import name_variants, telling_tokens
from vetting.normalise.places import place_parts
from vetting.normalise.skeletons import skeletons
from vetting.records.dates import PartialDate, Reading
from vetting.records.identifiers import IdentifierKind as Kind

__all__ = ["ALONE", "CROSSED", "OwnedKeys", "blocking_keys"]

_SHORTEST_CORE = 3
_SHORTEST_EVENED = 5  # as in the comparer: shorter ones are common words
_MOST_TOKENS = 6  # longer names are cut here: 15 pairs of tokens are enough to meet
_MOST_SKELETONS, _MOST_CROSSED = 3, 2  # of the longest words


@frozen(eq=False)
class OwnedKeys:
    """Keys and who has them.

    Attributes:
        owners: Shape (n,).
        keys: Shape (n,).
    """

    owners: Ints
    keys: Hashes

    def sorted_by_key(self) -> OwnedKeys:
        """Return the same without repeats, in ascending order of key, then owner."""
        order = np.lexsort((self.owners, self.keys))
        owners, keys = self.owners[order], self.keys[order]
        fresh = np.ones(len(keys), np.bool_)
        fresh[1:] = (keys[1:] != keys[:-1]) | (owners[1:] != owners[:-1])
        return OwnedKeys(owners[fresh], keys[fresh])


def blocking_keys(values: ValueTable) -> OwnedKeys:
    """Return every owner's keys, by all rules.

    Args:
        values: Applicants or accounts.

    Returns:
        About 25 keys per owner with a name, a birth date and a handle; sorted, without repeats.
    """
    names, born = values.column(Kind.NAME), values.column(Kind.DATE_OF_BIRTH)
    places = values.column(Kind.PLACE)
    initials = _keys(names, _initials)
    found = [
        _keys(values.column(Kind.EMAIL), _email_texts),
        _keys(values.column(Kind.PHONE), _phone_texts),
        _keys(values.column(Kind.HANDLE), handle_key_texts),
        _keys(names, _name_texts),
        _keys(values.column(Kind.URL), _url_texts),
        _crossed(initials, _keys(born, _birth_texts), values.owner_count),
        _crossed(initials, _keys(places, _postcode_texts), values.owner_count),
        _crossed(_keys(names, _skeleton_texts), _keys(born, _birthday_texts), values.owner_count),
        _crossed(_keys(names, _skeleton_initials), _keys(born, _year_texts), values.owner_count),
        _keys(places, _address_texts),
    ]
    return OwnedKeys(
        np.concatenate([part.owners for part in found]), np.concatenate([part.keys for part in found])
    ).sorted_by_key()


def handle_key_texts(form: str) -> list[str]:
    """Return the key texts of a handle's form: compact, core, evened, and tokens whatever their order."""
    compact = compact_handle(form)
    core = handle_core(compact)
    texts = [f"c:{core}"] if len(core) >= _SHORTEST_CORE else []
    if core != compact or not texts:
        texts.append(f"h:{compact}")
    tokens = handle_tokens(form)
    if len(tokens) > 1:
        texts.append("s:" + " ".join(sorted(tokens)))
    evened = evened_handle(form)
    return [*texts, f"v:{evened}"] if len(evened) >= _SHORTEST_EVENED else texts


def _email_texts(form: str) -> list[str]:
    return [f"e:{form}", *handle_key_texts(email_local(form))]


def _url_texts(form: str) -> list[str]:
    account = url_handle(form)
    return [f"u:{form}", *(handle_key_texts(handle_form(account[1])) if account else [])]


def _name_texts(form: str) -> list[str]:
    tokens = _telling(form)
    texts = [f"c:{variant}" for variant in name_variants(form)]
    texts += [f"n:{first} {second}" for first, second in combinations(sorted(tokens), 2)]
    texts = texts or [f"n:{token}" for token in tokens]
    found = _skeletons(form)
    return texts + [
        f"k:{first} {second}" for one, other in combinations(found, 2) for first, second in _both(one, other)
    ]


def _both(one: Sequence[str], other: Sequence[str]) -> list[list[str]]:
    return [sorted((first, second)) for first in one for second in other]


def _skeletons(form: str) -> list[tuple[str, ...]]:
    """Skeletons of the longest words of a name."""
    found = list(dict.fromkeys(skeletons(token) for token in _telling(form)))
    return sorted(found, key=lambda ways: -len(ways[0]))[:_MOST_SKELETONS]


def _skeleton_texts(form: str) -> list[str]:
    return [f"k:{text}" for ways in _skeletons(form)[:_MOST_CROSSED] for text in ways]


def _skeleton_initials(form: str) -> list[str]:
    """The skeleton of a word, with the first letter of another: one letter stands for a word."""
    kept = _skeletons(form)[:_MOST_CROSSED]
    others = [*kept, *((token,) for token in form.split()[:_MOST_TOKENS] if len(token) == 1)]
    return list(
        dict.fromkeys(
            f"k:{text} {other[0][0]}" for own in kept for text in own for other in others if other != own
        )
    )


def _birthday_texts(form: str) -> list[str]:
    return [
        f"b:{month}-{day}" for _, month, day in _readings(form) if month and day and (month, day) != (1, 1)
    ]


def _year_texts(form: str) -> list[str]:
    return list(dict.fromkeys(f"y:{year}" for year, _, _ in _readings(form) if year))


def _readings(form: str) -> Sequence[Reading]:
    try:
        return PartialDate.parse(form).readings
    except RecordError:
        return ()


def _initials(form: str) -> list[str]:
    return [f"i:{initial}" for initial in sorted({token[0] for token in form.split()[:_MOST_TOKENS]})]


def _telling(form: str) -> list[str]:
    return list(dict.fromkeys(token for token in telling_tokens(form) if len(token) > 1))[:_MOST_TOKENS]


def _birth_texts(form: str) -> list[str]:
    texts = []
    for year, month, day in _readings(form):
        if year is None or month is None or day is None:
            continue
        texts.append(f"d:{year}-{month}-{day}")
        if day <= 12:
            texts.append(f"d:{year}-{day}-{month}")  # day and month may have been swapped
    return list(dict.fromkeys(texts))


def _postcode_texts(form: str) -> list[str]:
    postcode, _ = place_parts(form)
    return [f"z:{postcode}"] if postcode else []


def _address_texts(form: str) -> list[str]:
    """A dwelling: house number with the postcode, and with the first two telling words."""
    postcode, telling = place_parts(form)
    number = next((word for word in form.partition("|")[2].split() if word[0].isdigit()), "")
    if not number:
        return []
    texts = [f"a:{number} {postcode}"] if postcode else []
    return texts + ([f"a:{number} {' '.join(telling[:2])}"] if len(telling) > 1 else [])


def _keys(column: KindColumn, texts_of: Callable[[str], Sequence[str]]) -> OwnedKeys:
    """Hash the key texts of each distinct form once, then hand them to the form's owners."""
    texts = derive(column, texts_of)
    return OwnedKeys(texts.owners, hash_texts(texts.forms)[texts.codes])


def _crossed(left: OwnedKeys, right: OwnedKeys, owner_count: int) -> OwnedKeys:
    """Combine each of an owner's left keys with each of the same owner's right keys."""
    counts = np.bincount(right.owners, minlength=owner_count)
    picked_left, picked_right = expand(left.owners, counts)
    return OwnedKeys(left.owners[picked_left], combine(left.keys[picked_left], right.keys[picked_right]))


def _phone_texts(form: str) -> list[str]:
    return [f"p:{form.lstrip('~+')[-9:]}"]


KeyTexts = Callable[[str], Sequence[str]]

ALONE: tuple[tuple[Kind, KeyTexts], ...] = (
    (Kind.EMAIL, _email_texts),
    (Kind.PHONE, _phone_texts),
    (Kind.HANDLE, handle_key_texts),
    (Kind.NAME, _name_texts),
    (Kind.URL, _url_texts),
    (Kind.PLACE, _address_texts),
)
"""Rules by which a value has keys of its own; for whoever has the values of one owner."""

CROSSED: tuple[tuple[Kind, KeyTexts, Kind, KeyTexts], ...] = (
    (Kind.NAME, _initials, Kind.DATE_OF_BIRTH, _birth_texts),
    (Kind.NAME, _initials, Kind.PLACE, _postcode_texts),
    (Kind.NAME, _skeleton_texts, Kind.DATE_OF_BIRTH, _birthday_texts),
    (Kind.NAME, _skeleton_initials, Kind.DATE_OF_BIRTH, _year_texts),
)
"""Rules by which a value of a kind has a key together with a value of another."""
