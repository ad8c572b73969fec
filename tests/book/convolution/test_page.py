"""The convolution on its page: light until seen, a figure without JavaScript, tasks that keep their word."""

import gzip

import pytest
import torch
from bs4 import BeautifulSoup
from playwright.sync_api import expect
from safetensors.torch import load

LESSON = "lessons/3-convolutional-networks/lesson3.html"
PLACE = "[data-interactive=convolution]"


@pytest.fixture
def page(browser, address):
    page = browser.new_page()
    page.asked = []
    page.on("request", lambda request: page.asked.append(request.url))
    page.goto(address + LESSON, wait_until="networkidle")
    yield page
    page.close()


def come_to_life(page):
    page.locator(PLACE).evaluate("(place) => place.scrollIntoView()")
    page.wait_for_selector(".convolution .kernel input")


def test_nothing_of_it_is_loaded_until_it_is_in_view(page):
    def loaded():
        return [url for url in page.asked if "/js/convolution/" in url or "lesson3-filters" in url]

    assert not loaded()
    come_to_life(page)
    assert loaded()


@pytest.mark.parametrize("width", [390, 1440])
def test_nothing_moves_when_it_comes_to_life(page, width):
    page.set_viewport_size({"width": width, "height": 800})
    page.evaluate("document.fonts.ready")
    page.reload()  # a first visit does without a font that comes late; its lines break elsewhere
    height = "(place) => place.offsetHeight"
    before = page.locator(PLACE).evaluate(height)
    come_to_life(page)
    assert page.locator(PLACE).evaluate(height) == before


def test_its_filters_are_those_of_the_chapter_s_network(page, site):
    come_to_life(page)
    (path,) = (site / "_static" / "models").glob("lesson3-filters.*")
    filters = load(gzip.decompress(path.read_bytes()))["filters"]
    assert filters.shape == (16, 1, 5, 5)
    kernel = page.get_by_role("combobox", name="Kernel", exact=True)
    for number in (1, 16):
        kernel.select_option(f"filter{number}")
        written = page.locator(".kernel input").evaluate_all("(all) => all.map((each) => each.value)")
        shown = torch.tensor([float(text.replace("−", "-")) for text in written]).view(5, 5)
        torch.testing.assert_close(shown, filters[number - 1, 0], rtol=0, atol=0.00501)


def test_the_tasks_open_what_they_speak_of(page):
    come_to_life(page)
    page.get_by_role("link", name="One bright pixel").click()
    sums = page.get_by_role("grid", name="The sums").get_by_role("gridcell")
    middle = [sums.nth(5 * row + column).inner_text() for row in (1, 2, 3) for column in (1, 2, 3)]
    assert middle == list("987654321")
    page.get_by_role("link", name="Our first layer").click()
    expect(page.get_by_text("Sums: 5 × 5", exact=True)).to_be_visible()
    page.get_by_role("combobox", name="Padding", exact=True).select_option("0")
    expect(page.get_by_text("Sums: 3 × 3", exact=True)).to_be_visible()
    page.get_by_role("link", name="Holes").click()
    field = page.get_by_role("region", name="Receptive field")
    expect(field).to_contain_text("layer 2 sees 25 of 81 pixels")
    field.get_by_role("grid", name="layer 3").get_by_label("row 5, column 5").click()
    expect(field).to_contain_text("layer 3 sees 25 of 81 pixels")


def test_without_javascript_the_figure_stands(site):
    html = BeautifulSoup((site / LESSON).read_text(), "html.parser")
    place = html.select_one(PLACE)
    assert place.find("img")["alt"]
    assert place.find("figcaption").get_text()
