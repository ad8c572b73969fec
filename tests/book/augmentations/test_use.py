"""A reader changes pictures, draws others, sets amounts by hand, brings a picture, takes code and a link."""

import base64
import re
from typing import Any

import numpy as np
import pytest
import torch
from augmentations_page import pixels
from axe_playwright_python.sync_playwright import Axe
from interactive_page import small_targets
from PIL import Image
from playwright.sync_api import expect

pytestmark = pytest.mark.slow

SIDE = 192
COUNT = 11
OFF = "flip=0&rotation=0&shift=0&zoom=0&brightness=0&contrast=0&saturation=0"


def draws(page):
    return page.locator(".augmentations .draw")


def shown(page) -> torch.Tensor:
    """Return the picture as it is and the changed ones."""
    return torch.stack([pixels(canvas) for canvas in page.locator(".augmentations .tiles canvas").all()])


def link(page):
    return (
        page.locator(".augmentations details input[type=text]").input_value().partition("#augmentations?")[2]
    )


def changed_by(page, what) -> torch.Tensor:
    """Do something, wait until the pictures follow, and return them."""
    before = page.get_by_label("Link to this state").input_value()
    what()
    expect(page.get_by_label("Link to this state")).not_to_have_value(before)
    return shown(page)


@pytest.fixture
def opened(visit):
    """Opens it in a state, with the link in sight."""

    def open_it(state="", **options):
        page = visit(state, **options)
        page.get_by_text("The same in torchvision, and a link").click()
        return page

    return open_it


def picture_file(tmp_path, size=(300, 200)):
    path = tmp_path / "mine.png"
    noise = np.random.default_rng(0).integers(0, 255, (size[1] // 20, size[0] // 20, 3), np.uint8)
    Image.fromarray(noise).resize(size, Image.Resampling.NEAREST).save(path)
    return path


def test_eleven_different_pictures_are_drawn_and_others_on_demand(opened):
    page = opened()
    first = shown(page)
    assert len(first) == COUNT + 1
    assert all((each - first[0]).abs().max() > 0.1 for each in first[1:])
    assert len({each.numpy().tobytes() for each in first}) == COUNT + 1
    second = changed_by(page, page.get_by_role("button", name="Draw others").click)
    assert torch.equal(second[0], first[0])
    assert all(not torch.equal(*pair) for pair in zip(first[1:], second[1:], strict=True))


def test_the_code_on_the_page_makes_the_picture_on_the_page(opened):
    """As a reader would: the picture as it is goes in, the chosen one comes out."""
    page = opened(
        "sample=apple&rotation=40&crop=0.6&hue=0.3&blur=2&erasing=0.3&contrast=0.5&chosen=4&seed=12&fill=0.5"
    )
    known: dict[str, Any] = {}
    exec(page.get_by_label("The chosen picture in torchvision").inner_text(), known)
    original, found = (pixels(canvas) for canvas in page.locator(".pair canvas").all())
    torch.testing.assert_close(known["this_picture"](original), found, rtol=0, atol=2 / 255)
    assert torch.equal(found, shown(page)[4])
    exec(page.get_by_label("The list in torchvision").inner_text(), known)
    assert known["augment"](Image.new("RGB", (SIDE, SIDE))).shape == (3, SIDE, SIDE)


def test_keys_alone_move_a_slider_and_choose_a_picture(opened):
    page = opened()
    slider = page.get_by_label("Rotate", exact=True)
    slider.focus()
    page.keyboard.press("ArrowRight")
    expect(slider).to_have_attribute("aria-valuetext", "−15° to 15°")
    expect(page.get_by_label("The list in torchvision")).to_contain_text("v2.RandomRotation(15, ")
    draws(page).nth(4).focus()
    page.keyboard.press("Enter")
    expect(draws(page).nth(4)).to_have_attribute("aria-pressed", "true")
    expect(page.locator(".done")).to_contain_text("Picture 5: ")
    assert "chosen=5" in link(page)


def test_a_transform_at_its_left_end_is_off(opened):
    page = opened(OFF)
    pictures = shown(page)
    assert all(torch.equal(each, pictures[0]) for each in pictures)
    expect(page.get_by_label("The list in torchvision")).not_to_contain_text("Random")
    expect(page.locator(".done")).to_have_text("Picture 1: as it is.")
    page.get_by_text("Set the amounts of the chosen one by hand").click()
    expect(page.get_by_text("No transform is on")).to_be_visible()


def test_amounts_set_by_hand_change_the_chosen_picture_alone_and_go_into_the_link(opened):
    page = opened("rotation=90&chosen=2")
    before = shown(page)
    page.get_by_text("Set the amounts of the chosen one by hand").click()
    after = changed_by(page, lambda: page.get_by_label("Angle, degrees").fill("-45"))
    assert torch.equal(after[[0, 1, *range(3, 12)]], before[[0, 1, *range(3, 12)]])
    assert not torch.equal(after[2], before[2])
    expect(page.get_by_label("The chosen picture in torchvision")).to_contain_text("F.rotate(image, -45.0, ")
    other = opened(link(page))
    assert torch.equal(shown(other), after)


def test_a_box_set_by_hand_stays_inside(opened):
    page = opened(f"{OFF}&crop=0.5&chosen=1")
    page.get_by_text("Set the amounts of the chosen one by hand").click()
    page.get_by_label("Crop: height").fill("150")
    page.get_by_label("Crop: top").fill("191")
    expect(page.get_by_label("Crop: top")).to_have_value("42")
    expect(page.get_by_label("The chosen picture in torchvision")).to_contain_text(
        "F.resized_crop(image, 42, "
    )


def test_what_may_change_the_label_is_said_and_marked(opened):
    page = opened(f"sample=six&{OFF}&rotation=30")
    warnings = page.locator(".warnings")
    expect(warnings).to_have_text("At these strengths nothing makes it anything other than a 6.")
    expect(page.locator(".doubt:not(:empty)")).to_have_count(0)
    changed_by(page, lambda: page.get_by_label("Rotate", exact=True).fill("180"))
    expect(warnings.locator("li")).to_have_text(
        ["Rotate. Turned so far it is no 6 any more; by half a circle it is a 9."]
    )
    far = [
        number
        for number, draw in enumerate(draws(page).all())
        if abs(float(re.search(r"turned [+−]([\d.]+)°", draw.get_attribute("aria-label"))[1])) > 75
    ]
    marked = [
        number for number, draw in enumerate(draws(page).all()) if draw.inner_text().strip() == "label?"
    ]
    assert marked == far != []
    draws(page).nth(far[0]).click()
    expect(page.locator(".done strong")).to_have_text(
        "Turned so far it is no 6 any more; by half a circle it is a 9."
    )


def test_a_mirrored_arrow_is_another_sign_and_a_mirrored_fish_is_a_fish(opened):
    page = opened(f"sample=arrow&{OFF}&flip=1".replace("flip=0&", ""))
    expect(page.locator(".warnings")).to_contain_text("Mirrored, it says: turn left.")
    expect(page.locator(".doubt:not(:empty)")).to_have_count(COUNT)
    page.get_by_label("Picture", exact=True).select_option("fish")
    expect(page.locator(".warnings")).to_contain_text("nothing makes it anything other than a fish")


def test_every_warning_can_be_reached_and_none_stands_where_nothing_happens(calculate):
    found = calculate(
        "samples transforms",
        """const rules = [samples.QUESTIONS, ...Object.values(samples.SAMPLES).map(({rules}) => rules)];
        return {
            rules: rules.flat().map(({transform, beyond, text}) =>
                [beyond, transforms.TRANSFORMS[transform].most, text]),
            broken: rules.map((each) => samples.brokenBy(each, transforms.NEUTRAL).length),
        };""",
    )
    assert all(0 <= beyond < most and text.endswith((".", "?")) for beyond, most, text in found["rules"])
    assert not any(found["broken"])


def test_a_picture_of_the_reader_is_changed_and_never_sent(opened, tmp_path):
    page = opened("chosen=3")
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.get_by_label("A picture of your own").set_input_files(picture_file(tmp_path))
    expect(page.get_by_label("Picture", exact=True)).to_have_value("own")
    with Image.open(picture_file(tmp_path)) as mine:
        middle = mine.crop((50, 0, 250, 200)).resize((SIDE, SIDE), Image.Resampling.BILINEAR)
    expected = torch.from_numpy(np.array(middle)).permute(2, 0, 1) / 255
    assert (shown(page)[0] - expected).abs().mean() < 0.02, "the middle square, made small"
    expect(page.locator(".warnings")).to_contain_text("Is there writing, an arrow, a left and a right?")
    page.get_by_label("Picture", exact=True).select_option("bus")
    expect(page.locator(".warnings")).not_to_contain_text("Is there writing")
    page.get_by_label("Picture", exact=True).select_option("own")
    expect(page.locator(".warnings")).to_contain_text("Is there writing")
    assert (shown(page)[0] - expected).abs().mean() < 0.02
    assert [url for url in asked if not url.startswith("blob:")] == []
    assert len(link(page)) < 100, "no picture is in it"


def test_a_file_that_is_no_picture_is_refused_and_harms_nothing(opened, tmp_path):
    page = opened()
    before = shown(page)
    path = tmp_path / "words.png"
    path.write_text("no picture")
    page.get_by_label("A picture of your own").set_input_files(path)
    expect(page.get_by_role("status")).to_contain_text("cannot read that file as a picture")
    assert torch.equal(shown(page), before)


def test_a_dropped_picture_is_taken(opened, tmp_path):
    page = opened()
    content = base64.b64encode(picture_file(tmp_path).read_bytes()).decode()
    page.locator(".augmentations").evaluate(
        """(stage, content) => {
            const bytes = Uint8Array.from(atob(content), (each) => each.charCodeAt(0));
            const dataTransfer = new DataTransfer();
            dataTransfer.items.add(new File([bytes], "mine.png", {type: "image/png"}));
            stage.dispatchEvent(new DragEvent("drop", {dataTransfer, bubbles: true, cancelable: true}));
        }""",
        content,
    )
    expect(page.get_by_label("Picture", exact=True)).to_have_value("own")


def test_a_link_holds_the_whole_state(opened):
    state = "sample=clock&flip=1&rotation=45&crop=0.5&hue=0.2&erasing=0.3&fill=0&seed=77&chosen=9"
    page = opened(state)
    assert set(link(page).split("&")) == set(state.split("&"))
    assert torch.equal(shown(opened(link(page))), shown(page))


@pytest.mark.parametrize(
    "state", ["sample=__proto__", "rotation=7", "hue=NaN", "seed=-1", "chosen=0", "hand=1,2,3", "fill=%%%"]
)
def test_a_bad_link_is_named_and_harms_nothing(visit, state):
    page = visit(state)
    expect(page.get_by_role("status")).to_contain_text("cannot be read; the usual is taken")
    expect(page.locator(".done")).to_contain_text("Picture 1: ")


def test_a_finger_chooses_a_picture(opened):
    page = opened(has_touch=True, viewport={"width": 390, "height": 844})
    draws(page).nth(7).tap()
    expect(draws(page).nth(7)).to_have_attribute("aria-pressed", "true")


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1440])
def test_axe_finds_nothing(opened, theme, width):
    page = opened(
        "sample=six&rotation=180&hue=0.5&erasing=0.5&crop=0.5&blur=2",
        color_scheme=theme,
        viewport={"width": width, "height": 900},
    )
    page.get_by_text("Set the amounts of the chosen one by hand").click()
    result = Axe().run(page, context=".augmentations")
    assert result.violations_count == 0, result.generate_report()
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
    assert small_targets(page, ".augmentations") == []
