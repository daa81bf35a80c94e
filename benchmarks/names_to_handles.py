"""Measures name to handle: a person's name is given, and one of their handles is to be found in a large pool.

Run from the repository's root, with the public data in ``VETTING_BENCH_DATA``::

    PYTHONPATH=src python -m benchmarks.names_to_handles

The library's rows come from its own blocking and Scorer, with the documented weights; nothing is fitted here. The
peer is TF-IDF of given and family name written together. The pool has 120,000 made-up accounts beside the true ones.
"""

from __future__ import annotations

import random
import time

import numpy as np
from attrs import frozen
from benchmarks.handle_figures import FIGURES, Floats, Ranking, ranked, with_intervals
from benchmarks.handles import expanded
from benchmarks.labelled_handles import (
    Rows,
    data_folder,
    forms_column,
    handle_table,
    made_up_handles,
    read_people,
)
from rich.console import Console
from rich.table import Table

from vetting.blocking.keys import blocking_keys
from vetting.blocking.lookup import look_up
from vetting.blocking.nearest import LEAST_COSINE_OF_NAMES, MOST_FORMS_PER_NAME, near_pairs, nearest_forms
from vetting.blocking.postings import Postings, build_postings, compact_forms, name_texts
from vetting.evidence.frequencies import count_frequencies
from vetting.evidence.rarity import Rarity
from vetting.evidence.scoring import Scorer
from vetting.normalise.columns import ValueTable
from vetting.normalise.handles import handle_form
from vetting.normalise.names import name_form
from vetting.records.identifiers import IdentifierKind

_SEED = 3


@frozen(eq=False)
class NameTask:
    """Names, and the pool in which row i is an account of the person of name i."""

    names: ValueTable
    accounts: ValueTable
    postings: Postings
    sources: Rows
    size: int


def name_task() -> NameTask:
    """Draw one handle of everybody who has a name."""
    folder = data_folder()
    draw = random.Random(_SEED)
    drawn = [(one, draw.choice(one.handles)[1]) for one in read_people(folder) if name_form(one.name)]
    drawn = [(one, handle) for one, handle in drawn if handle_form(handle)]
    people = [one for one, _ in drawn]
    accounts = handle_table([*(handle for _, handle in drawn), *made_up_handles(folder, people)])
    names = forms_column([name_form(one.name) for one in people])
    return NameTask(
        names=ValueTable(len(people), {IdentifierKind.NAME: names}),
        accounts=accounts,
        postings=build_postings(compact_forms(accounts)),
        sources=np.array([one.source for one in people]),
        size=len(people),
    )


def by_tfidf(task: NameTask) -> Ranking:
    """Cosine of 3- to 5-gram TF-IDF vectors."""
    texts = name_texts(task.names)
    near = nearest_forms(task.postings, texts.texts, least=0.0)
    found = expanded(
        texts, compact_forms(task.accounts), near.query.astype(np.int64), near.form.astype(np.int64)
    )
    query, account, entry = found
    return ranked(task, query, account, near.cosine.astype(np.float64)[entry])


def by_bits(task: NameTask) -> tuple[Ranking, Floats, str]:
    """The Scorer's bits; which true accounts blocking found; and what it cost."""
    keys, listed = blocking_keys(task.names), blocking_keys(task.accounts)
    by_key = look_up(keys, listed.keys, listed.owners)
    near = near_pairs(
        name_texts(task.names), task.postings, most=MOST_FORMS_PER_NAME, least=LEAST_COSINE_OF_NAMES
    )
    packed = np.union1d(*(one.astype(np.int64) << 32 | other for one, other in (by_key, near)))
    query, account = (packed >> 32).astype(np.int32), (packed & 0xFFFFFFFF).astype(np.int32)
    rarity = Rarity(count_frequencies(task.accounts), count_frequencies(task.names), postings=task.postings)
    scorer = Scorer(task.names, task.accounts, rarity)
    began = time.process_time()
    bits = scorer.score(query, account).bits
    spent = time.process_time() - began
    met = np.zeros(task.size)
    met[query[query == account]] = 1.0
    cost = f"{len(query) / task.size:.1f} candidates a name, {len(query) / spent:,.0f} pairs a CPU-second"
    return ranked(task, query.astype(np.int64), account.astype(np.int64), bits), met, cost


def main() -> None:
    """Print the table."""
    console = Console(width=140)
    task = name_task()
    console.print(f"{task.size:,} names in a pool of {task.accounts.owner_count:,} accounts")
    bits, met, cost = by_bits(task)
    rows = {"TF-IDF of given + family": by_tfidf(task), "vetting, bits": bits}
    table = Table("people", "n", "blocking recall", "method", *FIGURES)
    for source in ("all", *np.unique(task.sources)):
        chosen = (task.sources == source) | (source == "all")
        for name, ranking in rows.items():
            recall = f"{met[chosen].mean():.3f}"
            table.add_row(str(source), str(chosen.sum()), recall, name, *with_intervals(ranking, chosen))
    console.print(table)
    console.print(cost)


if __name__ == "__main__":
    main()
