from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from tests.holdings import batches_of, passport, write_list

from vetting.engines import open_engine
from vetting.evidence.assessing import assess
from vetting.evidence.policy import SurfacingPolicy
from vetting.evidence.screening_result import Coverage, Screening
from vetting.graph.association import association_graph
from vetting.graph.attributes import IDENTITY
from vetting.graph.chain_lookup import MOST_SHARING, look_up_identifier
from vetting.graph.chains import MOST_LINKS, MOST_STEPS, derived_identifiers, identity_chains
from vetting.graph.export import read_graph, write_graph
from vetting.graph.layout import lay_out
from vetting.graph.picture import graph_svg
from vetting.ingestion import ListStore
from vetting.records.accounts import ListedAccount
from vetting.records.identifiers import Identifier
from vetting.records.people import Applicant
from vetting.store.folder import HeldList

PERSON = Applicant(
    id="A-17",
    names=["Sam Example"],
    handles=["mastodon:quillmere_19"],
    places=["12 Larch Row, Ambleford, AB1 2CD"],
)


def account(list_id: str, account_id: str, **given: Any) -> ListedAccount:
    return ListedAccount(list_id=list_id, account_id=account_id, record=f"row@{account_id}", **given)


def add(store: ListStore, accounts: Sequence[ListedAccount], **about: Any) -> None:
    papers = passport(**about)
    with store.new_shard() as incoming:
        write_list(incoming, batches_of(accounts), papers)
        store.admit(
            incoming,
            HeldList(
                id=papers.id,
                title=papers.title,
                sha256=papers.sha256,
                accounts=len(accounts),
                folder=papers.id,
            ),
        )


@pytest.fixture
def store(tmp_path: Path) -> ListStore:
    return ListStore.open(tmp_path / "lists")


def hold(store: ListStore, social: Sequence[ListedAccount], forum: Sequence[ListedAccount] = ()) -> ListStore:
    add(store, social, id="social-2020", kind="open-source", sha256="cd" * 32)
    add(store, forum, id="forum-2019")
    return store


def run(*people: Applicant) -> Screening:
    return Screening(
        candidates=(),
        coverage=Coverage(applicants=1),
        policy=SurfacingPolicy(),
        applicants={person.id: person for person in people},
    )


def seed(store: ListStore) -> ListStore:
    """A handle leads to an account whose e-mail leads to another one, whose address is the applicant's."""
    return hold(
        store,
        [
            account("social-2020", "7", handles=["mastodon:Quillmere_19"], emails=["vornskald@example.org"]),
            account("social-2020", "8", handles=["mastodon:somebody_else"]),
        ],
        [
            account(
                "forum-2019",
                "41",
                handles=["ironwarden"],
                emails=["Vornskald@example.org"],
                places=["12 Larch Row, Ambleford, AB1 2CD"],
            ),
            account("forum-2019", "42", handles=["unrelated"], emails=["nobody@example.net"]),
        ],
    )


def test_the_seed_cases_way_is_one_chain_with_its_records(store: ListStore) -> None:
    (chain,) = identity_chains(run(PERSON), seed(store))
    assert (chain.applicant_id, chain.list_id, chain.account_id) == ("A-17", "forum-2019", "41")
    assert [link.how for link in chain.links] == ["declared", "same_handle", "self_linked", "same_email"]
    assert [link.record for link in chain.links] == [
        "roster:A-17",
        "social-2020:row@7",
        "social-2020:row@7",
        "forum-2019:row@41",
    ]
    assert [link.how for link in chain.agreeing] == ["declared", "similar_place"]
    assert all(a.target == b.source for a, b in zip(chain.links, chain.links[1:], strict=False))
    assert chain.strength == "unconfirmed"
    said = chain.sentence()
    assert said.startswith(
        "Applicant A-17 gave the handle mastodon:quillmere_19, which is the same as that of account 7"
    )
    assert "names as its own the e-mail address vornskald@example.org" in said
    assert "12 Larch Row" in said
    assert "Anybody can set a link on a profile" in said


def test_the_seed_cases_way_is_one_path_in_the_picture_with_columns_apart(
    store: ListStore, tmp_path: Path
) -> None:
    import networkx as nx

    seed(store)
    screening = run(PERSON)
    graph = association_graph(screening, store, chains=identity_chains(screening, store))
    end = "account:forum-2019:41"
    identity: Any = nx.MultiDiGraph(
        [(s, t, k) for s, t, k, edge in graph.edges(keys=True, data=True) if edge["edge_class"] == IDENTITY]
    )
    paths = {
        tuple(graph.nodes[node]["label"] for node in path)
        for path in nx.all_simple_paths(identity, "applicant:A-17", end)
    }
    assert (
        "Applicant A-17",
        "quillmere_19",
        "Quillmere_19",
        "vornskald@example.org",
        "ironwarden",
    ) in paths
    assert ("Applicant A-17", "12 Larch Row, Ambleford, AB1 2CD", "ironwarden") in paths
    layout = lay_out(graph, most=24)
    columns = {box.title: box.x for box in layout.boxes}
    way = ["Applicant A-17", "quillmere_19", "Quillmere_19", "vornskald@example.org", "ironwarden"]
    assert [columns[title] for title in way] == sorted({columns[title] for title in way})
    assert [heading.text for heading in layout.headings][-2:] == [
        "Identifiers named by it",
        "Accounts linked to",
    ]
    assert graph_svg(graph) == graph_svg(graph)
    write_graph(graph, tmp_path / "graph.graphml")
    assert set(read_graph(tmp_path / "graph.graphml")) == set(graph)


def test_what_is_associated_stands_further_out_than_every_chain(tmp_path: Path) -> None:
    from tests.small_lists import LIST_ID, FakeStore, screening, seed_candidate, seed_shard

    from vetting.graph.chain_records import ChainLink, IdentityChain

    def link(source: str, target: str, how: str) -> ChainLink:
        return ChainLink(source=source, target=target, how=how, strength="unconfirmed", record="r", words=how)

    value = Identifier(kind="email", value="vornskald@example.org")
    ends = ("applicant:A-17", f"account:{LIST_ID}:97", "identifier:email:v", f"account:{LIST_ID}:41")
    chain = IdentityChain(
        applicant_id="A-17",
        list_id=LIST_ID,
        account_id="41",
        links=tuple(
            link(a, b, how)
            for a, b, how in zip(ends, ends[1:], ["settled", "self_linked", "same_email"], strict=False)
        ),
        identifiers={ends[2]: value},
    )
    store = FakeStore(seed_shard(tmp_path / "seed"))
    given = {"candidates": [evolve(seed_candidate())]}
    graph = association_graph(screening(), store, chains=[chain], **given)  # type: ignore[arg-type]
    assert graph.nodes[f"account:{LIST_ID}:97"]["step"] == 2
    assert graph.nodes[f"account:{LIST_ID}:41"]["step"] == 4
    assert graph.nodes[f"account:{LIST_ID}:41"]["candidate"]
    around = {node["step"] for _, node in graph.nodes(data=True) if node["third_party"]}
    assert around == {5}
    without = association_graph(screening(), store, **given)  # type: ignore[arg-type]
    assert {node["step"] for _, node in without.nodes(data=True) if node["third_party"]} == {3}


def test_a_candidate_alone_derives_nothing_and_a_settled_pair_does(store: ListStore) -> None:
    seed(store)
    person = Applicant(id="A-17", handles=["quillmere_19"])  # no platform: it may be anybody's
    assert derived_identifiers(run(person), store) == ()
    settled = {("A-17", "social-2020", "7"): True, ("A-17", "forum-2019", "42"): False}
    (derived,) = derived_identifiers(run(person), store, settled=settled)
    assert derived.identifier.value == "vornskald@example.org"
    assert [(link.how, link.strength) for link in derived.chain] == [
        ("settled", "confirmed"),
        ("self_linked", "unconfirmed"),
    ]
    (chain,) = identity_chains(run(person), store, settled=settled)
    assert chain.account_id == "41"


def test_an_account_of_a_leak_is_not_the_applicants_by_its_handle(store: ListStore) -> None:
    hold(
        store, [], [account("forum-2019", "41", handles=["mastodon:quillmere_19"], emails=["v@example.org"])]
    )
    assert derived_identifiers(run(PERSON), store) == ()


def test_a_chain_is_as_strong_as_its_weakest_link(store: ListStore) -> None:
    add(
        store,
        [account("social-2020", "7", handles=["mastodon:quillmere_19"], emails=["vornskald@example.org"])],
        id="social-2020",
        kind="open-source",
        grade="3E",
    )
    (derived,) = derived_identifiers(run(PERSON), store)
    assert derived.strength == "tentative"


def test_two_accounts_that_link_to_each_other_end(store: ListStore) -> None:
    one = "https://twitter.com/vornskald_77"
    other = Identifier(kind="handle", value="quillmere_19", platform="mastodon")
    hold(
        store,
        [
            account("social-2020", "7", handles=["mastodon:quillmere_19"], urls=[one]),
            account(
                "social-2020",
                "9",
                handles=[Identifier(kind="handle", value="vornskald_77", platform="twitter"), other],
                emails=["third@example.org"],
            ),
        ],
    )
    found = identity_chains(run(PERSON), store)
    assert {chain.account_id for chain in found} == {"9"}
    assert {item.identifier.value for item in found.derived} == {one, "vornskald_77", "third@example.org"}
    assert next(i for i in found.derived if "third" in i.identifier.value).chain[-2].how == "same_handle"


def test_a_longer_ring_of_links_ends_and_says_where(store: ListStore) -> None:
    names = ["quillmere_19", "brackwater_x", "thistlecombe7", "ravensholt99", "mossgarden_q"]
    hosts = ["mastodon", "twitter", "instagram", "tiktok", "reddit"]
    ring = [
        account(
            "social-2020",
            str(number),
            handles=[
                Identifier(kind="handle", value=names[number], platform=hosts[number]),
                Identifier(kind="handle", value=names[(number + 1) % 5], platform=hosts[(number + 1) % 5]),
            ],
        )
        for number in range(5)
    ]
    found = identity_chains(run(PERSON), hold(store, ring))
    assert len(found.derived) == MOST_STEPS
    assert any(f"{MOST_STEPS} links lead there already" in sentence for sentence in found.left_out)


def test_a_profile_with_ten_thousand_links_is_cut_and_says_so(store: ListStore) -> None:
    pages = [f"https://example.org/{number}" for number in range(10_000)]
    hold(store, [account("social-2020", "7", handles=["mastodon:quillmere_19"], urls=pages)])
    found = identity_chains(run(PERSON), store)
    assert len(found.derived) == MOST_LINKS
    assert any(
        "names 10,000 pages" in sentence and "9,950 are not" in sentence for sentence in found.left_out
    )


@pytest.mark.parametrize("sharing", [MOST_SHARING + 5, 1_200])
def test_a_page_that_many_share_is_a_hub_and_not_followed(store: ListStore, sharing: int) -> None:
    page = "https://example.net/join"
    forum = [
        account("forum-2019", str(n), handles=[f"someone_{n * 7919}"], urls=[page]) for n in range(sharing)
    ]
    hold(store, [account("social-2020", "7", handles=["mastodon:quillmere_19"], urls=[page])], forum)
    found = identity_chains(run(PERSON), store)
    assert not found
    assert [item.identifier.value for item in found.derived] == [page]
    assert any("hub on list forum-2019, and not followed" in sentence for sentence in found.left_out)
    graph = association_graph(run(PERSON), store, chains=found)
    assert any("hub on list forum-2019" in sentence for sentence in graph.graph["left_out"])


def test_a_settled_pair_of_a_withdrawn_list_is_said_and_not_followed(store: ListStore) -> None:
    seed(store)
    store.withdraw("forum-2019")
    settled = [("A-17", "forum-2019", "41"), ("A-17", "social-2020", "999")]
    found = identity_chains(run(PERSON), store, settled=settled)
    assert not found
    said = [sentence for sentence in found.left_out if "settled pair" in sentence]
    assert len(said) == 2


def test_a_list_withdrawn_after_the_search_leaves_a_correct_graph(store: ListStore) -> None:
    seed(store)
    screening = run(PERSON)
    chains = identity_chains(screening, store)
    store.withdraw("forum-2019")
    graph = association_graph(screening, store, chains=chains)
    assert graph.nodes["account:forum-2019:41"]["label"] == "Account 41"
    assert any("is not held any more" in sentence for sentence in graph.graph["left_out"])


def test_a_look_up_says_what_the_scorer_says_of_every_account(store: ListStore) -> None:
    forum = [
        account("forum-2019", "1", handles=["vornskald_77"], emails=["vornskald@example.org"]),
        account("forum-2019", "2", handles=["Vornskald77"], emails=["vornskald@example.net"]),
        account("forum-2019", "3", handles=["vornskalt_77"], urls=["example.org/vornskald/"]),
        account("forum-2019", "4", handles=["brackwater"], emails=["vornskald77@example.com"]),
        account(
            "forum-2019", "5", emails=["thicket@example.org"], urls=["https://www.example.org/vornskald"]
        ),
        account("forum-2019", "6", names=["Vorn Skald"], urls=["https://example.org/other"]),
    ]
    others = [account("forum-2019", str(n), handles=[f"thicket{n * 7907}"]) for n in range(100, 400)]
    forum += others  # so that parts of handles are not on every account
    hold(store, [], forum)
    shard = store.shard("forum-2019")
    engine = open_engine("duckdb")
    agreed = 0
    for kind, value in [
        ("handle", "vornskald_77"),
        ("handle", "brackwater"),
        ("email", "vornskald@example.org"),
        ("url", "http://example.org/vornskald?from=profile"),
    ]:
        item = Identifier(kind=kind, value=value)
        person = Applicant(id="derived", **{f"{kind}s": [item]})  # type: ignore[arg-type]
        told = {shard.row_of(one.account_id): assess(person, one).levels[kind] for one in forum}
        found = look_up_identifier(item, shard, engine=engine, region="GB")
        assert found is not None
        assert {one.row: "exact" if one.exact else "close" for one in found} == {
            row: level for row, level in told.items() if level in {"exact", "close"}
        }
        agreed += len(found)
    assert agreed == 8


def test_an_account_of_an_expired_list_is_not_looked_at_and_that_is_said(store: ListStore) -> None:
    add(
        store,
        [account("social-2020", "7", handles=["mastodon:quillmere_19"])],
        id="social-2020",
        expires="2020-01-01",
    )
    found = identity_chains(run(PERSON), store, settled=[("A-17", "social-2020", "7")])
    assert found.derived == ()
    assert any("its passport has expired" in sentence for sentence in found.left_out)


def test_applicants_of_whom_the_run_keeps_no_record_are_counted(store: ListStore) -> None:
    screening = evolve(run(PERSON), coverage=Coverage(applicants=30))
    assert any(
        "the other 29 gave" in sentence for sentence in identity_chains(screening, seed(store)).left_out
    )
