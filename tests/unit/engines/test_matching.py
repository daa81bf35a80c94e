from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.engines.test_conformance import scene

import vetting
from vetting.engines import pairs as pair_module
from vetting.evidence import floors as floor_module


def surfaced(cohort: list[vetting.Applicant], store: Any) -> list[dict[str, Any]]:
    return [one.as_dict() for one in vetting.screen(cohort, store).candidates]


def test_setting_pairs_aside_surfaces_the_same_candidates_and_is_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cohort, store = scene(tmp_path, seed=71, applicants=90, accounts=400)
    whole = surfaced(cohort, store)
    assert vetting.screen(cohort, store).coverage.lists[0].pairs_set_aside == 0
    monkeypatch.setattr(floor_module, "LARGE_LIST", 0)
    run = vetting.screen(cohort, store)
    assert run.coverage.lists[0].pairs_set_aside > 0
    assert any("not compared" in note for note in run.coverage.notes)
    few = {(one.applicant_id, one.account_id): one for one in run.candidates}
    assert {(one["applicant_id"], one["account_id"]): one["bits"] for one in whole}.items() <= {
        pair: one.bits for pair, one in few.items()
    }.items()
    # What is set aside no longer takes its part of the probability, which matters among so few words.
    extra = few.keys() - {(one["applicant_id"], one["account_id"]) for one in whole}
    assert len(extra) <= 1


def test_whoever_asks_for_everything_gets_everything(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cohort, store = scene(tmp_path, seed=72)
    policy = vetting.SurfacingPolicy(include_unsurfaced=True)
    whole = vetting.screen(cohort, store, policy=policy)
    monkeypatch.setattr(floor_module, "LARGE_LIST", 0)
    assert vetting.screen(cohort, store, policy=policy) == whole


def test_rounds_of_any_size_give_the_same_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cohort, store = scene(tmp_path, seed=73)
    policy = vetting.SurfacingPolicy(include_unsurfaced=True)
    whole = vetting.screen(cohort, store, policy=policy)
    for size in (1, 50, 333):
        monkeypatch.setattr(pair_module, "_PAIRS_AT_ONCE", size)
        assert vetting.screen(cohort, store, policy=policy) == whole
