from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.small_lists import (
    LIST_ID,
    FakeStore,
    evidence,
    passport,
    relation,
    screening,
    seed_candidate,
    seed_shard,
    weak_candidate,
    write_shard,
)

from vetting.graph.association import association_graph
from vetting.graph.attributes import EDGE_DEFAULTS, NODE_DEFAULTS

ACCOUNT = f"account:{LIST_ID}:41"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Any:
    return FakeStore(seed_shard(tmp_path_factory.mktemp("lists") / "seed"))


def edges_of(graph: Any, edge_class: Any) -> Any:
    return [(s, t, d) for s, t, d in graph.edges(data=True) if d["edge_class"] == edge_class]


def test_the_seed_case_is_a_path_through_shared_identifiers(store: Any) -> None:
    graph = association_graph(screening(), store, candidates=[seed_candidate()])
    applicant = "applicant:A-17"
    shared = set(graph.successors(applicant))
    assert shared == {"identifier:email:1", "identifier:handle:1"}
    assert all(ACCOUNT in graph.successors(name) for name in shared)
    kinds = {d["kind"] for _, _, d in edges_of(graph, "identity")}
    assert kinds == {"declared", "same_email", "similar_handle"}


def test_evidence_that_counts_already_draws_no_edge_of_its_own(store: Any) -> None:
    graph = association_graph(screening(), store, candidates=[seed_candidate()])
    assert not any(name.startswith("identifier:name_in_handle") for name in graph)


def test_every_attribute_is_there_with_its_type(store: Any) -> None:
    graph = association_graph(screening(), store, hops=2)
    for _, node in graph.nodes(data=True):
        assert {name: type(v) for name, v in node.items()} == {n: type(v) for n, v in NODE_DEFAULTS.items()}
    for *_, edge in graph.edges(data=True):
        assert {name: type(v) for name, v in edge.items()} == {n: type(v) for n, v in EDGE_DEFAULTS.items()}


def test_it_is_frozen_and_its_edge_keys_are_unique(store: Any) -> None:
    graph = association_graph(screening(), store, hops=2)
    keys = [key for _, _, key in graph.edges(keys=True)]
    assert len(set(keys)) == len(keys)
    with pytest.raises(Exception, match=r"[Ff]rozen"):
        graph.add_node("more")


def test_every_edge_cites_its_record(store: Any) -> None:
    graph = association_graph(screening(), store)
    for _, _, edge in edges_of(graph, "association"):
        assert edge["record"].startswith(f"{LIST_ID}:core_relations@")
    for _, _, edge in edges_of(graph, "identity"):
        assert edge["record"].startswith((f"{LIST_ID}:", "roster:"))


def test_relations_of_the_account_are_all_there_once_self_loop_included(store: Any) -> None:
    graph = association_graph(screening(), store, candidates=[seed_candidate()])
    shard = store.shard(LIST_ID)
    assert len(edges_of(graph, "association")) == len(set(shard.relation_rows(shard.row_of("41")).tolist()))
    assert graph.has_edge(ACCOUNT, ACCOUNT)


def test_third_parties_have_pseudonyms_unless_they_are_asked_for(store: Any) -> None:
    hidden = association_graph(screening(), store, candidates=[seed_candidate()])
    labels = {n: d["label"] for n, d in hidden.nodes(data=True) if d["third_party"]}
    assert sorted(labels.values()) == [f"Account {n} of 6" for n in range(1, 7)]
    assert "third_party_" not in str(list(hidden.nodes(data=True)))
    shown = association_graph(screening(), store, candidates=[seed_candidate()], show_third_parties=True)
    assert shown.nodes[f"account:{LIST_ID}:100"]["label"] == "third_party_100"


def test_a_busy_account_keeps_the_most_telling_relations_and_counts_the_others(store: Any) -> None:
    graph = association_graph(screening(), store, candidates=[seed_candidate()], hub_cap=12)
    kept = [d["kind"] for _, _, d in edges_of(graph, "association")]
    assert len(kept) == 12
    assert {"messaged", "follows", "quoted"} <= set(kept)
    weights = sorted(d["weight"] for _, _, d in edges_of(graph, "association") if d["kind"] == "posted_in")
    assert weights == list(range(31 - len(weights), 31))
    sentence = graph.graph["left_out"][0]
    assert "has 39 relations; 12 are shown" in sentence
    assert "26 of the kind “posted in” and 1 of the kind “used the address”" in sentence


def test_a_hub_is_shown_but_never_followed(store: Any) -> None:
    graph = association_graph(screening(), store, hops=2, hub_cap=40)
    hub = graph.nodes[f"topic:{LIST_ID}:1"]
    assert hub["hub"]
    assert hub["relations_total"] == 41
    assert f"account:{LIST_ID}:120" not in graph  # it only posted in the hub
    (sentence,) = [one for one in graph.graph["left_out"] if "shown in grey as hubs" in one]
    assert sentence.endswith("It is Topic 1 (41 relations).")


def test_the_largest_of_many_hubs_are_named_by_what_they_are_called_in_the_graph(tmp_path: Path) -> None:
    others = [str(number) for number in range(100, 106)]
    relations = [relation("follows", "41", other) for other in others]
    relations += [relation("posted_in", o, f"topic:{n}") for k, o in enumerate(others) for n in range(k + 2)]
    shard = write_shard(tmp_path / "s", dict.fromkeys(["41", *others], ()), relations)
    graph = association_graph(screening(seed_candidate()), FakeStore(shard), hops=2, hub_cap=2)
    (sentence,) = [one for one in graph.graph["left_out"] if "shown in grey as hubs" in one]
    assert sentence.startswith("2 nodes have more than 2 relations")
    assert sentence.endswith("They are Account 2 of 2 (4 relations) and Account 1 of 2 (3 relations).")


def test_parallel_relations_are_edges_of_their_own_each_with_its_record(tmp_path: Path) -> None:
    twice = [relation("messaged", "41", "42", record=f"pm@{n}", weight=n) for n in (1, 2)]
    shard = write_shard(tmp_path / "s", {"41": [], "42": []}, [*twice, relation("follows", "42", "41")])
    graph = association_graph(screening(seed_candidate()), FakeStore(shard))
    there = graph.get_edge_data(ACCOUNT, f"account:{LIST_ID}:42")
    assert sorted((one["record"], one["weight"]) for one in there.values()) == [
        (f"{LIST_ID}:pm@1", 1),
        (f"{LIST_ID}:pm@2", 2),
    ]
    assert graph.number_of_edges(f"account:{LIST_ID}:42", ACCOUNT) == 1


@pytest.mark.parametrize("record", ["", None])
def test_a_relation_without_a_record_is_drawn_and_counted(tmp_path: Path, record: Any) -> None:
    relations = [relation("follows", "41", "42", record=record), relation("friend", "41", "42")]
    shard = write_shard(tmp_path / "s", {"41": [], "42": []}, relations)
    graph = association_graph(screening(seed_candidate()), FakeStore(shard))
    records = {d["kind"]: d["record"] for _, _, d in edges_of(graph, "association")}
    assert records == {"follows": "", "friend": f"{LIST_ID}:core_relations@101"}
    assert f"1 relation has no record on list {LIST_ID} to open." in graph.graph["left_out"]


def test_accounts_without_a_name_are_called_by_their_id(tmp_path: Path) -> None:
    accounts = {"41": [], "42": [("handle", "\u200b")], "43": [("handle", "vorn")], "44": [("handle", " ")]}
    relations = [relation("follows", "41", other) for other in ("42", "43", "44")]
    shard = write_shard(tmp_path / "s", accounts, relations)
    run = screening(evolve(seed_candidate(), evidence=()))
    graph = association_graph(run, FakeStore(shard), show_third_parties=True)
    labels = {name: node["label"] for name, node in graph.nodes(data=True) if node["kind"] == "account"}
    assert labels == {
        ACCOUNT: "Account 41",
        f"account:{LIST_ID}:42": "<U+200B>",
        f"account:{LIST_ID}:43": "vorn",
        f"account:{LIST_ID}:44": "Account 44",
    }


def test_kinds_and_time_narrow_the_associations_and_never_the_identity(store: Any) -> None:
    whole = association_graph(screening(), store)
    some = association_graph(screening(), store, kinds=["messaged"], since="2015", until="2015-02")
    assert edges_of(some, "identity") == edges_of(whole, "identity")
    shown = sorted(d["record"] for _, _, d in edges_of(some, "association"))
    assert shown == [f"{LIST_ID}:core_relations@100", f"{LIST_ID}:core_relations@102"]
    told = " ".join(some.graph["left_out"])
    assert "left out around account 41" in told
    assert "30 of the kind “posted in”" in told
    assert "for only the time from 2015 to 2015-02 was asked for: 1 of the kind “wrote privately to”" in told


def test_what_is_no_limit_is_a_mistake_of_the_caller(store: Any) -> None:
    wrong: Any = {"hop": 2}
    with pytest.raises(TypeError, match="hop"):
        association_graph(screening(), store, **wrong)


def test_two_hops_follow_what_is_no_hub(store: Any) -> None:
    near = association_graph(screening(), store, candidates=[seed_candidate()])
    far = association_graph(screening(), store, candidates=[seed_candidate()], hops=2)
    assert not near.has_edge(f"account:{LIST_ID}:100", f"conversation:{LIST_ID}:3")
    assert far.has_edge(f"account:{LIST_ID}:100", f"conversation:{LIST_ID}:3")
    assert set(near.edges(keys=True)) < set(far.edges(keys=True))


def test_no_hop_is_identity_alone(store: Any) -> None:
    graph = association_graph(screening(), store, hops=0)
    assert not edges_of(graph, "association")
    assert ACCOUNT in graph


def test_a_withdrawn_list_leaves_identity_and_a_sentence() -> None:
    graph = association_graph(screening(), FakeStore())
    assert edges_of(graph, "identity")
    assert not edges_of(graph, "association")
    assert any(f"List {LIST_ID} is not held any more" in sentence for sentence in graph.graph["left_out"])


def test_an_account_that_is_gone_and_one_that_never_was(store: Any) -> None:
    gone = evolve(seed_candidate(), account_id="777")
    graph = association_graph(screening(gone), store)
    assert any("Account 777 is not on the version" in sentence for sentence in graph.graph["left_out"])
    known = association_graph(screening(), store)
    assert not known.nodes[f"account:{LIST_ID}:9999"]["held"]
    assert any("not on the list as it was read" in sentence for sentence in known.graph["left_out"])


def test_what_two_applicants_share_is_one_star(store: Any) -> None:
    other = evolve(seed_candidate(), applicant_id="A-18")
    graph = association_graph(screening(seed_candidate(), other), store)
    assert set(graph.predecessors("identifier:email:1")) == {"applicant:A-17", "applicant:A-18"}
    assert len(graph["identifier:email:1"][ACCOUNT]) == 1


def test_what_many_accounts_share_is_a_star_and_never_a_clique(tmp_path: Path) -> None:
    accounts = {str(number): [("email", "quillmere@example.org")] for number in range(41, 61)}
    many = [evolve(seed_candidate(), account_id=account) for account in accounts]
    graph = association_graph(screening(*many), FakeStore(write_shard(tmp_path / "s", accounts, [])))
    shared = [(s, t) for s, t, d in edges_of(graph, "identity") if d["kind"] == "same_email"]
    assert len(shared) == 20
    assert {source for source, _ in shared} == {"identifier:email:1"}
    assert not [end for s, t, _ in edges_of(graph, "identity") for end in (s, t) if s[:8] == t[:8]]


def test_two_lists_with_the_same_ids_stay_apart(tmp_path: Path) -> None:
    relations = [relation("follows", "41", "42"), relation("posted_in", "41", "topic:7")]
    shards = [
        write_shard(tmp_path / name, {"41": [], "42": []}, relations, about=passport(id=name))
        for name in ("one", "other")
    ]
    found = [evolve(seed_candidate(), list_id=shard.list_id) for shard in shards]
    graph = association_graph(screening(*found), FakeStore(*shards))
    assert {name for name in graph if name.startswith("topic:")} == {"topic:one:7", "topic:other:7"}
    keys = [key for *_, key in graph.edges(keys=True)]
    assert len(keys) == len(set(keys))
    assert len(edges_of(graph, "association")) == 4
    for source, target, edge in edges_of(graph, "association"):
        assert {name.split(":")[1] for name in (source, target)} == {edge["list_id"]}


def test_an_empty_screening_gives_an_empty_graph(store: Any) -> None:
    unsurfaced = evolve(weak_candidate(), surfaced=False)
    assert len(association_graph(screening(unsurfaced), store)) == 0


@pytest.mark.parametrize("wrong", [{"hops": -1}, {"hub_cap": 0}])
def test_limits_that_cannot_be_are_refused(store: Any, wrong: Any) -> None:
    with pytest.raises(ValueError, match="must be"):
        association_graph(screening(), store, **wrong)


@pytest.mark.parametrize(
    ("about", "level", "expected"),
    [
        ({"emails_confirmed": "yes"}, "exact", "confirmed"),
        ({"emails_confirmed": "no"}, "exact", "unconfirmed"),
        ({"emails_confirmed": "yes"}, "close", "unconfirmed"),
        ({"emails_confirmed": "yes"}, "plausible", "tentative"),
        ({"emails_confirmed": "yes", "grade": "2E"}, "exact", "tentative"),
    ],
)
def test_strength_of_an_e_mail_agreement(tmp_path: Path, about: Any, level: Any, expected: Any) -> None:
    shard = write_shard(tmp_path / "s", {"41": [("email", "q@example.org")]}, [], about=passport(**about))
    item = evidence("email", level, 9.0, applicant_value="q@example.org", listed_value="q@example.org")
    graph = association_graph(screening(evolve(seed_candidate(), evidence=(item,))), FakeStore(shard))
    (edge,) = graph["identifier:email:1"][ACCOUNT].values()
    assert edge["strength"] == expected


@pytest.mark.parametrize(
    ("grade", "expected"), [("1A", "confirmed"), ("2D", "unconfirmed"), ("3B", "tentative")]
)
def test_strength_of_an_association_is_that_of_its_source(tmp_path: Path, grade: Any, expected: Any) -> None:
    shard = write_shard(
        tmp_path / "s", {"41": [], "42": []}, [relation("follows", "41", "42")], about=passport(grade=grade)
    )
    graph = association_graph(screening(seed_candidate()), FakeStore(shard))
    assert [d["strength"] for _, _, d in edges_of(graph, "association")] == [expected]
    assert [d["grade"] for _, _, d in edges_of(graph, "association")] == [grade]


KINDS = st.sampled_from(["messaged", "follows", "posted_in", "gave_badge"])
ENDS = st.sampled_from(["41", "42", "43", "topic:1", "topic:2", "ip:203.0.113.9", "unheld"])


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    relations=st.lists(
        st.tuples(KINDS, st.sampled_from(["41", "42", "43"]), ENDS, st.integers(1, 9)), max_size=25
    ),
    hops=st.integers(0, 3),
    hub_cap=st.integers(1, 8),
)
def test_laws_of_every_graph(
    tmp_path_factory: pytest.TempPathFactory, relations: Any, hops: Any, hub_cap: Any
) -> None:
    shard = write_shard(
        tmp_path_factory.mktemp("laws") / "s",
        {"41": [("handle", "a")], "42": [], "43": []},
        [relation(kind, source, target, weight=weight) for kind, source, target, weight in relations],
    )
    graph = association_graph(screening(seed_candidate()), FakeStore(shard), hops=hops, hub_cap=hub_cap)
    for source, target, edge in graph.edges(data=True):
        identity = {"identifier", "applicant"} & {source.split(":")[0], target.split(":")[0]}
        assert edge["edge_class"] == ("identity" if identity else "association")
    own = set(shard.relation_rows(0).tolist())
    shown = [edge for _, _, edge in edges_of(graph, "association")]
    if hops == 0:
        assert not shown
    if hops == 1:
        assert len(shown) == min(len(own), hub_cap)
        assert any("relations;" in s for s in graph.graph["left_out"]) == (len(own) > hub_cap)
    again = association_graph(screening(seed_candidate()), FakeStore(shard), hops=hops, hub_cap=hub_cap)
    assert list(graph.nodes(data=True)) == list(again.nodes(data=True))
    assert list(graph.edges(keys=True, data=True)) == list(again.edges(keys=True, data=True))
