"""What the playground exports, the competition takes: from the button in a browser to the score."""

import json

import pytest
from academy.cli import app
from academy.compete.entries import Status
from academy.compete.spiral import ACTIVATIONS, score
from playground_page import number, saved
from playwright.sync_api import Page, expect
from typer.testing import CliRunner

TRAINS = {"timeout": 60_000}


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
