"""Laws of decoys: whoever the cohort is, a decoy has nothing that would be somebody's."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests import strategies

from vetting.evidence.decoys import DecoyKind, decoy_cohort
from vetting.normalise.forms import form_of
from vetting.records.identifiers import Identifier, IdentifierKind
from vetting.records.people import Applicant

KINDS: tuple[DecoyKind, ...] = ("generated", "shuffled")


@pytest.mark.parametrize("kind", KINDS)
@given(people=strategies.cohorts(), seed=st.integers(0, 2**32))
def test_no_decoy_has_an_address_a_number_or_a_handle_of_the_cohort(
    kind: DecoyKind, people: list[Applicant], seed: int
) -> None:
    owned = {(item.kind, form_of(item.kind, item.value)) for person in people for item in _contacts(person)}
    for decoy in decoy_cohort(people, 6, seed=seed, kind=kind):
        for item in _contacts(decoy):
            form = form_of(item.kind, item.value)
            assert form
            assert (item.kind, form) not in owned


@pytest.mark.parametrize("kind", KINDS)
@given(people=strategies.cohorts(), seed=st.integers(0, 2**32))
def test_no_decoy_has_a_name_of_the_cohort_with_its_birth_date(
    kind: DecoyKind, people: list[Applicant], seed: int
) -> None:
    born = {(_name(item.value), person.date_of_birth) for person in people for item in person.names}
    for decoy in decoy_cohort(people, 6, seed=seed, kind=kind):
        for item in decoy.names:
            assert decoy.date_of_birth is None or (_name(item.value), decoy.date_of_birth) not in born


@pytest.mark.parametrize("kind", KINDS)
@given(held=strategies.hostile_holdings(), seed=st.integers(0, 2**16))
def test_decoys_of_hostile_values_are_made_and_are_nobody(
    kind: DecoyKind, held: dict[str, list[str]], seed: int
) -> None:
    person = Applicant(id="A-1", **held)  # type: ignore[arg-type]
    decoys = decoy_cohort([person], 3, seed=seed, kind=kind)
    assert decoys == decoy_cohort([person], 3, seed=seed, kind=kind)
    assert [decoy.id for decoy in decoys] == ["decoy-000001", "decoy-000002", "decoy-000003"]
    owned = {form_of(IdentifierKind.EMAIL, item.value) for item in person.emails}
    assert not owned & {
        form_of(IdentifierKind.EMAIL, item.value) for decoy in decoys for item in decoy.emails
    }


def _contacts(person: Applicant) -> list[Identifier]:
    return [*person.handles, *person.emails, *person.phones]


def _name(text: str) -> str:
    return form_of(IdentifierKind.NAME, text)
