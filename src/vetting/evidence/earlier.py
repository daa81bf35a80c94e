"""What an earlier run has done already: who needs no screening against a list, and what was found then."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from attrs import evolve, field, frozen

from vetting.evidence.fingerprints import joined_fingerprint
from vetting.evidence.results import Candidate
from vetting.evidence.screening_result import ListCoverage, ListResult, Screening
from vetting.records.people import Applicant

__all__ = ["Earlier"]

_NOBODY: frozenset[str] = frozenset()


@frozen(eq=False)
class Earlier:
    """An earlier run, seen from a later one.

    Attributes:
        screening: The earlier run; ``None`` for none.
        settings: Fingerprint of the settings of the later one.
        people: Fingerprints of the later run's applicants, by id.
    """

    screening: Screening | None
    settings: str
    people: Mapping[str, str]
    _unchanged: frozenset[str] = field(init=False)

    @_unchanged.default
    def _see_unchanged(self) -> frozenset[str]:
        if self.screening is None or self.screening.settings != self.settings:
            return _NOBODY
        then = self.screening.screened
        return frozenset(person for person, mark in self.people.items() if then.get(person) == mark)

    def screened(self, list_id: str, sha256: str) -> frozenset[str]:
        """Return the ids of those who were screened against this very list as they are now."""
        return self._unchanged if self._coverage(list_id, sha256) else _NOBODY

    def mark_of(self, parts: Iterable[str], people: Iterable[Applicant]) -> str:
        """Return a fingerprint of some applicants under these settings, and of whatever else decides.

        Args:
            parts: Of what else decides: lists, by their hashes.
            people: Applicants of the later run.
        """
        marks = {person.id: self.people[person.id] for person in people}
        return joined_fingerprint([self.settings, *parts, joined_fingerprint([], self.people)], marks)

    def carried(self, list_id: str, sha256: str, fresh: ListResult | None) -> ListResult:
        """Put what was found then of those who are as they were beside what is found now of the others.

        Args:
            list_id: The list.
            sha256: Of its file.
            fresh: What this run has found; ``None`` where nobody was left to screen.

        Returns:
            Both together.
        """
        then = self._coverage(list_id, sha256)
        if then is None or self.screening is None:
            assert fresh is not None  # who was not screened then is screened now
            return fresh
        kept: list[Candidate] = [
            one
            for one in self.screening.candidates
            if one.list_id == list_id and one.applicant_id in self._unchanged
        ]
        about = fresh.coverage if fresh else then
        unsurfaced = then.unsurfaced + (fresh.coverage.unsurfaced if fresh else 0)
        return ListResult(
            candidates=(*kept, *(fresh.candidates if fresh else ())),
            coverage=evolve(about, carried_over=len(self._unchanged), unsurfaced=unsurfaced),
        )

    def _coverage(self, list_id: str, sha256: str) -> ListCoverage | None:
        if self.screening is None or not self._unchanged:
            return None
        lists = self.screening.coverage.lists
        return next((one for one in lists if (one.list_id, one.sha256) == (list_id, sha256)), None)
