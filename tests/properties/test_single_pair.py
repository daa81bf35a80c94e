"""The law of one pair: what is assessed by itself is what the arrays of a batch say of it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from tests import strategies

from vetting.evidence.assembly import evidence_of
from vetting.evidence.assessing import assess
from vetting.evidence.chance import probabilities
from vetting.evidence.frequencies import count_frequencies
from vetting.evidence.policy import SurfacingPolicy
from vetting.evidence.rarity import Rarity
from vetting.evidence.results import Assessment
from vetting.evidence.scoring import Scorer
from vetting.normalise.cohort import Cohort
from vetting.records.accounts import ListedAccount
from vetting.records.people import Applicant

Held = dict[str, Any]


def by_arrays(applicant: Applicant, account: ListedAccount) -> Assessment:
    """The same pair as a batch of one."""
    policy = SurfacingPolicy()
    left, right = Cohort([applicant], region=policy.region), Cohort([account], region=policy.region)
    rarity = Rarity(count_frequencies(right.values), count_frequencies(left.values))
    row = np.zeros(1, np.int32)
    scores = Scorer(left.values, right.values, rarity).score(row, row)
    ours, theirs = left.identifiers, right.identifiers
    return Assessment(
        applicant_id=applicant.id,
        list_id=account.list_id,
        account_id=account.account_id,
        evidence=evidence_of(scores, 0, ours.__getitem__, theirs.__getitem__, (ours, theirs)),
        probability=float(probabilities(scores, 10_000, policy)[0]),
    )


def hold_together(left: Held, right: Held) -> None:
    applicant = Applicant(id="A-1", **left)
    account = ListedAccount(list_id="forum-2019", account_id="41", **right)
    alone, batch = assess(applicant, account), by_arrays(applicant, account)
    for one, other in zip(alone.evidence, batch.evidence, strict=True):
        assert {**one.as_dict(), "bits": 0} == {**other.as_dict(), "bits": 0}
        assert one.bits == pytest.approx(other.bits, abs=1e-9)
        assert type(one.bits) is float
    assert alone.probability == pytest.approx(batch.probability, rel=1e-9)
    assert alone.bits == pytest.approx(batch.bits, abs=1e-9)


@settings(max_examples=300)
@given(strategies.holdings(), strategies.holdings())
def test_a_pair_alone_is_the_pair_of_a_batch(left: Held, right: Held) -> None:
    hold_together(left, right)


@given(strategies.hostile_holdings(), strategies.hostile_holdings())
def test_hostile_values_alone_are_those_of_a_batch(left: Held, right: Held) -> None:
    hold_together(left, right)


@given(strategies.holdings(most=3))
def test_somebody_against_themselves_alone_is_that_of_a_batch(held: Held) -> None:
    hold_together(held, held)


def test_equal_agreements_stay_equal_whatever_the_rounding_of_sums() -> None:
    # The arrays once preferred the address to the handle here, by 4e-15 bits.
    hold_together(
        {
            "names": ["Sunita Mukherjee"],
            "handles": ["sunitamukherjee95"],
            "emails": ["sunita_mukherjee95@mail.example.com"],
        },
        {"names": ["Sunita Kaur"], "handles": ["sunita-kaur"], "emails": ["sunita.kaur@mail.example.com"]},
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("v0rn_skaaald77", "vornskald"),
        ("vornskald", "v0rn_skaaald77"),
        ("osw1nth0rnwick12", "oswinthornwick99"),
    ],
)
def test_disguised_handles_alone_are_those_of_a_batch(one: str, other: str) -> None:
    hold_together({"handles": [one], "names": ["Oswin Thornwick"]}, {"handles": [other]})
