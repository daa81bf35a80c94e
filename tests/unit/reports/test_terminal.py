import io
from typing import Any

import pytest
from attrs import evolve
from rich.cells import cell_len
from rich.console import Console
from tests.small_lists import evidence, screening, seed_candidate, weak_candidate

from vetting.normalise.folding import few_marks
from vetting.normalise.text import visible_text
from vetting.reports.terminal import print_candidate, queue_table


def printed(table: Any, width: Any) -> Any:
    out = io.StringIO()
    Console(file=out, width=width, color_system=None).print(table)
    return out.getvalue()


def test_values_are_folded_and_never_cut() -> None:
    long = "A-" + "7" * 60
    text = printed(queue_table(screening(evolve(seed_candidate(), applicant_id=long))), 70)
    assert text.count("7") >= 60
    assert "…" not in text


def test_markup_and_control_characters_do_nothing() -> None:
    odd = evolve(seed_candidate(), account_id="[bold]41[/bold]\x1b[2J")
    text = printed(queue_table(screening(odd)), 200)
    assert "[bold]41[/bold]<U+001B>[2J" in text


def test_each_candidate_has_its_number() -> None:
    text = printed(queue_table(screening(seed_candidate(), weak_candidate())), 160)
    assert text.index("A-17") < text.index("A-203")
    assert "1 in 2,500 runs" in text
    assert "+24.0" in text


@pytest.mark.parametrize("width", [40, 60, 80, 120])
def test_no_letter_is_lost_at_any_width(width: int) -> None:
    text = printed(queue_table(screening(seed_candidate())), width)
    assert all(len(line) <= width for line in text.splitlines())
    letters = sorted("astrongidentifieragrees:thee-mailaddress41onthornwood-2019highlylikely")
    found = list(text.replace(" ", "").replace("\n", ""))
    for letter in letters:
        found.remove(letter)


HOSTILE = (
    "[red]x[/red] <img src=x>",
    "a\x1b[2Jb\x9b31m\r\n",
    "\u202egnp.exe",
    "花子" * 40,
    "🎉👩\u200d👧" * 20,
    "x" * 400,
    "שלום 12",
    "e" + "\u0301" * 30,
    "\ud800",
)


def in_full(candidate: Any, width: int) -> str:
    out = io.StringIO()
    print_candidate(candidate, number=3, console=Console(file=out, width=width, color_system=None))
    return out.getvalue()


@pytest.mark.parametrize("width", [40, 80, 200])
@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
def test_a_value_is_whole_and_harmless_at_every_width(width: int, text: str) -> None:
    shown = few_marks(visible_text(text))
    item = evidence("handle", "exact", 9.0, applicant_value=text, listed_value=None, note=text, record=text)
    odd = evolve(seed_candidate(), applicant_id=text, evidence=(item,), record=text)
    for printed_text in (in_full(odd, width), printed(queue_table(screening(odd), width=width), width)):
        assert all(cell_len(line) <= width for line in printed_text.splitlines())
        assert all(line.isprintable() for line in printed_text.split("\n"))
        for letter in set(shown.replace(" ", "")):
            assert printed_text.count(letter) >= shown.count(letter), letter


@pytest.mark.parametrize("width", [40, 80])
def test_a_narrow_terminal_has_values_in_one_piece(width: int) -> None:
    lines = in_full(seed_candidate(), width).splitlines()
    assert "List      Quillmere@example.org" in [line.rstrip() for line in lines]


@pytest.mark.parametrize("width", [40, 80, 200])
def test_a_candidate_in_full_has_everything(width: int) -> None:
    candidate = seed_candidate()
    text = "".join(in_full(candidate, width).split())
    for wanted in (
        "Candidate3:applicantA-17",
        "Highlylikely",
        "About1in2,500runs",
        "+17.4bits",
        "alreadycounted",
        "-4.6bits",
        "thelisthasnone",
        "(none)",
        "Inall+24.0bits",
        "Whattochecknext",
        "onlyapersonturnsacandidateintoafinding",
    ):
        assert wanted in text
    assert all("".join(sentence.split()) in text for sentence in candidate.innocent_explanations)
    assert text.index("For") < text.index("Against") < text.index("Notcompared")


def test_a_part_without_evidence_says_so() -> None:
    text = in_full(evolve(seed_candidate(), evidence=()), 100)
    assert "Against: Nothing that was compared speaks against it." in text
