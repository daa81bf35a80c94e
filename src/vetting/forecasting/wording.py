"""Forecasts and error rates in plain words: what follows from which assumption, and no verdict."""

from __future__ import annotations

from textwrap import fill
from typing import TYPE_CHECKING

from vetting.normalise.text import visible_text

if TYPE_CHECKING:
    from vetting.forecasting.error_rates import ErrorRates, GroupRate
    from vetting.forecasting.estimates import Estimate, Forecast

__all__ = ["error_rates_text", "forecast_text"]

_WIDTH = 100
_FIRST = 46
_ENOUGH = 1_000


def forecast_text(told: Forecast) -> str:
    """Write a forecast: the burden, what it means for a queue, the calibration."""
    lines = [
        (
            f"{_counted(told.applicants, 'applicant')} against {_counted(told.accounts, 'account')} on "
            f"{_counted(len(told.lists), 'list')}: what chance alone would put before a person."
        ),
        "",
        (
            f"{_counted(told.decoys, 'decoy')}, invented people who cannot be on any list, screened in "
            f"{_counted(told.cohorts, 'cohort')} of {told.applicants:,}."
        ),
        "",
        _row("expected in one run, by accident", "number", "95 % interval"),
        _estimate("candidates", told.candidates),
        *(_estimate(f"  {reason.rpartition(': ')[2]}", one) for reason, one in told.reasons.items()),
        _estimate("applicants with a candidate", told.people),
        "",
        fill(_consequence(told), _WIDTH),
        "",
        "Calibration: how many pairs at least this strong, per run?",
        _row("expected_coincidences at most", "observed", "95 % interval"),
    ]
    lines += [_estimate(f"{row.threshold:g}", row.observed) for row in told.calibration]
    lines += ["", fill(_calibration_in_words(told), _WIDTH)]
    return "\n".join(line.rstrip() for line in lines)


def _consequence(told: Forecast) -> str:
    prevalence = told.policy.expected_prevalence
    low, high = told.share_right_interval
    return (
        f"The policy assumes that 1 in {1 / prevalence:,.0f} applicants is on a given list, which makes "
        f"{_number(told.expected_listed)} of this run. If every one of them surfaced once, "
        f"{_percent(told.share_right)} of the candidates ({_percent(low)} to {_percent(high)}) would be the person "
        "listed, and the others chance. This follows from the assumption and from the decoys; it says nothing of any "
        "applicant, and each candidate is read on its own evidence."
    )


def _calibration_in_words(told: Forecast) -> str:
    over = [row for row in told.calibration if row.observed.low > row.threshold]
    if not over:
        return "No row has clearly more pairs than its figure says: expected_coincidences is no wish here."
    worst = max(over, key=lambda row: row.ratio)
    return (
        f"At {worst.threshold:g} there were {_number(worst.ratio)} times as many pairs as the figure says: read "
        "expected_coincidences as too small by that factor for these lists."
    )


def error_rates_text(told: ErrorRates) -> str:
    """Write error rates: a row for each group, and what stands out."""
    lines = [
        (
            f"{_counted(told.everybody.people, 'innocent person', 'innocent people')} against "
            f"{_counted(told.accounts, 'account')} on {_counted(len(told.lists), 'list')}: who is surfaced by accident."
        ),
        "",
        f"{'group':<28} {'people':>9} {'surfaced':>9} {'per 10,000':>11}   95 % interval",
        *map(_group, told.groups),
        _group(told.everybody),
        "",
    ]
    if told.apart and len(told.groups) > 1:
        names = ", ".join(visible_text(group) for group in told.apart)
        lines.append(
            fill(f"Clearly apart from everybody's rate: {names}. Find out why before a run.", _WIDTH)
        )
    elif len(told.groups) > 1:
        lines.append("No group is clearly apart from everybody's rate.")
    else:
        lines.append("There is one group only: nothing can be compared.")
    if min(group.people for group in told.groups) < _ENOUGH:
        lines.append(
            "There were too few people in a group to say much: none of 1,000 surfaced still allows 37 in 10,000."
        )
    return "\n".join(line.rstrip() for line in lines)


def _group(one: GroupRate) -> str:
    name = visible_text(one.group) or "(empty)"
    return (
        f"{name[:28]:<28} {one.people:>9,} {one.surfaced:>9,} {one.rate:>11,.1f}   "
        f"{one.low:,.1f} to {one.high:,.1f}"
    )


def _estimate(name: str, one: Estimate) -> str:
    return _row(name, _number(one.expected), f"{_number(one.low)} to {_number(one.high)}")


def _row(name: str, number: str, interval: str) -> str:
    return f"{name:<{_FIRST}} {number:>10}   {interval}"


def _number(value: float) -> str:
    """Two figures that matter, and no more digits than are known."""
    if value == 0:
        return "0"
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}" if value >= 1 else f"{value:.2g}"


def _percent(share: float) -> str:
    return f"{share:.0%}" if share >= 0.1 or share == 0 else f"{share:.1%}"


def _counted(number: int, noun: str, several: str = "") -> str:
    return f"{number:,} {noun if number == 1 else several or noun + 's'}"
