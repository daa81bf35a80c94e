from attrs import evolve
from tests.small_lists import seed_candidate

from vetting.graph.sharing import Shared
from vetting.reports.shared_section import shared_section

OWN = ("A-17", "thornwood-2019", "41")
OTHER = ("A-203", "thornwood-2019", "97")
TOPIC = Shared(
    node="topic:thornwood-2019:1",
    kind="topic",
    label="Topic 1",
    group="topics",
    candidates=(OWN, OTHER),
    total=41,
    hub=False,
)
ACCOUNT = evolve(
    TOPIC, node="account:thornwood-2019:7", kind="account", group="accounts", label="Account 60 of 91"
)


def test_groups_are_folded_counted_and_name_the_other_candidates() -> None:
    html = shared_section(seed_candidate(), [TOPIC], numbers={OWN: 1, OTHER: 2}, labels={})
    assert "<details open><summary>Topics: 1</summary>" in html
    assert "candidate 2 (applicant A-203, account 97)" in html
    assert "candidate 1" not in html


def test_an_account_has_the_pseudonym_of_this_page_or_none() -> None:
    numbers = {OWN: 1, OTHER: 2}
    known = shared_section(
        seed_candidate(), [ACCOUNT], numbers=numbers, labels={ACCOUNT.node: "Account 3 of 18"}
    )
    assert "Account 3 of 18" in known
    unknown = shared_section(seed_candidate(), [ACCOUNT], numbers=numbers, labels={})
    assert "Another account" in unknown
    assert "of 91" not in known + unknown


def test_what_this_candidate_has_no_part_in_is_left_out() -> None:
    third = ("A-3", "thornwood-2019", "3")
    html = shared_section(seed_candidate(), [evolve(TOPIC, candidates=(OTHER, third))], numbers={}, labels={})
    assert "Topic 1" not in html
    assert "Nothing that the graph shows is shared" in html


def test_very_many_are_counted() -> None:
    many = [evolve(TOPIC, node=f"topic:t:{n}", label=f"Topic {n}") for n in range(50)]
    crowd = tuple((f"A-{n}", "thornwood-2019", str(n)) for n in range(300, 330))
    many[0] = evolve(many[0], candidates=(OWN, *crowd))
    html = shared_section(seed_candidate(), many, numbers={}, labels={})
    assert html.count("<li>") == 40
    assert "And 10 more" in html
    assert "18 more." in html


def test_candidates_that_were_not_looked_at_are_counted() -> None:
    numbers = {(f"A-{n}", "thornwood-2019", str(n)): n for n in range(1, 101)}
    html = shared_section(seed_candidate(), [], numbers=numbers, labels={})
    assert "59 further down were not" in html
    assert "further down" not in shared_section(seed_candidate(), [], numbers={OWN: 1, OTHER: 2}, labels={})
