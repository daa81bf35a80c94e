"""What is set aside before it is compared could not have surfaced: bounds hold for whatever is written."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from tests import strategies
from tests.holdings import hold

from vetting.blocking.packing import packed
from vetting.blocking.sought import Sought
from vetting.compare.levels import LevelCode
from vetting.compare.names_in_handles import PARTS_OF_NAMES
from vetting.engines import open_engine
from vetting.engines.matching import Matcher
from vetting.evidence.floors import Floor
from vetting.evidence.frequencies import count_frequencies
from vetting.evidence.scores import PairScores
from vetting.evidence.scoring import EVIDENCE_KINDS
from vetting.evidence.surfacing import CONTACTS, independent_kinds
from vetting.ingestion import ListStore
from vetting.normalise.cohort import Cohort
from vetting.records.accounts import ListedAccount
from vetting.records.people import Applicant


def lost(people: list[Applicant], listed: list[ListedAccount], floor: Floor) -> PairScores:
    """Pairs that were set aside although they reach the floor."""
    cohort = Cohort(people, region="GB")
    with TemporaryDirectory() as folder:
        hold(Path(folder), listed)
        with ListStore.open(folder) as store:
            shard, engine = store.shard("forum-2019"), open_engine("duckdb")
            matcher = Matcher(engine=engine, frequencies=count_frequencies(cohort.values))
            sought = Sought.of(cohort)
            whole = matcher.match(sought, shard).scores
            kept = matcher.match(sought, shard, floor=floor)
            engine.close()
    told = without_parts_of_names(whole)
    several = independent_kinds(told, floor.kind) > 1
    wanted = agree_on_whole_contact(told) | (several & (told.bits >= floor.bits))
    wanted &= ~np.isin(packed(whole.left_rows, whole.right_rows), kept.pairs.packed)
    return whole.kept(wanted)


def agree_on_whole_contact(scores: PairScores) -> npt.NDArray[np.bool_]:
    """Which pairs come before a person by an address or a number alone; what agrees in part does not."""
    rows = scores.rows
    return scores.any_row(np.isin(rows.kind, CONTACTS) & (rows.level == LevelCode.EXACT) & (rows.bits > 0))


def without_parts_of_names(scores: PairScores) -> PairScores:
    """Leave out parts of names that a handle holds: sketches do not see them (decision 0009)."""
    rows = scores.rows
    held = (rows.kind == EVIDENCE_KINDS.index("name_in_handle")) & np.isin(rows.rule, PARTS_OF_NAMES)
    lost = np.bincount(rows.pair[held], weights=(rows.bits * rows.counted)[held], minlength=len(scores.bits))
    return PairScores(scores.left_rows, scores.right_rows, scores.bits - lost, rows.taken(~held))


@pytest.mark.parametrize("bits", [14.0, 20.0])  # floors of real runs are 12 and more
@given(people=strategies.cohorts(), listed=strategies.member_lists())
@settings(deadline=None, max_examples=25)
def test_nothing_that_reaches_the_floor_is_set_aside(
    bits: float, people: list[Applicant], listed: list[ListedAccount]
) -> None:
    found = lost(people, listed, Floor(bits=bits, alone=1_000.0, kind=2.0))
    assert found.bits.tolist() == []
