"""The CNN from inside on its page: light until used, a figure without JavaScript, tasks that hold."""

import re

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import expect

LESSON = "lessons/3-convolutional-networks/lesson3.html"
PLACE = "[data-interactive=feature-maps]"


@pytest.fixture
def page(browser, address):
    page = browser.new_page()
    page.asked = []
    page.on("request", lambda request: page.asked.append(request.url))
    page.goto(address + LESSON, wait_until="networkidle")
    yield page
    page.close()


def open_up(page):
    page.locator(PLACE).evaluate("(place) => place.scrollIntoView()")
    page.wait_for_selector(".feature-maps .image")


def status(page):
    return page.locator(".feature-maps [role=status]")


def test_it_is_loaded_when_it_is_seen_and_its_net_when_it_is_used(page):
    assert not [url for url in page.asked if "feature-maps" in url]
    open_up(page)
    page.wait_for_load_state("networkidle")
    assert [url for url in page.asked if "feature-maps" in url]
    assert not [url for url in page.asked if "/models/" in url]
    expect(page.get_by_role("button", name=re.compile(r"^Fetch the network \(3\.\d MB\)$"))).to_be_visible()
    page.get_by_label("Or one kept back").select_option("4")
    expect(status(page)).to_have_text(re.compile("^The network reads a 4"))
    names = [url.rpartition("/")[2] for url in page.asked if "/models/" in url]
    assert any(name.startswith("lesson3-inside.onnx.") for name in names)
    assert len(names) == 3


@pytest.mark.parametrize("width", [390, 1440])
def test_nothing_moves_when_it_comes_to_life(page, width):
    page.set_viewport_size({"width": width, "height": 800})
    page.evaluate("document.fonts.ready")
    page.reload()  # a first visit does without a font that comes late; its lines break elsewhere
    place = page.locator(PLACE)
    before = place.evaluate("(place) => place.offsetHeight")
    open_up(page)
    assert place.evaluate("(place) => place.offsetHeight") == before


def test_the_tasks_keep_their_word(page):
    open_up(page)
    page.get_by_role("link", name="A 4", exact=True).click()
    expect(status(page)).to_have_text(re.compile("^The network reads a 4"))
    right = page.get_by_role("button", name="Move right")
    right.click()
    expect(page.get_by_text("moved along, off by")).to_have_count(3)
    expect(page.get_by_text("moved along, off by 0%")).to_have_count(0)
    right.click()
    expect(page.get_by_text("moved along, off by 0%")).to_have_count(2)
    right.click()
    right.click()
    expect(page.get_by_text("moved along, off by 0%")).to_have_count(3)
    expect(status(page)).to_have_text(re.compile("^Moved by 4 to the right: still a 4"))
    page.get_by_role("link", name="A 6, three pixels down").click()
    expect(status(page)).to_have_text(re.compile("^Moved by 3 down: no longer a 6; the network reads an 8"))


def test_without_javascript_the_figure_stands(site):
    html = BeautifulSoup((site / LESSON).read_text(), "html.parser")
    place = html.select_one(PLACE)
    assert place.find("img")["alt"]
    assert place.find("figcaption").get_text()
