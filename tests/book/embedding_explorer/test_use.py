"""The explorer as a reader uses it: by pointer, finger and keys, in both themes, shared by a link."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from interactive_page import small_targets
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.slow
ALIVE = ".embedding-explorer td"
FETCHED = "**/words.*.gz"


def said(page: Page):
    return page.get_by_role("status")


def column(page: Page, number: int) -> list[str]:
    """Return the texts of a column of the answer, its head left out."""
    return page.locator(f".pictures section:first-child tbody tr > :nth-child({number})").all_inner_texts()


def link(page: Page) -> str:
    return page.get_by_label("Link to this state").input_value().partition("?")[2]


def picture(page: Page) -> str:
    """Return what is drawn, once it is drawn."""
    return page.evaluate(
        """() => new Promise((seen) => requestAnimationFrame(() => requestAnimationFrame(
            () => seen(document.querySelector(".map canvas").toDataURL()))))"""
    )


def test_the_words_come_with_the_first_letter_and_not_before(visit, packed):
    page = visit()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    expect(page.get_by_text(f"come with your first question: {len(packed) / 1e6:.1f} MB")).to_be_visible()
    field = page.get_by_role("combobox", name="Word", exact=True)
    field.focus()
    page.keyboard.press("End")
    page.wait_for_load_state("networkidle")
    assert asked == []
    field.fill("riv")
    expect(page.get_by_role("option", name="river", exact=True)).to_be_visible()
    assert [url.endswith(".gz") for url in asked] == [True]


def test_words_are_offered_while_one_is_typed_and_taken_by_keys(visit):
    page = visit("ask=neighbors&word=bank")
    expect(said(page)).to_have_text("Nearest to bank: banks, banking, banker.")
    field = page.get_by_role("combobox", name="Word", exact=True)
    field.fill("riv")
    expect(field).to_have_attribute("aria-expanded", "true")
    expect(page.get_by_role("option").first).to_have_text("river")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("listbox").get_by_role("option", selected=True)).to_have_text("river")
    page.keyboard.press("Enter")
    expect(field).to_have_value("river")
    expect(field).to_have_attribute("aria-expanded", "false")
    expect(said(page)).to_have_text("Nearest to river: rivers, creek, valley.")
    assert column(page, 2)[:4] == ["rivers", "creek", "valley", "lake"]
    field.fill("ri")
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(field).to_have_value("ri")


def test_a_word_taken_by_the_pointer_takes_the_place_of_what_is_begun(visit):
    page = visit("ask=sum")
    field = page.get_by_role("combobox", name="Sum, with + and −")
    expect(said(page)).to_contain_text("king, one of the given words; without these, princes.")
    field.fill("Paris - Fra + Germany")
    field.evaluate("(field) => { field.setSelectionRange(11, 11); field.dispatchEvent(new Event('input')); }")
    page.get_by_role("option", name="France").click()
    expect(field).to_have_value("Paris - France + Germany")
    expect(said(page)).to_have_text("Nearest to Paris − France + Germany: Berlin.")


def test_answers_come_while_typing_and_are_said_at_the_end(visit):
    page = visit("ask=neighbors")
    expect(said(page)).to_contain_text("Nearest to river")
    field = page.get_by_role("combobox", name="Word", exact=True)
    field.fill("doctor")
    expect(page.get_by_text("Nearest to doctor", exact=True)).to_be_visible()
    expect(said(page)).to_have_text("")
    field.press("Enter")
    expect(said(page)).to_contain_text("Nearest to doctor: physician")


@pytest.mark.parametrize(
    ("state", "label", "text", "sentence"),
    [
        (
            "ask=neighbors",
            "Word",
            "rivver",
            "“rivver” is not among these 5,000 words. The nearest spelling is “river”.",
        ),
        ("ask=neighbors", "Word", "Եղեգնաձոր", "None of them is spelled like it."),
        ("ask=neighbors", "Word", "king queen", "These are 2 words, and one has neighbors."),
        ("ask=neighbors", "Word", " ", "Write a word first."),
        ("ask=sum", "Sum, with + and −", "king − king", "These words cancel each other out"),
        ("ask=sum", "Sum, with + and −", "good " * 13, "These are 13 words; at most 12 find room here."),
        ("ask=axis", "The other pole", "bad", "Both poles are the same"),
        ("ask=axis", "The other pole", "well-known", "There is no minus here"),
    ],
)
def test_what_cannot_be_asked_is_said_and_the_last_answer_stays(visit, state, label, text, sentence):
    page = visit(state)
    expect(said(page)).not_to_have_text(re.compile("^(Press|$)"))
    before, address = page.locator(".pictures caption").first.inner_text(), link(page)
    field = page.get_by_role("combobox", name=label, exact=True)
    field.fill(text)
    field.press("Enter")
    expect(said(page)).to_contain_text(sentence)
    assert page.locator(".pictures caption").first.inner_text() == before
    assert link(page) == address
    expect(field).to_have_value(text)


def test_a_sum_shows_both_lists_and_marks_given_words(visit):
    page = visit()
    page.get_by_role("button", name="A sum of words").click()
    page.get_by_role("button", name="doctor − man + woman").click()
    expect(said(page)).to_have_text(
        "Nearest to doctor − man + woman: doctor, one of the given words; without these, nurse."
    )
    assert column(page, 2)[:2] == ["doctor (given)", "nurse"]
    assert column(page, 4)[0] == "nurse"
    assert not [word for word in column(page, 4) if "(given)" in word]
    page.get_by_role("row", name=re.compile("^2 nurse")).get_by_role("button", name="nurse").click()
    expect(said(page)).to_contain_text("Nearest to nurse:")


def test_the_poles_and_the_words_of_an_axis_are_the_readers(visit):
    page = visit("ask=axis")
    expect(page.get_by_text("Of all 5,000 words, farthest toward bad:")).to_be_visible()
    page.get_by_role("combobox", name="One pole: a word, or several").fill("she woman")
    page.get_by_role("combobox", name="The other pole").fill("he, man")
    along = page.get_by_role("combobox", name="Words to place along the axis")
    along.fill("soldier nurse")
    along.press("Enter")
    expect(said(page)).to_contain_text("From she + woman to he + man: nurse at −0.")
    assert column(page, 1) == ["nurse", "soldier"]
    assert "from=she,woman&to=he,man&along=soldier,nurse" in link(page)


def test_what_is_typed_stays_when_another_question_is_opened(visit):
    page = visit("ask=sum")
    expect(said(page)).to_contain_text("Nearest to king")
    field = page.get_by_role("combobox", name="Sum, with + and −")
    field.fill("king − quee")
    page.get_by_role("button", name="Neighbors of a word").click()
    expect(said(page)).to_contain_text("Nearest to river")
    page.get_by_role("button", name="A sum of words").click()
    expect(field).to_have_value("king − quee")
    expect(said(page)).to_contain_text("The nearest spelling is “queen”.")


def test_the_map_turns_by_keys_buttons_and_drags_and_comes_back(visit):
    page = visit("ask=sum")
    expect(said(page)).to_contain_text("Nearest to king")
    reset = page.get_by_role("button", name="Reset the map")
    first = picture(page)
    ground = page.get_by_role("group", name="Map. Arrow keys turn it.")
    ground.focus()
    page.keyboard.press("ArrowRight")
    by_key = picture(page)
    assert by_key != first
    reset.click()
    assert picture(page) == first
    page.get_by_role("button", name="Turn the map right").click()
    assert picture(page) == by_key
    reset.click()
    box = page.locator(".map canvas").bounding_box()
    page.mouse.move(box["x"] + 100, box["y"] + 100)
    page.mouse.down()
    page.mouse.move(box["x"] + 180, box["y"] + 140, steps=4)
    page.mouse.up()
    assert picture(page) != first


def test_a_finger_turns_the_map_sideways_and_scrolls_otherwise(visit):
    page = visit("ask=neighbors", has_touch=True, viewport={"width": 390, "height": 844})
    expect(said(page)).to_contain_text("Nearest to river")
    canvas = page.locator(".map canvas")
    assert canvas.evaluate("(each) => getComputedStyle(each).touchAction") == "pan-y"
    canvas.scroll_into_view_if_needed()
    before, box = picture(page), canvas.bounding_box()
    x, y = box["x"] + 80, box["y"] + 80
    session = page.context.new_cdp_session(page)
    for kind, across in [("touchStart", 0), ("touchMove", 40), ("touchMove", 90), ("touchEnd", None)]:
        points = [] if across is None else [{"x": x + across, "y": y}]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    assert picture(page) != before


def test_the_map_spins_when_asked_and_stops(visit):
    page = visit("ask=neighbors")
    expect(said(page)).to_contain_text("Nearest to river")
    still = picture(page)
    assert picture(page) == still
    page.get_by_role("button", name="Spin").click()
    assert picture(page) != still
    page.get_by_role("button", name="Stop").click()
    still = picture(page)
    assert picture(page) == still


def test_who_asked_for_little_motion_has_no_spin(visit):
    page = visit("ask=neighbors", reduced_motion="reduce")
    expect(page.get_by_role("button", name="Turn the map right")).to_be_visible()
    expect(page.get_by_role("button", name="Spin")).to_be_hidden()


def test_the_table_lists_the_map_and_follows_it(visit):
    page = visit("ask=axis&along=nurse,war")
    expect(said(page)).to_contain_text("From bad to good")
    page.get_by_text("The map as a table").click()
    places = page.get_by_role("table", name="Where each word lies")
    expect(places.get_by_role("rowheader")).to_have_text(["bad", "good", "nurse", "war"])
    expect(page.get_by_text(re.compile("They hold 100% of the spread of these words"))).to_be_visible()
    page.get_by_label("The map shows the spread of").select_option("all")
    expect(page.get_by_text("They hold 19% of the spread of all words")).to_be_visible()
    expect(places.get_by_role("rowheader")).to_have_text(["bad", "good", "nurse", "war"])


def test_a_click_among_all_words_asks_for_the_one_that_is_meant(visit):
    page = visit("ask=neighbors&word=bank&map=all")
    expect(said(page)).to_contain_text("Nearest to bank")
    canvas = page.locator(".map canvas")
    canvas.click(position={"x": 2, "y": 2})
    expect(said(page)).to_contain_text("Nearest to bank")
    box = canvas.bounding_box()
    canvas.click(position={"x": 0.6 * box["width"], "y": 0.5 * box["height"]})
    expect(said(page)).not_to_contain_text("Nearest to bank")
    expect(said(page)).to_contain_text("Nearest to")


def test_a_link_holds_the_whole_question(visit):
    state = "ask=axis&word=bank&sum=red,wine,-bread&from=she,woman&to=he&along=nurse,pilot&map=all"
    page = visit(state)
    expect(said(page)).to_contain_text("From she + woman to he")
    assert set(link(page).split("&")) == set(state.split("&"))
    other = visit(link(page))
    expect(said(other)).to_have_text(said(page).inner_text())
    other.get_by_role("button", name="A sum of words").click()
    expect(said(other)).to_contain_text("Nearest to red + wine − bread")


@pytest.mark.parametrize(
    "state",
    [
        "ask=__proto__",
        "word=%3Cb%3E",
        "sum=king,--man",
        "from=",
        "along=" + ",".join(["war"] * 31),
        "map=7&word=%",
    ],
)
def test_a_bad_link_is_named_and_harms_nothing(visit, state):
    page = visit(state)
    expect(said(page)).to_contain_text("cannot be read; the usual is taken. Nearest to river")


def test_a_link_with_an_unknown_word_says_so(visit):
    page = visit("word=Yerevan")
    expect(said(page)).to_have_text(
        "“Yerevan” is not among these 5,000 words. None of them is spelled like it."
    )
    expect(page.get_by_role("combobox", name="Word", exact=True)).to_have_value("Yerevan")


def test_a_link_that_a_mail_program_has_encoded_opens_and_says_what_it_does_not_know(visit, bare):
    page = visit()
    page.goto("about:blank")
    page.goto(bare + "#embedding-explorer%3Fask%3Dsum&amp;sum%3Ddogs%2C-dog%2Ccat&amp;wrd%3Dx")
    expect(said(page)).to_contain_text("names wrd, which the explorer does not know")
    expect(said(page)).to_contain_text("Nearest to dogs − dog + cat: cats.")


def test_of_questions_that_wait_for_the_words_the_last_one_counts(visit):
    page = visit()
    waiting = []
    page.route(FETCHED, lambda route: waiting.append(route))
    for name in ("bank", "good", "Paris"):
        page.get_by_role("button", name=name, exact=True).click()
    expect(page.get_by_role("progressbar", name="Fetching the words")).to_be_visible()
    assert column(page, 2)[0] == "–"
    waiting[0].continue_()
    expect(said(page)).to_contain_text("Nearest to Paris")
    assert len(waiting) == 1


def test_after_a_lost_connection_the_question_is_still_there(browser, bare):
    page = browser.new_page()
    page.goto(bare)
    page.wait_for_selector(ALIVE)
    page.route(FETCHED, lambda route: route.abort(), times=1)
    field = page.get_by_role("combobox", name="Word", exact=True)
    field.fill("doctor")
    expect(said(page)).to_have_text("The words did not arrive. Press “Try again”.")
    expect(page.get_by_text("What you typed is still there.")).to_be_visible()
    expect(field).to_have_value("doctor")
    page.get_by_role("button", name="Try again").click()
    expect(said(page)).to_contain_text("Nearest to doctor")
    expect(page.get_by_role("button", name="The words are here")).to_be_visible()
    page.close()


def test_where_nothing_can_be_unpacked_the_page_says_so(browser, bare):
    page = browser.new_page()
    page.add_init_script("delete window.DecompressionStream")
    page.goto(bare)
    expect(page.get_by_text("This browser cannot unpack")).to_be_visible()
    expect(page.get_by_role("button", name="Fetch the words")).to_be_hidden()
    page.close()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1440])
def test_axe_finds_nothing(visit, theme, width):
    page = visit(color_scheme=theme, viewport={"width": width, "height": 900})
    result = Axe().run(page, context=".embedding-explorer")
    assert result.violations_count == 0, result.generate_report()
    page.get_by_label("The map shows the spread of").select_option("all")
    for ask in ("Neighbors of a word", "A sum of words", "Words along an axis"):
        page.get_by_role("button", name=ask).click()
        page.get_by_text("The map as a table").click()
        expect(page.locator(".stage table").first.get_by_role("button").first).to_be_visible()
        result = Axe().run(page, context=".embedding-explorer")
        assert result.violations_count == 0, result.generate_report()
        assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
        assert small_targets(page, ".embedding-explorer") == []
    field = page.get_by_role("combobox", name="The other pole")
    field.fill("go")
    expect(page.get_by_role("option").first).to_be_visible()
    result = Axe().run(page, context=".embedding-explorer")
    assert result.violations_count == 0, result.generate_report()
