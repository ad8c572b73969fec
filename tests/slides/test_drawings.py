"""The decks' own drawings, in a browser: whole, and in the colors of figures, whatever the theme."""

import pytest
from academy_book import themes
from sites import ROOT

SLIDES = ROOT / "slides"
DRAWINGS = sorted((SLIDES / "drawings").glob("*.svg"))

OUTSIDE = """
() => {
  const frame = document.documentElement.getBoundingClientRect();
  return [...document.querySelectorAll("text, rect, circle, path")]
    .filter((part) => !part.closest("marker"))
    .filter((part) => {
      const box = part.getBoundingClientRect();
      const inside = box.left >= frame.left && box.right <= frame.right;
      return !inside || box.top < frame.top || box.bottom > frame.bottom;
    })
    .map((part) => part.outerHTML);
}
"""
INK = "() => getComputedStyle(document.documentElement).getPropertyValue('--ink').trim()"


@pytest.fixture(params=DRAWINGS, ids=lambda path: path.stem)
def drawing(request):
    return request.param


@pytest.fixture
def page(browser, drawing):
    """Opens a drawing by itself."""
    page = browser.new_page(viewport={"width": 1280, "height": 720})
    page.goto(drawing.as_uri())
    yield page
    page.close()


def test_a_deck_shows_it(drawing):
    assert any(f"drawings/{drawing.name}" in deck.read_text() for deck in SLIDES.glob("lesson*.md"))


def test_nothing_leaves_its_frame(page):
    assert page.evaluate(OUTSIDE) == []


@pytest.mark.parametrize(("scheme", "palette"), [("light", themes.LIGHT), ("dark", themes.DARK)])
def test_its_ink_is_that_of_figures(page, scheme, palette):
    page.emulate_media(color_scheme=scheme)
    assert page.evaluate(INK) == palette["ink"]
