import json
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, settings
from tests.small_lists import FakeStore, evidence, screening, seed_candidate, seed_shard, weak_candidate
from tests.strategies import hostile_values

from vetting.errors import InputError
from vetting.graph.association import association_graph
from vetting.graph.export import GRAPH_SUFFIXES, read_graph
from vetting.reports.files import read_screening, write_screening
from vetting.reports.graph_page import write_graph_file


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Any:
    return FakeStore(seed_shard(tmp_path_factory.mktemp("lists") / "seed"))


def test_files_read_back(tmp_path: Path, store: Any) -> None:
    run = screening()
    write_screening(run, tmp_path / "out", store=store)
    again = read_screening(tmp_path / "out")
    assert again.candidates == run.candidates
    assert json.dumps(again.coverage.as_dict()) == json.dumps(run.coverage.as_dict())
    assert (again.policy, again.unsurfaced) == (run.policy, run.unsurfaced)


def test_the_same_run_twice_gives_the_same_bytes(tmp_path: Path, store: Any) -> None:
    write_screening(screening(), tmp_path, store=store)
    first = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    write_screening(screening(), tmp_path, store=store)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == first
    assert set(first) == {"candidates.jsonl", "coverage.json", "screened.json", "screening.html"}


def test_candidates_are_ordered_by_evidence_and_unsurfaced_ones_only_on_request(tmp_path: Path) -> None:
    hidden = evolve(weak_candidate(), surfaced=False, applicant_id="A-9")
    run = screening(weak_candidate(), hidden, seed_candidate())
    write_screening(run, tmp_path)
    lines = [json.loads(line) for line in (tmp_path / "candidates.jsonl").read_text().splitlines()]
    assert [line["applicant_id"] for line in lines] == ["A-17", "A-203"]
    assert "A-9" not in (tmp_path / "screening.html").read_text().replace("<b>A-9</b>: handle", "")
    write_screening(run, tmp_path, include_unsurfaced=True)
    lines = [json.loads(line) for line in (tmp_path / "candidates.jsonl").read_text().splitlines()]
    assert [line["applicant_id"] for line in lines] == ["A-17", "A-203", "A-9"]


def test_the_json_contract(tmp_path: Path) -> None:
    write_screening(screening(), tmp_path)
    (first, *_) = (tmp_path / "candidates.jsonl").read_text().splitlines()
    line = json.loads(first)
    assert {
        "applicant_id",
        "list_id",
        "account_id",
        "surfaced",
        "bits",
        "expected_coincidences",
        "probability",
        "likelihood",
        "evidence",
    } <= set(line)
    for item in line["evidence"]:
        assert {
            "kind",
            "level",
            "applicant_value",
            "listed_value",
            "bits",
            "rule",
            "group",
            "counted",
        } <= set(item)
    assert line["bits"] == pytest.approx(sum(item["bits"] for item in line["evidence"] if item["counted"]))


@settings(max_examples=60, deadline=None)
@given(hostile_values())
def test_one_object_a_line_whatever_the_values_hold(
    tmp_path_factory: pytest.TempPathFactory, text: Any
) -> None:
    folder = tmp_path_factory.mktemp("out")
    item = evidence("handle", "exact", 9.0, applicant_value=text, listed_value=text)
    run = screening(evolve(seed_candidate(), evidence=(item,)), weak_candidate())
    write_screening(run, folder)
    raw = (folder / "candidates.jsonl").read_bytes().decode("utf-8")
    assert len(raw.splitlines()) == 2
    assert set(read_screening(folder).candidates) == set(run.candidates)


@pytest.mark.parametrize(
    ("name", "content", "place"),
    [
        ("candidates.jsonl", "{}\n", "line 1"),
        ("candidates.jsonl", "not json\n", "line 1"),
        ("coverage.json", '{"unknown": 1}', ""),
        ("coverage.json", "[]", ""),
        ("coverage.json", None, ""),
    ],
)
def test_changed_files_are_named(tmp_path: Path, name: Any, content: Any, place: Any) -> None:
    write_screening(screening(), tmp_path)
    if content is None:
        (tmp_path / name).unlink()
    else:
        (tmp_path / name).write_text(content)
    with pytest.raises(InputError) as caught:
        read_screening(tmp_path)
    assert name in str(caught.value)
    assert place in str(caught.value)


def test_a_folder_that_cannot_be_is_an_input_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError, match="cannot be written"):
        write_screening(screening(), tmp_path / "file")


@pytest.mark.parametrize("suffix", [".html", *GRAPH_SUFFIXES])
def test_a_graph_in_every_format(tmp_path: Path, store: Any, suffix: Any) -> None:
    graph = association_graph(screening(), store)
    written = write_graph_file(graph, tmp_path / f"g{suffix}", title="Candidate 1")
    assert sorted(tmp_path.iterdir()) == sorted(written)
    assert all(path.stat().st_size > 1000 for path in written)
    if suffix not in {".html", ".svg"}:
        assert set(read_graph(tmp_path / f"g{suffix}")) == set(graph)


def test_an_unknown_format_names_all(tmp_path: Path, store: Any) -> None:
    with pytest.raises(InputError, match=r"\.html, \.png, \.graphml"):
        write_graph_file(association_graph(screening(), store), tmp_path / "g.pdf")
