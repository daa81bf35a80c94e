"""The forum's accounts: who registered when, under which names, with what in the profile."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from random import Random
from typing import Any

from attrs import evolve, field, frozen
from scripts.demo.handles import pick_handle
from scripts.demo.people import PersonMaker

__all__ = ["CLOSED", "GROUPS", "OPENED", "UPGRADED", "VPN", "Account", "Change", "make_accounts"]


def _epoch(year: int, month: int, day: int) -> int:
    return int(datetime(year, month, day, tzinfo=UTC).timestamp())


OPENED = _epoch(2012, 3, 4)
UPGRADED = _epoch(2015, 10, 17)  # from IPB 3 to IPS 4; the tables of before stayed as orig_*
CLOSED = _epoch(2018, 8, 30)
_DAY = 86_400

# One exit of a shared VPN, out of the range reserved for documentation (RFC 5737).
VPN = "198.51.100.77"

GROUPS: Mapping[int, str] = {1: "Validating", 2: "Guests", 3: "Members", 4: "Administrators", 5: "Banned",
                             6: "Moderators", 7: "Supporters"}  # fmt: skip
_INTERESTS = ("hill walking", "folk music", "motorbikes", "old coins", "allotment", "chess", "metal detecting",
              "real ale", "five-a-side", "local history", "sea fishing", "woodwork")  # fmt: skip
_NOWHERE = ("the north", "somewhere wet", "here", "UK", "Earth", "up a hill", "England", "between two stools")


@frozen(kw_only=True)
class Change:
    """A name or an address that an account had before.

    Attributes:
        at: When it was changed, seconds since 1970.
        old: What it was.
        new: What it became.
    """

    at: int
    old: str
    new: str


@frozen(kw_only=True)
class Account:
    """One account of the forum.

    Attributes:
        id: Its number; the same before and after the upgrade.
        name: The display name it has at the end.
        email: The address it has at the end.
        joined: When, seconds since 1970.
        seen: Last activity, seconds since 1970.
        ip: The address it registered from.
        group: Its group's number.
        circle: The part of the forum it talks in.
        weight: How much it talks.
        born: Day, month and year of birth as far as given; 0 for not given.
        location: Profile field; may be empty.
        real_name: Profile field; may be empty.
        phone: Profile field; may be empty.
        telegram: Profile field, a handle; may be empty.
        website: Profile field; may be empty.
        interests: Profile field; may be empty.
        names: Earlier display names, the oldest first.
        emails: Earlier addresses, the oldest first.
        upgraded: Whether the account survived the upgrade; without it only orig_* tables know it.
    """

    id: int
    name: str
    email: str
    joined: int
    seen: int
    ip: str
    group: int = 3
    circle: int = 0
    weight: float = 1.0
    born: tuple[int, int, int] = (0, 0, 0)
    location: str = ""
    real_name: str = ""
    phone: str = ""
    telegram: str = ""
    website: str = ""
    interests: str = ""
    names: tuple[Change, ...] = field(default=())
    emails: tuple[Change, ...] = field(default=())
    upgraded: bool = True

    @property
    def before_upgrade(self) -> bool:
        """Whether the tables of before the upgrade know it."""
        return self.joined < UPGRADED

    def name_at(self, moment: int) -> str:
        """The display name it had at a moment."""
        return next((change.old for change in self.names if moment < change.at), self.name)

    def email_at(self, moment: int) -> str:
        """The address it had at a moment."""
        return next((change.old for change in self.emails if moment < change.at), self.email)

    def changed(self, **values: Any) -> Account:
        """The same account with some values replaced."""
        return evolve(self, **values)


def make_accounts(rng: Random, maker: PersonMaker, count: int) -> list[Account]:
    """Make accounts whose holders are nobody in the roster; their numbers rise with the day they joined.

    Args:
        rng: The source of chance.
        maker: Makes the people behind them, and knows what is taken.
        count: How many.
    """
    early = sorted(rng.randrange(OPENED, UPGRADED - 30 * _DAY) for _ in range(count // 2))
    late = sorted(rng.randrange(UPGRADED + _DAY, CLOSED - 30 * _DAY) for _ in range(count - count // 2))
    return [_account(rng, maker, number, joined) for number, joined in enumerate(early + late, start=1)]


def _account(rng: Random, maker: PersonMaker, number: int, joined: int) -> Account:
    told_phone = rng.random() < 0.03
    who = maker.person(handles=1, phones=int(told_phone), from_name=0.15)
    seen = min(CLOSED, joined + int(rng.expovariate(1 / (400 * _DAY))) + _DAY)
    upgraded = joined >= UPGRADED or rng.random() < 0.95
    end = seen if upgraded else min(seen, UPGRADED - _DAY)
    name = _free_name(rng, maker, who.given, who.family, who.born.year)
    names: list[Change] = []
    for at in sorted(rng.randrange(joined + 3600, end) for _ in range(rng.choice((0, 0, 0, 0, 0, 1, 1, 2)))):
        old = _free_name(rng, maker, who.given, who.family, who.born.year)
        if names:
            names[-1] = evolve(names[-1], new=old)
        names.append(Change(at=at, old=old, new=name))
    emails: list[Change] = []
    first = max(UPGRADED, joined + _DAY)
    if len(who.emails) > 1 and first < end:
        emails.append(Change(at=rng.randrange(first, end), old=who.emails[-1], new=who.emails[0]))
    told = rng.random()
    born = (who.born.day, who.born.month, who.born.year if rng.random() < 0.7 else 0)
    town = who.town if rng.random() < 0.7 else rng.choice(_NOWHERE)
    return Account(
        id=number,
        name=name,
        email=who.emails[0],
        joined=joined,
        seen=end,
        ip=pick_ip(rng),
        group=rng.choices((3, 7, 5, 1), (0.84, 0.08, 0.05, 0.03))[0],
        circle=rng.randrange(12),
        weight=min(rng.paretovariate(1.1), 25.0),
        born=born if told < 0.3 else (0, 0, 0),
        location=town if rng.random() < 0.45 else "",
        real_name=who.name if rng.random() < 0.06 else who.given if rng.random() < 0.08 else "",
        phone=who.phones[0] if told_phone else "",
        telegram=who.handles[0].rpartition(":")[2] if who.handles and rng.random() < 0.25 else "",
        website=f"https://{name.lower().replace(' ', '-')}.example.net/" if rng.random() < 0.06 else "",
        interests=", ".join(rng.sample(_INTERESTS, 2)) if rng.random() < 0.3 else "",
        names=tuple(names),
        emails=tuple(emails),
        upgraded=upgraded,
    )


def _free_name(rng: Random, maker: PersonMaker, given: str, family: str, year: int) -> str:
    while True:
        name = pick_handle(rng, given, family, year, from_name=0.15)
        if not maker.taken(name, given, family) and maker.first_use(name):
            return name


def pick_ip(rng: Random) -> str:
    """An address that nobody has: RFC 2544, RFC 3849, and often the shared VPN of RFC 5737."""
    throw = rng.random()
    if throw < 0.12:
        return VPN
    if throw < 0.8:
        return f"198.{rng.choice((18, 19))}.{rng.randrange(256)}.{rng.randrange(1, 255)}"
    return f"2001:db8:{rng.randrange(65536):x}:{rng.randrange(65536):x}::{rng.randrange(1, 65536):x}"
