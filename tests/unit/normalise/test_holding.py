"""One holder's values are those that a cohort of one has."""

from __future__ import annotations

from vetting.normalise.cohort import Cohort
from vetting.normalise.handle_like import handle_like
from vetting.normalise.holding import holding_of
from vetting.records.identifiers import IdentifierKind as Kind
from vetting.records.people import Applicant

PERSON = Applicant(
    id="A-1",
    names=["Tobren Askwell", "Mr."],
    handles=["vorn_skald"],
    emails=["Tobren@Example.org", "no address"],
    phones=["01632 960123", "call me"],
    places=["4 Mill Lane, Harrowby, ZZ1 1AA"],
    urls=["https://twitter.com/VornSkald", "https://example.org/page"],
    date_of_birth="03/04/1990",
)


def test_forms_and_their_places_are_those_of_a_cohort() -> None:
    held, cohort = holding_of(PERSON, "GB"), Cohort([PERSON], region="GB")
    assert held.identifiers == cohort.identifiers
    for kind, values in (
        (Kind.NAME, held.names),
        (Kind.HANDLE, held.handles),
        (Kind.EMAIL, held.emails),
        (Kind.PHONE, held.phones),
        (Kind.PLACE, held.places),
        (Kind.URL, held.urls),
        (Kind.DATE_OF_BIRTH, held.dates),
    ):
        column = cohort.values.column(kind)
        forms = [column.forms[code] for code in column.codes.tolist()]
        assert values == list(zip(forms, column.sources.tolist(), strict=True))


def test_handle_like_values_come_declared_first() -> None:
    held = holding_of(PERSON, "GB")
    like = handle_like(Cohort([PERSON], region="GB").values)
    assert [form for form, _ in held.handle_like] == ["vorn_skald", "vorn·skald", "tobren"]
    assert held.declared == like.declared.sum() == 2


def test_a_national_number_is_read_in_the_region() -> None:
    assert holding_of(PERSON, "GB").phones != holding_of(PERSON, "FR").phones
