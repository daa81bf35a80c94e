"""m probabilities refitted on pairs whose answer is known, a user's own settled pairs included.

The documented table is the starting point and keeps the weight of :data:`PRIOR_PAIRS` pairs, so that a
few settled pairs nudge it and thousands replace it. u is never fitted: it is counted from the lists. There
is no unsupervised fitting: on a screening task, where nearly all pairs are of different people, it
collapses.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Mapping
from os import PathLike
from pathlib import Path

from attrs import evolve, field, frozen

from vetting.compare.levels import LevelCode
from vetting.errors import PolicyError, TableError
from vetting.evidence.policy import read_policy_file
from vetting.evidence.results import Assessment, Level
from vetting.evidence.scoring import EVIDENCE_RULES
from vetting.evidence.weights import WEIGHTS, RuleWeight, Weights

__all__ = ["PRIOR_PAIRS", "Refit", "read_settled", "read_weights", "refit_weights"]

PRIOR_PAIRS = 50
# A name found in a handle is shown only where it agrees, so that its failures cannot be counted.
_FITTED_KINDS = tuple(kind for kind in EVIDENCE_RULES if kind != "name_in_handle")
_YES = frozenset({"same_person", "yes", "true", "1"})
_NO = frozenset({"different_person", "no", "false", "0", "inconclusive", "insufficient_data"})


@frozen(kw_only=True)
class Refit:
    """m probabilities fitted on settled pairs.

    Attributes:
        pairs: Pairs of the same person that were used.
        compared: Kind -> how many of them had a value on both sides.
        m: Kind -> rule -> fitted m.
    """

    pairs: int
    compared: Mapping[str, int] = field(factory=dict)
    m: Mapping[str, Mapping[str, float]] = field(factory=dict)

    def weights(self) -> Weights:
        """Return the documented table with the fitted m in place."""
        return _with_m(self.m)

    def to_toml(self) -> str:
        """Return the file that a policy's ``weights`` key points to."""
        lines = [
            "# m probabilities: P(this outcome | same person), by rule; see the page on how the bits are computed.",
            f"# Fitted on {self.pairs} settled pairs; the documented table counts as {PRIOR_PAIRS} more.",
        ]
        for kind, rules in self.m.items():
            lines += ["", f"[{kind}]  # {self.compared.get(kind, 0)} pairs had both values"]
            lines += [f'"{rule}" = {value:.5f}' for rule, value in rules.items()]
        return "\n".join(lines) + "\n"


def refit_weights(same_person: Iterable[Assessment]) -> Refit:
    """Fit m on assessments of pairs that are known to be of the same person.

    Pairs that only reached a person because they agreed make agreement look more usual than it is; with
    such pairs alone, the fitted m are upper limits for agreement.

    Args:
        same_person: Assessments or candidates, each of one settled pair.

    Returns:
        The fit; with no pairs, the documented table.

    Source:
        Fellegi & Sunter 1969; a Dirichlet prior centred on the documented table.
    """
    outcomes: dict[str, Counter[str]] = {kind: Counter() for kind in _FITTED_KINDS}
    keys = {(kind, rule.text): rule.key for kind, rules in EVIDENCE_RULES.items() for rule in rules}
    pairs = 0
    for assessment in same_person:
        pairs += 1
        seen: set[str] = set()
        for item in assessment.evidence:  # the best of each kind comes first
            if item.kind in seen or item.level is Level.MISSING or (item.kind, item.rule) not in keys:
                continue
            seen.add(item.kind)
            if item.kind in outcomes:
                outcomes[item.kind][keys[item.kind, item.rule]] += 1
    fitted = {}
    for kind, counted in outcomes.items():
        total = counted.total()
        fitted[kind] = {
            rule.key: (counted[rule.key] + PRIOR_PAIRS * WEIGHTS[kind][rule.key].m) / (total + PRIOR_PAIRS)
            for rule in EVIDENCE_RULES[kind]
            if rule.level != LevelCode.MISSING
        }
    return Refit(
        pairs=pairs, compared={kind: counted.total() for kind, counted in outcomes.items()}, m=fitted
    )


def read_weights(path: str | PathLike[str]) -> Weights:
    """Read a file of fitted m probabilities over the documented table.

    Raises:
        PolicyError: The file is missing, is no TOML, or names a kind or rule that is not known, or a
            number that is no probability.
    """
    content = read_policy_file(path)
    for kind, rules in content.items():
        if kind not in WEIGHTS or not isinstance(rules, dict):
            raise PolicyError(
                path, place=kind, reason="unknown kind", remedy="Write the file with vetting refit."
            )
        for rule, value in rules.items():
            if rule not in WEIGHTS[kind]:
                raise PolicyError(
                    path,
                    place=f"{kind}.{rule}",
                    reason="unknown rule",
                    remedy="Write the file with vetting refit.",
                )
            if not isinstance(value, float) or not 0.0 < value <= 1.0:
                raise PolicyError(
                    path,
                    place=f"{kind}.{rule}",
                    reason="is no probability",
                    remedy="Give a number above 0, at most 1.",
                )
    return _with_m(content)


def read_settled(path: str | PathLike[str]) -> dict[tuple[str, str, str], bool]:
    """Read settled pairs from a CSV file: ``applicant_id, list_id, account_id, same_person``.

    Args:
        path: The file. The answer is ``same_person`` or ``different_person`` (``yes``, ``no``); what is
            inconclusive counts as no answer for fitting m.

    Returns:
        Whether each pair is the same person.

    Raises:
        TableError: The file cannot be read, lacks a column, or has an answer that is neither.
    """
    wanted = ("applicant_id", "list_id", "account_id", "same_person")
    try:
        with Path(path).open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise TableError(path, reason="cannot be read as CSV", remedy="Check the file.") from error
    answers: dict[tuple[str, str, str], bool] = {}
    for line, row in enumerate(rows, 2):
        if any(row.get(name) is None for name in wanted):
            raise TableError(
                path, place=f"line {line}", reason="a column is missing", remedy=f"Give {', '.join(wanted)}."
            )
        answer = row["same_person"].strip().lower()
        if answer not in _YES | _NO:
            raise TableError(
                path,
                place=f"line {line}",
                reason="the answer is not known",
                remedy="Write same_person or different_person.",
            )
        answers[row["applicant_id"], row["list_id"], row["account_id"]] = answer in _YES
    return answers


def _with_m(m: Mapping[str, Mapping[str, float]]) -> Weights:
    return {
        kind: {key: _replaced(weight, m.get(kind, {}).get(key)) for key, weight in rules.items()}
        for kind, rules in WEIGHTS.items()
    }


def _replaced(weight: RuleWeight, m: float | None) -> RuleWeight:
    return weight if m is None else evolve(weight, m=m)
