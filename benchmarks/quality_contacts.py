"""Rows about pairs of whole records: people with contacts, and one mailbox under two names."""

from __future__ import annotations

import numpy as np
from quality_errors import CONTACTS, Row, as_applied, as_listed
from quality_lists import screened
from quality_measure import Figure, f1_of, two_fold_f1
from quality_ours import applicant, listed, pair_scores
from quality_peers import NAME_PEERS, logic_v2
from quality_people import Person, World

import vetting
from vetting.evidence.chance import probabilities
from vetting.evidence.surfacing import surfacing

__all__ = ["contact_pairs", "labelled_pairs", "same_contacts"]

_GIVEN = {"email": 0.8, "phone": 0.8, "handle": 0.0, "postcode": 0.0, "date_of_birth": 0.9}


def labelled_pairs(seed: int, count: int) -> tuple[list[Row], list[Row], list[str]]:
    """Pairs of records and what each is: the same person, a namesake, a household, a lookalike, a stranger."""
    world = World(seed)
    pick = world.pick
    left, right, kinds = [], [], []
    for _ in range(count):
        one = world.person()
        kind = pick.choices(("same", "namesake", "household", "lookalike", "stranger"), (35, 20, 10, 15, 20))[
            0
        ]
        other = _other(kind, one, world)
        left.append(as_applied(one, world, given=_GIVEN))
        right.append(as_listed(other, world, CONTACTS))
        kinds.append(kind)
    return left, right, kinds


def _other(kind: str, one: Person, world: World) -> Person:
    from attrs import evolve

    if kind == "same":
        return one
    if kind == "namesake":
        other = world.person(origin=one.origin)
        return evolve(other, given=one.given, family=one.family, middle="")
    if kind == "household":
        return evolve(world.person(household=one), phone=one.phone)
    if kind == "lookalike":  # the same family name and year of birth, another given name
        other = world.person(origin=one.origin)
        return evolve(other, family=one.family, born=one.born[:4] + other.born[4:])
    return world.person()


def contact_pairs(*, count: int = 10_000) -> list[Figure]:
    """Pairwise F1 at the default policy, prevalence set to the pairs' own as a user who knows it would."""
    left, right, kinds = labelled_pairs(101, count)
    truth = np.array([kind == "same" for kind in kinds])
    half = np.arange(count) % 2 == 0
    row, what = "contacts", "people with e-mail, phone, DOB (own generator), pairwise F1"
    scores = pair_scores(left, right)
    found = []

    def add(method: str, predicted: np.ndarray, target: str = "") -> None:
        value, interval, note = f1_of(truth, predicted)
        found.append(
            Figure(
                row=row,
                what=what,
                method=method,
                value=value,
                interval=interval,
                n=count,
                target=target,
                note=note,
            )
        )

    # As `assess` would at its defaults: every pair a screening of its own against a list of 10,000.
    policy = vetting.SurfacingPolicy()
    alone = probabilities(scores, 10_000, policy)
    chosen = surfacing(scores, (alone, alone), policy, pairs=10_000)
    add(
        "vetting, probability >= .5 and surfaced, default policy, list of 10,000",
        (alone >= 0.5) & chosen.surfaced,
        "0.80",
    )
    add("vetting, surfaced, the same", chosen.surfaced)
    add("vetting, probability >= .5, the same", alone >= 0.5)
    (value, interval, note), at = two_fold_f1(scores.bits, truth, half)
    found.append(
        Figure(
            row=row,
            what=what,
            method=f"(vetting, best bits of the other half: {at})",
            value=value,
            interval=interval,
            n=count,
            note=note,
        )
    )
    for kind in ("same", "namesake", "household", "lookalike", "stranger"):
        here = np.array([one == kind for one in kinds])
        share = f"p>=.5 {np.mean(alone[here] >= 0.5):.3f}, surfaced {np.mean(chosen.surfaced[here]):.3f}"
        found.append(
            Figure(
                row=row,
                what=f"of which {kind}",
                method="vetting, share accepted",
                value=share,
                n=int(here.sum()),
            )
        )
    theirs = logic_v2(list(zip(left, right, strict=True)))
    if theirs is None:
        found.append(Figure(row=row, what=what, method="logic-v2", value="absent"))
    else:
        add("logic-v2 >= .70 (its default)", theirs >= 0.7)
        (value, interval, note), at = two_fold_f1(theirs, truth, half)
        found.append(
            Figure(
                row=row,
                what=what,
                method=f"logic-v2, best of the other half ({at})",
                value=value,
                interval=interval,
                n=count,
                note=note,
            )
        )
    names = [record["name"] for record in left], [record["name"] for record in right]
    years = np.array(
        [
            bool(
                a["date_of_birth"] and b["date_of_birth"] and a["date_of_birth"][:4] != b["date_of_birth"][:4]
            )
            for a, b in zip(left, right, strict=True)
        ]
    )
    (value, interval, note), at = two_fold_f1(
        np.where(years, 0.0, NAME_PEERS["token_sort_ratio"](*names)), truth, half
    )
    found.append(
        Figure(
            row=row,
            what=what,
            method=f"token_sort_ratio with birth-year veto, best of the other half ({at})",
            value=value,
            interval=interval,
            n=count,
            note=note,
        )
    )
    return found


def same_contacts(*, count: int = 1_000) -> list[Figure]:
    """The same e-mail and phone under another name: surfaced, with the conflict shown."""
    world = World(202)
    surfaced = shown = 0
    with_birth = 0
    people = [world.person() for _ in range(count)]
    rows, lefts = [], []
    for place, one in enumerate(people):
        other = world.person()
        rows.append(
            {
                "name": other.name,
                "email": one.email,
                "phone": one.phone,
                "date_of_birth": other.born if place % 2 else "",
            }
        )
        lefts.append({"name": one.name, "email": one.email, "phone": one.phone, "date_of_birth": one.born})
    for person, account, found in screened(lefts, rows):
        if person == account and found.surfaced:
            surfaced += 1
            names = [item for item in found.evidence if item.kind == "name"]
            shown += any(
                str(item.level) == "conflict" and item.applicant_value and item.listed_value for item in names
            )
            with_birth += account % 2
    agreeing = sum(
        str(vetting.assess(applicant("a", a), listed("b", b)).levels["name"]) != "conflict"
        for a, b in zip(lefts, rows, strict=True)
    )
    return [
        Figure(
            row="same-contacts",
            what="same e-mail and phone, different name: surfaced",
            method="vetting, default policy",
            value=f"{surfaced}/{count}",
            n=count,
            target="always",
            note=f"with a contradicting date of birth too: {with_birth}/{count // 2}",
        ),
        Figure(
            row="same-contacts",
            what="conflict of names shown",
            method="vetting",
            value=f"{shown}/{surfaced}",
            n=surfaced,
            target="always",
            note=f"{agreeing} of the random other names agree in fact (namesakes)",
        ),
    ]
