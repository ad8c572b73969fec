"""What the tests of pages ask of each page, in a browser."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page

WIDE = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}


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


def scroll_through(page: Page) -> None:
    """Scroll to the end, one screen at a time, until all pictures are there."""
    page.evaluate(
        """async () => {
            for (let y = 0; y < document.body.scrollHeight; y += innerHeight) {
                scrollTo(0, y);
                await new Promise(requestAnimationFrame);
            }
            const shown = [...document.images].filter((image) => image.checkVisibility());
            for (const image of shown) image.loading = "eager"; // one in a section that a screen jumped over
            await Promise.all(shown.map((image) => image.decode().catch(() => {})));
        }"""
    )
