from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from vetting.compare.levels import LevelCode
from vetting.evidence.frequencies import count_frequencies
from vetting.evidence.rarity import Rarity
from vetting.evidence.scores import PairScores
from vetting.evidence.scoring import EVIDENCE_KINDS, EVIDENCE_RULES, Scorer
from vetting.normalise.cohort import Cohort
from vetting.records.people import Applicant


def scored(
    left: list[dict[str, Any]], right: list[dict[str, Any]], pairs: list[tuple[int, int]]
) -> PairScores:
    people, listed = (
        Cohort([Applicant(id=str(row), **held) for row, held in enumerate(side)], region="GB")
        for side in (left, right)
    )
    rarity = Rarity(count_frequencies(listed.values), count_frequencies(people.values))
    rows = np.array(pairs, np.int32).reshape(-1, 2)
    return Scorer(people.values, listed.values, rarity).score(rows[:, 0].copy(), rows[:, 1].copy())


def items(scores: PairScores, pair: int, kind: str) -> list[tuple[int, float, int, bool]]:
    """Level, bits, comparisons and whether it counts, of every item of a kind."""
    rows = scores.rows
    return [
        (int(rows.level[at]), float(rows.bits[at]), int(rows.tried[at]), bool(rows.counted[at]))
        for at in scores.rows_of(pair)
        if EVIDENCE_KINDS[rows.kind[at]] == kind
    ]


LEFT: list[dict[str, Any]] = [
    {"names": "Maren Quillmere", "emails": "zq@example.org", "handles": ["vornskald", "oakmarrow"]},
    {"names": "Tilda Vale"},
    {},
]
RIGHT: list[dict[str, Any]] = [
    {"names": "Maren Quillmere", "handles": ["harrowgate", "oakmarrow", "thornwick"]},
    {"emails": "zq@example.org", "names": "Oswin Vale"},
    {},
]
ALL = [(left, right) for left in range(3) for right in range(3)]


def test_the_bits_of_a_pair_are_the_sum_of_what_counts() -> None:
    found = scored(LEFT, RIGHT, ALL)
    for pair in range(len(ALL)):
        counted = [item[1] for kind in EVIDENCE_KINDS for item in items(found, pair, kind) if item[3]]
        assert found.bits[pair] == pytest.approx(sum(counted))


def test_a_pair_is_scored_alike_alone_and_among_others() -> None:
    together = scored(LEFT, RIGHT, ALL)
    for place, pair in enumerate(ALL):
        alone = scored(LEFT, RIGHT, [pair])
        assert alone.bits[0] == pytest.approx(together.bits[place])
        for kind in EVIDENCE_KINDS:
            assert items(alone, 0, kind) == items(together, place, kind)


def test_the_best_of_several_values_is_taken_and_has_paid_for_the_choice() -> None:
    single = [{"handles": "oakmarrow"}]
    ((_, one, _, _),) = items(scored(single, single, [(0, 0)]), 0, "handle")
    ((level, best, tried, counted),) = items(scored(LEFT, RIGHT, [(0, 0)]), 0, "handle")
    assert level == LevelCode.EXACT
    assert tried > 1
    assert counted
    assert 0 < best < one


def test_two_values_that_agree_on_facts_of_their_own_both_count() -> None:
    both = [{"emails": ["zq.fen@example.org", "thornwick@example.net"]}]
    found = items(scored(both, both, [(0, 0)]), 0, "email")
    assert [item[3] for item in found] == [True, True]
    assert all(bits > 0 for _, bits, _, _ in found)


def test_one_contradiction_of_a_kind_is_enough_and_none_stands_beside_an_agreement() -> None:
    many = [{"phones": [f"01632 9601{n}1" for n in range(3)]}]
    other = [{"phones": [f"01632 9608{n}8" for n in range(3)]}]
    ((level, bits, _, counted),) = items(scored(many, other, [(0, 0)]), 0, "phone")
    assert (level, counted) == (LevelCode.CONFLICT, True)
    assert bits < 0
    mixed = [{"phones": [*many[0]["phones"], "01632 960888"]}]
    assert all(bits > 0 for _, bits, _, _ in items(scored(many, mixed, [(0, 0)]), 0, "phone"))


def test_what_one_side_lacks_has_no_item() -> None:
    found = scored(LEFT, RIGHT, [(1, 1), (2, 2)])
    assert items(found, 0, "email") == []
    assert list(found.rows_of(1)) == []
    assert found.bits[1] == 0


def test_two_local_parts_are_compared_as_addresses_only() -> None:
    both = [{"emails": "oakmarrow@example.org"}]
    found = scored(both, both, [(0, 0)])
    assert items(found, 0, "email")[0][0] == LevelCode.EXACT
    assert items(found, 0, "handle") == []


def test_no_pairs_have_no_scores() -> None:
    assert scored(LEFT, RIGHT, []).bits.shape == (0,)


def test_every_kind_has_rules_with_names_of_their_own() -> None:
    for rules in EVIDENCE_RULES.values():
        assert len({rule.key for rule in rules}) == len(rules)
