"""A reader moves sliders by mouse, finger or keys, draws faces, and walks from one to another."""

import re

import numpy as np
import pytest
import torch
from axe_playwright_python.sync_playwright import Axe
from bs4 import BeautifulSoup
from face_sliders_page import (
    FIRST,
    LARGE,
    LESSON,
    NAME,
    SECOND,
    codes,
    move,
    painted,
    pixels,
    sliders,
    state,
    told,
)
from interactive_page import small_targets
from playwright.sync_api import expect

PHONE = {"width": 390, "height": 844}


def status(page):
    return page.locator(".face-sliders [role=status]")


def large(page):
    return page.locator(LARGE)


def shows(canvas, positions):
    """Tell whether a canvas shows the face of some positions."""
    return np.abs(painted(canvas) - pixels(positions)).max() < 1


def fetch(page):
    """Fetch the network, and wait for its first picture."""
    page.get_by_role("button", name="Fetch the network").click()
    expect(status(page)).to_have_text("The network is here: the face follows the sliders.")


def signed(position):
    return f"{position:+.1f}".replace("-", "−").replace("+0.0", "0.0").replace("−0.0", "0.0")


def test_a_slider_moves_the_face_and_the_picture_says_where_the_sliders_stand(visit):
    page = visit().page
    face, other = told(page)["faces"]
    assert sliders(page) == face[:8]
    fetch(page)
    assert shows(large(page), face)
    assert shows(page.locator(SECOND), other)
    move(page, "Long hair", 2.5)
    expect(large(page)).to_have_accessible_name(re.compile(r"long hair \+2\.5, dark skin"))
    moved = [face[0], 2.5, *face[2:]]
    assert shows(large(page), moved)
    assert shows(page.locator(FIRST), moved)
    said = [f"{name} {signed(at)}" for name, at in zip(told(page)["names"], moved)]
    expect(large(page)).to_have_accessible_name(f"The first face, with its sliders at {', '.join(said)}.")


def test_keys_alone_move_a_slider_and_walk(visit):
    page = visit(reduced_motion="reduce").page
    slider = page.get_by_label("Light clothes", exact=True)
    at = told(page)["faces"][0][0]
    slider.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(slider).to_have_js_property("valueAsNumber", round(at + 0.2, 1))
    expect(slider).to_have_attribute("aria-valuetext", signed(at + 0.2))
    page.keyboard.press("End")
    expect(large(page)).to_have_accessible_name(re.compile(r"light clothes \+3\.0"))
    page.get_by_label("Way to the second face").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(status(page)).to_have_text("The second face.")


def test_a_finger_moves_a_slider(visit):
    page = visit(has_touch=True, viewport=PHONE).page
    slider = page.get_by_label("Dark skin", exact=True)
    slider.scroll_into_view_if_needed()
    box = slider.bounding_box()
    page.touchscreen.tap(box["x"] + 0.9 * box["width"], box["y"] + box["height"] / 2)
    expect(large(page)).to_have_accessible_name(re.compile(r"dark skin \+2\.\d"))
    assert shows(large(page), state(page)["face"])


def test_of_many_fast_moves_the_last_one_stays(visit):
    page = visit().page
    page.evaluate(
        """() => {
            const inputs = [...document.querySelectorAll(".sliders input")];
            for (let move = 0; move < 60; move++) {
                inputs[move % 8].value = ((move * 7) % 60) / 10 - 3;
                inputs[move % 8].dispatchEvent(new Event("input", {bubbles: true}));
            }
        }"""
    )
    expected = [((move * 7) % 60) / 10 - 3 for move in range(52, 60)]
    expected = [round(each, 1) for each in [*expected[4:], *expected[:4]]]
    assert sliders(page) == expected
    first = re.escape(f"light clothes {signed(expected[0])}, long hair {signed(expected[1])}")
    expect(large(page)).to_have_accessible_name(re.compile(first))
    assert shows(large(page), [*expected, *told(page)["faces"][0][8:]])


def test_a_picture_that_comes_late_gives_way_to_a_newer_one(visit):
    """The network answers when the test says so: while it computes one face, the reader goes on."""
    page = visit().page
    fetch(page)
    page.evaluate(
        """async () => {
            const {Faces} = await import(new URL("../../_static/js/face-sliders/faces.js", location.href));
            const of = Faces.prototype.of;
            window.held = [];
            Faces.prototype.of = async function (all) {
                const made = await of.call(this, all);
                await new Promise((resolve) => window.held.push(resolve));
                return made;
            };
        }"""
    )
    face = told(page)["faces"][0]
    move(page, "Light hair", -3)
    page.wait_for_function("held.length === 1")
    move(page, "Light hair", 1)
    page.get_by_role("button", name="Reset").click()
    expect(page.get_by_label("Light hair", exact=True)).to_have_js_property("valueAsNumber", 0)
    assert shows(large(page), face), "nothing new is there yet"
    page.evaluate("held[0]()")
    page.wait_for_function("held.length === 2")
    page.evaluate("held[1]()")
    expect(status(page)).to_have_text("All sliders are at 0: the mean face.")
    assert shows(large(page), [0])
    page.evaluate("new Promise((seen) => requestAnimationFrame(() => requestAnimationFrame(seen)))")
    assert page.evaluate("held.length") == 2, "the move between was never made"
    assert shows(large(page), [0])


def test_faces_are_drawn_at_random_and_reset_gives_the_mean_face(visit):
    page = visit().page
    page.get_by_role("button", name="Random face").click()
    expect(status(page)).to_have_text("A face drawn at random.")
    first = state(page)["face"]
    assert first[:8] == sliders(page)
    assert shows(large(page), first)
    page.get_by_role("button", name="Another second face").click()
    expect(status(page)).to_have_text("Another second face, drawn at random.")
    assert shows(page.locator(SECOND), state(page)["other"])
    assert shows(large(page), first)
    page.get_by_role("button", name="Reset").click()
    expect(status(page)).to_have_text("All sliders are at 0: the mean face.")
    assert sliders(page) == [0] * 8
    assert shows(large(page), [0])
    page.get_by_role("button", name="The lesson’s faces").click()
    expect(status(page)).to_have_text("The lesson’s two faces.")
    assert sliders(page) == told(page)["faces"][0][:8]
    assert shows(large(page), told(page)["faces"][0])


def test_the_walk_goes_stops_and_arrives(visit):
    page = visit().page
    face, other = (torch.tensor(each) for each in told(page)["faces"])
    page.get_by_role("button", name="Walk", exact=True).click()
    expect(page.get_by_text(re.compile(r"^[1-9]\d?% of the way to the second face$"))).to_be_visible()
    page.get_by_role("button", name="Pause").click()
    expect(page.get_by_role("button", name="Walk", exact=True)).to_be_visible()
    move(page, "Way to the second face", 40)
    between = torch.lerp(face, other, 0.4)
    expect(large(page)).to_have_accessible_name(re.compile("^40% of the way to the second face, with"))
    assert shows(large(page), between.tolist())
    assert sliders(page) == pytest.approx(between[:8].tolist(), abs=0.051), "the sliders go along"
    page.get_by_role("button", name="Walk", exact=True).click()
    expect(status(page)).to_have_text("The second face.")
    assert shows(large(page), other.tolist())
    expect(page.get_by_label("Way to the second face")).to_have_value("100")


def test_who_asked_for_little_motion_arrives_at_once_and_goes_by_the_slider(visit):
    page = visit(reduced_motion="reduce").page
    page.evaluate(
        """() => {
            window.ways = [];
            const way = document.querySelector(".walk .slider span");
            new MutationObserver(() => window.ways.push(way.textContent)).observe(way, {childList: true});
        }"""
    )
    page.get_by_role("button", name="Walk", exact=True).click()
    expect(status(page)).to_have_text("The second face.")
    page.get_by_role("button", name="Walk", exact=True).click()
    expect(status(page)).to_have_text("The first face.")
    assert set(page.evaluate("ways")) == {"100%", "0%"}


def test_a_slider_moved_on_the_way_makes_a_first_face_of_the_face_there(visit):
    page = visit().page
    face, other = (torch.tensor(each) for each in told(page)["faces"])
    move(page, "Way to the second face", 50)
    move(page, "Dark skin", -2)
    expect(large(page)).to_have_accessible_name(re.compile("^The first face, .*dark skin −2.0"))
    expected = torch.lerp(face, other, 0.5)
    expected[2] = -2
    assert state(page)["face"] == pytest.approx(expected.tolist(), abs=0.051)
    assert state(page)["way"] == [0]
    assert shows(large(page), state(page)["face"])


def test_a_link_holds_both_faces_and_the_way(visit):
    page = visit().page
    page.get_by_role("button", name="Random face").click()
    expect(status(page)).to_have_text("A face drawn at random.")
    page.get_by_role("button", name="Another second face").click()
    expect(status(page)).to_have_text("Another second face, drawn at random.")
    move(page, "Way to the second face", 25)
    expect(large(page)).to_have_accessible_name(re.compile("^25% of the way"))
    link = page.get_by_label("Link to this state").input_value().partition("?")[2]
    again = visit(state=link).page
    assert state(again) == state(page)
    assert sliders(again) == sliders(page)
    fetch(again)
    for canvas in (LARGE, FIRST, SECOND):
        assert (painted(again.locator(canvas)) == painted(page.locator(canvas))).all()


def test_a_bad_link_is_named_and_harms_nothing(visit):
    page = visit(state="face=9&wey=1").page
    expect(status(page)).to_have_text(
        "The link says something about face that cannot be read; the usual is taken. "
        "The link names wey, which the figure does not know; it may be cut off or misspelled."
    )
    assert sliders(page) == told(page)["faces"][0][:8]


def test_a_link_of_the_text_is_a_first_move(visit):
    page = visit().page
    page.get_by_role("link", name="All 64 at 0").click()
    expect(large(page)).to_have_accessible_name(re.compile(r"light clothes 0\.0, long hair 0\.0"))
    assert shows(large(page), [0])


def test_the_numbers_of_the_code_are_there_for_who_wants_them(visit):
    context = {"permissions": ["clipboard-read", "clipboard-write"]}
    page = visit(**context).page
    page.get_by_text("The 64 numbers of this code").click()
    expect(page.get_by_role("button", name="Copy for Python")).to_be_disabled()
    move(page, "Light clothes", 1.5)
    numbers = page.locator(".code span")
    expect(numbers).to_have_count(64)
    expected = codes(torch.tensor([state(page)["face"]]))
    expect(large(page)).to_have_accessible_name(re.compile(r"light clothes \+1\.5"))
    shown = [float(text.replace("−", "-")) for text in numbers.all_inner_texts()]
    assert shown == pytest.approx(expected[0].tolist(), abs=0.0051)
    page.get_by_role("button", name="Copy for Python").click()
    expect(status(page)).to_have_text("The code is copied.")
    copied = eval(page.evaluate("navigator.clipboard.readText()"), {"torch": torch})
    torch.testing.assert_close(copied, expected, rtol=0, atol=1e-4)


def test_on_a_phone_the_face_stays_in_view_and_covers_no_slider(visit):
    page = visit(viewport=PHONE).page
    for label in ("Component 8", "Light clothes", "Way to the second face"):
        page.get_by_label(label, exact=True).focus()
        face = large(page).bounding_box()
        slider = page.get_by_label(label, exact=True).bounding_box()
        assert face["y"] >= 0
        assert face["y"] + face["height"] <= slider["y"]
        assert slider["y"] + slider["height"] <= PHONE["height"]


def test_without_javascript_the_figure_stands(site):
    html = BeautifulSoup((site / LESSON).read_text(), "html.parser")
    place = html.find(attrs={"data-interactive": NAME})
    assert place.find("img")["alt"]
    assert place.find("figcaption").get_text()


@pytest.mark.parametrize("width", [390, 1440])
def test_nothing_moves_when_it_comes_to_life_or_is_used(visit, width):
    page = visit(viewport={"width": width, "height": 900}).page
    place = page.locator(f"[data-interactive={NAME}]")
    heights = "(place) => [place.offsetHeight, place.querySelector('.stage').offsetHeight]"
    before = place.evaluate(heights)
    reserved = place.evaluate("(place) => parseFloat(getComputedStyle(place).minHeight)")
    assert before[0] == pytest.approx(reserved, abs=1)
    fetch(page)
    page.get_by_role("button", name="Another second face").click()
    expect(status(page)).to_have_text("Another second face, drawn at random.")
    assert place.evaluate(heights) == before


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1440])
def test_axe_finds_nothing(visit, theme, width):
    page = visit(color_scheme=theme, viewport={"width": width, "height": 900}).page
    page.get_by_text("The 64 numbers of this code").click()
    fetch(page)
    result = Axe().run(page, context=".face-sliders")
    assert result.violations_count == 0, result.generate_report()
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
    assert small_targets(page, ".face-sliders") == []
