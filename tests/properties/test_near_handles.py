"""Laws of the second tier of blocking: one applicant or many, in whatever company, meets the same accounts."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from hypothesis import given, settings
from tests import strategies
from tests.holdings import hold

from vetting.blocking.keys import blocking_keys
from vetting.blocking.nearest import near_pairs
from vetting.blocking.packing import packed
from vetting.blocking.postings import build_postings, compact_forms
from vetting.engines import open_engine
from vetting.engines.nearness import NearTiers
from vetting.engines.pairs import Keys, candidate_pairs
from vetting.ingestion import ListStore
from vetting.normalise.cohort import Cohort
from vetting.records.accounts import ListedAccount
from vetting.records.people import Applicant

Pairs = list[tuple[int, int]]


def near(people: list[Applicant], listed: list[ListedAccount]) -> Pairs:
    postings = build_postings(compact_forms(Cohort(listed, region="GB").values))
    left, right = near_pairs(compact_forms(Cohort(people, region="GB").values), postings)
    return list(zip(left.tolist(), right.tolist(), strict=True))


@given(people=strategies.cohorts(), listed=strategies.member_lists())
def test_a_roster_finds_what_its_people_find_one_by_one(
    people: list[Applicant], listed: list[ListedAccount]
) -> None:
    alone = [(row, account) for row, person in enumerate(people) for _, account in near([person], listed)]
    together = near(people, listed)
    assert together == sorted(set(alone))


@given(people=strategies.cohorts(), listed=strategies.member_lists())
def test_whoever_has_an_accounts_handle_is_near_to_it(
    people: list[Applicant], listed: list[ListedAccount]
) -> None:
    copied = [Applicant(id=f"C-{row}", handles=list(account.handles)) for row, account in enumerate(listed)]
    found = set(near([*people, *copied], listed))
    for row, account in enumerate(listed):
        assert not account.handles or (len(people) + row, row) in found


@given(people=strategies.cohorts(), listed=strategies.member_lists())
@settings(max_examples=15)
def test_both_tiers_are_united_in_order_each_pair_once(
    people: list[Applicant], listed: list[ListedAccount]
) -> None:
    values = Cohort(people, region="GB").values
    with TemporaryDirectory() as folder:
        hold(Path(folder), listed)
        with ListStore.open(folder) as store:
            shard = store.shard("forum-2019")
            keys, engine = blocking_keys(values), open_engine("duckdb")
            tier_2 = near_pairs(compact_forms(values), shard.postings)
            listed_keys = Keys(shard.keys, shard.key_rows, 1_000)
            by_key = candidate_pairs(keys, listed_keys, engine)
            both = candidate_pairs(keys, listed_keys, engine, near=NearTiers(packed(*tier_2)))
            engine.close()
    rows = [
        list(zip(found.table["left_row"].to_pylist(), found.table["right_row"].to_pylist(), strict=True))
        for found in (by_key, both)
    ]
    near_rows = list(zip(*(np.asarray(side).tolist() for side in tier_2), strict=True))
    assert rows[1] == sorted(set(rows[0]) | set(near_rows))
    assert both.by_likeness == len(rows[1]) - len(rows[0])
    assert by_key.by_likeness == 0
