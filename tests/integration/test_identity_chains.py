"""An identity chain from files to the picture: ingested lists, a real run, the graph and its exports."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import Any

import pytest
from tests.holdings import passport

from vetting.graph.association import association_graph
from vetting.graph.chains import IdentityChains, identity_chains
from vetting.graph.export import read_graph, write_graph
from vetting.graph.layout import DETOUR, lay_out
from vetting.graph.paths import explained_paths
from vetting.graph.picture import graph_svg
from vetting.graph.picture_lines import lowest_between, way_round
from vetting.ingestion import ListStore
from vetting.readers.roster import read_roster
from vetting.screening import screen

SOCIAL = ["id,handle,email,url", "7,mastodon:Quillmere_19,vornskald@example.org,https://example.net/join"]
FORUM = ["id,handle,email,address,postcode", "41,ironwarden,Vornskald@example.org,12 Larch Row,AB1 2CD"]
ROSTER = ["id,name,handle,address,postcode", "A-17,Sam Example,mastodon:quillmere_19,12 Larch Row,AB1 2CD"]


def ingest(store: ListStore, path: Path, lines: list[str], **about: Any) -> None:
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    store.ingest(path, passport(sha256=hashlib.sha256(path.read_bytes()).hexdigest(), **about))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Any, ListStore, IdentityChains]:
    folder = tmp_path_factory.mktemp("chains")
    store = ListStore.open(folder / "lists")
    others = [f"{n},mastodon:marrow{n * 7919},oak{n * 104_729}@example.com," for n in range(100, 3_000)]
    ingest(store, folder / "social.csv", SOCIAL + others, id="social-2020", kind="open-source")
    others = [
        f"{n},thicket{n * 7907},ash{n * 104_723}@example.com,{n} Fell Row,ZZ1 1ZZ" for n in range(100, 3_000)
    ]
    ingest(store, folder / "forum.csv", FORUM + others, id="forum-2019")
    (folder / "roster.csv").write_text("\n".join(ROSTER) + "\n", encoding="utf-8")
    screening = screen(read_roster(folder / "roster.csv"), store)
    return screening, store, identity_chains(screening, store)


def test_the_way_from_handle_to_email_to_address_is_found_where_the_run_itself_did_not_surface_it(
    made: Any,
) -> None:
    screening, _, chains = made
    assert ("forum-2019", "41") not in {(one.list_id, one.account_id) for one in screening.surfaced}
    (chain,) = chains
    assert (chain.list_id, chain.account_id) == ("forum-2019", "41")
    assert [link.how for link in chain.links] == ["declared", "same_handle", "self_linked", "same_email"]
    assert [link.how for link in chain.agreeing] == ["declared", "similar_place"]
    assert {item.identifier.value for item in chains.derived} == {
        "vornskald@example.org",
        "https://example.net/join",
    }


def test_the_chain_is_one_explained_path_in_the_graph(made: Any) -> None:
    screening, store, chains = made
    graph = association_graph(screening, store, chains=chains)
    routes = explained_paths(graph, "applicant:A-17", "account:forum-2019:41")
    kinds = {tuple(step.kind for step in route.identity.steps) for route in routes}
    assert ("declared", "same_handle", "self_linked", "same_email") in kinds
    assert ("declared", "similar_place") in kinds
    assert all(route.association is None for route in routes)


def test_picture_and_exports_hold_the_chain_and_are_the_same_each_time(made: Any, tmp_path: Path) -> None:
    screening, store, chains = made
    graph = association_graph(screening, store, chains=chains)
    again = association_graph(screening, store, chains=identity_chains(screening, store))
    assert graph_svg(graph) == graph_svg(again)
    drawn = re.sub(r"<title>.*?</title>", "", graph_svg(graph), flags=re.DOTALL)
    for label in ("Applicant A-17", "Quillmere_19", "vornskald@example.org", "ironwarden"):
        assert label in drawn
    write_graph(graph, tmp_path / "graph.graphml")
    back = read_graph(tmp_path / "graph.graphml")
    assert {edge["kind"] for *_, edge in back.edges(data=True)} >= {"self_linked", "same_email", "declared"}


def test_a_line_past_a_column_goes_below_its_boxes(made: Any) -> None:
    screening, store, chains = made
    graph = association_graph(screening, store, chains=chains)
    layout = lay_out(graph, most=24)
    boxes = {box.name: box for box in layout.boxes}
    place, end = boxes["identifier:place:1"], boxes["account:forum-2019:41"]
    below = lowest_between(place, end, layout.boxes)
    assert 0 < below < layout.height
    assert way_round(place, end, below + DETOUR // 2) in graph_svg(graph)
    assert below + DETOUR // 2 < layout.height
