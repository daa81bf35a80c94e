from __future__ import annotations

import numpy as np

from vetting.blocking.keys import blocking_keys
from vetting.blocking.sought import Sought
from vetting.normalise.cohort import Cohort
from vetting.records.people import Applicant


def test_what_is_sought_are_everybodys_keys_and_handles() -> None:
    cohort = Cohort(
        [Applicant(id="1", handles="tarn_fell"), Applicant(id="2", emails="fell.tarn@example.org")],
        region="GB",
    )
    sought = Sought.of(cohort)
    assert np.array_equal(sought.keys.keys, blocking_keys(cohort.values).keys)
    assert sorted(sought.handles.texts) == ["felltarn", "tarnfell"]
