"""Print each deck of the built site as a PDF beside it: `make slides-pdf`, after `make book`."""

import re
import sys
from pathlib import Path

import chromium
from academy.atomic import atomic_write
from playwright.sync_api import Browser

ROOT = Path(__file__).parent.parent
sys.path.append(str(ROOT / "book"))

from academy_book import decks, departed, one_build  # noqa: E402

LAID_OUT = """() =>
    document.readyState === "complete" && Reveal.isReady() && Reveal.getTotalSlides() > 0 &&
    document.querySelectorAll(".pdf-page").length === Reveal.getTotalSlides() &&
    document.fonts.status === "loaded" && [...document.images].every((image) => image.complete)
"""
"""While Reveal puts slides on pages, it has neither for a frame."""
PAGE = re.compile(rb"/Type\s*/Page\b")


def main(site: Path) -> None:
    """Bring the decks of a built site up to date, print them, and have their index link what was printed.

    Args:
        site: Folder of the built site.
    """
    if not (site.parent / "chapters.json").is_file():
        sys.exit(f"There is no built book in {site}. Build it first: make book")
    taken = one_build.take(site.parent, print)
    with departed.recorded(site), chromium.running() as browser:
        build_decks(site)
        print_decks(browser, site)
        build_decks(site)
    taken.release()


def print_decks(browser: Browser, site: Path) -> None:
    """Print all decks with a running browser."""
    for source in sorted((ROOT / decks.FOLDER).glob("*.md")):
        if source.stem != "index":
            deck = site / decks.FOLDER / f"{source.stem}.html"
            print_deck(browser, deck, deck.with_suffix(".pdf"))
            print(deck.with_suffix(".pdf"))


def build_decks(site: Path) -> None:
    """Build what changed of the decks and their index; stop where that fails."""
    if decks.run_sphinx(ROOT / decks.FOLDER, site):
        sys.exit("The decks did not build: the messages above say why.")


def print_deck(browser: Browser, deck: Path, target: Path) -> None:
    """Print one deck, a page a slide.

    Args:
        browser: A running browser.
        deck: The deck's HTML file.
        target: The PDF to write.

    Raises:
        RuntimeError: If the browser printed more or fewer pages than the deck has slides.
    """
    with browser.new_page() as page:
        page.goto(f"{deck.as_uri()}?view=print")
        page.wait_for_function(LAID_OUT)
        slides = page.evaluate("Reveal.getTotalSlides()")
        content = page.pdf(prefer_css_page_size=True, print_background=True, tagged=True)
    printed = len(PAGE.findall(content))
    if printed != slides:
        raise RuntimeError(f"{deck.name} has {slides} slides, but {printed} pages were printed: try again.")
    atomic_write(target, content)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "_build" / "html")
