"""A reader draws or takes a digit, looks into the net, and moves the digit: by mouse, finger and keys."""

import re
from itertools import pairwise

import pytest
from axe_playwright_python.sync_playwright import Axe
from draw_a_digit_page import ONE, SEVEN, draw
from feature_maps_page import moved
from interactive_page import small_targets
from playwright.sync_api import expect

pytestmark = pytest.mark.xdist_group("feature-maps")  # one worker trains the net
READ = re.compile("^The network reads a")
STAGE = ".feature-maps"


def status(page):
    return page.locator(f"{STAGE} [role=status]")


def take(page, digit):
    """Take a digit that was kept back, and wait for its answer."""
    page.get_by_label("Or one kept back").select_option(str(digit))
    expect(status(page)).to_have_text(READ)


def map_of(page, layer, number):
    return page.get_by_role("listbox", name=f"Maps of the {layer}").get_by_role(
        "option", name=f"Map {number}", exact=True
    )


def link(page):
    return page.get_by_label("Link to this state").input_value()


def answer(net, digit, right=0, down=0):
    return net.inside(moved(net.kept[digit : digit + 1], right, down))["logits"].argmax().item()


def press(page, name, times):
    for _ in range(times):
        page.get_by_role("button", name=name).click()


def test_nothing_of_the_net_is_loaded_before_the_first_digit(visit):
    page = visit()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    map_of(page, "2nd convolution", 3).click()
    expect(page.get_by_text("Map 3 of the 2nd convolution")).to_be_visible()
    press(page, "Move left", 1)
    expect(status(page)).to_have_text("Draw a digit first, or take one; then move it.")
    assert not [url for url in asked if "/models/" in url]
    take(page, 4)
    assert len([url for url in asked if "/models/" in url]) == 3


def test_a_mouse_draws_and_all_maps_follow(visit):
    page = visit()
    draw(page, ONE)
    expect(status(page)).to_have_text(re.compile("^The network reads a 1"))
    shades = page.locator(f"{STAGE} .layer-1 canvas").evaluate_all(
        """(all) => all.map((canvas) => canvas.getContext("2d").getImageData(0, 0, 14, 14).data)
            .map((values) => new Set(values).size)"""
    )
    assert len(shades) == 16
    assert max(shades) > 10
    texts = page.locator(f"{STAGE} [data-probability]").all_inner_texts()
    shares = [float(text.removeprefix("> ").removesuffix("%")) for text in texts]
    assert sum(shares) == pytest.approx(100, abs=1.5)
    page.get_by_role("button", name="Clear").click()
    expect(page.locator(f"{STAGE} [data-probability='1']")).to_have_text("–")
    expect(page.get_by_text("What its largest sum is made of")).to_be_hidden()


def test_a_digit_moves_by_buttons_and_keys_and_its_maps_move_along(visit, net):
    page = visit("layer=1&map=3")
    take(page, 4)
    strongest = page.get_by_label("The map; its strongest place")
    row, column = map(int, re.findall(r"\d+", strongest.get_attribute("aria-label")))
    press(page, "Move right", 2)
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    said = "still" if answer(net, 4, 4) == answer(net, 4) else "no longer"
    expect(status(page)).to_have_text(re.compile(f"^Moved by 4 to the right: {said} a 4"))
    expect(strongest).to_have_attribute(
        "aria-label", f"The map; its strongest place is in row {row}, column {column + 2}."
    )
    expect(page.get_by_text("moved along, off by 0%")).to_have_count(3)
    press(page, "Move left", 1)
    expect(page.get_by_text("moved along, off by 0%")).to_have_count(0)
    press(page, "Back to the middle", 1)
    expect(status(page)).to_have_text(READ)
    expect(page.get_by_text("moved along")).to_have_count(0)


def test_where_the_answer_does_not_stay_it_is_said_and_seen(visit, net):
    digit, right, down = next(
        (digit, right, down)
        for digit in range(10)
        for right, down in ((0, 3), (0, 5), (0, -5), (5, 0), (-5, 0))
        if answer(net, digit) == digit != answer(net, digit, right, down)
    )
    page = visit()
    take(page, digit)
    answers = [answer(net, digit, x, y) for y in range(-6, 7) for x in range(-6, 7)]
    stays = answers.count(digit)
    expect(page.get_by_text(f"The answer stays {digit} at {stays} of 169 shifts")).to_be_visible()
    box = page.locator(".shifts").bounding_box()
    unit = box["width"] / 13
    page.locator(".shifts").click(position={"x": (right + 6.5) * unit, "y": (down + 6.5) * unit})
    expect(status(page)).to_have_text(re.compile("no longer an? "))
    other = answer(net, digit, right, down)
    expect(page.locator(f"{STAGE} .brief.other")).to_contain_text(f"reads {other}")
    assert f"digit={digit}" in link(page)


def test_a_digit_that_is_read_wrongly_where_it_stands_is_told_with_what_it_is(visit, net):
    wrong = [digit for digit in range(10) if answer(net, digit) != digit]
    page = visit()
    for digit in wrong:
        take(page, digit)
        expect(status(page)).to_have_text(re.compile(rf"It is an? {digit}\.$"))
    take(page, 4)
    expect(status(page)).not_to_contain_text("It is")


@pytest.mark.parametrize(("layer", "name"), [("2nd convolution", "second"), ("3rd convolution", "third")])
def test_a_map_is_enlarged_with_the_sum_of_its_largest_number(visit, net, layer, name):
    maps = net.inside(net.kept[4:5])[name][0]
    chosen = maps.flatten(1).amax(dim=1).argmax().item()
    page = visit()
    take(page, 4)
    option = map_of(page, layer, chosen + 1)
    option.scroll_into_view_if_needed()
    before = option.bounding_box()["y"]
    option.click()
    expect(page.get_by_text(f"Map {chosen + 1} of the {layer}", exact=True)).to_be_visible()
    assert option.bounding_box()["y"] == pytest.approx(before, abs=1.5), "the map stays under the finger"
    expect(option).to_have_attribute("aria-selected", "true")
    texts = page.locator(".parts tbody td:last-child").all_inner_texts()
    *adds, total, after = [float(text.replace("−", "-")) for text in texts]
    assert len(adds) == 6, "four maps, the others, the bias"
    assert sum(adds) == pytest.approx(total, abs=0.04)
    assert after == pytest.approx(maps[chosen].max().item(), abs=0.006)
    expect(status(page)).to_contain_text(f"Map {chosen + 1} of the {layer}: at its strongest place")


def test_keys_go_through_the_maps(visit):
    page = visit()
    map_of(page, "1st convolution", 1).focus()
    for key, number in (("ArrowRight", 2), ("End", 16), ("ArrowRight", 16), ("Home", 1), ("ArrowDown", 1)):
        page.keyboard.press(key)
        expect(map_of(page, "1st convolution", number)).to_be_focused()
        expect(page.get_by_text(f"Map {number} of the 1st convolution")).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    expect(map_of(page, "2nd convolution", 17)).to_be_focused()
    expect(page.get_by_text("Map 17 of the 2nd convolution")).to_be_visible()
    expect(map_of(page, "1st convolution", 1)).to_have_attribute("aria-selected", "false")


def test_keys_alone_take_a_digit_and_hear_the_answer(visit):
    page = visit()
    page.get_by_role("button", name="Clear").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("4")
    expect(status(page)).to_have_text(re.compile("^The network reads a 4"))


def test_a_finger_draws_and_does_not_scroll(visit):
    page = visit(has_touch=True, viewport={"width": 390, "height": 844})
    page.locator(".pad").scroll_into_view_if_needed()
    box = page.locator(".pad").bounding_box()
    scrolled = page.evaluate("scrollY")
    places = [{"x": box["x"] + x * box["width"], "y": box["y"] + y * box["height"]} for x, y in SEVEN]
    path = [
        {axis: start[axis] + (end[axis] - start[axis]) * share / 8 for axis in "xy"}
        for start, end in pairwise(places)
        for share in range(9)
    ]
    session = page.context.new_cdp_session(page)
    for kind, points in [
        ("touchStart", path[:1]),
        *(("touchMove", [each]) for each in path),
        ("touchEnd", []),
    ]:
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    expect(status(page)).to_have_text(READ)
    assert page.evaluate("scrollY") == scrolled
    map_of(page, "3rd convolution", 64).click()  # a finger that a busy page holds is no tap
    expect(page.get_by_text("Map 64 of the 3rd convolution", exact=True)).to_be_visible()
    boxes = page.locator(f"{STAGE} [role=option]").evaluate_all(
        "(all) => all.map((each) => each.getBoundingClientRect()).map(({width, height}) => [width, height])"
    )
    assert min(min(each) for each in boxes) >= 24


def test_a_link_holds_digit_shift_and_map_and_fetches_nothing_by_itself(visit):
    page = visit("digit=4&right=-3&down=1&layer=3&map=15")
    expect(status(page)).to_have_text("Press “Fetch the network” to see the digit of the link.")
    page.get_by_role("button", name="Fetch the network").click()
    expect(status(page)).to_have_text(re.compile("^Moved by 3 to the left, 1 down: "))
    expect(page.get_by_text("Map 15 of the 3rd convolution", exact=True)).to_be_visible()
    expect(page.get_by_label("Or one kept back")).to_have_value("4")
    assert set(link(page).partition("?")[2].split("&")) == {
        "digit=4", "right=-3", "down=1", "layer=3", "map=15",
    }  # fmt: skip
    draw(page, ONE)
    assert link(page).partition("?")[2] == "layer=3&map=15"


@pytest.mark.parametrize("state", ["digit=12", "right=99", "layer=__proto__", "layer=1&map=17", "map=0x1"])
def test_a_bad_link_is_named_and_harms_nothing(visit, state):
    page = visit(state)
    expect(status(page)).to_contain_text("cannot be read; the usual is taken")
    expect(page.get_by_text("Map 1 of the 1st convolution")).to_be_visible()


def test_a_lost_connection_is_said_and_the_next_try_works(visit):
    page = visit()
    page.route("**/models/*.gz", lambda route: route.fulfill(status=200, body=b"\x1f\x8bcut"), times=1)
    page.get_by_label("Or one kept back").select_option("4")
    expect(status(page)).to_have_text("The network did not arrive. Press “Try again”.")
    page.get_by_role("button", name="Try again").click()
    expect(status(page)).to_have_text(re.compile("^The network reads a 4"))


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1440])
def test_axe_finds_nothing(visit, theme, width):
    page = visit(color_scheme=theme, viewport={"width": width, "height": 900})
    take(page, 4)
    press(page, "Move down", 3)
    expect(page.get_by_text("The answer stays 4 at")).to_be_visible()
    result = Axe().run(page, context=STAGE)
    assert result.violations_count == 0, result.generate_report()
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
    assert small_targets(page, STAGE) == []
