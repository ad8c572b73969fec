"""The explorer on its page: light until used, a figure without JavaScript, tasks that keep their word."""

import json
import re

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import expect

pytestmark = pytest.mark.slow
LESSON = "lessons/6-word-embeddings/lesson6.html"
PLACE = "[data-interactive=embedding-explorer]"


@pytest.fixture
def page(browser, address):
    page = browser.new_page()
    page.asked = []
    page.on("request", lambda request: page.asked.append(request.url))
    page.goto(address + LESSON, wait_until="networkidle")
    yield page
    page.close()


def come_into_view(page):
    page.locator(PLACE).evaluate("(place) => place.scrollIntoView()")
    page.wait_for_selector(".embedding-explorer td")
    page.wait_for_load_state("networkidle")


def test_it_is_loaded_in_view_and_the_words_when_they_are_asked_for(page):
    assert not [url for url in page.asked if "embedding-explorer" in url]
    come_into_view(page)
    assert [url for url in page.asked if "embedding-explorer" in url]
    assert not [url for url in page.asked if "/_static/models/" in url]
    page.get_by_role("button", name="bank", exact=True).click()
    expect(page.locator(".embedding-explorer [role=status]")).to_contain_text("Nearest to bank: banks")
    assert [url for url in page.asked if re.search(r"/_static/models/lesson6-words\.[^/]*\.gz$", url)]


def test_its_words_are_those_of_the_lesson(page, site, content):
    come_into_view(page)
    (told,) = json.loads(page.locator(PLACE).get_attribute("data-data")).values()
    path = (site / "lessons/6-word-embeddings" / told["address"]).resolve()
    assert told["bytes"] == path.stat().st_size < 1_500_000
    same = page.evaluate(
        """async (told) => {
            const {Data} = await import(new URL("../../_static/js/shared/data.js", location.href));
            const data = new Data(JSON.stringify({data: told}));
            await data.load(() => {});
            const {texts, tensors} = data.contents;
            return [texts.words.length, [...tensors.vectors.values.slice(0, 300)]];
        }""",
        told,
    )
    assert same[0] == 5000
    assert bytes(each % 256 for each in same[1]) in content


@pytest.mark.parametrize("width", [390, 1440])
def test_nothing_moves_when_it_comes_to_life(page, width):
    page.set_viewport_size({"width": width, "height": 800})
    page.evaluate("document.fonts.ready")
    page.reload()  # a first visit does without a font that comes late; its lines break elsewhere
    place = page.locator(PLACE)
    before = place.evaluate("(place) => place.offsetHeight")
    come_into_view(page)
    assert place.evaluate("(place) => place.offsetHeight") == before
    for ask in ("A sum of words", "Words along an axis"):
        page.get_by_role("button", name=ask).click()
        expect(page.locator(".embedding-explorer [role=status]")).to_contain_text(
            re.compile("^(Nearest|From)")
        )
        assert place.evaluate("(place) => place.offsetHeight") == before


def test_the_tasks_open_what_they_speak_of(page):
    come_into_view(page)
    said = page.locator(".embedding-explorer [role=status]")
    page.get_by_role("link", name="A doctor who is a woman").click()
    expect(said).to_contain_text("doctor, one of the given words; without these, nurse.")
    page.get_by_role("link", name="From bad to good").click()
    disaster = page.locator(".embedding-explorer tr", has_text="disaster")
    expect(disaster).to_contain_text(re.compile(r"disaster\s*0\.\d\d"))
    page.get_by_role("link", name="three words at each pole").click()
    expect(disaster).to_contain_text(re.compile(r"disaster\s*−0\.\d\d"))
    page.get_by_role("link", name="All 5,000", exact=True).click()
    held = page.get_by_text(re.compile(r"They hold \d+% of the spread of all words")).inner_text()
    share = re.search(r"hold (\d+%)", held)[1]
    expect(page.get_by_text(f"Three directions hold {share} of their spread")).to_be_visible()


def test_without_javascript_the_figure_stands(site):
    html = BeautifulSoup((site / LESSON).read_text(), "html.parser")
    place = html.select_one(PLACE)
    assert place.find("img")["alt"]
    assert place.find("figcaption").get_text()
