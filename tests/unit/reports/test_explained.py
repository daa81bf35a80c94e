from __future__ import annotations

from pathlib import Path

import numpy as np
from tests.engines.test_conformance import scene

from vetting.blocking.sought import Sought
from vetting.engines import open_engine
from vetting.engines.matching import Matcher
from vetting.evidence.frequencies import count_frequencies
from vetting.evidence.surfacing import Surfacing
from vetting.evidence.weights import WEIGHTS
from vetting.normalise.cohort import Cohort
from vetting.reports.explained import Explainer


def test_the_pairs_that_are_shown_are_explained_in_their_order(tmp_path: Path) -> None:
    people, store = scene(tmp_path, seed=91, applicants=30, accounts=60)
    cohort, shard, engine = Cohort(people, region="GB"), store.shard("forum-2019"), open_engine("duckdb")
    matcher = Matcher(engine=engine, frequencies=count_frequencies(cohort.values))
    scores = matcher.match(Sought.of(cohort), shard).scores
    engine.close()
    count = len(scores.bits)
    explainer = Explainer(
        people=people, cohort=cohort, shard=shard, rarity=matcher.rarity(shard), weights=WEIGHTS
    )
    chosen = Surfacing(np.arange(count) % 2 == 0, np.full(count, 4, np.int8))
    shown = np.arange(count) < 5
    found = explainer.candidates(scores, shown, np.linspace(0.1, 0.9, count), chosen)
    np.testing.assert_allclose([one.bits for one in found], scores.bits[:5], rtol=0, atol=1e-9)
    assert [one.applicant_id for one in found] == [people[row].id for row in scores.left_rows[:5]]
    assert [one.surfaced for one in found] == [True, False, True, False, True]
    assert {one.surfaced_because for one in found} == {"two independent kinds of evidence"}
    assert all(one.evidence and np.isinf(one.expected_coincidences) for one in found)
    assert explainer.candidates(scores, np.zeros(count, np.bool_), np.zeros(count), chosen) == ()
