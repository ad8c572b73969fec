"""The network comes with the first stroke, whole or with a word why not, and once."""

import gzip
import json
import re
from http.server import SimpleHTTPRequestHandler

import numpy as np
import onnxruntime
from browser import PagesHandler
from draw_a_digit_page import ONE, SEVEN, STAGE, draw
from playwright.sync_api import expect

READ = re.compile("^The network reads a")


def status(page):
    return page.locator(".draw-a-digit [role=status]")


def announced(page):
    """Return the bytes that the page has named, in megabytes."""
    text = page.get_by_role("button", name="Fetch the network").inner_text()
    return float(re.search(r"([\d.]+) MB", text)[1])


def test_nothing_of_the_network_is_loaded_before_the_first_stroke_and_its_size_is_named(visit):
    seen = visit()
    page = seen.page
    assert seen.models() == []
    before, size = sum(seen.bytes.values()), announced(page)
    draw(page, SEVEN)
    expect(status(page)).to_have_text(READ)
    assert [name.rpartition(".")[2] for name in seen.models()] == ["gz"] * 3
    page.wait_for_load_state("networkidle")
    came = sum(each for url, each in seen.bytes.items() if "/_static/models/" in url)
    print(f"\n{before / 1024:.0f} KiB before the first stroke, {came / 1024:.0f} KiB with it")
    assert before < 300 * 1024
    assert abs(came / 1e6 - size) < 0.06, "headers aside, as many as were named"


def test_the_bar_grows_and_the_paper_stays_where_it_is_while_the_network_comes(visit):
    page = visit().page
    page.locator(".pad").scroll_into_view_if_needed()
    before = page.locator(".pad").bounding_box()
    page.evaluate(
        """() => {
            const pad = document.querySelector(".pad"), top = pad.getBoundingClientRect().top;
            window.moved = 0;
            window.shares = [];
            const bar = document.querySelector(".draw-a-digit progress");
            const record = (changes) => changes.forEach(({ oldValue }) => window.shares.push(+oldValue));
            const values = { attributeFilter: ["value"], attributeOldValue: true };
            new MutationObserver(record).observe(bar, values);
            const look = () => {
                window.moved = Math.max(window.moved, Math.abs(pad.getBoundingClientRect().top - top));
                requestAnimationFrame(look);
            };
            look();
        }"""
    )
    draw(page, SEVEN)
    expect(status(page)).to_have_text(READ)
    assert page.locator(".pad").bounding_box() == before
    assert page.evaluate("window.moved") < 1
    shares = page.evaluate("window.shares")
    assert shares == sorted(shares)
    assert len(set(shares)) > 2, "the bar shows how far it is"


def test_the_browser_keeps_the_network(visit):
    first = visit()
    draw(first.page, SEVEN)
    expect(status(first.page)).to_have_text(READ)
    first.page.wait_for_function(
        "caches.open('academy-models').then((kept) => kept.keys()).then((all) => all.length === 3)"
    )
    again = visit(first.page.context)
    draw(again.page, SEVEN)
    expect(status(again.page)).to_have_text(READ)
    assert again.models() == []


def test_a_damaged_copy_is_fetched_anew(visit):
    first = visit()
    draw(first.page, SEVEN)
    expect(status(first.page)).to_have_text(READ)
    damaged = first.page.evaluate(
        """async () => {
            const kept = await caches.open("academy-models");
            const request = (await kept.keys()).find(({url}) => url.includes("simd"));
            const whole = await (await kept.match(request)).arrayBuffer();
            await kept.put(request, new Response(whole.slice(0, 100000)));
            return request.url;
        }"""
    )
    again = visit(first.page.context)
    draw(again.page, SEVEN)
    expect(status(again.page)).to_have_text(READ)
    assert [url for url in again.asked if "/models/" in url] == [damaged]


def test_a_download_killed_midway_says_so_and_the_next_try_works(visit, monkeypatch):
    seen = visit(expected="Failed to load resource")
    page = seen.page
    monkeypatch.setattr(PagesHandler, "interrupted", {"simd"})
    page.get_by_label("Sample", exact=True).select_option("7")
    expect(status(page)).to_have_text("The network did not arrive. Press “Try again”.")
    assert page.locator(".draw-a-digit progress").evaluate("(bar) => bar.value") < 0.9
    monkeypatch.undo()
    page.get_by_role("button", name="Try again").click()
    expect(status(page)).to_have_text(re.compile("^The network reads a 7"))
    expect(page.get_by_role("button", name="The network is here")).to_be_visible()


def test_after_a_failure_the_next_stroke_tries_again(visit):
    seen = visit(expected="Failed to load resource")
    page = seen.page
    page.route("**/models/*simd*", lambda route: route.abort(), times=1)
    draw(page, ONE)
    expect(status(page)).to_contain_text("did not arrive")
    page.get_by_role("button", name="Clear").click()
    draw(page, SEVEN)
    expect(status(page)).to_have_text(re.compile("^The network reads a 7"))


def test_a_missing_file_is_said_with_what_the_server_answers(visit):
    seen = visit(expected="Failed to load resource")
    page = seen.page
    page.route("**/models/*.onnx.*", lambda route: route.fulfill(status=503), times=1)
    draw(page, SEVEN)
    expect(page.get_by_text("The network did not arrive (the server answers 503)")).to_be_visible()


def test_where_it_cannot_run_the_page_says_so_and_fetches_nothing(visit):
    for script in ("delete window.WebAssembly", "delete window.DecompressionStream"):
        seen = visit(script=script)
        page = seen.page
        expect(page.get_by_text(re.compile("^This browser cannot (run|unpack) the network"))).to_be_visible()
        draw(page, SEVEN)
        expect(page.get_by_text("centered in 28 × 28")).to_be_visible()
        page.wait_for_load_state("networkidle")
        assert seen.models() == []


def test_a_policy_against_webassembly_is_named_and_no_second_try_is_offered(visit, monkeypatch):
    def with_policy(handler):
        handler.send_header("Content-Security-Policy", "script-src 'self' 'unsafe-inline' blob:")
        SimpleHTTPRequestHandler.end_headers(handler)

    monkeypatch.setattr(PagesHandler, "end_headers", with_policy)
    seen = visit(expected="Content Security Policy")
    page = seen.page
    expect(page.get_by_text("A content security policy forbids WebAssembly on this page")).to_be_visible()
    draw(page, SEVEN)
    expect(page.get_by_text("centered in 28 × 28")).to_be_visible()
    expect(page.get_by_role("button", name=re.compile("Try again|Fetch the network"))).to_have_count(0)
    page.wait_for_load_state("networkidle")
    assert seen.models() == []


def test_the_page_computes_what_onnxruntime_computes(visit, site):
    page = visit().page
    files = json.loads(page.locator(STAGE).get_attribute("data-files"))
    path = (site / "lessons/2-training" / files["model"]["address"]).resolve()
    session = onnxruntime.InferenceSession(gzip.decompress(path.read_bytes()))
    images = np.random.default_rng(0).random((100, 1, 28, 28), dtype=np.float32) ** 4
    expected = session.run(None, {"input": images})[0]
    found = page.evaluate(
        """async (values) => {
            const {Model} = await import(new URL("../../_static/js/shared/model.js", location.href));
            const model = new Model(document.querySelector("[data-interactive=draw-a-digit]").dataset.files);
            await model.load(() => {});
            return [...await model.run(Float32Array.from(values), [100, 1, 28, 28])];
        }""",
        images.ravel().tolist(),
    )
    np.testing.assert_allclose(np.array(found).reshape(100, 10), expected, atol=1e-3)
