"""The front page's network: nothing before the press, then it learns; a picture for who runs no script."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from interactive_page import small_targets
from pages import PHONE, WIDE, opened
from playwright.sync_api import Page, expect

PLACE = ".front-picture"
NOTE = f"{PLACE} .note"
LIVE = f"{PLACE} canvas"
PARTS = ("first-network", "playground")
SIZES = pytest.mark.parametrize("viewport", [PHONE, WIDE], ids=["phone", "wide"])


@pytest.fixture
def visit(browser, address):
    """Open the front page; a message on the console fails the test."""
    contexts, messages = [], []

    def opening(**options):
        context = browser.new_context(**options)
        contexts.append(context)
        page = context.new_page()
        page.asked = []
        page.on("request", lambda request: page.asked.append(request.url))
        page.on("console", lambda said: said.type in ("error", "warning") and messages.append(said.text))
        page.on("pageerror", lambda error: messages.append(str(error)))
        page.goto(address, wait_until="networkidle")
        return page

    yield opening
    for context in contexts:
        context.close()
    assert messages == []


def press(page: Page, name: str) -> None:
    page.locator(PLACE).get_by_role("button", name=name, exact=True).click()


def start(page: Page) -> None:
    press(page, "Play")
    page.wait_for_function(f"document.querySelector('{NOTE}').textContent.startsWith('Step')")


def steps(page: Page) -> int:
    return int(re.match(r"Step ([\d,]+):", page.locator(NOTE).inner_text())[1].replace(",", ""))


def parts(page: Page) -> list[str]:
    return [url for url in page.asked if any(part in url for part in PARTS)]


def test_nothing_is_loaded_before_the_press_and_then_it_learns(visit):
    page = visit()
    assert parts(page) == []
    start(page)
    assert parts(page)
    page.wait_for_function(f"parseFloat(document.querySelector('{NOTE}').textContent.split('on ')[1]) > 75")
    press(page, "Pause")
    expect(page.locator(PLACE).get_by_role("status")).to_have_text(page.locator(NOTE).inner_text())
    assert page.locator(PLACE).get_by_role("img").count() == 2
    expect(page.get_by_role("img", name="Network 2-8-8-1")).to_be_visible()
    expect(page.get_by_role("img", name="640 to learn from and 160 kept back")).to_be_visible()


def test_it_stops_goes_on_and_begins_again(visit):
    page = visit()
    page.clock.install()
    start(page)
    page.clock.run_for(2_000)
    press(page, "Pause")
    page.clock.run_for(100)
    paused = steps(page)
    page.clock.run_for(2_000)
    assert steps(page) == paused > 0
    press(page, "Play")
    page.clock.run_for(30_000)
    assert steps(page) == 4_000
    press(page, "Again")
    page.clock.run_for(100)
    assert steps(page) < paused


def test_the_keyboard_starts_and_pauses_it(visit):
    page = visit()
    play = page.locator(PLACE).get_by_role("button")
    play.focus()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="On to Lesson 1")).to_be_focused()
    page.keyboard.press("Shift+Tab")
    assert play.evaluate("(button) => getComputedStyle(button).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    expect(play).to_have_text("Pause")
    expect(play).to_be_focused()
    page.keyboard.press("Space")
    expect(play).to_have_text("Play")
    expect(play).to_be_focused()


@SIZES
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_while_it_lives(visit, theme, viewport):
    page = visit(viewport=viewport, color_scheme=theme)
    start(page)
    press(page, "Pause")
    result = Axe().run(page, context=PLACE)
    assert result.violations_count == 0, result.generate_report()
    assert small_targets(page, PLACE) == []


@SIZES
def test_nothing_moves_when_it_comes_to_life(visit, viewport):
    page = visit(viewport=viewport)
    below = page.locator("#what-you-will-be-able-to-do")
    before = below.bounding_box()
    start(page)
    expect(page.locator(LIVE)).to_have_count(2)
    press(page, "Pause")
    assert below.bounding_box() == before
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
    stage = page.locator(f"{PLACE} .stage").bounding_box()
    for picture in page.locator(LIVE).all():
        box = picture.bounding_box()
        assert box["height"] <= stage["height"] + 1
        assert box["x"] >= stage["x"] - 1
        assert box["x"] + box["width"] <= stage["x"] + stage["width"] + 1


def test_little_motion_means_few_pictures(visit):
    page = visit(reduced_motion="reduce")
    page.clock.install()
    start(page)
    page.evaluate(
        f"""() => {{
            window.pictures = 0;
            new MutationObserver(() => window.pictures++)
                .observe(document.querySelector("{NOTE}"), {{childList: true}});
        }}"""
    )
    page.clock.run_for(5_000)
    assert 1 <= page.evaluate("window.pictures") <= 6


def test_one_button_leads_on_into_lesson_1(visit):
    page = visit()
    start(page)
    page.locator(PLACE).get_by_role("link").click()
    page.wait_for_url("**/lessons/1-neural-networks/lesson1.html")


def test_a_file_that_does_not_arrive_is_said(browser, address):
    with opened(browser, address) as page:
        page.route("**/first-network/**", lambda route: route.abort())
        press(page, "Play")
        expect(page.locator(NOTE)).to_have_text("A file did not arrive. Reload the page to try again.")
        expect(page.locator(f"{PLACE} img.only-light")).to_be_visible()


def test_without_a_script_the_picture_stands_with_the_link(browser, address):
    with opened(browser, address, java_script_enabled=False) as page:
        expect(page.locator(f"{PLACE} img.only-light")).to_be_visible()
        expect(page.locator(PLACE).get_by_role("link", name="On to Lesson 1")).to_be_visible()
        expect(page.locator(PLACE).get_by_role("button")).to_be_hidden()
        expect(page.locator(NOTE)).to_be_hidden()


def test_paper_shows_the_picture(visit):
    page = visit()
    start(page)
    press(page, "Pause")
    page.emulate_media(media="print")
    expect(page.locator(f"{PLACE} img.only-light")).to_be_visible()
    expect(page.locator(f"{PLACE} .stage")).to_be_hidden()
