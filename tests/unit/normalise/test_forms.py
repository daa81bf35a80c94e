from __future__ import annotations

import pytest

from vetting.normalise.forms import LONGEST_VALUE, form_of, forms_of
from vetting.records.identifiers import IdentifierKind as Kind


@pytest.mark.parametrize(
    ("kind", "value", "form"),
    [
        (Kind.NAME, "VALE, Maren", "maren vale"),
        (Kind.HANDLE, "@Vorn_77", "vorn_77"),
        (Kind.EMAIL, "M@Example.org", "m@example.org"),
        (Kind.PHONE, "01632 960111", "+441632960111"),
        (Kind.DATE_OF_BIRTH, "3 April 1990", "1990-04-03"),
        (Kind.DATE_OF_BIRTH, "soon", ""),
        (Kind.PLACE, "Harrowby", "|harrowby"),
        (Kind.URL, "http://example.org/a", "example.org/a"),
    ],
)
def test_each_kind_has_its_own_form(kind: Kind, value: str, form: str) -> None:
    assert form_of(kind, value) == form


def test_national_numbers_are_read_in_the_region_asked_for() -> None:
    assert form_of(Kind.PHONE, "0171 1234567", region="DE") == "+491711234567"
    assert forms_of(Kind.PHONE, ["0171 1234567"], region="DE") == ["+491711234567"]


def test_a_value_longer_than_any_identifier_is_not_used() -> None:
    assert form_of(Kind.HANDLE, "v" * LONGEST_VALUE) == "v" * LONGEST_VALUE
    assert form_of(Kind.HANDLE, "v" * (LONGEST_VALUE + 1)) == ""
    assert forms_of(Kind.HANDLE, ["v" * (LONGEST_VALUE + 1), "Vorn"]) == ["", "vorn"]
