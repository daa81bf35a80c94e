"""Headless Chromium opens dossiers: what they run and ask for, how the keyboard walks, how wide they are, how they print."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from playwright.sync_api import Page, sync_playwright
from tests.requirements import missing_part
from tests.small_lists import (
    FakeStore,
    evidence,
    relation,
    screening,
    seed_candidate,
    seed_shard,
    write_shard,
)

from vetting.evidence.standing import standing
from vetting.graph.association import association_graph
from vetting.reports.dossier import Dossier, dossier_html
from vetting.reports.graph_page import write_graph_file

pytestmark = pytest.mark.browser

HOSTILE = (
    "<img src=x onerror=\"document.title='run'\">",
    "</style></script><script>document.title='run'</script>",
    "</title><svg onload=\"document.title='run'\">",
    "'); document.title='run'; ('",
    "<!--<script>",
)
SEED = "seed.html", "seed-2-hops.html", "without.html", "explore.html", "explore-2-hops.html"
PAGES = *SEED, "hostile.html", "hostile-explore.html"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dossiers")
    store = FakeStore(seed_shard(folder / "list"))
    pages = {
        "seed.html": dossier_html(screening(), store, 1),
        "seed-2-hops.html": dossier_html(screening(), store, 1, hops=2),
        "explore.html": dossier_html(screening(), store, 1, explore=True),
        "explore-2-hops.html": dossier_html(screening(), store, 1, hops=2, explore=True),
        "without.html": Dossier(screening=screening(), store=store, number=1, without={1}).html(),
    }
    # A list whose people, topics and conversations have hostile names, and evidence that repeats them.
    accounts = {"41": [("handle", HOSTILE[0])]} | {
        str(n): [("handle", text)] for n, text in enumerate(HOSTILE, start=100)
    }
    relations = [
        relation("posted_in", "41", f"topic:{text}", place=text, record=text) for text in HOSTILE
    ] + [relation("follows", "41", str(n)) for n, _ in enumerate(HOSTILE, start=100)]
    hostile = FakeStore(write_shard(folder / "hostile", accounts, relations))
    item = evidence(
        "handle", "exact", 9.0, applicant_value=HOSTILE[1], listed_value=HOSTILE[0], note=HOSTILE[2]
    )
    odd = evolve(
        seed_candidate(),
        evidence=(item,),
        surfaced_because=HOSTILE[3],
        innocent_explanations=HOSTILE,
        record=HOSTILE[4],
    )
    pages["hostile.html"] = dossier_html(screening(odd), hostile, 1)
    pages["hostile-explore.html"] = dossier_html(screening(odd), hostile, 1, explore=True)
    for name, html in pages.items():
        (folder / name).write_text(html, encoding="utf-8")
    write_graph_file(
        association_graph(screening(), store, candidates=[seed_candidate()]), folder / "seed.svg"
    )
    return folder


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    program = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if program is None:
        missing_part("no Chromium found: install Debian's chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


class Opened:
    """A page, with what it said on the console and what it asked for."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.said: list[str] = []
        self.asked: list[str] = []
        page.on("console", lambda message: self.said.append(message.text))
        page.on("pageerror", lambda error: self.said.append(str(error)))
        page.on("request", lambda request: self.asked.append(request.url))
        page.goto(address)
        page.wait_for_timeout(200)  # whatever a script would do by itself, it has done

    def focused(self) -> tuple[str, str]:
        """Tag and name of what has the keyboard."""
        tag, name = self.page.evaluate(
            "() => { const e = document.activeElement;"
            "return e === null ? ['BODY', ''] : [e.tagName, e.getAttribute('aria-label') || e.id || e.textContent] }"
        )
        return tag, name

    def walk(self) -> list[tuple[str, str]]:
        """Press Tab until it leaves the page."""
        found: list[tuple[str, str]] = []
        while True:
            self.page.keyboard.press("Tab")
            here = self.focused()
            if here[0] in {"BODY", "HTML"} or len(found) > 500:
                return found
            found.append(here)


@pytest.fixture
def opened(chromium: Any, folder: Path) -> Iterator[Any]:
    pages = []

    def open_page(name: str, width: int = 1400) -> Opened:
        pages.append(chromium.new_page(viewport={"width": width, "height": 900}))
        return Opened(pages[-1], (folder / name).as_uri())

    yield open_page
    for page in pages:
        page.close()


@pytest.mark.parametrize("name", PAGES)
def test_it_says_nothing_on_the_console_and_asks_for_nothing(opened: Any, folder: Path, name: Any) -> None:
    there = opened(name)
    assert there.said == []
    assert there.asked == [(folder / name).as_uri()]


@pytest.mark.parametrize("name", PAGES)
def test_no_script_comes_from_data(opened: Any, folder: Path, name: Any) -> None:
    there = opened(name)
    assert there.page.title() == "Dossier: Applicant A-17 and account 41"
    scripts = there.page.evaluate("[...document.scripts].map(s => s.type)")
    assert scripts == (["application/json", "", ""] if "explore" in name else [])
    assert there.page.locator("img, iframe, object, embed").count() == 0
    written = (folder / name).read_text(encoding="utf-8")
    for tag in ("section", "article", "svg"):
        assert there.page.locator(tag).count() == len(re.findall(rf"<{tag}[ >]", written)), tag


def test_a_script_from_data_would_be_refused_all_the_same(
    chromium: Any, folder: Path, tmp_path: Path
) -> None:
    html = (folder / "explore.html").read_text(encoding="utf-8")
    slipped = "<script>document.title='run'</script><img src=x onerror=\"document.title='run'\">"
    (tmp_path / "slipped.html").write_text(html.replace("<main>", f"<main>{slipped}"), encoding="utf-8")
    page = chromium.new_page()
    there = Opened(page, (tmp_path / "slipped.html").as_uri())
    assert page.title() != "run"
    assert any("Content Security Policy" in line for line in there.said)
    assert page.locator("#explore-graph").get_attribute("data-nodes") is not None, "ours runs beside it"
    page.close()


def test_hostile_labels_are_text(opened: Any) -> None:
    page = opened("hostile-explore.html").page
    text = page.evaluate("document.body.textContent")
    for label in HOSTILE:
        assert label in text
    assert int(page.locator("#explore-graph").get_attribute("data-nodes")) > len(HOSTILE)


def test_the_keyboard_walks_the_picture_from_the_applicant_on(opened: Any) -> None:
    walked = opened("seed.html").walk()
    names = [name for tag, name in walked if tag == "g"]
    assert names[0].startswith("Applicant A-17.")
    assert [name.partition(".")[0] for name in names[1:4]] == [
        "Shared identifier",
        "Shared identifier",
        "Listed account",
    ]
    assert names[4].startswith(("Conversation", "Account"))
    tags = [tag for tag, _ in walked]
    # What is at the top comes first: the contents, then the boxes beside the evidence, then the picture.
    assert tags.index("A") < tags.index("INPUT") < tags.index("g") < tags.index("SUMMARY")
    assert tags.count("INPUT") == 4


@pytest.mark.parametrize("name", ["seed.html", "seed.svg"])
def test_what_has_the_keyboard_has_a_ring(opened: Any, name: Any) -> None:
    there = opened(name)
    ring = "getComputedStyle(document.activeElement.querySelector('rect')).stroke"
    while there.focused()[0] != "g":
        there.page.keyboard.press("Tab")
    assert there.focused()[1].startswith("Applicant A-17.")
    assert there.page.evaluate(ring) == "rgb(194, 65, 12)"


def shown(page: Page) -> str:
    return " ".join(page.locator(".standing .state:visible").all_inner_texts())


def opacity(page: Page, name: str) -> set[str]:
    found: list[str] = page.evaluate(
        f"[...document.querySelectorAll('.{name}')].map(e => getComputedStyle(e).opacity)"
    )
    return set(found)


def test_evidence_is_left_out_and_put_back_without_a_script(opened: Any) -> None:
    page = opened("seed.html").page
    before = shown(page)
    assert before.startswith("Clear a box")
    page.locator("#use-0").focus()
    page.keyboard.press("Space")
    assert standing(seed_candidate(), without=[0]).sentence in shown(page)
    assert opacity(page, "ev-0") == {"0.13"}
    assert opacity(page, "ev-1") == {"1"}
    page.uncheck("#use-1")
    assert standing(seed_candidate(), without=[0, 1]).sentence in shown(page)
    assert shown(page).count("Left out") == 1
    page.check("#use-0")
    page.check("#use-1")
    assert shown(page) == before


def test_what_was_left_out_beforehand_is_so_when_it_opens(opened: Any) -> None:
    page = opened("without.html").page
    assert standing(seed_candidate(), without=[0]).sentence in shown(page)
    assert opacity(page, "ev-0") == {"0.13"}


def test_the_explore_mode_shows_what_is_selected_as_text_and_fades_with_the_boxes(opened: Any) -> None:
    there = opened("explore.html")
    page = there.page
    box = page.locator("#explore-graph")
    box.scroll_into_view_if_needed()
    place = box.bounding_box()
    said = ""
    for down in range(16, 96, 8):  # the applicant is at the top of its left edge
        page.mouse.click(place["x"] + 60, place["y"] + down)
        page.wait_for_timeout(100)
        said = page.locator("#explore-said").inner_text()
        if said.startswith("Applicant"):
            break
    assert said == "Applicant A-17. Joined to quillmere@example.org; vornskald_77."
    page.uncheck("#use-0")
    assert there.said == []


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("width", [360, 1400])
def test_nothing_is_wider_than_the_screen(opened: Any, name: Any, width: Any) -> None:
    page = opened(name, width).page
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth") == width
    small = page.evaluate(
        "[...document.querySelectorAll('main p, main dd, main li, main td')]"
        ".filter(e => e.checkVisibility() && parseFloat(getComputedStyle(e).fontSize) < 11).length"
    )
    yardstick = page.locator(".yardstick li").count()
    assert small <= yardstick


def test_it_prints_on_a4_in_black_and_white(opened: Any) -> None:
    page = opened("seed.html").page
    page.emulate_media(media="print")
    pdf = page.pdf(prefer_css_page_size=True)
    assert pdf.startswith(b"%PDF")
    sizes = set(re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", pdf))
    assert [(round(float(w)), round(float(h))) for w, h in sizes] == [(595, 842)]
    assert page.locator("table.edges").is_visible(), "the records of edges are on paper, too"
    # Every colour that says something is black, white or grey there; dashes and double lines tell the rest.
    coloured = page.evaluate(
        "[...document.querySelectorAll('main .item, main .glance > div, main .proposition, main .bar > span')]"
        ".flatMap(e => { const s = getComputedStyle(e); return [s.borderLeftColor, s.color, s.backgroundColor] })"
        ".map(c => c.match(/[\\d.]+/g).map(Number).slice(0, 3))"
        ".filter(n => Math.max(...n) - Math.min(...n) > 24).length"
    )
    assert coloured == 0
