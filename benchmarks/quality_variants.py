"""Row of given-name variants: pairs of a public dictionary found, at few non-variants accepted."""

from __future__ import annotations

import os
import zlib
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import numpy.typing as npt
from quality_measure import Figure, absent, data_folder, share_of
from quality_ours import accepted_names
from quality_peers import NAME_PEERS

from vetting.normalise.names import name_form

__all__ = ["given_variants"]

Pairs = list[tuple[str, str]]
_MOST_ACCEPTED = 0.005


def _dictionary() -> Path | None:
    """The file of the gender-guesser package: lines ``=  short long`` are forms of one given name.

    ``VETTING_NAME_DICT`` names it where the package is not installed beside the benchmark.
    """
    given = os.environ.get("VETTING_NAME_DICT")
    found = find_spec("gender_guesser") if not given else None
    path = (
        Path(given)
        if given
        else Path(found.origin).parent / "data" / "nam_dict.txt"
        if found and found.origin
        else None
    )
    return path if path and path.exists() else None


def _variants(path: Path) -> Pairs:
    pairs = set()
    for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
        parts = line.split()
        if line.startswith("=") and len(parts) > 2:
            short, long = name_form(parts[1]), name_form(parts[2])
            if short and long and short != long and " " not in short + long:
                pairs.add((short, long))
    return sorted(pairs)


def _reported(pairs: Pairs) -> npt.NDArray[np.bool_]:
    """The half that no rule was looked at on."""
    return np.array([zlib.crc32(" ".join(pair).encode()) % 2 == 1 for pair in pairs], np.bool_)


def given_variants() -> list[Figure]:
    """Share of variants that compare as exact or close, and of names judged different; peers at .005 of these."""
    row, what = "given-variants", "given-name variants found, half not fitted on"
    folder, path = data_folder(), _dictionary()
    if folder is None or path is None:
        return absent(row, what)
    variants = _variants(path)
    lines = (folder / "names" / "not_variants_given.tsv").read_text(encoding="utf-8").splitlines()
    others = sorted({(pair[0], pair[1]) for pair in (line.split("\t") for line in lines) if len(pair) > 1})
    halves = _reported(variants), _reported(others)
    found = []
    for method, scores in (
        ("vetting, levels exact and close", None),
        *((f"{name}, threshold of the other half", peer) for name, peer in NAME_PEERS.items()),
    ):
        yes, no = (
            (scores or accepted_names)([a for a, _ in pairs], [b for _, b in pairs])
            for pairs in (variants, others)
        )
        if scores is not None:
            # The lowest threshold that keeps to the limit on the half that is not reported.
            fitted = np.sort(no[~halves[1]])[::-1]
            least = fitted[int(_MOST_ACCEPTED * len(fitted))]
            yes, no = yes > least, no > least
        right, wrong = yes[halves[0]], no[halves[1]]
        value, interval = share_of(int(right.sum()), len(right))
        accepted, _ = share_of(int(wrong.sum()), len(wrong))
        found.append(
            Figure(
                row=row,
                what=what,
                method=method,
                value=value,
                interval=interval,
                n=len(right),
                target="0.30" if scores is None else "",
                note=f"non-variants accepted {accepted}",
            )
        )
    return found
