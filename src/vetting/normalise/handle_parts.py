"""The reduced forms of very many handles at once: what :mod:`vetting.normalise.handles` says of one.

Handles of Latin letters, digits and the usual separators are worked on as bytes, all together; others one by
one. Either way the result is that of the functions for one handle, and a law holds both to it.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from attrs import frozen

from vetting.normalise.columns import KindColumn, ValueTable, expand
from vetting.normalise.handle_like import handle_like
from vetting.normalise.handles import WORD_EDGE, handle_affixes, handle_texts
from vetting.normalise.texts import Texts, are_few, encoded, utf8

__all__ = ["HandleParts", "compact_column", "handle_parts", "parts_of"]

Bools = npt.NDArray[np.bool_]
Places = npt.NDArray[np.int64]
Bytes = npt.NDArray[np.uint8]

_SEPARATOR, _LETTER, _DIGIT, _FOREIGN = range(4)
_CLASS = np.full(256, _FOREIGN, np.uint8)
# The bytes of WORD_EDGE come together or with one that is foreign.
_CLASS[list(b" ._-" + WORD_EDGE.encode())] = _SEPARATOR
_CLASS[list(b"abcdefghijklmnopqrstuvwxyz")] = _LETTER
_CLASS[list(b"0123456789")] = _DIGIT
_LEET = np.arange(256, dtype=np.uint8)
_LEET[list(b"0134578l")] = list(b"oieastbi")
_IS_LEET = np.isin(np.arange(256), list(b"013457"))
_SHORTEST_CORE = 3


@frozen(eq=False)
class HandleParts:
    """What n forms of handles are reduced to, in their order.

    Attributes:
        compact: See :func:`vetting.normalise.handles.compact_handle`.
        core: See :func:`vetting.normalise.handles.handle_core`.
        evened: See :func:`vetting.normalise.handles.evened_handle`.
        turned: Words and numbers in order of the alphabet, where there are several; else empty.
        affix_counts: Shape (n,): how many of ``affixes`` each has.
        affixes: See :func:`vetting.normalise.handles.handle_affixes`, form by form.
    """

    compact: Sequence[str]
    core: Sequence[str]
    evened: Sequence[str]
    turned: Sequence[str]
    affix_counts: Places
    affixes: Sequence[str]


def parts_of(values: ValueTable) -> HandleParts:
    """Return the parts of the forms of :func:`vetting.normalise.handle_like.handle_like`; made once."""
    if values.derived.get("handle_parts") is None:
        values.derived["handle_parts"] = handle_parts(handle_like(values).column.forms)
    made: HandleParts = values.derived["handle_parts"]
    return made


def compact_column(values: ValueTable) -> KindColumn:
    """Return everybody's handles in their compact form."""
    return handle_like(values).column.rewritten(parts_of(values).compact)


def handle_parts(forms: Sequence[str]) -> HandleParts:
    """Reduce forms of handles.

    Args:
        forms: n forms.

    Cost: some two microseconds a form; ten for one with other letters or symbols, or of few.
    """
    if are_few(forms):
        return _parts_of_each(list(forms))
    array = pa.array(forms, pa.large_string())
    starts, content = utf8(array)
    kinds = _CLASS[content]
    plain = (_per_text(kinds == _FOREIGN, starts) == 0) & (_per_text(kinds > _SEPARATOR, starts) > 0)
    if plain.all():
        return _plain_parts(array)
    others = np.flatnonzero(~plain)
    return _merged(
        plain,
        _plain_parts(array.filter(pa.array(plain))),
        _parts_of_each(array.take(pa.array(others)).to_pylist()),
    )


def _per_text(marks: Bools, starts: Places) -> Places:
    """How many bytes of each text are marked."""
    running = np.concatenate(([0], np.cumsum(marks)))
    found: Places = running[starts[1:]] - running[starts[:-1]]
    return found


def _plain_parts(forms: pa.Array) -> HandleParts:
    starts, content = utf8(forms)
    content = content[starts[0] : starts[-1]]
    starts = starts - starts[0]
    kinds = _CLASS[content]
    # Without the separators, the bytes are the words and numbers, end to end.
    kept = np.flatnonzero(kinds)
    letters, kinds = content[kept], kinds[kept]
    begins = np.concatenate(([0], np.cumsum(_per_text(_CLASS[content] > _SEPARATOR, starts))))
    compact = Texts.of(begins, letters)
    bare = pc.ascii_trim(pa.array(compact), characters="0123456789")
    core = pc.if_else(pc.greater_equal(pc.binary_length(bare), _SHORTEST_CORE), bare, pa.array(compact))
    fresh = np.ones(len(kept), np.bool_)
    fresh[1:] = (np.diff(kept) > 1) | (kinds[1:] != kinds[:-1])
    fresh[begins[:-1]] = True
    places = np.flatnonzero(fresh)
    tokens = Texts.of(np.append(places, len(letters)), letters)
    counts = _per_text(fresh, begins)
    ranks, words = _in_order(tokens)
    affix_counts, affixes = _affixes(counts, ranks, kinds[places] == _LETTER)
    return HandleParts(
        compact, Texts(core), _evened(core), _turned(counts, ranks, words), affix_counts,
        Texts(words.take(pa.array(affixes))),
    )  # fmt: skip


def _in_order(tokens: Texts) -> tuple[Places, pa.Array]:
    """Number texts by the alphabet, and give the distinct ones in that order."""
    codes, distinct = encoded(tokens)
    order = pc.sort_indices(pa.array(distinct))
    ranks = np.empty(len(distinct), np.int64)
    ranks[order.to_numpy()] = np.arange(len(distinct))
    return ranks[codes], pa.array(distinct).take(order)


def _turned(counts: Places, ranks: Places, words: pa.Array) -> Texts:
    """The tokens of each text in order of the alphabet, of texts that have several."""
    several = counts > 1
    texts = np.repeat(np.arange(len(counts)), counts)
    packed = (texts << 32 | ranks)[several[texts]]
    packed.sort()
    tokens = words.take(pa.array(packed & 0xFFFFFFFF)).cast(pa.string())
    ends = np.concatenate(([0], np.cumsum(np.where(several, counts, 0)))).astype(np.int32)
    return Texts(pc.binary_join(pa.ListArray.from_arrays(pa.array(ends), tokens), " "))


def _affixes(counts: Places, ranks: Places, is_word: Bools) -> tuple[Places, Places]:
    """First and last word of each text that has several, in order; one of them where they are the same."""
    words = np.flatnonzero(is_word)
    of_text = np.searchsorted(words, np.concatenate(([0], np.cumsum(counts))))
    several = np.diff(of_text) > 1
    ends = np.stack([ranks[words[of_text[:-1][several]]], ranks[words[of_text[1:][several] - 1]]], axis=1)
    ends.sort(axis=1)
    used = np.stack([np.ones(len(ends), np.bool_), ends[:, 0] != ends[:, 1]], axis=1)
    found = np.zeros(len(counts), np.int64)
    found[several] = used.sum(axis=1)
    return found, ends[used]


def _evened(cores: pa.Array) -> Texts:
    starts, content = utf8(cores)
    content = content[starts[0] : starts[-1]]
    starts = starts - starts[0]
    texts = np.repeat(np.arange(len(starts) - 1, dtype=np.int32), np.diff(starts))
    count = len(content)
    begins = np.ones(count, np.bool_)
    begins[1:] = texts[1:] != texts[:-1]
    is_letter = _CLASS[content] == _LETTER
    # Runs of digits that stand for letters, with a letter of the same text on both sides; an 8 by itself.
    stands = _IS_LEET[content]
    eight = content == ord("8")
    opens = (stands | eight) & ~begins
    opens[1:] &= is_letter[:-1]
    closes = stands | eight
    closes[:-1] &= ~begins[1:] & is_letter[1:]
    closes[-1:] = False
    changed = eight & opens & closes
    places = np.flatnonzero(stands)
    if len(places):
        first = np.ones(len(places), np.bool_)
        first[1:] = (np.diff(places) > 1) | begins[places[1:]]
        at = np.flatnonzero(first)
        sizes = np.diff(np.append(at, len(places)))
        inside = opens[places[at]] & closes[places[at + sizes - 1]]
        changed[places[np.repeat(inside, sizes)]] = True
    changed |= content == ord("l")
    evened = np.where(changed, _LEET[content], content)
    kept = begins.copy()
    kept[1:] |= evened[1:] != evened[:-1]
    return Texts.of(np.concatenate(([0], np.cumsum(_per_text(kept, starts)))), evened[kept])


def _parts_of_each(forms: list[str]) -> HandleParts:
    found = [handle_texts(form) for form in forms]
    compact, core, evened, turned = ([str(one[place]) for one in found] for place in range(1, 5))
    affixes = [handle_affixes(form) for form in forms]
    counts = np.array([len(some) for some in affixes], np.int64)
    return HandleParts(compact, core, evened, turned, counts, [one for some in affixes for one in some])


def _merged(plain: Bools, one: HandleParts, other: HandleParts) -> HandleParts:
    """Put the parts of the plain forms and of the others back in order."""
    place = np.empty(len(plain), np.int64)
    place[plain] = np.arange(len(one.compact))
    place[~plain] = len(one.compact) + np.arange(len(other.compact))

    def joined(first: Sequence[str], second: Sequence[str], order: Places) -> Texts:
        both = pa.concat_arrays([pa.array(some, pa.large_string()) for some in (first, second)])
        return Texts(both.take(pa.array(order)))

    counts = np.concatenate([one.affix_counts, other.affix_counts])
    _, affix_order = expand(place, counts)
    return HandleParts(
        joined(one.compact, other.compact, place),
        joined(one.core, other.core, place),
        joined(one.evened, other.evened, place),
        joined(one.turned, other.turned, place),
        counts[place],
        joined(one.affixes, other.affixes, affix_order),
    )
