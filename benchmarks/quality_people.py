"""Makes invented people for the quality benchmark: heavy-tailed names, handles, contacts, in several scripts.

Nobody here exists. The generator knows nothing of the package it measures: no name table, no
transliteration and no weight is shared with it.
"""

from __future__ import annotations

import random
from bisect import bisect
from itertools import accumulate
from unicodedata import normalize

from attrs import frozen
from quality_words import HANDLE_WORDS, NICKNAMES, ORIGINS, SYLLABLES, Spelled

__all__ = ["Person", "World"]

_DOMAINS = (
    "example.org", "example.com", "example.net", "mail.example.com", "post.example.org", "box.example.net",
    "web.example.com", "inbox.example.org",
)  # fmt: skip

_WORDS: tuple[Spelled, ...] = tuple((word,) for word in HANDLE_WORDS)
_ENDINGS = ("ton", "ley", "er", "ing", "wood", "by", "man", "ford", "ham", "")


@frozen
class Person:
    """Somebody invented.

    Attributes:
        key: Number, unique in the world.
        origin: Key of ``ORIGINS``.
        given, family: Native and Latin spellings.
        middle: A second given name in Latin letters, or empty.
        born: ISO date.
        handle, email, phone, postcode: As the person uses them.
    """

    key: int
    origin: str
    given: Spelled
    family: Spelled
    middle: str
    born: str
    handle: str
    email: str
    phone: str
    postcode: str

    @property
    def name(self) -> str:
        """The usual Latin spelling, middle name included."""
        return " ".join(part for part in (self.given[1], self.middle, self.family[1]) if part)

    @property
    def native_name(self) -> str:
        """As the person's own script writes it."""
        return (
            self.family[0] + self.given[0]
            if self.origin == "Chinese"
            else f"{self.given[0]} {self.family[0]}"
        )


class World:
    """A population: no two people have the same mailbox or number unless they share a household.

    Args:
        seed: Of everything random.
    """

    def __init__(self, seed: int) -> None:
        self.pick = random.Random(seed)
        self._taken: set[str] = set()
        self._count = 0
        self._origins = list(ORIGINS)
        self._origin_weights = list(accumulate(ORIGINS[name].share for name in self._origins))
        self._zipf: dict[tuple[int, float], list[float]] = {}

    def people(self, count: int) -> list[Person]:
        """Make people; one in fifty lives with the one before."""
        made: list[Person] = []
        for _ in range(count):
            made.append(self.person(household=made[-1] if made and self.pick.random() < 0.02 else None))
        return made

    def person(self, *, household: Person | None = None, origin: str = "") -> Person:
        """Make one person; a household shares family name, postcode and often the number."""
        pick = self.pick
        origin = origin or (
            household.origin
            if household
            else self._origins[bisect(self._origin_weights, pick.random() * self._origin_weights[-1])]
        )
        names = ORIGINS[origin]
        given = self.often_first(names.given, 0.7)
        family = household.family if household else self._family(origin)
        middle = self.often_first(names.given, 0.7)[1] if origin == "English" and pick.random() < 0.4 else ""
        born = self.date()
        self._count += 1
        handle = self.handle(given[1], family[1], born)
        return Person(
            key=self._count,
            origin=origin,
            given=given,
            family=family,
            middle=middle,
            born=born,
            handle=handle,
            email=self.email(given[1], family[1], born, handle),
            phone=household.phone if household and pick.random() < 0.6 else self.phone(),
            postcode=household.postcode if household else self.postcode(),
        )

    def _family(self, origin: str) -> Spelled:
        if origin == "English" and self.pick.random() < 0.2:  # the long tail of names that few bear
            text = (
                self.pick.choice(SYLLABLES).title() + self.pick.choice(SYLLABLES) + self.pick.choice(_ENDINGS)
            )
            return text, text
        return self.often_first(ORIGINS[origin].family, 0.85)

    def often_first(self, items: tuple[Spelled, ...], exponent: float) -> Spelled:
        """Pick by rank, the first far more often: a Zipf-Mandelbrot law."""
        law = self._zipf.get((len(items), exponent))
        if law is None:
            law = list(accumulate(1.0 / (rank + 3.0) ** exponent for rank in range(len(items))))
            self._zipf[len(items), exponent] = law
        return items[bisect(law, self.pick.random() * law[-1])]

    def date(self) -> str:
        """A birth date, those of 20 to 50 more often."""
        pick = self.pick
        return f"{int(pick.triangular(1950, 2007, 1988))}-{pick.randint(1, 12):02}-{pick.randint(1, 28):02}"

    def word(self) -> str:
        """A word of handles: common ones more often, almost half of them nobody's first thought."""
        if self.pick.random() < 0.45:
            return self.pick.choice(SYLLABLES) + self.pick.choice(SYLLABLES)
        return self.often_first(_WORDS, 0.6)[0]

    def digits(self, born: str) -> str:
        """Digits as people add them: their year, or a favourite."""
        chance = self.pick.random()
        if chance < 0.35:
            return born[2:4]
        if chance < 0.5:
            return born[:4]
        if chance < 0.75:
            return self.pick.choice(("1", "12", "123", "88", "77", "69", "007", "99", "13", "666"))
        return str(self.pick.randint(1, 9999))

    def handle(self, given: str, family: str, born: str) -> str:
        """A handle: from the name, from words, or invented."""
        pick = self.pick
        first, last = _plain(given), _plain(family)
        chance = pick.random()
        tail = self.digits(born) if pick.random() < 0.55 else ""
        gap = pick.choice(("", "", "", "_", ".", "-"))
        if chance < 0.28:
            bodies = (
                first + gap + last,
                first[:1] + gap + last,
                last + gap + first,
                first + last[:1],
                first,
                last,
            )
            return pick.choices(bodies, (10, 8, 2, 4, 1, 1))[0] + (
                tail or (self.digits(born) if pick.random() < 0.3 else "")
            )
        if chance < 0.66:
            one, other = self.word(), self.word()
            return (one.title() + other.title() if pick.random() < 0.3 else one + gap + other) + tail
        if chance < 0.72:
            return self.word() + gap + (tail or self.digits(born))
        return "".join(pick.choice(SYLLABLES) for _ in range(pick.randint(2, 4))) + (
            tail if pick.random() < 0.5 else ""
        )

    def email(self, given: str, family: str, born: str, handle: str) -> str:
        """A mailbox that nobody else has."""
        pick = self.pick
        first, last = _plain(given), _plain(family)
        chance = pick.random()
        if chance < 0.5:
            local = pick.choice(
                (f"{first}.{last}", f"{first}{last}", f"{first[:1]}.{last}", f"{first}_{last}")
            )
            local += self.digits(born) if pick.random() < 0.5 else ""
        elif chance < 0.8:
            local = handle.lower()
        else:
            local = self.word() + self.word() + self.digits(born)
        domain = _DOMAINS[min(int(pick.expovariate(0.5)), len(_DOMAINS) - 1)]
        while f"{local}@{domain}" in self._taken:
            local += str(pick.randint(0, 9))
        self._taken.add(f"{local}@{domain}")
        return f"{local}@{domain}"

    def phone(self) -> str:
        """A number that nobody else has, in the national mobile form."""
        while True:
            number = f"07{self.pick.randint(300, 999)}{self.pick.randint(0, 999_999):06}"
            if number not in self._taken:
                self._taken.add(number)
                return number

    def postcode(self) -> str:
        """A made-up postcode of the British form."""
        pick = self.pick
        return f"{pick.choice('BGLMNS')}{pick.choice('ABDEHLN')}{pick.randint(1, 40)} {pick.randint(1, 9)}{pick.choice('ABDEFGHJ')}{pick.choice('ABDEFGHJ')}"

    def nickname(self, given: str) -> str:
        """A short form, or the name itself where none is usual."""
        return self.pick.choice(NICKNAMES.get(given, (given,)))


def _plain(name: str) -> str:
    """A name as people type it into a handle: without accents."""
    folded = normalize("NFKD", name.lower().replace("ß", "ss").replace("ł", "l"))
    return "".join(letter for letter in folded if letter.isascii() and letter.isalnum()) or "user"
