"""The playground on the book's page: a figure that comes to life, and light until then."""

import json
from itertools import pairwise
from pathlib import Path

import nbformat
import pytest
from bs4 import BeautifulSoup
from playground_page import number
from playwright.sync_api import Browser, Page, expect

LESSON = "lessons/1-neural-networks/lesson1.html"
PARTS = ("js/playground", "css/playground")
WIDTHS = pytest.mark.parametrize("width", [390, 1440])


@pytest.fixture
def page(browser: Browser):
    """A page that keeps its console and what it asks for."""
    page = browser.new_page()
    page.said, page.asked = [], []
    page.on("console", lambda said: said.type in ("error", "warning") and page.said.append(said.text))
    page.on("pageerror", lambda error: page.said.append(str(error)))
    page.on("request", lambda request: page.asked.append(request.url))
    yield page
    page.close()
    assert page.said == []


def parts(page: Page) -> list[str]:
    return [url for url in page.asked if any(part in url for part in PARTS)]


def test_nothing_of_it_is_loaded_until_it_is_in_view(page, address):
    page.goto(address + LESSON, wait_until="networkidle")
    assert parts(page) == []
    page.locator("[data-interactive=playground]").scroll_into_view_if_needed()
    page.wait_for_selector(".playground dd:not(:empty)")
    assert parts(page)


@WIDTHS
@pytest.mark.parametrize("font", ["the book's", "another, since the book's is late"])
def test_nothing_moves_when_it_comes_to_life(page, address, width, font):
    page.set_viewport_size({"width": width, "height": 800})
    if font != "the book's":
        page.route("**/source-sans-3*", lambda route: None)
    page.add_init_script(
        "window.shifts = 0; new PerformanceObserver((list) => { for (const each of list.getEntries()) "
        "window.shifts += each.value; }).observe({type: 'layout-shift', buffered: true});"
    )
    page.goto(address + LESSON, wait_until="domcontentloaded")
    place = page.locator("[data-interactive=playground]")
    before = place.evaluate("(place) => place.offsetHeight")
    place.scroll_into_view_if_needed()
    page.wait_for_selector(".playground dd:not(:empty)")
    assert place.evaluate("(place) => place.offsetHeight") == before
    assert page.evaluate("window.shifts") < 0.02


def test_it_fits_on_one_screen_side_by_side(page, address):
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(address + LESSON + "#playground?hidden=4,2")
    page.wait_for_selector(".playground dd:not(:empty)")
    stage = page.locator(".playground").bounding_box()
    header = page.locator(".bd-header-article").bounding_box()
    assert stage["height"] <= 900 - header["height"]
    text = page.locator("section > p").first.bounding_box()
    contents = page.locator("#pst-secondary-sidebar").bounding_box()
    assert stage["width"] > text["width"] + 200
    assert stage["x"] + stage["width"] <= contents["x"]
    parts = ["Data and inputs", "Layers and units", "The plane"]
    boxes = [page.get_by_role("region", name=name, exact=True).bounding_box() for name in parts]
    for left, right in pairwise(boxes):
        assert left["x"] + left["width"] <= right["x"]
        assert abs(left["y"] - right["y"]) < 2


@pytest.mark.parametrize("width", [768, 1024, 1280, 1920])
def test_it_fits_its_place_at_other_widths(page, address, width):
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(address + LESSON)
    place = page.locator("[data-interactive=playground]")
    before = place.evaluate("(place) => place.offsetHeight")
    place.scroll_into_view_if_needed()
    page.wait_for_selector(".playground dd:not(:empty)")
    assert place.evaluate("(place) => place.offsetHeight") == before
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_guided_tasks_open_prepared_networks(page, address):
    page.goto(address + LESSON)
    page.get_by_role("link", name="Break a straight line").click()
    expect(page.locator("[data-number=parameters]")).to_have_text("3")
    page.get_by_role("link", name="A network too narrow").click()
    expect(page.locator("[data-number=parameters]")).to_have_text("9")
    page.get_by_role("link", name="A learning rate too high").click()
    expect(page.get_by_label("Learning rate", exact=True)).to_have_value("10")
    assert number(page, "ceiling") == 87.1


def test_a_shared_link_leads_to_it(page, address):
    page.goto(address + LESSON + "#playground?hidden=3")
    expect(page.locator("[data-number=parameters]")).to_have_text("13")
    expect(page.get_by_role("button", name="Play")).to_be_in_viewport()


def test_without_javascript_the_figure_stands(site: Path):
    html = BeautifulSoup((site / LESSON).read_text(), "html.parser")
    place = html.find(attrs={"data-interactive": "playground"})
    assert place.find("img")["alt"]
    assert place.find("figcaption").get_text()
    listing = json.loads((site.parent / "figures.json").read_text())
    assert "fig-playground" in listing["lessons/1-neural-networks/lesson1"]


def test_the_notebook_has_the_caption_and_a_link(site: Path):
    notebook = nbformat.read(site / "notebooks" / "lesson1.ipynb", as_version=4)
    text = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    assert text.count("A network at work") == 1
    assert "has it live" in text
    assert f"{LESSON}#playground?data=circles&hidden=" in text
