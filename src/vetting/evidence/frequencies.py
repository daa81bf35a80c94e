"""How many people or accounts have which value: learned at ingest from a list, and from the cohort."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from attrs import field, frozen

from vetting.evidence.characters import ALPHABET, count_trigrams
from vetting.evidence.holders import holders_of
from vetting.normalise.columns import Ints, KindColumn, ValueTable, derive
from vetting.normalise.handle_like import handle_like
from vetting.normalise.handles import compact_handle, handle_core, handle_tokens
from vetting.normalise.places import place_parts
from vetting.records.dates import PartialDate
from vetting.records.identifiers import IdentifierKind as Kind

__all__ = ["FREQUENCY_SCHEMA", "Frequencies", "count_frequencies"]

FREQUENCY_SCHEMA = pa.schema([("kind", pa.string()), ("form", pa.string()), ("accounts", pa.int64())])

# A value that one owner has is as rare as one never seen: the table holds repeated values only. The
# words of names are kept whole, since most names are made of words seen once or more.
_KEEP_SINGLE = frozenset({"name_word"})
_SIZE = len(ALPHABET)


@frozen(eq=False)
class Frequencies:
    """Counts of owners per value, and the trigrams of handles.

    Attributes:
        counts: Kind of value (``email, phone, handle, core, affix, name_word, postcode, place_word, url,
            year``) -> value -> owners; values of one owner are left out, except words of names.
        owners: Kind of value -> owners that have any.
        trigrams: Shape (38 ** 3,), see :func:`vetting.evidence.characters.count_trigrams`.
    """

    counts: Mapping[str, Mapping[str, int]]
    owners: Mapping[str, int]
    trigrams: npt.NDArray[np.int64] = field(factory=lambda: np.zeros(_SIZE**3, np.int64))

    def others(self, kind: str, values: Sequence[str]) -> npt.NDArray[np.int64]:
        """Return how many owners have each value beside the one at hand.

        Args:
            kind: A kind of value.
            values: n values.

        Returns:
            Shape (n,), at least 0.
        """
        known = self.counts.get(kind, {})
        counts = np.fromiter((known.get(value, 0) for value in values), np.int64, len(values))
        return np.maximum(counts - 1, 0)

    def has(self, kind: str, value: str) -> bool:
        """Whether a repeated value, or a word of a name, was seen."""
        return value in self.counts.get(kind, {})

    def to_table(self) -> pa.Table:
        """Return the counts as a table ``kind, form, accounts`` for the store."""
        rows = [("owners", kind, count) for kind, count in sorted(self.owners.items())]
        rows += [
            (kind, form, count)
            for kind in sorted(self.counts)
            for form, count in sorted(self.counts[kind].items())
        ]
        rows += [
            ("trigram", str(place), int(self.trigrams[place])) for place in np.flatnonzero(self.trigrams)
        ]
        kinds, forms, counts = zip(*rows, strict=True) if rows else ((), (), ())
        return pa.table([list(kinds), list(forms), list(counts)], schema=FREQUENCY_SCHEMA)

    @classmethod
    def from_table(cls, table: pa.Table) -> Frequencies:
        """Read back what :meth:`to_table` wrote."""
        counts: dict[str, dict[str, int]] = {}
        for kind, form, count in zip(
            *(table[name].to_pylist() for name in FREQUENCY_SCHEMA.names), strict=True
        ):
            counts.setdefault(kind, {})[form] = count
        owners = counts.pop("owners", {})
        trigrams = np.zeros(_SIZE**3, np.int64)
        for place, count in counts.pop("trigram", {}).items():
            trigrams[int(place)] = count
        return cls(counts, owners, trigrams)


def count_frequencies(values: ValueTable) -> Frequencies:
    """Count the owners of every value.

    Args:
        values: Applicants, or a list's accounts.

    Cost: one call per distinct form, then sorts of whole columns.
    """
    places, emails = values.column(Kind.PLACE), values.column(Kind.EMAIL)
    handles = derive(handle_like(values).column, lambda form: [compact_handle(form)])
    parts = {
        "email": emails,
        "phone": values.column(Kind.PHONE),
        "handle": handles,
        "core": derive(handles, lambda compact: [handle_core(compact)]),
        "affix": derive(handle_like(values).column, _affixes),
        "name_word": derive(values.column(Kind.NAME), str.split),
        "postcode": derive(places, _postcode),
        "place_word": derive(places, lambda form: place_parts(form)[1]),
        "url": derive(values.column(Kind.URL), lambda form: [form.casefold()]),
        "year": derive(values.column(Kind.DATE_OF_BIRTH), _year),
    }
    holders = holders_of(values)
    # Mailboxes and numbers are what tells holders; of these, accounts are counted.
    everybody = np.arange(values.owner_count, dtype=np.int32)
    counted = {kind: everybody if kind in {"email", "phone"} else holders for kind in parts}
    counts = {kind: _owners_per_form(kind, column, counted[kind]) for kind, column in parts.items()}
    owners = {kind: len(np.unique(counted[kind][column.owners])) for kind, column in parts.items()}
    return Frequencies(counts, owners, count_trigrams(handles.forms))


def _owners_per_form(kind: str, column: KindColumn, holders: Ints) -> dict[str, int]:
    owned = np.unique(holders[column.owners].astype(np.int64) << 32 | column.codes)
    counts = np.bincount(owned & 0xFFFFFFFF, minlength=len(column.forms))
    kept = np.flatnonzero(counts > (0 if kind in _KEEP_SINGLE else 1))
    return dict(zip([column.forms[code] for code in kept.tolist()], counts[kept].tolist(), strict=True))


def _affixes(form: str) -> list[str]:
    """The words at the ends of a handle that has several words."""
    words = [token for token in handle_tokens(form) if token.isalpha()]
    return sorted({words[0], words[-1]}) if len(words) > 1 else []


def _postcode(form: str) -> list[str]:
    postcode, _ = place_parts(form)
    return [postcode] if postcode else []


def _year(form: str) -> list[str]:
    year = PartialDate.parse(form).year
    return [str(year)] if year else []
