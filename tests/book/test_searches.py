"""What students type into the search leads them to the page that answers; `searches.md` lists it."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from pages import GENERATED, opened, pages
from playwright.sync_api import Browser, Page, Route, expect

pytestmark = pytest.mark.slow

TABLE = Path(__file__).with_name("searches.md").read_text(encoding="utf-8")
SEARCHES = re.findall(r"^\| (?!---|a student)(.+?) \| (\S+) \|$", TABLE, re.MULTILINE)
PLACES = 5
"""So many results does somebody look through."""
OF_NO_QUESTION = {"index.html", "book/references.html"}


def without_excerpts(route: Route) -> None:
    """Answer what the page asks, but for the pages that it found, which it only quotes."""
    if route.request.resource_type == "fetch":
        route.abort()
    else:
        route.continue_()


@pytest.fixture(scope="module")
def search(browser: Browser, address: str) -> Iterator[Page]:
    """The page that searches, in a profile of its own."""
    with opened(browser, address + "search.html") as page:
        page.route("**/*", without_excerpts)
        yield page


def test_forty_questions_ask_of_every_page(site: Path) -> None:
    assert len({question for question, _ in SEARCHES}) == len(SEARCHES) >= 40
    expected = set(pages(site)) - GENERATED - OF_NO_QUESTION
    assert {f"{place}.html" for _, place in SEARCHES} == expected


@pytest.mark.parametrize(("question", "place"), SEARCHES, ids=[question for question, _ in SEARCHES])
def test_right_page_is_among_the_first(search: Page, address: str, question: str, place: str) -> None:
    search.goto(f"{address}search.html?q={quote(question)}")
    expect(search.locator("#search-results h2")).to_have_text("Search Results")  # it has listed all
    results = search.locator("#search-results li > a").evaluate_all("all => all.map((each) => each.pathname)")
    found = [path.partition(".html")[0] for path in results[:PLACES]]
    assert any(path.endswith(f"/{place}") for path in found), found
