"""Every page can be found: described, at one address, with a preview, on the map; and no page is answered."""

import re
from collections import Counter
from pathlib import Path
from urllib.parse import quote, urlsplit
from xml.etree import ElementTree

import pytest
import yaml
from bs4 import BeautifulSoup
from pages import GENERATED, opened, pages
from PIL import Image
from playwright.sync_api import Browser, expect
from sites import ROOT

BASE = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))["html"]["baseurl"].rstrip("/") + "/"


def heads(site: Path) -> dict[str, BeautifulSoup]:
    """Read the head of each page."""
    return {name: BeautifulSoup((site / name).read_text("utf-8"), "html.parser").head for name in pages(site)}


def content(head: BeautifulSoup, **attributes: str) -> list[str]:
    return [str(each["content"]) for each in head.find_all("meta", attrs=attributes)]


def published(name: str) -> str:
    return BASE + ("" if name == "index.html" else name)


def test_every_page_has_one_description_of_its_own(site: Path) -> None:
    found = {name: content(head, name="description") for name, head in heads(site).items()}
    assert {name: texts for name, texts in found.items() if len(texts) != 1} == {}
    assert {name: texts for name, texts in found.items() if not 25 <= len(texts[0]) <= 200} == {}
    assert [text for text, times in Counter(texts[0] for texts in found.values()).items() if times > 1] == []


def test_every_page_names_its_one_address(site: Path) -> None:
    for name, head in heads(site).items():
        canonical = [link["href"] for link in head.find_all("link", rel="canonical")]
        assert canonical == [published(name)], name


def test_every_page_has_a_preview_with_a_picture(site: Path) -> None:
    for name, head in heads(site).items():
        if name in GENERATED:
            continue
        title, url, card = (content(head, property=f"og:{each}")[0] for each in ("title", "url", "image"))
        assert title, name
        assert url == published(name)
        picture = Image.open(site / card.removeprefix(BASE))
        assert picture.size == (1200, 630), name
        assert len(picture.convert("RGB").getcolors(1 << 24) or []) > 20, f"{name}: the picture is empty"


def test_map_names_every_page_and_robots_name_the_map(site: Path) -> None:
    places = ElementTree.parse(site / "sitemap.xml").iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")
    expected = {published(name) for name in pages(site) if name not in GENERATED}
    assert {place.text for place in places} == expected
    robots = (site / "robots.txt").read_text()
    assert f"Sitemap: {BASE}sitemap.xml" in robots
    assert "Disallow" not in robots


def test_generated_pages_are_not_indexed(site: Path) -> None:
    marked = {name for name, head in heads(site).items() if content(head, name="robots") == ["noindex"]}
    assert marked == GENERATED


def test_favicon_is_there(site: Path) -> None:
    for name, head in heads(site).items():
        icon = head.find("link", rel="icon")
        assert icon, name
        assert (site / name).parent.joinpath(icon["href"]).is_file() or name == "404.html"


@pytest.mark.parametrize("place", ["missing", "lessons/9-none/lesson9.html", "a/b/c/d"])
def test_missing_page_is_answered_at_any_depth(browser: Browser, address: str, place: str) -> None:
    profile = browser.new_context()
    page = profile.new_page()
    failed: list[str] = []
    page.on("response", lambda response: failed.append(response.url) if response.status >= 400 else None)
    answer = page.goto(address + place)
    assert answer is not None
    assert answer.status == 404
    expect(page.get_by_role("heading", level=1)).to_have_text("There is no page at this address")
    assert failed == [address + place]
    assert page.evaluate("getComputedStyle(document.body).fontFamily").startswith('"Source Sans 3"')
    page.get_by_role("link", name="To the front page").click()
    assert urlsplit(page.url).path in (urlsplit(address).path, urlsplit(address).path + "index.html")
    profile.close()


def printed(site: Path, form: str) -> str:
    """Return a number of that form from the first lesson's prose."""
    page = BeautifulSoup((site / "lessons/1-neural-networks/lesson1.html").read_text("utf-8"), "html.parser")
    texts = (paragraph.text for paragraph in page.select("section > p"))
    return next(found[0] for found in (re.search(form, text) for text in texts) if found)


@pytest.mark.parametrize(
    "form",
    [
        r"(?<![\d.,])\d\d%",
        r"(?<![\d.,])\d\d\.\d%",
        r"(?<![\d.,])0\.\d\d\d?(?![\d%])",
        r"(?<![\d.,])\d\d?,000",
    ],
    ids=["83%", "83.6%", "0.83", "20,000"],
)
def test_search_finds_numbers_as_they_are_printed(
    browser: Browser, address: str, site: Path, form: str
) -> None:
    number = printed(site, form)
    with opened(browser, f"{address}search.html?q={quote(number)}") as page:
        results = page.locator("#search-results li")
        lesson = results.filter(has_text="From regression").first
        expect(lesson).to_be_visible()
        expect(lesson).to_contain_text(number)


@pytest.mark.parametrize("name", ["zero_grad", "optimizer.zero_grad()", "spiral_accuracy"])
def test_search_finds_names_with_underscores(browser: Browser, address: str, name: str) -> None:
    with opened(browser, f"{address}search.html?q={quote(name)}") as page:
        results = page.locator("#search-results li").filter(has_text="From regression")
        expect(results.first).to_be_visible()


def test_search_finds_bayes(browser: Browser, address: str) -> None:
    with opened(browser, address + "search.html?q=Bayes") as page:
        results = page.locator("#search-results li a")
        expect(results.first).to_be_visible()
        found = results.all_inner_texts()
        assert any("From regression to neural networks" in text for text in found), found
        results.filter(has_text="From regression").first.click()
        expect(page.get_by_role("main")).to_contain_text(re.compile("Bayes"))
