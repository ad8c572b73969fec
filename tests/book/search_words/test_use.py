"""A reader types, takes away, fills the table and names classes, by pointer and keys, in both themes."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from interactive_page import small_targets
from playwright.sync_api import expect
from search_words_page import fetched, names, status, words

FOUND = ".search-words .found"


def link(page):
    return page.get_by_label("Link to this state").input_value()


def cells(page):
    return page.locator(".search-words .matrix td").all_inner_texts()


def test_words_are_answered_as_they_are_typed_and_results_stay_meanwhile(visit):
    page = fetched(visit().page)
    box = words(page)
    box.fill("")
    expect(status(page)).to_have_text("Write what to search for.")
    assert names(page)[0] == "whale", "what was found last stays"
    box.press_sequentially("punctuality")
    expect(page.locator(FOUND)).to_have_text("Nearest to “punctuality”")
    assert "oclock" in " ".join(names(page)) or "clock" in " ".join(names(page))
    expect(status(page)).to_have_text(re.compile("^Nearest to “punctuality”: "))
    expect(box).to_be_focused()
    expect(box).to_have_value("punctuality")


def test_other_words_are_taken_away(visit):
    page = fetched(visit().page)
    first = names(page)
    page.get_by_role("searchbox", name="Without").fill("water")
    expect(page.locator(FOUND)).to_have_text("Nearest to “sea creatures” without “water”")
    assert names(page) != first
    page.get_by_role("searchbox", name="Without").fill("sea creatures")
    expect(status(page)).to_have_text(
        "What is searched for and what is taken away mean the same: nothing is left."
    )
    words(page).fill("")
    expect(status(page)).to_have_text("“Without” only takes away: write also what to search for.")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("🙂🙂", "In “🙂🙂” is nothing that this encoder reads. Write it in words."),
        ("¿…?", "In “¿…?” is nothing that this encoder reads. Write it in words."),
        ("un café à Zürich", "Nearest to “un café à Zürich”: "),
        ("   ", "Write what to search for."),
        ("<b>whale</b>", "Nearest to “<b>whale</b>”: "),
        ("long " * 100, "Nearest to “long long "),
    ],
)
def test_odd_words_get_a_sentence(visit, text, said):
    page = fetched(visit().page)
    words(page).fill(text)
    expect(status(page)).to_have_text(re.compile(f"^{re.escape(said)}"))


def test_the_table_follows_sentences_pictures_numbers_and_scale(visit):
    page = fetched(visit().page)
    before = cells(page)
    expect(page.get_by_label("Scale")).to_be_disabled()
    page.get_by_label("Sentence A").fill("ice cream")
    expect(status(page)).to_have_text(re.compile("^Largest for whale: .*ice cream: A, 0.3"))
    assert [each for n, each in enumerate(cells(page)) if n % 4] == [
        each for n, each in enumerate(before) if n % 4
    ]
    page.get_by_label("Numbers").select_option("row")
    expect(page.locator(".search-words .matrix caption")).to_have_text(
        "Shares of each row, adding up to 100%"
    )
    mild = cells(page)
    page.get_by_label("Scale").select_option("100")
    expect(page.locator(".search-words .matrix td").first).not_to_have_text(mild[0])
    page.get_by_label("Picture of row 1").select_option("tram")
    expect(status(page)).to_have_text(re.compile("^Largest for tram: B, "))
    page.get_by_label("Sentence A").fill("")
    expect(status(page)).to_have_text("A sentence is empty. Write one.")


def test_classes_are_the_reader_s_own(visit):
    page = fetched(visit().page)
    rows = page.locator(".search-words .bars tr:not([hidden])")
    expect(rows).to_have_count(4)
    box = page.get_by_label("2 to 8 classes, with commas between")
    box.fill("a fish, a whale, a ship")
    expect(rows).to_have_count(3)
    expect(rows.locator("th")).to_have_text(["a fish", "a whale", "a ship"])
    expect(status(page)).to_have_text(re.compile(r"^whale: a whale, \d+%\.$"))
    box.fill("whale")
    expect(status(page)).to_have_text(
        "A classifier needs at least 2 classes. Write them with commas between."
    )
    box.fill("1,2,3,4,5,6,7,8,9")
    expect(status(page)).to_have_text("These are 9 classes; at most 8 fit. Leave some out.")
    expect(rows).to_have_count(3)


def test_all_templates_are_averaged(visit):
    page = fetched(visit().page)
    first = page.locator(".search-words .bars td:last-child").first
    before = first.inner_text()
    page.get_by_label("Template").select_option("all")
    expect(status(page)).to_have_text(re.compile("^whale: animal, "))
    expect(first).not_to_have_text(before)


def test_a_link_opens_all_three_as_they_were(visit):
    page = fetched(visit().page)
    words(page).fill("fish & chips, 100%?")
    page.get_by_label("Numbers").select_option("column")
    page.get_by_label("2 to 8 classes, with commas between").fill("a fish, a ship")
    page.get_by_label("Drawn by").select_option("OpenMoji")
    expect(page.locator(FOUND)).to_have_text("Nearest to “fish & chips, 100%?”")
    expect(page.locator(".search-words .bars tr:not([hidden])")).to_have_count(2)
    found, table, state = names(page), cells(page), link(page).partition("?")[2]
    other = visit(state=state).page
    expect(status(other)).to_have_text("The link leads to a search. Fetch the encoder to see it.")
    fetched(other)
    assert (names(other), cells(other), link(other).partition("?")[2]) == (found, table, state)


def test_a_bad_link_is_named_and_harms_nothing(visit):
    page = fetched(visit(state="style=Noto&scale=7&words=whale&nonsense=1").page)
    expect(status(page)).to_have_text(re.compile("style and scale that cannot be read.*names nonsense"))
    expect(words(page)).to_have_value("whale")


def test_what_is_typed_while_the_encoder_comes_is_answered(visit):
    page = visit().page
    waiting = []
    page.route("**/models/lesson8-catalogue*", lambda route: waiting.append(route))
    with page.expect_request("**/models/lesson8-catalogue*"):
        words(page).fill("ins")
    words(page).fill("insects")
    page.get_by_label("2 to 8 classes, with commas between").fill("cat, dog")
    for route in waiting:
        route.continue_()
    expect(page.locator(FOUND)).to_have_text("Nearest to “insects”")
    expect(page.locator(".search-words .bars tr:not([hidden])")).to_have_count(2)


def test_keys_alone_search_and_choose(visit):
    page = fetched(visit().page)
    words(page).focus()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("insects")
    expect(page.locator(FOUND)).to_have_text("Nearest to “insects”")
    page.keyboard.press("Tab")
    expect(page.get_by_role("searchbox", name="Without")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_label("Drawn by")).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_label("Drawn by")).to_have_value("OpenMoji")


@pytest.mark.parametrize(("scheme", "width"), [("light", 1440), ("dark", 390)])
def test_both_themes_are_accessible_wide_and_on_a_phone(visit, scheme, width):
    page = fetched(visit(viewport={"width": width, "height": 900}, color_scheme=scheme).page)
    found = Axe().run(page, context=".search-words", options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa"]})
    assert found.violations_count == 0, found.generate_report()
    assert small_targets(page, ".search-words") == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
