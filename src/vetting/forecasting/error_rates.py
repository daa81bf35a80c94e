"""How often people who cannot be on a list are surfaced, by group: whom do accidents befall more often?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from attrs import asdict, evolve, frozen

from vetting.evidence.policy import SurfacingPolicy
from vetting.forecasting.intervals import poisson_interval
from vetting.normalise.scripts import SCRIPT_GROUPS, script_group
from vetting.records.people import Applicant
from vetting.screening import screen
from vetting.store.folder import ShardFolder

__all__ = ["ErrorRates", "GroupRate", "error_rates"]

_PER = 10_000


@frozen(kw_only=True)
class GroupRate:
    """False surfacing in one group of innocents.

    Attributes:
        group: The group.
        people: Innocents in it.
        surfaced: How many of them have a candidate.
        candidates: How many candidates they have together.
        rate: Of 10,000 innocents, how many are surfaced.
        low: Lower end of the rate's 95 % interval (Garwood), 0 at least.
        high: Upper end, 10,000 at most.
    """

    group: str
    people: int
    surfaced: int
    candidates: int
    rate: float
    low: float
    high: float

    @classmethod
    def of(cls, group: str, *, people: int, surfaced: int, candidates: int) -> GroupRate:
        """Scale a count to 10,000 people."""
        low, high = poisson_interval(surfaced)
        return cls(
            group=group,
            people=people,
            surfaced=surfaced,
            candidates=candidates,
            rate=surfaced / people * _PER,
            low=low / people * _PER,
            high=min(high / people, 1.0) * _PER,
        )


@frozen(kw_only=True)
class ErrorRates:
    """False surfacing per 10,000 innocents, by group.

    Attributes:
        groups: In the order of the scripts, else by name.
        everybody: All groups together.
        lists: Ids of the lists.
        accounts: Accounts on them.
        policy: The policy.
    """

    groups: tuple[GroupRate, ...]
    everybody: GroupRate
    lists: tuple[str, ...]
    accounts: int
    policy: SurfacingPolicy

    @property
    def apart(self) -> tuple[str, ...]:
        """Groups whose interval does not hold the rate of everybody."""
        rate = self.everybody.rate
        return tuple(one.group for one in self.groups if not one.low <= rate <= one.high)

    def as_dict(self) -> dict[str, Any]:
        """Return the rates as plain values."""
        return asdict(self)

    def as_text(self) -> str:
        """Say it as a table with plain words, for a terminal or a file."""
        from vetting.forecasting.wording import error_rates_text

        return error_rates_text(self)


def error_rates(
    innocents: Iterable[Applicant],
    store: ShardFolder,
    *,
    group_of: Callable[[Applicant], str] | None = None,
    policy: SurfacingPolicy | None = None,
    lists: Sequence[str] | None = None,
    progress: Callable[[str, int, int], None] | None = None,
) -> ErrorRates:
    """Screen people who cannot be on the lists, and count by group who is surfaced nevertheless.

    Args:
        innocents: Invented people, or people known not to be listed, in groups as large as can be had:
            of 1,000 people without one surfaced, up to 37 in 10,000 may still be.
        store: The lists.
        group_of: A person's group; ``None`` for the script of their names.
        policy: When a candidate is surfaced; ``None`` for the conservative defaults.
        lists: Ids of the lists to try; ``None`` for all that are held.
        progress: Called as lists are done, as in :func:`vetting.screen`.

    Returns:
        A rate and its interval for each group, and for everybody.

    Raises:
        ValueError: There is nobody, or two have the same id.
        UnknownListError: A list asked for is not held.

    Cost: one screening.
    """
    people = tuple(innocents)
    if not people:
        raise ValueError("error rates need at least one innocent person")
    by_script = group_of is None
    group_of = group_of or _script_of_names
    group = {person.id: group_of(person) for person in people}
    policy = evolve(policy or SurfacingPolicy(), include_unsurfaced=False)
    screening = screen(people, store, policy=policy, lists=lists, progress=progress)
    sizes = Counter(group.values())
    candidates = Counter(group[candidate.applicant_id] for candidate in screening.surfaced)
    surfaced = Counter(group[one] for one in {candidate.applicant_id for candidate in screening.surfaced})
    order = [one for one in SCRIPT_GROUPS if one in sizes] if by_script else sorted(sizes)
    return ErrorRates(
        groups=tuple(
            GroupRate.of(one, people=sizes[one], surfaced=surfaced[one], candidates=candidates[one])
            for one in order
        ),
        everybody=GroupRate.of(
            "everybody",
            people=len(people),
            surfaced=surfaced.total(),
            candidates=candidates.total(),
        ),
        lists=tuple(one.list_id for one in screening.coverage.lists),
        accounts=sum(one.accounts for one in screening.coverage.lists),
        policy=policy,
    )


def _script_of_names(person: Applicant) -> str:
    return script_group(" ".join(name.value for name in person.names))
