"""The facts behind one applicant's values, worked out when they are first asked for."""

from __future__ import annotations

from functools import cached_property

from vetting.evidence.facts import Member, core_set, facts_of
from vetting.normalise.holding import Holding
from vetting.records.identifiers import IdentifierKind as Kind

__all__ = ["Facts"]


class Facts:
    """The facts behind an applicant's values, as :func:`vetting.evidence.facts.fact_groups` numbers them.

    Args:
        left: The applicant's values; what they tell is worked out when it is first asked for.
    """

    def __init__(self, left: Holding) -> None:
        self._left = left
        self._known: dict[Kind, list[int]] = {}

    def of(self, kind: str) -> list[int]:
        """The fact of each value of a kind."""
        self._learn()
        return self._known[Kind(kind)]

    @cached_property
    def of_handles(self) -> list[int]:
        """The fact of each handle-like value: that of the value it was derived from."""
        self._learn()
        left = self._left
        by_source: dict[int, int] = {}
        for kind, values in ((Kind.HANDLE, left.handles), (Kind.URL, left.urls), (Kind.EMAIL, left.emails)):
            by_source |= zip((source for _, source in values), self._known[kind], strict=True)
        return [by_source[source] for _, source in left.handle_like]

    def _learn(self) -> None:
        if self._known:
            return
        left = self._left
        told = (
            (Kind.NAME, left.names),
            (Kind.EMAIL, left.emails),
            (Kind.HANDLE, left.handles),
            (Kind.URL, left.urls),
        )
        self._known = {kind: [-1] * len(values) for kind, values in told}
        owned: list[Member] = [
            (kind, place, core_set(kind, form))
            for kind, values in told
            for place, (form, _) in enumerate(values)
        ]
        number = -1
        for number, fact in enumerate(facts_of(owned)):
            for kind, place, _ in fact:
                self._known[kind][place] = number
        for kind, values in (
            (Kind.DATE_OF_BIRTH, left.dates),
            (Kind.PHONE, left.phones),
            (Kind.PLACE, left.places),
        ):
            if values:
                number += 1
            self._known[kind] = [number] * len(values)
