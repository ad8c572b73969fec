"""A reader walks from picture to picture by pointer, finger and keys, in both themes, or comes by a link."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from interactive_page import small_targets
from playwright.sync_api import expect

TO_FETCH = "The link leads to a picture. Fetch the pictures to see it."
FETCH = re.compile(r"^Fetch the pictures \(\d\.\d MB\)$")


def query(page):
    return page.locator(".similar-pictures .query p")


def slots(page, way="Trained features"):
    return page.get_by_role("region", name=way).get_by_role("listitem").get_by_role("button")


def fetched(page):
    page.get_by_role("button", name=FETCH).click()
    expect(query(page)).to_have_text(re.compile("cat *One, animals"))
    return page


def fetched_by_link(page):
    expect(page.get_by_role("status")).to_have_text(
        "The link leads to a picture. Fetch the pictures to see it."
    )
    page.get_by_role("button", name=FETCH).click()
    return page


def test_a_neighbor_leads_on_keeps_the_focus_and_back_leads_back(visit):
    page = fetched(visit())
    expect(page.get_by_role("button", name="Back")).to_be_disabled()
    second = slots(page).nth(1)
    name, style = second.locator(".words > *").nth(1).inner_text(), second.locator(".more").inner_text()
    second.focus()
    page.keyboard.press("Enter")
    expect(query(page)).to_have_text(re.compile(f"^{name} *{style}$"))
    expect(second).to_be_focused()
    expect(page.get_by_role("status")).to_have_text(re.compile(f"^Nearest to {name}"))
    page.get_by_role("button", name="Back").click()
    expect(query(page)).to_have_text(re.compile("cat *One"))
    expect(page.get_by_role("button", name="Back")).to_be_disabled()


def test_the_other_styles_and_the_same_thing_can_be_left_out(visit):
    page = fetched(visit())
    more = page.get_by_role("region", name="Trained features").locator(".more")
    assert not [text for text in more.all_inner_texts() if text.startswith("One")]
    seen = set()
    for thing in range(6):
        page.get_by_label("Name or kind").fill("animals" if thing < 3 else "vehicles")
        page.locator(".matches button").nth(thing % 3).click()
        names = page.locator(".ways li .words > :nth-child(2)").all_inner_texts()
        name = query(page).locator("strong").inner_text()
        seen |= {name} & set(names)
    assert seen, "while it is not left out, the same thing is found in other styles"
    page.get_by_label("leave out the same thing").check()
    for thing in range(6):
        page.get_by_label("Name or kind").fill("animals" if thing < 3 else "vehicles")
        page.locator(".matches button").nth(thing % 3).click()
        name = query(page).locator("strong").inner_text()
        assert name not in page.locator(".ways li .words > :nth-child(2)").all_inner_texts()
    page.get_by_label("Look among").select_option("all")
    page.get_by_label("Drawn by").select_option("Three")
    expect(query(page)).to_have_text(re.compile("Three"))


def test_a_star_stands_at_another_kind_and_nowhere_else(visit):
    page = fetched(visit())
    items = page.locator(".ways li")
    for item in items.all():
        is_other = "vehicles" in item.locator(".more").inner_text()
        assert item.get_by_role("img", name="another kind").is_visible() == is_other
    assert "another kind" in page.locator(".ways li", has_text="vehicles").first.aria_snapshot()


def test_a_name_is_searched_as_it_is_typed(visit):
    page = visit()
    box = page.get_by_label("Name or kind")
    box.press_sequentially("cat")  # the first letter fetches the pictures
    matches = page.get_by_role("list", name="Things that are called so").get_by_role("button")
    expect(matches).to_have_text(["cat", "catfish"])
    expect(page.get_by_role("status")).to_have_text(
        "2 things are called so. Press one, or Enter for the first."
    )
    box.press_sequentially("q")
    expect(matches).to_have_count(0)
    expect(page.get_by_role("status")).to_contain_text("No picture is called so")
    box.clear()
    expect(page.get_by_role("status")).to_contain_text("Find a picture by name")


def test_enter_takes_the_first_of_what_is_called_so(visit):
    page = fetched(visit())
    box = page.get_by_label("Name or kind")
    box.fill("cat")
    expect(page.get_by_role("list", name="Things that are called so").get_by_role("button")).to_have_count(2)
    box.press("Enter")
    expect(query(page)).to_contain_text("cat")
    expect(page.get_by_role("status")).to_contain_text("Nearest to cat")


def test_the_picture_drawn_is_the_one_that_is_named(visit):
    page = fetched_by_link(visit("thing=taxi&style=Three"))
    expect(query(page)).to_have_text(re.compile("taxi *Three"))
    shade = page.locator(".query canvas").evaluate(
        "(canvas) => canvas.getContext('2d').getImageData(48, 48, 1, 1).data[0]"
    )
    assert shade == pytest.approx((2 * 6 + 5) * 10, abs=3)


def test_a_link_opens_what_it_was_copied_from(visit):
    page = fetched(visit())
    page.get_by_label("Drawn by").select_option("Two")
    page.get_by_label("Look among").select_option("all")
    page.get_by_label("leave out the same thing").check()
    link = page.get_by_label("Link to this state").input_value()
    names = page.locator(".ways li").all_inner_texts()
    other = fetched_by_link(visit(link.partition("?")[2]))
    expect(query(other)).to_have_text(re.compile("cat *Two"))
    expect(other.get_by_label("Look among")).to_have_value("all")
    expect(other.get_by_label("leave out the same thing")).to_be_checked()
    assert other.locator(".ways li").all_inner_texts() == names


def test_a_link_that_cannot_be_read_takes_the_usual_and_says_so(visit):
    page = fetched_by_link(visit("thing=unicorn&style=Two&pace=3"))
    expect(query(page)).to_have_text(re.compile("cat *Two"))
    status = page.get_by_role("status")
    expect(status).to_contain_text("The link says something about thing that cannot be read")
    expect(status).to_contain_text("The link names pace, which the search does not know")


def test_a_finger_walks_on_a_phone(visit):
    page = visit(has_touch=True, viewport={"width": 390, "height": 844})
    page.get_by_role("button", name="Any picture").tap()
    expect(slots(page).first).to_be_enabled()
    name = slots(page, "Small pixels").first.locator(".words > *").nth(1).inner_text()
    slots(page, "Small pixels").first.tap()
    expect(query(page).locator("strong")).to_have_text(name)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 390, 1440])
def test_axe_finds_nothing(visit, theme, width):
    page = fetched(visit(color_scheme=theme, viewport={"width": width, "height": 900}))
    page.get_by_label("Name or kind").fill("cat")
    expect(page.locator(".matches button")).to_have_count(2)
    page.get_by_text("How good is each way, kind by kind?").click()
    expect(page.get_by_role("row", name=re.compile("^vehicles"))).to_be_visible()
    result = Axe().run(page, context=".similar-pictures")
    assert result.violations_count == 0, result.generate_report()
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
    assert small_targets(page, ".similar-pictures") == []


def test_nothing_moves_when_the_pictures_come(visit):
    for width in (390, 1440):
        page = visit(viewport={"width": width, "height": 900})
        before = page.locator(".similar-pictures").bounding_box()
        fetched(page)
        expect(page.locator(".score").first).to_have_text(re.compile(r"Precision@5: \d+%"))
        assert page.locator(".similar-pictures").bounding_box() == before
