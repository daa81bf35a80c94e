"""Explained paths: the best by weakest link, hubs and mixed classes never in one."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.small_lists import LIST_ID, FakeStore, relation, screening, seed_candidate, seed_shard, write_shard

from vetting.graph.association import association_graph
from vetting.graph.draft import GraphDraft
from vetting.graph.paths import ExplainedPath, PathStep, explained_paths
from vetting.graph.pictured import AssociationGraph

RANK = {"confirmed": 0, "unconfirmed": 1, "tentative": 2}
APPLICANT, ACCOUNT = "applicant:A-17", f"account:{LIST_ID}:41"


def drawn(edges: Any, *, hubs: Any = ()) -> Any:
    """A graph written by hand: (source, target, strength[, kind]); applicants p.., identifiers i.., else accounts."""
    draft = GraphDraft()
    kinds = {"p": "applicant", "i": "identifier", "t": "topic"}
    for number, (source, target, strength, *kind) in enumerate(edges):
        for name in (source, target):
            draft.node(name, kind=kinds.get(name[0], "account"), label=name.upper(), hub=name in hubs)
        identity = bool({source[0], target[0]} & {"p", "i"}) or kind in (["self_linked"], ["settled"])
        default = "same_email" if identity else "follows"
        if source[0] == "p" and not kind:
            default = "declared"
        draft.edge(
            f"e{number}",
            (source, target),
            kind=kind[0] if kind else default,
            edge_class="identity" if identity else "association",
            strength=strength,
            record=f"r{number}",
        )
    return draft.finished(hops=1, hub_cap=200)


def ways(graph: Any, source: str, target: str, **given: Any) -> list[str]:
    """Routes as "p1 i1 a / a b": nodes of the identity part, then those of the association part."""
    found = []
    for route in explained_paths(graph, source, target, **given):
        parts = [route.identity] + ([route.association] if route.association else [])
        found.append(
            " / ".join(
                " ".join([part.steps[0].source, *(step.target for step in part.steps)])
                for part in parts
                if part.steps
            )
        )
    return found


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Any:
    return FakeStore(seed_shard(tmp_path_factory.mktemp("lists") / "seed"))


# -- order ---------------------------------------------------------------------------------------------


def test_the_weakest_link_decides_then_the_steps_then_the_more_telling_kinds() -> None:
    graph = drawn(
        [
            ("a", "b", "tentative"),
            ("a", "c", "unconfirmed"),
            ("c", "b", "confirmed"),
            ("a", "d", "confirmed"),
            ("d", "e", "confirmed"),
            ("e", "b", "confirmed"),
            ("a", "f", "unconfirmed", "messaged"),
            ("f", "b", "unconfirmed"),
        ]
    )
    assert ways(graph, "a", "b") == ["a d e b", "a f b", "a c b", "a b"]
    assert ways(graph, "a", "b", most=1) == ["a d e b"]
    best = explained_paths(graph, "a", "b")[1].association
    assert best is not None
    assert (best.strength, best.weakest.edge) == ("unconfirmed", "e6")


def test_of_parallel_edges_the_strongest_is_walked_and_the_others_are_counted() -> None:
    graph = drawn(
        [("a", "b", "unconfirmed", "messaged"), ("b", "a", "confirmed", "quoted"), ("a", "b", "confirmed")]
    )
    (route,) = explained_paths(graph, "a", "b")
    assert route.association is not None
    (step,) = route.association.steps
    assert (step.kind, step.words, step.record) == ("follows", "follows", "r2")
    assert route.association.sentence(graph) == (
        "“A” follows “B” (2 more relations between the two). Weakest link: confirmed."
    )
    (back,) = explained_paths(graph, "b", "a")
    assert back.association is not None
    assert back.association.steps[0].words == "is followed by"


def test_a_hub_is_never_walked_through_but_may_be_an_end() -> None:
    edges = [
        ("a", "t1", "confirmed"),
        ("b", "t1", "confirmed"),
        ("a", "c", "tentative"),
        ("c", "b", "tentative"),
    ]
    assert ways(drawn(edges), "a", "b") == ["a t1 b", "a c b"]
    assert ways(drawn(edges, hubs={"t1"}), "a", "b") == ["a c b"]
    assert ways(drawn(edges, hubs={"t1", "a", "b"}), "a", "b") == ["a c b"]
    assert ways(drawn(edges, hubs={"t1"}), "a", "t1") == ["a t1", "a c b t1"]


def test_no_node_comes_twice_and_ways_of_more_than_six_steps_are_none() -> None:
    loop = [
        ("a", "a", "confirmed"),
        ("a", "b", "confirmed"),
        ("b", "b", "confirmed"),
        ("b", "c", "confirmed"),
    ]
    assert ways(drawn(loop), "a", "c") == ["a b c"]
    six = [(f"n{number}", f"n{number + 1}", "confirmed") for number in range(7)]
    assert ways(drawn(six), "n0", "n6") == ["n0 n1 n2 n3 n4 n5 n6"]
    assert ways(drawn(six), "n0", "n7") == []


# -- the two classes -----------------------------------------------------------------------------------


def test_identity_leads_to_accounts_and_associations_go_on_from_there() -> None:
    graph = drawn(
        [
            ("p1", "i1", "confirmed"),
            ("p1", "i2", "confirmed"),
            ("i1", "a", "confirmed"),
            ("i2", "b", "unconfirmed"),
            ("a", "c", "tentative"),
            ("b", "c", "confirmed"),
            ("a", "b", "confirmed"),
        ]
    )
    assert ways(graph, "p1", "c") == ["p1 i1 a / a b c", "p1 i1 a / a c", "p1 i2 b / b c", "p1 i2 b / b a c"]
    # Ways of identity alone come first, however weak.
    assert ways(graph, "p1", "b") == ["p1 i2 b", "p1 i1 a / a b", "p1 i1 a / a c b"]
    for route in explained_paths(graph, "p1", "c"):
        assert {step.edge_class for step in route.identity.steps} == {"identity"}
        assert route.association is not None
        assert {step.edge_class for step in route.association.steps} == {"association"}


def test_a_path_of_both_classes_cannot_be_made() -> None:
    step = PathStep(
        edge="e",
        source="a",
        target="b",
        words="follows",
        kind="follows",
        edge_class="association",
        strength="confirmed",
        record="",
        first="",
        last="",
        weight=1,
    )
    with pytest.raises(ValueError, match="never in one path"):
        ExplainedPath(edge_class="identity", steps=(step,))


def test_nobodys_identity_rests_on_another_applicant_or_goes_back_over_an_identifier() -> None:
    graph = drawn(
        [
            ("p1", "i1", "confirmed"),
            ("p2", "i1", "confirmed"),
            ("p2", "i2", "confirmed"),
            ("i1", "a", "confirmed"),
            ("i2", "b", "confirmed"),
            ("i2", "a", "confirmed"),
        ]
    )
    assert ways(graph, "p1", "a") == ["p1 i1 a"]
    assert ways(graph, "p1", "b") == []  # i2 is what p2 gave
    assert ways(graph, "a", "b") == ["a i2 b"]  # two accounts that have one identifier


@pytest.mark.parametrize("ends", [("a", "b"), ("b", "a")])
def test_a_self_declared_link_is_walked_whichever_side_declares_it(ends: Any) -> None:
    graph = drawn(
        [("p1", "i1", "confirmed"), ("i1", "a", "confirmed"), (*ends, "unconfirmed", "self_linked")]
    )
    assert ways(graph, "p1", "b") == ["p1 i1 a b"]
    (route,) = explained_paths(graph, "p1", "b")
    assert route.identity.strength == "unconfirmed"
    assert any(words.startswith("Framing:") for words in route.identity.innocent)


def test_of_many_accounts_only_those_that_something_leads_on_from_are_looked_at() -> None:
    edges = [("p1", f"i{number}", "confirmed") for number in range(40)]
    edges += [(f"i{number}", f"a{number}", "confirmed") for number in range(40)]
    edges += [("a7", "c", "unconfirmed"), ("a9", "t1", "confirmed"), ("c", "t1", "confirmed")]
    assert ways(drawn(edges), "p1", "c") == ["p1 i9 a9 / a9 t1 c", "p1 i7 a7 / a7 c"]
    assert ways(drawn(edges, hubs={"t1", "a7"}), "p1", "c") == ["p1 i7 a7 / a7 c"]


# -- words ---------------------------------------------------------------------------------------------


def test_the_seed_case_in_words(store: Any) -> None:
    graph = association_graph(screening(), store, candidates=[seed_candidate()], hops=2, hub_cap=40)
    routes = explained_paths(graph, APPLICANT, ACCOUNT)
    assert [len(route.identity.steps) for route in routes] == [2, 2]
    email = routes[0].identity
    assert email.sentence(graph) == (
        "Applicant A-17 gave “quillmere@example.org”, which is the same as that of “vornskald77”. "
        "Weakest link: unconfirmed."
    )
    assert [heading for heading, *_ in email.meanings] == ["Identifiers given", "Same identifiers"]
    assert any(words.startswith("Impersonation:") for words in email.innocent)
    onwards = [route.association for route in explained_paths(graph, APPLICANT, f"account:{LIST_ID}:100")]
    assert [one.sentence(graph) for one in onwards if one] == [
        "“vornskald77” follows “Account 1 of 6”. Weakest link: unconfirmed.",
        (
            "“vornskald77” wrote privately to “Conversation 3” (12 times; 2014-02-01 to 2016-05-02), which got "
            "private messages from “Account 1 of 6” (3 times; 2014-02-01). Weakest link: unconfirmed."
        ),
    ]
    assert "third_party" not in str([one.sentence(graph) for one in onwards if one])


def test_the_hub_of_the_seed_list_carries_nobody(store: Any) -> None:
    graph = association_graph(screening(), store, hops=2, hub_cap=40)
    assert ways(graph, APPLICANT, f"account:{LIST_ID}:97") == []
    assert ways(graph, APPLICANT, f"topic:{LIST_ID}:1") != []


def test_a_way_that_begins_at_an_account_has_no_identity_part() -> None:
    (route,) = explained_paths(drawn([("a", "b", "tentative")]), "a", "b")
    assert route.identity.steps == ()
    assert (route.identity.strength, route.identity.sentence(drawn([])), route.identity.meanings) == (
        "confirmed",
        "",
        (),
    )
    with pytest.raises(ValueError, match="no weakest"):
        route.identity.weakest  # noqa: B018 - the access is the point


@pytest.mark.parametrize(
    ("source", "target", "most", "words"),
    [
        ("a", "b", 0, "1 or more"),
        ("a", "nowhere", 5, "nodes of the graph"),
        ("i1", "a", 5, "source must be"),
        ("a", "p1", 5, "target must not"),
    ],
)
def test_what_has_no_paths_is_refused(source: Any, target: Any, most: Any, words: Any) -> None:
    graph = drawn([("p1", "i1", "confirmed"), ("i1", "a", "confirmed"), ("a", "b", "confirmed")])
    with pytest.raises(ValueError, match=words):
        explained_paths(graph, source, target, most=most)


def test_from_a_node_to_itself_there_is_nothing_to_explain() -> None:
    assert explained_paths(drawn([("a", "b", "confirmed")]), "a", "a") == ()


# -- laws ----------------------------------------------------------------------------------------------

NODES = st.sampled_from([*"abcdefg", "t1", "t2"])
EDGES = st.lists(st.tuples(NODES, NODES, st.sampled_from([*RANK])), min_size=1, max_size=18)


def every_way(graph: Any, hubs: Any, source: str = "a") -> list[tuple[int, int]]:
    """Strength and steps of all simple ways over associations to b; slow and obviously right."""
    strongest: dict[frozenset[str], int] = {}
    for one, other, edge in graph.edges(data=True):
        if edge["edge_class"] == "identity":
            continue
        ends = frozenset({one, other})
        strongest[ends] = min(strongest.get(ends, 9), RANK[edge["strength"]])
    plain: nx.Graph[Any] = nx.Graph((min(ends), max(ends)) for ends in strongest if len(ends) == 2)
    if source not in plain or "b" not in plain:
        return []
    found = []
    for nodes in nx.all_simple_paths(plain, source, "b", cutoff=6):
        if not hubs & set(nodes[1:-1]):
            links = [strongest[frozenset(ends)] for ends in pairwise(nodes)]
            found.append((max(links), len(links)))
    return sorted(found)


@settings(max_examples=150, deadline=None)
@given(edges=EDGES, hubs=st.sets(NODES, max_size=3), most=st.integers(1, 6), turn=st.randoms())
def test_they_are_the_best_of_all_simple_ways_whatever_the_order_of_the_edges(
    edges: Any, hubs: Any, most: Any, turn: Any
) -> None:
    edges = [*edges, ("a", "a", "confirmed"), ("b", "b", "confirmed")]
    graph = drawn(edges, hubs=hubs)
    paths = [route.association for route in explained_paths(graph, "a", "b", most=most)]
    got = [(RANK[path.strength], len(path.steps)) for path in paths if path]
    assert got == every_way(graph, hubs)[:most]
    nodes = [(path.steps[0].source, *(step.target for step in path.steps)) for path in paths if path]
    assert len(set(nodes)) == len(nodes)
    names = list(graph.edges(keys=True, data=True))
    turn.shuffle(names)
    turned = AssociationGraph()
    turned.add_nodes_from(sorted(graph.nodes(data=True), key=lambda node: turn.random()))
    turned.add_edges_from(names)
    assert explained_paths(turned, "a", "b", most=most) == explained_paths(graph, "a", "b", most=most)


OWN = st.dictionaries(st.sampled_from("acdef"), st.sampled_from([*RANK]), max_size=4)


@settings(max_examples=100, deadline=None)
@given(edges=EDGES, own=OWN, hubs=st.sets(NODES, max_size=3), most=st.integers(1, 6))
def test_from_an_applicant_they_are_the_best_over_all_accounts_that_identity_leads_to(
    edges: Any, own: Any, hubs: Any, most: Any
) -> None:
    stars = [("p1", f"i{account}", "confirmed") for account in own]
    stars += [(f"i{account}", account, strength) for account, strength in own.items()]
    graph = drawn([*edges, ("b", "b", "confirmed"), ("p1", "i", "confirmed"), *stars], hubs=hubs)
    expected = sorted(
        (RANK[strength], *way) for account, strength in own.items() for way in every_way(graph, hubs, account)
    )
    routes = explained_paths(graph, "p1", "b", most=most)
    got = [
        (RANK[one.identity.strength], RANK[one.association.strength], len(one.association.steps))
        for one in routes
        if one.association
    ]
    assert len(got) == len(routes)
    assert got == expected[:most]


def test_a_graph_read_from_a_list_of_two_applicants(tmp_path: Path) -> None:
    shard = write_shard(
        tmp_path / "s",
        {"41": [], "97": [], "98": []},
        [relation("messaged", "41", "conversation:1"), relation("messaged", "98", "conversation:1")],
    )
    other = evolve(seed_candidate(), applicant_id="A-18", account_id="98")
    graph = association_graph(screening(seed_candidate(), other), FakeStore(shard))
    # The same identifiers lead A-17 to both accounts.
    to = f"account:{LIST_ID}:98"
    assert [route.association is None for route in explained_paths(graph, APPLICANT, to)] == [
        True,
        True,
        False,
    ]
