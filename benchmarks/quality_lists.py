"""Screens generated applicants against a generated list in a temporary store, and makes such lists."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from attrs import frozen
from quality_errors import Profile, Row, as_applied, as_listed
from quality_ours import Thinned, applicant, make_store
from quality_people import Person, World

import vetting

__all__ = ["Scene", "account_key", "open_list", "scene", "screen_rows", "screened"]


@frozen
class Scene:
    """A list, applicants of whom some are on it, and who is where.

    Attributes:
        accounts: Rows of the list.
        applicants: Rows of the roster.
        people: The applicants themselves.
        true: Applicant -> account.
    """

    accounts: list[Row]
    applicants: list[Row]
    people: list[Person]
    true: dict[int, int]


def account_key(place: int) -> str:
    """Key of an account; all have one length, so that the store keeps their order."""
    return f"{place:08}"


def scene(world: World, *, applicants: int, accounts: int, present: float, profile: Profile) -> Scene:
    """Make a list and applicants of whom a share is on it; no handle occurs twice on the list."""
    people = world.people(applicants)
    listed = world.pick.sample(range(applicants), round(applicants * present))
    rows = [as_listed(people[place], world, profile) for place in listed]
    rows += [as_listed(one, world, profile) for one in world.people(accounts - len(rows))]
    order = list(range(len(rows)))
    world.pick.shuffle(order)
    taken: set[str] = set()
    for row in rows:
        while row["handle"] and row["handle"].lower() in taken:
            row["handle"] += str(world.pick.randint(0, 9))
        taken.add(row["handle"].lower())
    place_of = {old: new for new, old in enumerate(order)}
    return Scene(
        accounts=[rows[old] for old in order],
        applicants=[as_applied(one, world) for one in people],
        people=people,
        true={person: place_of[number] for number, person in enumerate(listed)},
    )


@contextmanager
def open_list(accounts: Sequence[Row]) -> Iterator[vetting.ListStore]:
    """A temporary store with one list."""
    keys = [account_key(place) for place in range(len(accounts))]
    with TemporaryDirectory() as folder, make_store(Path(folder), keys, accounts) as store:
        yield store


def screen_rows(
    store: vetting.ListStore,
    rows: Sequence[Row],
    *,
    policy: vetting.SurfacingPolicy | None = None,
    least_bits: float | None = None,
    skip_same: bool = False,
) -> vetting.Screening:
    """Screen ``A-0, A-1, ...``.

    Args:
        store: The lists.
        rows: The applicants.
        policy: As for a screening.
        least_bits: Drop scored pairs below these bits; needed with ``include_unsurfaced``.
        skip_same: Drop pairs of an applicant and an account of the same place.
    """
    people = [applicant(f"A-{place}", row) for place, row in enumerate(rows)]
    if least_bits is None and not skip_same:
        return vetting.screen(people, store, policy=policy)
    engine = Thinned(-1e9 if least_bits is None else least_bits, skip_same=skip_same)
    try:
        return vetting.screen(people, store, policy=policy, engine=engine)
    finally:
        engine.close()


def screened(
    rows: Sequence[Row],
    accounts: Sequence[Row],
    *,
    policy: vetting.SurfacingPolicy | None = None,
    skip_same: bool = False,
) -> list[tuple[int, int, vetting.Candidate]]:
    """Screen against a list made for it: applicant, account and candidate, in the order of evidence."""
    with open_list(accounts) as store:
        run = screen_rows(store, rows, policy=policy, skip_same=skip_same)
    return [(int(one.applicant_id[2:]), int(one.account_id), one) for one in run.candidates]
