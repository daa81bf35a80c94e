"""The result of one screening run: its candidates, and what was and was not checked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import asdict, field, frozen

from vetting.evidence.policy import SurfacingPolicy
from vetting.evidence.results import Candidate
from vetting.records.people import Applicant

__all__ = ["Coverage", "ListCoverage", "ListResult", "Screening"]


@frozen(kw_only=True)
class ListCoverage:
    """How far one list was available to a run.

    Attributes:
        list_id: The list.
        title: Its title.
        sha256: Of the file that was ingested.
        accounts: Accounts on it.
        pairs_compared: Pairs of applicant and account that shared a blocking key and were compared.
        keys_skipped: Blocking keys left out because very many accounts have them.
        pairs_skipped: Pairs that those keys would have added, at most.
        pairs_set_aside: Pairs that were found and not compared: on a long list those of which it is seen
            beforehand that they could not surface.
        blocking_applicants: Applicants who were compared without blocking, as a check; 0 where there are too few.
        blocking_accounts: Accounts that each of them was compared with: all, or a sample of a long list.
        blocking_pairs: Pairs of theirs with 14 bits of evidence or more, on a contact or of two kinds.
        blocking_found: Those among them that blocking found, too.
        carried_over: Applicants whose result was taken over from an earlier run: they and the list were as they
            are now, and so were the policy and this library.
        unsurfaced: Pairs that were not surfaced although their evidence reaches what the policy asks of one kind.
        prevalence: P(an applicant is on it) that probabilities are stated for: the policy's, or what the run
            itself shows where that is more.
        presence_means: What the passport says that being listed shows.
        complete: Whether nothing is known to be missing from the list.
        completeness: The list's completeness report, as plain values.
        identifiers: How many values of each kind the list holds.
    """

    list_id: str
    title: str
    sha256: str
    accounts: int
    pairs_compared: int = 0
    keys_skipped: int = 0
    pairs_skipped: int = 0
    pairs_set_aside: int = 0
    blocking_applicants: int = 0
    blocking_accounts: int = 0
    blocking_pairs: int = 0
    blocking_found: int = 0
    carried_over: int = 0
    unsurfaced: int = 0
    prevalence: float = 0.0
    presence_means: str = ""
    complete: bool = True
    completeness: Mapping[str, Any] = field(factory=dict)
    identifiers: Mapping[str, int] = field(factory=dict)


@frozen(kw_only=True)
class Coverage:
    """What a run checked, and what it could not: it goes with every result, the empty one above all.

    Attributes:
        applicants: How many applicants were screened.
        lists: The lists tried.
        lists_not_tried: Ids of lists held but left out of this run.
        tried: Kind of identifier -> values compared with.
        missing: Kind of identifier -> applicants who gave none.
        skipped: Kind of identifier -> values that could not be used (not an address, not a number).
        not_tried: Applicant id -> kinds of identifier that were not tried for that person.
        quarantined: Cells or rows of the roster that could not be read.
        decoys: How many decoys calibrated the expected coincidences; 0 where they are an upper bound.
        notes: Sentences for people.
    """

    applicants: int
    lists: tuple[ListCoverage, ...] = ()
    lists_not_tried: tuple[str, ...] = ()
    tried: Mapping[str, int] = field(factory=dict)
    missing: Mapping[str, int] = field(factory=dict)
    skipped: Mapping[str, int] = field(factory=dict)
    not_tried: Mapping[str, tuple[str, ...]] = field(factory=dict)
    quarantined: int = 0
    decoys: int = 0
    notes: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """Return the content of ``coverage.json``."""
        return asdict(self)


@frozen(kw_only=True)
class ListResult:
    """What a run found on one list.

    Attributes:
        candidates: In any order.
        coverage: What was and was not compared.
    """

    candidates: tuple[Candidate, ...]
    coverage: ListCoverage


@frozen(kw_only=True)
class Screening:
    """One run: a cohort against lists, under a policy.

    Attributes:
        candidates: By evidence, strongest first; unsurfaced ones only if they were asked for.
        coverage: What was and was not checked.
        policy: The policy of the run.
        applicants: Applicant id -> applicant, for those with candidates.
        unsurfaced: How many pairs were not surfaced although their evidence reaches what the policy asks of
            one kind (``minimum_kind_bits``).
        settings: Fingerprint of what decides beside people and lists; empty where it is not known.
        screened: Applicant id -> fingerprint of their record, for everybody: a later run knows by it who was
            screened as they are.
    """

    candidates: tuple[Candidate, ...]
    coverage: Coverage
    policy: SurfacingPolicy
    applicants: Mapping[str, Applicant] = field(factory=dict)
    unsurfaced: int = 0
    settings: str = ""
    screened: Mapping[str, str] = field(factory=dict, repr=False)

    @property
    def surfaced(self) -> tuple[Candidate, ...]:
        """The candidates that the policy puts before a person."""
        return tuple(candidate for candidate in self.candidates if candidate.surfaced)

    def of(self, applicant_id: str) -> tuple[Candidate, ...]:
        """Return the candidates of one applicant, strongest first."""
        return tuple(candidate for candidate in self.candidates if candidate.applicant_id == applicant_id)

    def _repr_html_(self) -> str:
        from vetting.evidence.cards import screening_image

        return screening_image(self)
