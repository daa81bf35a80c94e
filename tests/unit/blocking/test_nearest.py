from __future__ import annotations

import pytest

from vetting.blocking.nearest import near_pairs, nearest_forms
from vetting.blocking.postings import build_postings, compact_forms
from vetting.normalise.cohort import Cohort
from vetting.records.people import Applicant

LISTED = ["vornskald", "oakmarrow", "harrowgatewolf", "quillthorn", "skaldvorn77", "zzyzx"]


def people(*held: dict[str, str]) -> list[Applicant]:
    return [Applicant(id=str(row), **one) for row, one in enumerate(held)]


def pairs(left: list[Applicant], right: list[Applicant]) -> list[tuple[int, int]]:
    postings = build_postings(compact_forms(Cohort(right, region="GB").values))
    found = near_pairs(compact_forms(Cohort(left, region="GB").values), postings)
    return list(zip(found[0].tolist(), found[1].tolist(), strict=True))


@pytest.mark.parametrize(
    ("handle", "row"),
    [("vornskalt", 0), ("xoakmarrow", 1), ("thewolfofharrowgatewolf", 2), ("quilthorn", 3), ("zzyzx", 5)],
)
def test_a_handle_with_a_rare_piece_in_common_is_near(handle: str, row: int) -> None:
    assert (0, row) in pairs(people({"handles": handle}), people(*({"handles": one} for one in LISTED)))


def test_a_handle_with_nothing_in_common_is_near_to_none() -> None:
    assert pairs(people({"handles": "bbbbbb"}), people(*({"handles": one} for one in LISTED))) == []
    assert pairs(people(), people({"handles": "vorn"})) == []
    assert pairs(people({"handles": "vorn"}), people()) == []


def test_two_addresses_are_no_pair_but_an_address_and_a_handle_are() -> None:
    address, handle = {"emails": "vornskald@example.org"}, {"handles": "vornskald"}
    assert pairs(people(address), people(address, handle)) == [(0, 1)]
    assert pairs(people(handle), people(address, handle)) == [(0, 0), (0, 1)]


def test_the_nearest_come_first_and_no_more_than_asked_for() -> None:
    others = [
        f"{first}{second}"
        for first in ("oak", "harrow", "quill", "zeb", "tarn")
        for second in ("gate", "mar", "fen", "wick")
    ]
    alike = [f"vornskald{end}" for end in ["", "x", "xy", "xyz", "oak"]]
    listed = people(*({"handles": one} for one in [*alike, *others]))
    postings = build_postings(compact_forms(Cohort(listed, region="GB").values))
    found = nearest_forms(postings, ["vornskald"], most=3)
    assert len(found.form) == 3
    assert found.cosine.tolist() == sorted(found.cosine.tolist(), reverse=True)
    assert found.form[0] == 0
    assert found.cosine[0] == pytest.approx(1.0, abs=0.01)


def test_what_is_near_does_not_depend_on_what_else_is_asked() -> None:
    postings = build_postings(
        compact_forms(Cohort(people(*({"handles": one} for one in LISTED)), region="GB").values)
    )
    texts = ["vornskald", "skald", "oak", "marrowgate", "zzy", "thornquill"]
    alone = [
        list(zip(one.form.tolist(), one.cosine.tolist(), strict=True))
        for text in texts
        for one in [nearest_forms(postings, [text])]
    ]
    found = nearest_forms(postings, texts * 3)
    for number in range(len(texts) * 3):
        mine = found.query == number
        nearest = list(zip(found.form[mine].tolist(), found.cosine[mine].tolist(), strict=True))
        assert nearest == alone[number % len(texts)]
