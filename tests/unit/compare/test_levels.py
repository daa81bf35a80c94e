from __future__ import annotations

import numpy as np

from vetting.compare.levels import Comparisons, FormPairs, LevelCode, Rule, encode, texts_at
from vetting.evidence.results import Level


def test_more_agreement_is_a_larger_number_and_every_level_has_one() -> None:
    assert [code.name.lower() for code in sorted(LevelCode)] == [
        "missing",
        "conflict",
        "plausible",
        "close",
        "exact",
    ]
    assert {code.name.lower() for code in LevelCode} == {str(level) for level in Level}


def test_the_level_of_a_pair_is_that_of_its_rule() -> None:
    rules = (Rule("no", LevelCode.CONFLICT, "no"), Rule("yes", LevelCode.EXACT, "yes"))
    found = Comparisons(rules, np.array([1, 0, 1], np.int16), np.full(3, -1, np.int32))
    assert found.level.tolist() == [LevelCode.EXACT, LevelCode.CONFLICT, LevelCode.EXACT]


def test_equal_texts_on_both_sides_have_equal_codes() -> None:
    left, right, texts = encode(["a", "b", "a"], ["c", "b"])
    assert [texts[code] for code in left] == ["a", "b", "a"]
    assert [texts[code] for code in right] == ["c", "b"]
    assert left[1] == right[1]
    assert texts_at(texts, right) == ["c", "b"]


def test_pairs_are_counted_by_their_codes() -> None:
    codes = np.zeros(4, np.int32)
    assert FormPairs(["a"], ["b"], codes, codes).size == 4
