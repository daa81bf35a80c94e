"""Fits the weights of inexact handle agreement again, prints held-out figures, and writes the coefficients.

Run from the repository's root, with the public data in ``VETTING_BENCH_DATA``::

    PYTHONPATH=src python -m scripts.fit_handles [--write]

Fitted on one half of the people, measured on the other; then with each source left out of the fit in turn
(both halves of the others are used) and measured on that source's other half. Without ``--write`` nothing is changed.
"""

from __future__ import annotations

import argparse
import datetime as dt
from pathlib import Path

import numpy as np
from attrs import frozen
from benchmarks.handle_figures import FIGURES, Floats, Mask, Ranking, ranked, with_intervals
from benchmarks.labelled_handles import Rows, Task, candidates, data_folder, handle_task

from vetting.compare.handles import compare_handles
from vetting.compare.levels import FormPairs, LevelCode
from vetting.evidence.bits import weigh
from vetting.evidence.handle_model import (
    FEATURES,
    HandleModel,
    below_both,
    equal_bits,
    pair_features,
    part_bits,
)
from vetting.normalise.handle_like import handle_like

TOML = Path(__file__).resolve().parent.parent / "src" / "vetting" / "evidence" / "handle_model.toml"
RIDGE = 1.0  # on standardised features; constant unpenalised


@frozen(eq=False)
class Scored:
    """Candidate pairs with all that a model needs to score them.

    Attributes:
        query: Shape (n,).
        account: Shape (n,).
        whole: Shape (n,): bits of pairs that agree whole, as written or evened out; 0 elsewhere.
        inexact: Shape (k,): pairs that agree, but not exactly.
        features: Shape (k, 8).
        part: Shape (k,): bits of the shared part.
        equal: Shape (k,): bits of the handles if they were equal.
    """

    query: Rows
    account: Rows
    whole: Floats
    inexact: Rows
    features: Floats
    part: Floats
    equal: Floats

    def bits(self, model: HandleModel) -> Floats:
        """Score all pairs as the library does."""
        bits = self.whole.copy()
        inexact = np.minimum(below_both(model.bits(self.features), self.part), self.equal)
        bits[self.inexact] = np.maximum(inexact, 0.0)
        return bits


def prepare(task: Task) -> Scored:
    """Compare the candidate pairs of both tiers and work out their features."""
    query, account = candidates(task)["both"]
    left, right = handle_like(task.applicants).column, handle_like(task.accounts).column
    distinct, back = np.unique(
        left.codes[query].astype(np.int64) << 32 | right.codes[account], return_inverse=True
    )
    codes = (distinct >> 32).astype(np.int32), (distinct & 0xFFFFFFFF).astype(np.int32)
    pairs = FormPairs(left.forms, right.forms, *codes)
    found = compare_handles(pairs)
    weighed, _ = weigh("handle", found, pairs, task.rarity)
    features = np.zeros((len(distinct), len(FEATURES)))
    features[found.rows] = pair_features(found, pairs, task.rarity)
    part, equal = np.zeros(len(distinct)), np.zeros(len(distinct))
    part[found.rows] = part_bits(found, task.rarity)
    equal[found.rows] = equal_bits(found, pairs, task.rarity)
    agrees = np.zeros(len(distinct), np.bool_)
    agrees[found.rows] = True
    inexact = np.flatnonzero(agrees[back])
    whole = np.where(agrees | (found.level == LevelCode.CONFLICT), 0.0, weighed)[back]
    own = back[inexact]
    return Scored(query, account, whole, inexact, features[own], part[own], equal[own])


def fit(scored: Scored, queries: Mask, accounts: int) -> HandleModel:
    """Fit a logistic regression by iteratively reweighted least squares, and express it in bits.

    Each query has one true account among so many: prior odds of one in ``accounts``. The candidates that
    blocking left out never enter, which changes the odds of none that it kept.

    Args:
        scored: The pairs.
        queries: Shape (q,): whose pairs are used.
        accounts: Size of the pool.
    """
    used = queries[scored.query[scored.inexact]]
    features = scored.features[used]
    rows = scored.inexact[used]
    true = (scored.query[rows] == scored.account[rows]).astype(np.float64)
    mean, spread = features.mean(axis=0), features.std(axis=0) + 1e-9
    design = np.column_stack([(features - mean) / spread, np.ones(len(features))])
    penalty = np.append(np.full(len(FEATURES), RIDGE), 0.0)
    weights = np.zeros(len(penalty))
    for _ in range(100):
        chance = 1.0 / (1.0 + np.exp(-design @ weights))
        slope = design.T @ (chance - true) + penalty * weights
        curve = (design * (chance * (1.0 - chance))[:, None]).T @ design + np.diag(penalty)
        step = np.linalg.solve(curve, slope)
        weights -= step
        if np.abs(step).max() < 1e-9:
            break
    natural = weights[:-1] / spread
    constant = weights[-1] - natural @ mean
    return HandleModel(natural / np.log(2.0), float(constant / np.log(2.0) + np.log2(accounts)))


def rank(task: Task, scored: Scored, model: HandleModel) -> Ranking:
    """Rank by bits."""
    return ranked(task, scored.query, scored.account, scored.bits(model))


def fit_without(task: Task, scored: Scored, source: str) -> HandleModel:
    """Fit a model that saw nobody of a source."""
    return fit(scored, task.sources != source, len(task.pool))


def _toml(model: HandleModel, task: Task) -> str:
    weights = "\n".join(
        f"{name} = {weight:.4f}" for name, weight in zip(FEATURES, model.weights, strict=True)
    )
    return f"""\
# Weights of handles that agree in part: bits per unit of each feature (vetting.evidence.handle_model.FEATURES).
# Reviewed by hand after every fit: signs as a reader expects, no weight that one source alone carries.

fitted = {dt.datetime.now(tz=dt.UTC).date().isoformat()}
by = "python -m scripts.fit_handles --write"
method = "logistic regression, ridge 1 on standardised features, in bits; plus log2 of the pool's accounts"
data = "handles that public figures and developers publish themselves (congress-legislators, uspol, is-a-dev, cloud-developer-advocates); one half of the people, by hash"
people = {int((task.halves == 0).sum())}
pool = {len(task.pool)}

constant = {model.constant:.4f}

[weights]
{weights}
"""


def main() -> None:
    """Fit, print, and write if asked."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--write", action="store_true", help="replace handle_model.toml")
    asked = parser.parse_args()
    task = handle_task(data_folder())
    scored = prepare(task)
    half = fit(scored, task.halves == 0, len(task.pool))
    for name, weight in (*zip(FEATURES, half.weights, strict=True), ("constant", half.constant)):
        print(f"{name:10} {weight:8.3f}")
    ranking = rank(task, scored, half)
    measured = task.halves == 1
    print(f"\n{'other half of the people':34} {'n':>5}  " + "  ".join(f"{name:21}" for name in FIGURES))
    for source in ("all", *np.unique(task.sources).tolist()):
        chosen = measured & ((task.sources == source) | (source == "all"))
        print(
            f"{source:34} {chosen.sum():5}  " + "  ".join(f"{x:21}" for x in with_intervals(ranking, chosen))
        )
    print("\nsource left out of the fit")
    for source in np.unique(task.sources).tolist():
        chosen = measured & (task.sources == source)
        cells = with_intervals(rank(task, scored, fit_without(task, scored, source)), chosen)
        print(f"{source:34} {chosen.sum():5}  " + "  ".join(f"{cell:21}" for cell in cells))
    if asked.write:
        TOML.write_text(_toml(half, task), encoding="utf-8")
        print(f"\nwritten: {TOML}")


if __name__ == "__main__":
    main()
