from __future__ import annotations

import pytest
from tests.comparing import forms_paired

from vetting.compare.name_pair import name_rule
from vetting.compare.names import NAME_RULES, compare_names


@pytest.mark.parametrize(
    ("left", "right", "rule"),
    [
        ("maren quillmere", "quillmere maren", "same"),
        ("maren quillmere", "oswin tarn", "different"),
        ("mei guo hua", "mei guohua", "same"),
        ("maren ida quillmere", "maren quillmere", "extra"),
        ("m quillmere", "maren quillmere", "initial"),
        ("bob quillmere", "robert quillmere", "variant"),
        ("m", "maren", "different"),
        ("bin", "bin", "same"),
        ("bin", "maren", "different"),
    ],
)
def test_a_pair_alone_has_the_rule_of_a_batch(left: str, right: str, rule: str) -> None:
    alone, aligned = name_rule(left, right)
    batch = compare_names(forms_paired([(left, right)]))
    assert NAME_RULES[alone].key == rule
    assert alone == batch.rule[0]
    tokens, likeness = batch.tokens[0].tolist(), batch.likeness[0].tolist()
    assert list(aligned) == [
        (batch.shared_forms[token], one) for token, one in zip(tokens, likeness, strict=True) if one
    ]


def test_a_users_variants_are_heard() -> None:
    table = {"zyxo": frozenset({"maren"}), "maren": frozenset({"zyxo"})}
    assert NAME_RULES[name_rule("zyxo vale", "maren vale", table)[0]].key == "variant"
    assert NAME_RULES[name_rule("zyxo vale", "maren vale")[0]].key == "partly"
