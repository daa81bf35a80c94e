from __future__ import annotations

import pytest

from vetting.evidence.scoring import EVIDENCE_RULES
from vetting.evidence.weights import WEIGHTS


def test_every_rule_of_every_comparer_has_a_weight_and_no_weight_is_idle() -> None:
    assert set(WEIGHTS) == set(EVIDENCE_RULES)
    for kind, rules in EVIDENCE_RULES.items():
        # "single" is a rate at which people make handles of their names, not a rule of the comparer.
        idle = {"single"} if kind == "name_in_handle" else set()
        assert set(WEIGHTS[kind]) - idle == {rule.key for rule in rules}


@pytest.mark.parametrize("kind", list(WEIGHTS))
def test_m_is_a_probability_and_rules_have_names_of_their_own(kind: str) -> None:
    assert all(0 < weight.m <= 1 for weight in WEIGHTS[kind].values())
    keys = [rule.key for rule in EVIDENCE_RULES[kind]]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("kind", ["name", "handle", "email", "phone", "url"])
def test_the_outcomes_of_one_comparer_share_the_whole_probability(kind: str) -> None:
    assert sum(weight.m for weight in WEIGHTS[kind].values()) == pytest.approx(1.0, abs=0.06)
