"""Where the browser says no: it keeps nothing, runs no modules, translates, or has little room."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from pages import WIDE, opened, pages
from playwright.sync_api import Browser, Page, expect

LESSON = "lessons/1-neural-networks/lesson1.html"
DECK = "slides/lesson1.html"
REFUSED = """
Object.defineProperty(window, "localStorage", {
    configurable: true,
    get() { throw new DOMException("The request was denied.", "SecurityError"); },
});
"""
FULL = """
Storage.prototype.setItem = () => { throw new DOMException("No room.", "QuotaExceededError"); };
"""
MAGNIFIED = {"width": 320, "height": 256}
"""What is left of 1280 by 1024 at 400 %."""
CODE_AND_FORMULAS = "pre, code, .katex"


@pytest.fixture(params=[REFUSED, FULL], ids=["refused", "full"])
def forgetful(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    """A page of a browser that keeps nothing; an error on it fails the test."""
    profile = browser.new_context(viewport=WIDE)
    profile.add_init_script(request.param)
    page = profile.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    profile.close()
    assert errors == []


def expect_told(page: Page) -> None:
    expect(page.locator(".notice")).to_be_visible()
    expect(page.get_by_role("status")).to_contain_text("holds only until you leave this page")


def test_colors_hold_for_the_page_where_nothing_is_kept(forgetful: Page, address: str) -> None:
    forgetful.goto(address + LESSON)
    expect(forgetful.locator(".notice")).to_have_count(0)
    button = forgetful.get_by_role("button", name="Colors")
    button.click()
    expect(button).to_have_accessible_name("Colors: dark")
    assert forgetful.locator("html").get_attribute("data-theme") == "dark"
    expect_told(forgetful)
    button.click()
    expect(button).to_have_accessible_name("Colors: light")
    expect(forgetful.locator(".notice")).to_have_count(1)


def test_progress_holds_for_the_page_where_nothing_is_kept(forgetful: Page, address: str) -> None:
    forgetful.goto(address + LESSON)
    button = forgetful.get_by_role("button", name="Mark lesson 1 as read")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    expect(forgetful.locator(".course-strip i").first).to_have_class("here done")
    expect_told(forgetful)
    button.click()
    expect(button).to_have_attribute("aria-pressed", "false")


def test_search_finds_where_nothing_is_kept(forgetful: Page, address: str) -> None:
    forgetful.goto(address + "search.html?q=Bayes")
    expect(forgetful.locator("#search-results li a").first).to_be_visible()
    expect(forgetful.locator(".notice")).to_have_count(0)


def test_deck_turns_dark_where_nothing_is_kept(forgetful: Page, address: str) -> None:
    forgetful.goto(address + DECK)
    forgetful.wait_for_function("window.Reveal && Reveal.isReady()")
    forgetful.keyboard.press("d")
    expect(forgetful.locator("html")).to_have_attribute("data-scheme", "dark")
    expect_told(forgetful)


def test_page_from_a_file_shows_what_works_and_says_what_does_not(browser: Browser, site: Path) -> None:
    with opened(browser, (site / LESSON).as_uri(), viewport=WIDE) as page:
        expect(page.get_by_text("This page was opened from a file.")).to_be_visible()
        for name in ("Search", "Colors", "Contents of the book", "Mark lesson 1 as read"):
            expect(page.get_by_role("button", name=name)).not_to_be_visible()
        expect(page.locator("figure img").first).to_be_visible()
        page.get_by_role("link", name="search", exact=True).click()
        page.get_by_role("searchbox").first.fill("Bayes")
        page.keyboard.press("Enter")
        expect(page.locator("#search-results li a").first).to_be_visible()


def test_deck_from_a_file_turns_its_slides(browser: Browser, site: Path) -> None:
    with opened(browser, (site / DECK).as_uri()) as page:
        page.wait_for_function("window.Reveal && Reveal.isReady()")
        page.keyboard.press("ArrowRight")
        page.wait_for_function("Reveal.getIndices().h === 1")


def test_served_page_says_nothing_of_files(browser: Browser, address: str) -> None:
    with opened(browser, address + LESSON) as page:
        expect(page.get_by_text("This page was opened from a file.")).not_to_be_visible()


def written(site: Path) -> dict[str, str]:
    """Read the book's pages and its decks."""
    names = [*pages(site), *(f"slides/{path.name}" for path in sorted((site / "slides").glob("*.html")))]
    return {name: (site / name).read_text("utf-8") for name in names}


def test_code_and_formulas_are_not_translated_and_prose_is(site: Path) -> None:
    for name, html in written(site).items():
        page = BeautifulSoup(html, "html.parser")
        for each in page.select(CODE_AND_FORMULAS):
            kept = each.find_parent(translate="no") or each.get("translate") == "no"
            assert kept, f"{name}: {str(each)[:120]}"
        for paragraph in page.select("section > p"):
            assert paragraph.find_parent(translate="no") is None, f"{name}: {paragraph.text[:80]}"


def test_page_has_one_viewport(site: Path) -> None:
    found = {name: re.findall(r'<meta [^>]*name="viewport"', html) for name, html in written(site).items()}
    assert {name: metas for name, metas in found.items() if len(metas) != 1} == {}


STICKING = """() => [...document.querySelectorAll("body *")]
    .filter((each) => ["fixed", "sticky"].includes(getComputedStyle(each).position))
    .filter((each) => each.checkVisibility({ visibilityProperty: true }))
    .map((each) => {
        const { top, bottom } = each.getBoundingClientRect();
        return Math.max(0, Math.min(bottom, innerHeight) - Math.max(top, 0));
    })
    .reduce((sum, height) => sum + height, 0) / innerHeight"""

BARS = """() => [...document.querySelectorAll(".stage :is(.bar, .head)")]
    .map((bar) => Math.round(bar.getBoundingClientRect().bottom + scrollY + innerHeight))"""
"""Places at which a bar that sticks has stuck."""


def test_page_fits_when_magnified_four_times(browser: Browser, address: str, site: Path) -> None:
    broken = []
    with opened(browser, address, viewport=MAGNIFIED) as page:
        for name in pages(site):
            page.goto(address + name)
            for place in page.locator("[data-interactive]").all():
                place.evaluate("(place) => place.scrollIntoView()")
                for play in place.locator("> .front-row button").all():
                    play.click()
                place.locator(".stage :is(canvas, dl, table, button):visible").first.wait_for()
            page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
            width = page.evaluate("document.documentElement.scrollWidth")
            broken += [f"{name}: {width} pixels wide"] * (width > MAGNIFIED["width"])
            for top in [0, *page.evaluate(BARS)]:
                page.evaluate("(top) => scrollTo(0, top)", top)
                share = page.evaluate(STICKING)
                broken += [f"{name}: {share:.0%} of the height sticks at {top}"] * (share > 0.5)
    assert not broken, "\n".join(broken)
