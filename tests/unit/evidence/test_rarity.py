from __future__ import annotations

from vetting.evidence.frequencies import count_frequencies
from vetting.evidence.rarity import Rarity
from vetting.normalise.cohort import Cohort
from vetting.records.people import Applicant


def rarity(listed: list[Applicant], cohort: list[Applicant] | None = None) -> Rarity:
    return Rarity(
        count_frequencies(Cohort(listed, region="GB").values),
        count_frequencies(Cohort(cohort or [], region="GB").values),
    )


CROWD = [
    Applicant(id=str(n), handles="admin" if n < 30 else f"oakmarrow{n}x{n}", names="Maren Vale" if n < 30 else "Tilda Wick",
              emails=f"person{n}@example.org", phones="01632 960111" if n < 10 else None,
              date_of_birth="1990-04-03" if n < 30 else "1951-04-03")
    for n in range(40)
]  # fmt: skip


def test_a_handle_that_many_have_is_commoner_than_one_that_nobody_else_has() -> None:
    common, rare = rarity(CROWD).handles(["admin", "vornskaldqx"])
    assert common > 0.5
    assert rare < common / 1000


def test_a_value_is_not_common_because_the_pair_itself_has_it() -> None:
    person = [Applicant(id="A", handles="vornskaldqx", emails="vornskaldqx@example.org")]
    found = rarity(person, person)
    assert found.sharers("handle", ["vornskaldqx"]).tolist() == [0]
    assert found.handles(["vornskaldqx"])[0] < 1e-3


def test_a_shared_number_is_commoner_than_one_of_ones_own() -> None:
    shared, own = rarity(CROWD).phones(["+441632960111", "+441632960999"])
    assert shared > 0.5
    assert own < 1e-6


def test_words_and_years_follow_their_counts() -> None:
    found = rarity(CROWD)
    common, rarer, unseen = found.words("name_word", ["maren", "tilda", "oswin"])
    assert common > rarer > unseen > 0
    assert found.years(["1990"])[0] > found.years(["1951"])[0] > found.years(["1977"])[0] > 0
    assert found.days(["1990"])[0] < found.years(["1990"])[0] / 300


def test_every_share_is_a_share() -> None:
    found = rarity(CROWD)
    for shares in (
        found.handles(["", "a", "x" * 400]),
        found.emails(["a@example.org", "x" * 300 + "@example.org"]),
        found.urls(["example.org", "example.org/x"]),
        found.words("postcode", ["zz11aa"]),
    ):
        assert ((shares > 0) & (shares <= 1)).all()
    assert found.population("handle") == 40
