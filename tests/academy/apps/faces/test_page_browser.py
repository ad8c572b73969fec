"""The page as a person uses it, in a real browser."""

import base64
import io
import json
import re
import shutil

import numpy as np
import pytest
import torch
from academy.apps.faces.collection import Collection
from academy.apps.faces.page import build
from academy.apps.page import start
from academy.lessons.lesson5.judge import JUDGED, probabilities
from academy.lessons.lesson5.runs import write_run
from academy.lessons.lesson5.shipped import shipped_run
from app_visits import visits
from axe_playwright_python.sync_playwright import Axe
from face_runs import small_pictures, small_run
from interactive_page import small_targets
from pages import PHONE, WIDE
from PIL import Image, ImageDraw
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.slow

OURS = ".html-container"
LESSON = "Lesson 5: drawn faces"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A folder with a run that is damaged, and one that a test may delete."""
    folder = tmp_path_factory.mktemp("face-runs")
    for name, year in (("passing", 2024), ("damaged", 2025)):
        write_run(folder, name, small_run(made=f"{year}-01-01T00:00:00+00:00"), small_pictures())
    (folder / "damaged" / "pca.safetensors").write_bytes(b"none")
    return folder


@pytest.fixture(scope="module")
def served(folder):
    """The address of the page, which begins with the lesson's own run."""
    torch.manual_seed(0)  # of the faces that are drawn
    built = build(Collection(folder, "lesson/5"))
    start(built)
    yield built.local_url
    built.close(verbose=False)


@pytest.fixture
def visit(browser, served):
    """Open the page; an error on the console, or a request to another host, fails the test."""
    with visits(browser, served, begun) as opening:
        yield opening


def begun(page: Page) -> None:
    expect(face(page)).to_have_attribute("alt", "The mean face")


@pytest.fixture
def upload(tmp_path):
    picture = Image.new("RGB", (120, 80), "white")
    ImageDraw.Draw(picture).ellipse((40, 10, 80, 70), fill="sienna")
    picture.save(tmp_path / "face.png")
    return tmp_path / "face.png"


def face(page: Page):
    return page.locator(".large img")


def slide(page: Page, name: str, to: float) -> None:
    page.get_by_label(f"number input for {name}").fill(f"{to:g}")
    page.get_by_label(f"number input for {name}").press("Enter")


def pixels(content: bytes) -> torch.Tensor:
    """A PNG, shape (1, 3, 64, 64), float from 0 to 1."""
    return torch.from_numpy(np.array(Image.open(io.BytesIO(content)))).permute(2, 0, 1)[None] / 255


def shown(page: Page) -> torch.Tensor:
    """The picture as the page shows it."""
    return pixels(base64.b64decode(face(page).get_attribute("src").partition(",")[2]))


def judged(page: Page, attribute: str) -> float:
    return probabilities(shown(page))[0, JUDGED.index(attribute)].item()


def bring(page: Page, path, place: int = 0) -> None:
    page.locator("input[type=file]").nth(place).set_input_files(path)


def test_sliders_move_what_they_are_named_after(visit):
    page = visit()
    for name, attribute in (("Light clothes", "light clothes"), ("Dark skin", "dark skin")):
        slide(page, name, -2)
        expect(face(page)).to_have_attribute("alt", f"The mean face; {attribute} −2.0")
        below = judged(page, attribute)
        slide(page, name, 2)
        expect(face(page)).to_have_attribute("alt", f"The mean face; {attribute} +2.0")
        assert judged(page, attribute) > below + 0.5
        page.get_by_role("button", name="Reset", exact=True).click()
        expect(face(page)).to_have_attribute("alt", "The mean face")
        expect(page.get_by_label(f"number input for {name}")).to_have_value("0")


def test_a_press_right_after_typing_has_the_last_word(visit):
    page = visit()
    for place in range(5):
        page.get_by_label("number input for Light clothes").fill("2")
        page.get_by_role("button", name="Reset", exact=True).click()
        page.get_by_label("number input for Dark skin").fill(f"{place / 10}")
        page.get_by_label("number input for Light clothes").press("Enter")
        page.get_by_role("button", name="Reset", exact=True).click()
    expect(page.get_by_label("number input for Light clothes")).to_have_value("0")
    expect(face(page)).to_have_attribute("alt", "The mean face")


def test_faces_are_drawn_kept_and_walked_between(visit):
    page = visit()
    page.get_by_role("button", name="Random face").click()
    expect(face(page)).to_have_attribute("alt", re.compile("^A face drawn at random; light clothes [+−]"))
    first = shown(page)
    numbers = [page.locator("input[type=number]").nth(place).input_value() for place in range(8)]
    kept = {}
    for name in ("picture", "settings"):
        with page.expect_download() as download:
            page.get_by_role("link", name=f"Download {name}").click()
        kept[name] = download.value.path().read_bytes()
        assert download.value.suggested_filename == {"picture": "face.png", "settings": "face.json"}[name]
    settings = json.loads(kept["settings"])
    assert settings["run"] == "lesson/5"
    assert [each["position"] for each in settings["sliders"]] == [float(each) for each in numbers]
    assert torch.equal(pixels(kept["picture"]), first)
    with torch.no_grad():
        decoded = shipped_run().network.decoder(torch.tensor(settings["code"])[None])
    torch.testing.assert_close(first, decoded.contiguous(), atol=0.6 / 255, rtol=0)

    page.get_by_role("button", name="Draw the second face").click()
    expect(page.locator(".few figcaption")).to_have_text(["Second face"])
    slide(page, "Way to the second face", 1)
    expect(page.locator(".large figcaption")).to_have_text(
        "A face drawn at random, 100% of the way to the second face"
    )
    second = page.get_by_alt_text("Second face", exact=True).get_attribute("src")
    assert face(page).get_attribute("src") == second


def test_a_face_is_brought_after_a_file_that_is_none(visit, upload, tmp_path):
    page = visit()
    notes = tmp_path / "notes.png"
    notes.write_text("buy milk")
    bring(page, notes)
    expect(page.get_by_role("alert").filter(has_text="“notes.png” is a text")).to_be_visible()
    expect(face(page)).to_have_attribute("alt", "The mean face")
    page.get_by_label("Remove Image").click()
    bring(page, upload)
    expect(page.locator(".few figcaption")).to_have_text(["Your picture", "Given back"])
    expect(page.locator(".problem")).to_have_text("")
    given_back = page.get_by_alt_text("Given back").get_attribute("src")
    assert face(page).get_attribute("src") == given_back
    slide(page, "Dark skin", 2)
    expect(face(page)).to_have_attribute("alt", re.compile("Your face, .*; dark skin \\+2.0"))
    assert face(page).get_attribute("src") != given_back
    page.get_by_role("button", name="Reset", exact=True).click()
    expect(face(page)).to_have_attribute("src", given_back)


def test_runs_that_are_damaged_or_gone_are_sentences_and_others_are_chosen(visit, folder):
    page = visit()
    expect(page.get_by_role("alert").filter(has_text="“damaged” cannot be used")).to_be_visible()
    choose(page, "passing")
    expect(page.get_by_text("80 of 81 pictures in the folder")).to_be_visible()
    expect(page.get_by_label("number input for Component 4")).to_have_count(0)
    choose(page, LESSON)
    expect(page.get_by_text("Drawn faces: 5,500.")).to_be_visible()
    shutil.rmtree(folder / "passing")
    choose(page, "passing")
    expect(page.get_by_role("alert").filter(has_text="“passing” cannot be used")).to_be_visible()
    slide(page, "Dark skin", 1)
    expect(face(page)).to_have_attribute("alt", "The mean face; dark skin +1.0")


def choose(page: Page, label: str) -> None:
    page.get_by_label("Run", exact=True).click()
    page.get_by_role("option", name=label).click()


def test_the_keyboard_does_it_all(visit):
    page = visit()
    sliders = page.locator("input[type=range]")
    for _ in range(40):
        page.keyboard.press("Tab")
        if sliders.nth(1).evaluate("(slider) => slider === document.activeElement"):
            break
    assert sliders.nth(1).evaluate("(slider) => getComputedStyle(slider).outlineStyle") == "solid"
    page.keyboard.press("ArrowRight")
    expect(face(page)).to_have_attribute("alt", "The mean face; light hair and more +0.1")
    page.get_by_role("button", name="Random face").focus()
    page.keyboard.press("Enter")
    expect(face(page)).to_have_attribute("alt", re.compile("^A face drawn at random"))


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [PHONE, WIDE], ids=["phone", "wide"])
def test_it_fits_the_face_stays_in_view_and_axe_finds_nothing(visit, upload, theme, viewport):
    page = visit(viewport=viewport, color_scheme=theme)
    bring(page, upload)
    expect(page.locator(".few img")).to_have_count(2)
    page.mouse.move(0, 0)
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
    result = Axe().run(page)  # Gradio's part of the page is held to the same
    assert result.violations_count == 0, result.generate_report()
    assert small_targets(page, OURS) == []
    page.locator("input[type=range]").nth(7).scroll_into_view_if_needed()
    page.mouse.wheel(0, 300)
    expect(face(page)).to_be_in_viewport(ratio=1)
    background = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert (sum(map(int, re.findall(r"\d+", background)[:3])) < 150) == (theme == "dark")
