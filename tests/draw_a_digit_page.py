"""The lesson's page with the drawing, and a hand that draws on it."""

from lesson_visits import visits
from playwright.sync_api import Page

LESSON = "lessons/2-training/lesson2.html"
STAGE = "[data-interactive=draw-a-digit]"

visit = visits(LESSON, "draw-a-digit", ".draw-a-digit .pad")


def draw(page: Page, *strokes: list[tuple[float, float]]) -> None:
    """Draw with the mouse; points are shares of the paper's side."""
    pad = page.locator(".pad")
    pad.scroll_into_view_if_needed()
    box = pad.bounding_box()
    assert box
    for points in strokes:
        places = [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in points]
        page.mouse.move(*places[0])
        page.mouse.down()
        for place in places[1:]:
            page.mouse.move(*place, steps=6)
        page.mouse.up()


SEVEN = [(0.3, 0.25), (0.7, 0.25), (0.45, 0.8)]
ONE = [(0.5, 0.2), (0.5, 0.8)]
