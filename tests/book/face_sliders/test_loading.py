"""The network comes with the reader's first move, whole or with a word why not; a face is there before."""

import re

import numpy as np
from browser import PagesHandler
from face_sliders_page import LARGE, SECOND, move, painted, pixels, sliders, told
from playwright.sync_api import expect

OWN = re.compile(r"/js/(face-sliders|shared)/|/css/(face-sliders|stage)\.css")


def status(page):
    return page.locator(".face-sliders [role=status]")


def test_before_the_first_move_both_faces_are_there_and_nothing_of_the_network_whose_size_is_named(visit):
    seen = visit()
    page = seen.page
    assert seen.models() == []
    before = sum(size for url, size in seen.bytes.items() if OWN.search(url))
    expect(page.locator(LARGE)).to_have_accessible_name(re.compile("^The first face, with its sliders at"))
    page.wait_for_function(
        """() => [...document.querySelectorAll(".face-sliders canvas")]
            .every((canvas) => canvas.getContext("2d").getImageData(32, 32, 1, 1).data[3] === 255)"""
    )
    for canvas, positions in zip((LARGE, SECOND), told(page)["faces"]):
        assert np.abs(painted(page.locator(canvas)) - pixels(positions)).mean() < 6
    whole = re.search(r"([\d.]+) MB", page.get_by_role("button", name="Fetch the network").inner_text())
    parts = re.search(
        r"([\d.]+) MB are the network, ([\d.]+) MB what runs it", page.locator(".loading").inner_text()
    )
    move(page, "Long hair", 1)
    expect(status(page)).to_have_text("The network is here: the face follows the sliders.")
    page.wait_for_load_state("networkidle")
    came = {url: size / 1e6 for url, size in seen.bytes.items() if "/_static/models/" in url}
    print(f"\n{before / 1024:.0f} KiB before the first move, {1e3 * sum(came.values()):.0f} KB with it")
    assert 0 < before < 40 * 1024, "without the page and its figures, which are there for all"
    assert abs(sum(came.values()) - float(whole[1])) < 0.06, "headers aside, as many as were named"
    network = sum(size for url, size in came.items() if ".onnx." in url)
    assert abs(network - float(parts[1])) < 0.06
    assert abs(sum(came.values()) - network - float(parts[2])) < 0.06
    assert network < 2


def test_a_download_killed_midway_says_so_the_sliders_stay_and_the_next_try_works(visit, monkeypatch):
    seen = visit(expected="Failed to load resource")
    page = seen.page
    monkeypatch.setattr(PagesHandler, "interrupted", {"simd"})
    move(page, "Dark skin", 2)
    expect(status(page)).to_have_text("The network did not arrive. Press “Try again”.")
    assert sliders(page)[2] == 2
    expect(page.locator(LARGE)).to_have_class(re.compile("stale"))
    expect(page.locator(LARGE)).to_have_accessible_name(re.compile("dark skin −0.4"))
    monkeypatch.undo()
    page.get_by_role("button", name="Try again").click()
    expect(page.locator(LARGE)).to_have_accessible_name(re.compile(r"dark skin \+2\.0"))
    expect(page.locator(LARGE)).not_to_have_class(re.compile("stale"))


def test_while_a_slider_is_dragged_a_lost_network_is_asked_for_once(visit, monkeypatch):
    seen = visit(expected="Failed to load resource")
    page = seen.page
    monkeypatch.setattr(PagesHandler, "interrupted", {"simd"})
    drag = """(input, value) => {
        input.value = value;
        input.dispatchEvent(new Event("input", {bubbles: true}));
    }"""
    slider = page.get_by_label("Long hair", exact=True)
    slider.evaluate(drag, 1)
    expect(status(page)).to_have_text("The network did not arrive. Press “Try again”.")
    asked = len(seen.models())
    for value in (1.5, 2, 2.5):
        slider.evaluate(drag, value)
        page.evaluate("new Promise((seen) => requestAnimationFrame(() => requestAnimationFrame(seen)))")
    assert len(seen.models()) == asked
    monkeypatch.undo()
    slider.dispatch_event("change")
    expect(page.locator(LARGE)).to_have_accessible_name(re.compile(r"long hair \+2\.5"))


def test_a_walk_whose_network_does_not_arrive_stops(visit):
    seen = visit(expected="Failed to load resource")
    page = seen.page
    page.route("**/models/*.onnx.*", lambda route: route.fulfill(status=503), times=1)
    page.get_by_role("button", name="Walk", exact=True).click()
    expect(page.get_by_text("The network did not arrive (the server answers 503)")).to_be_visible()
    expect(page.get_by_role("button", name="Walk", exact=True)).to_be_visible()
    page.get_by_role("button", name="Walk", exact=True).click()
    expect(status(page)).to_have_text("The second face.")


def test_where_it_cannot_run_the_page_says_so_and_fetches_nothing(visit):
    seen = visit(script="delete window.WebAssembly")
    page = seen.page
    expect(page.get_by_text(re.compile("^This browser cannot run the network"))).to_be_visible()
    page.get_by_role("button", name="Random face").click()
    expect(page.locator(LARGE)).to_have_class(re.compile("stale"))
    page.wait_for_load_state("networkidle")
    assert seen.models() == []
