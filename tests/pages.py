"""What the tests of pages ask of each page, in a browser."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page

WIDE = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
GENERATED = {"404.html", "genindex.html", "search.html"}
"""Pages that nobody wrote."""


def pages(site: Path) -> list[str]:
    """Name the book's pages; decks and what interactives load have tests of their own."""
    found = (path.relative_to(site) for path in sorted(site.rglob("*.html")))
    return [path.as_posix() for path in found if path.parts[0] not in ("_static", "slides")]


@contextmanager
def opened(browser: Browser, url: str, **options: object) -> Iterator[Page]:
    """Open a page in a browser profile of its own.

    Args:
        browser: A running browser.
        url: The page's address.
        options: Of the profile: `viewport`, `color_scheme`, `java_script_enabled` and others.
    """
    profile = browser.new_context(**options)  # type: ignore[arg-type]
    try:
        page = profile.new_page()
        page.goto(url)
        yield page
    finally:
        profile.close()


def scroll_through(page: Page) -> bool:
    """Scroll to the end, one screen at a time, until all pictures are there; return whether it was drawn.

    Each screen is drawn before the next, as a reader's is. Once in some hundred visits a whole Chromium
    under load stops drawing a page, and no frame comes: none is waited for longer than two seconds, after
    five in a row none at all (a long page has a hundred screens), and pictures until they are loaded, not
    decoded.
    """
    is_drawn: bool = page.evaluate(
        """async () => {
            let missing = 0; // frames in a row
            const frame = () => Promise.race([
                new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(() => drawn(0)))),
                new Promise((done) => setTimeout(() => done(missing + 1), 2000)),
            ]);
            for (let y = 0; y < document.body.scrollHeight; y += innerHeight) {
                scrollTo(0, y);
                if (missing < 5) missing = await frame();
            }
            while (missing > 0 && missing < 5) missing = await frame(); // late, or never
            for (const image of document.images) image.loading = "eager"; // one that a screen jumped over
            return missing < 5;
        }"""
    )
    page.wait_for_function(
        "() => [...document.images].every((image) => image.complete || !image.checkVisibility())", polling=50
    )
    return is_drawn
