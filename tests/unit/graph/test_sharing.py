"""Shared structure: what candidates have in common, hubs named, third parties without their names."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.small_lists import (
    LIST_ID,
    FakeStore,
    relation,
    screening,
    seed_candidate,
    weak_candidate,
    write_shard,
)

from vetting.graph.association import association_graph
from vetting.graph.attributes import given_id, node_name
from vetting.graph.sharing import GROUPS, Shared, shared_structure

ONE, OTHER = ("A-17", LIST_ID, "41"), ("A-203", LIST_ID, "97")
HANDLES = {name: [("handle", f"handle_{name}")] for name in ("41", "97", "100", "101", "102")}


def found(tmp_path: Path, relations: Any, *candidates: Any, **given: Any) -> dict[str, Shared]:
    shard = write_shard(tmp_path / "s", HANDLES, relations)
    graph = association_graph(screening(*candidates), FakeStore(shard), **given)
    shared = shared_structure(graph)
    assert shared == shared_structure(graph)
    assert len({one.node for one in shared}) == len(shared)
    return {one.node: one for one in shared}


def test_two_strangers_on_a_list_share_nothing(tmp_path: Path) -> None:
    relations = [relation("posted_in", "41", "topic:1"), relation("posted_in", "97", "topic:2")]
    assert found(tmp_path, relations) == {}


def test_conversations_addresses_topics_and_accounts_are_found_in_their_groups(tmp_path: Path) -> None:
    relations = [
        relation(kind, account, target)
        for account in ("41", "97")
        for kind, target in (
            ("posted_in", "topic:9"),
            ("used_ip", "ip:203.0.113.7"),
            ("follows", "100"),
            ("messaged", "conversation:3"),
        )
    ]
    relations += [relation("follows", "101", "41"), relation("posted_in", "101", "topic:9")]
    shared = found(tmp_path, relations)
    assert [one.group for one in shared.values()] == ["conversations", "addresses", "topics", "accounts"]
    assert {one.candidates for one in shared.values()} == {(ONE, OTHER)}
    topic = shared[f"topic:{LIST_ID}:9"]
    assert (topic.kind, topic.total, topic.hub) == ("topic", 3, False)
    assert topic.sentence() == (
        "2 candidates wrote in the same topic: “Topic 9”. It has 3 relations on the whole list."
    )
    account = shared[f"account:{LIST_ID}:100"]
    assert account.label == "Account 1 of 2"
    assert account.sentence() == (
        "2 candidates have relations with the same account: “Account 1 of 2”. It has 2 relations on the whole list."
    )


def test_a_hub_is_named_as_one_with_its_size_and_stands_last(tmp_path: Path) -> None:
    relations = [relation("posted_in", account, "topic:1") for account in ("41", "97", "100", "101", "102")]
    relations += [relation("posted_in", account, "topic:2") for account in ("41", "97")]
    shared = list(found(tmp_path, relations, hub_cap=4).values())
    assert [(one.label, one.hub, one.total) for one in shared] == [
        ("Topic 2", False, 2),
        ("Topic 1", True, 5),
    ]
    assert shared[-1].sentence() == (
        "2 candidates wrote in the same topic: “Topic 1”. It is a hub with 5 relations on the whole list: "
        "sharing it says next to nothing."
    )


def test_several_relations_with_one_topic_are_one_candidate(tmp_path: Path) -> None:
    relations = [
        relation("posted_in", "41", "topic:1"),
        relation("reacted", "41", "topic:1"),
        relation("follows", "41", "41"),
    ]
    assert found(tmp_path, relations) == {}


def test_an_identifier_that_two_applicants_gave_and_the_account_that_both_lead_to(tmp_path: Path) -> None:
    shared = found(tmp_path, [], seed_candidate(), evolve(seed_candidate(), applicant_id="B:1 %"))
    assert [one.group for one in shared.values()] == ["identifiers", "identifiers", "accounts"]
    both = (ONE, ("B:1 %", LIST_ID, "41"))
    assert {one.candidates for one in shared.values()} == {both}
    email = shared["identifier:email:1"]
    assert (email.label, email.total) == ("quillmere@example.org", 0)
    assert email.sentence() == "2 candidates have the same identifier: “quillmere@example.org”."
    assert (
        shared[f"account:{LIST_ID}:41"]
        .sentence()
        .startswith("2 applicants are candidates for the same account")
    )


def test_one_applicants_identifier_on_two_accounts_is_shared_by_two_candidates(tmp_path: Path) -> None:
    shared = found(tmp_path, [], seed_candidate(), evolve(seed_candidate(), account_id="97"))
    assert {one.candidates for one in shared.values()} == {(ONE, ("A-17", LIST_ID, "97"))}
    assert [one.group for one in shared.values()] == ["identifiers", "identifiers"]


def test_what_one_account_does_is_not_shared_by_the_two_applicants_it_may_belong_to(tmp_path: Path) -> None:
    shared = found(
        tmp_path,
        [relation("posted_in", "41", "topic:1")],
        seed_candidate(),
        evolve(seed_candidate(), applicant_id="A-18"),
    )
    assert "topics" not in {one.group for one in shared.values()}


def test_a_withdrawn_list_leaves_what_identity_shows() -> None:
    graph = association_graph(
        screening(seed_candidate(), evolve(seed_candidate(), applicant_id="A-18")), FakeStore()
    )
    assert {one.group for one in shared_structure(graph)} == {"identifiers", "accounts"}


def test_a_graph_of_nobody_shares_nothing() -> None:
    graph = association_graph(screening(weak_candidate(surfaced=False)), FakeStore())
    assert shared_structure(graph) == ()


@given(st.text(max_size=12), st.text(max_size=12))
def test_an_id_is_read_back_from_its_key(list_id: str, account: str) -> None:
    assert given_id(node_name("applicant", account)) == account
    assert given_id(node_name("account", list_id, account), list_id) == account or not list_id


RELATIONS = st.lists(
    st.tuples(
        st.sampled_from(["posted_in", "follows", "used_ip", "messaged"]),
        st.sampled_from(["41", "97", "100"]),
        st.sampled_from(["topic:1", "topic:2", "ip:203.0.113.7", "conversation:1", "100", "41", "97"]),
    ),
    max_size=14,
)


@settings(max_examples=40, deadline=None)
@given(relations=RELATIONS)
def test_exactly_what_both_accounts_touch_is_shared(tmp_path_factory: Any, relations: Any) -> None:
    shared = found(tmp_path_factory.mktemp("laws"), [relation(*one) for one in relations])
    touched: dict[str, set[str]] = {"41": set(), "97": set()}
    for _, source, target in relations:
        end = f"account:{LIST_ID}:{target}" if ":" not in target else target.replace(":", f":{LIST_ID}:", 1)
        start = f"account:{LIST_ID}:{source}"
        for one, other in ((start, end), (end, start)):
            own = one.rpartition(":")[2]
            if one.startswith("account:") and own in touched and one != other:
                touched[own].add(other)
    assert set(shared) == touched["41"] & touched["97"]
    assert [GROUPS.index(one.group) for one in shared.values()] == sorted(
        GROUPS.index(one.group) for one in shared.values()
    )


@pytest.mark.parametrize("shown", [False, True])
def test_a_third_party_keeps_the_label_of_the_graph(tmp_path: Path, shown: Any) -> None:
    relations = [relation("follows", account, "100") for account in ("41", "97")]
    (account,) = found(tmp_path, relations, show_third_parties=shown).values()
    assert account.label == ("handle_100" if shown else "Account 1 of 1")
