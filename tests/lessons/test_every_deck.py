"""Every deck of the built site, in a browser: as the teacher, the last row and a screen reader meet it."""

import re
from pathlib import Path
from urllib.parse import urldefrag, urlsplit

import pytest
import slides_pdf
from axe_playwright_python.base import AXE_SCRIPT
from axe_playwright_python.sync_playwright import Axe
from bs4 import BeautifulSoup
from once import once
from playwright.sync_api import expect
from sites import ROOT

DECKS = sorted(path.stem for path in (ROOT / "slides").glob("*.md") if path.stem != "index")
SIZES = [(1280, 720), (1024, 768), (844, 390)]
PAGE = re.compile(rb"/Type\s*/Page\b")

MEASURE = Path(__file__).with_name("measure.js").read_text()
ANSWERS = "([questions, atAnEnd]) => measure.answers(questions, atAnEnd)"
LAYOUT = ["misplaced", "overlapping"]
READY = "window.Reveal && Reveal.isReady() && document.fonts.status === 'loaded'"
NOTES = ".speaker-controls-notes > .value"


@pytest.fixture(params=[pytest.param(deck, marks=pytest.mark.xdist_group(deck)) for deck in DECKS])
def deck(request):
    return request.param


@pytest.fixture
def visit(browser, address):
    """Opens a deck and gives the page; keeps what the console says and which addresses are asked."""
    contexts = []

    def opened(deck, size=(1280, 720), place="", **options):
        context = browser.new_context(viewport={"width": size[0], "height": size[1]}, **options)
        contexts.append(context)
        page = context.new_page()
        listen(page)
        page.add_init_script(MEASURE)
        page.goto(f"{address}slides/{deck}.html{place}")
        page.wait_for_function(READY)
        return page

    yield opened
    for context in contexts:
        context.close()


def listen(page):
    """Keep a page's warnings, errors and requests."""
    page.said, page.asked = [], []
    page.on("console", lambda said: said.type in ("error", "warning") and page.said.append(said.text))
    page.on("pageerror", lambda error: page.said.append(str(error)))
    page.on("request", lambda request: page.asked.append(request.url))
    page.on("response", lambda answer: answer.status >= 400 and page.said.append(answer.url))


def foreign(addresses, own):
    """Return the addresses that are of another host."""
    return [url for url in addresses if not url.startswith((own, "data:", "about:"))]


def look_through(page, questions):
    """Go through a deck with all fragments shown, and answer questions on each slide.

    Returns:
        A dictionary a slide, and the number of fragments that are shown at the end.
    """
    page.evaluate(AXE_SCRIPT)
    total = page.evaluate("Reveal.getTotalSlides()")
    slides = []
    for index in range(total):
        page.evaluate("(index) => measure.show(index)", index)
        page.wait_for_function("measure.standsStill()")
        at_an_end = index in (0, total - 1)  # where all other slides are to come, or have been
        slides.append(page.evaluate(ANSWERS, [questions, at_an_end]))
    return {"slides": slides, "fragments": page.locator(".fragment.visible").count()}


@pytest.fixture
def seen(visit, deck, tmp_path_factory):
    """Gives what is seen of a deck in a size and color scheme, gone through once for all tests."""

    def record(size=SIZES[0], scheme="light"):
        questions = ["title", *LAYOUT, *(["small", "axe"] if size == SIZES[0] else [])]
        name = f"deck-{deck}-{size[0]}-{scheme}"
        return once(
            tmp_path_factory, name, lambda: look_through(visit(deck, size, color_scheme=scheme), questions)
        )

    return record


def wrong(record, question):
    """Return what a question finds on any slide, with the slide's title."""
    return [(slide["title"], slide[question]) for slide in record["slides"] if slide[question]]


def sections(site, deck):
    """Return the slides of a deck as they stand in its file."""
    html = BeautifulSoup((site / "slides" / f"{deck}.html").read_text(), "html.parser")
    return [section for section in html.select("section") if not section.find("section")]


def test_the_keyboard_walks_through_all_slides_in_silence(visit, address, deck):
    page = visit(deck)
    total = page.evaluate("Reveal.getTotalSlides()")
    seen = [page.evaluate("Reveal.getCurrentSlide().id")]
    for _ in range(20 * total):
        if page.evaluate("Reveal.isLastSlide()"):
            break
        page.keyboard.press("ArrowRight")
        seen.append(page.evaluate("Reveal.getCurrentSlide().id"))
    assert len(set(seen)) == total
    assert page.said == []
    assert foreign(page.asked, address) == []


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_nothing_leaves_its_place(seen, size):
    assert wrong(seen(size), "misplaced") == []
    assert wrong(seen(size), "overlapping") == []


def test_the_last_row_can_read_it(seen):
    assert wrong(seen(), "small") == []


def test_every_slide_has_a_title_and_notes_that_say_and_ask(site, deck):
    for section in sections(site, deck):
        title = section.find(["h1", "h2", "h3"]).get_text(strip=True)
        assert title
        notes = section.select_one("aside.notes").get_text()
        for word in ("Say.", "Ask."):
            assert word in notes, f"the notes of “{title}” lack “{word}”"


def test_what_comes_to_life_on_the_page_is_used_in_class(deck):
    chapter = next(ROOT.glob(f"lessons/*/{deck}.md")).read_text()
    notes = (ROOT / "slides" / f"{deck}.md").read_text()
    named = re.findall(r"(?:chapter|lesson)'s page", notes)
    assert len(named) >= chapter.count("```{interactive}")


def test_a_deck_is_long_enough_for_a_lesson_and_has_the_room_at_work(site, deck):
    slides = sections(site, deck)
    assert 25 <= len(slides) <= 45
    assert any(slide["data-kind"] == "task" for slide in slides)
    assert any(slide["data-kind"] == "predict" for slide in slides)


def test_every_picture_is_described(site, deck):
    pictures = [image for section in sections(site, deck) for image in section.select("img")]
    assert pictures
    assert [image["src"] for image in pictures if len(image.get("alt", "")) < 20] == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(seen, scheme):
    assert wrong(seen(scheme=scheme), "axe") == []


def test_axe_sees_a_text_that_is_too_pale(visit, deck):
    page = visit(deck)
    page.evaluate("Reveal.getCurrentSlide().querySelector('h1').style.color = '#ddd'")
    page.evaluate(AXE_SCRIPT)
    [finding] = page.evaluate(ANSWERS, [["axe"], False])["axe"]
    assert finding.startswith("color-contrast: <h1")


def test_dark_and_light_follow_the_system_and_the_key(visit, deck):
    def becomes(scheme):
        page.wait_for_function("(scheme) => measure.scheme() === scheme", arg=scheme)

    page = visit(deck, color_scheme="dark")
    becomes("dark")
    page.emulate_media(color_scheme="light")
    becomes("light")
    page.keyboard.press("d")
    becomes("dark")
    page.reload()
    page.wait_for_function(READY)
    becomes("dark")
    page.locator(".menu summary").click()
    page.get_by_role("button", name="Dark or light").click()
    becomes("light")


def test_what_is_held_back_appears_step_by_step(visit, seen, deck):
    written = (ROOT / "slides" / f"{deck}.md").read_text().count("fragment")
    page = visit(deck)
    held_back = page.locator(".fragment")
    assert held_back.count() == written
    assert page.locator(".fragment.visible").count() == 0
    assert seen()["fragments"] == written


def test_a_link_opens_its_slide_and_the_overview_shows_many(site, visit, deck):
    name = sections(site, deck)[3]["id"]
    page = visit(deck, place=f"#/{name}")
    assert page.evaluate("Reveal.getCurrentSlide().id") == name
    page.keyboard.press("o")
    assert page.evaluate("Reveal.isOverview()")
    page.keyboard.press("Escape")
    assert not page.evaluate("Reveal.isOverview()")


def test_a_finger_turns_the_slides(visit, deck):
    page = visit(deck, (844, 390), has_touch=True, is_mobile=True)
    page.evaluate("Reveal.slide(1)")
    before = page.evaluate("Reveal.getSlidePastCount()")
    finger = page.context.new_cdp_session(page)
    touches = [("touchStart", 600), ("touchMove", 450), ("touchMove", 250)]
    for kind, x in touches:
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": 200}]})
    finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    page.wait_for_function(f"Reveal.getSlidePastCount() === {before + 1}")


def test_the_speaker_sees_notes_and_timer(visit, address, deck):
    page = visit(deck)
    with page.expect_popup() as opened:
        page.keyboard.press("s")
    speaker = opened.value
    listen(speaker)
    speaker.wait_for_function(f"document.querySelector('{NOTES}')?.textContent.includes('Say.')")
    assert re.search(r"\d\d:\d\d:\d\d", speaker.locator(".speaker-controls-time .timer").text_content())
    assert speaker.locator(".pacing-title").is_visible()
    before = speaker.locator(NOTES).inner_text()
    page.keyboard.press("ArrowRight")
    speaker.wait_for_function(
        f"(before) => document.querySelector('{NOTES}').innerText !== before", arg=before
    )
    assert foreign(page.asked + speaker.asked, address) == []
    assert page.said + speaker.said == []


def test_the_pdf_has_a_page_a_slide(site, browser, deck, tmp_path):
    target = tmp_path / f"{deck}.pdf"
    slides_pdf.print_deck(browser, site / "slides" / f"{deck}.html", target)
    assert len(PAGE.findall(target.read_bytes())) == len(sections(site, deck))


def test_links_lead_both_ways(site, deck):
    page = site / "slides" / f"{deck}.html"
    html = BeautifulSoup(page.read_text(), "html.parser")
    links = [link["href"] for link in html.select("a[href]") if not urlsplit(link["href"]).scheme]
    for link in links:
        file, place = urldefrag(link)
        target = (page.parent / urlsplit(file).path).resolve() if urlsplit(file).path else page
        assert target.is_file(), link
        if place and target.suffix == ".html" and not place.startswith("/"):
            assert f'id="{place}"' in target.read_text(), link
    chapters = {urldefrag(link)[0] for link in links if link.startswith("../lessons/")}
    assert len(chapters) == 1
    chapter = (page.parent / chapters.pop()).resolve()
    assert any(link.endswith(f"notebooks/{chapter.stem}.ipynb") for link in links)
    back = BeautifulSoup(chapter.read_text(), "html.parser").select(f'a[href$="slides/{deck}.html"]')
    assert back
    assert (chapter.parent / back[0]["href"]).resolve() == page


def test_code_on_the_slides_is_code_of_the_chapter(site, deck):
    source = next(ROOT.glob(f"lessons/*/{deck}.md")).read_text()
    chapter = {"".join(line.split("#")[0].split()) for line in source.splitlines()}
    for section in sections(site, deck):
        for block in section.select("pre"):
            for line in block.get_text().splitlines():
                code = "".join(line.split("#")[0].split())
                assert not code or code in chapter, f"not in the chapter: {line}"


def test_the_index_lists_every_deck(site, browser, address):
    page = browser.new_page()
    listen(page)
    page.goto(f"{address}slides/")
    assert page.locator("article h2").count() == len(DECKS)
    for deck in DECKS:
        entry = page.locator("article", has=page.locator(f'h2 a[href="{deck}.html"]'))
        text = entry.inner_text()
        assert re.search(r"\d+ minutes · \d+ slides", text)
        parts = [part for part in sections(site, deck) if part["data-kind"] == "part"]
        linked = entry.locator("li a")
        assert linked.all_inner_texts() == [part.find("h2").get_text() for part in parts]
        assert [link.get_attribute("href") for link in linked.all()] == [
            f"{deck}.html#/{part['id']}" for part in parts
        ]
        picture = entry.locator("img")
        picture.scroll_into_view_if_needed()
        expect(picture).to_have_js_property("complete", True)
        assert picture.evaluate("image => image.naturalWidth > 0")
        there = (site / "slides" / f"{deck}.pdf").is_file()
        assert entry.locator(f'a[href="{deck}.pdf"]').count() == there
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert Axe().run(page).response["violations"] == []
    assert page.said == []
    assert foreign(page.asked, address) == []
    page.close()


def test_a_pdf_that_a_changed_deck_has_outrun_is_gone(site):
    for pdf in (site / "slides").glob("*.pdf"):
        assert pdf.stat().st_mtime >= Path(pdf).with_suffix(".html").stat().st_mtime
