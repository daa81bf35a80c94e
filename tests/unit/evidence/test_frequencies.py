from __future__ import annotations

import numpy as np

from vetting.evidence.frequencies import Frequencies, count_frequencies
from vetting.normalise.cohort import Cohort
from vetting.records.people import Applicant

PEOPLE = [
    Applicant(
        id="A",
        names="Maren Vale",
        handles=["vorn_1", "vorn.1"],
        emails="vorn1@example.org",
        phones="01632 960111",
    ),
    Applicant(
        id="B", names="Tilda Vale", handles="vorn77", phones="01632 960111", date_of_birth="1990-04-03"
    ),
    Applicant(id="C", names="Vale Vale", places="4 Mill Lane, Harrowby, ZZ1 1AA", date_of_birth="1990"),
]


def counted() -> Frequencies:
    return count_frequencies(Cohort(PEOPLE, region="GB").values)


def test_owners_are_counted_once_per_value_however_often_they_give_it() -> None:
    found = counted()
    assert found.counts["phone"] == {"+441632960111": 2}
    assert found.counts["year"] == {"1990": 2}
    assert found.counts["core"]["vorn"] == 2
    assert found.counts["name_word"]["vale"] == 3
    assert found.counts["name_word"]["tilda"] == 1


def test_a_value_of_one_owner_is_left_out_but_its_owner_is_counted() -> None:
    found = counted()
    assert "vorn1" not in found.counts["handle"]
    assert found.owners["handle"] == 2
    assert found.owners["email"] == 1
    assert found.owners["postcode"] == 1


def test_others_are_the_owners_beside_the_one_at_hand() -> None:
    found = counted()
    assert found.others("name_word", ["vale", "tilda", "nobody"]).tolist() == [2, 0, 0]
    assert found.others("no such kind", ["x"]).tolist() == [0]


def test_counts_survive_their_table() -> None:
    found = counted()
    back = Frequencies.from_table(found.to_table())
    assert {kind: values for kind, values in found.counts.items() if values} == dict(back.counts)
    assert dict(back.owners) == dict(found.owners)
    assert np.array_equal(back.trigrams, found.trigrams)


def test_nobody_has_no_counts_and_an_empty_table_is_read_back() -> None:
    found = count_frequencies(Cohort([], region="GB").values)
    assert not any(found.owners.values())
    assert Frequencies.from_table(found.to_table()).trigrams.sum() == 0
