"""Takes the pictures of the apps that the front page shows: each app is started, used, and photographed.

    .venv/bin/python tools/app_pictures.py

It needs Chromium or Chrome, and the emoji that the apps find, which are fetched where they are missing.
"""

import io
import re
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import chromium
import gradio as gr
import torch
from academy.apps.faces.collection import Collection
from academy.apps.faces.page import build as faces_page
from academy.apps.page import start
from academy.apps.search.choosing import chosen
from academy.apps.search.engine import open_engine as open_search
from academy.apps.search.page import build as search_page
from academy.apps.similar.backbones import DEFAULT
from academy.apps.similar.engine import open_engine as open_similar
from academy.apps.similar.page import build as similar_page
from academy.atomic import atomic_path
from PIL import Image
from playwright.sync_api import Browser, Page, expect

FOLDER = Path(__file__).parent.parent / "book" / "pictures"
VIEWPORT = {"width": 1080, "height": 760}
WIDTH = 800
PATIENCE = 60_000
"""Milliseconds that an answer may take, as on a busy machine."""
LARGEST = 40_000
"""Bytes of a picture: three of them are on the front page."""
OFFERED = 4
"""Place of a picture among those with which the app of similar pictures begins."""
WORDS = "something to eat on a birthday"


def similar() -> gr.Blocks:
    """Make the app that finds similar pictures."""
    return similar_page(open_similar(None, DEFAULT))


def faces() -> gr.Blocks:
    """Make the app of faces, with the run that comes along."""
    torch.manual_seed(0)  # of the face that is drawn
    return faces_page(Collection(Path(tempfile.mkdtemp()), None))


def search() -> gr.Blocks:
    """Make the app that finds pictures by words."""
    return search_page(open_search(None, chosen("emoji").load))


def use_similar(page: Page) -> None:
    """Ask for the neighbors of one of the pictures that are offered."""
    page.locator("button[data-place]").nth(OFFERED).click()
    expect(page.locator(".top h2")).to_have_text(re.compile("Neighbors of"))


def use_faces(page: Page) -> None:
    """Draw a face at random."""
    page.get_by_role("button", name="Random face").click()
    expect(page.locator(".large img")).to_have_attribute("alt", re.compile("drawn at random"))


def use_search(page: Page) -> None:
    """Ask for words."""
    page.get_by_label("Search for").fill(WORDS)
    page.get_by_label("Search for").press("Enter")
    expect(page.locator(".top h2")).to_have_text(f"Nearest to “{WORDS}”")


APPS: dict[str, tuple[Callable[[], gr.Blocks], Callable[[Page], None]]] = {
    "similar": (similar, use_similar),
    "faces": (faces, use_faces),
    "search": (search, use_search),
}
"""For each app what makes its page, and what a reader does there."""


def taken(browser: Browser, built: gr.Blocks, use: Callable[[Page], None]) -> Image.Image:
    """Start an app, use it, and return what is to be seen."""
    start(built)
    page = browser.new_page(viewport=VIEWPORT, color_scheme="light")  # type: ignore[arg-type]
    page.set_default_timeout(PATIENCE)
    page.goto(built.local_url)
    use(page)
    page.wait_for_function("[...document.images].every((image) => image.complete)")
    page.evaluate("document.activeElement.blur()")
    shot = Image.open(io.BytesIO(page.screenshot()))
    page.close()
    built.close(verbose=False)
    height = round(WIDTH * shot.height / shot.width)
    return shot.convert("RGB").resize((WIDTH, height), Image.Resampling.LANCZOS)


def main() -> None:
    """Take all pictures."""
    expect.set_options(timeout=PATIENCE)
    with chromium.running() as browser:
        for name, (make, use) in APPS.items():
            target = FOLDER / f"app-{name}.webp"
            with atomic_path(target) as unfinished:
                taken(browser, make(), use).save(unfinished, "WEBP", quality=70, method=6)
            size = target.stat().st_size
            print(f"{target.name}: {size:,} bytes")
            if size > LARGEST:
                sys.exit(f"{target.name} may have {LARGEST:,} bytes, not {size:,}: lower its quality.")


if __name__ == "__main__":
    main()
