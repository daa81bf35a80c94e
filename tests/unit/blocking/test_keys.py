from __future__ import annotations

from typing import Any

import pytest

from vetting.blocking.keys import blocking_keys
from vetting.normalise.cohort import Cohort
from vetting.records.people import Applicant


def meet(left: dict[str, Any], right: dict[str, Any]) -> bool:
    people = [Applicant(id="A", **left), Applicant(id="B", **right)]
    found = blocking_keys(Cohort(people, region="GB").values)
    first, second = (set(found.keys[found.owners == row].tolist()) for row in (0, 1))
    return bool(first & second)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ({"emails": "Maren@Example.org"}, {"emails": "maren@example.org"}),
        ({"emails": "vornskald@example.org"}, {"emails": "vornskald@example.net"}),
        ({"emails": "vornskald@example.org"}, {"handles": "Vorn_Skald"}),
        ({"phones": "01632 960111"}, {"phones": "+44 1632 960111"}),
        ({"handles": "vorn_skald"}, {"handles": "VornSkald"}),
        ({"handles": "vornskald77"}, {"handles": "vornskald"}),
        ({"handles": "vorn_skald"}, {"handles": "skald_vorn"}),
        ({"handles": "xy9"}, {"handles": "xy9"}),
        ({"handles": "V0rnSk4ld#1234"}, {"handles": "vooornskald"}),
        ({"handles": "VornSkald"}, {"handles": "skald.vorn"}),
        ({"handles": "vоrnskald"}, {"handles": "vornskald"}),  # the first has a Cyrillic letter
        ({"names": "Maren Quillmere"}, {"names": "Quillmere, Maren"}),
        ({"names": "Maren Ida Quillmere"}, {"names": "Maren Quillmere"}),
        ({"names": "Maren Quillmere"}, {"handles": "m_quillmere88"}),
        ({"names": "Maren Quillmere"}, {"emails": "maren.quillmere@example.org"}),
        ({"names": "Quillmere"}, {"names": "Quillmere"}),
        (
            {"names": "Maren Vale", "date_of_birth": "1990-04-03"},
            {"names": "M Wick", "date_of_birth": "1990-03-04"},
        ),
        (
            {"names": "Maren Vale", "places": "ZZ1 1AA"},
            {"names": "Mo Wick", "places": "4 Mill Lane, ZZ1 1AA"},
        ),
        ({"names": "Maren Quilmerre"}, {"names": "Quillmere, Marin"}),  # both misspelt
        ({"names": "Mohammed Hussein"}, {"names": "محمد حسين"}),
        ({"names": "Jakob Cohen"}, {"names": "כהן יעקב"}),
        (
            {"names": "Lottie Quillmere", "date_of_birth": "1967-12-22"},
            {"names": "Charlotte Quilmere", "date_of_birth": "1961-12-22"},
        ),
        (
            {"names": "Maren Quillmere", "date_of_birth": "1967"},
            {"names": "M. Quilmere", "date_of_birth": "1967-12-22"},
        ),
        ({"urls": "https://twitter.com/vornskald"}, {"handles": "vornskald"}),
        ({"urls": "https://www.example.org/a"}, {"urls": "example.org/a/"}),
        ({"urls": "https://example.org/Profile/Vorn"}, {"urls": "example.org/profile/vorn"}),
    ],
)
def test_records_that_are_worth_a_look_share_a_key(left: dict[str, Any], right: dict[str, Any]) -> None:
    assert meet(left, right)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ({"names": "Maren Quillmere"}, {"names": "Maren Vale"}),
        ({"date_of_birth": "1990-04-03"}, {"date_of_birth": "1990-04-03"}),
        ({"places": "Harrowby"}, {"places": "Harrowby"}),
        ({"handles": "vornskald"}, {"handles": "oakmarrow"}),
        (
            {"names": "Maren Vale", "date_of_birth": "1990-04-03"},
            {"names": "Bo Wick", "date_of_birth": "1990-04-03"},
        ),
        ({"emails": "maren@example.org"}, {"emails": "tilda@example.org"}),
        ({}, {}),
    ],
)
def test_records_with_too_little_in_common_share_none(left: dict[str, Any], right: dict[str, Any]) -> None:
    assert not meet(left, right)


def test_a_given_name_that_is_a_particle_elsewhere_still_makes_keys_with_the_family_name() -> None:
    assert meet({"names": "Ben Quillmere"}, {"names": "Ben Ida Quillmere"})
    assert meet({"names": "Ben Quillmere"}, {"handles": "benquillmere"})


def test_keys_are_sorted_and_each_owner_has_each_once() -> None:
    people = [
        Applicant(id=str(n), handles=["vorn", "Vorn", "v.o.r.n"], emails="vorn@example.org") for n in range(3)
    ]
    found = blocking_keys(Cohort(people, region="GB").values)
    pairs = list(zip(found.keys.tolist(), found.owners.tolist(), strict=True))
    assert pairs == sorted(set(pairs))


def test_the_cost_of_a_usual_record_stays_at_about_twenty_five_keys() -> None:
    person = Applicant(
        id="A", names="Maren Ida Quillmere", handles="vorn_skald77", date_of_birth="1990-04-03"
    )
    assert 8 <= len(blocking_keys(Cohort([person], region="GB").values).keys) <= 28
