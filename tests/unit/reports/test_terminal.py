import io
from typing import Any

import pytest
from attrs import evolve
from rich.console import Console
from tests.small_lists import screening, seed_candidate, weak_candidate

from vetting.reports.terminal import queue_table


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
