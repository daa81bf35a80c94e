from __future__ import annotations

import numpy as np
import pytest

from vetting.evidence.frequencies import Frequencies, count_frequencies, merge_frequencies
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
    counts = counted().counts
    assert counts["phone"].of(["+441632960111"]).tolist() == [2]
    assert counts["year"].of(["1990", "1991"]).tolist() == [2, 0]
    assert counts["core"].of(["vorn"]).tolist() == [2]
    assert counts["name_word"].of(["vale", "tilda", "maren", "vorn", "x", "vale"]).tolist() == [
        *(3, 1, 1, 0, 0, 3),
    ]


def test_a_value_of_one_owner_is_left_out_but_its_owner_is_counted() -> None:
    found = counted()
    assert not found.has("handle", "vorn1")
    assert found.has("core", "vorn")
    assert found.owners["handle"] == 2
    assert found.owners["email"] == 1
    assert found.owners["postcode"] == 1


def test_others_are_the_owners_beside_the_one_at_hand() -> None:
    found = counted()
    assert found.others("name_word", ["vale", "tilda", "nobody"]).tolist() == [2, 0, 0]
    assert found.others("no such kind", ["x"]).tolist() == [0]


def test_what_is_known_does_not_depend_on_how_many_questions_came_before() -> None:
    words = counted().counts["name_word"]
    assert not any(f"word{number}" in words for number in range(6_000))
    assert "vale" in words
    assert "tilda" in words
    assert "till" not in words


def same(one: Frequencies, other: Frequencies) -> bool:
    arrays = one.to_arrays(), other.to_arrays()
    return all(np.array_equal(arrays[0][name], arrays[1][name]) for name in arrays[0])


def test_counts_survive_their_arrays() -> None:
    found = counted()
    back = Frequencies.from_arrays(found.to_arrays())
    assert same(back, found)
    assert back.others("name_word", ["vale"]).tolist() == [2]


def test_arrays_that_do_not_belong_together_are_refused() -> None:
    arrays = counted().to_arrays()
    with pytest.raises(ValueError, match="do not fit"):
        Frequencies.from_arrays(arrays | {"counts": arrays["counts"][:-1]})


def test_counts_of_parts_add_up_to_those_of_the_whole() -> None:
    whole = counted()
    parts = [
        count_frequencies(Cohort(part, region="GB").values, singles=True) for part in (PEOPLE[:1], PEOPLE[1:])
    ]
    merged = merge_frequencies(parts)
    for name in ("hashes", "counts", "starts", "owners"):
        assert np.array_equal(merged.to_arrays()[name], whole.to_arrays()[name]), name


def test_nobody_has_no_counts_and_empty_arrays_are_read_back() -> None:
    found = count_frequencies(Cohort([], region="GB").values)
    assert not any(found.owners.values())
    assert same(Frequencies.from_arrays(found.to_arrays()), found)
    assert same(merge_frequencies([]), found)
