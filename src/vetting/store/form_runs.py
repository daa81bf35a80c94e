"""N-gram postings of a whole list, built from ranges of accounts in bounded memory.

Forms are numbered by their 64-bit hashes, so that the numbers do not depend on how the accounts were cut
into ranges; a form that two ranges have is cut into grams once.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from vetting.blocking.postings import MOST_FORMS_PER_GRAM, gram_rows, gram_weights
from vetting.evidence.characters import count_trigrams
from vetting.normalise.texts import Texts
from vetting.processes import run_in_workers
from vetting.store.arrays import ArrayWriter
from vetting.store.ranges import load_all

__all__ = ["FormRuns", "cut_forms"]

_AT_ONCE = 8_000_000
_PIECE = 200_000


class FormRuns:
    """Handles of ranges on disk, which become postings.

    Args:
        at_once: Grams merged in memory at a time.

    Cost: some 30 bytes for each range's distinct forms while they are numbered, some 40 a holder; 8 bytes a gram
        on disk.
    """

    def __init__(self, *, at_once: int = _AT_ONCE) -> None:
        self._at_once = at_once
        self._runs: list[tuple[Path, int]] = []

    def add(self, folder: Path, first: int) -> None:
        """Take the forms of a range.

        Args:
            folder: Where :func:`vetting.store.ranges.put_forms` put them.
            first: What is added to its owners.
        """
        self._runs.append((folder, first))

    def merge(self, folder: Path, *, workers: int) -> npt.NDArray[np.int64]:
        """Write the arrays of :class:`vetting.blocking.postings.Postings`.

        Args:
            folder: For the arrays.
            workers: Processes that cut forms into grams.

        Returns:
            The trigrams of all distinct forms, as :func:`vetting.evidence.characters.count_trigrams` counts them.
        """
        count = self._number()
        trigrams = count_trigrams([])
        folders = [run for run, _ in self._runs]
        for some in run_in_workers(cut_forms, folders, workers=workers):
            trigrams += some
        self._write_holders(folder, count)
        self._write_grams(folder, count)
        return trigrams

    def _number(self) -> int:
        """Number all forms by their hashes, and tell in which range each comes first; returns how many there are."""
        hashes = [np.load(folder / "hashes.npy", mmap_mode="r") for folder, _ in self._runs]
        every = np.concatenate([np.empty(0, np.uint64), *hashes])
        order = np.argsort(every, kind="stable")
        ordered = every[order]
        fresh = np.ones(len(ordered), np.bool_)
        fresh[1:] = ordered[1:] != ordered[:-1]
        del every, ordered
        numbers = np.empty(len(order), np.int32)
        numbers[order] = np.cumsum(fresh, dtype=np.int32) - 1
        first = np.empty(len(order), np.bool_)
        first[order] = fresh
        at = 0
        for (folder, _), own in zip(self._runs, hashes, strict=True):
            np.save(folder / "numbers.npy", numbers[at : at + len(own)])
            np.save(folder / "fresh.npy", first[at : at + len(own)])
            at += len(own)
        return int(fresh.sum())

    def _write_holders(self, folder: Path, count: int) -> None:
        none = np.empty(0, np.int32)
        found: list[tuple[npt.NDArray[np.int32], npt.NDArray[np.int32], npt.NDArray[np.bool_]]] = []
        for run, first in self._runs:
            arrays = load_all(run, ("numbers", "starts", "owners", "declared"))
            forms = np.repeat(arrays["numbers"], np.diff(arrays["starts"]))
            found.append((forms, arrays["owners"] + np.int32(first), arrays["declared"]))
        forms = np.concatenate([none, *(one[0] for one in found)])
        owners = np.concatenate([none, *(one[1] for one in found)])
        declared = np.concatenate([np.empty(0, np.bool_), *(one[2] for one in found)])
        found.clear()
        order = np.argsort(forms.astype(np.int64) << 32 | owners)
        starts = np.zeros(count + 1, np.int64)
        np.cumsum(np.bincount(forms, minlength=count), out=starts[1:])
        np.save(folder / "account_starts.npy", starts.astype(np.int32))
        np.save(folder / "accounts.npy", owners[order])
        np.save(folder / "declared.npy", declared[order])

    def _write_grams(self, folder: Path, count: int) -> None:
        paths = [path for run, _ in self._runs for path in sorted(run.glob("grams-*.npy"))]
        runs = [np.load(path, mmap_mode="r") for path in paths]
        edges = _gram_edges(runs, self._at_once)
        places = [np.searchsorted(run, edges).tolist() for run in runs]
        most = sum(len(run) for run in runs)
        squares = np.zeros(count)
        begin = 0
        with (
            ArrayWriter(folder / "grams.npy", np.uint32) as grams,
            ArrayWriter(folder / "counts.npy", np.int32) as counts,
            ArrayWriter(folder / "starts.npy", np.uint32 if most < 2**32 else np.int64) as starts,
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
                packed.sort()
                gram = (packed >> np.uint64(32)).astype(np.uint32)
                rows = (packed & np.uint64(0xFFFFFFFF)).astype(np.int32)
                first = np.flatnonzero(np.concatenate(([True], gram[1:] != gram[:-1])))
                sizes = np.diff(np.append(first, len(gram))).astype(np.int32)
                weights = np.repeat(gram_weights(sizes, count) ** 2, sizes)
                squares += np.bincount(rows, weights=weights, minlength=count)
                walked = np.where(sizes <= MOST_FORMS_PER_GRAM, sizes, 0)
                grams.append(gram[first])
                counts.append(sizes)
                starts.append(begin + np.cumsum(walked, dtype=np.int64))
                forms.append(rows[np.repeat(walked > 0, sizes)])
                begin += int(walked.sum())
        np.save(folder / "norms.npy", np.sqrt(squares).astype(np.float32))


def cut_forms(folder: Path) -> npt.NDArray[np.int64]:
    """Cut the forms that come first in a range into runs of grams, ``grams-<n>.npy`` beside them.

    Args:
        folder: Of the range's forms, numbered.

    Returns:
        Their trigrams.
    """
    arrays = load_all(folder, ("numbers", "fresh", "text_starts", "text"))
    fresh = np.flatnonzero(arrays["fresh"])
    texts = pa.array(Texts.of(arrays["text_starts"], arrays["text"])).take(pa.array(fresh))
    numbers = arrays["numbers"][fresh]
    for part, at in enumerate(range(0, len(fresh), _PIECE)):
        rows = slice(at, at + _PIECE)
        np.save(folder / f"grams-{part}.npy", gram_rows(Texts(texts[rows]), rows=numbers[rows]))
    return count_trigrams(Texts(texts))


def _gram_edges(runs: list[npt.NDArray[np.uint64]], at_once: int) -> npt.NDArray[np.uint64]:
    """Where to cut, between grams, so that a part holds about so many: by a sample, since grams are uneven."""
    total = sum(len(run) for run in runs)
    parts = max(1, -(-total // at_once))
    if parts == 1:
        return np.empty(0, np.uint64)
    sample = np.sort(np.concatenate([run[:: max(1, len(run) // 10_000)] for run in runs])) >> np.uint64(32)
    chosen = sample[[len(sample) * part // parts for part in range(1, parts)]]
    return np.unique(chosen) << np.uint64(32)
