"""Conformance: whatever the engine, the same candidates, the same bits, in the same order."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from tests.holdings import hold
from tests.oracle import screen_all_pairs

import vetting
from vetting.blocking import lookup
from vetting.engines import pairs as pair_module
from vetting.engines.protocol import Engine
from vetting.evidence.policy import SurfacingPolicy
from vetting.records.accounts import ListedAccount
from vetting.records.people import Applicant

pytestmark = pytest.mark.filterwarnings("ignore::FutureWarning", "ignore::ResourceWarning")

SHOW_ALL = SurfacingPolicy(include_unsurfaced=True)
GIVEN = ("Maren", "Oswin", "Дмитрий", "محمد", "יעקב", "小明", "Zoë", "Łukasz", "Ahmed", "Tilda")
FAMILY = (
    "Quillmere",
    "Thornwick",
    "Соколов",
    "الحسيني",
    "כהן",
    "王",
    "O'Brien-Vale",
    "Dąbrowski",
    "Khan",
    "Tarn",
)
WORDS = ("vornskald", "ashfen", "тень", "grimtarn", "émeraude", "wolf", "oak", "zyxo")


def people(seed: int, count: int) -> list[dict[str, Any]]:
    """Values of invented people: several scripts, several values, empty ones, repeated ones."""
    draw = random.Random(seed)
    made = []
    for _ in range(count):
        word = draw.choice(WORDS) + draw.choice(("", "_", ".")) + draw.choice(WORDS)
        number = draw.choice(("", "7", "88", str(draw.randint(100, 9_999))))
        made.append({
            "names": draw.choice([(), f"{draw.choice(GIVEN)} {draw.choice(FAMILY)}"]),
            "handles": [word + number, draw.choice(WORDS)][: draw.randint(0, 2)],
            "emails": draw.choice([(), f"{word}{number}@example.org", "info@example.org"]),
            "phones": draw.choice([(), f"07700 900{draw.randint(0, 999):03}"]),
            "date_of_birth": draw.choice([None, f"19{draw.randint(60, 99)}-{draw.randint(1, 12):02}-{draw.randint(1, 28):02}"]),
            "places": draw.choice([(), "4 Mill Lane, Harrowby, LN4 2AB", "Harrowby"]),
        })  # fmt: skip
    return made


def scene(
    folder: Path, *, seed: int = 5, applicants: int = 60, accounts: int = 150
) -> tuple[list[Applicant], Any]:
    """Applicants, a fifth of them on the list as they are, and a store."""
    ours, theirs = people(seed, applicants), people(seed + 1, accounts)
    theirs[: applicants // 5] = ours[: applicants // 5]
    cohort = [Applicant(id=f"A-{row}", **one) for row, one in enumerate(ours)]
    listed = [
        ListedAccount(list_id="forum-2019", account_id=str(row), **one) for row, one in enumerate(theirs)
    ]
    return cohort, hold(folder, listed)


def as_rows(screening: vetting.Screening) -> list[tuple[Any, ...]]:
    return [
        (one.applicant_id, one.account_id, one.surfaced, one.surfaced_because, tuple(one.innocent_explanations),
         tuple((e.kind, str(e.level), e.applicant_value, e.listed_value, e.rule, e.group, e.counted, e.note)
               for e in one.evidence))
        for one in screening.candidates
    ]  # fmt: skip


def numbers(screening: vetting.Screening) -> np.ndarray[Any, Any]:
    return np.array([
        [one.bits, one.probability, one.expected_coincidences, sum(e.bits for e in one.evidence)]
        for one in screening.candidates
    ])  # fmt: skip


def assert_identical(found: vetting.Screening, wanted: vetting.Screening) -> None:
    assert as_rows(found) == as_rows(wanted)
    np.testing.assert_allclose(numbers(found), numbers(wanted), rtol=0, atol=1e-9)
    assert found.coverage == wanted.coverage
    assert found.unsurfaced == wanted.unsurfaced


@pytest.fixture
def batch_path(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everybody goes through the engine's join, however few."""
    monkeypatch.setattr(pair_module, "_FEW_KEYS", -1)


def test_a_screening_is_the_same_on_every_engine(tmp_path: Path, engine: Engine, batch_path: None) -> None:
    cohort, store = scene(tmp_path)
    assert_identical(
        vetting.screen(cohort, store, policy=SHOW_ALL, engine=engine),
        vetting.screen(cohort, store, policy=SHOW_ALL),
    )


def test_the_join_and_the_look_ups_are_the_same(
    tmp_path: Path, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    cohort, store = scene(tmp_path, seed=11)
    looked_up = vetting.screen(cohort, store, policy=SHOW_ALL)
    monkeypatch.setattr(pair_module, "_FEW_KEYS", -1)
    assert_identical(vetting.screen(cohort, store, policy=SHOW_ALL, engine=engine), looked_up)


def test_hot_keys_are_left_out_and_counted_alike(
    tmp_path: Path, engine: Engine, batch_path: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lookup, "MOST_ACCOUNTS_PER_KEY", 5)
    cohort, store = scene(tmp_path, seed=21)
    found = vetting.screen(cohort, store, policy=SHOW_ALL, engine=engine)
    assert found.coverage.lists[0].keys_skipped > 0
    assert found.coverage.lists[0].pairs_skipped > 0
    assert_identical(found, vetting.screen(cohort, store, policy=SHOW_ALL))


@pytest.mark.parametrize(("applicants", "accounts"), [(0, 20), (1, 20), (20, 0), (0, 0)])
def test_nobody_and_nothing_are_no_special_case(
    tmp_path: Path, engine: Engine, batch_path: None, applicants: int, accounts: int
) -> None:
    cohort, store = scene(tmp_path, applicants=applicants, accounts=accounts)
    found = vetting.screen(cohort, store, policy=SHOW_ALL, engine=engine)
    assert found.coverage.applicants == len(cohort)
    assert_identical(found, vetting.screen(cohort, store, policy=SHOW_ALL))


def test_decoys_calibrate_alike(tmp_path: Path, engine: Engine, batch_path: None) -> None:
    cohort, store = scene(tmp_path, seed=31, applicants=150)
    found = vetting.screen(cohort, store, engine=engine)
    assert found.coverage.decoys
    assert_identical(found, vetting.screen(cohort, store))


def test_blocking_loses_little_of_what_all_pairs_would_surface(
    tmp_path: Path, engine: Engine, batch_path: None
) -> None:
    cohort, store = scene(tmp_path, seed=41)
    wanted = {(one.applicant_id, one.account_id) for one in screen_all_pairs(cohort, store).surfaced}
    found = {
        (one.applicant_id, one.account_id) for one in vetting.screen(cohort, store, engine=engine).surfaced
    }
    assert wanted
    assert len(wanted & found) >= 0.95 * len(wanted)


SCHEMA = pa.schema([("n", pa.int32()), ("text", pa.string()), ("small", pa.int8()), ("yes", pa.bool_())])


def upper(batch: pa.RecordBatch) -> pa.RecordBatch:
    texts = [text.upper() for text in batch["text"].to_pylist()]
    size = batch.num_rows
    columns = [batch["n"], pa.array(texts), pa.array([3] * size, pa.int8()), pa.array([True] * size)]
    return pa.RecordBatch.from_arrays(columns, schema=SCHEMA)


@pytest.mark.parametrize("rows", [0, 1, 1_000])
def test_map_applies_a_function_to_every_row_once(engine: Engine, rows: int) -> None:
    texts = [f"{GIVEN[row % len(GIVEN)]} {row}" for row in range(rows)]
    table = pa.table({"n": pa.array(range(rows), pa.int32()), "text": pa.array(texts, pa.string())})
    mapped = engine.collect(engine.map(table, upper, SCHEMA))
    assert mapped.schema.equals(SCHEMA)
    assert sorted(mapped["n"].to_pylist()) == list(range(rows))
    assert sorted(mapped["text"].to_pylist()) == sorted(text.upper() for text in texts)


def test_a_mapped_table_can_be_asked_and_mapped_again(engine: Engine) -> None:
    table = pa.table({"n": pa.array([1, 2, 2], pa.int32()), "text": ["a", "жук", "ж"]})
    once = engine.map(engine.map(table, upper, SCHEMA), upper, SCHEMA)
    found = engine.collect(engine.sql("SELECT n, count(*) AS k FROM t GROUP BY n ORDER BY n", t=once))
    assert [(row["n"], row["k"]) for row in found.to_pylist()] == [(1, 1), (2, 2)]


def test_a_query_may_name_steps_of_its_own_and_negative_keys(engine: Engine) -> None:
    keys = np.array([2**63 + 5, 7], np.uint64).view(np.int64)
    found = engine.sql(
        "WITH shared AS (SELECT a.key FROM a JOIN b ON a.key = b.key) SELECT key FROM shared ORDER BY key",
        a=pa.table({"key": keys}),
        b=pa.table({"key": keys[:1]}),
    )
    assert engine.collect(found)["key"].to_pylist() == keys[:1].tolist()
