"""Headless Chromium shows what a notebook shows: images that open, whole, and nothing beside them."""

from __future__ import annotations

import re
from base64 import b64decode
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from tests.integration.test_page_in_browser import HOSTILE, Browser, browser, title_of
from tests.small_lists import FakeStore, evidence, screening, seed_candidate, seed_shard

from vetting.graph.association import association_graph

pytestmark = pytest.mark.browser

__all__ = ["browser"]  # the fixture: one Chromium for this module

ODD = (
    *HOSTILE,
    "\x1b[31m\x00\r\n\ufffe",
    "\ud800",
    "W" * 400,
    "two  spaces   and three",
    "花子" * 60,
    "🎉👩\u200d👧" * 30,
    "مريم الهاشمي 12 " * 12,
    "﷽" * 6,
    "e" + "\u0301" * 60,
)

# A notebook's output cell is some 900 pixels wide; the script says whether each image opened, and how wide it is.
CELL = (
    '<!DOCTYPE html><meta charset="utf-8"><title>waiting</title><body style="margin:0;width:900px">{}'
    "<script>onload = () => {{ const all = [...document.querySelectorAll('body > :not(script)')];"
    "document.title = all.map(e => e.tagName + ' ' + (e.naturalWidth || 0) + ' ' + e.offsetWidth).join(', ') }}"
    "</script>"
)
# The same picture in a page of ours, where its texts can be measured: each inside its picture, none on another's.
MEASURED = (
    '<!DOCTYPE html><meta charset="utf-8"><title>waiting</title><body style="margin:0">{}'
    "<script>onload = () => {{ const svg = document.querySelector('svg');"
    "const boxes = [...svg.querySelectorAll('text')].filter(t => t.textContent.trim()).map(t => t.getBBox());"
    "const out = boxes.filter(b => b.x < 0 || b.x + b.width > svg.width.baseVal.value"
    " || b.y + b.height > svg.height.baseVal.value).length;"
    "const on = boxes.filter((a, i) => boxes.some((b, j) => i < j"
    " && Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x) > 2"
    " && Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y) > 6)).length;"
    "document.title = boxes.length + ' texts, ' + out + ' outside, ' + on + ' on others' }}</script>"
)


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append(tag)


def odd(number: int, text: str) -> Any:
    item = evidence(
        "handle", "exact", 9.0, applicant_value=text, listed_value=text, note=text, rule=text, record=text
    )
    return evolve(
        seed_candidate(),
        applicant_id=f"A-{number}",
        account_id=text,
        surfaced_because=text,
        evidence=(item,),
        innocent_explanations=(text,),
        record=text,
    )


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    store = FakeStore(seed_shard(tmp_path_factory.mktemp("lists") / "seed"))
    run = screening(seed_candidate(), *(odd(number, text) for number, text in enumerate(ODD)))
    together = "".join(candidate._repr_html_() for candidate in run.candidates)
    return {
        "candidates": together,
        "run": run._repr_html_(),
        "graph": association_graph(run, store)._repr_html_() or "",
    }


@pytest.mark.parametrize("name", ["candidates", "run", "graph"])
def test_every_image_opens_and_nothing_else_reaches_the_page(
    browser: Browser, shown: dict[str, str], name: str, tmp_path: Path
) -> None:
    tags = Tags()
    tags.feed(shown[name])
    assert set(tags.found) <= {"img", "br"}
    (tmp_path / "cell.html").write_text(CELL.format(shown[name]), encoding="utf-8")
    dom, log = browser.run("--enable-logging=stderr", "--dump-dom", f"file://{tmp_path / 'cell.html'}")
    seen = [part.split() for part in title_of(dom).split(", ")]
    images = [part for part in seen if part[0] == "IMG"]
    assert len(seen) == len(tags.found)
    assert len(images) == tags.found.count("img")
    assert all(int(natural) > 300 and 300 < int(wide) <= 900 for _, natural, wide in images)
    assert "CONSOLE" not in log


def test_an_image_that_is_no_picture_would_be_noticed(browser: Browser, tmp_path: Path) -> None:
    broken = '<img src="data:image/svg+xml,<svg xmlns=%22http://www.w3.org/2000/svg%22><text></svg>">'
    (tmp_path / "cell.html").write_text(CELL.format(broken), encoding="utf-8")
    dom, _ = browser.run("--dump-dom", f"file://{tmp_path / 'cell.html'}")
    assert title_of(dom).startswith("IMG 0 ")


@pytest.mark.parametrize("number", range(-1, len(ODD)))
def test_every_text_is_inside_its_card_and_on_no_other(browser: Browser, number: int, tmp_path: Path) -> None:
    candidate = seed_candidate() if number < 0 else odd(number, ODD[number])
    (data,) = re.findall(r"base64,([^\"]*)\"", candidate._repr_html_())
    picture = b64decode(data).decode("utf-8")
    (tmp_path / "card.html").write_text(MEASURED.format(picture), encoding="utf-8")
    dom, _ = browser.run("--dump-dom", f"file://{tmp_path / 'card.html'}")
    found = re.fullmatch(r"(\d+) texts, (\d+) outside, (\d+) on others", title_of(dom))
    assert found
    assert int(found[1]) > 15
    assert (found[2], found[3]) == ("0", "0")
