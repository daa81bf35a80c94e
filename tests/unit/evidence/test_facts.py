from __future__ import annotations

from typing import Any

from vetting.evidence.facts import fact_groups
from vetting.normalise.cohort import Cohort
from vetting.records.identifiers import IdentifierKind as Kind
from vetting.records.people import Applicant


def facts(**held: Any) -> dict[str, list[int]]:
    cohort = Cohort([Applicant(id="A", **held)], region="GB")
    groups = fact_groups(cohort.values)
    return {str(kind): found.tolist() for kind, found in groups.items() if len(found)}


def test_one_string_told_as_handle_email_page_and_name_is_one_fact() -> None:
    found = facts(
        names="Oswin Thornwick",
        handles="oswin.thornwick88",
        emails="oswinthornwick@example.org",
        urls="https://twitter.com/OswinThornwick",
    )
    assert len({found[kind][0] for kind in ("name", "handle", "email", "url")}) == 1


def test_values_that_have_nothing_in_common_are_facts_of_their_own() -> None:
    found = facts(
        names="Oswin Thornwick",
        handles="vornskald",
        emails="oakmarrow@example.org",
        phones="01632 960111",
        places="Harrowby",
        date_of_birth="1990-04-03",
    )
    numbers = [number for kind in found.values() for number in kind]
    assert len(set(numbers)) == len(numbers) == 6


def test_all_names_of_a_person_are_one_fact() -> None:
    assert len(set(facts(names=["Oswin Thornwick", "Tilda Vale"])["name"])) == 1


def test_a_value_can_join_two_facts_that_came_before_it() -> None:
    found = facts(handles=["vornskald", "oakmarrow"], emails=["vornskald1@example.org"])
    assert found["handle"][0] == found["email"][0] != found["handle"][1]


def test_facts_of_different_people_differ() -> None:
    people = [
        Applicant(id=name, handles="vornskald", phones="01632 960111", names="Maren Vale") for name in "AB"
    ]
    groups = fact_groups(Cohort(people, region="GB").values)
    for kind in (Kind.HANDLE, Kind.PHONE, Kind.NAME):
        first, second = groups[kind].tolist()
        assert first != second


def test_every_value_has_a_fact() -> None:
    assert all(
        min(numbers) >= 0
        for numbers in facts(handles=["a", "b"], urls="example.org", emails="x@example.org").values()
    )
