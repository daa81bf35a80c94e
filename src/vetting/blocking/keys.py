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

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from attrs import frozen

from vetting.blocking.hashing import Hashes, combine, hash_texts
from vetting.blocking.name_keys import (
    FormKeys,
    initials,
    name_keys,
    name_texts,
    skeleton_initials,
    skeleton_texts,
)
from vetting.errors import RecordError
from vetting.normalise.columns import Ints, KindColumn, ValueTable, derive, expand
from vetting.normalise.contacts import email_local
from vetting.normalise.handle_like import handle_like, page_handle
from vetting.normalise.handle_parts import HandleParts, parts_of
from vetting.normalise.handles import compact_handle, evened_handle, handle_core, handle_tokens
from vetting.normalise.names import name_variants
from vetting.normalise.places import place_parts
from vetting.normalise.texts import are_few
from vetting.records.dates import PartialDate, Reading
from vetting.records.identifiers import IdentifierKind as Kind

__all__ = ["ALONE", "CROSSED", "OwnedKeys", "blocking_keys", "core_keys"]

_SHORTEST_CORE = 3
_SHORTEST_EVENED = 5  # as in the comparer: shorter ones are common words


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
        order = np.argsort(self.keys)
        keys = self.keys[order]
        fresh = np.ones(len(keys), np.bool_)
        fresh[1:] = keys[1:] != keys[:-1]
        # Number of the key and owner in one number: two plain sorts are quicker than one by two columns.
        packed = np.cumsum(fresh) << 32 | self.owners[order]
        packed.sort()
        fresh[1:] = packed[1:] != packed[:-1]
        return OwnedKeys((packed[fresh] & 0xFFFFFFFF).astype(np.int32), keys[fresh])


def blocking_keys(values: ValueTable) -> OwnedKeys:
    """Return every owner's keys, by all rules.

    Args:
        values: Applicants or accounts.

    Returns:
        About 25 keys per owner with a name, a birth date and a handle; sorted, without repeats.
    """
    born, places = values.column(Kind.DATE_OF_BIRTH), values.column(Kind.PLACE)
    names = values.column(Kind.NAME)
    of_names = name_keys(names.forms)
    by_initials = _owned(names, of_names.initials)
    found = [
        _hashed("e:", values.column(Kind.EMAIL)),
        _keys(values.column(Kind.PHONE), lambda form: [f"p:{form.lstrip('~+')[-9:]}"]),
        _keys(values.column(Kind.URL), lambda form: [f"u:{form.casefold()}"]),
        _of_handles(values),
        _owned(names, of_names.whole),
        _crossed(by_initials, _keys(born, _birth_texts), values.owner_count),
        _crossed(by_initials, _keys(places, _postcode_texts), values.owner_count),
        _crossed(_owned(names, of_names.skeletons), _keys(born, _birthday_texts), values.owner_count),
        _crossed(_owned(names, of_names.skeleton_initials), _keys(born, _year_texts), values.owner_count),
        _keys(places, _address_texts),
    ]
    return OwnedKeys(
        np.concatenate([part.owners for part in found]), np.concatenate([part.keys for part in found])
    ).sorted_by_key()


def core_keys(values: ValueTable) -> tuple[OwnedKeys, OwnedKeys]:
    """Return the keys by which names and handles meet one another: those of names, and those of handles.

    Args:
        values: Applicants or accounts.

    Returns:
        A part of :func:`blocking_keys`, in ascending order of the owner.
    """
    named = _keys(values.column(Kind.NAME), lambda form: [f"c:{variant}" for variant in name_variants(form)])
    handles = handle_like(values).column
    cores = hash_texts(pa.array(parts_of(values).core), prefix="c:")
    return named, OwnedKeys(handles.owners, cores[handles.codes] if handles.size else cores)


def _of_handles(values: ValueTable) -> OwnedKeys:
    column = handle_like(values).column
    if are_few(column.forms):
        return _keys(column, handle_key_texts)
    return _owned(column, _handle_keys(parts_of(values)))


def _handle_keys(parts: HandleParts) -> FormKeys:
    """The hashes of what :func:`handle_key_texts` returns, for all forms."""
    compact, core, evened, turned = (
        pa.array(texts, pa.large_string())
        for texts in (parts.compact, parts.core, parts.evened, parts.turned)
    )
    long_enough = pc.greater_equal(pc.utf8_length(core), _SHORTEST_CORE)
    return FormKeys.joined([
        _told("c:", core, long_enough),
        _told("h:", compact, pc.or_(pc.not_equal(core, compact), pc.invert(long_enough))),
        _told("s:", turned, pc.not_equal(turned, "")),
        _told("v:", evened, pc.greater_equal(pc.utf8_length(evened), _SHORTEST_EVENED)),
    ])  # fmt: skip


def _told(prefix: str, texts: pa.Array, kept: pa.Array) -> FormKeys:
    """Keys of those texts that tell enough."""
    codes = np.flatnonzero(kept.to_numpy(zero_copy_only=False))
    return FormKeys(codes, hash_texts(texts.filter(kept), prefix=prefix))


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


def _hashed(prefix: str, column: KindColumn) -> OwnedKeys:
    """A key for each form."""
    return OwnedKeys(column.owners, hash_texts(column.forms, prefix=prefix)[column.codes])


def _owned(column: KindColumn, found: FormKeys) -> OwnedKeys:
    """Hand the keys of forms to the forms' owners."""
    keys = found.keys[np.argsort(found.codes, kind="stable")]
    picked, position = expand(column.codes, np.bincount(found.codes, minlength=len(column.forms)))
    return OwnedKeys(column.owners[picked], keys[position])


def _crossed(left: OwnedKeys, right: OwnedKeys, owner_count: int) -> OwnedKeys:
    """Combine each of an owner's left keys with each of the same owner's right keys."""
    counts = np.bincount(right.owners, minlength=owner_count)
    picked_left, picked_right = expand(left.owners, counts)
    return OwnedKeys(left.owners[picked_left], combine(left.keys[picked_left], right.keys[picked_right]))


def _email_texts(form: str) -> list[str]:
    return [f"e:{form}", *handle_key_texts(email_local(form))]


def _url_texts(form: str) -> list[str]:
    return [
        f"u:{form.casefold()}",
        *(text for handle in page_handle(form) for text in handle_key_texts(handle)),
    ]


def _phone_texts(form: str) -> list[str]:
    return [f"p:{form.lstrip('~+')[-9:]}"]


KeyTexts = Callable[[str], Sequence[str]]

ALONE: tuple[tuple[Kind, KeyTexts], ...] = (
    (Kind.EMAIL, _email_texts),
    (Kind.PHONE, _phone_texts),
    (Kind.HANDLE, handle_key_texts),
    (Kind.NAME, name_texts),
    (Kind.URL, _url_texts),
    (Kind.PLACE, _address_texts),
)
"""Rules by which a value has keys of its own; for whoever has the values of one owner."""

CROSSED: tuple[tuple[Kind, KeyTexts, Kind, KeyTexts], ...] = (
    (Kind.NAME, initials, Kind.DATE_OF_BIRTH, _birth_texts),
    (Kind.NAME, initials, Kind.PLACE, _postcode_texts),
    (Kind.NAME, skeleton_texts, Kind.DATE_OF_BIRTH, _birthday_texts),
    (Kind.NAME, skeleton_initials, Kind.DATE_OF_BIRTH, _year_texts),
)
"""Rules by which a value of a kind has a key together with a value of another."""
