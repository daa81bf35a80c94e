"""Measures handle to handle in a pool of 125,000 accounts, with the peers in the same run.

Run from the repository's root, with the public data in ``VETTING_BENCH_DATA``::

    PYTHONPATH=src python -m benchmarks.handles

The library's rows come from its own blocking and Scorer with the shipped coefficients, which were fitted on
one half of the people; figures are of the other half. Where a source is left out of the fit, all others are
used for it. 120,000 accounts of the pool are made up (seed 7): absolute figures depend on how.
"""

from __future__ import annotations

import time

import numpy as np
from attrs import evolve
from benchmarks.handle_figures import FIGURES, Floats, Mask, Ranking, ranked, with_intervals
from benchmarks.labelled_handles import Rows, Task, candidates, data_folder, handle_task
from rapidfuzz.distance import JaroWinkler
from rapidfuzz.process import cdist
from rich.console import Console
from rich.table import Table
from scripts.fit_handles import fit_without, prepare, rank

from vetting.blocking.nearest import near_pairs, nearest_forms
from vetting.blocking.postings import CompactForms, build_postings, compact_forms
from vetting.evidence.chance import probabilities
from vetting.evidence.policy import SurfacingPolicy
from vetting.evidence.scores import PairScores
from vetting.evidence.scoring import EVIDENCE_KINDS, Scorer

_JARO_KEPT = 50


def by_bits(task: Task, scores: PairScores) -> tuple[Ranking, Ranking]:
    """Rank by the Scorer's bits of handles, and by the probabilities made of them."""
    query, account = scores.left_rows.astype(np.int64), scores.right_rows.astype(np.int64)
    rows = scores.rows.kind == EVIDENCE_KINDS.index("handle")
    support = rows & (scores.rows.bits > 0) & scores.rows.counted
    worth = scores.rows.bits[support]
    bits = np.bincount(scores.rows.pair[support], weights=worth, minlength=len(query)).astype(np.float64)
    return ranked(task, query, account, bits), by_probability(task, scores, bits)


def by_probability(task: Task, scores: PairScores, bits: Floats) -> Ranking:
    """Rank by the probabilities made of bits: what the nearest other accounts leave of each."""
    query, account = scores.left_rows.astype(np.int64), scores.right_rows.astype(np.int64)
    size = len(task.pool)
    present = _probabilities(scores, bits, np.ones(len(bits), np.bool_), size)
    absent = _probabilities(scores, bits, query != account, size)
    return ranked(task, query, account, present, without=absent)


def _probabilities(scores: PairScores, bits: Floats, kept: Mask, size: int) -> Floats:
    """Log odds, so that near certainties keep their order; -inf for pairs left out."""
    found = np.full(len(bits), -np.inf)
    places = np.flatnonzero(kept)
    some = evolve(
        scores,
        left_rows=scores.left_rows[places],
        right_rows=scores.right_rows[places],
        bits=bits[places],
    )
    chance = probabilities(some, size, SurfacingPolicy(expected_prevalence=0.5))
    found[places] = np.log2(chance) - np.log2(1.0 - chance)
    return found


def by_equality(task: Task) -> Ranking:
    """Exact agreement of what is left when case and separators are dropped."""
    left, right = compact_forms(task.applicants), compact_forms(task.accounts)
    place = {text: number for number, text in enumerate(right.texts)}
    met = [(number, place[text]) for number, text in enumerate(left.texts) if text in place]
    query, account = expanded(left, right, np.array([a for a, _ in met]), np.array([b for _, b in met]))[:2]
    return ranked(task, query, account, np.ones(len(query)))


def by_jaro_winkler(task: Task) -> Ranking:
    """Jaro-Winkler against every form of the pool."""
    left, right = compact_forms(task.applicants), compact_forms(task.accounts)
    queries, forms, scores = [], [], []
    for at in range(0, len(left.texts), 64):
        found = cdist(left.texts[at : at + 64], right.texts, scorer=JaroWinkler.similarity, dtype=np.float32)
        best = np.argpartition(found, -_JARO_KEPT, axis=1)[:, -_JARO_KEPT:]
        queries.append(np.repeat(np.arange(at, at + len(found)), _JARO_KEPT))
        forms.append(best.ravel())
        scores.append(np.take_along_axis(found, best, axis=1).ravel())
    query, account, entry = expanded(left, right, np.concatenate(queries), np.concatenate(forms))
    return ranked(task, query, account, np.concatenate(scores).astype(np.float64)[entry])


def by_tfidf(task: Task) -> Ranking:
    """Cosine of 3- to 5-gram TF-IDF vectors, all postings walked as far as the library does."""
    left, right = compact_forms(task.applicants), compact_forms(task.accounts)
    near = nearest_forms(task.postings, left.texts, least=0.0)
    query, account, entry = expanded(left, right, near.query.astype(np.int64), near.form.astype(np.int64))
    return ranked(task, query, account, near.cosine.astype(np.float64)[entry])


def expanded(left: CompactForms, right: CompactForms, query: Rows, form: Rows) -> tuple[Rows, Rows, Rows]:
    """From pairs of forms to pairs of their holders, and the pair of forms of each."""
    holders_l, holders_r = np.diff(left.starts)[query], np.diff(right.starts)[form]
    count = holders_l * holders_r
    entry = np.repeat(np.arange(len(query)), count)
    within = np.arange(len(entry)) - np.repeat(np.cumsum(count) - count, count)
    owner = left.owners[left.starts[query[entry]] + within // holders_r[entry]]
    account = right.owners[right.starts[form[entry]] + within % holders_r[entry]]
    return owner.astype(np.int64), account.astype(np.int64), entry


def blocking_table(task: Task) -> Table:
    """Recall against candidates per query of each tier."""
    table = Table("blocking", "recall", *np.unique(task.sources), "candidates a query")
    for name, (query, account) in candidates(task).items():
        found = np.zeros(task.size, np.bool_)
        found[query[query == account]] = True
        parts = [f"{found[task.sources == source].mean():.3f}" for source in np.unique(task.sources)]
        table.add_row(name, f"{found.mean():.3f}", *parts, f"{len(query) / task.size:.2f}")
    return table


def quality_table(task: Task) -> Table:
    """The figures of every method on the half of people that the coefficients did not see."""
    query, account = candidates(task)["both"]
    scorer = Scorer(task.applicants, task.accounts, task.rarity)
    scores = scorer.score(query.astype(np.int32), account.astype(np.int32))
    bits, chance = by_bits(task, scores)
    methods = {
        "equal without separators": by_equality(task),
        "Jaro-Winkler": by_jaro_winkler(task),
        "TF-IDF": by_tfidf(task),
        "vetting, bits": bits,
        "vetting, probability": chance,
    }
    table = Table("people for measuring", "n", "method", *FIGURES)
    for source in ("all", *np.unique(task.sources)):
        chosen = (task.halves == 1) & ((task.sources == source) | (source == "all"))
        for name, ranking in methods.items():
            table.add_row(str(source), str(chosen.sum()), name, *with_intervals(ranking, chosen))
    scored = prepare(task)
    for source in np.unique(task.sources):
        # The others are not measured: the pool's made-up handles are chained from theirs.
        chosen = (task.sources == source) & (task.halves == 1)
        model = fit_without(task, scored, str(source))
        for name, ranking in (
            ("TF-IDF", methods["TF-IDF"]),
            ("vetting, bits", rank(task, scored, model)),
            ("vetting, probability", by_probability(task, scores, scored.bits(model))),
        ):
            row = f"{source}, not in the fit", str(chosen.sum()), name
            table.add_row(*row, *with_intervals(ranking, chosen))
    return table


def speed_table(task: Task) -> Table:
    """Times on one core."""
    table = Table("step", "time")
    forms, queries = compact_forms(task.accounts), compact_forms(task.applicants)
    began = time.perf_counter()
    build_postings(forms)
    table.add_row(f"build postings of {len(forms.texts):,} forms", f"{time.perf_counter() - began:.2f} s")
    began = time.perf_counter()
    near_pairs(queries, task.postings)
    spent = (time.perf_counter() - began) / len(queries.texts)
    table.add_row("look one handle up in the postings", f"{spent * 1e3:.3f} ms")
    query, account = candidates(task)["both"]
    scorer = Scorer(task.applicants, task.accounts, task.rarity)
    began = time.perf_counter()
    scorer.score(query.astype(np.int32), account.astype(np.int32))
    spent = time.perf_counter() - began
    table.add_row(
        "compare and weigh candidates",
        f"{len(query) / spent:,.0f} pairs/s, {spent / task.size * 1e3:.2f} ms a query",
    )
    return table


def main() -> None:
    """Print the tables."""
    console = Console(width=140)
    task = handle_task(data_folder())
    console.print(f"{task.size:,} queries in a pool of {len(task.pool):,} accounts")
    for table in (blocking_table(task), quality_table(task), speed_table(task)):
        console.print(table)


if __name__ == "__main__":
    main()
