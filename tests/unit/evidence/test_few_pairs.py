"""Few pairs of one applicant: the numbers are the arrays' own, and nobody is no special case."""

from __future__ import annotations

from typing import Any

import numpy as np
from tests.comparing import forms_paired

from vetting.blocking.postings import build_postings, compact_forms
from vetting.compare.handle_pair import handle_rule, handle_writing
from vetting.compare.handles import compare_handles
from vetting.evidence.few_handles import few_inexact_bits
from vetting.evidence.few_pairs import few_scores
from vetting.evidence.frequencies import count_frequencies
from vetting.evidence.frequencies_of_one import frequencies_of_one
from vetting.evidence.handle_model import inexact_bits
from vetting.evidence.listed_rarity import ListedRarity
from vetting.evidence.rarity import Rarity
from vetting.evidence.scoring import Scorer
from vetting.normalise.cohort import Cohort
from vetting.normalise.columns import ValueTable
from vetting.records.accounts import ListedAccount
from vetting.records.people import Applicant

LISTED: tuple[dict[str, Any], ...] = (
    {"names": "Maren Quillmere", "handles": "marenquillmere", "places": "Harrowby", "date_of_birth": "1990-05-04"},
    {"handles": ["oakskaldmarrow", "vornskald77"], "emails": "vorn.skald@example.org"},
    {"names": "Maren Tarn", "emails": "maren.q@example.org", "phones": "07700 900123"},
    {"handles": "skaldoak", "urls": "https://forum.example/u/vornskald"},
    *({"handles": f"vornskald{row}", "names": "Oswin Tarn"} for row in range(40, 52)),
)  # fmt: skip
PERSON = Applicant(
    id="A-1", names="Maren Quillmere", handles=["vorn_skald", "oakmarrow"], emails="marenq@example.org",
    phones="07700 900124", places="Harrowby", date_of_birth="1990-04-05",
)  # fmt: skip
PAIRS = (
    ("vornskald", "vornskald77"),
    ("vornskald", "oakskaldmarrow"),
    ("oakmarrow", "marrowoak"),
    ("thornwick", "wickharrow"),
    ("marenquill", "marenquillmere"),
    ("vornskald", "vornskold"),
    ("тень_vorn", "vorn"),
)


def world() -> tuple[ValueTable, ValueTable, Rarity]:
    listed = [
        ListedAccount(list_id="forum-2019", account_id=str(row), **one) for row, one in enumerate(LISTED)
    ]
    accounts = Cohort(listed, region="GB").values
    person = Cohort([PERSON], region="GB").values
    postings = build_postings(compact_forms(accounts))
    return (
        person,
        accounts,
        Rarity(count_frequencies(accounts), frequencies_of_one(person), postings=postings),
    )


def test_the_pairs_have_the_bits_of_the_scorer() -> None:
    person, accounts, rarity = world()
    rows = np.arange(len(LISTED), dtype=np.int32)
    batch = Scorer(person, accounts, rarity).score(np.zeros_like(rows), rows)
    few = few_scores(person, accounts, rows.tolist(), rarity)
    assert dict(zip(few.right_rows.tolist(), few.bits.tolist(), strict=True)) == {
        row: bits for row, bits in enumerate(batch.bits.tolist()) if bits > 0
    }
    assert few.bits.tolist() == sorted(few.bits.tolist(), reverse=True)


def test_without_accounts_there_are_no_pairs() -> None:
    person, accounts, rarity = world()
    scores = few_scores(person, accounts, [], rarity)
    assert len(scores.bits) == len(scores.rows.pair) == 0
    assert scores.rows.counted.dtype == np.bool_


def test_handles_alike_in_part_weigh_what_the_arrays_say() -> None:
    _, _, rarity = world()
    pairs = forms_paired(PAIRS)
    found = compare_handles(pairs)
    told = []
    for one, other in PAIRS:
        left, right = handle_writing(one), handle_writing(other)
        _, parts = handle_rule(left, right)
        assert parts is not None
        told.append((left, right, parts))
    np.testing.assert_allclose(
        few_inexact_bits(told, ListedRarity(rarity)), inexact_bits(found, pairs, rarity), rtol=1e-12
    )


def test_single_shares_are_those_of_many() -> None:
    _, _, rarity = world()
    listed = ListedRarity(rarity)
    assert listed.mailbox("maren.q@example.org") == rarity.emails(["maren.q@example.org"])[0]
    assert listed.phone("+447700900123") == rarity.phones(["+447700900123"])[0]
    assert listed.url("forum.example/u/vornskald") == rarity.urls(["forum.example/u/vornskald"])[0]
    assert listed.word("name_word", "tarn") == rarity.words("name_word", ["tarn"])[0]
    assert listed.handle("vornskald") == rarity.handles(["vornskald"])[0]
    assert listed.handle("vornskald", core=True) == rarity.handles(["vornskald"], cores=True)[0]
    assert listed.spelling("vornskald") == rarity.spellings(["vornskald"])[0]
    assert listed.part("skald") == rarity.parts(["skald"])[0]
    assert listed.day("1990", "1991") == rarity.days(["1990"])[0]
    assert listed.sharers("name_word", "tarn") == rarity.sharers("name_word", ["tarn"])[0] > 1


def test_no_handle_is_commoner_than_the_bound() -> None:
    _, _, rarity = world()
    texts = ["vornskald", "vornskald41", "skaldoak", "a"]
    bits = rarity.characters.bits(texts)
    assert (rarity.spelt_at_most(bits) >= rarity.spelt(texts, bits)).all()
