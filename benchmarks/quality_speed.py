"""The row of speed: assessed pairs per CPU-second, in batches and one at a time, with the explanation."""

from __future__ import annotations

import time

import numpy as np
from quality_errors import FORUM
from quality_lists import scene
from quality_measure import Figure
from quality_ours import applicant, listed
from quality_people import World

import vetting
from vetting.evidence.frequencies import count_frequencies
from vetting.evidence.rarity import Rarity
from vetting.evidence.scoring import Scorer
from vetting.normalise.cohort import Cohort

__all__ = ["speed"]


def speed(*, pairs: int = 400_000, single: int = 2_000) -> list[Figure]:
    """Random pairs of applicants and accounts, every kind of identifier among them."""
    made = scene(World(808), applicants=5_000, accounts=20_000, present=0.02, profile=FORUM)
    people = [applicant(f"A-{i}", row) for i, row in enumerate(made.applicants)]
    accounts = [listed(str(i), row) for i, row in enumerate(made.accounts)]
    vetting.assess(people[-1], accounts[-1])  # reads tables that ship with the package
    began = time.process_time()
    for i in range(single):
        vetting.assess(people[i], accounts[i])
    unseen = time.process_time() - began
    left, right = Cohort(people, region="GB"), Cohort(accounts, region="GB")
    scorer = Scorer(
        left.values, right.values, Rarity(count_frequencies(right.values), count_frequencies(left.values))
    )
    rng = np.random.default_rng(9)
    rows = (
        rng.integers(0, len(people), pairs).astype(np.int32),
        rng.integers(0, len(accounts), pairs).astype(np.int32),
    )
    scorer.score(rows[0][:1_000], rows[1][:1_000])
    rates = []
    for start in range(0, pairs, 100_000):
        began = time.process_time()
        scorer.score(rows[0][start : start + 100_000], rows[1][start : start + 100_000])
        rates.append(min(100_000, pairs - start) / (time.process_time() - began))
    chosen = list(
        zip(
            rng.integers(0, len(people), single).tolist(),
            rng.integers(0, len(accounts), single).tolist(),
            strict=True,
        )
    )
    # Every value is seen once before, in another pair.
    for place, (i, _) in enumerate(chosen):
        vetting.assess(people[i], accounts[chosen[place - 1][1]])
    began = time.process_time()
    texts = [vetting.assess(people[i], accounts[j]) for i, j in chosen]
    one = time.process_time() - began
    began = time.process_time()
    for assessment in texts[:500]:
        assessment.as_text()
    text = (time.process_time() - began) / 500
    return [
        Figure(
            row="speed",
            what="random pairs per CPU-second, batches of 100,000 through Scorer.score",
            method="vetting",
            value=f"{np.median(rates):,.0f}",
            interval=f"{min(rates):,.0f}-{max(rates):,.0f}",
            n=pairs,
            target="50,000",
        ),
        Figure(
            row="speed",
            what="random pairs per CPU-second through vetting.assess, evidence included; values seen before",
            method="vetting",
            value=f"{single / one:,.0f}",
            n=single,
            target="20,000",
        ),
        Figure(
            row="speed",
            what="the same, of values never seen before",
            method="vetting",
            value=f"{single / unseen:,.0f}",
            n=single,
            target="20,000",
        ),
        Figure(
            row="speed",
            what="the first with as_text",
            method="vetting",
            value=f"{1 / (one / single + text):,.0f}",
            n=500,
        ),
    ]
