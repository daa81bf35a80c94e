"""N-gram postings of a whole list, built from ranges of accounts in bounded memory.

Forms are numbered by their 64-bit hashes, so that the numbers do not depend on how the accounts were cut
into ranges; a form that two ranges have is cut into grams once.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt

from vetting.blocking.hashing import hash_texts
from vetting.blocking.postings import MOST_FORMS_PER_GRAM, CompactForms, gram_rows, gram_weights
from vetting.store.arrays import ArrayWriter

__all__ = ["FormRuns"]

_AT_ONCE = 32_000_000
_PIECE = 200_000


class FormRuns:
    """Runs of grams on disk, and who has which form.

    Args:
        folder: For the runs; whoever made it removes it.
        at_once: Grams merged in memory at a time.

    Cost: 12 bytes a distinct form and 9 a holder in memory; 8 bytes a gram on disk.
    """

    def __init__(self, folder: Path, *, at_once: int = _AT_ONCE) -> None:
        self._folder = folder
        self._at_once = at_once
        self._hashes = np.empty(0, np.uint64)  # ascending, with the number under which each came
        self._numbers = np.empty(0, np.int32)
        self._runs: list[Path] = []
        self._holders: list[tuple[npt.NDArray[np.int32], npt.NDArray[np.int32], npt.NDArray[np.bool_]]] = []

    def add(self, forms: CompactForms) -> list[str]:
        """Put down the forms of a range; return those that no range before had."""
        hashes = hash_texts(forms.texts)
        place = np.searchsorted(self._hashes, hashes).clip(max=max(len(self._hashes) - 1, 0))
        known = self._hashes[place] == hashes if len(self._hashes) else np.zeros(len(hashes), np.bool_)
        fresh, first = np.unique(hashes[~known], return_index=True)
        base = len(self._hashes)
        merged = np.concatenate([self._hashes, fresh])
        order = np.argsort(merged, kind="stable")
        numbers = np.concatenate([self._numbers, np.arange(base, base + len(fresh), dtype=np.int32)])
        self._hashes, self._numbers = merged[order], numbers[order]
        texts = [forms.texts[at] for at in np.flatnonzero(~known)[first].tolist()]
        for at in range(0, len(texts), _PIECE):
            path = self._folder / f"grams-{len(self._runs)}.npy"
            np.save(path, gram_rows(texts[at : at + _PIECE], first_row=base + at))
            self._runs.append(path)
        number = self._numbers[np.searchsorted(self._hashes, hashes)]
        self._holders.append((np.repeat(number, np.diff(forms.starts)), forms.owners, forms.declared))
        return texts

    def merge(self, folder: Path) -> None:
        """Write the arrays of :class:`vetting.blocking.postings.Postings`."""
        count = len(self._hashes)
        rank = np.empty(count, np.int32)
        rank[self._numbers] = np.arange(count, dtype=np.int32)
        self._hashes = self._numbers = np.empty(0, np.int32)  # type: ignore[assignment]  # done with
        self._write_holders(folder, rank)
        self._write_grams(folder, rank)

    def _write_holders(self, folder: Path, rank: npt.NDArray[np.int32]) -> None:
        none = np.empty(0, np.int32)
        forms = rank[np.concatenate([none, *(one[0] for one in self._holders)])]
        owners = np.concatenate([none, *(one[1] for one in self._holders)])
        declared = np.concatenate([np.empty(0, np.bool_), *(one[2] for one in self._holders)])
        self._holders.clear()
        order = np.argsort(forms.astype(np.int64) << 32 | owners)
        starts = np.zeros(len(rank) + 1, np.int64)
        np.cumsum(np.bincount(forms, minlength=len(rank)), out=starts[1:])
        np.save(folder / "account_starts.npy", starts)
        np.save(folder / "accounts.npy", owners[order])
        np.save(folder / "declared.npy", declared[order])

    def _write_grams(self, folder: Path, rank: npt.NDArray[np.int32]) -> None:
        runs = [np.load(path, mmap_mode="r") for path in self._runs]
        edges = _gram_edges(runs, self._at_once)
        places = [np.searchsorted(run, edges).tolist() for run in runs]
        squares = np.zeros(len(rank))
        begin = 0
        with (
            ArrayWriter(folder / "grams.npy", np.uint32) as grams,
            ArrayWriter(folder / "counts.npy", np.int32) as counts,
            ArrayWriter(folder / "starts.npy", np.int64) as starts,
            ArrayWriter(folder / "forms.npy", np.int32) as forms,
        ):
            starts.append(np.zeros(1, np.int64))
            for part in range(len(edges) + 1):
                pieces = []
                for run, place in zip(runs, places, strict=True):
                    bounds = [0, *place, len(run)]
                    pieces.append(run[bounds[part] : bounds[part + 1]])
                packed = np.concatenate(pieces) if pieces else np.empty(0, np.uint64)
                if not len(packed):
                    continue
                rows = rank[(packed & np.uint64(0xFFFFFFFF)).astype(np.int64)]
                packed = packed >> np.uint64(32) << np.uint64(32) | rows.astype(np.uint64)
                packed.sort()
                gram = (packed >> np.uint64(32)).astype(np.uint32)
                rows = (packed & np.uint64(0xFFFFFFFF)).astype(np.int32)
                first = np.flatnonzero(np.concatenate(([True], gram[1:] != gram[:-1])))
                sizes = np.diff(np.append(first, len(gram))).astype(np.int32)
                weights = np.repeat(gram_weights(sizes, len(rank)) ** 2, sizes)
                squares += np.bincount(rows, weights=weights, minlength=len(rank))
                walked = np.where(sizes <= MOST_FORMS_PER_GRAM, sizes, 0)
                grams.append(gram[first])
                counts.append(sizes)
                starts.append(begin + np.cumsum(walked, dtype=np.int64))
                forms.append(rows[np.repeat(walked > 0, sizes)])
                begin += int(walked.sum())
        np.save(folder / "norms.npy", np.sqrt(squares).astype(np.float32))


def _gram_edges(runs: list[npt.NDArray[np.uint64]], at_once: int) -> npt.NDArray[np.uint64]:
    """Where to cut, between grams, so that a part holds about so many: by a sample, since grams are uneven."""
    total = sum(len(run) for run in runs)
    parts = max(1, -(-total // at_once))
    if parts == 1:
        return np.empty(0, np.uint64)
    sample = np.sort(np.concatenate([run[:: max(1, len(run) // 10_000)] for run in runs])) >> np.uint64(32)
    chosen = sample[[len(sample) * part // parts for part in range(1, parts)]]
    return np.unique(chosen) << np.uint64(32)
