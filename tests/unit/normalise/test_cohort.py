from __future__ import annotations

from vetting.normalise.cohort import Cohort
from vetting.records.identifiers import IdentifierKind as Kind
from vetting.records.people import Applicant

PEOPLE = [
    Applicant(id="A", names="Maren Vale", phones=["01632 960111", "ring me"], emails="m@example.org"),
    Applicant(id="B", handles="vorn_77", phones="+44 1632 960111"),
    Applicant(id="C"),
]


def test_values_are_counted_as_tried_or_skipped() -> None:
    cohort = Cohort(PEOPLE, region="GB")
    assert cohort.tried["phone"] == 2
    assert cohort.skipped["phone"] == 1
    assert cohort.tried["url"] == cohort.skipped["url"] == 0


def test_what_a_person_lacks_is_said_by_kind_and_an_unusable_value_is_lacking() -> None:
    missing = Cohort([*PEOPLE, Applicant(id="D", phones="ring me")], region="GB").missing
    assert "phone" not in missing[0]
    assert set(missing[1]) == {"name", "email", "date_of_birth", "place", "url"}
    assert set(missing[2]) == {str(kind) for kind in Kind}
    assert "phone" in missing[3]


def test_a_source_leads_back_to_the_value_as_written() -> None:
    cohort = Cohort(PEOPLE, region="GB")
    column = cohort.values.column(Kind.PHONE)
    assert [cohort.identifiers[source].value for source in column.sources] == [
        "01632 960111",
        "+44 1632 960111",
    ]
    assert [PEOPLE[owner].id for owner in column.owners] == ["A", "B"]


def test_others_who_share_a_value_are_counted_without_its_holder() -> None:
    cohort = Cohort(PEOPLE, region="GB")
    phone = int(cohort.values.column(Kind.PHONE).sources[0])
    email = int(cohort.values.column(Kind.EMAIL).sources[0])
    assert cohort.sharing(phone, Kind.PHONE) == 1
    assert cohort.sharing(email, Kind.EMAIL) == 0
    assert cohort.sharing(10_000, Kind.EMAIL) == 0


def test_a_cohort_of_nobody_has_no_values() -> None:
    cohort = Cohort([], region="GB")
    assert cohort.values.owner_count == 0
    assert cohort.missing == {}
