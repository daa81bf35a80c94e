from __future__ import annotations

import numpy as np
import pytest

from vetting.evidence.frequencies import count_frequencies
from vetting.evidence.named_handles import NameCounts, named_parts, named_shares
from vetting.evidence.rarity import Rarity
from vetting.normalise.cohort import Cohort
from vetting.records.people import Applicant

NAMES = {"kwame": 0.001, "asante": 0.002, "vale": 0.05}
AFFIXES = {"uk": 0.01, "the": 0.02}
PEOPLE = NameCounts(
    known=NAMES.__contains__,
    shares=lambda words: np.array([NAMES[word] for word in words]),
    is_affix=AFFIXES.__contains__,
    affixes=lambda words: np.array([AFFIXES[word] for word in words]),
)


def shares(*texts: str) -> list[float]:
    return [float(share) for share in named_shares(texts, PEOPLE)]


def test_a_handle_made_of_a_name_is_as_common_as_its_bearers_who_write_it_so() -> None:
    whole, turned, alone, none = shares("kwameasante", "asantekwame", "asante", "vornskald")
    assert whole == pytest.approx(0.001 * 0.002 * 0.09)
    assert turned == whole
    assert alone > whole
    assert none == 0


@pytest.mark.parametrize(("text", "affix"), [("kwameasanteuk", "uk"), ("thekwameasante", "the")])
def test_a_common_word_at_an_end_divides_the_share_by_its_own(text: str, affix: str) -> None:
    plain, affixed, unknown = shares("kwameasante", text, "kwameasanteqz")
    assert affixed == pytest.approx(plain * AFFIXES[affix])
    assert unknown == 0


def test_digits_at_an_end_divide_the_share_by_what_they_could_be() -> None:
    plain, digits = shares("kwameasante", "kwameasante88")
    assert digits == pytest.approx(plain / 200)


def test_a_part_counts_everybody_with_the_name_wherever_it_stands() -> None:
    whole, single, none = named_parts(["kwameasante", "vale", "skald"], PEOPLE).tolist()
    assert whole == pytest.approx(0.5 * 0.001 * 0.002)
    assert single == pytest.approx(0.5 * 0.05)
    assert none == 0


def test_affixes_are_counted_at_the_ends_of_a_lists_handles_and_divide_a_names_share() -> None:
    listed = [
        Applicant(id=str(n), handles=f"oakmarrow{chr(97 + n)}_uk" if n < 25 else f"fen{n}")
        for n in range(100)
    ]
    cohort = [Applicant(id=f"P{n}", names="Kwame Asante") for n in range(20)]
    rarity = Rarity(
        count_frequencies(Cohort(listed, region="GB").values),
        count_frequencies(Cohort(cohort, region="GB").values),
    )
    plain, affixed, other = rarity.handles(["kwameasante", "kwameasanteuk", "kwameasanteqz"]).tolist()
    assert rarity.sharers("affix", ["uk", "oakmarrowa", "qz"]).tolist() == [24, 0, 0]
    assert affixed == pytest.approx(plain * 24 / 100, rel=0.05)
    assert other < affixed / 100
