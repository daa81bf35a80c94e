"""Decoys: alike the cohort, and nobody of it."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter

import pytest

from vetting.evidence.decoys import DecoyKind, DecoyMaker, decoy_cohort
from vetting.normalise.contacts import email_form, phone_form
from vetting.records.people import Applicant

KINDS: tuple[DecoyKind, ...] = ("generated", "shuffled")


def cohort(count: int = 400) -> list[Applicant]:
    given = ["Maren", "Oswin", "Tilda", "Ivo", "Bram", "Odile", "Petra", "Lorn"]
    family = ["Quillmere", "Thornwick", "Vale", "Harrow", "Skaldby", "Pembrall", "Tarn", "Oakes", "Marl"]
    people = []
    for row in range(count):
        first, last = given[row % 8], family[row % 9]
        handles = [f"twitter:{first[0].lower()}.{last.lower()}{row}"] if row % 4 == 0 else []
        handles += [f"darkwolf{row}", f"Zq{row:04}x"] if row % 8 == 0 else []
        people.append(
            Applicant(
                id=f"A-{row}",
                names=[f"{first} {last}"],
                date_of_birth=f"{1960 + row % 40}-{1 + row % 12:02}-{1 + row % 28:02}" if row % 5 else None,
                emails=[f"{first}.{last}{row}@{'example.net' if row % 3 else 'example.org'}"]
                if row % 10
                else [],
                phones=[f"01632 {960_000 + row}"] if row % 2 else [],
                handles=handles,
                places=[f"{row} Mill Lane", "Ambleford"] if row % 3 else [],
            )
        )
    return people


@pytest.mark.parametrize("kind", KINDS)
def test_as_many_decoys_lack_a_kind_of_value_as_people_of_the_cohort(kind: DecoyKind) -> None:
    people = cohort()
    decoys = decoy_cohort(people, 4_000, seed=1, kind=kind)
    for held in ("names", "date_of_birth", "emails", "phones", "handles", "places"):
        wanted = Counter(_amount(getattr(person, held)) for person in people)
        found = Counter(_amount(getattr(decoy, held)) for decoy in decoys)
        assert set(found) <= set(wanted)
        for amount in wanted:
            assert found[amount] / 4_000 == pytest.approx(wanted[amount] / len(people), abs=0.04)


def _amount(held: object) -> int:
    return len(held) if isinstance(held, tuple) else int(held is not None)


@pytest.mark.parametrize("kind", KINDS)
def test_a_seed_gives_the_same_decoys_and_another_gives_others(kind: DecoyKind) -> None:
    people = cohort(50)
    assert decoy_cohort(people, 60, seed=5, kind=kind) == decoy_cohort(people, 60, seed=5, kind=kind)
    assert decoy_cohort(people, 60, seed=5, kind=kind) != decoy_cohort(people, 60, seed=6, kind=kind)


def test_a_maker_forgets_the_cohorts_it_made_before() -> None:
    maker = DecoyMaker(cohort(50))
    first = maker.cohort(30, seed=1)
    maker.cohort(30, seed=2)
    assert maker.cohort(30, seed=1) == first


def test_a_seed_gives_the_same_decoys_whatever_the_hashes_of_texts() -> None:
    code = (
        "from tests.unit.evidence.test_decoys import cohort\n"
        "from vetting.evidence.decoys import decoy_cohort\n"
        "print([str(i) for d in decoy_cohort(cohort(40), 40, seed=3) for i in d.identifiers()])"
    )
    printed = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join([".", "src", *sys.path])},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(printed) == 1


def test_names_stay_whole_and_never_keep_their_birth_date() -> None:
    people = [
        Applicant(id="1", names="Maren Quillmere", date_of_birth="1990-04-03"),
        Applicant(id="2", names=["Dr. Oswin van Thornwick", "Oswin Vale"], date_of_birth="1985-07-21"),
        Applicant(id="3", names="Дмитрий Соколов", date_of_birth="1971-11-30"),
    ]
    decoys = decoy_cohort(people, 200, seed=2)
    given = {tuple(name.value for name in person.names): person.date_of_birth for person in people}
    assert {tuple(name.value for name in decoy.names) for decoy in decoys} == set(given)
    assert all(decoy.date_of_birth != given[tuple(name.value for name in decoy.names)] for decoy in decoys)


def test_a_part_that_several_handles_share_stays_in_handles_that_are_nobodys() -> None:
    words = ["thunderbird", "thunderwolf", "ironthunder", "spiderman", "wonderland", "birdsong", "wolfhound"]
    people = [
        Applicant(id=str(row), names=f"Maren Vale{row}", handles=word) for row, word in enumerate(words)
    ]
    made = [decoy.handles[0].value.lower() for decoy in decoy_cohort(people, 300, seed=6)]
    assert not set(made) & set(words)
    assert sum("thunder" in text for text in made) > 30


def test_a_handle_made_of_its_owners_name_becomes_one_of_the_decoys_name() -> None:
    people = [
        Applicant(id=str(row), names=f"{given} {family}", handles=f"{given[0]}.{family}_x{row}")
        for row, (given, family) in enumerate(
            [("Maren", "Vale"), ("Oswin", "Harrow"), ("Tilda", "Tarn"), ("Ivo", "Marl")]
        )
    ]
    for decoy in decoy_cohort(people, 50, seed=3):
        given, family = decoy.names[0].value.lower().split()
        assert decoy.handles[0].value.lower().startswith(f"{given[0]}.{family}_")


def test_words_that_several_use_come_back_and_words_of_one_do_not() -> None:
    people = [
        Applicant(id=str(row), handles=f"{word}_{own}")
        for row, (word, own) in enumerate(
            (word, own) for word in ("dark", "iron", "pale") for own in ("vornskald", "quillet", "brandish")
        )
    ]
    # Each "own" is used three times here, so all words are common: every decoy is made of them.
    handles = [decoy.handles[0].value for decoy in decoy_cohort(people, 30, seed=4)]
    assert all(value not in {person.handles[0].value for person in people} for value in handles)
    one = [*people, Applicant(id="x", handles="zyxomorf77")]
    handles = [decoy.handles[0].value for decoy in decoy_cohort(one, 500, seed=4)]
    assert any(handle.startswith(("dark_", "iron_")) for handle in handles)
    assert not any("zyxomorf" in handle for handle in handles)


def test_an_address_keeps_the_cohorts_domains_and_their_frequencies() -> None:
    people = [
        Applicant(id=str(row), emails=f"person{row}@{'example.org' if row % 4 else 'example.net'}")
        for row in range(80)
    ]
    decoys = decoy_cohort(people, 2_000, seed=5)
    domains = Counter(decoy.emails[0].value.rpartition("@")[2] for decoy in decoys)
    assert domains["example.net"] / 2_000 == pytest.approx(0.25, abs=0.04)
    assert set(domains) == {"example.net", "example.org"}


def test_an_address_that_repeats_its_owners_handle_repeats_the_decoys() -> None:
    people = [
        Applicant(id=str(row), handles=f"wolf{row}", emails=f"wolf{row}@example.org") for row in range(30)
    ]
    for decoy in decoy_cohort(people, 30, seed=5):
        assert email_form(decoy.emails[0].value).startswith(decoy.handles[0].value.lower())


def test_a_number_keeps_its_shape_and_its_first_digits() -> None:
    people = [
        Applicant(id="1", phones="+44 (0)1632 960 123 ext 4"),
        Applicant(id="2", phones="01632-960124"),
    ]
    found = {decoy.phones[0].value for decoy in decoy_cohort(people, 60, seed=6)}
    assert len(found) > 50
    for number in found:
        assert number.startswith(("+44 (0)1632 ", "01632-"))
        assert phone_form(number) not in {"+441632960123", "+441632960124"}
        assert len(phone_form(number)) == len("+441632960123")


def test_places_come_from_one_person_together() -> None:
    people = [
        Applicant(id="1", places=["1 Mill Lane", "ZZ1 1AA"]),
        Applicant(id="2", places=["2 Tarn Row", "ZZ2 2BB"]),
    ]
    homes = {tuple(place.value for place in decoy.places) for decoy in decoy_cohort(people, 40, seed=7)}
    assert homes == {("1 Mill Lane", "ZZ1 1AA"), ("2 Tarn Row", "ZZ2 2BB")}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("born", ["1990-04-03", "--04-03", "1990", "--02", None, "03/04/1990"])
def test_one_applicant_gives_namesakes_born_on_other_days(kind: DecoyKind, born: str | None) -> None:
    person = Applicant(
        id="A-1",
        names="Sam Example",
        date_of_birth=born,
        handles="vornskald_77",
        emails="vornskald_77@example.org",
    )
    for decoy in decoy_cohort([person], 30, seed=8, kind=kind):
        assert decoy.names[0].value == "Sam Example"
        assert born is None or decoy.date_of_birth != person.date_of_birth
        assert (decoy.date_of_birth is None) is (born is None)
        assert "vornskald" not in decoy.handles[0].value.lower()
        assert "vornskald" not in decoy.emails[0].value


def test_a_cohort_that_has_every_month_of_a_name_gives_decoys_without_a_date() -> None:
    people = [
        Applicant(id=str(month), names="Sam Example", date_of_birth=f"--{month:02}") for month in range(1, 13)
    ]
    assert {decoy.date_of_birth for decoy in decoy_cohort(people, 3, seed=9)} == {None}


def test_shuffled_people_have_real_names_with_other_dates() -> None:
    people = cohort(60)
    pairs = {(person.names[0].value, str(person.date_of_birth)) for person in people}
    decoys = decoy_cohort(people, 60, seed=10, kind="shuffled")
    assert {decoy.names[0].value for decoy in decoys} == {person.names[0].value for person in people}
    dated = [decoy for decoy in decoys if decoy.date_of_birth]
    assert dated
    assert not any((decoy.names[0].value, str(decoy.date_of_birth)) in pairs for decoy in dated)


def test_decoys_need_somebody_to_resemble_and_a_kind_that_is_known() -> None:
    with pytest.raises(ValueError, match="at least one applicant"):
        decoy_cohort([], 3, seed=1)
    with pytest.raises(ValueError, match="'generated' or 'shuffled'"):
        decoy_cohort(cohort(2), 3, seed=1, kind="copied")  # type: ignore[arg-type]
