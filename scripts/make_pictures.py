"""Take the pictures of the demonstration's seed-case dossier that the documents show.

Run from the repository's root, with Chromium installed: ``python scripts/make_pictures.py``. The people, the forum and
everything in the pictures are invented.
"""

from __future__ import annotations

import io
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Page, sync_playwright
from rich.console import Console

import vetting
from vetting.demonstration import run_demo
from vetting.reports.dossier import dossier_html

IMAGES = Path(__file__).parents[1] / "docs" / "images"
SEED = "A-041"
MOST_BYTES = 300_000


def seed_dossier(folder: Path) -> Path:
    """Run the demonstration and write the dossier of its seed case."""
    run_demo(folder, console=Console(file=io.StringIO()))
    screening = vetting.read_screening(folder)
    ids = [candidate.applicant_id for candidate in screening.candidates]
    with vetting.ListStore.open(folder / "lists") as store:
        html = dossier_html(screening, store, 1 + ids.index(SEED))
    path = folder / "dossier.html"
    path.write_text(html, encoding="utf-8")
    return path


def take(page: Page, name: str, *, top: str, bottom: str) -> None:
    """Take what lies between the upper edge of one element and the lower edge of another."""
    page.evaluate("scrollTo(0, 0)")  # places are told from the upper edge of what is in view
    first, last = (page.locator(selector).first.bounding_box() for selector in (top, bottom))
    assert first is not None
    assert last is not None
    y = max(0.0, first["y"] - 12)
    width = page.viewport_size["width"] if page.viewport_size else 0
    clip = {"x": 0.0, "y": y, "width": float(width), "height": last["y"] + last["height"] + 12 - y}
    page.screenshot(path=IMAGES / name, full_page=True, clip=clip)  # type: ignore[arg-type]
    size = (IMAGES / name).stat().st_size
    assert size < MOST_BYTES, f"{name} has {size} bytes"
    print(f"{name}: {size:,} bytes")


def main() -> None:
    """Take all pictures."""
    IMAGES.mkdir(exist_ok=True)
    program = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        address = seed_dossier(Path(folder)).as_uri()
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": 1120, "height": 900})
        page.goto(address)
        take(page, "dossier-head.png", top="header.top", bottom=".glance")
        take(page, "dossier-picture.png", top=".graph", bottom=".picture")
        take(page, "dossier-paths.png", top="#paths", bottom="#paths .rate")
        page.uncheck("#use-0")
        take(page, "dossier-without.png", top=".total", bottom=".two .item")
        narrow = browser.new_page(viewport={"width": 360, "height": 800})
        narrow.goto(address)
        take(narrow, "dossier-narrow.png", top="header.top", bottom=".glance > div:nth-child(2)")
        browser.close()


if __name__ == "__main__":
    main()
