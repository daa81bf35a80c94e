"""Rows about honest chance: forecast against observed coincidences among decoys, and a reliability table."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import numpy as np
from quality_errors import FORUM, Row, as_applied
from quality_lists import open_list, scene, screen_rows
from quality_measure import Figure, share_of
from quality_people import World

import vetting

__all__ = ["forecast", "reliability"]

_THRESHOLDS = (1e-3, 1e-2, 1e-1, 1.0, 10.0, 100.0)
_BINS = (0.0, 0.02, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99, 1.0)


def forecast(
    *, accounts: int = 50_000, cohorts: tuple[tuple[int, int], ...] = ((1_000, 10), (10_000, 2))
) -> list[Figure]:
    """Decoy pairs with at most E expected coincidences, against E, for cohorts that cannot be on the list.

    Args:
        accounts: Accounts on the list.
        cohorts: Decoys in a cohort, and how many cohorts.
    """
    world = World(404)
    listed = scene(world, applicants=1, accounts=accounts, present=0.0, profile=FORUM).accounts
    policy = vetting.SurfacingPolicy(include_unsurfaced=True)
    found = []
    with open_list(listed) as store:
        for size, times in cohorts:
            for kind in ("own frequencies", "shuffled"):
                counts: Counter[float] = Counter()
                usual: Counter[float] = Counter()
                surfaced = 0
                for _ in range(times):
                    decoys = [as_applied(one, world) for one in world.people(size)]
                    if kind == "shuffled":
                        decoys = _shuffled(decoys, world)
                    # Four bits of margin, should E not be the plain bound.
                    least = np.log2(size * accounts / _THRESHOLDS[-1]) - 4.0
                    run = screen_rows(store, decoys, policy=policy, least_bits=float(least))
                    expected = np.array([one.expected_coincidences for one in run.candidates])
                    surfaced += sum(one.surfaced for one in run.candidates)
                    shown = screen_rows(store, decoys).candidates
                    told = np.array([one.expected_coincidences for one in shown])
                    for at in _THRESHOLDS:
                        counts[at] += int((expected <= at).sum())
                        usual[at] += int((told <= at).sum())
                what = f"{times} x {size:,} decoys ({kind}) against {accounts:,} accounts"
                for at in _THRESHOLDS:
                    found += [
                        _against(what, f"pairs with E <= {at:g}, per run", at, counts[at], times),
                        _against(what, f"shown by the usual policy, E <= {at:g}", at, usual[at], times),
                    ]
                found.append(
                    Figure(
                        row="forecast",
                        what=what,
                        method="surfaced, per run (a lower bound: weak pairs were dropped)",
                        value=f"{surfaced / times:g}",
                        n=surfaced,
                    )
                )
    return found


def _against(what: str, method: str, expected: float, count: int, times: int) -> Figure:
    """How many were seen in so many runs, against what was expected of each."""
    mean = count / times
    low, high = _poisson(count)
    return Figure(
        row="forecast",
        what=what,
        method=method,
        value=f"{mean:g}",
        interval=f"{low / times:.3g}-{high / times:.3g}",
        n=count,
        target=f"{expected / 2:g}-{expected * 2:g}",
        note=f"observed/expected {mean / expected:.3g}"
        if count
        else f"none; E x runs = {expected * times:g}",
    )


def _poisson(count: int) -> tuple[float, float]:
    """95 % interval of a Poisson mean (Byar's approximation)."""
    low = count * (1 - 1 / (9 * count) - 1.96 / (3 * count**0.5)) ** 3 if count else 0.0
    more = count + 1
    return low, more * (1 - 1 / (9 * more) + 1.96 / (3 * more**0.5)) ** 3


def _shuffled(rows: list[Row], world: World) -> list[Row]:
    """The same values of each column, dealt out anew."""
    columns = {}
    for name in rows[0]:
        values = [row[name] for row in rows]
        world.pick.shuffle(values)
        columns[name] = values
    return [{name: columns[name][place] for name in columns} for place in range(len(rows))]


def reliability(*, applicants: int = 10_000, accounts: int = 50_000) -> list[Figure]:
    """Share of true pairs among candidates, by stated probability; the prevalence known, and misjudged."""
    found = []
    for present in (0.02, 0.002):
        made = scene(World(505), applicants=applicants, accounts=accounts, present=present, profile=FORUM)
        with open_list(made.accounts) as store:
            for stated in (present, 0.001) if present > 0.01 else (present, 0.02):
                policy = vetting.SurfacingPolicy(include_unsurfaced=True, expected_prevalence=stated)
                run = screen_rows(store, made.applicants, policy=policy, least_bits=8.0)
                kept = [
                    (
                        one.probability,
                        made.true.get(int(one.applicant_id[2:])) == int(one.account_id),
                        one.surfaced,
                    )
                    for one in run.candidates
                ]
                what = f"{present:.1%} present, policy states {stated:.1%}; {applicants:,} x {accounts:,}"
                found += _table(what, kept)
    return found


def _table(what: str, kept: list[tuple[float, bool, bool]]) -> list[Figure]:
    found = []
    for low, high in pairwise(_BINS):
        here = [(p, true) for p, true, _ in kept if low <= p < high or (high == 1.0 and p >= 1.0)]
        if not here or high <= 0.02:
            continue
        value, interval = share_of(sum(true for _, true in here), len(here))
        stated = sum(p for p, _ in here) / len(here)
        found.append(
            Figure(
                row="reliability",
                what=what,
                method=f"stated {low:g}-{high:g}, mean {stated:.3f}",
                value=value,
                interval=interval,
                n=len(here),
                target=f"{stated:.3f}",
            )
        )
    brier = float(np.mean([(p - true) ** 2 for p, true, _ in kept]))
    stated, true = sum(p for p, _, _ in kept), sum(true for _, true, _ in kept)
    found.append(
        Figure(
            row="reliability",
            what=what,
            method="all: sum of probabilities against true pairs",
            value=f"{stated:.1f} / {true}",
            n=len(kept),
            note=f"Brier {brier:.4f}",
        )
    )
    return found
