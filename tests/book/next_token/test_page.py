"""The GPT on its page: light until used, a figure without JavaScript, tasks that hold."""

import re

import pytest
import torch
from browser import PagesHandler
from bs4 import BeautifulSoup
from lesson_visits import visits
from next_token_page import NAME, logits_after
from playwright.sync_api import expect

LESSON = "lessons/7-transformers/lesson7.html"
PLACE = f"[data-interactive={NAME}]"
OWN = re.compile(r"/js/(next-token|shared)/|/css/(next-token|stage)\.css")
visit = visits(LESSON, NAME, ".next-token .asks")


def status(page):
    return page.locator(".next-token .said")


def press(page, name):
    page.locator(".next-token").get_by_role("button", name=name, exact=True).click()


def test_before_the_first_step_its_modules_are_there_and_nothing_of_the_network_whose_size_is_named(visit):
    seen = visit()
    page = seen.page
    assert seen.models() == []
    before = sum(size for url, size in seen.bytes.items() if OWN.search(url))
    panel = page.locator(".next-token .loading")
    whole = re.search(r"Fetch the network \(([\d.]+) MB\)", panel.inner_text())
    parts = re.search(r"([\d.]+) MB are the network, ([\d.]+) MB what runs it", panel.inner_text())
    press(page, "Step")
    expect(status(page)).to_contain_text("is drawn")
    page.wait_for_load_state("networkidle")
    came = {url: size / 1e6 for url, size in seen.bytes.items() if "/_static/models/" in url}
    print(f"\n{before / 1024:.0f} KiB before the first step, {1e3 * sum(came.values()):.0f} KB with it")
    assert 0 < before < 40 * 1024, "without the page and its figures, which are there for all"
    assert abs(sum(came.values()) - float(whole[1])) < 0.06, "headers aside, as many as were named"
    network = sum(size for url, size in came.items() if ".onnx." in url)
    assert abs(network - float(parts[1])) < 0.06
    assert network < 2


def test_a_download_killed_midway_says_so_the_text_stays_and_the_next_try_works(visit, monkeypatch):
    page = visit(expected="Failed to load resource").page
    monkeypatch.setattr(PagesHandler, "interrupted", {"simd"})
    page.get_by_label("A beginning in English").fill("Emma was")
    expect(status(page)).to_have_text("The network did not arrive. Press “Try again”.")
    expect(page.get_by_label("A beginning in English")).to_have_value("Emma was")
    monkeypatch.undo()
    press(page, "Try again")
    expect(page.locator(".candidate").first).to_be_enabled()


def test_where_it_cannot_run_the_page_says_so_and_fetches_nothing(visit):
    seen = visit(script="delete window.WebAssembly")
    page = seen.page
    expect(page.get_by_text(re.compile("^This browser cannot run the network"))).to_be_visible()
    press(page, "Write 40")
    expect(page.locator(".next-token").get_by_role("button", name="Write 40")).to_be_visible()
    page.wait_for_load_state("networkidle")
    assert seen.models() == []


def test_its_net_expects_what_the_chapters_does(visit):
    page = visit().page
    press(page, "nothing: a new paragraph")
    values = torch.topk(logits_after([]).softmax(dim=0), 10).values.tolist()
    expect(page.locator(".candidate .share").first).to_have_text(f"{100 * values[0]:.0f}%")
    shown = page.locator(".candidate .share").all_inner_texts()[::2]
    assert [float(text.strip("%")) for text in shown] == pytest.approx(
        [100 * each for each in values], abs=0.51
    )


def test_the_tasks_keep_their_word(visit):
    page = visit().page
    press(page, "Write 40")
    expect(status(page)).to_have_text("It is written.")
    press(page, "Branch")
    expect(page.locator(".branches li")).to_have_count(1)
    page.get_by_role("link", name="temperature 2", exact=True).click()
    expect(page.get_by_label("Temperature", exact=True)).to_have_value("2")
    press(page, "Write 40")
    expect(status(page)).to_have_text("It is written.")
    press(page, "Branch")
    expect(page.locator(".branches li")).to_have_count(2)
    texts = page.locator(".branches li").all_inner_texts()
    usual, hot = (float(re.search(r"perplexity ([\d.,]+)", text)[1].replace(",", "")) for text in texts)
    assert hot > 5 * usual, "many times as high"
    page.get_by_role("link", name="A space at the end", exact=True).click()
    expect(page.get_by_text("ends with a space")).to_be_visible()
    names = page.locator(".candidate .name")
    expect(names.first).to_have_text("ill")
    assert not [name for name in names.all_inner_texts() if name.startswith("␣")]
    page.get_by_role("link", name="Your own words", exact=True).click()
    page.get_by_role("option", name="on", exact=True).first.click()
    expect(page.locator(".detail")).to_have_text(re.compile(r"^“on”: 0\.\d bits"))


@pytest.mark.parametrize("width", [390, 1440])
def test_nothing_moves_when_it_comes_to_life_or_is_used(visit, width):
    page = visit(viewport={"width": width, "height": 900}).page
    place = page.locator(PLACE)
    heights = "(place) => [place.offsetHeight, place.querySelector('.stage').offsetHeight]"
    before = place.evaluate(heights)
    reserved = place.evaluate("(place) => parseFloat(getComputedStyle(place).minHeight)")
    assert before[0] == pytest.approx(reserved, abs=1)
    press(page, "Step")
    expect(status(page)).to_contain_text("is drawn")
    press(page, "Write 40")
    expect(status(page)).to_have_text("It is written.")
    assert place.evaluate(heights) == before


def test_without_javascript_the_figure_stands(site):
    html = BeautifulSoup((site / LESSON).read_text(), "html.parser")
    place = html.select_one(PLACE)
    assert place.find("img")["alt"]
    assert place.find("figcaption").get_text()
