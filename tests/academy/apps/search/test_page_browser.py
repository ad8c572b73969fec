"""The page as a person uses it, in a real browser."""

import csv
import re
import threading

import pytest
from academy.apps.page import start
from academy.apps.search.page import build
from app_visits import visits
from axe_playwright_python.sync_playwright import Axe
from color_words import ColorWords
from interactive_page import small_targets
from pages import PHONE, WIDE
from playwright.sync_api import Page, expect
from similar_engine import NAMES, square

pytestmark = pytest.mark.slow

OURS = ".html-container"
"""What this package draws; around it stands what Gradio draws."""
THEMES = pytest.mark.parametrize("theme", ["light", "dark"])
SIZES = pytest.mark.parametrize("viewport", [PHONE, WIDE], ids=["phone", "wide"])


class Slow(ColorWords):
    """Answers when it may."""

    def __init__(self, **settings):
        super().__init__(**settings)
        self.may_answer, self.is_asked = threading.Event(), threading.Semaphore(0)
        self.may_answer.set()

    def nearest(self, query, k):
        self.is_asked.release()
        assert self.may_answer.wait(30)
        return super().nearest(query, k)


@pytest.fixture(scope="module")
def engine():
    return Slow(skipped=["“notes.png” is a text, whatever its name says."])


@pytest.fixture(scope="module")
def served(engine):
    """The address of the page on a small engine."""
    built = build(engine)
    start(built)
    yield built.local_url
    built.close(verbose=False)


@pytest.fixture
def visit(browser, served):
    """Open the page; an error on the console, or a request to another host, fails the test."""
    with visits(browser, served, begun) as opening:
        yield opening


def begun(page: Page) -> None:
    expect(heading(page)).to_have_text(re.compile("Write what you look for"))


@pytest.fixture
def picture(tmp_path):
    """A file that shows the color of one place on the wheel."""

    def drawn(name: str):
        path = tmp_path / f"{name}.png"
        square(NAMES.index(name)).resize((300, 200)).save(path)
        return path

    return drawn


def heading(page: Page):
    return page.locator(f"{OURS} .top h2")


def arrival(page: Page):
    """Wait until what is done here has arrived: what is done at once after it could come before it."""
    return page.expect_response("**/queue/join*")


def ask(page: Page, words: str, without: str = "") -> None:
    page.get_by_label("Without").fill(without)
    page.get_by_label("Search for").fill(words)
    with arrival(page):
        page.get_by_label("Search for").press("Enter")


def upload(page: Page, path) -> None:
    page.locator("input[type=file]").first.set_input_files(path)


def found(page: Page) -> list[str]:
    return page.locator(f"{OURS} button .name").all_inner_texts()


def test_words_find_pictures_that_lead_to_neighbors_and_back(visit):
    page = visit()
    ask(page, "something azure")
    expect(heading(page)).to_have_text("Nearest to “something azure”")
    assert found(page)[0] == "azure"
    expect(page.get_by_text("cosine 1.00")).to_be_visible()
    expect(page.get_by_role("status").filter(has_text="First azure")).to_be_attached()
    page.get_by_role("button", name="blue").first.click()
    expect(heading(page)).to_have_text("Neighbors of blue")
    assert set(found(page)[:2]) == {"azure", "violet"}
    page.get_by_role("button", name="violet").first.click()
    expect(heading(page)).to_have_text("Neighbors of violet")
    for title in ("Neighbors of blue", "Nearest to “something azure”"):
        page.get_by_role("button", name="Back").click()
        expect(heading(page)).to_have_text(title)


def test_words_are_taken_away_and_a_picture_is_added(visit, picture):
    page = visit()
    ask(page, "yellow", "red")
    expect(heading(page)).to_have_text("Nearest to “yellow” without “red”")
    assert found(page)[0] == "green"
    page.get_by_label("Without").fill("")
    page.get_by_label("Search for").fill("")
    upload(page, picture("blue"))
    expect(heading(page)).to_have_text("Nearest to your picture")
    assert found(page)[0] == "blue"
    ask(page, "green")
    expect(heading(page)).to_have_text("Nearest to your picture and “green”")
    assert found(page)[0] == "cyan"
    page.get_by_label("Remove Image").click()
    expect(heading(page)).to_have_text("Nearest to “green”")


def test_the_wording_is_a_switch_and_the_count_a_slider(visit):
    page = visit()
    ask(page, "red")
    expect(page.locator(f"{OURS} button .name")).to_have_count(12)
    page.get_by_label("Wording", exact=True).click()
    page.get_by_role("option", name="a photo of a …").click()
    expect(heading(page)).to_have_text("Nearest to “red”")
    page.get_by_label("number input for Pictures").fill("3")
    page.get_by_label("number input for Pictures").press("Enter")
    expect(page.locator(f"{OURS} button .name")).to_have_count(3)
    expect(heading(page)).to_have_text("Nearest to “red”")


def test_of_words_that_come_faster_than_answers_the_last_ones_count(visit, engine):
    page = visit()
    engine.may_answer.clear()
    ask(page, "red")
    assert engine.is_asked.acquire(timeout=30)
    for words in ("green", "azure", "yellow"):
        ask(page, words)
    engine.may_answer.set()
    expect(heading(page)).to_have_text("Nearest to “yellow”")
    assert found(page)[0] == "yellow"


def test_a_press_while_words_are_on_their_way_has_the_last_word(visit, engine):
    page = visit()
    ask(page, "red")
    expect(heading(page)).to_have_text("Nearest to “red”")
    engine.may_answer.clear()
    while engine.is_asked.acquire(blocking=False):
        pass
    ask(page, "green")
    assert engine.is_asked.acquire(timeout=30)
    ask(page, "azure")
    page.locator(f"{OURS} button", has_text="violet").dispatch_event("click")
    engine.may_answer.set()
    expect(heading(page)).to_have_text("Neighbors of violet")
    page.get_by_role("button", name="Back").click()
    expect(heading(page)).to_have_text("Nearest to “azure”")


def test_what_cannot_be_searched_for_is_told_and_the_next_words_are_read(visit, picture, tmp_path):
    page = visit()
    alert = page.get_by_role("alert")
    ask(page, "!!!")
    expect(alert.filter(has_text="In “!!!” is nothing that this model reads")).to_be_visible()
    ask(page, "", "red")
    expect(alert.filter(has_text="“Without” only takes away")).to_be_visible()
    wrong = tmp_path / "notes.png"
    wrong.write_text("buy milk")
    upload(page, wrong)
    expect(alert.filter(has_text="“notes.png” is a text")).to_be_visible()
    with arrival(page):
        page.get_by_label("Remove Image").click()
    ask(page, "red")
    expect(heading(page)).to_have_text("Nearest to “red”")
    expect(page.locator(".problem").filter(has_text=re.compile("."))).to_have_count(0)


def test_all_are_sorted_into_classes_with_a_table_to_keep(visit):
    page = visit()
    page.get_by_label("Classes", exact=True).fill("red\ngreen\nblue")
    page.get_by_role("button", name="Sort", exact=True).click()
    expect(page.get_by_role("heading", name="12 pictures in 3 classes")).to_be_visible()
    expect(page.get_by_role("heading", name=re.compile(r"^green: \d \(\d+%\)"))).to_be_visible()
    expect(page.get_by_role("status").filter(has_text="12 pictures in 3 classes. red:")).to_be_attached()
    with page.expect_download() as download:
        page.get_by_role("link", name="Download the table").click()
    assert download.value.suggested_filename == "classes.csv"
    with download.value.path().open(encoding="utf-8-sig", newline="") as file:
        rows = [*csv.DictReader(file)]
    assert [row["file"] for row in rows] == [f"{name}.png" for name in NAMES]
    assert rows[NAMES.index("green")]["class"] == "green"
    page.get_by_label("Classes", exact=True).fill("red")
    page.get_by_role("button", name="Sort", exact=True).click()
    expect(page.get_by_role("alert").filter(has_text="1 class is named")).to_be_visible()


def test_the_keyboard_does_it_all(visit):
    page = visit()
    page.get_by_label("Search for").focus()
    page.keyboard.type("red")
    page.keyboard.press("Enter")
    expect(heading(page)).to_have_text("Nearest to “red”")
    expect(page.get_by_label("Search for")).to_be_focused()
    first = page.locator(f"{OURS} button[data-place]").first
    for _ in range(5):
        page.keyboard.press("Tab")
        if first.evaluate("(button) => button === document.activeElement"):
            break
    assert first.evaluate("(button) => getComputedStyle(button).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    expect(heading(page)).to_have_text("Neighbors of red")
    expect(heading(page)).to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(page.get_by_role("button", name="Back")).to_be_focused()
    page.keyboard.press("Enter")
    expect(heading(page)).to_have_text("Nearest to “red”")


@THEMES
@SIZES
def test_it_fits_and_axe_finds_nothing(visit, theme, viewport):
    page = visit(viewport=viewport, color_scheme=theme)
    ask(page, "blue")
    expect(heading(page)).to_have_text("Nearest to “blue”")
    page.get_by_role("button", name="violet").first.click()
    expect(heading(page)).to_have_text("Neighbors of violet")
    page.get_by_label("Classes", exact=True).fill("red\ngreen\nblue")
    page.get_by_role("button", name="Sort", exact=True).click()
    expect(page.get_by_role("heading", name="12 pictures in 3 classes")).to_be_visible()
    page.get_by_text("How the parts add up").click()
    page.mouse.move(0, 0)
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
    result = Axe().run(page)  # Gradio's part of the page is held to the same
    assert result.violations_count == 0, result.generate_report()
    assert small_targets(page, OURS) == []
    background = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert (sum(map(int, re.findall(r"\d+", background)[:3])) < 150) == (theme == "dark")


def test_every_picture_says_what_it_shows_and_what_is_known_stands_below(visit):
    page = visit()
    ask(page, "cyan")
    expect(heading(page)).to_have_text("Nearest to “cyan”")
    shown = page.locator(f"{OURS} li img")
    assert shown.count() == 12
    for place in range(shown.count()):
        assert re.fullmatch(r"Picture of \w+", shown.nth(place).get_attribute("alt"))
    row = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name="recall@10, openmoji"))
    assert row.get_by_role("cell").all_inner_texts() == ["36%", "10%", "5.0%"]
    page.get_by_text("1 file was skipped").click()
    expect(page.get_by_text("“notes.png” is a text")).to_be_visible()
