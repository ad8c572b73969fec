"""The convolution as a reader uses it: by pointer, finger and keys, in both themes, shared by a link."""

import math

import pytest
import torch
from axe_playwright_python.sync_playwright import Axe
from interactive_page import small_targets
from playwright.sync_api import Page, expect
from torch.nn import functional as F

SOBEL = [[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]]


def link(page: Page) -> str:
    return page.get_by_label("Link to this state").input_value().partition("?")[2]


def chosen(page: Page, label: str):
    return page.get_by_role("combobox", name=label, exact=True)


def status(page: Page):
    return page.get_by_role("status")


def cells(page: Page, name: str):
    """The cells of the picture, padding and all, or of the sums."""
    return page.get_by_role("grid", name=name).get_by_role("gridcell")


def numbers(page: Page, name: str) -> torch.Tensor:
    texts = [text.replace("−", "-") for text in cells(page, name).all_inner_texts()]
    side = math.isqrt(len(texts))
    return torch.tensor([float(text) for text in texts]).view(side, side)


def picture_cell(page: Page, row: int, column: int):
    return page.get_by_role("grid", name="The picture").get_by_label(f"row {row}, column {column}:")


def test_the_window_steps_on_and_its_sum_is_written_out(visit):
    page = visit("picture=hand&kernel=hand")
    assert numbers(page, "The sums").tolist() == [[6, 9, 3], [9, 6, 0], [9, 3, 0]]
    expect(page.get_by_role("button", name="Back")).to_be_disabled()
    expect(page.get_by_text("together 0 + 3 + 3 = 6")).to_be_visible()
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_text("together 3 + 3 + 3 = 9")).to_be_visible()
    expect(status(page)).to_have_text("Window 2 of 9, at row 1, column 2, gives 9; the map has 3 × 3 sums.")
    assert [cell.get_attribute("aria-label") for cell in page.locator(".under").all()] == [
        f"row {row}, column {column}: {pixel}"
        for row, line in enumerate([[0, 0, 3], [0, 3, 3], [0, 3, 3]], 1)
        for column, pixel in enumerate(line, 2)
    ]
    page.get_by_label("Window", exact=True).fill("9")
    expect(page.get_by_role("button", name="Next")).to_be_disabled()
    expect(page.get_by_text("together 0 + 0 + 0 = 0")).to_be_visible()


def test_a_sum_can_be_chosen_by_pointer_and_keys(visit):
    page = visit()
    page.get_by_role("grid", name="The sums").get_by_label("row 4, column 3:").click()
    expect(status(page)).to_contain_text("at row 4, column 3, gives 9")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowUp")
    expect(page.get_by_text("window 18 of 49", exact=True)).to_be_visible()
    expect(page.locator(".sums .place:focus")).to_have_accessible_name("row 3, column 4: 9")
    assert "at=3,4" in link(page)


def test_what_is_drawn_is_convolved_as_pytorch_does(visit):
    page = visit("picture=blank&padding=1")
    chosen(page, "Draw with").select_option("7")
    start, end = picture_cell(page, 2, 2).bounding_box(), picture_cell(page, 2, 6).bounding_box()
    page.mouse.move(start["x"] + 5, start["y"] + 5)
    page.mouse.down()
    page.mouse.move(end["x"] + 5, end["y"] + 5, steps=2)  # faster than the cells
    page.mouse.up()
    picture = torch.zeros(8, 8)
    picture[1, 1:6] = 7
    assert torch.equal(numbers(page, "The picture")[1:-1, 1:-1], picture)
    expected = F.conv2d(picture[None, None], torch.tensor(SOBEL).float()[None, None], padding=1)[0, 0]
    assert torch.equal(numbers(page, "The sums"), expected)
    expect(chosen(page, "Picture").locator("option:checked")).to_have_text("Your own")
    picture_cell(page, 2, 2).click()
    expect(picture_cell(page, 2, 2)).to_have_text("0")
    assert torch.equal(numbers(visit(link(page)), "The picture"), numbers(page, "The picture"))


def test_the_padding_is_not_drawn_on(visit):
    page = visit("picture=blank&padding=2")
    cells(page, "The picture").first.click()
    assert numbers(page, "The picture").sum() == 0
    page.locator(".drawable [tabindex='0']").focus()
    for _ in range(9):
        page.keyboard.press("ArrowLeft")
    page.keyboard.press("5")
    expect(picture_cell(page, 1, 1)).to_have_text("5")


def test_keys_draw(visit):
    page = visit("picture=blank")
    page.locator(".drawable [tabindex='0']").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("9")
    expect(page.locator(".drawable .place:focus")).to_have_accessible_name("row 2, column 2: 9")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Space")
    expect(picture_cell(page, 2, 3)).to_have_text("3")
    page.keyboard.press("Space")
    expect(picture_cell(page, 2, 3)).to_have_text("0")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Delete")
    assert numbers(page, "The picture").sum() == 0


def test_a_finger_draws_on_the_picture_and_scrolls_over_the_sums(visit):
    page = visit("picture=blank", has_touch=True, viewport={"width": 390, "height": 844})
    for name, action in {".drawable": "none", ".sums": "auto"}.items():
        assert page.locator(name).evaluate("(each) => getComputedStyle(each).touchAction") == action
    picture_cell(page, 3, 4).tap()
    expect(picture_cell(page, 3, 4)).to_have_text("3")
    assert numbers(page, "The picture").sum() == 3


def test_a_weight_is_a_number_or_a_fraction(visit):
    page = visit("picture=dot&kernel=identity")
    weight = page.get_by_label("Weight at row 2, column 2")
    weight.fill("-1/4")
    weight.press("Tab")
    assert numbers(page, "The sums").min() == -0.25
    expect(chosen(page, "Kernel").locator("option:checked")).to_have_text("Your own")
    weight.fill("a lot")
    weight.press("Tab")
    expect(status(page)).to_contain_text("“a lot” is no weight. Write one from −99.99")
    expect(weight).to_have_attribute("aria-invalid", "true")
    assert numbers(page, "The sums").min() == -0.25
    weight.fill("2")
    weight.press("Tab")
    expect(weight).not_to_have_attribute("aria-invalid", "true")
    assert numbers(page, "The sums").max() == 2


def test_impossible_settings_are_explained_and_left_again(visit):
    page = visit("picture=hand&kernel=filter1&dilation=3&padding=1")
    expect(page.locator(".refusal")).to_have_text(
        "No window fits. A kernel of 5 with a dilation of 3 spans 13 pixels, and the picture has "
        "5 + 2·1 = 7 with its padding. Take more padding, a larger picture, a smaller kernel or "
        "a smaller dilation."
    )
    expect(status(page)).to_have_text("No window fits: it spans 13 pixels, and there are 7.")
    for name in ("Sweep", "Back", "Next"):
        expect(page.get_by_role("button", name=name)).to_be_disabled()
    chosen(page, "Padding").select_option("4")
    expect(page.locator(".refusal")).to_be_empty()
    assert cells(page, "The sums").count() == 1
    expect(page.get_by_text("= ⌊(5 + 2·4 − 3·(5 − 1) − 1) / 1⌋ + 1 = ⌊0 / 1⌋ + 1 = 1.")).to_be_visible()


def test_the_sweep_fills_the_map_and_pauses(visit):
    page = visit(
        f"picture={'1' * 144}&kernel=2&padding=4"
    )  # 400 windows: it does not end before it is paused
    sums = page.get_by_role("grid", name="The sums")
    page.get_by_role("button", name="Sweep").click()
    expect(sums.get_by_label("not reached yet").first).to_be_attached()
    page.get_by_role("button", name="Pause").click()
    expect(status(page)).to_contain_text("Window")
    page.get_by_label("Window", exact=True).fill("398")
    assert sums.get_by_label("not reached yet").count() == 2
    page.get_by_role("button", name="Sweep").click()
    expect(status(page)).to_have_text(
        "All 400 windows: sums from 0 to 2, the largest first at row 5, column 5."
    )
    assert sums.get_by_label("not reached yet").count() == 0
    expect(page.get_by_role("button", name="Sweep")).to_be_visible()


def test_who_asked_for_little_motion_sees_the_end_at_once(visit):
    page = visit(reduced_motion="reduce")
    page.get_by_role("button", name="Sweep").click()
    assert status(page).inner_text().startswith("All 49 windows")
    expect(page.get_by_text("window 49 of 49", exact=True)).to_be_visible()


def test_a_unit_shows_what_it_sees(visit):
    page = visit()
    field = page.get_by_role("region", name="Receptive field")
    expect(field).to_contain_text(
        "The unit at row 2, column 2 of layer 3 sees 49 of 81 pixels: rows 2 to 8, columns 2 to 8. "
        "Side of the field: 1 + 2·1 + 2·1 + 2·1 = 7."
    )
    assert field.get_by_role("img").locator(".seen").count() == 49
    field.get_by_role("grid", name="layer 1").get_by_label("row 1, column 1").click()
    expect(status(page)).to_have_text("The unit at row 1, column 1 of layer 1 sees 9 of 81 pixels")
    page.keyboard.press("ArrowDown")
    expect(field).to_contain_text("rows 2 to 4, columns 1 to 3")
    assert "layer=1&unit=2,1" in link(page)
    chosen(page, "Padding").select_option("1")
    chosen(page, "Stride").select_option("2")
    expect(field).to_contain_text("rows 2 to 4, columns 1 to 2")
    expect(field).to_contain_text("1 + 2·1 = 3, here cut off by the border.")


def test_dilated_layers_leave_holes(visit):
    page = visit("dilation=2&padding=2&layer=2")
    field = page.get_by_role("region", name="Receptive field")
    expect(field).to_contain_text("sees 25 of 81 pixels: 5 of the rows 1 to 9, 5 of the columns 1 to 9")
    chosen(page, "Padding").select_option("0")
    expect(field).to_contain_text("In layer 3 no window fits.")


def test_filters_of_the_network_can_be_slid(visit, filters):
    page = visit("kernel=filter2&padding=2&stride=2&at=2,2")
    shown = page.locator(".kernel input").evaluate_all("(all) => all.map((each) => each.value)")
    expected = [f"{weight:.2f}".rstrip("0").rstrip(".") for weight in filters[1].flatten().tolist()]
    assert [text.replace("−", "-") for text in shown] == [{"-0": "0"}.get(text, text) for text in expected]
    expect(chosen(page, "Kernel")).to_have_value("filter2")
    assert link(page) == "kernel=filter2&padding=2&stride=2&at=2,2"


def test_without_the_filters_all_else_works(browser, bare):
    page = browser.new_page()
    page.route("**/filters.gz", lambda route: route.abort())
    page.goto(bare)
    expect(status(page)).to_contain_text("The network’s filters did not arrive")
    chosen(page, "Kernel").select_option("up-down")
    assert chosen(page, "Kernel").locator("option").count() == 7
    assert numbers(page, "The sums").max() == 9
    page.close()


def test_a_link_holds_the_whole_state(visit):
    state = "picture=square&kernel=1,1/2,0.25,-3&padding=1&stride=2&dilation=3&at=2,1&layer=2&unit=1,2"
    page = visit(state)
    assert link(page).replace("%2F", "/") == state
    other = visit(link(page))
    assert torch.equal(numbers(other, "The sums"), numbers(page, "The sums"))
    expect(chosen(other, "Kernel’s side")).to_have_value("2")
    expect(other.get_by_text("window 5 of 16", exact=True)).to_be_visible()


@pytest.mark.parametrize(
    "state",
    [
        "picture=__proto__",
        "picture=123",
        "kernel=1,2,3",
        "kernel=1,2,3,x",
        "kernel=filter99",
        "padding=9&stride=0",
        "at=0,1",
        "unit=a",
        "layer=4",
        "picture=%%%",
    ],
)
def test_a_bad_link_is_named_and_harms_nothing(visit, state):
    page = visit(state)
    expect(status(page)).to_contain_text("cannot be read; the usual is taken")
    assert numbers(page, "The sums").shape == (7, 7)


def test_a_link_that_a_mail_program_has_encoded_opens_and_says_what_it_does_not_know(visit, bare):
    page = visit()
    page.goto("about:blank")
    page.goto(bare + "#convolution%3Fpicture%3Dhand&amp;padding%3D1&amp;pad=1")
    expect(chosen(page, "Padding")).to_have_value("1")
    expect(status(page)).to_contain_text("names pad, which the convolution does not know")


def test_a_window_beyond_a_smaller_map_moves_into_it(visit):
    page = visit("at=7,7")
    chosen(page, "Picture’s side").select_option("5")
    expect(page.get_by_text("window 9 of 9", exact=True)).to_be_visible()
    chosen(page, "Kernel’s side").select_option("5")
    expect(page.get_by_text("window 1 of 1", exact=True)).to_be_visible()


@pytest.mark.parametrize("width", [390, 1440])
def test_nothing_below_moves_whatever_is_chosen(visit, width):
    page = visit(viewport={"width": width, "height": 900})
    heights = {}
    for choices in (
        {"Kernel": "identity"},
        {"Kernel’s side": "5", "Dilation": "3"},
        {"Padding": "4"},
        {"Dilation": "1", "Stride": "3"},
        {"Kernel’s side": "1", "Stride": "1"},
    ):
        for label, value in choices.items():
            chosen(page, label).select_option(value)
            heights[label, value] = page.locator(".stage").evaluate("(each) => each.offsetHeight")
    assert max(heights.values()) - min(heights.values()) <= 1, heights


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("state", ["kernel=filter1&padding=1", "picture=hand&kernel=filter1&dilation=3"])
def test_axe_finds_nothing(visit, theme, width, state):
    page = visit(state, color_scheme=theme, viewport={"width": width, "height": 900})
    result = Axe().run(page, context=".convolution")
    assert result.violations_count == 0, result.generate_report()
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
    assert small_targets(page, ".convolution") == []


def test_a_very_narrow_window_as_at_400_percent_scrolls_in_one_direction_only(visit):
    page = visit("kernel=filter1&padding=2", viewport={"width": 320, "height": 256})
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
    expect(page.locator(".formula")).to_contain_text("= 9.")
