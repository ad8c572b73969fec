"""Without JavaScript a page still has its content, formulas, figures, colors and folds."""

from collections.abc import Iterator

import pytest
from pages import WIDE, opened
from playwright.sync_api import Browser, Page, expect


@pytest.fixture
def page(browser: Browser, parts: str) -> Iterator[Page]:
    with opened(browser, parts, java_script_enabled=False, viewport=WIDE) as page:
        yield page


def style(page: Page, selector: str, name: str) -> str:
    """Read a computed style; the browser's own tools may run scripts where the page may not."""
    session = page.context.new_cdp_session(page)
    session.send("DOM.enable")
    session.send("CSS.enable")
    root = session.send("DOM.getDocument")["root"]["nodeId"]
    node = session.send("DOM.querySelector", {"nodeId": root, "selector": selector})["nodeId"]
    styles = session.send("CSS.getComputedStyleForNode", {"nodeId": node})["computedStyle"]
    return {each["name"]: each["value"] for each in styles}[name]


def test_content_and_contents_are_there(page: Page) -> None:
    expect(page.get_by_role("heading", name="What opens")).to_be_visible()
    expect(page.get_by_role("navigation", name="Book").get_by_role("link").first).to_be_visible()
    expect(page.get_by_text("Logistic regression")).to_be_visible()


def test_formulas_are_drawn_in_their_own_letters(page: Page) -> None:
    assert "KaTeX_Main" in style(page, ".katex", "font-family")
    assert page.locator("div.math .katex-html").bounding_box()["height"] > 30  # type: ignore[index]


def test_figures_are_shown(page: Page) -> None:
    figure = page.get_by_role("img", name="A curve that rises.")
    figure.scroll_into_view_if_needed()
    box = figure.bounding_box()
    assert box is not None
    assert box["height"] > 100


def test_colors_are_those_of_the_light_theme(page: Page) -> None:
    assert style(page, "body", "background-color") == "rgb(255, 255, 255)"
    assert style(page, "body", "color") == "rgb(31, 35, 40)"
    assert style(page, ".highlight .c1", "color") != style(page, ".highlight .k", "color")


def test_folds_and_tabs_work(page: Page) -> None:
    page.locator("summary", has_text="(A step by hand)").click()
    expect(page.get_by_text("It is two.")).to_be_visible()
    page.get_by_text("With PyTorch").click()
    expect(page.get_by_text("nn.Linear")).to_be_visible()


def test_a_question_asks_to_write_the_answer_down(page: Page) -> None:
    for question in ("What does a wider layer do to the accuracy?", "What shape has the boundary?"):
        box = page.get_by_role("group", name=question)
        expect(box.get_by_text("Write your answer down")).to_be_visible()
        expect(box.locator("input, textarea").locator("visible=true")).to_have_count(0)
    expect(page.get_by_text("It rises.")).to_be_visible()


def test_the_launch_menu_opens(page: Page) -> None:
    page.get_by_role("button", name="Open in").click()
    expect(page.locator("#launch-menu").get_by_role("link", name="Colab")).to_be_visible()


def test_no_button_is_shown_that_does_nothing(page: Page) -> None:
    for name in ("Search", "Colors", "Contents of the book", "Mark lesson 1 as read", "Copy"):
        expect(page.get_by_role("button", name=name)).not_to_be_visible()
