"""People whom a file names again and again in the same words: noted once, and once more for the last time of use."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

__all__ = ["Familiar"]

_MOST = 1 << 16  # people held at a time
K = TypeVar("K", bound=Hashable)


class Familiar(Generic[K]):
    """Spares noting a person in full at each message: most of what a chat says of its people is said before.

    Noting is to be such that only its first record and the latest of its times count, as in a ``Gathering``; so
    what is noted in the end is the same as without this.

    Args:
        note: Notes a person, given all that the file says of them, a record and a time; returns the account.

    Example:
        >>> noted = []
        >>> people = Familiar(lambda name, record, at: noted.append((name, record, at)) or name)
        >>> [people.met("bo", f"m{at}", at) for at in (1, 3, 2)], people.end(), noted
        (['bo', 'bo', 'bo'], None, [('bo', 'm1', 1), ('bo', 'm1', 3)])
    """

    def __init__(self, note: Callable[[K, str, int | None], str]) -> None:
        self._note = note
        self._met: dict[K, list[str | int]] = {}  # account, first record, time noted, latest time

    def met(self, person: K, record: str, at: int | None) -> str:
        """Take note of a person; returns the account."""
        held = self._met.get(person)
        if held is None:
            if len(self._met) >= _MOST:
                self.end()
            account = self._note(person, record, at)
            noted = -1 if at is None else at
            self._met[person] = [account, record, noted, noted]
            return account
        if at is not None and at > held[3]:  # type: ignore[operator]
            held[3] = at
        return held[0]  # type: ignore[return-value]

    def end(self) -> None:
        """Note the latest times; to be called after the last."""
        for person, (_, record, noted, latest) in self._met.items():
            if latest != noted:
                self._note(person, record, latest)  # type: ignore[arg-type]
        self._met.clear()
