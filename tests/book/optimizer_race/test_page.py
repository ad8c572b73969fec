"""The race on its page: light until seen, a figure without JavaScript, tasks that keep their word."""

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import expect

LESSON = "lessons/2-training/lesson2.html"
PLACE = "[data-interactive=optimizer-race]"


@pytest.fixture
def page(browser, address):
    page = browser.new_page()
    page.asked = []
    page.on("request", lambda request: page.asked.append(request.url))
    page.goto(address + LESSON, wait_until="networkidle")
    yield page
    page.close()


def test_nothing_of_it_is_loaded_until_it_is_in_view(page):
    assert not [url for url in page.asked if "optimizer-race" in url]
    page.locator(PLACE).evaluate("(place) => place.scrollIntoView()")
    page.wait_for_selector(".optimizer-race td:not(:empty)")
    assert [url for url in page.asked if "optimizer-race" in url]


@pytest.mark.parametrize("name", ["optimizer-race", "draw-a-digit"])
@pytest.mark.parametrize("width", [390, 1440])
def test_nothing_moves_when_it_comes_to_life(page, name, width):
    page.set_viewport_size({"width": width, "height": 800})
    page.evaluate("document.fonts.ready")
    page.reload()  # a first visit does without a font that comes late; its lines break elsewhere
    place = page.locator(f"[data-interactive={name}]")
    before = place.evaluate("(place) => place.offsetHeight")
    place.evaluate("(place) => place.scrollIntoView()")
    page.wait_for_selector(f".{name} :is(td:not(:empty), .captioned)")
    assert place.evaluate("(place) => place.offsetHeight") == before


def test_the_tasks_open_what_they_speak_of(page):
    page.locator(PLACE).evaluate("(place) => place.scrollIntoView()")
    page.get_by_role("link", name="Too fast by a hair").click()
    rate = page.get_by_label("Learning rate of SGD")
    expect(rate).to_have_value("0.04")
    arrival = page.locator("[data-number=sgd-arrival]")
    expect(arrival).to_have_text("–")
    rate.select_option("0.03")
    expect(arrival).to_have_text("step 93")
    rate.select_option("0.05")
    expect(arrival).to_have_text("flew off")
    page.get_by_role("link", name="On the ridge").click()
    for runner in ("sgd", "momentum", "adam"):
        expect(page.locator(f"[data-number={runner}-second]")).to_have_text("0.00")
    page.get_by_role("link", name="A floor of noise").click()
    for runner in ("sgd", "momentum", "adam"):
        expect(page.locator(f"[data-number={runner}-arrival]")).to_have_text("–")


def test_without_javascript_the_figure_stands(site):
    html = BeautifulSoup((site / LESSON).read_text(), "html.parser")
    place = html.select_one(PLACE)
    assert place.find("img")["alt"]
    assert place.find("figcaption").get_text()
