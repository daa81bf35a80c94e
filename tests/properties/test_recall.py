"""What blocking may lose: nothing that the oracle surfaces, and nothing that was planted."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from tests import strategies
from tests.holdings import hold
from tests.oracle import screen_all_pairs

from vetting.evidence.policy import SurfacingPolicy
from vetting.evidence.screening_result import Screening
from vetting.records.accounts import ListedAccount
from vetting.records.people import Applicant
from vetting.screening import screen

SYLLABLES = (
    "bar cor dun fel gar hol ith jor kel lan mor nav oss pel quor ras syl tor ulm ven wex yar zil".split()
)
SHOW_ALL = SurfacingPolicy(include_unsurfaced=True)


def word(chance: random.Random, *, syllables: int = 3) -> str:
    return "".join(chance.choice(SYLLABLES) for _ in range(syllables))


def holding(chance: random.Random, number: int) -> dict[str, Any]:
    """Somebody invented, unlike anybody else except by accident."""
    born = f"{chance.randint(1950, 2004)}-{chance.randint(1, 12):02}-{chance.randint(2, 28):02}"
    return {
        "names": [f"{word(chance, syllables=2)} {word(chance)}".title()],
        "handles": [f"{word(chance)}{chance.choice(['', '_', '.'])}{word(chance, syllables=2)}"],
        "emails": [f"{word(chance)}{number}@example.org"],
        "phones": [f"+44 1632 {960_000 + number % 1000:06}"],
        "date_of_birth": born,
        "places": [f"{word(chance)}ham".title()],
    }


def respelt(handle: str) -> str:
    return handle.replace("_", "").replace(".", "").upper()


# What the account shares with its holder: the kinds, and how the account has it written.
PLANTED: dict[str, Any] = {
    "the same e-mail": lambda held: {"emails": [held["emails"][0].upper()]},
    "the same phone": lambda held: {"phones": ["01632 " + held["phones"][0][-6:]]},
    "the same handle": lambda held: {"handles": [respelt(held["handles"][0])]},
    "the handle as local part": lambda held: {
        "emails": [f"{respelt(held['handles'][0]).lower()}@mail.example.net"]
    },
    "name and date of birth": lambda held: {"names": held["names"], "date_of_birth": held["date_of_birth"]},
}


def planted_run(
    folder: Path, *, applicants: int, noise: int, seed: int
) -> tuple[list[Applicant], Any, dict[tuple[str, str], str]]:
    chance = random.Random(seed)
    held = [holding(chance, number) for number in range(applicants)]
    people = [Applicant(id=f"A-{number}", **one) for number, one in enumerate(held)]
    listed = [
        ListedAccount(list_id="forum-2019", account_id=str(number), **holding(chance, 500 + number % 499))
        for number in range(noise)
    ]
    truth = {}
    for number, (how, plant) in enumerate(list(PLANTED.items()) * (applicants // (2 * len(PLANTED)))):
        account = f"p{number}"
        truth[f"A-{number}", account] = how
        listed.append(ListedAccount(list_id="forum-2019", account_id=account, **plant(held[number])))
    return people, hold(folder, listed), truth


def surfaced(screening: Screening) -> set[tuple[str, str]]:
    return {(one.applicant_id, one.account_id) for one in screening.surfaced}


@pytest.mark.parametrize("seed", [1, 2])
def test_blocking_loses_nothing_that_was_planted_and_nothing_that_the_oracle_surfaces(
    tmp_path: Path, seed: int
) -> None:
    people, store, truth = planted_run(tmp_path, applicants=40, noise=400, seed=seed)
    blocked = screen(people, store, policy=SHOW_ALL)
    oracle = screen_all_pairs(people, store, policy=SHOW_ALL)
    compared = {(one.applicant_id, one.account_id) for one in blocked.candidates}
    assert {pair: how for pair, how in truth.items() if pair not in compared} == {}
    unsurfaced = {pair: how for pair, how in truth.items() if pair not in surfaced(blocked)}
    assert {how for how in unsurfaced.values() if "handle" not in how} == set()
    assert len(unsurfaced) <= len(truth) / 10  # a handle may be too common for the policy
    assert surfaced(oracle) - surfaced(blocked) == set()
    assert blocked.coverage.lists[0].pairs_compared < len(people) * blocked.coverage.lists[0].accounts / 10


def test_what_both_compare_has_the_same_bits_and_evidence(tmp_path: Path) -> None:
    people, store, _ = planted_run(tmp_path, applicants=20, noise=60, seed=3)
    blocked = {
        (one.applicant_id, one.account_id): one for one in screen(people, store, policy=SHOW_ALL).candidates
    }
    oracle = {
        (one.applicant_id, one.account_id): one
        for one in screen_all_pairs(people, store, policy=SHOW_ALL).candidates
    }
    assert blocked
    for pair, one in blocked.items():
        assert (one.bits, one.evidence, one.expected_coincidences) == (
            *(oracle[pair].bits, oracle[pair].evidence, oracle[pair].expected_coincidences),
        )


def test_few_of_those_who_share_nothing_are_surfaced(tmp_path: Path) -> None:
    people, store, truth = planted_run(tmp_path, applicants=40, noise=400, seed=4)
    assert len(surfaced(screen(people, store)) - set(truth)) <= 2


@given(people=strategies.cohorts(), listed=strategies.member_lists())
@settings(max_examples=15)
def test_blocking_keeps_whatever_agrees_exactly_on_a_strong_identifier(
    people: list[Applicant], listed: list[ListedAccount]
) -> None:
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as folder:
        store = hold(Path(folder), listed)
        blocked, oracle = (
            screen(people, store, policy=SHOW_ALL),
            screen_all_pairs(people, store, policy=SHOW_ALL),
        )
    found = {(one.applicant_id, one.account_id) for one in blocked.candidates}
    strong = {
        (one.applicant_id, one.account_id)
        for one in oracle.candidates
        if {one.levels["email"], one.levels["phone"], one.levels["handle"]} & {"exact"}
    }
    assert strong <= found
    assert surfaced(oracle) & strong <= surfaced(blocked)
