"""Invented people: who the applicants are, and who stands behind the forum's accounts."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from datetime import date, timedelta
from io import StringIO
from random import Random
from typing import Any

from attrs import evolve, field, frozen
from scripts.demo.handles import COMMON, handle_from_name, pick_handle
from scripts.demo.names import STREETS, pick_name, pick_town

__all__ = ["Person", "PersonMaker", "roster_csv"]

# Reserved for documentation (RFC 2606), so that no address belongs to anybody.
_DOMAINS = ("example.org", "example.net", "example.com")
_PLATFORMS = ("twitter", "instagram", "reddit", "steam", "telegram", "")
# Letters that the last two places of a postcode may have.
_UNIT_LETTERS = "ABDEFGHJLNPQRSTUWXYZ"
# Of each range of a thousand numbers; the last ones are kept for the stories.
_NUMBERS = 990
# Letters and digits from which on a handle is one person's, unless it is a common one.
_UNUSUAL = 6
_SAME_AS_EMAIL = 0.3
_ROSTER_COLUMNS = ("id", "name", "date_of_birth", "email", "phone", "handle", "address", "postcode")


@frozen(kw_only=True)
class Person:
    """Somebody invented.

    Attributes:
        given: Given name.
        family: Family name.
        born: Date of birth.
        emails: Addresses, the main one first.
        phones: Numbers out of the ranges that Ofcom reserves for drama.
        handles: Handles, some with their platform in front.
        street: House number and street.
        town: Town.
        postcode: Postcode, of the right shape.
    """

    given: str
    family: str
    born: date
    emails: tuple[str, ...]
    phones: tuple[str, ...]
    handles: tuple[str, ...]
    street: str
    town: str
    postcode: str

    @property
    def name(self) -> str:
        """Given and family name."""
        return f"{self.given} {self.family}"

    def changed(self, **values: Any) -> Person:
        """The same person with some values replaced."""
        return evolve(self, **values)


@frozen
class PersonMaker:
    """Makes people who share no address, number or unusual handle with one another.

    Common handles do recur by chance, as they do in life.

    Attributes:
        rng: The source of chance.
    """

    rng: Random
    _phones: set[str] = field(factory=set, init=False)
    _emails: set[str] = field(factory=set, init=False)
    _handles: set[str] = field(factory=set, init=False)
    _written: set[str] = field(factory=set, init=False)

    def person(self, *, handles: int, phones: int, from_name: float) -> Person:
        """Make a person.

        Args:
            handles: How many handles they use at most.
            phones: How many numbers they have at most.
            from_name: Share of their handles that are made from their name.
        """
        rng = self.rng
        given, family = pick_name(rng)
        born = date(1972, 1, 1) + timedelta(days=rng.randrange(31 * 365))
        town, district = pick_town(rng)
        count = rng.choices(range(handles + 1), [2.0] + [3.0 / (n + 1) for n in range(handles)])[0]
        emails = tuple(self.email(given, family, born.year) for _ in range(rng.choice((1, 1, 1, 2))))
        # Many use the front of their address as a handle: one fact told twice.
        chosen = [emails[0].partition("@")[0]] if count and rng.random() < _SAME_AS_EMAIL else []
        while len(chosen) < count:
            chosen.append(self.handle(given, family, born.year, from_name=from_name))
        return Person(
            given=given,
            family=family,
            born=born,
            emails=emails,
            phones=tuple(self.phone() for _ in range(min(phones, rng.choice((1, 1, 2))))),
            handles=tuple(chosen),
            street=f"{rng.randrange(1, 160)} {rng.choice(STREETS)}",
            town=town,
            postcode=f"{district} {rng.randrange(1, 10)}{''.join(rng.choices(_UNIT_LETTERS, k=2))}",
        )

    def email(self, given: str, family: str, year: int) -> str:
        """An address whose front nobody has yet; most carry the name."""
        rng = self.rng
        while True:
            local = (
                handle_from_name(rng, given, family, year)
                if rng.random() < 0.75
                else pick_handle(rng, given, family, year, from_name=0.0).lower().replace(" ", ".")
            )
            address = f"{local.strip('._-')}@{rng.choice(_DOMAINS)}"
            if address not in self._emails and not self.taken(local, given, family):
                self._emails.add(address)
                return address

    def phone(self) -> str:
        """A number that nobody has yet, written in one of the usual ways."""
        rng = self.rng
        while True:
            tail = rng.randrange(_NUMBERS)
            number = f"07700 900{tail:03}" if rng.random() < 0.85 else f"020 7946 {tail:04}"
            if number not in self._phones:
                self._phones.add(number)
                break
        compact = number.replace(" ", "")
        return rng.choice((number, number, compact, f"+44 {number[1:]}", f"+44{compact[1:]}"))

    def handle(self, given: str, family: str, year: int, *, from_name: float) -> str:
        """A handle with or without a platform; an unusual one is nobody else's."""
        rng = self.rng
        while True:
            handle = pick_handle(rng, given, family, year, from_name=from_name).replace(" ", "_")
            if not self.taken(handle, given, family):
                break
        platform = rng.choice(_PLATFORMS)
        return f"{platform}:{handle}" if platform else handle

    def taken(self, handle: str, *names: str) -> bool:
        """Whether an unusual handle is somebody's already, in any spelling; notes it if it is not.

        Words and inventions count without their digits, since the few words here would recur far more
        often than people's do. What is made from a name may recur with other digits, as it does in life.

        Args:
            handle: The handle.
            names: Of who chooses it.
        """
        core = "".join(filter(str.isalnum, handle.lower()))
        if not any(name.lower() in core for name in names):
            letters = "".join(filter(str.isalpha, core))
            core = letters if len(letters) >= _UNUSUAL else core
        if len(core) >= _UNUSUAL and core in self._handles and core not in COMMON:
            return True
        self._handles.add(core)
        return False

    def first_use(self, name: str) -> bool:
        """Whether a forum's display name is still free, letter for letter; notes it if it is."""
        free = name.lower() not in self._written
        self._written.add(name.lower())
        return free


def roster_csv(people: Iterable[tuple[str, Person]]) -> str:
    """The roster as a CSV file's text, one applicant a line.

    Args:
        people: Applicant ids and people.
    """
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(_ROSTER_COLUMNS)
    for key, who in people:
        several = ("; ".join(values) for values in (who.emails, who.phones, who.handles))
        writer.writerow(
            (key, who.name, who.born.isoformat(), *several, f"{who.street}, {who.town}", who.postcode)
        )
    return text.getvalue()
