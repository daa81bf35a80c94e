"""Laws of a whole run: repeatable to the byte, blind to how a list was cut up, silent on names alone."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st
from tests import strategies
from tests.holdings import batches_of, hold

from vetting.evidence.policy import SurfacingPolicy
from vetting.records.accounts import ListedAccount
from vetting.records.people import Applicant
from vetting.records.schemas import Batch
from vetting.screening import screen

SHOW_ALL = SurfacingPolicy(include_unsurfaced=True)
WHOLE_RUNS = settings(max_examples=15)


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def run(folder: Path, people: list[Applicant]) -> list[dict[str, object]]:
    from vetting.ingestion import ListStore

    with ListStore.open(folder) as store:
        return [candidate.as_dict() for candidate in screen(people, store, policy=SHOW_ALL).candidates]


@given(
    people=strategies.cohorts(),
    listed=strategies.member_lists(),
    cuts=st.lists(st.integers(0, 40), max_size=5),
)
@WHOLE_RUNS
def test_cutting_a_lists_batches_anywhere_gives_the_same_shard_and_the_same_candidates(
    people: list[Applicant], listed: list[ListedAccount], cuts: list[int]
) -> None:
    pieces = []
    for batch in batches_of(listed):
        edges = sorted({0, *(min(cut, batch.rows.num_rows) for cut in cuts), batch.rows.num_rows})
        pieces += [Batch(batch.table, batch.rows.slice(start, end - start)) for start, end in pairwise(edges)]
    with TemporaryDirectory() as whole, TemporaryDirectory() as cut:
        hold(Path(whole), listed)
        hold(Path(cut), (), batches=pieces)
        assert files(Path(whole)) == files(Path(cut))
        assert run(Path(whole), people) == run(Path(cut), people)


@given(people=strategies.cohorts(), listed=strategies.member_lists())
@WHOLE_RUNS
def test_the_same_run_twice_gives_the_same_bytes_and_the_same_candidates(
    people: list[Applicant], listed: list[ListedAccount]
) -> None:
    with TemporaryDirectory() as first, TemporaryDirectory() as second:
        hold(Path(first), listed)
        hold(Path(second), listed)
        assert files(Path(first)) == files(Path(second))
        once = run(Path(first), people)
        assert once == run(Path(first), people)
        assert once == run(Path(second), people)


@given(
    names=st.lists(st.lists(strategies.person_names(), min_size=1, max_size=3), min_size=1, max_size=6),
    others=st.lists(st.lists(strategies.person_names(), min_size=1, max_size=3), min_size=1, max_size=6),
)
@WHOLE_RUNS
def test_a_name_alone_never_surfaces_anybody(names: list[list[str]], others: list[list[str]]) -> None:
    eager = SurfacingPolicy(
        include_unsurfaced=True, expected_prevalence=0.99, minimum_probability=1e-9, minimum_kind_bits=0.0
    )
    people = [Applicant(id=f"A-{row}", names=held) for row, held in enumerate([*names, *others])]
    listed = [
        ListedAccount(list_id="forum-2019", account_id=str(row), names=held)
        for row, held in enumerate([*others, *names])
    ]
    with TemporaryDirectory() as folder:
        found = screen(people, hold(Path(folder), listed), policy=eager)
    assert found.candidates
    assert not found.surfaced


@given(people=strategies.cohorts(), listed=strategies.member_lists())
@WHOLE_RUNS
def test_candidates_come_strongest_first_and_unsurfaced_ones_only_when_asked_for(
    people: list[Applicant], listed: list[ListedAccount]
) -> None:
    with TemporaryDirectory() as folder:
        store = hold(Path(folder), listed)
        everything = screen(people, store, policy=SHOW_ALL)
        default = screen(people, store)
    assert [one.bits for one in everything.candidates] == sorted(
        (one.bits for one in everything.candidates), reverse=True
    )
    assert default.candidates == everything.surfaced
    worth_telling = [one for one in everything.candidates if one.bits >= SHOW_ALL.minimum_kind_bits]
    assert default.unsurfaced == sum(not one.surfaced for one in worth_telling)
