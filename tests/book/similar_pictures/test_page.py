"""The search on its page: what comes and when, the chapter's numbers, and a picture of the reader's own."""

import gzip
import io
import json
import re

import numpy as np
import onnxruntime
import pytest
import torch
from academy.nets.pretrained import image_backbone
from browser import PagesHandler
from bs4 import BeautifulSoup
from lesson_visits import visits
from PIL import Image
from playwright.sync_api import expect
from safetensors.torch import load
from sklearn.datasets import load_sample_image
from sklearn.metrics.pairwise import cosine_similarity

LESSON = "lessons/4-transfer-learning/lesson4.html"
PLACE = "[data-interactive=similar-pictures]"
NEAREST = re.compile("^Nearest to cat")
OWN = re.compile(r"^Nearest to dahlia\.png: by trained features")
MOST = 1_500_000
"""Bytes that the pictures and all that is compared of them may take."""
SCRIPTS = 40 * 1024
"""Bytes of all scripts of the page, those that show what can be asked for among them."""

visit = visits(LESSON, "similar-pictures", ".similar-pictures .ways")


def status(page):
    return page.locator(".similar-pictures [role=status]")


def fetch(page):
    page.get_by_role("button", name="Fetch the pictures").click()
    expect(status(page)).to_have_text(NEAREST)


def content(site, attribute, part):
    """Return a file of the page, unpacked."""
    place = BeautifulSoup((site / LESSON).read_text(), "html.parser").select_one(PLACE)
    address = json.loads(place[attribute])[part]["address"]
    return gzip.decompress((site / LESSON).parent.joinpath(address).resolve().read_bytes())


@pytest.fixture(scope="module")
def dahlia():
    """A photo, and its file."""
    pixels = load_sample_image("flower.jpg")[100:420, 200:470]
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, "PNG")
    image = torch.from_numpy(pixels.copy()).permute(2, 0, 1)
    return image, {"name": "dahlia.png", "mimeType": "image/png", "buffer": file.getvalue()}


def test_nothing_of_it_is_loaded_before_the_first_choice_and_its_size_is_named(visit):
    seen = visit()
    page = seen.page
    assert seen.models() == []
    before = sum(each for url, each in seen.bytes.items() if "/js/" in url)
    named = page.get_by_role("button", name="Fetch the pictures").inner_text()
    fetch(page)
    page.wait_for_load_state("networkidle")
    assert [name.partition(".")[0] for name in seen.models()] == ["lesson4-index"], "and no network"
    came = sum(each for url, each in seen.bytes.items() if "/_static/models/" in url)
    print(f"\n{before / 1024:.1f} KiB of scripts before the first choice, {came / 1024:.0f} KiB with it")
    assert before < SCRIPTS
    assert came < MOST
    assert abs(came / 1e6 - float(re.search(r"([\d.]+) MB", named)[1])) < 0.06


@pytest.mark.parametrize("width", [390, 1440])
def test_nothing_moves_when_it_comes_to_life(browser, address, width):
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.goto(address + LESSON)
    place = page.locator(PLACE)
    before = place.evaluate("(place) => place.offsetHeight")
    place.evaluate("(place) => place.scrollIntoView()")
    page.wait_for_selector(".similar-pictures .ways")
    assert place.evaluate("(place) => place.offsetHeight") == before
    page.close()


def test_every_neighbor_and_cosine_is_that_of_python_over_the_same_file(visit, site):
    tensors = load(content(site, "data-data", "data"))
    page = visit().page
    found = page.evaluate(
        """async (place) => {
            const folder = new URL("../../_static/js/similar-pictures/", location.href).href;
            const from = (name) => import(`${folder}${name}.js`);
            const [{Index}, {nearest}] = await Promise.all([from("collection"), from("../shared/search")]);
            const index = new Index(document.querySelector(place).dataset.data);
            await index.load(() => {});
            return ["features", "pixels"].map((way) => {
                const vectors = index.collection.vectors[way];
                return Array.from({length: vectors.count}, (_, query) => {
                    const isOther = (place) => place !== query;
                    const five = nearest(vectors.cosines(vectors.row(query)), isOther, 5);
                    return five.map(({place, cosine}) => [place, cosine]);
                });
            });
        }""",
        PLACE,
    )
    for way, each in zip(("features", "pixels"), found):
        whole = tensors[way].double().numpy()  # sums of whole numbers, exact in double precision
        lengths = np.sqrt((whole**2).sum(axis=1))
        cosines = whole @ whole.T / (lengths[:, None] * lengths)
        np.fill_diagonal(cosines, -2)
        order = np.argsort(-cosines, axis=1, kind="stable")[:, :5]
        places, values = np.array(each)[..., 0].astype(int), np.array(each)[..., 1]
        np.testing.assert_array_equal(places, order)
        np.testing.assert_array_equal(values, np.take_along_axis(cosines, order, axis=1))


def test_the_precision_is_the_one_that_the_chapter_states(visit):
    page = visit().page
    fetch(page)
    stated = re.search(r"Precision@5 is (\d+%) \(small pixels (\d+%)\)", page.locator("main").inner_text())
    expect(page.locator(".similar-pictures .score")).to_have_text(
        [f"Precision@5: {share}" for share in stated.groups()]
    )
    page.get_by_text("How good is each way, kind by kind?").click()
    expect(page.locator(".similar-pictures tbody tr")).to_have_count(13)
    page.get_by_label("leave out the same thing").check()
    expect(page.locator(".similar-pictures .score").first).not_to_have_text(f"Precision@5: {stated[1]}")


def test_a_link_in_the_text_leaves_out_the_same_thing(visit):
    page = visit().page
    fetch(page)
    page.get_by_role("link", name="the same thing").click()
    expect(page.get_by_label("leave out the same thing")).to_be_checked()
    names = page.locator(".similar-pictures .ways li .words > :nth-child(2)")
    assert "cat" not in names.all_inner_texts()


def test_a_download_killed_midway_says_so_and_the_next_try_works(visit, monkeypatch):
    page = visit(expected="Failed to load resource").page
    monkeypatch.setattr(PagesHandler, "interrupted", {"lesson4-index"})
    page.get_by_label("Name or kind").fill("cat")
    expect(status(page)).to_have_text("The pictures did not arrive. Press “Try again”.")
    monkeypatch.undo()
    page.get_by_role("button", name="Try again").click()
    expect(status(page)).to_have_text(NEAREST)


def test_a_picture_of_ones_own_is_compared_as_python_compares_it(visit, site, dahlia):
    image, file = dahlia
    seen = visit()
    page = seen.page
    page.get_by_label("Choose a picture, or drop one here").set_input_files(file)
    expect(status(page)).to_have_text(OWN)
    assert len(seen.models()) == 4
    small = image_backbone(side=96)
    with torch.no_grad():
        features = small(image[None])
        prepared = small.prepare(image[None]).mul(128 / 255).add(127 / 255)
    session = onnxruntime.InferenceSession(content(site, "data-files", "model"))
    rounded = session.run(None, {"input": prepared.numpy()})[0]
    assert cosine_similarity(features, rounded).item() > 0.98
    index = load(content(site, "data-data", "data"))["features"].double()
    best = np.sort(cosine_similarity(rounded, index)[0])[::-1][:5]
    shown = page.get_by_role("region", name="Trained features").locator(".cosine").all_inner_texts()
    np.testing.assert_allclose([float(each) for each in shown], best, atol=0.011)
    expect(page.get_by_role("img", name="another kind")).to_have_count(0)
    expect(page.get_by_label("Link to this state")).to_be_hidden()
    page.get_by_role("button", name="Back").click()
    expect(status(page)).to_have_text(NEAREST)
    expect(page.get_by_label("Link to this state")).to_be_visible()


def test_what_is_no_picture_is_refused_and_nothing_is_fetched_for_it(visit):
    seen = visit()
    page = seen.page
    file = {"name": "notes.txt", "mimeType": "text/plain", "buffer": b"no picture"}
    page.get_by_label("Choose a picture, or drop one here").set_input_files(file)
    expect(status(page)).to_have_text("This file cannot be read as a picture. Try a PNG, JPEG or WebP.")
    assert seen.models() == []


def test_an_own_picture_that_comes_late_does_not_overtake_a_walk(visit, dahlia):
    page = visit().page
    fetch(page)
    waiting = []
    page.route("**/models/lesson4-backbone*", lambda route: waiting.append(route))
    with page.expect_request("**/models/lesson4-backbone*"):
        page.get_by_label("Choose a picture, or drop one here").set_input_files(dahlia[1])
    slot = page.get_by_role("region", name="Trained features").get_by_role("listitem").first
    slot.get_by_role("button").click()
    walked_to = status(page).inner_text()
    for route in waiting:
        route.continue_()
    expect(page.get_by_role("button", name="The network is here")).to_be_visible()
    page.evaluate("new Promise((done) => setTimeout(done))")
    assert status(page).inner_text() == walked_to


def test_without_javascript_the_figure_stands(site):
    place = BeautifulSoup((site / LESSON).read_text(), "html.parser").select_one(PLACE)
    assert place.find("img")["alt"]
    assert "CC BY-SA" in place.find("figcaption").get_text()
