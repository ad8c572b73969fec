"""A reader draws a digit by mouse, finger or keys, and sees what the network makes of it, and why."""

import re
from itertools import pairwise

import pytest
import torch
from academy.data import photo
from axe_playwright_python.sync_playwright import Axe
from bs4 import BeautifulSoup
from draw_a_digit_page import LESSON, ONE, SEVEN, draw
from interactive_page import small_targets
from playwright.sync_api import expect

ENOUGH = 45
"""Of the fifty drawings, to be read rightly."""
MODULES = "../../_static/js/"

PREPARE = """
async (modules) => {
    const load = (name) => import(new URL(`${modules}${name}.js`, location.href));
    const [{drawings}, {paperOf}, {prepare}] =
        await Promise.all(["draw-a-digit/drawings", "shared/strokes", "shared/preparing"].map(load));
    const speck = {strokes: [[[0.5, 0.2], [0.5, 0.8]], [[0.1, 0.1]]], width: 0.05};
    const thin = {strokes: [[[0.2, 0.9], [0.8, 0.12]]], width: 0.012};
    const flat = {strokes: [[[0.05, 0.5], [0.95, 0.52]]], width: 0.06};
    return [...drawings().filter((_, n) => n % 9 === 0), speck, thin, flat].map((drawing) => {
        const paper = paperOf(drawing);
        const stages = Object.values(prepare(paper)).map((image) => ({...image, data: [...image.data]}));
        return {paper: [...paper.data], stages};
    });
}
"""


def status(page):
    return page.locator(".draw-a-digit [role=status]")


def shares(page):
    """Return the ten probabilities that the page shows."""
    texts = page.locator("[data-probability]").all_inner_texts()
    return [float(text.removeprefix("> ").removesuffix("%")) / 100 for text in texts]


def as_tensor(image):
    return torch.tensor(image["data"]).reshape(image["height"], image["width"])


def test_the_steps_are_those_of_the_lesson(visit):
    page = visit().page
    for found in page.evaluate(PREPARE, MODULES):
        image = torch.tensor(found["paper"]).reshape(1, 160, 160).expand(3, -1, -1)
        image = photo.even_light(photo.shrink(photo.gray(image)))
        for step, stage in zip(photo.STEPS[3:], found["stages"], strict=True):
            image = step(image)
            torch.testing.assert_close(as_tensor(stage), image, rtol=0, atol=2e-3, msg=step.__name__)


def test_it_reads_at_least_45_of_the_50_drawings(visit):
    page = visit().page
    page.get_by_text("Fifty drawings as a test").click()
    page.get_by_role("button", name="Read all fifty").click()
    said = page.get_by_text(re.compile(r"of 50 are read rightly\.$"))
    expect(said).to_be_visible()
    right = int(said.inner_text().split()[0])
    wrong = page.locator(".small .other [role=img]").evaluate_all(
        "(all) => all.map((each) => each.ariaLabel)"
    )
    print(f"\n{right} of 50, wrong: {wrong}")
    assert right >= ENOUGH
    assert right == 50 - len(wrong)


def test_the_drawings_are_of_many_hands(visit):
    """They differ in slant, size, width of the pen and place, not only in shape."""
    drawings = visit().page.evaluate(
        f"import(new URL('{MODULES}draw-a-digit/drawings.js', location.href)).then((each) => each.drawings())"
    )
    assert [sum(each["digit"] == digit for each in drawings) for digit in range(10)] == [5] * 10
    points = [torch.tensor([point for stroke in each["strokes"] for point in stroke]) for each in drawings]
    heights = torch.tensor([(each[:, 1].max() - each[:, 1].min()).item() for each in points])
    middles = torch.stack([(each.max(dim=0).values + each.min(dim=0).values) / 2 for each in points])
    assert heights.min() < 0.5
    assert heights.max() > 0.75
    assert {each["width"] for each in drawings} >= {0.055, 0.12}
    assert (middles.max(dim=0).values - middles.min(dim=0).values).min() > 0.1
    assert all(0 <= value <= 1 for each in points for value in each.flatten().tolist())


def test_a_mouse_draws_and_probabilities_follow_while_the_pen_is_down(visit):
    page = visit().page
    draw(page, ONE)
    expect(status(page)).to_have_text(re.compile("^The network reads a 1"))
    page.get_by_role("button", name="Clear").click()
    expect(page.locator("[data-probability='1']")).to_have_text("–")
    box = page.locator(".pad").bounding_box()
    page.mouse.move(box["x"] + 0.5 * box["width"], box["y"] + 0.2 * box["height"])
    page.mouse.down()
    page.mouse.move(box["x"] + 0.5 * box["width"], box["y"] + 0.7 * box["height"], steps=8)
    expect(page.locator("[data-probability='1']")).not_to_have_text("–")
    assert sum(shares(page)) == pytest.approx(1, abs=0.02)
    assert "reads" not in status(page).inner_text(), "said only when the pen is up"
    page.mouse.up()
    expect(status(page)).to_have_text(re.compile("^The network reads a 1"))


def test_a_finger_draws_and_does_not_scroll(visit):
    seen = visit(has_touch=True, viewport={"width": 390, "height": 844})
    page = seen.page
    page.locator(".pad").scroll_into_view_if_needed()
    box = page.locator(".pad").bounding_box()
    scrolled = page.evaluate("scrollY")
    places = [{"x": box["x"] + x * box["width"], "y": box["y"] + y * box["height"]} for x, y in SEVEN]
    path = [
        {axis: start[axis] + (end[axis] - start[axis]) * share / 8 for axis in "xy"}
        for start, end in pairwise(places)
        for share in range(9)
    ]
    for kind, points in [
        ("touchStart", path[:1]),
        *(("touchMove", [each]) for each in path),
        ("touchEnd", []),
    ]:
        seen.session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    expect(status(page)).to_have_text(re.compile("^The network reads a 7"))
    assert page.evaluate("scrollY") == scrolled


def test_keys_alone_take_a_sample_and_hear_the_answer(visit):
    page = visit().page
    page.get_by_label("Pen", exact=True).focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.labels[0].textContent") == "Sample"
    page.keyboard.press("8")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(status(page)).to_have_text(re.compile("^The network reads a 8"))


def test_the_same_digit_otherwise(visit):
    page = visit().page
    draw(page, SEVEN)
    expect(status(page)).to_have_text(re.compile("^The network reads a 7"))
    variants = page.locator(".draw-a-digit .strip").nth(1).locator(".captioned")
    texts = [text.replace("\n", " ") for text in variants.all_inner_texts()]
    assert len(texts) == 7
    assert texts[0].startswith("as you drew it 7")
    assert texts[1].startswith("in the corner of the paper 7"), "the steps undo where it was written"
    for name in ("thinner", "thicker", "tilted to the left", "tilted to the right", "moved by 5 pixels"):
        assert any(text.startswith(name) for text in texts)


def test_an_empty_paper_says_nothing(visit):
    page = visit().page
    expect(page.locator("[data-probability='0']")).to_have_text("–")
    draw(page, ONE)
    expect(status(page)).to_have_text(re.compile("^The network reads"))
    page.get_by_role("button", name="Clear").click()
    expect(page.locator("[data-probability='1']")).to_have_text("–")
    expect(page.get_by_text("as you drew it")).to_have_text("as you drew it\n–", use_inner_text=True)


def test_without_javascript_the_figure_stands(site):
    html = BeautifulSoup((site / LESSON).read_text(), "html.parser")
    place = html.find(attrs={"data-interactive": "draw-a-digit"})
    assert place.find("img")["alt"]
    assert place.find("figcaption").get_text()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1440])
def test_axe_finds_nothing(visit, theme, width):
    page = visit(color_scheme=theme, viewport={"width": width, "height": 900}).page
    page.get_by_text("Fifty drawings as a test").click()
    draw(page, SEVEN)
    expect(status(page)).to_have_text(re.compile("^The network reads a 7"))
    page.get_by_role("button", name="Read all fifty").click()
    expect(page.get_by_text("of 50 are read rightly")).to_be_visible()
    result = Axe().run(page, context=".draw-a-digit")
    assert result.violations_count == 0, result.generate_report()
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
    assert small_targets(page, ".draw-a-digit") == []
