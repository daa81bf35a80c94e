"""What the quality benchmark reports: figures with bootstrap intervals, and thresholds fitted fairly."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import numpy.typing as npt
from attrs import frozen

__all__ = ["Figure", "best_threshold", "data_folder", "f1_of", "f1_of_units", "share_of", "two_fold_f1"]

Bools = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]
_ROUNDS = 1_000


@frozen(kw_only=True)
class Figure:
    """One line of the table.

    Attributes:
        row: The benchmark row, as ``--only`` names it.
        what: What was measured, on which data.
        method: Ours or a peer, with its threshold.
        value: The figure as text.
        interval: 95 % bootstrap interval as text; empty where none makes sense.
        n: Units measured.
        target: What is wanted; empty for peers.
        note: What a reader should know.
    """

    row: str
    what: str
    method: str
    value: str
    interval: str = ""
    n: int = 0
    target: str = ""
    note: str = ""


def data_folder() -> Path | None:
    """Return the folder of public labelled data; ``None`` when it is absent."""
    folder = Path(os.environ.get("VETTING_BENCH_DATA", "../shared/data"))
    if not folder.is_absolute() and not folder.exists():
        folder = Path(__file__).resolve().parents[1] / folder
    return folder if (folder / "names").is_dir() else None


def absent(row: str, what: str) -> list[Figure]:
    """Say plainly that data is absent."""
    return [
        Figure(
            row=row,
            what=what,
            method="-",
            value="not measured",
            note="data folder absent: set VETTING_BENCH_DATA",
        )
    ]


def _f1(tp: Floats, fp: Floats, fn: Floats) -> Floats:
    return 2 * tp / np.maximum(2 * tp + fp + fn, 1e-9)


def f1_of(truth: Bools, predicted: Bools) -> tuple[str, str, str]:
    """F1 as text, its 95 % interval over pairs, and precision and recall as text."""
    cells = np.array(
        [
            (truth & predicted).sum(),
            (~truth & predicted).sum(),
            (truth & ~predicted).sum(),
            (~truth & ~predicted).sum(),
        ]
    )
    drawn = (
        np.random.default_rng(1).multinomial(cells.sum(), cells / max(cells.sum(), 1), _ROUNDS).astype(float)
    )
    return _as_text(cells[0], cells[1], cells[2], _f1(drawn[:, 0], drawn[:, 1], drawn[:, 2]))


def f1_of_units(tp: Floats, fp: Floats, fn: Floats) -> tuple[str, str, str]:
    """The same, resampling units (applicants, records) that each have several pairs."""
    rng = np.random.default_rng(1)
    rates = []
    for _ in range(300):
        weight = np.bincount(rng.integers(0, len(tp), len(tp)), minlength=len(tp))
        rates.append(_f1(weight @ tp, weight @ fp, weight @ fn))
    return _as_text(tp.sum(), fp.sum(), fn.sum(), np.array(rates))


def _as_text(tp: float, fp: float, fn: float, drawn: Floats) -> tuple[str, str, str]:
    value = float(_f1(np.array(tp, float), np.array(fp, float), np.array(fn, float)))
    low, high = np.quantile(drawn, [0.025, 0.975])
    note = f"precision {tp / max(tp + fp, 1):.3f} recall {tp / max(tp + fn, 1):.3f} ({tp:.0f}+ {fp:.0f}x {fn:.0f}-)"
    return f"{value:.3f}", f"{low:.3f}-{high:.3f}", note


def share_of(count: int, total: int, *, per: int = 1) -> tuple[str, str]:
    """A share as text with its 95 % Wilson interval; ``per`` 10,000 where wanted."""
    total = max(total, 1)
    share, z = count / total, 1.96
    centre = (share + z * z / (2 * total)) / (1 + z * z / total)
    half = z * np.sqrt(share * (1 - share) / total + z * z / (4 * total * total)) / (1 + z * z / total)
    digits = 4 if per == 1 else 1
    return (
        f"{share * per:.{digits}f}",
        f"{max(centre - half, 0) * per:.{digits}f}-{(centre + half) * per:.{digits}f}",
    )


def best_threshold(scores: Floats, truth: Bools) -> float:
    """The threshold with the best F1 of ``score >= threshold``."""
    order = np.argsort(-scores, kind="stable")
    tp = np.cumsum(truth[order])
    f1 = 2 * tp / (np.arange(1, len(scores) + 1) + truth.sum())
    last = np.r_[scores[order][1:] != scores[order][:-1], True]  # ties go together
    return float(scores[order][np.argmax(np.where(last, f1, -1))])


def two_fold_f1(scores: Floats, truth: Bools, half: Bools) -> tuple[tuple[str, str, str], str]:
    """F1 with the threshold of each half fitted on the other, and the thresholds as text."""
    one, other = best_threshold(scores[half], truth[half]), best_threshold(scores[~half], truth[~half])
    predicted = np.where(half, scores >= other, scores >= one)
    return f1_of(truth, predicted), f"{other:.3g}, {one:.3g}"
