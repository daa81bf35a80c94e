"""One table of name variants is seen by every way to a candidate: a pair, a run, and a forecast's runs."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.holdings import hold

import vetting
from vetting.errors import PolicyError

HELD = {"date_of_birth": "1990-04-03"}
PERSON = vetting.Applicant(id="A", names="Zaqly Thornwick", **HELD)
ACCOUNT = vetting.ListedAccount(list_id="forum-2019", account_id="1", names="Quillan Thornwick", **HELD)


def test_a_pair_and_a_run_see_the_same_table(tmp_path: Path) -> None:
    (tmp_path / "variants.csv").write_text("Quillan > Zaqly\n", encoding="utf-8")
    usual = vetting.SurfacingPolicy(include_unsurfaced=True)
    taught = vetting.SurfacingPolicy(include_unsurfaced=True, name_variants=str(tmp_path / "variants.csv"))
    store = hold(tmp_path / "lists", [ACCOUNT])
    for policy, level in ((usual, "conflict"), (taught, "close")):
        assert vetting.assess(PERSON, ACCOUNT, policy=policy).levels["name"] == level
        (candidate,) = vetting.screen(PERSON, store, policy=policy).candidates
        assert candidate.levels["name"] == level


def test_a_run_refuses_a_table_that_is_absent(tmp_path: Path) -> None:
    policy = vetting.SurfacingPolicy(name_variants=str(tmp_path / "absent.csv"))
    store = hold(tmp_path / "lists", [ACCOUNT])
    for run in (
        lambda: vetting.assess(PERSON, ACCOUNT, policy=policy),
        lambda: vetting.screen(PERSON, store, policy=policy),
        lambda: vetting.forecast(PERSON, store, policy=policy, decoys=1),
    ):
        with pytest.raises(PolicyError):
            run()
