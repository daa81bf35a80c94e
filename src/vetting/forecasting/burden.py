"""One forecast, start to finish: decoys alike the applicants are screened, and what surfaces is counted."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable, Iterator, Sequence
from math import ceil

from attrs import evolve

from vetting.evidence.decoys import DecoyMaker
from vetting.evidence.policy import SurfacingPolicy
from vetting.evidence.results import Candidate, Level
from vetting.forecasting.estimates import CalibrationRow, Estimate, Forecast
from vetting.records.people import Applicant
from vetting.screening import screen
from vetting.store.folder import ShardFolder

__all__ = ["THRESHOLDS", "forecast", "forecasts"]

THRESHOLDS = (1e-3, 1e-2, 1e-1, 1.0, 1e1, 1e2)
"""Expected coincidences at which forecast and decoys are compared."""

# A run has a fixed cost: decoys of a very small cohort are therefore fewer than asked for.
_MOST_COHORTS = 500


def forecast(
    applicants: Applicant | Iterable[Applicant],
    store: ShardFolder,
    *,
    policy: SurfacingPolicy | None = None,
    lists: Sequence[str] | None = None,
    decoys: int = 10_000,
    seed: int = 0,
) -> Forecast:
    """Say before a run how many candidates chance alone would make of it.

    Decoys are screened in cohorts of the applicants' size, by the same code and the same policy as the
    run: rarity is learned from the cohort, and what counts as rare depends on its size. The applicants
    themselves are not screened.

    Args:
        applicants: One applicant, or a roster: only what decoys are to resemble.
        store: The lists.
        policy: When a candidate is surfaced; ``None`` for the conservative defaults.
        lists: Ids of the lists to try; ``None`` for all that are held.
        decoys: How many at least, in whole cohorts; of applicants so few that it would take more than
            500 cohorts, 500 cohorts.
        seed: The same seed gives the same forecast.

    Returns:
        Expected candidates with their interval, the share of a queue that they would be, and the
        calibration of ``expected_coincidences``.

    Raises:
        ValueError: There are no applicants, or fewer than one decoy is asked for.
        UnknownListError: A list asked for is not held.

    Cost: that of so many screenings as there are cohorts, with the evidence of unsurfaced pairs.
    """
    (told,) = deque(forecasts(applicants, store, policy=policy, lists=lists, decoys=decoys, seed=seed), 1)
    return told


def forecasts(
    applicants: Applicant | Iterable[Applicant],
    store: ShardFolder,
    *,
    policy: SurfacingPolicy | None = None,
    lists: Sequence[str] | None = None,
    decoys: int = 10_000,
    seed: int = 0,
) -> Iterator[Forecast]:
    """Yield the forecast anew after every cohort of decoys, sharper each time.

    The arguments and errors are those of :func:`forecast`, which returns the last.
    """
    people = (applicants,) if isinstance(applicants, Applicant) else tuple(applicants)
    if decoys < 1:
        raise ValueError("a forecast needs at least one decoy")
    maker = DecoyMaker(people)
    policy = policy or SurfacingPolicy()
    everything = evolve(policy, include_unsurfaced=True)
    candidates = concerned = 0
    reasons: Counter[str] = Counter()
    below: Counter[float] = Counter()
    for done in range(1, min(ceil(decoys / len(people)), _MOST_COHORTS) + 1):
        cohort = maker.cohort(len(people), seed=seed * _MOST_COHORTS + done - 1)
        screening = screen(cohort, store, policy=everything, lists=lists)
        accidents = [one for one in screening.candidates if not _is_artefact(one)]
        surfaced = [one for one in accidents if one.surfaced]
        candidates += len(surfaced)
        concerned += len({candidate.applicant_id for candidate in surfaced})
        reasons.update(candidate.surfaced_because for candidate in surfaced)
        for threshold in THRESHOLDS:
            below[threshold] += sum(one.expected_coincidences <= threshold for one in accidents)
        covered = screening.coverage.lists
        yield Forecast(
            applicants=len(people),
            lists=tuple(one.list_id for one in covered),
            accounts=sum(one.accounts for one in covered),
            cohorts=done,
            decoys=done * len(people),
            candidates=Estimate(counted=candidates, cohorts=done),
            people=Estimate(counted=concerned, cohorts=done),
            reasons={
                reason: Estimate(counted=counted, cohorts=done) for reason, counted in reasons.most_common()
            },
            calibration=tuple(
                CalibrationRow(threshold=threshold, observed=Estimate(counted=below[threshold], cohorts=done))
                for threshold in THRESHOLDS
            ),
            policy=policy,
        )


def _is_artefact(candidate: Candidate) -> bool:
    """Whether a decoy was given a mailbox or a number that has a holder: in life it could not have it."""
    return any(item.kind in {"email", "phone"} and item.level is Level.EXACT for item in candidate.evidence)
