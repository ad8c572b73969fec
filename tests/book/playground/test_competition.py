"""What the playground exports, the competition takes: from the button in a browser to the score."""

import base64
import json
import struct
import zipfile

import pytest
from academy.cli import app
from academy.compete.entries import Status
from academy.compete.submission import FILE, LONGEST_LINK
from academy.competitions.spiral.scoring import ACTIVATIONS, LARGEST, score
from playground_page import number, saved
from playwright.sync_api import Page, expect
from typer.testing import CliRunner

TRAINS = {"timeout": 60_000}
LARGEST_SHAPE = "hidden=" + ",".join(["16"] * 10)
FAMILY = "👨‍👩‍👧"
ASTRAL = "\U0001d504"
NAMES = {
    FAMILY + " family": FAMILY + " family",
    "\U0001fa77": "\U0001fa77",
    '" \\ \\u202e $\\foo$ <b>': '" \\ \\u202e $\\foo$ <b>',
    "שלום עולם": "שלום עולם",
    "می\u200cخواهم": "می\u200cخواهم",
    "  two\nlines\tand\u00a0山田\u3000太郎 ": "two lines and 山田 太郎",
    "\u200d": "A network from the playground",
    "": "A network from the playground",
    ASTRAL * 80: ASTRAL * 80,
    "con": "con",
}
"""What is typed or pasted, and what goes on the board; a browser makes a blank of a line break."""
UNSEEN = {
    ASTRAL * 81: "This name has 81 characters, and a hand-in takes 80",
    "ab\u202ecd": "Character 3 of this name (U+202E)",
    ASTRAL + "\ud83d": "Character 2 of this name (U+D83D)",
    "a\x7f": "Character 2 of this name (U+007F)",
    "\uf8ff": "Character 1 of this name (U+F8FF)",
}


def exported(page: Page, tmp_path, name: str):
    """Download the competition folder of the network on the page."""
    page.get_by_text("Share, export, import").click()
    page.get_by_label("Name of the network").fill(name)
    page.get_by_label("Your name").fill("A reader")
    return saved(page, "Download the competition folder", tmp_path)


def test_a_network_trained_in_the_browser_passes(visit, tmp_path):
    page = visit("activation=tanh&hidden=8,3")
    page.get_by_role("button", name="Play").click()
    page.wait_for_function(
        "parseFloat(document.querySelector('[data-number=fresh]').textContent) > 84", **TRAINS
    )
    page.get_by_role("button", name="Pause").click()
    path = exported(page, tmp_path, "Eight and three!")
    assert path.name == "eight-and-three.zip"
    done = CliRunner().invoke(app, ["compete", "spiral", "check", str(path), "--json"])
    assert done.exit_code == 0, done.output
    found = json.loads(done.output)
    assert found["claim_holds"], "the playground measures as the leaderboard does"
    assert found["parameters"] == number(page, "parameters") == 55
    assert 100 * found["accuracy"] == pytest.approx(number(page, "fresh"), abs=0.8)


@pytest.mark.parametrize(
    "hidden", ["3,1", "3,1,1,1,1,1,1,1,1,1", "2,2,2,2,2,2,2,2,2,3"], ids=["shallow", "deep", "deep-wide"]
)
def test_every_board_is_reached(visit, tmp_path, hidden, request):
    entry = score(exported(visit(f"activation=sine&hidden={hidden}"), tmp_path, "Untrained"))
    assert entry.status in (Status.PASSED, Status.BELOW), entry.reason
    assert entry.submission.board == request.node.callspec.id
    assert entry.claim_holds


@pytest.mark.parametrize("activation", ["relu", "leaky_relu", "elu", "gelu", "tanh", "sigmoid", "sine"])
def test_every_activation_means_the_same_in_the_playground(visit, tmp_path, activation):
    page = visit(f"activation={activation}&hidden=4,3&batch=full")
    for _ in range(3):
        page.get_by_role("button", name="Step").click()
    expect(page.locator("[data-number=steps]")).to_have_text("3")
    entry = score(exported(page, tmp_path, "A few steps"))
    assert entry.activations[0] in ACTIVATIONS
    assert entry.activations[0].lower() == activation.replace("_", "")
    assert entry.claim_holds, entry.sentence


def test_the_playground_leads_to_the_competition(site, address, browser):
    page = browser.new_page()
    page.goto(address + "lessons/1-neural-networks/lesson1.html#playground?hidden=3,1")
    page.get_by_text("Share, export, import").click()
    page.get_by_role("link", name="The competition").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Competition")
    page.close()


def test_every_name_that_the_fields_let_through_is_taken(visit, tmp_path):
    page = visit("hidden=2,1")
    page.get_by_text("Share, export, import").click()
    for typed, shown in NAMES.items():
        page.get_by_label("Name of the network").fill(typed)
        page.get_by_label("Your name").fill(typed)
        entry = score(saved(page, "Download the competition folder", tmp_path))
        assert entry.status is Status.BELOW, entry.reason
        assert entry.submission.name == shown
        assert entry.submission.author == shown.replace("A network from the playground", "anonymous")


@pytest.mark.parametrize("label", ["Name of the network", "Your name"])
def test_a_name_that_others_would_not_see_is_handed_out_only_when_mended(visit, tmp_path, label):
    page = visit("hidden=2,1")
    downloads = []
    page.on("download", lambda download: downloads.append(download))
    page.get_by_text("Share, export, import").click()
    field = page.get_by_label(label)
    for typed, reason in UNSEEN.items():
        field.evaluate(
            "(field, codes) => { field.value = String.fromCodePoint(...codes);"
            " field.dispatchEvent(new Event('input', {bubbles: true})); }",
            [ord(character) for character in typed],
        )
        page.get_by_role("button", name="Download the competition folder").click()
        expect(field).to_be_focused()
        expect(field).to_have_attribute("aria-invalid", "true")
        assert reason in page.locator(f"id={field.get_attribute('aria-describedby')}").inner_text()
    field.fill("Mended")
    expect(field).to_have_attribute("aria-invalid", "false")
    expect(page.get_by_text("of this name")).to_have_count(0)
    assert score(saved(page, "Download the competition folder", tmp_path)).status is Status.BELOW
    assert len(downloads) == 1


def test_the_largest_network_with_the_longest_names_is_taken_and_comes_back(visit, tmp_path):
    page = visit(f"{LARGEST_SHAPE}&batch=8")
    page.get_by_role("button", name="Step").click()
    page.get_by_text("Share, export, import").click()
    expect(page.get_by_text("link on the board will open these settings")).to_be_visible()
    page.get_by_label("Name of the network").fill(ASTRAL * 80)
    page.get_by_label("Your name").fill('"' * 80)
    path = saved(page, "Download the competition folder", tmp_path)
    with zipfile.ZipFile(path) as archive:
        assert archive.getinfo(FILE).file_size < LARGEST[FILE] / 10
    entry = score(path)
    assert entry.status is Status.BELOW, entry.reason
    assert entry.claim_holds
    assert entry.submission.link.partition("#")[2] == f"playground?{LARGEST_SHAPE}&batch=8"
    other = visit()
    other.get_by_text("Share, export, import").click()
    other.get_by_label("Open a competition folder").set_input_files(path)
    expect(other.get_by_role("status")).to_have_text("The network is opened.")
    for name in ("parameters", "test", "accuracy", "fresh"):
        assert number(other, name) == number(page, name)


def test_the_board_leads_back_to_the_trained_network(visit, tmp_path):
    page = visit("hidden=16,16&batch=8")
    page.get_by_role("button", name="Step").click()
    path = exported(page, tmp_path, "A link with the weights")
    link = score(path).submission.link
    expect(page.get_by_text("link on the board")).to_have_count(0)
    assert len(link) < LONGEST_LINK / 4, "what only further training needs is left out"
    other = visit(link.partition("?")[2])
    for name in ("steps", "test", "fresh"):
        assert number(other, name) == number(page, name)


def test_a_link_holds_the_network_of_an_opened_folder(visit, tmp_path):
    page = visit("hidden=3,2&batch=8")
    page.get_by_role("button", name="Step").click()
    path = exported(page, tmp_path, "Comes back")
    other = visit()
    other.get_by_text("Share, export, import").click()
    other.get_by_label("Open a competition folder").set_input_files(path)
    expect(other.get_by_role("status")).to_have_text("The network is opened.")
    shared = visit(other.get_by_label("Link to this state").input_value().partition("?")[2])
    for name in ("parameters", "test", "fresh"):
        assert number(shared, name) == number(page, name)


def test_weights_that_have_grown_beyond_all_numbers_are_not_handed_out(visit):
    weights = struct.pack("<11f", *[1e30] * 11)
    page = visit(f"hidden=2,1&steps=9&weights={base64.urlsafe_b64encode(weights).decode().rstrip('=')}")
    expect(page.locator("[data-number=steps]")).to_have_text("9")
    page.get_by_text("Share, export, import").click()
    expect(page.get_by_text("too large for the 32-bit numbers of a hand-in")).to_be_visible()
    expect(page.get_by_role("button", name="Download the competition folder")).to_be_disabled()
