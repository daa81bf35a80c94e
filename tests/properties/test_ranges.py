"""Laws of ingest in bounded memory: how many accounts are worked on at a time changes nothing that is held."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from attrs import fields
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests import strategies
from tests.holdings import batches_of, passport

from vetting.blocking.postings import Postings
from vetting.evidence.holders import holders_of
from vetting.evidence.policy import SurfacingPolicy
from vetting.ingestion import ListStore
from vetting.normalise.cohort import Cohort
from vetting.records.accounts import ListedAccount
from vetting.records.completeness import Completeness
from vetting.records.people import Applicant
from vetting.screening import screen
from vetting.store.folder import HeldList
from vetting.store.shard import Shard
from vetting.store.writing import write_papers, write_shard

SHOW_ALL = SurfacingPolicy(include_unsurfaced=True)


def held(folder: Path, listed: list[ListedAccount], span: int) -> ListStore:
    store = ListStore.open(folder)
    about = passport()
    with store.new_shard() as incoming:
        counts = write_shard(incoming, batches_of(listed), region="GB", span=span)
        write_papers(incoming, about, Completeness(file="l.csv", sha256=about.sha256, size=1, reader="table"))
        entry = HeldList(
            id=about.id,
            title=about.title,
            sha256=about.sha256,
            accounts=counts.accounts,
            folder="forum-01234567",
        )
        store.admit(incoming, entry)
    return store


def same(one: Shard, other: Shard) -> None:
    assert one.size == other.size
    assert one.accounts.equals(other.accounts)
    assert one.identifiers.equals(other.identifiers)
    assert np.array_equal(one.keys, other.keys)
    assert np.array_equal(one.key_rows, other.key_rows)
    assert one.identifier_counts == other.identifier_counts
    arrays = one.frequencies.to_arrays(), other.frequencies.to_arrays()
    for name in arrays[0]:
        assert np.array_equal(arrays[0][name], arrays[1][name]), name
    for part in fields(Postings):
        ours, theirs = (getattr(shard.postings, part.name) for shard in (one, other))
        assert np.array_equal(ours, theirs), part.name
    for row in range(one.size):
        assert one.account(row) == other.account(row)
        assert other.row_of(one.account_id(row)) == row


@given(people=strategies.cohorts(), listed=strategies.member_lists(), span=st.integers(1, 4))
@settings(max_examples=15)
def test_ranges_of_any_size_give_the_same_list_and_the_same_candidates(
    people: list[Applicant], listed: list[ListedAccount], span: int
) -> None:
    # Who is plainly one person is seen within a range (decision 0008).
    holders = holders_of(Cohort(listed, region="GB").values)
    assume(len(np.unique(holders)) == len(listed))
    with TemporaryDirectory() as whole, TemporaryDirectory() as cut:
        stores = held(Path(whole), listed, 10_000), held(Path(cut), listed, span)
        same(*(store.shard("forum-2019") for store in stores))
        found = [
            [one.as_dict() for one in screen(people, store, policy=SHOW_ALL).candidates] for store in stores
        ]
        assert found[0] == found[1]
