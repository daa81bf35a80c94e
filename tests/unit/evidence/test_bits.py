from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from tests.comparing import forms_paired

from vetting.compare.contacts import compare_emails
from vetting.compare.dates import compare_dates
from vetting.compare.handles import compare_handles
from vetting.compare.names import compare_names
from vetting.compare.names_in_handles import compare_names_with_handles
from vetting.compare.places import compare_places
from vetting.evidence.bits import weigh
from vetting.evidence.frequencies import count_frequencies
from vetting.evidence.rarity import Rarity
from vetting.normalise.cohort import Cohort
from vetting.records.people import Applicant

PEOPLE = [
    Applicant(
        id=str(n),
        names="John Smith" if n < 40 else f"Oswin{'abcdefghij'[n % 10]} Thornwick",
        handles="admin" if n < 40 else f"oakmarrow{n}",
        date_of_birth="1985-05-05",
        emails="info@example.org" if n < 30 else f"person{n}@example.org",
    )
    for n in range(50)
]
COUNTED = count_frequencies(Cohort(PEOPLE, region="GB").values)
NOBODY = count_frequencies(Cohort([], region="GB").values)
COMPARERS: dict[str, Any] = {
    "handle": compare_handles,
    "name": compare_names,
    "email": compare_emails,
    "date_of_birth": compare_dates,
    "place": compare_places,
    "name_in_handle": compare_names_with_handles,
}


def bits(kind: str, *pairs: tuple[str, str]) -> list[float]:
    forms = forms_paired(pairs)
    found, _ = weigh(kind, COMPARERS[kind](forms), forms, Rarity(COUNTED, NOBODY))
    return [float(one) for one in found]


def test_agreement_on_a_rare_value_is_worth_more_than_on_a_common_one() -> None:
    common, rare = bits("handle", ("admin", "admin"), ("vornskaldqx", "vornskaldqx"))
    assert 0 <= common < 3
    assert rare > 15
    common, rare = bits("name", ("john smith", "john smith"), ("maren quillmere", "maren quillmere"))
    assert common < rare
    common, rare = bits(
        "email", ("info@example.org", "info@example.org"), ("zq.fen@example.org", "zq.fen@example.org")
    )
    assert common < rare


def test_a_weaker_rule_on_the_same_value_is_never_worth_more() -> None:
    ladder = bits(
        "handle",
        ("vornskaldqx", "vornskaldqx"),
        ("vornskaldqx7", "vornskaldqx"),
        ("vornskaldqx7", "vornskaldqx9"),
        ("vornskaldqx", "vornskaldqy"),
        ("vornskaldqx", "oakmarrow"),
    )
    assert ladder == sorted(ladder, reverse=True)
    assert ladder[-1] < 0 < ladder[-2]


def test_names_lose_worth_from_the_same_words_over_variants_to_initials() -> None:
    same, variant, initial, single, partly = bits(
        "name",
        ("robert quillmere", "robert quillmere"),
        ("robert quillmere", "bob quillmere"),
        ("robert quillmere", "r quillmere"),
        ("robert quillmere", "quillmere"),
        ("robert quillmere", "maren quillmere"),
    )
    assert same > variant > initial > 0 > partly
    assert single < variant


def test_dates_lose_worth_with_what_is_known_of_them() -> None:
    day, swapped, month, year, apart, nothing, other = bits(
        "date_of_birth",
        ("1990-04-03", "1990-04-03"),
        ("1990-04-03", "1990-03-04"),
        ("1990-04", "1990-04-03"),
        ("1990", "1990-04-03"),
        ("1990", "1991-04-03"),
        ("1900-01-01", "1990-04-03"),
        ("1990-04-03", "1971-11-20"),
    )
    assert day > month > year > 0
    assert day > swapped > 0
    assert 0 <= apart < 3
    assert nothing == 0
    assert other < 0


def test_a_name_written_as_a_handle_is_worth_less_than_an_invented_handle_and_the_common_name_least() -> None:
    rare, common = bits("name_in_handle", ("maren quillmere", "marenquillmere"), ("john smith", "johnsmith"))
    (invented,) = bits("handle", ("vornskaldqxzw", "vornskaldqxzw"))
    assert invented > rare > common >= 0


@pytest.mark.parametrize("kind", list(COMPARERS))
def test_no_pairs_have_no_bits(kind: str) -> None:
    assert bits(kind) == []


def test_others_who_have_the_value_are_counted_only_where_it_agrees() -> None:
    forms = forms_paired([("info@example.org", "info@example.org"), ("info@example.org", "zq@example.net")])
    _, sharers = weigh("email", compare_emails(forms), forms, Rarity(COUNTED, NOBODY))
    assert sharers.tolist() == [29, 0]
    assert sharers.dtype == np.int32


def test_a_disguised_handle_is_as_common_as_the_plain_one_beneath_it() -> None:
    plain, disguised, turned, rare = bits(
        "handle",
        ("admin", "admin"),
        ("admiin77", "admin"),
        ("admin", "admiin77"),
        ("v0rnsk4ldqx", "vornskaldqx"),
    )
    assert disguised == turned <= plain < 3
    assert rare > 5
