"""The document printed: once to learn on which page each heading stands, once more with those numbers.

Nothing is printed before all is there: a formula, a picture or a letter that lacks stops it, with a sentence
that names the page.
"""

from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

from playwright.sync_api import Browser, Page
from pypdf import PdfReader

NEWEST_WITHOUT = 130
"""The last Chromium that writes nothing into the margins of a page."""
FETCH = """async () => {
    for (const image of document.images) image.loading = "eager";
    await Promise.all([...document.images].map((image) => image.decode().catch(() => {})));
    const loaded = await Promise.allSettled([...document.fonts].map((font) => font.load()));
    return [...document.fonts].filter((_, place) => loaded[place].status === "rejected")
        .map((font) => font.family);
}"""
"""Waits until all is there that will come, and names the letters that did not."""
SEEN = """() => [...document.querySelectorAll("[data-chapter]")].map((chapter) => ({
    name: chapter.dataset.chapter,
    formulas: [...chapter.querySelectorAll(".katex")].filter((each) => each.getClientRects().length).length,
    broken: chapter.querySelectorAll(".katex-error").length,
    pictures: [...chapter.querySelectorAll("img")].filter((each) => each.clientWidth).length,
    missing: [...chapter.querySelectorAll("img")].find((each) => !each.naturalWidth)?.src,
}))"""
FILL = """(pages) => {
    for (const number of document.querySelectorAll("[data-of]")) {
        number.textContent = pages[number.dataset.of] ?? "";
    }
}"""


class Incomplete(Exception):
    """Something of the book is not there."""


def printed(
    browser: Browser, document: Path, formulas: Mapping[str, int], pictures: Mapping[str, int]
) -> bytes:
    """Print a document as PDF, with the numbers of pages in its contents.

    Args:
        browser: A running browser.
        document: The HTML file.
        formulas: How many formulas each chapter must show, by its name.
        pictures: How many pictures, likewise.

    Raises:
        Incomplete: If something is not there, or the pages do not stay as they were counted.
    """
    if int(browser.version.split(".")[0]) <= NEWEST_WITHOUT:
        raise Incomplete(
            f"Chromium {browser.version} numbers no pages: install {NEWEST_WITHOUT + 1} or newer."
        )
    numbers = places(paper(browser, document, formulas, pictures, {}))
    content = paper(browser, document, formulas, pictures, numbers)
    if places(content) != numbers:
        raise Incomplete("The contents' numbers moved the pages that they name: give them more room.")
    return content


def paper(
    browser: Browser,
    document: Path,
    formulas: Mapping[str, int],
    pictures: Mapping[str, int],
    numbers: Mapping[str, int],
) -> bytes:
    """Print a document, opened afresh: what was printed once is laid out another way the next time."""
    with browser.new_page(color_scheme="light") as page:
        page.set_default_timeout(0)
        page.goto(document.as_uri())
        page.emulate_media(media="print")
        if lost := page.evaluate(FETCH):
            raise Incomplete(f"The letters {lost[0]} are not there. Build the book again.")
        page.evaluate(FILL, numbers)
        look(page, formulas, pictures)
        return page.pdf(prefer_css_page_size=True, print_background=True, tagged=True)


def places(content: bytes) -> dict[str, int]:
    """Return on which page, counted from 1, each place of a PDF stands that a link leads to."""
    reader = PdfReader(BytesIO(content))
    found = reader.named_destinations
    return {
        name.removeprefix("/"): (reader.get_destination_page_number(place) or 0) + 1
        for name, place in found.items()
    }


def look(page: Page, formulas: Mapping[str, int], pictures: Mapping[str, int]) -> None:
    """Find out whether all formulas and pictures are there.

    Raises:
        Incomplete: If one is not.
    """
    for chapter in page.evaluate(SEEN):
        name = chapter["name"]
        if chapter["missing"]:
            raise Incomplete(f"A picture of {name} is not there: {chapter['missing']}. Build the book again.")
        if chapter["broken"]:
            raise Incomplete(f"{chapter['broken']} formulas of {name} could not be read by KaTeX.")
        for what, shown, there in (
            ("formulas", chapter["formulas"], formulas[name]),
            ("pictures", chapter["pictures"], pictures[name]),
        ):
            if shown != there:
                raise Incomplete(f"The page {name} has {there} {what}, but {shown} would be printed.")
