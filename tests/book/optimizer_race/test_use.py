"""The race as a reader uses it: by pointer, finger and keys, in both themes, shared by a link."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from interactive_page import small_targets
from playwright.sync_api import Page, expect


def cell(page: Page, name: str) -> str:
    page.evaluate("new Promise((seen) => requestAnimationFrame(() => requestAnimationFrame(seen)))")
    return page.locator(f"[data-number={name}]").inner_text()


def link(page: Page) -> str:
    return page.get_by_label("Link to this state").input_value().partition("?")[2]


def test_all_paths_are_there_at_once_and_follow_each_knob(visit):
    page = visit()
    assert cell(page, "sgd-arrival") == "step 93"
    page.get_by_label("Learning rate of SGD").select_option("0.05")
    assert cell(page, "sgd-arrival") == "flew off"
    expect(page.get_by_role("status")).to_contain_text("SGD flew off after step")
    before = cell(page, "adam-loss")
    page.get_by_label("β₁ of Adam").select_option("0.5")
    assert cell(page, "adam-loss") != before


def test_the_race_runs_from_the_start_to_the_end(visit):
    page = visit("steps=50")
    assert cell(page, "sgd-first") != "-2.40"
    page.get_by_role("button", name="Race").click()
    expect(page.get_by_text(re.compile(r"step (\d|1\d) of 50"))).to_be_visible()
    page.get_by_role("button", name="Pause").click()
    page.get_by_label("Step", exact=True).fill("0")
    assert cell(page, "sgd-first") == "-2.40"
    page.get_by_role("button", name="Race").click()
    expect(page.get_by_text("step 50 of 50")).to_be_visible()
    expect(page.get_by_role("status")).to_contain_text("After 50 steps")


def test_the_keyboard_moves_the_start(visit):
    page = visit()
    handle = page.get_by_role("button", name=re.compile("^Start at"))
    handle.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowDown")
    expect(handle).to_have_accessible_name(re.compile("^Start at -2.35 and 0.7"))
    assert "start=-2.35,0.7" in link(page)
    for _ in range(12):
        page.keyboard.press("Shift+ArrowLeft")
    expect(handle).to_have_accessible_name(re.compile("^Start at -3 and"))


def test_a_pointer_drags_the_start_and_the_paths_follow_it(visit):
    page = visit()
    handle = page.get_by_role("button", name=re.compile("^Start at"))
    plane = page.locator(".plane").bounding_box()
    middle = (plane["x"] + plane["width"] / 2, plane["y"] + plane["height"] / 2)
    handle.hover()
    page.mouse.down()
    page.mouse.move(*middle, steps=4)
    page.mouse.up()
    expect(handle).to_have_accessible_name(re.compile(r"^Start at -?0(\.0\d?)? and -?0(\.0\d?)?\."))
    assert cell(page, "sgd-loss").startswith("0.000") or "e-" in cell(page, "sgd-loss")


def test_a_finger_drags_the_start_but_scrolls_elsewhere(visit):
    page = visit(has_touch=True, viewport={"width": 390, "height": 844})
    assert page.locator(".start").evaluate("(each) => getComputedStyle(each).touchAction") == "none"
    assert page.locator(".plane").evaluate("(each) => getComputedStyle(each).touchAction") == "auto"
    before = link(page)
    page.locator(".plane").tap(position={"x": 100, "y": 100})
    assert link(page) == before
    box = page.locator(".start").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    session = page.context.new_cdp_session(page)
    for kind, points in [
        ("touchStart", [{"x": x, "y": y}]),
        ("touchMove", [{"x": x + 60, "y": y + 20}]),
        ("touchEnd", []),
    ]:
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    page.wait_for_function(
        "(before) => !document.querySelector('.row input[type=text]').value.endsWith(before)", arg=before
    )
    assert "start=" in link(page)


def test_a_link_holds_the_whole_state(visit):
    state = "surface=noisy&start=1.5,-2&noise=4&seed=7&steps=500&sgdRate=0.2&momentum=0.5&beta2=0.9"
    page = visit(state)
    other = visit(link(page))
    for runner in ("sgd", "momentum", "adam"):
        assert cell(other, f"{runner}-loss") == cell(page, f"{runner}-loss")
    assert set(link(page).split("&")) == set(state.split("&"))
    expect(other.get_by_label("Noise of the slope")).to_have_value("4")


@pytest.mark.parametrize(
    "state", ["surface=__proto__", "start=9,9", "start=NaN", "noise=1e9&sgdRate=-1", "steps=%%%", "seed=0x1"]
)
def test_a_bad_link_is_named_and_harms_nothing(visit, state):
    page = visit(state)
    expect(page.get_by_role("status")).to_contain_text("cannot be read; the usual is taken")
    assert cell(page, "adam-arrival") == "step 71"


def test_a_link_that_a_mail_program_has_encoded_opens_and_says_what_it_does_not_know(visit, bare):
    page = visit()
    page.goto("about:blank")
    page.goto(bare + "#optimizer-race%3Fsurface%3Dvalley&amp;noise%3D4&amp;nois=1")
    expect(page.get_by_label("Noise of the slope")).to_have_value("4")
    expect(page.get_by_role("status")).to_contain_text("names nois, which the race does not know")


def test_another_surface_brings_its_own_start_and_rates(visit):
    page = visit()
    page.get_by_label("Surface", exact=True).select_option("beale")
    expect(page.get_by_label("Learning rate of momentum")).to_have_value("0.005")
    page.get_by_label("Surface", exact=True).select_option("noisy")
    expect(page.get_by_role("button", name="Other noise")).to_be_enabled()
    before = cell(page, "sgd-loss")
    page.get_by_role("button", name="Other noise").click()
    assert cell(page, "sgd-loss") != before


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1440])
def test_axe_finds_nothing(visit, theme, width):
    page = visit(color_scheme=theme, viewport={"width": width, "height": 900})
    result = Axe().run(page, context=".optimizer-race")
    assert result.violations_count == 0, result.generate_report()
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
    assert small_targets(page, ".optimizer-race") == []


def test_who_asked_for_little_motion_sees_the_end_at_once(visit):
    page = visit("steps=100", reduced_motion="reduce")
    page.get_by_label("Step", exact=True).fill("3")
    expect(page.get_by_text("step 3 of 100")).to_be_visible()
    page.get_by_role("button", name="Race").click()
    expect(page.get_by_text("step 100 of 100")).to_be_visible()
    expect(page.get_by_role("button", name="Race")).to_be_visible()
