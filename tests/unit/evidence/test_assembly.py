from __future__ import annotations

from vetting.evidence.assessing import assess
from vetting.evidence.results import Level
from vetting.records.accounts import ListedAccount
from vetting.records.people import Applicant


def test_what_supports_comes_first_then_what_contradicts_then_what_is_missing() -> None:
    found = assess(
        Applicant(id="A", names="Maren Quillmere", handles="oakmarrowqx", emails="zq@example.org", date_of_birth="1990-04-03"),
        ListedAccount(
            list_id="l", account_id="1", names="Oswin Thornwick", handles="oakmarrowqx", emails="zq@example.org",
            date_of_birth="1951-11-20",
        ),
    ).evidence  # fmt: skip
    order = [
        0 if one.bits > 0 else 1 if one.bits < 0 else 3 if one.level is Level.MISSING else 2 for one in found
    ]
    assert order == sorted(order)
    support = [one.bits for one in found if one.bits > 0]
    against = [one.bits for one in found if one.bits < 0]
    assert support == sorted(support, reverse=True)
    assert against == sorted(against)
    assert {one.kind for one in found if one.bits < 0} == {"name", "date_of_birth"}


def test_every_own_kind_is_shown_once_and_a_derived_one_only_if_it_says_something() -> None:
    plain = assess(
        Applicant(id="A", names="Maren Vale"), ListedAccount(list_id="l", account_id="1", handles="oakmarrow")
    )
    assert sorted(one.kind for one in plain.evidence) == sorted(
        ["name", "handle", "email", "phone", "date_of_birth", "place", "url"]
    )
    told = assess(
        Applicant(id="A", names="Maren Vale"),
        ListedAccount(list_id="l", account_id="1", handles="maren_vale"),
    )
    assert told.levels["name_in_handle"] == "close"


def test_a_fact_told_twice_is_shown_in_one_group_and_counted_once() -> None:
    held = {"handles": "oakmarrowqx", "emails": "oakmarrowqx@example.org"}
    found = assess(Applicant(id="A", **held), ListedAccount(list_id="l", account_id="1", **held))
    groups = {one.kind: one.group for one in found.supporting}
    assert groups["handle"] == groups["email"]
    assert sorted(one.counted for one in found.supporting) == [False, True]


def test_a_short_handle_and_the_address_made_of_it_are_one_fact_however_few_letters_they_have() -> None:
    held = {"handles": "w-wu2000", "emails": "w-wu2000@example.net"}
    found = assess(Applicant(id="A", **held), ListedAccount(list_id="l", account_id="1", **held))
    assert sum(one.counted for one in found.supporting) == 1
    assert found.bits < 40
