"""What two handles have in common, character by character: the runs of three or more that both hold."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt
from attrs import frozen

from vetting.compare.levels import FormPairs

__all__ = ["GAP", "SharedRuns", "common_marks", "pieces_of", "shared_runs", "written_letters"]

GAP = "…"
"""Stands between the pieces of a shared text that do not lie side by side."""

LONGEST = 32  # characters of a handle that are looked at
_SHORTEST_RUN = 3
_CHUNK = 8_192
_SIGNATURE_WORDS = 4
_FEW = 256  # below it, signatures cost more than they spare

Covered = npt.NDArray[np.bool_]


@frozen(eq=False)
class SharedRuns:
    """For pairs of compact handles, the characters that lie in a common run.

    Attributes:
        left: Shape (n, 32): which characters of the left text are shared.
        right: Shape (n, 32): which characters of the right text are shared.
        longest: Shape (n,): length of the longest common run; 0 below three characters.
    """

    left: Covered
    right: Covered
    longest: npt.NDArray[np.int8]

    @property
    def shared_left(self) -> npt.NDArray[np.int64]:
        """Shape (n,): how many characters of the left text are shared."""
        count: npt.NDArray[np.int64] = self.left.sum(axis=1)
        return count

    @property
    def shared_right(self) -> npt.NDArray[np.int64]:
        """Shape (n,): how many characters of the right text are shared."""
        count: npt.NDArray[np.int64] = self.right.sum(axis=1)
        return count


def shared_runs(pairs: FormPairs, rows: npt.NDArray[np.int64]) -> SharedRuns:
    """Mark what lies in a run of at least three characters that both texts hold, wherever it stands.

    Runs may overlap and come in any order: ``asantekwame`` is all shared with ``kwameasante``. Swapping
    the sides swaps the marks.

    Args:
        pairs: Compact handles.
        rows: Shape (n,): the pairs to look at; of the others nothing is known.

    Returns:
        The marks, a row for each of ``rows``.

    Cost: 32 steps over (n, 32) cells; pairs without a piece of three in common are passed over by a
    256-bit signature.
    """
    left, right = pairs.left_codes[rows], pairs.right_codes[rows]
    letters_l, letters_r = letters(pairs.left), letters(pairs.right)
    marks_l = np.zeros((len(rows), LONGEST), np.bool_)
    marks_r = np.zeros((len(rows), LONGEST), np.bool_)
    longest = np.zeros(len(rows), np.int8)
    maybe = np.arange(len(rows))
    if len(rows) > _FEW:
        maybe = np.flatnonzero((_signatures(letters_l)[left] & _signatures(letters_r)[right]).any(axis=1))
    for at in range(0, len(maybe), _CHUNK):
        some = maybe[at : at + _CHUNK]
        marks_l[some], marks_r[some], longest[some] = _runs(letters_l[left[some]], letters_r[right[some]])
    return SharedRuns(marks_l, marks_r, longest)


def letters(texts: Sequence[str]) -> npt.NDArray[np.uint8]:
    """Return the first 32 characters of each text as numbers, 0 after the end; one beyond ASCII is 1."""
    padded = b"".join(
        text[:LONGEST].encode("ascii", "replace").replace(b"?", b"\x01").ljust(LONGEST, b"\0")
        for text in texts
    )
    return np.frombuffer(padded, np.uint8).reshape(len(texts), LONGEST)


def marked_texts(texts: Sequence[str], codes: npt.NDArray[np.int32], marks: Covered) -> list[str]:
    """Return the marked characters of texts, with :data:`GAP` between those that do not lie side by side.

    Args:
        texts: Compact handles.
        codes: Shape (n,): index into ``texts``.
        marks: Shape (n, 32).

    Example:
        >>> marks = np.zeros((1, 32), np.bool_)
        >>> marks[0, [0, 1, 2, 6, 7, 8]] = True
        >>> marked_texts(["kwame_asante"], np.zeros(1, np.int32), marks)
        ['kwa…asa']
    """
    masks = np.packbits(marks, axis=1, bitorder="little").view("<u4")[:, 0]
    distinct, back = np.unique(codes.astype(np.int64) << 32 | masks, return_inverse=True)
    found = [marked_text(texts[key >> 32], key & 0xFFFFFFFF) for key in distinct.tolist()]
    return [found[place] for place in back.tolist()]


def marked_text(text: str, mask: int) -> str:
    pieces = []
    place = 0
    while mask:
        gap = (mask & -mask).bit_length() - 1
        mask >>= gap
        length = (~mask & (mask + 1)).bit_length() - 1
        mask >>= length
        pieces.append(text[place + gap : place + gap + length])
        place += gap + length
    return GAP.join(pieces)


def _signatures(codes: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint64]:
    """A set of 256 bits for the pieces of three of each text; texts with one in common share a bit."""
    signs = np.zeros((len(codes), _SIGNATURE_WORDS), np.uint64)
    wide = codes.astype(np.uint32)
    mixed = (wide[:, :-2] * 961 + wide[:, 1:-1] * 31 + wide[:, 2:]) * np.uint32(2654435761) >> np.uint32(24)
    whole = codes[:, 2:] > 0
    for column in range(mixed.shape[1]):
        rows = np.flatnonzero(whole[:, column])
        place = mixed[rows, column]
        signs[rows, place >> 6] |= np.uint64(1) << (place & 63).astype(np.uint64)
    return signs


def _runs(
    left: npt.NDArray[np.uint8], right: npt.NDArray[np.uint8]
) -> tuple[Covered, Covered, npt.NDArray[np.int8]]:
    """Lengths of the common run that ends at each pair of places; then its length at all of its places."""
    width_l = int((left > 0).sum(axis=1).max(initial=0))
    width_r = int((right > 0).sum(axis=1).max(initial=0))
    runs = np.zeros((width_l + 1, len(left), width_r + 1), np.int8)
    for place in range(width_l):
        letter = left[:, place, None]
        same = (letter == right[:, :width_r]) & (letter > 0)
        runs[place + 1, :, 1:] = (runs[place, :, :-1] + 1) * same
    longest = runs.max(axis=(0, 2), initial=0)
    marks_l = np.zeros(left.shape, np.bool_)
    marks_r = np.zeros(right.shape, np.bool_)
    after = np.zeros((len(left), width_r + 1), np.int8)  # of the next place: the whole length of its runs
    for place in range(width_l - 1, -1, -1):
        here = runs[place + 1, :, 1:]
        whole = np.where(here > 0, np.maximum(here, after[:, 1:]), 0)
        shared = whole >= _SHORTEST_RUN
        marks_l[:, place] = shared.any(axis=1)
        marks_r[:, :width_r] |= shared
        after = np.zeros_like(after)
        after[:, :-1] = whole
    return marks_l, marks_r, np.where(longest >= _SHORTEST_RUN, longest, 0).astype(np.int8)


def common_marks(left: bytes, right: bytes) -> tuple[int, int]:
    """Mark what two texts of :func:`letters` share as :func:`shared_runs` does: a bit for each character.

    Args:
        left: The text whose pieces are remembered.
        right: Another.
    """
    marks_left = marks_right = 0
    for piece, mask in _placed(left):
        if piece in right:
            marks_left |= mask
            at = right.find(piece)
            while at >= 0:
                marks_right |= 0b111 << at
                at = right.find(piece, at + 1)
    return marks_left, marks_right


@lru_cache(maxsize=1_024)
def _placed(text: bytes) -> list[tuple[bytes, int]]:
    """The pieces of three of a text, each with the marks of the characters that it covers."""
    found: dict[bytes, int] = {}
    for at in range(len(text) - _SHORTEST_RUN + 1):
        piece = text[at : at + _SHORTEST_RUN]
        found[piece] = found.get(piece, 0) | 0b111 << at
    return list(found.items())


def written_letters(text: str) -> bytes:
    """Return one text as :func:`letters` writes it, without what stands for its end."""
    return text[:LONGEST].encode("ascii", "replace").replace(b"?", b"\x01").partition(b"\0")[0]


def pieces_of(text: str, size: int = _SHORTEST_RUN) -> frozenset[bytes]:
    """Return the pieces of some characters of a text."""
    written = written_letters(text)
    return frozenset(written[at : at + size] for at in range(len(written) - size + 1))
