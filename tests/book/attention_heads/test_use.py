"""A reader goes through heads and pieces, by mouse, finger and keys, and takes other sentences."""

import re

import pytest
from academy.lessons.lesson7.first_layers import first_attention
from academy.lessons.lesson7.seen_sentences import EXAMPLES
from academy.nets.minilm import pieces_of
from axe_playwright_python.sync_playwright import Axe
from interactive_page import small_targets
from playwright.sync_api import expect

STAGE = ".attention-heads"
BEGIN = "Press a head or a word, choose a sentence, or type your own."
SENTENCE = "Sentence (the others come"


def status(page):
    return page.locator(f"{STAGE} [role=status]")


def link(page):
    return page.get_by_label("Link to this state").input_value().partition("?")[2]


def head_of(page, layer, head):
    return page.get_by_role("option", name=f"Layer {layer}, head {head}", exact=True)


def piece_of(page, place):
    return page.get_by_role("listbox", name="From which piece").get_by_role("option").nth(place)


def shares(page):
    return page.locator(f"{STAGE} .to .share").all_inner_texts()


def expected(net, text, layer, head, place):
    return [f"{100 * weight:.0f}%" for weight in first_attention(net, text)[layer - 1, head - 1, place]]


def sentence(page):
    return page.get_by_label(SENTENCE)


def test_it_begins_with_the_figure_of_the_chapter_and_loads_nothing(visit, net):
    page = visit()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    expect(status(page)).to_have_text(BEGIN)
    expect(page.get_by_text("Layer 4, head 2", exact=True)).to_be_visible()
    expect(piece_of(page, 10)).to_have_attribute("aria-selected", "true")
    assert shares(page) == expected(net, EXAMPLES[0], 4, 2, 10)
    head_of(page, 1, 3).click()
    piece_of(page, 4).click()
    expect(status(page)).to_have_text("Layer 1, head 3, from “the”: “to” 100%.")
    assert shares(page) == expected(net, EXAMPLES[0], 1, 3, 4)
    expect(page.get_by_text("Mostly to the piece before. Words of this sentence give")).to_be_visible()
    assert link(page) == "layer=1&head=3&piece=5"
    assert not asked


def test_the_maps_are_dark_where_a_head_looks(visit, net):
    page = visit()
    canvas = head_of(page, 1, 3).locator("canvas")
    strengths = canvas.evaluate(
        """(canvas) => [...canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data]
            .filter((_, k) => k % 4 === 0)"""
    )
    length = len(pieces_of(EXAMPLES[0]))
    assert len(strengths) == length**2
    rows = [strengths[row * length : (row + 1) * length] for row in range(1, length)]
    assert [row.index(min(row)) for row in rows] == list(range(length - 1)), "the bluer, the less red"


def test_keys_go_through_heads_and_pieces_and_each_list_is_one_stop(visit):
    page = visit()
    head_of(page, 4, 2).focus()
    for key, layer, head in (
        ("ArrowRight", 4, 3),
        ("ArrowUp", 3, 3),
        ("ArrowLeft", 3, 2),
        ("Home", 1, 1),
        ("ArrowUp", 1, 1),
        ("End", 4, 12),
        ("ArrowRight", 4, 12),
    ):
        page.keyboard.press(key)
        expect(head_of(page, layer, head)).to_be_focused()
        expect(page.get_by_text(f"Layer {layer}, head {head}", exact=True)).to_be_visible()
    for _ in range(5):
        page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="a noun, as from “are”")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="a noun")).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("Tab")
    expect(piece_of(page, 10)).to_be_focused()
    for key, place in (("ArrowDown", 11), ("ArrowUp", 10), ("Home", 0), ("ArrowUp", 0), ("End", 13)):
        page.keyboard.press(key)
        expect(piece_of(page, place)).to_be_focused()
        expect(piece_of(page, place)).to_have_attribute("aria-selected", "true")
    expect(status(page)).to_have_text(re.compile("^Layer 4, head 2, from “\\[SEP\\]”: "))
    page.keyboard.press("Tab")
    expect(page.get_by_label("Link to this state")).to_be_focused()


def test_a_mouse_on_a_piece_shows_where_it_looks_until_it_leaves(visit, net):
    page = visit()
    piece_of(page, 2).hover()
    expect(page.locator(f"{STAGE} .to .most")).to_contain_text("[CLS]")
    assert shares(page) == expected(net, EXAMPLES[0], 4, 2, 2)
    expect(piece_of(page, 10)).to_have_attribute("aria-selected", "true")
    page.mouse.move(2, 2)
    expect(page.locator(f"{STAGE} .to .most")).to_contain_text("keys")
    expect(status(page)).to_have_text(BEGIN)


def test_lines_are_drawn_from_the_chosen_piece(visit):
    page = visit()
    colored = """(canvas) => {
        const {data} = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
        let blue = 0;
        for (let k = 0; k < data.length; k += 4) blue += data[k + 3] > 99 && data[k + 2] - data[k] > 60;
        return blue;
    }"""
    canvas = page.locator(f"{STAGE} .one-head canvas")
    assert canvas.evaluate(colored) > 200


def test_another_sentence_comes_without_the_network(visit, net):
    page = visit()
    asked = []
    page.on("request", lambda request: asked.append(request.url.rpartition("/")[2]))
    sentence(page).select_option(label=EXAMPLES[4])
    expect(status(page)).to_have_text(re.compile("^Layer 4, head 2, from “time”: "))
    assert asked == ["pieces.gz"]
    assert shares(page) == expected(net, EXAMPLES[4], 4, 2, 1)
    page.get_by_role("button", name="the same word elsewhere").click()
    piece_of(page, 9).click()
    expect(page.locator(f"{STAGE} .to .most")).to_contain_text("like")
    assert link(page).startswith("text=Time+flies+like+an+arrow")
    sentence(page).select_option(label=EXAMPLES[0])
    expect(status(page)).to_contain_text("from “the”")
    assert asked == ["pieces.gz"], "once"


def test_a_link_holds_all_and_fetches_nothing_by_itself(visit, net):
    state = "text=It+was+not+a+good+film,+but+a+very+good+book.&layer=2&head=7&piece=6"
    page = visit(state)
    asked = []
    page.on("request", lambda request: asked.append(request.url.rpartition("/")[2]))
    expect(status(page)).to_have_text("Press “Fetch the sentences” to read the sentence of the link.")
    assert not asked
    page.get_by_role("button", name="Fetch the sentences (0.2 MB)").click()
    expect(status(page)).to_have_text(re.compile("^Layer 2, head 7, from “good”: “not” 9"))
    assert shares(page) == expected(net, EXAMPLES[3], 2, 7, 5)
    assert link(page) == state
    expect(page.get_by_role("button", name="Fetch the sentences")).to_be_hidden()
    page.evaluate("location.hash = '#attention-heads?layer=1&head=3&piece=3'")
    expect(status(page)).to_have_text("Layer 1, head 3, from “keys”: “the” 100%.")
    expect(sentence(page)).to_have_value("0")


def test_a_link_to_a_sentence_of_ones_own_waits_for_the_network(visit):
    page = visit("text=Is+3+~26+4+more%3F&piece=26")
    expect(status(page)).to_have_text("Press “Fetch the network” to read the sentence of the link.")
    expect(page.get_by_label("Or a sentence of your own")).to_have_value("Is 3 & 4 more?")
    expect(sentence(page)).to_have_value("own")
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    head_of(page, 1, 3).click()
    expect(page.get_by_text("Layer 1, head 3", exact=True)).to_be_visible()
    assert not asked
    assert "text=Is+3" in link(page)


@pytest.mark.parametrize("state", ["layer=5", "head=0", "head=13", "piece=27", "text=", "layer=__proto__"])
def test_a_bad_link_is_named_and_harms_nothing(visit, state):
    page = visit(state)
    expect(status(page)).to_contain_text("cannot be read; the usual is taken")
    expect(page.get_by_text("Layer 4, head 2", exact=True)).to_be_visible()


def test_a_piece_that_the_sentence_lacks_is_its_last(visit):
    page = visit("piece=26")
    expect(piece_of(page, 13)).to_have_attribute("aria-selected", "true")
    assert link(page) == "piece=14"


def test_nothing_typed_is_said_and_fetches_nothing(visit):
    page = visit()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.get_by_label("Or a sentence of your own").fill("   ")
    page.get_by_role("button", name="Read it").click()
    expect(status(page)).to_have_text("Type a sentence first.")
    assert not asked


def test_what_is_typed_stays_while_heads_are_looked_at(visit):
    page = visit()
    own = page.get_by_label("Or a sentence of your own")
    own.fill("Half a sent")
    head_of(page, 2, 9).click()
    expect(page.get_by_text("Layer 2, head 9", exact=True)).to_be_visible()
    expect(own).to_have_value("Half a sent")


def test_a_lost_connection_is_said_and_the_next_try_works(visit):
    page = visit()
    page.route("**/pieces.gz", lambda route: route.fulfill(status=200, body=b"\x1f\x8bcut"), times=1)
    sentence(page).select_option(label=EXAMPLES[2])
    expect(status(page)).to_have_text("The sentences did not arrive. Press “Try again”.")
    head_of(page, 1, 3).click()
    expect(page.get_by_text("Layer 1, head 3", exact=True)).to_be_visible()
    expect(page.get_by_role("button", name="Try again")).to_be_enabled()
    expect(page.locator(f"{STAGE} .to li")).to_have_count(14)
    page.get_by_role("button", name="Try again").click()
    expect(status(page)).to_contain_text("from “my”")
    expect(page.get_by_role("button", name="Try again")).to_be_hidden()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 390, 1440])
def test_it_is_accessible_and_fits(visit, scheme, width):
    page = visit(viewport={"width": width, "height": 844}, color_scheme=scheme)
    expect(status(page)).to_have_text(BEGIN)
    found = Axe().run(page, context=STAGE)
    assert not found.response["violations"], found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert not small_targets(page, STAGE)
    boxes = page.locator(f"{STAGE} [role=option]").evaluate_all(
        "(all) => all.map((each) => each.getBoundingClientRect()).map(({width, height}) => [width, height])"
    )
    assert len(boxes) == 48 + 14
    assert min(min(each) for each in boxes) >= 24


def test_a_finger_takes_heads_and_pieces(visit):
    page = visit(has_touch=True, viewport={"width": 390, "height": 844})
    head_of(page, 2, 9).tap()
    piece_of(page, 1).tap()
    expect(status(page)).to_have_text(re.compile("^Layer 2, head 9, from “the”: “keys” "))
    expect(page.locator(f"{STAGE} .from .shown")).to_have_count(1)


def test_the_theme_may_change(visit):
    page = visit()
    drawn = "() => document.querySelector('.attention-heads .heads canvas').toDataURL()"
    before = page.evaluate(drawn)
    page.evaluate("document.documentElement.dataset.theme = 'dark'")
    page.wait_for_function(f"(before) => ({drawn})() !== before", arg=before)
    page.evaluate("document.documentElement.dataset.theme = 'light'")
    page.wait_for_function(f"(before) => ({drawn})() === before", arg=before)
