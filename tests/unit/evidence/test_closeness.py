from __future__ import annotations

import re
from typing import Any

import numpy as np
import pytest

from vetting.evidence.assessing import assess
from vetting.evidence.characters import count_trigrams
from vetting.evidence.closeness import told_closeness
from vetting.evidence.frequencies import Frequencies
from vetting.evidence.rarity import Rarity
from vetting.evidence.results import Evidence
from vetting.evidence.weights import WEIGHTS
from vetting.records.accounts import ListedAccount
from vetting.records.people import Applicant

NOBODY = Frequencies({}, {}, np.zeros_like(count_trigrams([])))
RARITY = Rarity(NOBODY, NOBODY)


def noted(accounts: int = 1_000, *, listed: dict[str, Any], **given: Any) -> Evidence:
    found = assess(Applicant(id="A", **given), ListedAccount(list_id="l", account_id="1", **listed))
    told = told_closeness(found.evidence, RARITY, accounts, WEIGHTS)
    assert [item.bits for item in told] == [item.bits for item in found.evidence]
    return next(item for item in told if item.kind == "handle")


def test_a_part_in_common_is_named_with_its_rarity() -> None:
    item = noted(handles="vornskald_grim", listed={"handles": "the.vornskald"})
    assert re.search(r"in common: vornskald, which (about|fewer than) 1 in 100,000 handles holds", item.note)
    assert "1,000 accounts" in item.note


@pytest.mark.parametrize("value", ["vornskald@example.org", "https://twitter.com/VornSkald"])
def test_the_part_is_found_in_addresses_and_pages_too(value: str) -> None:
    kind = "emails" if "@" in value else "urls"
    given: dict[str, Any] = {kind: value}
    item = noted(**given, listed={"handles": "the.vornskald"})
    assert "in common: vornskald," in item.note


def test_a_whole_handle_says_only_how_many_are_as_close_by_chance() -> None:
    item = noted(handles="vornskald", listed={"handles": "Vorn_Skald"})
    assert "in common" not in item.note
    assert re.search(r"about 1 in [\d.,]+ ?[\w ]* lists of this size \(1,000 accounts\)", item.note)


def test_the_longer_the_list_the_more_accounts_are_as_close() -> None:
    texts = [noted(size, handles="vornskald", listed={"handles": "grimvorn"}).note for size in (100, 10**9)]
    assert "lists of this size" in texts[0]
    assert "of the 1,000,000,000 accounts on this list would be as close by chance" in texts[1]


def test_what_disagrees_or_is_missing_is_left_as_it_is() -> None:
    assert "chance" not in noted(handles="vornskald", listed={"handles": "oakmarrow"}).note
    assert "chance" not in noted(names="Maren Vale", listed={"handles": "oakmarrow"}).note
