"""The chapter's network under the pictures: it comes when it is asked for, and says what PyTorch says."""

import gzip
import json
import re

import onnxruntime
import pytest
import torch
from academy.data.emoji_kinds import emoji_kinds
from augmentations_page import pixels
from browser import PagesHandler
from bs4 import BeautifulSoup
from lesson_visits import visits
from playwright.sync_api import expect

pytestmark = pytest.mark.slow

LESSON = "lessons/4-transfer-learning/lesson4.html"
PLACE = "[data-interactive=augmentations]"
SAID = re.compile("^As it is, the network says ")

at_lesson = visits(LESSON, "augmentations", ".augmentations .draw canvas")


def status(page):
    return page.locator(".augmentations [role=status]")


def fetch(page):
    page.locator(".augmentations").get_by_role("button", name="Fetch the network").click()
    expect(status(page)).to_have_text(SAID)


def answers(page):
    """Return what stands below each picture, the first as it is."""
    return page.locator(".augmentations .answer").all_inner_texts()


def kind_of(answer):
    return re.fullmatch(r"(?:≠ )?([a-z ]+) (?:[<>] )?\d+%", answer)[1]


def test_nothing_of_the_network_comes_before_it_is_asked_for_and_its_size_is_named(at_lesson):
    seen = at_lesson()
    page = seen.page
    assert seen.models() == []
    page.locator(".augmentations").get_by_role("button", name="Draw others").click()
    expect(status(page)).to_have_text(
        "Eleven changed pictures. Fetch the network to see what it says of each."
    )
    own = sum(each for url, each in seen.bytes.items() if "augmentations" in url)
    size = page.locator(".augmentations").get_by_role("button", name="Fetch the network").inner_text()
    fetch(page)
    page.wait_for_load_state("networkidle")
    came = sum(each for url, each in seen.bytes.items() if "/_static/models/" in url)
    print(f"\n{own / 1024:.0f} KiB of modules and style, {came / 1024:.0f} KiB of the network")
    assert own < 50 * 1024
    assert len(seen.models()) == 3
    assert abs(came / 1e6 - float(re.search(r"([\d.]+) MB", size)[1])) < 0.06


def test_other_answers_are_marked_in_words_and_the_table_has_the_numbers(at_lesson):
    page = at_lesson(state="sample=apple&rotation=90&hue=0.5&brightness=0.5&zoom=0.4&chosen=6").page
    fetch(page)
    said = answers(page)
    own = kind_of(said[0])
    assert own == "plants", "it knows an apple that nobody has changed"
    others = [each for each in said[1:] if kind_of(each) != own]
    assert [each for each in said[1:] if each.startswith("≠ ")] == others != []
    expect(status(page)).to_contain_text(f"{len(others)} of 11 changed pictures get another answer")
    expect(page.locator(".augmentations .other")).to_have_count(len(others))
    cells = page.locator("[data-probability]").all_inner_texts()
    shares = [0 if text == "< 1%" else float(text.strip("> %")) for text in cells]
    assert sum(shares) == pytest.approx(100, abs=6)
    best = page.locator("[data-probability].best")
    assert best.get_attribute("data-probability") == kind_of(said[6])
    assert said[6].endswith(best.inner_text())
    name = page.locator(".augmentations .draw").nth(5).get_attribute("aria-label")
    assert f"The network says {kind_of(said[6])}" in name


def test_the_network_follows_when_a_slider_has_been_let_go(at_lesson):
    page = at_lesson(state="sample=bus").page
    fetch(page)
    before = answers(page)
    slider = page.locator(".augmentations").get_by_label("Brightness", exact=True)
    slider.focus()
    page.keyboard.press("End")
    expect(page.locator(".augmentations .answer").last).not_to_have_text(before[-1])
    expect(page.locator(".augmentations .answer").nth(0)).to_have_text(before[0])
    for answer in page.locator(".augmentations .answer").all():
        expect(answer).to_have_text(re.compile("%$"))


def test_a_lost_connection_is_said_pictures_stay_and_the_next_try_works(at_lesson, monkeypatch):
    page = at_lesson(expected="Failed to load resource").page
    monkeypatch.setattr(PagesHandler, "interrupted", {"simd"})
    page.locator(".augmentations").get_by_role("button", name="Fetch the network").click()
    expect(status(page)).to_have_text("The network did not arrive. Press “Try again”.")
    expect(page.locator(".augmentations .draw canvas")).to_have_count(11)
    monkeypatch.undo()
    page.locator(".augmentations").get_by_role("button", name="Try again").click()
    expect(status(page)).to_have_text(SAID)


def test_the_page_says_what_the_file_says(at_lesson, site):
    """The samples and their changed pictures, taken from the page, through ONNX Runtime in Python."""
    page = at_lesson(state="sample=fish&rotation=30").page
    fetch(page)
    files = json.loads(page.locator(PLACE).get_attribute("data-files"))
    path = (site / "lessons/4-transfer-learning" / files["model"]["address"]).resolve()
    session = onnxruntime.InferenceSession(gzip.decompress(path.read_bytes()))
    images = torch.stack([pixels(canvas) for canvas in page.locator(".tiles canvas").all()])
    logits = torch.from_numpy(session.run(None, {"input": images.numpy()})[0])
    chances = logits.softmax(dim=1)
    kinds = list(emoji_kinds())
    for text, row in zip(answers(page), chances, strict=True):
        chance = row[kinds.index(kind_of(text))].item()
        assert chance > row.max().item() - 0.02, "canvases hold whole levels"
        assert float(re.search(r"(\d+)%", text)[1]) / 100 == pytest.approx(chance, abs=0.02)


def test_the_kinds_are_those_of_the_lesson(at_lesson):
    found = at_lesson().page.evaluate(
        """import(new URL("../../_static/js/augmentations/answers.js", location.href))
            .then(({KINDS}) => KINDS)"""
    )
    assert found == list(emoji_kinds())


@pytest.mark.parametrize("width", [390, 1440])
def test_nothing_moves_when_it_comes_to_life_or_the_network_answers(at_lesson, width):
    page = at_lesson(viewport={"width": width, "height": 800}).page
    kept = page.locator(PLACE).evaluate(
        """(place) => parseFloat(getComputedStyle(place).minHeight) - place.offsetHeight"""
    )
    assert kept == 0, "what is kept free is enough, folded as it comes"
    before = page.locator(".augmentations").bounding_box()["height"]
    fetch(page)
    assert page.locator(".augmentations").bounding_box()["height"] == before


def test_the_tasks_open_what_they_speak_of(at_lesson):
    page = at_lesson().page
    page.get_by_text("Four things to try").click()
    page.get_by_role("link", name="A 6 on its head").click()
    expect(page.locator(".warnings")).to_contain_text("by half a circle it is a 9")
    page.get_by_role("link", name="Stop or go").click()
    expect(page.locator(".warnings")).to_contain_text("stop becomes go")
    page.get_by_role("link", name="Where is the ball?").click()
    expect(page.locator(".warnings")).to_contain_text("grass that is called a ball")
    expect(page.locator(".augmentations").get_by_label("Crop, then resize")).to_have_value("0.7")


def test_without_javascript_the_figure_stands(site):
    place = BeautifulSoup((site / LESSON).read_text(), "html.parser").select_one(PLACE)
    assert place.find("img")["alt"]
    assert place.find("figcaption").get_text()
