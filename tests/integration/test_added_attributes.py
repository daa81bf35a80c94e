"""The release gate of combination: an attribute that is added to both sides never makes the result worse.

Handles added naively are known to lower the F1 of linkage; here bits add up, and dependent ones count once.
"""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Any

import pytest

import vetting

ROOT = Path(__file__).resolve().parents[2]
# From what every application has to what few lists have; each step adds one.
STEPS = ("date_of_birth", "postcode", "phone", "email", "handle")
# One true pair more or less of sixty is no fall.
SLACK = 0.01


@pytest.fixture
def scene(monkeypatch: pytest.MonkeyPatch) -> Any:
    """A made-up list and applicants of whom one in twenty is on it, from the benchmarks' generator."""
    monkeypatch.syspath_prepend(ROOT / "benchmarks")
    lists = importlib.import_module("quality_lists")
    world = importlib.import_module("quality_people").World(2121)
    profile = importlib.import_module("quality_errors").FORUM
    return lists, lists.scene(world, applicants=1_200, accounts=5_000, present=0.05, profile=profile)


def f1(found: set[tuple[int, int]], true: set[tuple[int, int]]) -> float:
    return 2 * len(found & true) / (len(found) + len(true))


def test_no_attribute_lowers_the_f1_of_what_is_surfaced_or_found_likely(scene: Any) -> None:
    lists, made = scene
    true = set(made.true.items())
    best = {"surfaced": 0.0, "likely": 0.0}
    for count in range(1, len(STEPS) + 1):
        kept = {"name", *STEPS[:count]}
        applicants, accounts = (
            [{kind: value if kind in kept else "" for kind, value in row.items()} for row in side]
            for side in (made.applicants, made.accounts)
        )
        run = lists.screened(applicants, accounts, policy=vetting.SurfacingPolicy(include_unsurfaced=True))
        now = {
            "surfaced": f1({(a, b) for a, b, one in run if one.surfaced}, true),
            "likely": f1({(a, b) for a, b, one in run if one.probability >= 0.5}, true),
        }
        for what, value in now.items():
            assert value >= best[what] - SLACK, (
                f"{STEPS[count - 1]} lowers {what}: {best[what]:.3f}, {value:.3f}"
            )
            best[what] = max(best[what], value)
    assert best["surfaced"] > 0.7
