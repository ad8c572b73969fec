"""The page as a person uses it, in a real browser."""

import re

import pytest
from academy.apps.page import start
from academy.apps.similar.page import build
from app_visits import visits
from axe_playwright_python.sync_playwright import Axe
from interactive_page import small_targets
from pages import PHONE, WIDE
from PIL import Image
from playwright.sync_api import Page, expect
from similar_engine import NAMES, ColorWheel, square

pytestmark = pytest.mark.slow

OURS = ".html-container"
"""What this package draws; around it stands what Gradio draws."""
THEMES = pytest.mark.parametrize("theme", ["light", "dark"])
SIZES = pytest.mark.parametrize("viewport", [PHONE, WIDE], ids=["phone", "wide"])


@pytest.fixture(scope="module")
def served():
    """The address of the page on a small engine."""
    built = build(ColorWheel(skipped=["“notes.png” is a text, whatever its name says."]))
    start(built)
    yield built.local_url
    built.close(verbose=False)


@pytest.fixture
def visit(browser, served):
    """Open the page; an error on the console, or a request to another host, fails the test."""
    with visits(browser, served, begun) as opening:
        yield opening


def begun(page: Page) -> None:
    expect(heading(page)).to_have_text("No picture at hand? Start from one of these")


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


def upload(page: Page, path) -> None:
    page.locator("input[type=file]").first.set_input_files(path)


def found(page: Page, backbone: str) -> list[str]:
    section = page.locator("section").filter(has=page.get_by_role("heading", name=backbone, exact=True))
    return section.locator(".name").all_inner_texts()


def test_a_picture_leads_to_neighbors_to_theirs_and_back(visit, picture):
    page = visit()
    upload(page, picture("azure"))
    expect(heading(page)).to_have_text("Most similar to your picture")
    assert found(page, "By hue")[:1] == ["azure"]
    assert set(found(page, "By hue")[1:3]) == {"cyan", "blue"}
    expect(page.get_by_role("status").filter(has_text="By hue: first azure")).to_be_attached()
    page.get_by_role("button", name="blue").first.click()
    expect(heading(page)).to_have_text("Neighbors of blue")
    assert "blue" not in found(page, "By hue")
    assert set(found(page, "By hue")[:2]) == {"azure", "violet"}
    page.get_by_role("button", name="violet").first.click()
    expect(heading(page)).to_have_text("Neighbors of violet")
    page.get_by_role("button", name="Back").click()
    expect(heading(page)).to_have_text("Neighbors of blue")
    page.get_by_role("button", name="Back").click()
    expect(heading(page)).to_have_text("Most similar to your picture")


def test_who_has_no_picture_starts_from_one_of_the_set(visit):
    page = visit()
    page.locator(f"{OURS} button[data-place]").first.click()
    expect(heading(page)).to_have_text(re.compile("Neighbors of "))
    page.get_by_role("button", name="Back").click()
    expect(heading(page)).to_have_text(re.compile("No picture at hand"))


def test_a_new_picture_begins_anew(visit, picture):
    page = visit()
    upload(page, picture("red"))
    page.get_by_role("button", name="rose").first.click()
    expect(heading(page)).to_have_text("Neighbors of rose")
    page.get_by_label("Remove Image").click()
    expect(heading(page)).to_have_text(re.compile("No picture at hand"))
    upload(page, picture("green"))
    expect(heading(page)).to_have_text("Most similar to your picture")
    assert found(page, "By hue")[0] == "green"


def test_fewer_neighbors_and_one_way_to_compare(visit, picture):
    page = visit()
    upload(page, picture("red"))
    expect(page.locator("section")).to_have_count(2)
    page.get_by_label("By place").uncheck()
    expect(page.locator("section")).to_have_count(1)
    page.get_by_label("number input for Neighbors").fill("3")
    page.get_by_label("number input for Neighbors").press("Enter")
    expect(page.locator("section li")).to_have_count(3)
    page.get_by_label("By hue").uncheck()
    expect(page.get_by_role("alert").filter(has_text="Nothing is compared")).to_be_visible()


def test_a_file_that_is_no_picture_is_refused_in_a_sentence_and_the_next_one_is_read(
    visit, picture, tmp_path
):
    page = visit()
    wrong = tmp_path / "notes.png"
    wrong.write_text("buy milk")
    upload(page, wrong)
    expect(page.get_by_role("alert").filter(has_text="“notes.png” is a text")).to_be_visible()
    page.get_by_label("Remove Image").click()
    upload(page, picture("lime"))
    expect(heading(page)).to_have_text("Most similar to your picture")
    expect(page.locator(".problem")).to_have_text("")


def test_a_giant_is_refused_before_anybody_decodes_it(visit, tmp_path):
    page = visit()
    giant = tmp_path / "giant.png"
    Image.new("1", (20_000, 20_000)).save(giant)
    upload(page, giant)
    expect(page.get_by_role("alert").filter(has_text="400 million pixels")).to_be_visible()


def test_a_picture_is_pasted(visit, picture):
    page = visit()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.evaluate(
        """async (bytes) => {
            const picture = new Blob([Uint8Array.from(bytes)], {type: "image/png"});
            await navigator.clipboard.write([new ClipboardItem({"image/png": picture})]);
        }""",
        list(picture("pink").read_bytes()),
    )
    page.get_by_label("Paste from clipboard").click()
    expect(heading(page)).to_have_text("Most similar to your picture")
    assert found(page, "By hue")[0] == "pink"


def test_the_keyboard_does_it_all(visit):
    page = visit()
    first = page.locator(f"{OURS} button[data-place]").first
    for _ in range(40):
        page.keyboard.press("Tab")
        if first.evaluate("(button) => button === document.activeElement"):
            break
    assert first.evaluate("(button) => getComputedStyle(button).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    expect(heading(page)).to_have_text(re.compile("Neighbors of "))
    expect(heading(page)).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(heading(page)).not_to_have_text(re.compile("Neighbors of red"))
    page.keyboard.press("Shift+Tab")
    expect(page.get_by_role("button", name="Back")).to_be_focused()
    page.keyboard.press("Enter")
    expect(heading(page)).to_have_text("Neighbors of red")


@THEMES
@SIZES
def test_it_fits_and_axe_finds_nothing(visit, picture, theme, viewport):
    page = visit(viewport=viewport, color_scheme=theme)
    upload(page, picture("blue"))
    expect(heading(page)).to_have_text("Most similar to your picture")
    page.get_by_role("button", name="violet").first.click()
    expect(heading(page)).to_have_text("Neighbors of violet")
    page.mouse.move(0, 0)
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
    result = Axe().run(page)  # Gradio's part of the page is held to the same
    assert result.violations_count == 0, result.generate_report()
    assert small_targets(page, OURS) == []


@THEMES
def test_the_theme_is_that_of_the_reader(visit, theme):
    page = visit(color_scheme=theme)
    red, green, blue = map(
        int, re.findall(r"\d+", page.evaluate("getComputedStyle(document.body).backgroundColor"))[:3]
    )
    assert (red + green + blue < 150) == (theme == "dark")


def test_every_result_says_what_its_picture_shows(visit, picture):
    page = visit()
    upload(page, picture("cyan"))
    expect(heading(page)).to_have_text("Most similar to your picture")
    shown = page.locator(f"{OURS} li img")
    assert shown.count() > 0
    for place in range(shown.count()):
        assert re.fullmatch(r"Picture of \w+", shown.nth(place).get_attribute("alt"))


def test_how_good_they_are_and_what_was_skipped_stands_below(visit):
    page = visit()
    for name, shares in {"precision@5": ["75%", "10%"], "recall@5": ["50%", "5%"]}.items():
        row = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name=name))
        assert row.get_by_role("cell").all_inner_texts() == shares
    page.get_by_text("1 file was skipped").click()
    expect(page.get_by_text("“notes.png” is a text")).to_be_visible()
