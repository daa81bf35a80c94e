"""Rarity-weighted n-gram postings: which handles of a list hold a rare piece of text.

The second tier of blocking. Keys find handles that are equal once reduced; postings find the rest, by the
pieces of 3 to 5 characters that two handles have in common. Built once at ingest, kept as plain sorted
arrays that processes map into memory.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from attrs import frozen

from vetting.normalise.columns import Ints, KindColumn, ValueTable, derive, expand
from vetting.normalise.handle_like import handle_like
from vetting.normalise.handle_parts import compact_column
from vetting.normalise.handles import compact_handle
from vetting.normalise.names import first_and_last
from vetting.normalise.texts import utf8
from vetting.records.identifiers import IdentifierKind

__all__ = [
    "GRAM_SIZES",
    "CompactForms",
    "Postings",
    "build_postings",
    "compact_forms",
    "gram_rows",
    "gram_symbols",
    "name_texts",
]

# A piece that more handles have is not walked: it costs most and tells least.
MOST_FORMS_PER_GRAM = 1_000
# A form that more accounts have is found by its exact keys only; likeness to it says nothing of one person.
MOST_ACCOUNTS_PER_FORM = 100
GRAM_SIZES = (3, 4, 5)
_LONGEST = 32  # characters of a handle that are cut into pieces
_CHUNK = 200_000
_ROW_BITS = np.uint64(32)
_ROW_MASK = np.uint64(0xFFFFFFFF)
_SYMBOL_BITS = np.uint32(6)
_OTHER, _EDGE = 37, 38
_CODE = np.full(256, _OTHER, np.uint32)
_CODE[np.arange(ord("a"), ord("z") + 1)] = np.arange(1, 27)
_CODE[np.arange(ord("0"), ord("9") + 1)] = np.arange(27, 37)

_CODES: list[int] = _CODE.tolist()
_FEW = 8  # so many texts are cut faster one by one
_SYMBOLS = bytes(byte if code != _OTHER else ord("?") for byte, code in enumerate(_CODES))


@frozen(eq=False)
class CompactForms:
    """Distinct compact handles, and who has each.

    Attributes:
        texts: n distinct texts.
        starts: Shape (n + 1,): where the holders of each begin.
        owners: Holders' rows, form by form.
        declared: For each holder, whether it was given as a handle or page, not taken from an e-mail address.
    """

    texts: Sequence[str]
    starts: npt.NDArray[np.int64]
    owners: Ints
    declared: npt.NDArray[np.bool_]

    def some(self, numbers: npt.NDArray[np.integer]) -> CompactForms:
        """Return some of the texts with their holders.

        Args:
            numbers: Of the texts.
        """
        counts = (self.starts[numbers + 1] - self.starts[numbers]).astype(np.int64)
        entries, within = expand(np.arange(len(numbers)), counts)
        held = self.starts[numbers][entries] + within - (np.cumsum(counts) - counts)[entries]
        starts = np.concatenate(([0], np.cumsum(counts)))
        texts = [self.texts[number] for number in numbers.tolist()]
        return CompactForms(texts, starts, self.owners[held], self.declared[held])


def compact_forms(values: ValueTable) -> CompactForms:
    """Gather everybody's distinct handle-like texts, without separators.

    A holder who has a text both as a handle and in an address has it as a handle.
    """
    like = handle_like(values)
    few = len(like.column.forms) <= _FEW
    column = derive(like.column, lambda form: [compact_handle(form)]) if few else compact_column(values)
    return _gathered(column, like.declared)


def name_texts(values: ValueTable) -> CompactForms:
    """Gather everybody's names as handles would write them: given and family name, without a space."""
    names = derive(values.column(IdentifierKind.NAME), lambda form: ["".join(first_and_last(form))])
    written = np.flatnonzero(np.array([bool(text) for text in names.forms], np.bool_)[names.codes])
    kept = KindColumn(names.owners[written], names.codes[written], names.sources[written], names.forms)
    return _gathered(kept, np.ones(kept.size, np.bool_))


def _gathered(compact: KindColumn, given: npt.NDArray[np.bool_]) -> CompactForms:
    packed = compact.codes.astype(np.int64) << 32 | compact.owners
    held, back = np.unique(packed, return_inverse=True)
    declared = np.bincount(back, weights=given, minlength=len(held)) > 0
    starts = np.searchsorted(held >> 32, np.arange(len(compact.forms) + 1))
    return CompactForms(
        compact.forms, starts.astype(np.int64), (held & 0xFFFFFFFF).astype(np.int32), declared
    )


@frozen(eq=False, kw_only=True)
class Postings:
    """A list's n-gram postings, with F distinct forms and G distinct grams. Arrays may be memory-mapped.

    Attributes:
        grams: Shape (G,): the grams as numbers, ascending.
        counts: Shape (G,): how many forms have each.
        starts: Shape (G + 1,): where the forms of each begin; grams that too many forms have hold none.
        forms: Numbers of forms, gram by gram.
        norms: Shape (F,): length of each form's vector of gram weights.
        account_starts: Shape (F + 1,): where the accounts of each form begin.
        accounts: Account rows, form by form.
        declared: For each of these, whether the account gave it as a handle or page.
    """

    grams: npt.NDArray[np.uint32]
    counts: npt.NDArray[np.int32]
    starts: npt.NDArray[np.int64]
    forms: Ints
    norms: npt.NDArray[np.float32]
    account_starts: npt.NDArray[np.int64]
    accounts: Ints
    declared: npt.NDArray[np.bool_]

    @property
    def form_count(self) -> int:
        """How many distinct forms the list has."""
        return len(self.norms)

    def counts_of(self, grams: npt.NDArray[np.uint32]) -> npt.NDArray[np.int64]:
        """Return how many forms have each of some grams."""
        return self.places_of(grams)[1]

    def places_of(self, grams: npt.NDArray[np.uint32]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        """Return where each of some grams stands, and how many forms have it; of unknown ones 0 have it."""
        if not len(self.grams):
            return np.zeros(len(grams), np.int64), np.zeros(len(grams), np.int64)
        place = np.searchsorted(self.grams, grams).clip(max=len(self.grams) - 1)
        return place, np.where(self.grams[place] == grams, self.counts[place], 0).astype(np.int64)

    def weights(self, counts: npt.NDArray[np.integer]) -> npt.NDArray[np.float32]:
        """Return the weight in bits of grams that so many forms have; of none, the largest."""
        return gram_weights(counts, self.form_count)


def build_postings(forms: CompactForms) -> Postings:
    """Cut every form into grams and sort them.

    Args:
        forms: The list's handles.

    Cost: 36 numbers of 8 bytes per form, sorted; about 6 s and 1.5 GB for a million forms.
    """
    count = len(forms.texts)
    chunks = [gram_rows(forms.texts[at : at + _CHUNK], first_row=at) for at in range(0, count, _CHUNK)]
    packed = np.concatenate(chunks) if chunks else np.empty(0, np.uint64)
    packed.sort()
    every = (packed >> _ROW_BITS).astype(np.uint32)
    rows = (packed & _ROW_MASK).astype(np.int32)
    first = (
        np.flatnonzero(np.concatenate(([True], every[1:] != every[:-1])))
        if len(every)
        else np.empty(0, np.int64)
    )
    counts = np.diff(np.append(first, len(every))).astype(np.int32)
    squares = gram_weights(counts, count) ** 2
    norms = np.sqrt(np.bincount(rows, weights=np.repeat(squares, counts), minlength=count))
    walked = np.where(counts <= MOST_FORMS_PER_GRAM, counts, 0)
    return Postings(
        grams=every[first],
        counts=counts,
        starts=np.concatenate(([0], np.cumsum(walked, dtype=np.int64))),
        forms=rows[np.repeat(counts <= MOST_FORMS_PER_GRAM, counts)],
        norms=norms.astype(np.float32),
        account_starts=forms.starts,
        accounts=forms.owners,
        declared=forms.declared,
    )


def _grams(text: str) -> Iterator[int]:
    """The grams of one text, in no order; repeats are left in."""
    codes = [_EDGE, *map(_CODES.__getitem__, text[:_LONGEST].encode()), _EDGE]
    three = [(a << 6 | b) << 6 | c for a, b, c in zip(codes, codes[1:], codes[2:], strict=False)]
    four = [gram << 6 | code for gram, code in zip(three, codes[3:], strict=False)]
    yield from three
    yield from four
    yield from (gram << 6 | code for gram, code in zip(four, codes[4:], strict=False))


def gram_symbols(text: str) -> str:
    """Return the symbols by which a text is cut, one for each byte: letters, digits, or a question mark.

    Example:
        >>> gram_symbols("a-b9")
        'a?b9'
    """
    return text[:_LONGEST].encode().translate(_SYMBOLS).decode("ascii")


def gram_weights(counts: npt.NDArray[np.integer], forms: int) -> npt.NDArray[np.float32]:
    """Inverse document frequency in bits: log2 of the forms there are over the forms that have the gram."""
    weights: npt.NDArray[np.float32] = np.log2((forms + 1.0) / (counts + 0.5)).astype(np.float32)
    return weights


def gram_rows(
    texts: Sequence[str], *, first_row: int = 0, rows: Ints | None = None
) -> npt.NDArray[np.uint64]:
    """Cut texts into grams of 3, 4 and 5 symbols; the edges of a text are symbols too.

    A gram is its symbols' codes, six bits each: no two grams share a number.

    Args:
        texts: n compact handles; beyond 32 characters they are not cut.
        first_row: Number of the first text.
        rows: Numbers of the texts, shape (n,), when they do not follow one another.

    Returns:
        Gram in the upper and row in the lower 32 bits, ascending, without repeats.

    Example:
        >>> len(gram_rows(["abc"]))  # ^ab abc bc$ ^abc abc$ ^abc$
        6
    """
    if len(texts) <= _FEW:
        numbered = enumerate(texts, first_row) if rows is None else zip(rows.tolist(), texts, strict=True)
        return np.array(
            sorted({gram << 32 | row for row, text in numbered for gram in _grams(text)}), np.uint64
        )
    if isinstance(texts, list):
        starts, content = utf8([text[:_LONGEST] for text in texts])
    else:
        starts, content = utf8(pc.utf8_slice_codeunits(pa.array(texts, pa.large_string()), 0, _LONGEST))
    count = len(starts) - 1
    if not count:
        return np.empty(0, np.uint64)
    content = content[starts[0] : starts[-1]]
    starts = starts - starts[0]
    lengths = np.diff(starts) + 2
    ends = np.cumsum(lengths)
    symbols = np.full(int(ends[-1]), _EDGE, np.uint32)
    inner = np.ones(len(symbols), np.bool_)
    inner[ends - 1] = inner[ends - lengths] = False
    symbols[inner] = _CODE[content]
    remaining = np.repeat(ends, lengths) - np.arange(len(symbols))
    numbers = np.arange(first_row, first_row + count) if rows is None else rows
    owners = np.repeat(numbers.astype(np.uint64), lengths)
    found = []
    gram = symbols
    for size in range(2, GRAM_SIZES[-1] + 1):
        gram = (gram[:-1] << _SYMBOL_BITS) | symbols[size - 1 :]
        if size in GRAM_SIZES:
            whole = remaining[: len(gram)] >= size
            found.append(gram[whole].astype(np.uint64) << _ROW_BITS | owners[: len(gram)][whole])
    packed = np.concatenate(found)
    packed.sort()
    fresh = np.ones(len(packed), np.bool_)
    fresh[1:] = packed[1:] != packed[:-1]
    return packed[fresh]
