"""The documents keep their promises: the README's two lines, links, and reference tables that are complete."""

from __future__ import annotations

import argparse
import re
from pathlib import Path

import pytest
from attrs import evolve, fields

import vetting
from vetting.cli.parser import parser as _parser
from vetting.evidence.scoring import EVIDENCE_RULES
from vetting.evidence.screening_result import Coverage, ListCoverage
from vetting.graph.kinds import ASSOCIATION_KINDS, IDENTITY_KINDS, INNOCENT_BY_ATTRIBUTE, EdgeKind
from vetting.readers.mappings import FIELDS
from vetting.records.passport_rules import OPTIONAL_KEYS, PASSPORT_KEYS
from vetting.reports.files import write_screening

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
DOCS = ROOT / "docs"
GENERATED = DOCS / "reference" / "api"  # made by docs/conf.py, whose build fails on a broken link
PAGES = [
    README,
    ROOT / "CHANGELOG.md",
    *(
        page
        for page in sorted(DOCS.rglob("*.md"))
        if GENERATED not in page.parents and "_build" not in page.parts
    ),
]

_FENCE = re.compile(r"^```[^\n]*\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")


def _prose(page: Path) -> str:
    return _FENCE.sub("", page.read_text(encoding="utf-8"))


def _first_cells(page: str) -> set[str]:
    """Names in the first column of the page's tables."""
    rows = (DOCS / page).read_text(encoding="utf-8").splitlines()
    return {
        name for row in rows if row.startswith("| `") for name in re.findall(r"`([^`]+)`", row.split("|")[1])
    }


def _anchor(heading: str) -> str:
    words = re.sub(r"[^\w\- ]", "", heading.replace("`", "").lower())
    return words.strip().replace(" ", "-")


def test_the_first_block_of_the_readme_is_a_demonstration_and_a_test_run() -> None:
    block = _FENCE.search(README.read_text(encoding="utf-8"))
    assert block
    assert block[0].startswith("```sh\n")
    lines = block[1].splitlines()
    assert len(lines) == 2
    for line in lines:
        made, installed, ran = line.split(" && ")
        assert made == "python3 -m venv .venv"
        assert re.fullmatch(r'\.venv/bin/pip install -q -e (\.|"\.\[test\]")', installed)
        assert ran.startswith(".venv/bin/")
    assert lines[0].endswith("vetting demo")
    assert lines[1].endswith("python -m pytest")
    assert "[" not in lines[0]  # the demonstration needs no extra


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_relative_link_leads_somewhere(page: Path) -> None:
    broken = []
    for link in _LINK.findall(_prose(page)):
        if "://" in link:
            continue
        target, _, anchor = link.partition("#")
        path = (page.parent / target).resolve() if target else page
        if GENERATED in path.parents:
            continue
        if not path.exists():
            broken.append(link)
        elif anchor:
            headings = re.findall(r"^#+ (.+)$", _prose(path), re.MULTILINE)
            if anchor not in map(_anchor, headings):
                broken.append(link)
    assert broken == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_no_page_leaves_something_to_be_written(page: Path) -> None:
    assert not re.search(r"\b(TODO|TBD|FIXME|XXX|lorem ipsum|coming soon)\b", _prose(page), re.IGNORECASE)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_no_page_uses_a_word_that_passes_judgement(page: Path) -> None:
    banned = r"\b(hits?|suspects?|risk scores?|cleared|match confirmed|members? of|an extremist|extremists)\b"
    assert re.findall(banned, page.read_text(encoding="utf-8"), re.IGNORECASE) == []


def test_the_changelog_has_this_version_and_a_place_for_the_next() -> None:
    headings = re.findall(r"^## (.+)$", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert headings[0] == "[Unreleased]"
    assert re.fullmatch(rf"\[{re.escape(vetting.__version__)}\] - \d{{4}}-\d\d-\d\d", headings[1])


def test_every_page_is_reached_from_the_index() -> None:
    listed = set()
    for index in (DOCS / "index.md", DOCS / "reference" / "index.md"):
        for entry in re.findall(r"^([\w./-]+)$", index.read_text(encoding="utf-8"), re.MULTILINE):
            listed.add((index.parent / entry).with_suffix(".md"))
    listed |= set((DOCS / "decisions").glob("0*.md")) | {DOCS / "index.md"}
    assert [page for page in PAGES if DOCS in page.parents and page not in listed] == []


def test_the_glossary_has_every_public_class() -> None:
    text = (DOCS / "glossary.md").read_text(encoding="utf-8")
    terms = set(re.findall(r"^`(\w+)`$", text, re.MULTILINE))
    classes = {name for name in vetting.__all__ if isinstance(getattr(vetting, name), type)}
    assert terms == classes


def test_the_reference_shows_every_public_name() -> None:
    shown = re.findall(
        r"auto(?:class|function):: vetting\.(\w+)", (DOCS / "reference" / "python.md").read_text()
    )
    assert sorted(shown) == sorted(vetting.__all__)


def test_the_reference_has_every_command_and_option() -> None:
    (commands,) = [a for a in _parser()._actions if isinstance(a, argparse._SubParsersAction)]
    text = (DOCS / "reference" / "command-line.md").read_text(encoding="utf-8")
    assert _first_cells("reference/command-line.md") == set(commands.choices)
    options = {
        option
        for parser in commands.choices.values()
        for action in parser._actions
        for option in action.option_strings
        if option.startswith("--") and option != "--help"
    }
    assert set(re.findall(r"--[a-z][a-z-]+", text)) == options
    readme = README.read_text(encoding="utf-8")
    assert [name for name in commands.choices if f"| `vetting {name} " not in readme] == []


def test_the_reference_has_every_key_of_a_passport() -> None:
    text = (DOCS / "reference" / "passport.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(\w+)` \| (yes|no|for leaks) \|", text, re.MULTILINE)
    assert [key for key, _ in rows] == list(PASSPORT_KEYS)
    assert {key for key, needed in rows if needed != "yes"} == set(OPTIONAL_KEYS)


def test_the_reference_has_every_key_of_a_policy_with_its_default() -> None:
    text = (DOCS / "reference" / "policy.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r'^\| `(\w+)` \| "?([^"|]*?)"? \|', text, re.MULTILINE))
    policy = vetting.SurfacingPolicy()
    assert list(rows) == [attribute.name for attribute in fields(vetting.SurfacingPolicy)]
    for name, written in rows.items():
        assert written == str(getattr(policy, name)).replace("False", "false")


def test_the_reference_has_every_field_of_the_result_files(tmp_path: Path) -> None:
    import json

    evidence = vetting.Evidence(kind="email", level="exact", bits=20.0, counted=True, group="email")
    candidate = vetting.Candidate(
        applicant_id="A-1",
        list_id="forum",
        account_id="1",
        evidence=(evidence,),
        probability=0.5,
        surfaced=True,
        expected_coincidences=0.1,
    )
    one = ListCoverage(list_id="forum", title="Forum", sha256="0" * 64, accounts=1)
    screening = vetting.Screening(
        candidates=(candidate,),
        coverage=Coverage(applicants=1, lists=(one,)),
        policy=vetting.SurfacingPolicy(),
    )
    write_screening(evolve(screening), tmp_path)
    line = json.loads((tmp_path / "candidates.jsonl").read_text(encoding="utf-8"))
    coverage = json.loads((tmp_path / "coverage.json").read_text(encoding="utf-8"))
    files = {"candidates.jsonl", "coverage.json", "screening.html"}
    written = {*line, *line["evidence"][0], *coverage, *coverage["lists"][0]}
    assert _first_cells("reference/result-files.md") - files == written


def test_the_reference_has_every_field_of_a_mapping() -> None:
    text = (DOCS / "reference" / "rosters-and-mappings.md").read_text(encoding="utf-8")
    (written,) = re.findall(r"^Fields: (.*?)\n\n", text, re.MULTILINE | re.DOTALL)
    assert re.findall(r"`(\w+)`", written) == list(FIELDS)


def _kind_section(kind: EdgeKind) -> str:
    """What docs/reference/edge-kinds.md says of one kind; whoever changes the catalogue pastes this there."""
    return "\n".join(
        [
            f"### `{kind.name}`",
            "",
            f"{kind.group}. From its start it reads *{kind.outward}*, from its end *{kind.inward}*.",
            "",
            f"{kind.means} {kind.does_not_mean}",
            "",
            "What else would explain it:",
            "",
            *(f"- {words}" for words in kind.innocent),
            "",
        ]
    )


def test_the_reference_has_every_kind_of_edge_as_the_catalogue_has_it() -> None:
    text = (DOCS / "reference" / "edge-kinds.md").read_text(encoding="utf-8")
    kinds = [*IDENTITY_KINDS.values(), *ASSOCIATION_KINDS.values()]
    assert [kind.name for kind in kinds if _kind_section(kind).rstrip() + "\n" not in text] == []
    assert re.findall(r"^### `(\w+)`$", text, re.MULTILINE) == [kind.name for kind in kinds]
    rows = dict(re.findall(r"^\| `(\w+)` \| (.*) \|$", text, re.MULTILINE))
    assert rows == {name: " ".join(words) for name, words in INNOCENT_BY_ATTRIBUTE.items()}
    assert set(INNOCENT_BY_ATTRIBUTE) == set(EVIDENCE_RULES)


def test_the_explanation_has_the_numbers_of_the_code() -> None:
    """Whoever changes one of these corrects docs/explanation/how-the-bits-are-computed.md."""
    from vetting.compare.tokens import SPELLING, VARIANT
    from vetting.evidence import bits, characters, rarity

    assert rarity.TEMPER == 0.75  # "shortened to three quarters"
    assert (rarity._FLOOR, rarity._MAILBOX_FLOOR) == (2.0**-40, 2.0**-30)
    assert rarity._MANY_SHARERS == 10.0
    assert rarity._PHONE_NUMBERS == 1e8  # "one in a hundred million"
    assert bits.LIKENESS_LOSS[[VARIANT, SPELLING]].tolist() == [2.0, 3.3]
    assert (bits.INITIAL_BITS, bits.LATER_WORDS) == (3.6, 0.8)
    assert len(characters.ALPHABET) - 1 == 37  # "about 37 n neighbours"


def test_the_architecture_page_shows_the_whole_shard_and_every_room() -> None:
    from vetting.store import layout

    text = (DOCS / "architecture.md").read_text(encoding="utf-8")
    files = [getattr(layout, name) for name in layout.__all__ if name.endswith("_FILE")]
    assert [file for file in files if file not in text and file.split("/")[0] + "/" not in text] == []
    source = ROOT / "src" / "vetting"
    rooms = {
        path.stem for path in source.iterdir() if (path / "__init__.py").exists() or path.suffix == ".py"
    }
    assert _first_cells("architecture.md") == {room for room in rooms if not room.startswith("__")}
