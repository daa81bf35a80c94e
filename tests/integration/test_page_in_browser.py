"""Headless Chromium opens the pages that the tests make."""

import re
import shutil
import subprocess
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from tests.requirements import missing_part
from tests.small_lists import FakeStore, evidence, screening, seed_candidate, seed_shard, weak_candidate

from vetting.graph.association import association_graph
from vetting.reports.files import write_screening
from vetting.reports.graph_page import write_graph_file

pytestmark = pytest.mark.browser

HOSTILE = (
    "<img src=x onerror=\"document.title='run'\">",
    "</style></script><script>document.title='run'</script>",
    "\u202e</title><svg onload=\"document.title='run'\">",
)


class Browser:
    """Chromium with a profile of its own; it never asks the network for anything."""

    def __init__(self, program: Any, profile: Any) -> None:
        self.command = [
            program,
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-background-networking",
            "--disable-dev-shm-usage",
            "--hide-scrollbars",
            "--host-resolver-rules=MAP * ~NOTFOUND",
            f"--user-data-dir={profile}",
        ]

    def run(self, *arguments: str) -> tuple[str, str]:
        done = subprocess.run(
            [*self.command, *arguments], capture_output=True, text=True, timeout=120, check=True
        )
        return done.stdout, done.stderr


def title_of(page: str) -> str:
    found = re.search("<title>(.*?)</title>", page)
    assert found
    return unescape(found[1])


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Any:
    program = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if program is None:
        missing_part("no Chromium found: install Debian's chromium")
    return Browser(program, tmp_path_factory.mktemp("profile"))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Any:
    folder = tmp_path_factory.mktemp("pages")
    store = FakeStore(seed_shard(folder / "list"))
    odd = [
        evolve(
            seed_candidate(),
            applicant_id=f"A-{number}",
            surfaced_because=text,
            evidence=(evidence("handle", "exact", 9.0, applicant_value=text, listed_value=text, note=text),),
        )
        for number, text in enumerate(HOSTILE)
    ]
    run = screening(seed_candidate(), weak_candidate(), *odd)
    write_screening(run, folder / "out", store=store)
    write_graph_file(association_graph(run, store), folder / "out" / "graph.html", title=HOSTILE[0])
    return folder / "out"


@pytest.mark.parametrize("name", ["screening.html", "graph.html"])
def test_the_page_opens_as_it_was_written_and_runs_nothing(browser: Any, folder: Path, name: Any) -> None:
    written = (folder / name).read_text(encoding="utf-8")
    dom, log = browser.run("--enable-logging=stderr", "--dump-dom", f"file://{folder / name}")
    title = title_of(dom)
    assert title == title_of(written)
    assert title != "run"
    assert "<script" not in dom
    assert "<img" not in dom
    for tag in ("section", "article", "tr", "svg", "bdi"):
        assert len(re.findall(rf"<{tag}[ >]", dom)) == len(re.findall(rf"<{tag}[ >]", written)), tag
    assert "CONSOLE" not in log, "an error or a refused request on the page"


def test_hostile_values_are_text_in_the_page(browser: Any, folder: Path) -> None:
    dom, _ = browser.run("--dump-dom", f"file://{folder / 'screening.html'}")
    words = unescape(re.sub(r"<[^>]*>", "", dom))
    for text in HOSTILE:
        assert text.replace("\u202e", "<U+202E>") in words


@pytest.mark.parametrize("width", [360, 1400])
def test_nothing_is_wider_than_the_screen(browser: Any, folder: Path, tmp_path: Path, width: Any) -> None:
    # A window is never narrower than about 500 pixels, so the page is measured in a frame of the width.
    page = (
        (folder / "screening.html").read_text(encoding="utf-8").replace("default-src 'none'", "default-src *")
    )
    (tmp_path / "page.html").write_text(page, encoding="utf-8")
    (tmp_path / "frame.html").write_text(
        f'<iframe id="f" src="page.html" style="width:{width}px;height:900px;border:0"></iframe>'
        "<script>onload = () => { const d = document.getElementById('f').contentDocument.documentElement;"
        "document.title = d.scrollWidth + ' of ' + d.clientWidth }</script>"
    )
    dom, _ = browser.run("--allow-file-access-from-files", "--dump-dom", f"file://{tmp_path / 'frame.html'}")
    wide, room = map(int, title_of(dom).split(" of "))
    assert wide <= room == width


def test_it_prints_and_draws(browser: Any, folder: Path, tmp_path: Path) -> None:
    address = f"file://{folder / 'screening.html'}"
    browser.run(f"--screenshot={tmp_path / 'page.png'}", "--window-size=1400,2000", address)
    browser.run(f"--print-to-pdf={tmp_path / 'page.pdf'}", "--no-pdf-header-footer", address)
    assert (tmp_path / "page.png").read_bytes().startswith(b"\x89PNG")
    assert (tmp_path / "page.png").stat().st_size > 50_000
    assert (tmp_path / "page.pdf").read_bytes().startswith(b"%PDF")
