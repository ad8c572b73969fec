"""On the lesson's page: light until used, the network that of PyTorch, sentences of the reader's own."""

import re

import pytest
import torch
from academy.lessons.lesson7.first_layers import FIRST_LAYERS, elsewhere, first_attention
from academy.nets.minilm import HEADS, attention, pieces_of
from bs4 import BeautifulSoup
from playwright.sync_api import expect

LESSON = "lessons/7-transformers/lesson7.html"
PLACE = "[data-interactive=attention-heads]"
STAGE = ".attention-heads"
TOLERANCE = 1e-4
LONG = "one two three four five six seven eight nine ten " * 3
READ = """
async ({root, texts}) => {
    const module = (name) => import(`${root}_static/js/${name}.js`);
    const [{Data}, {Model}, {Tokenizer}, {fitting, inputOf, weightsOf}] = await Promise.all(
        ["shared/data", "shared/model", "shared/tokenizer", "attention-heads/seen"].map(module));
    const {files, data} = document.querySelector("[data-interactive=attention-heads]").dataset;
    const [words, model] = [new Data(data), new Model(files)];
    await Promise.all([words.load(() => {}), model.load(() => {})]);
    const tokenizer = new Tokenizer(words.contents.texts.pieces);
    const found = [];
    for (const text of texts) {
        const read = fitting(tokenizer.cut(text));
        const {values, shape} = inputOf(read);
        const weights = weightsOf(await model.run(values, shape), read.length);
        found.push({pieces: read.map(({piece}) => piece), weights: [...weights]});
    }
    return found;
}
"""


def status(page):
    return page.locator(f"{STAGE} [role=status]")


def own(page, text):
    page.get_by_label("Or a sentence of your own").fill(text)
    page.keyboard.press("Enter")


def test_its_attention_is_that_of_pytorch_on_fifty_sentences(lesson_visit, address, net, sentences):
    page = lesson_visit().page
    found = page.evaluate(READ, {"root": address, "texts": sentences})
    assert len(found) == 50
    for text, each in zip(sentences, found, strict=True):
        assert each["pieces"] == pieces_of(text)
        length = len(each["pieces"])
        weights = torch.tensor(each["weights"]).view(FIRST_LAYERS, HEADS, length, length)
        assert (weights - first_attention(net, text)).abs().max() < TOLERANCE
        assert elsewhere(weights, attention(text)[:FIRST_LAYERS]).max() < 0.06, "as far as rounding moves it"


def test_it_is_light_until_it_is_used(lesson_visit):
    visited = lesson_visit()
    page = visited.page
    assert not visited.models()
    page.get_by_role("button", name="the piece before").click()
    expect(status(page)).to_have_text(re.compile("^Layer 1, head 3"))
    assert not visited.models()
    page.get_by_label("Sentence (the others come").select_option(index=1)
    expect(status(page)).to_contain_text("from “the”")
    (name,) = visited.models()
    assert name.startswith("lesson7-pieces.safetensors.")
    expect(
        page.get_by_role("button", name=re.compile(r"^Fetch the network \(1[67]\.\d MB\)$"))
    ).to_be_visible()
    own(page, "The little girl closed her green umbrella.")
    expect(page.locator(STAGE)).to_contain_text("The network is here")  # until then the last sentence stays
    expect(status(page)).to_have_text(re.compile("^Layer 1, head 3, from “the”: "))
    assert len(visited.models()) == 4
    sizes = [size for url, size in visited.bytes.items() if "/models/" in url]
    assert sum(sizes) < 17.5e6


def test_a_sentence_of_ones_own_is_read_and_stays_here(lesson_visit, net):
    visited = lesson_visit(state="layer=2&head=8")
    page = visited.page
    text = "The naïve Émile sleeps under a TABLE, doesn't he?"
    own(page, text)
    pieces = pieces_of(text)
    expect(page.locator(f"{STAGE} .to li")).to_have_count(len(pieces))
    expect(status(page)).to_contain_text("Layer 2, head 8, from")
    place = pieces.index("under")
    page.get_by_role("listbox", name="From which piece").get_by_role("option").nth(place).click()
    shown = page.locator(f"{STAGE} .to .share").all_inner_texts()
    weights = first_attention(net, text)[1, 7, place]
    assert [int(share.removesuffix("%")) for share in shown] == pytest.approx(
        [100 * weight for weight in weights.tolist()], abs=0.51
    )
    assert not [url for url in visited.asked if "mile" in url], "it is sent nowhere"
    link = page.get_by_label("Link to this state").input_value()
    own(page, LONG)
    expect(status(page)).to_contain_text("The first 24 of 30 pieces are read")
    page.goto(link)
    expect(status(page)).to_contain_text("from “under”")
    own(page, "\u200b")
    expect(page.get_by_text("There is no word to look from.")).to_be_visible()


def test_a_lost_network_is_said_and_the_sentence_stays(lesson_visit):
    page = lesson_visit().page
    page.route("**/lesson7-attention*", lambda route: route.fulfill(status=200, body=b"\x1f\x8bcut"), times=1)
    own(page, "A small dog barks.")
    expect(status(page)).to_have_text("The network did not arrive. Press “Try again”.")
    expect(page.get_by_label("Or a sentence of your own")).to_have_value("A small dog barks.")
    page.get_by_role("button", name="Try again").click()
    expect(status(page)).to_contain_text("from “a”")


def test_the_tasks_keep_their_word(lesson_visit):
    page = lesson_visit().page
    page.get_by_role("link", name="Layer 4, head 2").click()
    expect(status(page)).to_have_text(re.compile("^Layer 4, head 2, from “are”: “keys” 6"))
    page.get_by_role("link", name="“It”").click()
    expect(status(page)).to_have_text(re.compile("^Layer 4, head 2, from “it”: “trophy” 5"))
    own(page, "The trophy did not fit into the suitcase because it was too small.")
    expect(page.locator(f"{STAGE} .to li")).to_have_count(16)
    page.get_by_role("listbox", name="From which piece").get_by_role("option", name="it", exact=True).click()
    expect(status(page)).to_have_text(re.compile("from “it”: “trophy” "))
    page.get_by_role("link", name="One head").click()
    expect(status(page)).to_have_text(re.compile("^Layer 3, head 10, from “like”: “like” "))


@pytest.mark.parametrize("width", [390, 1440])
def test_nothing_moves_when_it_comes_to_life(browser, address, width):
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.goto(address + LESSON, wait_until="networkidle")
    page.evaluate("document.fonts.ready")
    page.reload()  # a first visit does without a font that comes late; its lines break elsewhere
    place = page.locator(PLACE)
    before = place.evaluate("(place) => place.offsetHeight")
    place.evaluate("(place) => place.scrollIntoView()")
    page.wait_for_selector(f"{STAGE} .from [role=option]")
    assert place.evaluate("(place) => place.offsetHeight") == before
    page.close()


def test_without_javascript_the_figure_stands(site):
    html = BeautifulSoup((site / LESSON).read_text(), "html.parser")
    place = html.select_one(PLACE)
    assert place.find("img")["alt"]
    assert place.find("figcaption").get_text()
