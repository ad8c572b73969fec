"""The search on its page: what comes and when, and that both encoders say what PyTorch says."""

import base64
import io
import re

import numpy as np
import pytest
import torch
from academy.data.emoji import emoji_pictures
from academy.lessons.lesson8.concepts import concept_split
from academy.lessons.lesson8.page_pictures import STYLES, page_things, piece_batches
from browser import PagesHandler
from bs4 import BeautifulSoup
from PIL import Image
from playwright.sync_api import expect
from safetensors.torch import load
from search_words_page import (
    FETCH,
    LESSON,
    PLACE,
    content,
    fetched,
    names,
    page_pictures,
    page_texts,
    status,
    words,
)
from sklearn.datasets import load_sample_image
from torch.nn import functional as F

SCRIPTS = 45 * 1024
"""Bytes of all scripts of the page before the first words."""
MOST = 25_000_000
"""Bytes that come with the first words."""
QUERIES = [
    "something to eat when it is cold",
    "  a CAFÉ in Paris  ",
    "punctuality",
    "🐳 an animal that sings under water",
    "x",
    "word " * 60,
    *[each.name for each in concept_split().test[::4]],
]
OPEN = """
const folder = new URL("../../_static/js/search-words/", location.href).href;
const {Towers, PictureEncoder} = await import(`${folder}towers.js`);
const {files, secondFiles, data} = document.querySelector("[data-interactive=search-words]").dataset;
const towers = new Towers(files, data);
await towers.load(() => {});
"""


def flower():
    """A photo's file."""
    file = io.BytesIO()
    Image.fromarray(load_sample_image("flower.jpg")).save(file, "PNG")
    return {"name": "dahlia.png", "mimeType": "image/png", "buffer": file.getvalue()}


def test_nothing_of_it_is_loaded_before_the_first_words_and_its_size_is_named(visit):
    seen = visit()
    page = seen.page
    assert seen.models() == []
    before = sum(each for url, each in seen.bytes.items() if "/js/" in url)
    named = page.get_by_role("button", name=FETCH).inner_text()
    words(page).fill("insects")
    expect(page.locator(".search-words .found")).to_have_text("Nearest to “insects”")
    page.wait_for_load_state("networkidle")
    parts = sorted(name.partition(".")[0] for name in seen.models())
    assert parts == ["lesson8-catalogue", "lesson8-texts", "ort", "ort-wasm-simd-threaded"]
    came = sum(each for url, each in seen.bytes.items() if "/_static/models/" in url)
    print(f"\n{before / 1024:.1f} KiB of scripts before the first words, {came / 1e6:.1f} MB with them")
    assert before < SCRIPTS
    assert came < MOST
    assert abs(came / 1e6 - float(re.search(r"([\d.]+) MB", named)[1])) < 0.1


@pytest.mark.parametrize("width", [390, 1440])
def test_nothing_moves_when_it_comes_to_life(browser, address, width):
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.goto(address + LESSON)
    place = page.locator(PLACE)
    before = place.evaluate("(place) => place.offsetHeight")
    place.evaluate("(place) => place.scrollIntoView()")
    page.wait_for_selector(".search-words section")
    assert place.evaluate("(place) => place.offsetHeight") == before
    fetched(page)
    assert place.evaluate("(place) => place.offsetHeight") == before
    page.close()


def test_texts_and_ranks_are_those_of_pytorch_with_the_same_weights(visit, site):
    vectors, found = visit().page.evaluate(
        f"""async (queries) => {{
            {OPEN}
            const {{oneLine}} = await import(`${{folder}}texts.js`);
            const vectors = await towers.texts.vectorsOf(queries.map(oneLine));
            const nearest = vectors.map((each) => towers.catalogue.nearest(each, "Fluent", "all", 300));
            return [vectors.map((each) => [...each]), nearest.map((each) => each.map(({{place}}) => place))];
        }}""",
        QUERIES,
    )
    assert len(QUERIES) >= 50
    texts = [" ".join(each.split())[:200] for each in QUERIES]
    with torch.no_grad():
        expected = torch.cat([page_texts()(piece_batches([text])[0]) for text in texts])
    np.testing.assert_allclose(vectors, expected, atol=1e-4)
    catalogue = load(content(site, "data-data", "data"))["vectors"][:300].double()
    cosines = expected.double() @ F.normalize(catalogue, dim=1).T
    order = cosines.argsort(dim=1, descending=True)
    same = torch.tensor(found) == order
    at_page = cosines.gather(1, torch.tensor(found))
    steps = at_page.diff(dim=1)
    assert same[:, :10].double().mean() > 0.99
    assert steps.max() < 2e-4, "only what is as near changes places"


def test_pictures_are_those_of_pytorch_with_the_same_weights(visit):
    images = emoji_pictures(concept_split().test[:12], ["noto"], side=224).images
    drawings = []
    for each in images:
        file = io.BytesIO()
        Image.fromarray(each.permute(1, 2, 0).numpy()).save(file, "PNG")
        drawings.append(base64.b64encode(file.getvalue()).decode())
    found = visit().page.evaluate(
        f"""async (drawings) => {{
            {OPEN}
            const encoder = new PictureEncoder(secondFiles, towers);
            await encoder.load(() => {{}});
            const vectors = [];
            for (const each of drawings) {{
                const bytes = Uint8Array.from(atob(each), (letter) => letter.charCodeAt(0));
                const file = new File([bytes], "a.png", {{type: "image/png"}});
                const own = await encoder.pictureOf(file, async () => true);
                vectors.push([...own.vector]);
            }}
            return vectors;
        }}""",
        drawings,
    )
    with torch.no_grad():
        expected = page_pictures()(images / 255)
    np.testing.assert_allclose(found, expected, atol=1e-4)


def test_the_page_s_first_table_is_the_figure_s(visit):
    page = fetched(visit().page)
    cells = page.locator(".search-words .matrix td").all_inner_texts()
    assert len(cells) == 16
    cosines = np.array([float(each.replace("−", "-")) for each in cells]).reshape(4, 4)
    assert cosines.argmax(axis=1).tolist() == [0, 1, 2, 0]


def test_a_download_killed_midway_says_so_and_the_next_try_works(visit, monkeypatch):
    page = visit(expected="Failed to load resource").page
    monkeypatch.setattr(PagesHandler, "interrupted", {"lesson8-catalogue"})
    words(page).fill("insects")
    expect(status(page)).to_have_text("The text encoder did not arrive. Press “Try again”.")
    assert words(page).input_value() == "insects"
    monkeypatch.undo()
    page.get_by_role("button", name="Try again").click()
    expect(page.locator(".search-words .found")).to_have_text("Nearest to “insects”")


def test_a_picture_of_ones_own_is_compared_and_no_link_leads_to_it(visit):
    seen = visit()
    page = seen.page
    page.get_by_label("Choose a picture").set_input_files(flower())
    expect(status(page)).to_have_text(re.compile(r"^dahlia\.png: (animal|food|vehicle|sport), \d+%\.$"))
    assert len(seen.models()) == 5
    pickers = page.get_by_role("combobox", name=re.compile("^Picture"))
    assert pickers.first.evaluate("(all) => all.selectedOptions[0].textContent") == "your own: dahlia.png"
    link = page.get_by_label("Link to this state").input_value()
    assert "dahlia" not in link


def test_what_is_no_picture_is_refused_and_nothing_is_fetched_for_it(visit):
    seen = visit()
    page = seen.page
    file = {"name": "notes.txt", "mimeType": "text/plain", "buffer": b"no picture"}
    page.get_by_label("Choose a picture").set_input_files(file)
    expect(status(page)).to_have_text("This file cannot be read as a picture. Try a PNG, JPEG or WebP.")
    assert seen.models() == []


def test_what_was_trained_on_is_told_from_what_was_never_seen(visit):
    page = fetched(visit().page)
    notes = page.locator(".search-words .tiles .more")
    assert set(notes.all_inner_texts()) == {"never seen"}
    page.get_by_label("Look among").select_option("all")
    words(page).fill("crab")
    expect(page.locator(".search-words .found")).to_have_text("Nearest to “crab”")
    trained = {each.name for each in page_things()[200:]}
    expected = ["trained on" if name in trained else "never seen" for name in names(page)]
    assert notes.all_inner_texts() == expected
    assert page.get_by_label("Drawn by").locator("option").all_inner_texts() == [*STYLES.values()]


def test_without_javascript_the_figure_stands(site):
    place = BeautifulSoup((site / LESSON).read_text(), "html.parser").select_one(PLACE)
    assert place.find("img")["alt"]
    assert "CC BY-SA" in place.find("figcaption").get_text()
