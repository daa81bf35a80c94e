"""A cohort taken apart for decoys: how names are built of words, and which dates there are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import count

from attrs import frozen

from vetting.evidence.decoy_letters import Draws
from vetting.normalise.names import PARTICLES, name_form
from vetting.records.dates import PartialDate
from vetting.records.identifiers import Identifier
from vetting.records.people import Applicant

__all__ = ["Dates", "NamePlan", "Slot", "name_plan", "new_number", "number_key", "word_token"]

_WORD = re.compile(r"[^\s,]+")
_UNSPACED = re.compile(
    r"[\u3400-\u9fff\uac00-\ud7a3]{2,4}"
)  # Han or Hangul: one family name, then given ones
_NO_DIGIT = re.compile(r"[^0-9]+")
_SUBSCRIBER = 6
_KEY_DIGITS = 7
_TRIES = 20


@frozen
class Slot:
    """A place for a word of a name.

    Attributes:
        role: ``given``, ``middle``, ``family`` or ``single``.
        word: As written there.
    """

    role: str
    word: str


@frozen
class NamePlan:
    """How the names of a person are built: an alias repeats words of the name.

    Attributes:
        slots: The distinct words.
        names: For each name, its identifier and its pieces: text to keep, or the number of a slot.
    """

    slots: tuple[Slot, ...]
    names: tuple[tuple[Identifier, tuple[str | int, ...]], ...]

    def filled(self, words: Sequence[str]) -> tuple[Identifier, ...]:
        """Build the names from other words, one for each slot."""
        return tuple(
            Identifier(
                kind=item.kind,
                value="".join(piece if isinstance(piece, str) else words[piece] for piece in pieces),
                platform=item.platform,
                role=item.role,
            )
            for item, pieces in self.names
        )


def name_plan(names: Sequence[Identifier]) -> NamePlan:
    """Take the names of a person apart."""
    numbers: dict[str, int] = {}
    slots: list[Slot] = []
    built: list[tuple[Identifier, tuple[str | int, ...]]] = []
    for item in names:
        pieces: list[str | int] = []
        for text, role in _pieces(item.value):
            if not role:
                pieces.append(text)
                continue
            number = numbers.setdefault(text.casefold(), len(slots))
            if number == len(slots):
                slots.append(Slot(role, text))
            pieces.append(number)
        built.append((item, tuple(pieces)))
    return NamePlan(tuple(slots), tuple(built))


def _pieces(text: str) -> Iterator[tuple[str, str]]:
    """Yield the pieces of a name in order, each with its role; text to keep has none."""
    if _UNSPACED.fullmatch(text):
        yield text[0], "family"
        yield text[1:], "given"
        return
    found = list(_WORD.finditer(text))
    telling = [word for place, word in enumerate(found) if _is_telling(word[0], first=place == 0)]
    comma = text.find(",")
    before = [word for word in telling if word.start() < comma]
    if before and len(before) < len(telling):
        after = telling[len(before) :]
        roles = {word.start(): "family" for word in before} | {word.start(): "middle" for word in after}
        roles[after[0].start()] = "given"
    else:
        roles = {word.start(): "middle" for word in telling}
        if telling:
            roles[telling[-1].start()] = "family"
            roles[telling[0].start()] = "given" if len(telling) > 1 else "single"
    end = 0
    for word in found:
        yield text[end : word.start()], ""
        yield word[0], roles.get(word.start(), "")
        end = word.end()
    yield text[end:], ""


def _is_telling(word: str, *, first: bool) -> bool:
    """Whether a word is a name, not a title, an initial or a particle."""
    return bool(word_token(word)) and (first or word.lower() not in PARTICLES)


@lru_cache(maxsize=131_072)
def word_token(word: str) -> str:
    """Write a word of a name as it stands in handles; empty for a title or an initial."""
    return name_form(word).replace(" ", "")


class Dates:
    """The birth dates of a cohort, years apart from days."""

    def __init__(self, people: Sequence[Applicant]) -> None:
        readings = [person.date_of_birth.readings[0] for person in people if person.date_of_birth]
        self._years = [year for year, _, _ in readings if year is not None] or [1980]
        self._days = [(month, day or 1) for _, month, day in readings if month is not None] or [(6, 15)]

    def drawn(self, like: PartialDate | None, draws: Draws, *, apart: int = 0) -> PartialDate | None:
        """Draw a date that is known as far as another is.

        Args:
            like: The other; its number of readings and what is missing of it are kept.
            draws: The draws.
            apart: Up to how many years it may lie beside those of the cohort, on any day.
        """
        if like is None:
            return None
        year = min(max(draws.pick(self._years) + draws.below(2 * apart + 1) - apart, 1), 9999)
        month, day = draws.pick(self._days)
        if apart:
            month, day = 1 + draws.below(12), 1 + draws.below(28)
        known_year, known_month, known_day = like.readings[0]
        drawn = (
            None if known_year is None else year,
            None if known_month is None else month,
            None if known_day is None else min(day, _days_in(month, year)),
        )
        swapped = (drawn[0], drawn[2], drawn[1])
        both = len(like.readings) > 1 and None not in drawn and (drawn[2] or 0) <= 12 and drawn != swapped
        return PartialDate((drawn, swapped) if both else (drawn,))


def _days_in(month: int, year: int) -> int:
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 if month in {4, 6, 9, 11} else 31


def number_key(text: str) -> str:
    """Return the last digits of a telephone number, which two ways of writing it share; empty if too few."""
    if text.isascii():
        digits = _NO_DIGIT.sub("", _dialled(text))
    else:
        digits = "".join(str(int(c)) for c in _dialled(text) if c.isdecimal())
    return digits[-_KEY_DIGITS:] if len(digits) >= _KEY_DIGITS else ""


def new_number(text: str, taken: set[str], draws: Draws) -> str:
    """Write a number of the same shape whose last digits are nobody's.

    Args:
        text: A number as written, with seven digits or more.
        taken: Keys of the numbers that are somebody's.
        draws: The draws.
    """
    dialled = _dialled(text)
    places = [place for place, c in enumerate(dialled) if c.isdecimal()]
    for attempt in count():
        # Where a range of numbers is full, the digits before it are drawn too.
        free = places[-(_SUBSCRIBER if attempt < _TRIES else _KEY_DIGITS) :]
        written = list(dialled)
        for place, digit in zip(free, draws.digits(len(free)), strict=True):
            written[place] = digit
        made = "".join(written)
        if number_key(made) not in taken:
            return made + text[len(dialled) :]
    raise AssertionError("unreachable")


def _dialled(text: str) -> str:
    """The part of a number's text before an extension."""
    end = text.casefold().find("ext")
    return text if end < 0 else text[:end]
