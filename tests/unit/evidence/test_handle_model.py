from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.comparing import forms_paired

from vetting.blocking.postings import build_postings, compact_forms
from vetting.compare.handles import compare_handles
from vetting.evidence.bits import weigh
from vetting.evidence.frequencies import count_frequencies
from vetting.evidence.handle_model import (
    FEATURES,
    below_both,
    equal_bits,
    handle_model,
    inexact_bits,
    pair_features,
    part_bits,
)
from vetting.evidence.rarity import Rarity
from vetting.normalise.cohort import Cohort
from vetting.records.people import Applicant

_ENDS = ["_uk", "_fan", "_art", ""]
LISTED = [
    Applicant(id=str(n), handles=f"{word}{_ENDS[n % 4] or n}")
    for n, word in enumerate(
        f"{a}{b}" for a in ("oak", "harrow", "quill", "tarn") for b in ("gate", "fen", "mere")
    )
    for n in (n, n + 1, n + 2)
]
NAMED = [
    Applicant(id=f"P{n}", names=name) for n, name in enumerate(["Kwame Asante"] * 3 + ["Maren Vale"] * 200)
]
SHOWN = Cohort(LISTED, region="GB").values
LISTED_COUNTS = count_frequencies(SHOWN)
COHORT_COUNTS = count_frequencies(Cohort(NAMED, region="GB").values)
NOBODY = count_frequencies(Cohort([], region="GB").values)
RARITY = Rarity(LISTED_COUNTS, COHORT_COUNTS, postings=build_postings(compact_forms(SHOWN)))
UNNAMED = Rarity(LISTED_COUNTS, NOBODY, postings=build_postings(compact_forms(SHOWN)))
HANDLES = st.text("abcdeo_19", min_size=1, max_size=14)


def bits(left: str, right: str, rarity: Rarity = RARITY) -> float:
    pairs = forms_paired([(left, right)])
    return float(weigh("handle", compare_handles(pairs), pairs, rarity)[0][0])


@given(st.lists(st.tuples(HANDLES, HANDLES), min_size=1, max_size=6))
def test_features_and_bits_are_the_same_from_either_side(texts: list[tuple[str, str]]) -> None:
    pairs = forms_paired(texts)
    turned = forms_paired([(right, left) for left, right in texts])
    found, back = compare_handles(pairs), compare_handles(turned)
    assert found.rule.tolist() == back.rule.tolist()
    features = pair_features(found, pairs, RARITY)
    assert features == pytest.approx(pair_features(back, turned, RARITY))
    assert np.isfinite(features).all()
    there, here = inexact_bits(found, pairs, RARITY), inexact_bits(back, turned, RARITY)
    assert there == pytest.approx(here)


@given(st.lists(st.tuples(HANDLES, HANDLES), min_size=1, max_size=6))
def test_agreement_in_part_is_never_worth_more_than_the_part_or_than_equality(
    texts: list[tuple[str, str]],
) -> None:
    pairs = forms_paired(texts)
    found = compare_handles(pairs)
    worth = inexact_bits(found, pairs, RARITY)
    assert (worth <= part_bits(found, RARITY) + 1e-9).all()
    assert (worth <= equal_bits(found, pairs, RARITY) + 1e-9).all()
    assert (worth <= handle_model().bits(pair_features(found, pairs, RARITY)) + 1e-9).all()


@given(
    st.lists(st.floats(0, 60), min_size=len(FEATURES), max_size=len(FEATURES)),
    st.sampled_from(["shared", "piece"]),
    st.floats(0, 20),
)
def test_more_in_common_never_lowers_the_models_bits_and_more_left_over_never_raises_them(
    values: list[float], more_of: str, more: float
) -> None:
    features = np.array([values])
    raised, littered = features.copy(), features.copy()
    raised[0, FEATURES.index(more_of)] += more
    littered[0, FEATURES.index("left_over")] += more
    model = handle_model()
    assert model.bits(raised)[0] >= model.bits(features)[0]
    assert model.bits(littered)[0] <= model.bits(features)[0]


@given(st.floats(-20, 40), st.floats(0, 40))
def test_two_limits_join_below_both_and_near_the_smaller(one: float, other: float) -> None:
    joined = float(below_both(np.array([one]), np.array([other]))[0])
    assert min(one, other) - 1 - 1e-9 <= joined <= min(one, other)


def test_a_part_made_of_a_name_is_as_common_as_the_name() -> None:
    pair = "kwameasante_qz", "thekwameasante"
    named, unnamed = bits(*pair), bits(*pair, UNNAMED)
    assert named < unnamed - 3
    kwame, asante = RARITY.words("name_word", ["kwame", "asante"])
    assert named < -np.log2(kwame * asante * 0.5)


def test_a_common_name_in_common_is_worth_less_than_a_rare_one() -> None:
    assert bits("marenvale_qz", "themarenvale") < bits("kwameasante_qz", "thekwameasante")


def test_a_longer_common_part_is_worth_more_and_other_digits_less() -> None:
    assert (
        bits("vornskaldqx_a", "b_vornskaldqx")
        > bits("vornskald_a", "b_vornskald")
        > bits("vorn_a", "b_vorn")
        >= 0
    )
    assert bits("vornskaldqx", "vornskaldqx7") > bits("vornskaldqx8", "vornskaldqx7") > 0


def test_without_postings_the_letters_stand_in_for_the_count_of_pieces() -> None:
    alone = Rarity(NOBODY, NOBODY)
    assert bits("vornskald_a", "b_vornskald", alone) > 5
    assert bits("vornskald", "oakmarrow", alone) < 0


def test_the_shipped_coefficients_have_the_signs_that_a_reviewer_expects() -> None:
    weights = dict(zip(FEATURES, handle_model().weights.tolist(), strict=True))
    assert {name for name, weight in weights.items() if weight < 0} == {"left_over", "digits"}
