"""Figures of a ranking of accounts: top-1, precision at recall one half, open set; with intervals."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from attrs import frozen
from benchmarks.labelled_handles import Rows, Task

Floats = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]

_SEED = 7
FIGURES = ("top-1", "P@R.5", "open set")


@frozen(eq=False)
class Ranking:
    """Scored pairs of one method, reduced to what the figures need of each query.

    Attributes:
        best: Shape (q,): the best score; -inf without candidates.
        right: Shape (q,): 1 if the true account alone has it, 1/k if k accounts do, else 0.
        best_wrong: Shape (q,): the best score while the true account is not in the pool.
    """

    best: Floats
    right: Floats
    best_wrong: Floats


def ranked(
    task: Task, query: Rows, account: Rows, score: Floats, *, without: Floats | None = None
) -> Ranking:
    """Rank the accounts of each query.

    Args:
        task: For the number of queries.
        query: Shape (n,).
        account: Shape (n,).
        score: Shape (n,).
        without: Shape (n,): the scores while the true account is away; ``None`` where they are the same.
    """
    best = np.full(task.size, -np.inf)
    np.maximum.at(best, query, score)
    top = score == best[query]
    tied = np.bincount(query[top], minlength=task.size)
    true = query == account
    right = np.zeros(task.size)
    right[query[true & top]] = 1.0 / tied[query[true & top]]
    best_wrong = np.full(task.size, -np.inf)
    np.maximum.at(best_wrong, query[~true], (score if without is None else without)[~true])
    return Ranking(best, right, best_wrong)


def figures(ranking: Ranking, queries: Rows) -> tuple[float, float, float]:
    """Return top-1, precision at recall one half, and true accounts found at 1 % false alarms.

    For the last, the true account is away for every other query; the limit that 1 % of these pass is
    applied to the rest; both ways round, averaged.

    Args:
        ranking: The ranking.
        queries: Which queries, any number of times.
    """
    best, right, wrong = ranking.best[queries], ranking.right[queries], ranking.best_wrong[queries]
    found = np.cumsum(right[np.argsort(-best, kind="stable")])
    at = int(np.searchsorted(found, 0.5 * len(queries)))
    precision = found[at] / (at + 1) if at < len(queries) else np.nan
    open_set = []
    for away in (0, 1):
        absent = np.arange(len(queries)) % 2 == away
        limit = np.quantile(wrong[absent], 0.99, method="higher")
        open_set.append(float((right[~absent] * (best[~absent] > limit)).mean()))
    return float(right.mean()), float(precision), float(np.mean(open_set))


def with_intervals(ranking: Ranking, chosen: Mask, *, rounds: int = 200) -> list[str]:
    """Return the figures as text, with 95 % bootstrap intervals over queries."""
    rows = np.flatnonzero(chosen)
    draw = np.random.default_rng(_SEED)
    point = figures(ranking, rows)
    drawn = np.array([figures(ranking, draw.choice(rows, len(rows))) for _ in range(rounds)])
    texts = []
    for place, value in enumerate(point):
        if np.isnan(value):
            texts.append("not reached")
            continue
        low, high = np.nanquantile(drawn[:, place], [0.025, 0.975])
        texts.append(f"{value:.3f} [{low:.3f}, {high:.3f}]")
    return texts
