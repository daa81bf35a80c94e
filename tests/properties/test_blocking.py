"""Laws of blocking: equal values meet, both paths find the same pairs, hashes depend on the text alone."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests import strategies

from vetting.blocking.hashing import hash_texts
from vetting.blocking.keys import OwnedKeys, blocking_keys
from vetting.engines import pairs as engine_pairs
from vetting.engines.duckdb import DuckDBEngine
from vetting.normalise.cohort import Cohort
from vetting.records.accounts import ListedAccount
from vetting.records.people import Applicant

ENGINE_FIXTURE = settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


@pytest.fixture(scope="module")
def engine() -> Iterator[DuckDBEngine]:
    running = DuckDBEngine(threads=1)
    yield running
    running.close()


def pairs_by(
    path: str,
    probe: OwnedKeys,
    listed: OwnedKeys,
    engine: DuckDBEngine,
    monkeypatch: pytest.MonkeyPatch,
    *,
    most: int = 1_000,
) -> tuple[list[tuple[int, int]], int, int]:
    monkeypatch.setattr(engine_pairs, "_FEW_KEYS", 10**9 if path == "look-up" else -1)
    found = engine_pairs.candidate_pairs(probe, engine_pairs.Keys(listed.keys, listed.owners, most), engine)
    rows = zip(found.table["left_row"].to_pylist(), found.table["right_row"].to_pylist(), strict=True)
    return list(rows), found.keys_skipped, found.pairs_skipped


@given(people=strategies.cohorts(), listed=strategies.member_lists())
@ENGINE_FIXTURE
def test_looking_up_and_joining_give_the_same_pairs_in_the_same_order(
    people: list[Applicant],
    listed: list[ListedAccount],
    engine: DuckDBEngine,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    probe = blocking_keys(Cohort(people, region="GB").values)
    keys = blocking_keys(Cohort(listed, region="GB").values)
    assert pairs_by("look-up", probe, keys, engine, monkeypatch) == pairs_by(
        "join", probe, keys, engine, monkeypatch
    )


SMALL_KEYS = st.lists(st.tuples(st.integers(0, 6), st.sampled_from([0, 1, 2, 2**63, 2**64 - 1])), max_size=40)


@given(probe=SMALL_KEYS, listed=SMALL_KEYS, most=st.integers(1, 6))
@ENGINE_FIXTURE
def test_both_paths_leave_out_the_same_common_keys_and_count_the_same_loss(
    probe: list[tuple[int, int]],
    listed: list[tuple[int, int]],
    most: int,
    engine: DuckDBEngine,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def owned(given_keys: list[tuple[int, int]]) -> OwnedKeys:
        rows = np.array([row for row, _ in given_keys], np.int32)
        return OwnedKeys(rows, np.array([key for _, key in given_keys], np.uint64)).sorted_by_key()

    left, right = owned(probe), owned(listed)
    holders: dict[int, set[int]] = {}
    for row, key in set(listed):
        holders.setdefault(key, set()).add(row)
    common = {key for key, rows in holders.items() if len(rows) > most}
    wanted = sorted(
        {(row, other) for row, key in probe if key not in common for other in holders.get(key, ())}
    )
    lost = sum(len(holders[key]) for row, key in set(probe) if key in common)
    skipped = len({key for _, key in probe} & common)
    for path in ("look-up", "join"):
        assert pairs_by(path, left, right, engine, monkeypatch, most=most) == (wanted, skipped, lost)


@given(strategies.holdings())
def test_a_person_and_an_account_that_hold_the_same_have_the_same_keys(held: dict[str, object]) -> None:
    left = blocking_keys(Cohort([Applicant(id="A", **held)], region="GB").values)  # type: ignore[arg-type]
    account = ListedAccount(list_id="l", account_id="1", **held)  # type: ignore[arg-type]
    right = blocking_keys(Cohort([account], region="GB").values)
    assert left.keys.tolist() == right.keys.tolist()


@given(st.lists(st.text(max_size=30), max_size=12))
def test_a_hash_depends_on_the_text_alone(texts: list[str]) -> None:
    together = hash_texts(texts).tolist()
    assert together == [int(hash_texts([text])[0]) for text in texts]
    assert len(set(together)) == len(set(texts))


@given(strategies.hostile_holdings())
def test_keys_of_hostile_values_are_sorted_and_without_repeats(held: dict[str, list[str]]) -> None:
    people = [Applicant(id=f"A-{row}", **held) for row in range(3)]  # type: ignore[arg-type]
    keys = blocking_keys(Cohort(people, region="GB").values)
    order = list(zip(keys.keys.tolist(), keys.owners.tolist(), strict=True))
    assert order == sorted(set(order))
