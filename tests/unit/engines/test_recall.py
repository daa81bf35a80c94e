from __future__ import annotations

from pathlib import Path

import pytest
from tests.engines.test_conformance import scene

import vetting
from vetting.blocking import keys as key_module
from vetting.engines import recall as module
from vetting.normalise.columns import ValueTable


def test_a_cohort_is_checked_against_every_account(tmp_path: Path) -> None:
    cohort, store = scene(tmp_path, seed=81, applicants=120, accounts=300)
    (told,) = vetting.screen(cohort, store).coverage.lists
    assert told.blocking_applicants == 120
    assert told.blocking_pairs > 20
    assert told.blocking_found >= 0.95 * told.blocking_pairs


def test_what_blocking_loses_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cohort, store = scene(tmp_path, seed=82, applicants=120, accounts=300)
    whole = vetting.screen(cohort, store).coverage.lists[0]
    monkeypatch.setattr("vetting.blocking.sought.blocking_keys", lambda _: key_module.blocking_keys(nobody()))
    lost = vetting.screen(cohort, store).coverage.lists[0]
    assert lost.blocking_pairs == whole.blocking_pairs
    assert lost.blocking_found < whole.blocking_found


def nobody() -> ValueTable:
    return ValueTable(0)


def test_of_a_long_list_a_sample_is_checked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_BUDGET", 3_000)
    cohort, store = scene(tmp_path, seed=84, applicants=120, accounts=600)
    told = vetting.screen(cohort, store).coverage.lists[0]
    assert (told.blocking_applicants, told.blocking_accounts) == (10, 300)
    assert told.blocking_found <= told.blocking_pairs


def test_few_people_are_not_checked(tmp_path: Path) -> None:
    cohort, store = scene(tmp_path, seed=83, applicants=99, accounts=300)
    (told,) = vetting.screen(cohort, store).coverage.lists
    assert (told.blocking_applicants, told.blocking_pairs, told.blocking_found) == (0, 0, 0)
