"""Handles in a cohort's own style: how each is put together, and new ones put together the same way.

A handle is taken apart into the owner's names and birth year, words that several people use, digits,
separators, and letters that only its owner has. A new one keeps the plan and fills it anew.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import permutations

from attrs import frozen

from vetting.evidence.decoy_letters import Draws, LetterModel, Splicer
from vetting.normalise.handles import compact_handle, handle_core, handle_form

__all__ = ["HandleOwner", "HandleStyle", "Part", "compact", "fill", "plan_of"]

_PIECES = re.compile(r"[A-Z]?[a-z]+|[A-Z]+|\d+|[^\W\d_]+|[\W_]+")
_MOST_NAMES = 4
_TRIES = 6


@frozen
class HandleOwner:
    """What of a person a handle may be made of.

    Attributes:
        names: Words of their names in ASCII letters, in the order in which they are numbered.
        year: Year of birth; ``None`` if unknown.
    """

    names: tuple[str, ...]
    year: int | None


@frozen
class Part:
    """A part of a handle's plan.

    Attributes:
        kind: ``name``, ``initial``, ``year``, ``letters``, ``digits`` or ``text``.
        number: For a name, which of the owner's; for a year, how many of its digits.
        text: For letters, digits and text, as written there.
    """

    kind: str
    number: int = 0
    text: str = ""


Plan = tuple[Part, ...]


class HandleStyle:
    """The handles of a cohort, as plans to be filled anew.

    Args:
        handles: Every handle (and local part of an address) with its owner's number.
        owners: The owners, by number.
    """

    def __init__(self, handles: Sequence[tuple[int, str]], owners: Sequence[HandleOwner]) -> None:
        self._taken = {compact(text) for _, text in handles}
        plans = [(owner, text, plan_of(text, owners[owner])) for owner, text in handles]
        users: Counter[str] = Counter()
        for pair in dict.fromkeys(
            (owner, part.text.lower()) for owner, _, plan in plans for part in plan if part.kind in _FREE
        ):
            users[pair[1]] += 1
        self._shared = {text for text, count in users.items() if count > 1}
        free = [part for _, _, plan in plans for part in plan if part.kind in _FREE]
        common = [part.text.lower() for part in free if part.text.lower() in self._shared]
        self._words = [text for text in common if not text.isdigit()]
        self._numbers: dict[int, list[str]] = {}
        for text in common:
            if text.isdigit():
                self._numbers.setdefault(len(text), []).append(text)
        own = [part.text.lower() for part in free if part.text.lower() not in self._shared]
        letters = [text for text in own if text.isascii() and not text.isdigit()]
        self._model = LetterModel(letters)
        self._splicer = Splicer(letters)
        self._letters = sorted(letter for text in own if not text.isascii() for letter in text)
        cores: dict[str, set[int]] = {}
        for owner, text, plan in plans:
            if any(part.kind == "letters" and part.text.lower() not in self._shared for part in plan):
                cores.setdefault(handle_core(compact(text)), set()).add(owner)
        # With other digits at its ends it would still be taken for that one person's.
        self._personal = {core for core, holders in cores.items() if len(holders) == 1}
        self._plans = [plan for _, _, plan in plans]
        self._fresh: Iterator[str] = iter(())

    def is_somebodys(self, text: str, *, whole: bool = True) -> bool:
        """Whether a handle would be taken for one person's of the cohort.

        Args:
            text: The handle as written.
            whole: Whether one that is put together from common parts counts too.
        """
        form = compact(text)
        return not form or (whole and form in self._taken) or handle_core(form) in self._personal

    def start(self, draws: Draws) -> None:
        """Make everything from here on depend on these draws alone."""
        self._fresh = self._model.endless(draws)

    def fresh(self, plan: Plan, owner: HandleOwner, draws: Draws, *, whole: bool = True) -> str:
        """Fill a plan anew, with what is nobody's in the cohort.

        Args:
            plan: From :func:`plan_of`.
            owner: Whose handle it will be.
            draws: The draws.
            whole: As in :meth:`is_somebodys`.
        """
        for attempt in range(4 * _TRIES):
            # A plan that can be filled in one way only gives way to others.
            chosen = plan if attempt < _TRIES else draws.pick(self._plans)
            text = fill(chosen, owner, draws, self)
            if not self.is_somebodys(text, whole=whole):
                return text
        while self.is_somebodys(text, whole=whole):
            text = next(self._fresh) + draws.letters(3) + draws.digits(2)
        return text

    def word(self, text: str, draws: Draws) -> str:
        """Return another word of the same sort: one that several use, or one never seen."""
        if text.lower() in self._shared and self._words:
            made = draws.pick(self._words)
        elif len(text) == 1 and text.isascii():
            made = draws.letters(1)
        elif text.isascii():
            made = self._unlike(draws)
        else:
            made = "".join(draws.pick(self._letters) for _ in text) if self._letters else draws.shuffled(text)
        return _cased_as(text, made)

    def _unlike(self, draws: Draws) -> str:
        """A word put together from those of several people, but nobody's own."""
        for _ in range(_TRIES):
            made = self._splicer.word(draws)
            if made and not self.is_somebodys(made):
                return made
        return next(self._fresh)

    def digits(self, text: str, draws: Draws) -> str:
        """Return other digits of the same sort."""
        known = self._numbers.get(len(text), [])
        return draws.pick(known) if text in self._shared and known else draws.digits(len(text))


_FREE = frozenset({"letters", "digits"})


def plan_of(text: str, owner: HandleOwner) -> Plan:
    """Take a handle apart.

    Example:
        >>> [part.kind for part in plan_of("j.smith_88", HandleOwner(("john", "smith"), 1988))]
        ['initial', 'text', 'name', 'text', 'year']
    """
    names = _written_names(owner.names)
    parts: list[Part] = []
    for piece in _PIECES.findall(text):
        if piece.isdigit():
            year = "" if owner.year is None else str(owner.year)
            born = bool(year) and piece in {year, year[-2:]}
            parts.append(Part("year", len(piece)) if born else Part("digits", text=piece))
        elif piece[0].isalpha():
            known = names.get(piece.lower())
            parts += [Part(*each) for each in known] if known else [Part("letters", text=piece)]
        else:
            parts.append(Part("text", text=piece))
    return tuple(parts)


def fill(plan: Iterable[Part], owner: HandleOwner, draws: Draws, style: HandleStyle) -> str:
    """Put a handle together after a plan, for another owner."""
    pieces: list[str] = []
    for part in plan:
        match part.kind:
            case "name" | "initial":
                name = owner.names[part.number % len(owner.names)] if owner.names else ""
                pieces.append(name[:1] if part.kind == "initial" else name)
            case "year":
                year = owner.year if owner.year is not None else 1950 + draws.below(55)
                pieces.append(str(year)[-part.number :])
            case "letters":
                pieces.append(style.word(part.text, draws))
            case "digits":
                pieces.append(style.digits(part.text, draws))
            case _:
                pieces.append(part.text)
    return "".join(pieces)


def compact(text: str) -> str:
    """Reduce a handle as written to the form in which agreement is judged."""
    return compact_handle(handle_form(text))


@lru_cache(maxsize=16_384)
def _written_names(names: tuple[str, ...]) -> Mapping[str, tuple[tuple[str, int], ...]]:
    """The ways in which names stand together in a handle, and their parts; whole names come first."""
    numbered = [(number, name) for number, name in enumerate(names[:_MOST_NAMES]) if name]
    ways: dict[str, tuple[tuple[str, int], ...]] = {}
    for count in (1, 2, 3):
        for some in permutations(numbered, count):
            ways.setdefault(
                "".join([name for _, name in some]), tuple([("name", number) for number, _ in some])
            )
    for (one, first), (two, second) in permutations(numbered, 2):
        ways.setdefault(first[0] + second, (("initial", one), ("name", two)))
        ways.setdefault(first + second[0], (("name", one), ("initial", two)))
        ways.setdefault(first[0] + second[0], (("initial", one), ("initial", two)))
    for number, name in numbered:
        ways.setdefault(name[0], (("initial", number),))
    return ways


def _cased_as(text: str, made: str) -> str:
    if text.isupper() and len(text) > 1:
        return made.upper()
    return made.capitalize() if text[0].isupper() else made
