"""Conformance: one applicant, weighed pair by pair, is what the arrays of a batch say of them, to the last bit."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pytest
from attrs import evolve, fields
from hypothesis import Phase, given, settings
from tests import strategies
from tests.engines.test_conformance import SHOW_ALL, scene
from tests.holdings import hold

import vetting
from vetting.blocking.keys import blocking_keys
from vetting.blocking.keys_of_one import keys_of_one
from vetting.blocking.sought import Sought
from vetting.engines import matching
from vetting.engines.matching import Matcher
from vetting.evidence.frequencies import FREQUENCY_KINDS, count_frequencies
from vetting.evidence.frequencies_of_one import frequencies_of_one
from vetting.evidence.policy import SurfacingPolicy
from vetting.evidence.scores import EvidenceRows, PairScores
from vetting.normalise.cohort import Cohort
from vetting.records.accounts import ListedAccount
from vetting.records.identifiers import IdentifierKind
from vetting.records.people import Applicant

FEW = matching.FEW_PAIRS


def both_ways(
    monkeypatch: pytest.MonkeyPatch, person: Applicant, store: Any, policy: SurfacingPolicy
) -> tuple[vetting.Screening, vetting.Screening]:
    found = []
    for few in (FEW, -1):
        monkeypatch.setattr(matching, "FEW_PAIRS", few)
        found.append(vetting.screen(person, store, policy=policy))
    return found[0], found[1]


def assert_same_scores(one: PairScores, other: PairScores) -> None:
    for name in ("left_rows", "right_rows", "bits"):
        np.testing.assert_array_equal(getattr(one, name), getattr(other, name), strict=True)
    for part in fields(EvidenceRows):
        np.testing.assert_array_equal(
            getattr(one.rows, part.name), getattr(other.rows, part.name), err_msg=part.name, strict=True
        )


@pytest.mark.parametrize("policy", [SHOW_ALL, SurfacingPolicy(), SurfacingPolicy(minimum_probability=1e-9)])
@pytest.mark.parametrize("hot", [5_000, 5])
def test_one_applicant_is_screened_as_in_a_batch(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, policy: SurfacingPolicy, hot: int
) -> None:
    monkeypatch.setattr(matching, "most_accounts_per_key", lambda _size: hot)
    cohort, store = scene(tmp_path, seed=7, applicants=40, accounts=200)
    surfaced = 0
    for person in cohort:
        one, batch = both_ways(monkeypatch, person, store, policy)
        assert one == batch
        surfaced += len(one.surfaced)
    assert surfaced > 5


def test_who_is_not_surfaced_is_counted_as_if_everything_were_worked_out(tmp_path: Path) -> None:
    cohort, store = scene(tmp_path, seed=17, applicants=40, accounts=200)
    for person in cohort:
        shown = vetting.screen(person, store, policy=SHOW_ALL)
        usual = vetting.screen(person, store)
        assert usual.unsurfaced == shown.unsurfaced
        assert usual.candidates == tuple(one for one in shown.candidates if one.surfaced)
        assert usual.coverage == evolve(shown.coverage, lists=usual.coverage.lists)


@settings(max_examples=25, deadline=None, phases=(Phase.explicit, Phase.reuse, Phase.generate))
@given(strategies.holdings(most=3), strategies.member_lists(size=12))
def test_generated_pairs_have_the_scores_of_the_arrays(held: dict[str, Any], listed: list[Any]) -> None:
    person = Applicant(id="A-1", **held)
    sought = Sought.of(Cohort([person], region="GB"))
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        store = hold(Path(folder), listed)
        for entry in store.lists():
            shard = store.shard(entry.id)
            matcher = Matcher(engine=vetting.engines.open_engine("duckdb"),
                              frequencies=frequencies_of_one(sought.cohort.values))  # fmt: skip
            one = matcher.match(sought, shard).scores
            patch.setattr(matching, "FEW_PAIRS", -1)
            assert_same_scores(one, matcher.match(sought, shard).scores)
            patch.setattr(matching, "FEW_PAIRS", FEW)


def test_an_agreement_that_is_worth_nothing_is_told_as_in_a_batch(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed: list[dict[str, Any]] = [
        {"handles": ["tilda"]},
        {"names": ["Maren", "Tilda Quillmere"], "emails": ["tilda@example.org"]},
        *({"handles": [f"tilda{row}"], "names": ["Tilda Tarn"], "places": "Harrowby"} for row in range(30)),
    ]
    store = hold(
        tmp_path,
        [ListedAccount(list_id="forum-2019", account_id=str(row), **one) for row, one in enumerate(listed)],
    )
    person = Applicant(id="A-1", handles="tilda", names="Tilda Vale", places="Harrowby")
    one, batch = both_ways(monkeypatch, person, store, SHOW_ALL)
    assert one == batch


@given(strategies.holdings(most=3))
def test_the_keys_of_one_are_those_of_a_batch(held: dict[str, Any]) -> None:
    values = Cohort([Applicant(id="A-1", **held)], region="GB").values
    one, batch = keys_of_one(values), blocking_keys(values)
    np.testing.assert_array_equal(one.keys, batch.keys, strict=True)
    np.testing.assert_array_equal(one.owners, batch.owners, strict=True)


@given(strategies.hostile_holdings())
def test_the_keys_of_hostile_values_are_those_of_a_batch(held: dict[str, Any]) -> None:
    values = Cohort([Applicant(id="A-1", **held)], region="GB").values
    np.testing.assert_array_equal(keys_of_one(values).keys, blocking_keys(values).keys, strict=True)


@given(strategies.holdings(most=3))
def test_the_counts_of_one_are_those_of_a_batch(held: dict[str, Any]) -> None:
    values = Cohort([Applicant(id="A-1", **held)], region="GB").values
    one, batch = frequencies_of_one(values), count_frequencies(values)
    np.testing.assert_array_equal(one.trigrams, batch.trigrams)
    for kind in FREQUENCY_KINDS:
        assert one.owners[kind] == batch.owners[kind]
        asked = ["maren", "quillmere", "vornskald", *held.get("names", ())]
        np.testing.assert_array_equal(one.others(kind, asked), batch.others(kind, asked))
    for word in {word for name in values.column(IdentifierKind.NAME).forms for word in name.split()}:
        assert one.has("name_word", word)
        assert batch.has("name_word", word)
