"""What a forecast says: counts among decoys, scaled to one run, with their intervals."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import asdict, frozen

from vetting.evidence.policy import SurfacingPolicy
from vetting.forecasting.intervals import poisson_interval

__all__ = ["CalibrationRow", "Estimate", "Forecast"]


@frozen(kw_only=True)
class Estimate:
    """How many of something to expect in one run.

    Attributes:
        counted: How many were seen in all decoy cohorts together.
        cohorts: How many decoy cohorts, each as large as the run.
    """

    counted: int
    cohorts: int

    @property
    def expected(self) -> float:
        """How many per run."""
        return self.counted / self.cohorts

    @property
    def low(self) -> float:
        """Lower end of the 95 % interval of ``expected``, as of independent events (Garwood)."""
        return poisson_interval(self.counted)[0] / self.cohorts

    @property
    def high(self) -> float:
        """Upper end of the interval."""
        return poisson_interval(self.counted)[1] / self.cohorts

    def as_dict(self) -> dict[str, float]:
        """Return count, expectation and interval as plain values."""
        names = ("counted", "cohorts", "expected", "low", "high")
        return {name: getattr(self, name) for name in names}


@frozen(kw_only=True)
class CalibrationRow:
    """One threshold of ``expected_coincidences``, and what decoys made of it.

    Attributes:
        threshold: Candidates with at most so many expected coincidences: by its meaning, a run should
            have at most so many by accident.
        observed: How many decoy pairs had that, per run.
    """

    threshold: float
    observed: Estimate

    @property
    def ratio(self) -> float:
        """Observed over forecast: below 1 the figure is cautious, above 1 it promises too much."""
        return self.observed.expected / self.threshold


@frozen(kw_only=True)
class Forecast:
    """What chance alone would put before a person, and what share of a queue it would be.

    It is about a run, and never about anybody in it.

    Attributes:
        applicants: People in the run.
        lists: Ids of the lists.
        accounts: Accounts on them.
        cohorts: Decoy cohorts screened, each as large as the run.
        decoys: Decoys screened.
        candidates: Candidates to expect by accident.
        people: Applicants to expect with such a candidate.
        reasons: Why the policy surfaces them -> how many candidates; the most frequent first.
        calibration: Rows by threshold.
        policy: The policy.
    """

    applicants: int
    lists: tuple[str, ...]
    accounts: int
    cohorts: int
    decoys: int
    candidates: Estimate
    people: Estimate
    reasons: Mapping[str, Estimate]
    calibration: tuple[CalibrationRow, ...]
    policy: SurfacingPolicy

    @property
    def expected_listed(self) -> float:
        """Pairs of an applicant and a list that has them, if the policy's expected prevalence is right."""
        return self.policy.expected_prevalence * self.applicants * len(self.lists)

    @property
    def share_right(self) -> float:
        """Share of candidates that are who they seem, if all who are listed surface once; 0 to 1."""
        return _share(self.expected_listed, self.candidates.expected)

    @property
    def share_right_interval(self) -> tuple[float, float]:
        """The share at the upper and at the lower end of the candidates' interval."""
        return (
            _share(self.expected_listed, self.candidates.high),
            _share(self.expected_listed, self.candidates.low),
        )

    def as_dict(self) -> dict[str, Any]:
        """Return the forecast as plain values."""
        plain = asdict(
            self,
            value_serializer=lambda _i, _a, value: value.as_dict() if isinstance(value, Estimate) else value,
        )
        return plain | {"expected_listed": self.expected_listed, "share_right": self.share_right}

    def as_text(self) -> str:
        """Say it in plain words, for a terminal or a file."""
        from vetting.forecasting.wording import forecast_text

        return forecast_text(self)


def _share(listed: float, by_accident: float) -> float:
    total = listed + by_accident
    return listed / total if total else 0.0
