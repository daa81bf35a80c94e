from __future__ import annotations

from typing import Any

import pytest

from vetting.records.refusals import ALWAYS_REFUSED, LAWFUL_PARTY, refused_kind


@pytest.mark.parametrize(
    ("kind", "variants"),
    [
        ("union", ["union", "Union", " trade union ", "TRADES_UNION", "trade-unions", "TradeUnion", "tradeunion",
                   "labor union", "Labour Union branch", "unionists", "union\u200b", "ｕｎｉｏｎ"]),
        ("health", ["health", "Mental Health", "healthcare", "patients", "medical-records", "disability"]),
        ("religion", ["religion", "Religious community", "church", "mosque", "faith-group", "religions"]),
        ("whistle-blower", ["whistle-blower", "whistleblower", "Whistle Blowers", "whistleblowing", "whistle_blowing"]),
        ("journalism", ["journalism", "journalists", "journalist's sources", "press", "newspaper", "News Media"]),
        (LAWFUL_PARTY, ["lawful-party", "Lawful Party", "political-party", "politicalparty", "political parties",
                        "party", "political organisation", "LawfulParty"]),
    ],
)  # fmt: skip
def test_a_refused_kind_is_known_however_it_is_spelt(kind: Any, variants: Any) -> None:
    assert {variant: refused_kind(variant) for variant in variants} == dict.fromkeys(variants, kind)


@pytest.mark.parametrize(
    "kind",
    ["extremist-forum", "proscribed-group", "social-media", "messaging channel", "reunion", "militia", "express-app",
     "template", "", "forum (violent)"],
)  # fmt: skip
def test_other_kinds_are_not_refused(kind: Any) -> None:
    assert refused_kind(kind) is None


def test_the_canonical_names_are_refused() -> None:
    assert [refused_kind(kind) for kind in ALWAYS_REFUSED] == list(ALWAYS_REFUSED)
