"""What a reader works with on a page does work: by mouse, by keyboard and by touch, wide and on a phone."""

import re
from collections.abc import Callable, Iterator
from urllib.parse import urljoin

import pytest
from pages import PHONE, WIDE, opened
from playwright.sync_api import Browser, Locator, Page, expect

LESSON = "lessons/1-neural-networks/lesson1.html"
SEARCH_DIALOG = "#pst-search-dialog"


STILL = """(control) => {
    control.scrollIntoView({block: "nearest", behavior: "instant"});
    const { y } = control.getBoundingClientRect();
    control.framesAtRest = y === control.lastPlace ? control.framesAtRest + 1 : 0;
    control.lastPlace = y;
    return control.framesAtRest >= 6;
}"""


def come_to(control: Locator) -> None:
    """Scroll to a control, and wait until it stays: what comes near is laid out, and moves what is below."""
    control.page.wait_for_function(STILL, arg=control.element_handle())


def click(control: Locator) -> None:
    come_to(control)
    control.click()


def press(control: Locator) -> None:
    control.focus()
    control.press("Enter")


def tap(control: Locator) -> None:
    come_to(control)
    control.tap()


WAYS = {"mouse": click, "keyboard": press, "touch": tap}

Use = Callable[[Locator], None]


@pytest.fixture(params=WAYS.values(), ids=WAYS)
def use(request: pytest.FixtureRequest) -> Use:
    """One way to use a control."""
    way: Use = request.param
    return way


@pytest.fixture(scope="module", params=[PHONE, WIDE], ids=["phone", "wide"])
def used(request: pytest.FixtureRequest, browser: Browser, parts: str) -> Iterator[Page]:
    """A page of a profile for all tests at one width: a new profile takes longer than most of them."""
    clipboard = ["clipboard-read", "clipboard-write"]
    with opened(browser, parts, viewport=request.param, has_touch=True, permissions=clipboard) as page:
        yield page


@pytest.fixture
def page(used: Page, parts: str) -> Page:
    """The page with every component, as on the first visit."""
    used.mouse.move(0, 0)
    used.goto(urljoin(parts, "/_static/favicon.svg"))  # runs no script that could remember anything
    used.evaluate("localStorage.clear(); sessionStorage.clear()")
    used.context.clear_cookies()
    used.goto(parts)
    return used


def is_phone(page: Page) -> bool:
    size = page.viewport_size
    return size is not None and size["width"] == PHONE["width"]


def test_contents_open_and_close(page: Page, use: Use) -> None:
    contents = page.get_by_role("navigation", name="Book")
    button = page.get_by_role("button", name="Contents of the book")
    if is_phone(page):
        expect(contents).not_to_be_visible()
        use(button)
        expect(contents.get_by_role("link", name="lesson1")).to_be_in_viewport()
        page.keyboard.press("Escape")
        expect(contents).not_to_be_visible()
        expect(button).to_be_focused()
    else:
        expect(contents).to_be_visible()
        use(button)
        expect(contents).not_to_be_visible()
        use(button)
        expect(contents).to_be_visible()


def test_sections_open_on_a_phone(page: Page, use: Use) -> None:
    sections = page.get_by_role("navigation", name="On this page")
    if is_phone(page):
        expect(sections).not_to_be_visible()
        use(page.get_by_role("button", name="On this page"))
    use(sections.get_by_role("link", name="Tables"))
    expect(page.get_by_role("heading", name="Tables")).to_be_in_viewport()


def test_color_switch_says_and_keeps_what_is_chosen(page: Page, use: Use) -> None:
    button = page.get_by_role("button", name="Colors")
    expect(button).to_have_accessible_name("Colors: as the system")
    seen = []
    for _ in range(2):
        use(button)
        seen.append((button.get_attribute("aria-label"), page.locator("html").get_attribute("data-theme")))
    assert set(seen) == {("Colors: light", "light"), ("Colors: dark", "dark")}
    page.reload()
    assert page.locator("html").get_attribute("data-theme") == seen[-1][1]


def test_search_opens_and_leads_to_results(page: Page, use: Use) -> None:
    use(page.get_by_role("button", name="Search").last)
    field = page.locator(SEARCH_DIALOG).get_by_role("searchbox")
    expect(field).to_be_focused()
    field.fill("threshold")
    field.press("Enter")
    expect(page.locator("#search-results li a").first).to_contain_text("lesson1")


def test_search_opens_by_its_shortcut_and_closes(page: Page) -> None:
    page.keyboard.press("Control+k")
    expect(page.locator(SEARCH_DIALOG).get_by_role("searchbox")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(SEARCH_DIALOG)).not_to_be_visible()


def test_launch_menu_opens_and_closes(page: Page, use: Use) -> None:
    button = page.get_by_role("button", name="Open in")
    menu = page.locator("#launch-menu")
    use(button)
    for name in ("Colab", "Binder", "Download"):
        expect(menu.get_by_role("link", name=name)).to_be_in_viewport()
    page.keyboard.press("Escape")
    expect(menu).not_to_be_visible()


def test_launch_row_is_labelled(page: Page) -> None:
    row = page.locator(".lesson-row")
    for name, host in {"Colab": "colab.research.google.com", "Binder": "mybinder.org"}.items():
        assert host in (row.get_by_role("link", name=name).get_attribute("href") or "")
    with page.expect_download() as download:
        row.get_by_role("link", name="Download").click()
    assert download.value.suggested_filename == "lesson1.ipynb"
    expect(row).to_contain_text("min for the core path,")
    expect(row).to_contain_text("min for all of it,")
    expect(row).to_contain_text("s to run")


def test_chapter_leads_to_its_homework_and_back(page: Page) -> None:
    page.locator(".lesson-row").get_by_role("link", name="Homework").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Homework")
    expect(page.get_by_role("button", name="as read")).to_have_count(0)
    page.locator(".lesson-row").get_by_role("link", name="Chapter").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("lesson1")


def test_copy_button_copies_the_code(page: Page, use: Use) -> None:
    cell = page.locator("div.cell").first
    cell.hover()
    use(cell.get_by_role("button", name="Copy"))
    expect(cell.locator(".copybtn.success")).to_be_attached()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("# A comment")
    assert copied.rstrip().endswith('print("output " * 40)')


def test_tabs_change(page: Page) -> None:
    expect(page.get_by_text("Sums and products.")).to_be_visible()
    page.get_by_text("With PyTorch").click()
    expect(page.get_by_text("nn.Linear")).to_be_visible()
    expect(page.get_by_text("Sums and products.")).not_to_be_visible()


def test_tabs_change_by_keyboard(page: Page) -> None:
    page.locator(".sd-tab-set input").first.focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_text("nn.Linear")).to_be_visible()


@pytest.mark.parametrize(
    ("title", "content"),
    [
        ("A. It is a line", "Right: the boundary"),
        ("Why is that so?", "Because of what follows."),
        ("(A step by hand)", "It is two."),
        ("Show code cell source", "its code hidden"),
        ("Show code cell output", "hidden until asked for"),
    ],
)
def test_what_is_folded_opens(page: Page, use: Use, title: str, content: str) -> None:
    summary = page.locator("summary", has_text=title)
    fold = summary.locator("xpath=..")
    assert not fold.evaluate("each => each.open")
    use(summary)
    expect(fold.get_by_text(content).last).to_be_visible()
    use(summary)
    assert not fold.evaluate("each => each.open")


def test_what_is_predicted_is_there_on_the_next_visit(page: Page) -> None:
    choice = page.get_by_role("group", name="What does a wider layer do to the accuracy?")
    rises, falls = choice.get_by_label("It rises."), choice.get_by_label("It falls")
    answer = page.get_by_role("group", name="What shape").get_by_role("textbox", name="Your answer")
    falls.focus()
    page.keyboard.press("Space")
    answer.fill("A line that bends.")
    page.reload()
    expect(falls).to_be_checked()
    expect(answer).to_have_value("A line that bends.")
    choice.get_by_text("It rises.").click()
    page.reload()
    expect(rises).to_be_checked()
    expect(falls).not_to_be_checked()


def test_lesson_is_marked_as_read_and_stays_so(page: Page, use: Use) -> None:
    button = page.get_by_role("button", name="Mark lesson 1 as read")
    use(button)
    expect(button).to_have_attribute("aria-pressed", "true")
    page.reload()
    expect(button).to_have_attribute("aria-pressed", "true")
    use(button)
    expect(button).to_have_attribute("aria-pressed", "false")


def test_card_leads_to_the_lesson_and_to_its_slides(browser: Browser, address: str) -> None:
    with opened(browser, address) as page:
        page.get_by_role("link", name="Slides of Lesson 1").click()
        expect(page).to_have_url(re.compile(re.escape(address + "slides/lesson1.html")))
        page.goto(address)
        page.locator(".course-card").first.click(position={"x": 40, "y": 40})
        expect(page).to_have_url(address + LESSON)


def test_card_leads_to_the_homework_the_competition_and_the_app(browser: Browser, address: str) -> None:
    with opened(browser, address) as page:
        cards = page.locator(".course-card")
        for lesson, step, place in (
            (0, "Do the homework", "lessons/1-neural-networks/homework1.html"),
            (1, "Compete: ", "lessons/competitions/fashion/fashion.html"),
            (7, "Try the app: ", "#app-search"),
        ):
            link = cards.nth(lesson).get_by_role("link", name=step)
            assert link.evaluate("link => link.href") == address + place
        cards.nth(7).get_by_role("link", name="Try the app: ").click()
        expect(page.get_by_role("heading", name="Search by words")).to_be_in_viewport()


def test_progress_shows_on_the_front_page(browser: Browser, address: str) -> None:
    with opened(browser, address + LESSON) as page:
        page.get_by_role("button", name="Mark lesson 1 as read").click()
        expect(page.locator(".course-strip i").first).to_have_class("here done")
        page.goto(address)
        expect(page.get_by_role("button", name="Done: Lesson 1")).to_have_attribute("aria-pressed", "true")
        expect(page.locator(".course-progress")).to_contain_text("1 of 22 steps done. Go on with the primer")


def test_steps_are_marked_on_the_front_page_and_lead_to_the_next(browser: Browser, address: str) -> None:
    with opened(browser, address) as page:
        progress = page.locator(".course-progress")
        expect(progress).to_contain_text("this browser remembers. Begin with the primer")
        for name in ("the primer", "Lesson 1"):
            page.get_by_role("button", name=f"Done: {name}").click()
        expect(progress).to_contain_text("2 of 22 steps done. Go on with Homework 1")
        expect(progress.get_by_role("progressbar", name="Steps done")).to_have_js_property("value", 2)
        progress.get_by_role("link", name="Go on with Homework 1").click()
        button = page.get_by_role("button", name="Mark homework 1 as done")
        expect(button).to_have_attribute("aria-pressed", "false")
        button.click()
        page.goto(address)
        expect(page.get_by_role("button", name="Done: Homework 1")).to_have_attribute("aria-pressed", "true")
        page.get_by_role("button", name="Done: the primer").click()
        expect(progress).to_contain_text("2 of 22 steps done. Go on with the primer")


def test_every_step_but_an_app_is_also_marked_at_the_end_of_its_page(browser: Browser, address: str) -> None:
    with opened(browser, address) as page:
        listed = page.locator("li[data-step]").evaluate_all(
            "steps => steps.map((step) => [step.dataset.step, step.querySelector('a').href])"
        )
        assert len(listed) == 22
        for name, place in listed:
            if "#" not in place:
                page.goto(place, wait_until="domcontentloaded")
                expect(page.locator(".lesson-end button")).to_have_attribute("data-step", name)


def test_once_all_is_done_there_is_nothing_to_go_on_with(browser: Browser, address: str) -> None:
    with opened(browser, address) as page:
        page.evaluate(
            """() => localStorage.setItem("steps-done", JSON.stringify(
                [...document.querySelectorAll("li[data-step]")].map((step) => step.dataset.step)))"""
        )
        page.reload()
        expect(page.locator(".course-progress")).to_contain_text("22 of 22 steps done.")
        expect(page.locator(".course-progress a")).to_be_hidden()


def test_lessons_that_an_earlier_version_kept_as_read_are_still_done(browser: Browser, address: str) -> None:
    with opened(browser, address) as page:
        page.evaluate("localStorage.setItem('lessons-read', '[1, 3]')")
        page.reload()
        for number, is_done in ((1, "true"), (2, "false"), (3, "true")):
            button = page.get_by_role("button", name=f"Done: Lesson {number}")
            expect(button).to_have_attribute("aria-pressed", is_done)
        page.get_by_role("button", name="Done: Lesson 3").click()
        page.reload()
        expect(page.locator(".course-progress")).to_contain_text("1 of 22 steps done.")
